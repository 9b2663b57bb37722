"""Short lists of codes that may be written as the code or as its label, in any case."""

from collections.abc import Iterable

from .mapping import fold
from .problems import not_one_of


class Choices:
    """`what` completes the sentence “… is not”."""

    def __init__(self, what: str, terms: Iterable[tuple[str, str]]) -> None:
        self.what = what
        self.codes: list[str] = []
        self._by_text: dict[str, str] = {}
        for code, label in terms:
            self.codes.append(code)
            self._by_text[fold(label)] = code
        self._by_text.update({fold(code): code for code in self.codes})

    def code(self, text: str) -> str:
        """Raises BadValue, with the valid codes, when there is no such term."""
        code = self._by_text.get(text) or self._by_text.get(fold(text))
        if code is None:
            raise not_one_of(text, self.codes, self.what)
        return code
