"""Counts: the form with its answer, and the same as data."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now

from counts.answering import answer
from counts.answers import Answer
from counts.problems import InvalidQuery
from counts.wording import sentence

from ..counts_form import count_forms, kept_filters
from ..figures import cited
from ..reading import reading


@reading
def counts(request: HttpRequest) -> HttpResponse:
    """Build a count: the form, the sentence, the table, how to cite it. A wrong query keeps its form and says what is valid."""
    context: dict[str, Any] = {"forms": count_forms(request.GET), "kept": kept_filters(request.GET)}
    try:
        asked = _asked(request)
    except InvalidQuery as error:
        return render(request, "public/counts.html", {**context, "problems": error.problems}, status=400)
    return render(request, "public/counts.html", {**context, **_answered(request, asked)})


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
    return {
        "answer": asked,
        "sentence": sentence(asked),
        "cite": _cited(request, asked),
        "listed": asked.total - asked.only_counted,
        "query": asked.asked_query,
        "list_query": asked.list_query(),
        "groups": [(group, asked.list_query(group)) for group in asked.groups],
        "largest": max((group.figures.at_most for group in asked.groups), default=0),
    }
