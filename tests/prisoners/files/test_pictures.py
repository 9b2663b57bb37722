"""Pictures: what is refused, and that nothing but pixels goes on."""

import hashlib
import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from prisoners.files.kinds import JPEG, PNG, WEBP, UnusableFile
from prisoners.files.pictures import PAGE_SIDE, SMALL_BYTES, SMALL_SIDE, Picture, read_picture
from tests import images

MAX = 5_000_000
# What every JPEG file says of itself.
STRUCTURE = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
TELLING = {
    "jpeg": images.telling_jpeg,
    "plain jpeg": images.telling_plain_jpeg,
    "png": images.telling_png,
    "webp": images.telling_webp,
}
BROKEN = "The picture is broken: it ends too early, or its data contradict each other."
ACCEPTED = "What can be taken: a JPEG image, a PNG image, a WebP image."


def read(file: BytesIO, max_bytes: int = MAX) -> Picture:
    return read_picture(file, max_bytes=max_bytes)


def refusal(file: BytesIO, max_bytes: int = MAX) -> str:
    with pytest.raises(UnusableFile) as refused:
        read(file, max_bytes)
    return str(refused.value)


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def corners(image: Image.Image) -> tuple[str, ...]:
    """What colours the four corners have, from the left upper one with the clock."""
    width, height = image.size
    places = ((5, 5), (width - 6, 5), (width - 6, height - 6), (5, height - 6))
    return tuple(_colour(image.getpixel(place)) for place in places)


def _colour(pixel) -> str:
    red, green, blue = (channel > 128 for channel in pixel)
    return {(True, False, False): "red", (False, False, True): "blue", (True, True, True): "white"}[red, green, blue]


@pytest.mark.parametrize("make", TELLING.values(), ids=TELLING)
def test_picture_that_tells_too_much_keeps_nothing_but_its_pixels(make) -> None:
    brought = make()
    assert images.SECRET.encode() in brought.getvalue()
    assert len(opened(brought.getvalue()).getexif().get_ifd(0x8825)) == 5
    picture = read(brought)
    for rendition in (picture.page, picture.small):
        image = opened(rendition.content)
        assert (image.format, image.mode, set(image.info) - STRUCTURE, dict(image.getexif())) == ("JPEG", "RGB", set(), {})
        markers = (images.SECRET.encode(), b"Exif", b"http://ns.adobe.com", b"ICC_PROFILE", b"xmp", b"A telephone", b"2020")
        assert [marker for marker in markers if marker in rendition.content] == []
        assert markers_of(rendition.content) <= {0xE0, 0xDB, 0xC2, 0xC4, 0xDA}


def markers_of(content: bytes) -> set[int]:
    """The kinds of the segments of a JPEG: no application's own but JFIF (E0), and no comment (FE)."""
    found, place = set(), 2
    while place < len(content) - 2:
        kind, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        found.add(kind)
        place += 2 + length
        if kind == 0xDA:  # pixels follow, up to the next marker that isn't stuffing
            place += re.search(rb"\xff[^\x00]", content[place:]).start()  # type: ignore[union-attr]
    return found


def test_original_is_kept_as_it_came_with_its_hash() -> None:
    brought = images.telling_jpeg()
    picture = read(brought)
    assert picture.original == brought.getvalue()
    assert opened(picture.original).getexif()[0x010E] == images.SECRET
    assert picture.sha256 == hashlib.sha256(brought.getvalue()).hexdigest()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_stands_upright_whatever_way_the_camera_was_held(orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = images.drawn()
    lying = upright.transpose(undo[orientation]) if orientation in undo else upright
    picture = read(images.saved(lying, exif=images.telling_exif(orientation)))
    assert (picture.page.width, picture.page.height) == (400, 300)
    assert corners(opened(picture.page.content)) == ("red", "white", "blue", "white")


@pytest.mark.parametrize(
    ("form", "kind", "mode"),
    [
        ("JPEG", JPEG, "RGB"),
        ("JPEG", JPEG, "L"),
        ("JPEG", JPEG, "CMYK"),
        ("PNG", PNG, "RGB"),
        ("PNG", PNG, "P"),
        ("PNG", PNG, "RGBA"),
        ("PNG", PNG, "LA"),
        ("PNG", PNG, "1"),
        ("PNG", PNG, "I;16"),
        ("WEBP", WEBP, "RGBA"),
    ],
)
def test_picture_of_each_form_becomes_a_jpeg(form: str, kind, mode: str) -> None:
    image = images.drawn(mode="I").point(lambda value: value * 256).convert("I;16") if mode == "I;16" else images.drawn(mode=mode)
    picture = read(images.saved(image, form))
    assert (picture.kind, picture.page.width, picture.page.height) == (kind, 400, 300)
    assert opened(picture.page.content).getpixel((200, 150))[0] > 240


def test_transparent_parts_become_white() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert opened(read(images.saved(clear, "PNG")).page.content).getpixel((50, 50)) == (255, 255, 255)


def test_colours_of_another_profile_become_those_of_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"tttt").replace(b"bXYZ", b"rXYZ").replace(b"tttt", b"bXYZ")
    picture = read(images.saved(images.drawn(), icc_profile=swapped))
    assert corners(opened(picture.page.content)) == ("blue", "white", "red", "white")


