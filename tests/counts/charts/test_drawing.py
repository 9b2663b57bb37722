"""Pictures: whole, alone, harmless, and the same each time."""

import io
import os
import re
import subprocess
import sys
import threading
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageChops, ImageFont

from counts.charts import drawing, engine
from counts.charts.cleaning import KEPT, SVG, plain
from counts.charts.data import ChartData, Kind, Size
from counts.charts.palette import LINES, STYLE
from tests.counts.charts.worlds import TEXTS, bars, lines, months, single
from tests.own import BASE_DIR

HOSTILE = '</text><script>alert(1)</script><image href="https://evil.example/x.png"/>&amp;"\'onload=x ]]><!-- \x00\u202e'
FLOWS = {"kind": Kind.MIRROR, "labels": ["arrested", "released"], "is_flow": True}
CHARTS = {
    "single": single(1430, 1437),
    "bars": bars(("Minsk", 5, 9), ("Brest region", 0, 1)),
    "no bars": bars(),
    "zero bars": bars(("a", 0, 0)),
    "line": lines(months(30)),
    "no line": lines(),
    "empty line": lines([]),
    "one point": lines(months(1)),
    "two points": lines(months(2)),
    "many points": lines(months(200)),
    "nobody": lines(months(5, lambda _: (0, 0))),
    "all equal": lines(months(5, lambda _: (7, 7))),
    "wide band": lines(months(5, lambda month: (month, 1_000_000))),
    "steps": lines(months(12), is_flow=True),
    "six lines": lines(*[months(12)] * 6),
    "mirror": lines(months(12), months(12, lambda _: (0, 0)), **FLOWS),
    "empty mirror": lines([], [], **FLOWS),
    "persian": lines(months(12), language="fa", title="زندانیان سیاسی"),
    "hostile": lines(months(3), months(3), labels=[HOSTILE] * 2, **dict.fromkeys(TEXTS, HOSTILE), notes=(HOSTILE,)),
    "hostile bars": bars((HOSTILE, 3, 4), **dict.fromkeys(TEXTS, HOSTILE)),
}
TAGS = {"svg", "title", "desc", "style", "rect", "g", "path", "line", "text"}
OUTER = {"width", "height", "viewBox", "role", "lang", "aria-labelledby", "font-family", "id", "display"}
ATTRIBUTES = {*OUTER, *KEPT}


def parsed(chart: ChartData, size: Size = Size.WIDE) -> ET.Element:
    return ET.fromstring(drawing.svg(chart, size))


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{{{SVG}}}text")]


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("name", CHARTS)
def test_svg_holds_shapes_and_words_and_nothing_else(name: str, size: Size) -> None:
    root = parsed(CHARTS[name], size)
    assert {element.tag for element in root.iter()} <= {f"{{{SVG}}}{tag}" for tag in TAGS}
    assert {attribute for element in root.iter() for attribute in element.attrib} <= ATTRIBUTES
    assert [element.get("id") for element in root.iter() if element.get("id")] == ["chart-title", "chart-desc"]
    assert [element.text for element in root.iter(f"{{{SVG}}}style")] == [STYLE]
    values = " ".join(value for element in root.iter() for value in element.attrib.values())
    assert not any(word in values for word in ("url(", "http", "script", "NaN", "undefined", "Infinity"))


@pytest.mark.parametrize("name", CHARTS)
def test_svg_names_itself_and_is_told_in_words(name: str) -> None:
    root = parsed(CHARTS[name])
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "chart-title chart-desc")
    assert root[1].text == drawing.alternative(CHARTS[name])


@pytest.mark.parametrize("size", Size)
def test_picture_has_all_that_is_needed_to_read_it_alone(size: Size) -> None:
    chart = bars(("Minsk", 96, 97), demonstration="Fictional people.", notes=("A note.",))
    whole = [
        "Fictional people.",
        "People held",
        "A reading.",
        "Counted in people.",
        "96–97",
        "Minsk",
        "Solid: certain. Pale: possible as well, where dates are uncertain.",
        "A note.",
        "Still Held, revision 7.",
    ]
    assert " ".join(texts(parsed(chart, size))) == " ".join(whole)


def test_same_chart_is_drawn_in_the_same_bytes_from_any_thread() -> None:
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(drawing.svg(CHARTS["line"]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), set(found)) == (4, {drawing.svg(CHARTS["line"])})


@pytest.mark.parametrize(("size", "width"), [(Size.WIDE, 1680), (Size.NARROW, 800)])
def test_png_is_twice_as_large_on_white(size: Size, width: int) -> None:
    picture = Image.open(io.BytesIO(drawing.png(CHARTS["bars"], size)))
    assert (picture.format, picture.width) == ("PNG", width)
    assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)


