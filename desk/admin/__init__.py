"""The record editor at /desk/admin/, one module a family of records."""

from . import (
    accounts,
    captures,
    custody,
    law,
    people,
    photos,
    private,
    recognition,
    releases,
    sources,
    vocabularies,
)

__all__ = [
    "accounts",
    "captures",
    "custody",
    "law",
    "people",
    "photos",
    "private",
    "recognition",
    "releases",
    "sources",
    "vocabularies",
]
