"""What a source said, as a file kept whole: unlike photos, such a file is never changed, and never shown to readers."""

from dataclasses import dataclass

from .kinds import CAPTURES, PICTURES, Kind
from .pictures import verify_picture
from .uploads import Upload, kind_among, read_whole, sha256_of


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it came, and what it is by its content."""

    content: bytes
    kind: Kind

    @property
    def sha256(self) -> str:
        return sha256_of(self.content)


def read_document(upload: Upload, *, max_bytes: int) -> Document:
    """The document in a file. Raises UnusableFile with the reason when it is of no kind that is kept."""
    content = read_whole(upload, max_bytes)
    kind = kind_among(content, CAPTURES)
    if kind in PICTURES:
        verify_picture(content)
    return Document(content, kind)
