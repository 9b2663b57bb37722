"""The record editor at /desk/admin/, one module a family of records."""

from . import custody, law, people, private, recognition, releases, sources, vocabularies

__all__ = ["custody", "law", "people", "private", "recognition", "releases", "sources", "vocabularies"]
