"""Counts: the form with its answer, and the same as data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from counts.answering import answer
from counts.answers import Answer
from counts.citing import bibtex, ris
from counts.problems import InvalidQuery
from counts.wording import doubt, duration_sentence, sentence, series_sentence

from ..charts import picture
from ..count_links import can_be_asked_today, nobody_of, people_of, what_changed
from ..counts_form import canonical, count_form
from ..definitions import definitions
from ..figures import cited
from ..group_table import group_table
from ..reading import reading
from ..series_table import GROUPS_AT_MOST, series_table


@reading
def counts(request: HttpRequest) -> HttpResponse:
    """Build a count: the form, the sentence, the table, how to cite it. A wrong query keeps its form and says what is valid."""
    try:
        context = _answered(request, _asked(request))
    except InvalidQuery as error:
        context = {"problems": error.problems}
    context["is_form_open"] = "problems" in context or not request.GET
    context["form"] = count_form(request.GET, problems=context.get("problems", ()))
    return render(request, "public/counts.html", context, status=400 if "problems" in context else 200)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where the form leads: on to the same question in the words of a count, whose address is worth keeping."""
    query = canonical(request.GET).urlencode()
    return redirect(f"{reverse('counts')}?{query}" if query else reverse("counts"))


@reading
def counts_json(request: HttpRequest) -> HttpResponse:
    """The answer for programs."""
    try:
        return JsonResponse(count_document(request))
    except InvalidQuery as error:
        return JsonResponse(error.as_dict(), status=400)


def count_document(request: HttpRequest) -> dict[str, Any]:
    """The answer for programs, wherever it is asked for. Raises InvalidQuery."""
    asked = _asked(request)
    return asked.as_dict(**_cited(request, asked))


def _asked(request: HttpRequest) -> Answer:
    return answer(request.GET, today=localdate(), now=now())


def _cited(request: HttpRequest, asked: Answer) -> dict[str, str]:
    return cited(asked, request.build_absolute_uri(reverse("counts")))


def _answered(request: HttpRequest, asked: Answer) -> dict[str, Any]:
    """All that the page says of an answer."""
    cite = _cited(request, asked)
    is_askable = can_be_asked_today(asked)
    find = people_of if is_askable else nobody_of
    return {
        "answer": asked,
        "sentence": sentence(asked),
        "doubt": doubt(asked),
        "definitions": definitions(asked),
        "cite": cite,
        "bibtex": bibtex(asked, site_name=settings.SITE_NAME, url=cite["url"], seen_on=localdate()),
        "ris": ris(asked, site_name=settings.SITE_NAME, url=cite["url"], seen_on=localdate()),
        "listed": asked.total - (asked.only_counted if asked.clock.is_newest else asked.not_published),
        "query": asked.asked_query,
        "people": find(asked),
        "changed": what_changed(asked) if is_askable and not asked.clock.is_newest else "",
        "is_askable": is_askable,
        "groups": group_table(asked, find),
        "over_time": series_sentence(asked),
        "picture": picture(asked, request.get_host()) if asked.by or asked.series else None,
        "table": series_table(asked, find),
        "totals": [asked.total, *(group.figures for group in asked.groups[:GROUPS_AT_MOST]), *(b.total for b in asked.beside)],
        "durations": [duration_sentence(duration) for duration in asked.durations.values()],
    }
