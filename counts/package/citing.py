"""How to cite the data set."""

from django.conf import settings
from django.utils.translation import gettext as _

from .building import Made


def citation(made: Made, *, url: str) -> str:
    """One line of plain text that names the very files."""
    words = {
        "site": settings.SITE_NAME,
        "version": made.version,
        "moment": _moment(made),
        "sha256": made.zip.sha256,
        "url": url,
    }
    return (
        _("%(site)s: political prisoners. Data set, version %(version)s, as known on %(moment)s. SHA-256 %(sha256)s. %(url)s")
        % words
    )


def bibtex(made: Made, *, url: str) -> str:
    """The same for BibTeX."""
    year = (made.known_at or "")[:4]
    fields = {
        "author": f"{{{_escaped(settings.SITE_NAME)}}}",
        "title": "Political prisoners: data set",
        "version": made.version,
        "year": year,
        "url": url,
        "note": f"SHA-256 {made.zip.sha256}",
    }
    told = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{political-prisoners-{made.revision},\n{told}\n}}"


def _moment(made: Made) -> str:
    return made.known_at.replace("T", " ").replace("Z", " UTC") if made.known_at else _("no revision yet")


def _escaped(text: str) -> str:
    """Signs that BibTeX would take for its own are left out."""
    return "".join(sign for sign in text if sign not in "{}\\%#$&~^_")
