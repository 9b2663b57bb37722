"""A count as reference managers take it: BibTeX and RIS, safe whatever an operator or an organisation is called.

The key of an entry stays the same for the same answer, so that citing it twice gives one entry.
"""

import hashlib
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from .answers import Answer
from .wording import doubt, sentence

# A brace counts in BibTeX also behind a backslash, so that one alone would swallow the entries after it.
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&%#_"},
}
_OF_URLS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def bibtex(answer: Answer, *, site_name: str, url: str, seen_on: date) -> str:
    """An entry for BibTeX and BibLaTeX. `seen_on` is the day on which the address was opened."""
    known_on = answer.known_at.date()
    fields = {
        "author": f"{{{_escaped(site_name)}}}",
        "title": f"{{{_escaped(_title(answer))}}}",
        "year": f"{known_on.year:04}",
        "note": _escaped(_note(answer)),
        "url": _in_url(url),
        "urldate": seen_on.isoformat(),
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@misc{{{key(answer, site_name)},\n{lines}}}\n"


def ris(answer: Answer, *, site_name: str, url: str, seen_on: date) -> str:
    """The same for RIS, one field a line."""
    known_on = answer.known_at.date()
    fields = [
        ("TY", "DATA"),
        ("ID", key(answer, site_name)),
        ("AU", site_name),
        ("TI", _title(answer)),
        ("PY", f"{known_on.year:04}"),
        ("DA", f"{known_on:%Y/%m/%d}" if known_on.year >= 1000 else ""),
        ("N1", _note(answer)),
        ("UR", _in_url(url)),
        ("Y2", f"{seen_on:%Y/%m/%d}"),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_on_one_line(text)}\n" for tag, text in fields)


def key(answer: Answer, site_name: str) -> str:
    """Such as `still-held-held-2024-01-15-r812-1f0c22ab`: of this answer alone."""
    digest = hashlib.sha256(answer.cited_query.encode()).hexdigest()[:8]
    site = slugify(site_name)[:40] or "counts"
    return f"{site}-{answer.measure.name}-{answer.on.isoformat()}-r{answer.revision}-{digest}"


def _title(answer: Answer) -> str:
    return " ".join(filter(None, [sentence(answer), doubt(answer)]))


def _note(answer: Answer) -> str:
    moment = answer.known_at.strftime("%Y-%m-%d %H:%M UTC")
    known = _("As known on %(moment)s (revision %(revision)s).") % {"moment": moment, "revision": answer.revision}
    fiction = _("Demonstration data: fictional people are among these.") if answer.has_fiction else ""
    return " ".join(filter(None, [known, fiction]))


def _on_one_line(text: str) -> str:
    """Line ends begin new fields, and other signs that don't print have no place in a title."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in _on_one_line(text))


def _in_url(url: str) -> str:
    """An address as it is, but for signs that would end the field; addresses write those otherwise anyway."""
    return "".join(_OF_URLS.get(sign, sign) for sign in _on_one_line(url))
