"""The record editor at /desk/admin/, one module a family of records."""

from . import captures, custody, law, people, photos, private, recognition, releases, sources, vocabularies

__all__ = ["captures", "custody", "law", "people", "photos", "private", "recognition", "releases", "sources", "vocabularies"]
