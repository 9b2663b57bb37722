"""Articles of law that a mapping declares, so that rows can name them."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from prisoners.models import Statute
from prisoners.slugs import ascii_slug

from .problems import FileFault


def declare(statutes: Iterable[Mapping[str, str]]) -> list[str]:
    """Create those that aren't there, and name them. Raises FileFault when one can't be."""
    return [_create(statute) for statute in statutes if not _is_there(statute)]


def _is_there(statute: Mapping[str, str]) -> bool:
    where = {key: statute[key] for key in ("country", "law", "article", "part")}
    return Statute.objects.filter(**where).exists()


def _create(statute: Mapping[str, str]) -> str:
    parts = [statute[key] for key in ("country", "law", "article", "part") if statute[key]]
    slug = slugify("-".join(parts))
    if len(slug) > 40 or Statute.objects.filter(slug=slug).exists() or not " ".join(parts).isascii():
        slug = ascii_slug(" ".join(parts), "article", set())[-40:].strip("-")
    record = Statute(slug=slug, **statute)
    try:
        record.full_clean()
    except ValidationError as error:
        reasons = " ".join(error.messages)
        raise FileFault(
            _("The mapping, at statute %(name)s: %(reasons)s") % {"name": " ".join(parts), "reasons": reasons}
        ) from None
    record.save()
    return record.citation
