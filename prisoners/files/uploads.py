"""What holds for every file that somebody brings: how large it may be, what it may be, and its hash."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .kinds import Kind, UnusableFile, kind_of


class Upload(Protocol):
    """An open file."""

    def read(self, size: int, /) -> bytes: ...

    def seek(self, offset: int, /) -> object: ...


def read_whole(upload: Upload, max_bytes: int) -> bytes:
    """All of the file. Raises UnusableFile when it is empty or too large, of which no more is read than needed to know."""
    upload.seek(0)
    content = upload.read(max_bytes + 1)
    if not content:
        raise UnusableFile(_("The file is empty."))
    if len(content) > max_bytes:
        raise UnusableFile(_("The file is too large: at most %(size)s can be taken.") % {"size": filesizeformat(max_bytes)})
    return content


def kind_among(content: bytes, accepted: Sequence[Kind]) -> Kind:
    """The kind of the content. Raises UnusableFile, which says what it is instead, when it is none of these."""
    kind = kind_of(content)
    if kind is not None and kind in accepted:
        return kind
    found = {"found": kind.title if kind else _("of a kind that isn’t known here"), "accepted": _listed(accepted)}
    raise UnusableFile(_("By its content, whatever its name says, this is %(found)s. What can be taken: %(accepted)s.") % found)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _listed(kinds: Sequence[Kind]) -> str:
    return ", ".join(str(kind.title) for kind in kinds)
