"""What reaches the disk of what is sent: files of signed-in editors alone, and no more of one than could be taken."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from prisoners.roles import Action, may

from .actors import actor_of


class BoundedUploads(FileUploadHandler):
    """Stands before Django's own handlers, which would write whatever anybody sends to any page, however much.

    What is too much is cut off just past the limit: the form then sees that the file is too large, and says so.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if user is None or not may(actor_of(user), Action.WRITE_DRAFTS):
            # Named, so that whoever was signed out meanwhile is told which to choose again (desk/kept).
            left_out = getattr(self.request, "files_left_out", [])
            self.request.files_left_out = [*left_out, (str(self.field_name), str(self.file_name))]  # type: ignore[union-attr]
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        allowance = settings.UPLOAD_MAX_BYTES + 1 - self._received
        self._received += len(raw_data)
        return raw_data[:allowance] if allowance > 0 else None

    def file_complete(self, file_size: int) -> None:
        """The file is another handler's to give."""
