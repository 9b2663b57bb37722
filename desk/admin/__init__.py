"""The record editor at /desk/admin/, one module a family of records."""

from . import accounts, custody, law, people, recognition, releases, sources, vocabularies

__all__ = ["accounts", "custody", "law", "people", "recognition", "releases", "sources", "vocabularies"]
