"""vl-convert, which runs Vega in V8 inside this process: one drawing at a time, started by the first drawing.

Its runtime lives in a thread of its own, and threads don't survive a fork: a child of a process that has drawn would wait for
ever. So nothing is drawn at import, and such a child is refused instead.
"""

import io
import os
import threading
from pathlib import Path
from typing import Any

from PIL import Image

FONTS = Path(__file__).parent / "fonts"
WAIT_SECONDS = 10
COLOURS = 128
NOWHERE = ["https://nowhere.invalid/"]  # no drawing fetches anything
_lock = threading.Lock()
_started_in: list[int] = []


class DrawingFailed(Exception):
    """No picture can be drawn now."""


def to_svg(spec: dict[str, Any]) -> str:
    """A Vega-Lite specification, drawn. Raises DrawingFailed."""
    return str(_run("vegalite_to_svg", vl_spec=spec, vl_version="6.4", allowed_base_urls=NOWHERE))


def to_png(svg: str, scale: float) -> bytes:
    """An SVG as PNG, so many times as large. Raises DrawingFailed."""
    return _smaller(bytes(_run("svg_to_png", svg=svg, scale=scale)))


def _smaller(png: bytes) -> bytes:
    """The same with a palette: an eighth of the bytes, for charts have few colours."""
    with Image.open(io.BytesIO(png)) as picture:
        flat = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = flat.getpalette() or []
    paper = int(flat.getpixel((0, 0)))  # type: ignore[arg-type]
    palette[3 * paper : 3 * paper + 3] = [255, 255, 255]  # which the method rounds down
    flat.putpalette(palette)
    out = io.BytesIO()
    flat.save(out, "PNG")
    return out.getvalue()


def _run(function: str, **arguments: Any) -> Any:
    if not _lock.acquire(timeout=WAIT_SECONDS):
        raise DrawingFailed("Other pictures are still being drawn.")
    try:
        return getattr(_converter(), function)(**arguments)
    except (ValueError, RuntimeError) as error:
        raise DrawingFailed(" ".join(str(error).split("\n")[:2])) from error
    finally:
        _lock.release()


def _converter() -> Any:
    import vl_convert  # 60 MB of memory, which processes that never draw needn't have

    if not _started_in:
        vl_convert.register_font_directory(str(FONTS))
        _started_in.append(os.getpid())
    if _started_in != [os.getpid()]:
        raise DrawingFailed("This process was forked from one that had drawn already.")
    return vl_convert
