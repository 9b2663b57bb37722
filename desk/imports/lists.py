"""The controlled lists that the cells of an import may name, read once from the database."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from prisoners.models import Occupation, Statute, TreatmentKind
from prisoners.vocabulary import Term
from releases.models import LegalForm, Mechanism, Pardon

from .choices import Choices
from .mapping import fold
from .problems import not_one_of

_MECHANISM_OF = {
    LegalForm.PARDON: "pardon",
    LegalForm.AMNESTY: "amnesty",
    LegalForm.EXCHANGE: "exchange",
    LegalForm.DEPORTATION: "deportation",
}


@dataclass(frozen=True, slots=True)
class KnownPardon:
    """A pardon, and the mechanism of those released under it."""

    pk: int
    path: str
    mechanism: str


class Lists:
    """Every list, as it stands when the import begins."""

    def __init__(self) -> None:
        self.occupations = _terms(Occupation, _("an occupation known here"))
        self.treatments = _terms(TreatmentKind, _("a treatment known here"))
        self.mechanisms = _terms(Mechanism, _("a mechanism known here"))
        self.deaths = set(Mechanism.objects.filter(is_death=True).values_list("code", flat=True))
        self._statutes: dict[tuple[str, str], int] = {}
        self._citations: dict[str, list[str]] = {}
        for statute in Statute.objects.all():
            self._add(statute)
        self._pardons: dict[str, KnownPardon] = {}
        for pardon in Pardon.objects.select_related("wave"):
            path = f"{pardon.wave.slug}/{pardon.slug}"
            known = KnownPardon(pardon.pk, path, _MECHANISM_OF[LegalForm(pardon.legal_form)])
            self._pardons[path] = self._pardons[pardon.slug] = known

    def _add(self, statute: Statute) -> None:
        self._citations.setdefault(statute.country, []).append(statute.citation)
        for text in (statute.slug, statute.citation, f"{statute.law} {statute.article} {statute.part}"):
            self._statutes.setdefault((statute.country, fold(text)), statute.pk)

    def statute(self, country: str, text: str) -> int:
        """An article of a country's law, as its slug or its citation. Raises BadValue when it isn't known."""
        found = self._statutes.get((country, fold(text)))
        if found is None:
            what = _("an article known here; add it in the record editor, or declare it in a mapping as [[statute]]")
            raise not_one_of(text, self._citations.get(country, []), what)
        return found

    def pardon(self, text: str) -> KnownPardon:
        """A pardon by its slug, or as wave/pardon. Raises BadValue when it isn't known."""
        found = self._pardons.get(text)
        if found is None:
            raise not_one_of(text, {pardon.path for pardon in self._pardons.values()}, _("a pardon known here"))
        return found


def _terms(model: type[Term], what: str) -> Choices:
    return Choices(what, model._default_manager.values_list("code", "label"))
