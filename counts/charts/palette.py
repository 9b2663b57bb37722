"""Colours and type. The same as the site's stylesheet: ink and one accent; the other lines of a chart differ in dashes too.

Every element says its light colour as an attribute; a style replaces each by its dark one where the reader's system is dark.
So a picture without styles (a PNG, a reader that drops them) is the light one.
"""

import base64
import hashlib

PAPER, INK, SOFT, LINE, ACCENT = "#fdfdfb", "#1b1d1f", "#55595d", "#cfd0c9", "#0a5466"
OTHERS = ("#b04a12", "#5f6b00", "#8a3d7a", "#5a5a86", "#7a5a00")
LINES = (ACCENT, *OTHERS)
DASHES: tuple[list[int], ...] = ([], [7, 3], [2, 2], [10, 3, 2, 3], [4, 4], [1, 3])
PALE = 0.3  # of what is possible, beside what is certain
PALE_BAND = 0.18

_DARK = {
    PAPER: "#15181a",
    INK: "#e8e8e3",
    SOFT: "#a9aeb1",
    LINE: "#3a4043",
    ACCENT: "#84c9da",
    "#b04a12": "#f2a071",
    "#5f6b00": "#c3d05f",
    "#8a3d7a": "#e3a6d6",
    "#5a5a86": "#b3b3e6",
    "#7a5a00": "#e3bf62",
}
_REPLACED = "".join(f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}' for light, dark in _DARK.items())
STYLE = f"@media (prefers-color-scheme:dark){{{_REPLACED}}}"
STYLE_HASH = f"sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}"

# First what a line was measured for; of the rest, what people have.
_LATIN = "'Liberation Sans',Arimo,Arial,Helvetica"
_ARABIC = "Vazirmatn,'Noto Sans Arabic',Tahoma"
FAMILY = f"{_LATIN},{_ARABIC},'Noto Sans',sans-serif"
ARABIC_FAMILY = f"{_ARABIC},{_LATIN},sans-serif"


def is_arabic(text: str) -> bool:
    """Whether a text needs the font of Arabic script."""
    return any("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc" for char in text)
