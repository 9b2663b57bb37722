"""The record editor at /desk/admin/, one module a family of records."""

from . import custody, law, people, recognition, releases, sources, vocabularies

__all__ = ["custody", "law", "people", "recognition", "releases", "sources", "vocabularies"]