def test_persian_reads_from_the_right_with_its_own_digits() -> None:
    chart = bars(("مینسک", 612, 615), language="fa")
    label, figure = (next(e for e in parsed(chart).iter(f"{{{SVG}}}text") if word in (e.text or "")) for word in ("مینسک", "۶۱۲"))
    assert (label.get("text-anchor"), figure.get("text-anchor")) == ("start", "end")
    assert figure.text == "\u2067۶۱۲–۶۱۵\u2069"
    assert "Vazirmatn" in (label.get("font-family") or "").split(",")[0]


ADDRESS = "127.0.0.1:8000/counts/?measure=arrests&from=2020-08-01&to=2024-01-15&step=quarter&known=812.1FN0nRw3Xq"


@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("words", ["Still Held, revision 7.", "همچنان در بند، نسخهٔ ۷."])
def test_address_keeps_the_order_of_its_signs_among_text_from_the_right(words: str, size: Size) -> None:
    """In the direction of the text around it the host would stand behind the path, and a sign at the end of a line before it."""
    found = texts(parsed(bars(("مینسک", 612, 615), language="fa", source=f"{words} {ADDRESS}"), size))
    parts = [part for line in found for part in re.findall("\u2066([^\u2066-\u2069]*)\u2069", line)]
    assert ADDRESS in "".join(parts).replace(" ", "")


@pytest.mark.parametrize("size", Size)
def test_long_address_stands_whole_in_the_picture(size: Size) -> None:
    address = f"{ADDRESS}&{'&'.join(f'article=by-cc-{number}' for number in range(60))}"
    found = "".join(texts(parsed(bars(("Minsk", 5, 9), source=f"Still Held. {address}"), size)))
    assert found.endswith(address)


def test_time_runs_from_the_right_in_persian() -> None:
    def places(language: str) -> list[float]:
        root = parsed(lines(months(36), language=language))
        years = [
            e for e in root.iter(f"{{{SVG}}}text") if (e.text or "").strip("\u2067\u2069") in ("2021", "2022", "۲۰۲۱", "۲۰۲۲")
        ]
        return [float((year.get("transform") or "").removeprefix("translate(").split(",")[0]) for year in years]

    assert places("en") == sorted(places("en"))
    assert places("fa") == sorted(places("fa"), reverse=True)
    assert len(places("fa")) == 2


def test_lines_differ_in_dashes_as_well_as_in_colour() -> None:
    paths = [e for e in parsed(CHARTS["six lines"]).iter(f"{{{SVG}}}path") if e.get("stroke-width") == "2.25"]
    assert [path.get("stroke") for path in paths] == list(LINES)
    assert len({path.get("stroke-dasharray") for path in paths}) == 6


def test_arabic_script_is_drawn_with_the_font_that_comes_along() -> None:
    text = '<text x="20" y="140" font-size="96" font-family="Vazirmatn">شمار</text>'
    svg = f'<svg xmlns="{SVG}" width="500" height="200"><rect width="500" height="200" fill="#fff"/>{text}</svg>'
    picture = Image.open(io.BytesIO(engine.to_png(svg, 1))).convert("L")
    drawn = ImageChops.invert(picture).getbbox()
    font = ImageFont.truetype(engine.FONTS / "Vazirmatn-Regular.ttf", 96)  # whose letters join, as those drawn must
    left, top, right, bottom = font.getbbox("شمار")
    assert drawn is not None
    assert (drawn[2] - drawn[0], drawn[3] - drawn[1]) == pytest.approx((right - left, bottom - top), abs=8)


@pytest.mark.parametrize("svg", ["<svg", f'<svg xmlns="{SVG}"><image href="https://evil.example/"/></svg>'])
def test_drawing_that_holds_anything_else_is_refused(svg: str) -> None:
    with pytest.raises(engine.DrawingFailed):
        plain(svg)


def test_engine_that_fails_says_so_in_its_own_error() -> None:
    with pytest.raises(engine.DrawingFailed):
        engine.to_svg({"mark": "nonsense"})
    with pytest.raises(engine.DrawingFailed):
        engine.to_png("<svg", 1)


def test_engine_fetches_nothing() -> None:
    with pytest.raises(engine.DrawingFailed, match="not allowed"):
        engine.to_svg({"data": {"url": "http://127.0.0.1:1/x.csv"}, "mark": "point", "encoding": {}})


def test_engine_that_is_busy_for_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.01)
    with engine._lock, pytest.raises(engine.DrawingFailed, match="Other pictures"):
        engine.to_png("<svg/>", 1)


def test_child_of_a_process_that_has_drawn_is_refused_and_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_started_in", [os.getpid() + 1])
    with pytest.raises(engine.DrawingFailed, match="forked"):
        drawing.svg(CHARTS["line"])


def test_engine_is_not_loaded_before_the_first_drawing() -> None:
    source = "import django; django.setup(); import public.urls, sys; print({'altair', 'vl_convert'} & set(sys.modules))"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    asked = subprocess.run([sys.executable, "-c", source], env=env, cwd=BASE_DIR, capture_output=True, text=True, check=True)
    assert asked.stdout == "set()\n"
