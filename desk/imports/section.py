"""Strict reading of a table of a TOML file: each key is asked for by type, and a key nobody asked for is refused by name."""

from typing import Any

from django.utils.translation import gettext as _

from .problems import FileFault, not_one_of


class Section:
    """One table. Every complaint names the place, as in “columns.Name.dates”."""

    def __init__(self, place: str, data: dict[str, Any]) -> None:
        self.place = place
        self.data = data
        self.asked: set[str] = set()

    def text(self, key: str, default: str = "") -> str:
        return str(self._take(key, str, _("text in quotes"), default))

    def flag(self, key: str, default: bool) -> bool:
        return bool(self._take(key, bool, _("true or false"), default))

    def texts(self, key: str) -> list[str]:
        found = self._take(key, list, _("a list of texts in square brackets"), [])
        if not all(isinstance(item, str) for item in found):
            raise self.fault(key, _("must be %(what)s.") % {"what": _("a list of texts in square brackets")})
        return list(found)

    def table(self, key: str) -> dict[str, Any]:
        return dict(self._take(key, dict, _("a table"), {}))

    def tables(self, key: str) -> list[dict[str, Any]]:
        found = self._take(key, list, _("written as [[%(key)s]]") % {"key": key}, [])
        if not all(isinstance(item, dict) for item in found):
            raise self.fault(key, _("must be %(what)s.") % {"what": _("written as [[%(key)s]]") % {"key": key}})
        return list(found)

    def end(self) -> None:
        """Refuse what nobody asked for."""
        for key in self.data:
            if key not in self.asked:
                raise self.fault(key, str(not_one_of(key, self.asked, _("a key known here"))))

    def fault(self, key: str, reason: str) -> FileFault:
        return FileFault(_("The mapping, at %(place)s: %(reason)s") % {"place": f"{self.place}{key}", "reason": reason})

    def _take(self, key: str, kind: type, what: str, default: Any) -> Any:
        self.asked.add(key)
        value = self.data.get(key, default)
        if not isinstance(value, kind):
            raise self.fault(key, _("must be %(what)s.") % {"what": what})
        return value
