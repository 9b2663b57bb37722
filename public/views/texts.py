"""Pages of text, and the first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from counts import nameable
from counts.filters import ANY, THEN

from ..charts import picture
from ..figures import CHANGES_DAYS, ask, changes, over_time
from ..reading import reading
from ..wave import acts_of, waves_newest_first


@reading
def home(request: HttpRequest) -> HttpResponse:
    """How many are held today, how that moved, what happened this month.

    Where no organisation's recognition is on record, everybody documented is the number: a nought would mislead.
    """
    today, moment = localdate(), now()
    is_recognised = nameable.organisations().exists()
    held_over_time = over_time(today, moment, recognised=THEN if is_recognised else ANY)
    context = {
        "today": today,
        "days": CHANGES_DAYS,
        "held": ask(today, moment, measure="held") if is_recognised else None,
        "picture": picture(held_over_time, request.get_host()),
        "over_time_query": held_over_time.exact_query,
        "all_held": ask(today, moment, measure="held", recognised="any"),
        "changes": changes(today, moment),
        "newest": [(wave, acts_of([wave], today=today)[0][wave.pk]) for wave in waves_newest_first()[:1]],
    }
    return render(request, "public/home.html", context)


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """What each number means."""
    return render(request, "public/methodology.html")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who publishes this, with what software."""
    return render(request, "public/about.html")
