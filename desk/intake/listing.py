"""One page of an intake's lines, with whom each may name; filtered strictly."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prisoners.roles import Actor

from ..admin.access import seen_by
from .candidates import Candidate, candidates_for
from .models import Intake, IntakeLine, LineDecision, LineKind

PAGE = 25
SHOWN = {
    "all": (Q(), gettext_lazy("all lines")),
    "open": (Q(kind=LineKind.NAME, decision=LineDecision.OPEN), gettext_lazy("unidentified")),
    "chosen": (Q(decision=LineDecision.CHOSEN), gettext_lazy("identified")),
    "unread": (Q(kind=LineKind.UNREAD) & ~Q(decision=LineDecision.DROPPED), gettext_lazy("not read as a name")),
    "repeated": (Q(repeats__isnull=False), gettext_lazy("same name twice")),
    "dropped": (Q(decision=LineDecision.DROPPED), gettext_lazy("not a person")),
}


class WrongPage(ValueError):
    """A parameter that doesn't exist, or a value that isn't one of its own. The words say what is valid."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line with whom it may name."""

    line: IntakeLine
    candidates: list[Candidate]
    also_first_for: list[int]

    @property
    def likely(self) -> int:
        return sum(one.is_likely for one in self.candidates)


@dataclass(frozen=True, slots=True)
class LinesPage:
    """What one page shows."""

    rows: list[Row]
    page: Page
    ignored: list[IntakeLine]
    show: str
    filters: list[tuple[str, str, int]]
    unseen: int


def lines_seen(intake: Intake, actor: Actor) -> QuerySet[IntakeLine]:
    """Lines that are matched to nobody, or to somebody whom the editor may read."""
    seen = seen_by(actor, "arrest__prisoner")
    lines = IntakeLine.objects.filter(intake=intake.pk).select_related("arrest__prisoner")
    return lines.filter(Q(arrest=None) | seen) if seen else lines


def page_of_lines(intake: Intake, actor: Actor, query: QueryDict) -> LinesPage:
    """Raises WrongPage rather than leave a parameter out."""
    unknown = [name for name in query if name not in ("show", "page")]
    if unknown:
        raise WrongPage(_("There is no filter “%(name)s”. Valid: show, page.") % {"name": unknown[0]})
    show = query.get("show", "all")
    if show not in SHOWN:
        raise WrongPage(_("“%(value)s” can't be shown. Valid: %(valid)s.") % {"value": show, "valid": ", ".join(SHOWN)})
    seen = lines_seen(intake, actor)
    told = seen.exclude(kind=LineKind.IGNORED)
    page = _page(told.filter(SHOWN[show][0]), query.get("page", "1"))
    lines = list(page)
    found = candidates_for(lines, intake=intake, actor=actor)
    return LinesPage(
        rows=_rows(lines, found),
        page=page,
        ignored=_ignored_beside(intake, lines, page, show),
        show=show,
        filters=_filters(told),
        unseen=IntakeLine.objects.filter(intake=intake.pk).count() - seen.count(),
    )


def _rows(lines: list[IntakeLine], found: dict[int, list[Candidate]]) -> list[Row]:
    """Each line with the others of the page that the same person fits best."""
    first = {line.number: found[line.number][0].person.pk for line in lines if found[line.number]}
    return [
        Row(line, found[line.number], [n for n, who in first.items() if n != line.number and who == first.get(line.number)])
        for line in lines
    ]


def _page(lines: QuerySet[IntakeLine], number: str) -> Page:
    paginator = Paginator(lines, PAGE)
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= paginator.num_pages):
        raise WrongPage(_("There is no page “%(n)s”: there are %(pages)s.") % {"n": number[:20], "pages": paginator.num_pages})
    return paginator.page(int(number))


def _ignored_beside(intake: Intake, lines: list[IntakeLine], page: Page, show: str) -> list[IntakeLine]:
    """The ignored lines that stand among those of this page, and before the first or after the last one."""
    if show != "all" or not lines:
        return []
    found = IntakeLine.objects.filter(intake=intake.pk, kind=LineKind.IGNORED)
    if page.has_previous():
        found = found.filter(number__gte=lines[0].number)
    if page.has_next():
        found = found.filter(number__lte=lines[-1].number)
    return list(found[:200])


def _filters(lines: QuerySet[IntakeLine]) -> list[tuple[str, str, int]]:
    numbers = lines.aggregate(
        **{f"n_{name}": Count("pk", filter=which or Q(pk__isnull=False)) for name, (which, _w) in SHOWN.items()}
    )
    return [(name, str(words), numbers[f"n_{name}"]) for name, (_which, words) in SHOWN.items()]