@pytest.mark.parametrize("colours", ["LAB", None])
def test_profile_that_is_of_no_use_is_left_aside(colours: str | None) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(colours)).tobytes() if colours else b"no profile at all"
    picture = read(images.saved(images.drawn(), icc_profile=profile))
    assert picture.page.content == read(images.photo()).page.content


def test_large_picture_is_made_smaller_in_two_sizes_and_a_small_one_never_larger() -> None:
    large, small = read(images.photo(3000, 1500)), read(images.photo(100, 80))
    assert [(it.width, it.height) for it in (large.page, large.small)] == [(PAGE_SIDE, 640), (SMALL_SIDE, 160)]
    assert [(it.width, it.height) for it in (small.page, small.small)] == [(100, 80), (100, 80)]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_very_large_picture_of_any_mode_looks_the_same_when_it_is_smaller(mode: str) -> None:
    image = images.drawn(5400, 2700, mode="I" if mode == "I;16" else mode)
    image = image.point(lambda value: value * 256).convert("I;16") if mode == "I;16" else image
    page = read(images.saved(image, "PNG")).page
    seen = opened(page.content).convert("L")
    assert (page.width, page.height) == (1280, 640)
    places = ((5, 5), (640, 320), (1274, 634))
    assert [seen.getpixel(place) > 200 for place in places] == [False, True, False]


def test_busy_picture_still_makes_a_small_file() -> None:
    noise = Image.effect_noise((800, 800), 120).convert("RGB")
    assert len(read(images.saved(noise, quality=98)).small.content) <= SMALL_BYTES


def test_bomb_is_refused_by_its_claim_alone() -> None:
    file = images.claiming_png(20_000, 20_000)
    assert len(file.getvalue()) < 10_000
    assert refusal(file) == "The picture is too large: at most 52 million pixels can be taken."
    assert refusal(images.claiming_png(9_000, 9_000)) == (
        "The picture has 9000 × 9000 pixels; at most 52 million, and 16384 each way, can be taken."
    )
    assert refusal(images.claiming_png(100, 60_000)) == (
        "The picture has 100 × 60000 pixels; at most 52 million, and 16384 each way, can be taken."
    )


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (BytesIO(b""), "The file is empty."),
        (images.saved(images.drawn(), "GIF"), f"By its content, whatever its name says, this is a GIF image. {ACCEPTED}"),
        (
            BytesIO(b'<?xml version="1.0"?>\n<!-- a face --><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
            f"By its content, whatever its name says, this is an SVG drawing, which can hold scripts. {ACCEPTED}",
        ),
        (
            BytesIO(b"<!DOCTYPE html><img src=x onerror=alert(1)>"),
            f"By its content, whatever its name says, this is an HTML page. {ACCEPTED}",
        ),
        (
            BytesIO(bytes(100)),
            f"By its content, whatever its name says, this is of a kind that isn’t known here. {ACCEPTED}",
        ),
        (BytesIO(images.photo().getvalue()[:3000]), BROKEN),
        (BytesIO(b"\xff\xd8\xff\xe0"), BROKEN),
        (BytesIO(images.saved(images.drawn(), "PNG").getvalue()[:-30]), BROKEN),
        (images.png_with_text_bomb(), BROKEN),
        (images.photo(20, 300), "The picture has 20 × 300 pixels; at least 40 each way are needed."),
        (images.moving("WEBP"), "The picture moves; a still one is needed."),
        (images.moving("PNG"), "The picture moves; a still one is needed."),
    ],
    ids=["empty", "gif", "svg", "html", "zeros", "cut", "stub", "cut png", "text bomb", "tiny", "webp film", "png film"],
)
def test_file_that_is_no_usable_picture_is_refused_with_the_reason(file: BytesIO, words: str) -> None:
    assert refusal(file) == words


def test_file_that_is_too_large_is_read_no_further_than_needed() -> None:
    file = BytesIO(images.photo().getvalue() + bytes(50_000))
    assert refusal(file, max_bytes=40_000) == "The file is too large: at most 39.1\xa0KB can be taken."
    assert file.tell() == 40_001


def test_html_hidden_in_a_picture_does_not_go_on() -> None:
    script = b"<script>alert(document.cookie)</script>"
    brought = images.saved(images.drawn(), comment=script)
    both = BytesIO(brought.getvalue() + b"<html>" + script)
    picture = read(both)
    assert b"<script" not in picture.page.content + picture.small.content


@given(where=st.floats(0, 1), noise=st.binary(min_size=1, max_size=40), form=st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_damaged_picture_is_taken_or_refused_and_never_crashes(where: float, noise: bytes, form: str) -> None:
    content = bytearray(images.saved(images.drawn(64, 48), form).getvalue())
    start = int(where * len(content))
    content[start : start + len(noise)] = noise
    try:
        made = opened(read(BytesIO(bytes(content))).page.content)
    except UnusableFile:
        made = None
    assert made is None or set(made.info) <= STRUCTURE
