"""What a file is, by its content alone."""

import gzip
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisoners.files import kinds
from prisoners.files.documents import read_document
from prisoners.files.kinds import CAPTURES, PICTURES, UnusableFile, kind_of
from prisoners.files.uploads import kind_among
from tests import images

WARC_RECORD = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"
OF_EACH_KIND = [
    (images.photo().getvalue(), kinds.JPEG),
    (images.saved(images.drawn(), "PNG").getvalue(), kinds.PNG),
    (images.saved(images.drawn(), "WEBP").getvalue(), kinds.WEBP),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", kinds.PDF),
    (b"<!DOCTYPE html><p>", kinds.HTML),
    (b"\xef\xbb\xbf  \n<!-- saved from url=(0014)about:internet -->\n<HTML lang=be>", kinds.HTML),
    ('<html><meta charset="windows-1251"><p>Ян Новік'.encode("windows-1251", "replace"), kinds.HTML),
    ("<html><p>Ян Новік".encode("utf-16"), kinds.HTML),
    (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', kinds.HTML),
    (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=x\r\n\r\n", kinds.MHTML),
    (WARC_RECORD, kinds.WARC),
    (gzip.compress(WARC_RECORD, mtime=0), kinds.WARC_GZ),
    (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", kinds.MP4),
    ("Ён быў затрыманы 9 жніўня.\n".encode(), kinds.TEXT),
    (images.saved(images.drawn(), "GIF").getvalue(), kinds.GIF),
    (b'\n<svg xmlns="http://www.w3.org/2000/svg">', kinds.SVG),
    (b"\x00\x00\x00\x20ftypheic\x00\x00\x00\x00", kinds.HEIC),
    (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00", kinds.QUICKTIME),
    (images.saved(images.drawn(), "TIFF").getvalue(), kinds.TIFF),
    (images.saved(images.drawn(), "BMP").getvalue(), kinds.BMP),
    (b"PK\x03\x04\x14\x00", kinds.ZIP),
    (gzip.compress(b"anything", mtime=0), kinds.GZIP),
    (b"\x1f\x8bbroken", kinds.GZIP),
    (b"MZ\x90\x00", kinds.PROGRAM),
    (b"#!/bin/sh\nrm -r /\n", kinds.PROGRAM),
    (b"", None),
    (b"words\x00and nothing", None),
    (b"\xff\xfe\x00\xd8", None),
]


@pytest.mark.parametrize(("content", "kind"), OF_EACH_KIND)
def test_kind_is_told_by_the_content(content: bytes, kind) -> None:
    assert kind_of(content) == kind


def test_every_kind_is_told() -> None:
    known = {value for value in vars(kinds).values() if isinstance(value, kinds.Kind)}
    assert {kind for _content, kind in OF_EACH_KIND if kind} == known


@given(st.binary())
def test_no_bytes_are_too_strange_to_be_told(content: bytes) -> None:
    kind = kind_of(content)
    assert kind is not kinds.TEXT or not any(byte < 9 for byte in content if content[:2] not in (b"\xff\xfe", b"\xfe\xff"))


@given(st.binary(max_size=50), st.sampled_from([content for content, kind in OF_EACH_KIND if kind not in (*CAPTURES, None)]))
def test_what_is_refused_stays_refused_whatever_follows(tail: bytes, beginning: bytes) -> None:
    with pytest.raises(UnusableFile):
        kind_among(beginning + tail.replace(b"WARC", b""), CAPTURES)


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["C"])))
def test_text_in_any_script_is_text_of_some_kind(text: str) -> None:
    kind = kind_of(text.encode())
    assert kind is not None


def test_every_picture_can_be_captured_too() -> None:
    assert set(PICTURES) <= set(CAPTURES)


@pytest.mark.parametrize("content", [content for content, kind in OF_EACH_KIND if kind in CAPTURES])
def test_document_is_kept_as_it_came(content: bytes) -> None:
    assert read_document(BytesIO(content), max_bytes=1_000_000).content == content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (images.claiming_png(9_000, 9_000).getvalue(), "The picture has 9000 × 9000 pixels"),
        (images.photo().getvalue()[:2000], "The picture is broken"),
        (b"<svg onload=alert(1)>", "By its content, whatever its name says, this is an SVG drawing"),
        (b"PK\x03\x04", "By its content, whatever its name says, this is a ZIP archive or an office document."),
    ],
)
def test_document_that_can_not_be_kept_is_refused_with_the_reason(content: bytes, words: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        read_document(BytesIO(content), max_bytes=1_000_000)
    assert str(refused.value).startswith(words)
