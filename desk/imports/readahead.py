"""Work done in a thread while the main one waits for the database."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, TypeVar

Item = TypeVar("Item")


class ReadAhead(Generic[Item]):
    """Makes items one after the other, the next one from `start` on, or else when it is asked for.

    One interpreter lock serves both threads, so to begin earlier would only slow the main one down.
    """

    def __init__(self, make: Callable[[], Item]) -> None:
        self._make = make
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._coming: Future[Item] | None = None

    def __enter__(self) -> "ReadAhead[Item]":
        return self

    def start(self) -> None:
        """Begin the next item, unless it is begun."""
        if self._coming is None:
            self._coming = self._thread.submit(self._make)

    def next(self) -> Item:
        """The next item. Raises what making it raised."""
        self.start()
        assert self._coming is not None
        coming, self._coming = self._coming, None
        return coming.result()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._thread.shutdown()
