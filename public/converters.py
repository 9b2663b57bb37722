"""Parts of addresses. Importing this makes them known to routes."""

from django.urls import register_converter

from counts.exports.files import FORMATS
from prisoners.codes import PATTERN


class CodeConverter:
    """A person's code. Anything of another shape, lower case too, is an address that doesn't exist."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PhotoConverter:
    """The random name of a photo, with the ending of the smaller one."""

    regex = "[0-9a-f]{32}(?:-small)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FormatConverter:
    """The ending of a file: one of the formats that there are."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "code")
register_converter(PhotoConverter, "photo")
register_converter(FormatConverter, "format")
