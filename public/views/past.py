"""The people of a number of the past, as they are published today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now

from counts.answering import answer
from counts.past_people import PastPeople
from counts.wording import doubt, sentence

from ..count_links import what_changed
from ..paging import refuse_page_past
from ..reading import reading
from .listing import rows_of


@reading
def counts_people(request: HttpRequest) -> HttpResponse:
    """Those of the people counted who have a page today, and how many have none."""
    today, moment = localdate(), now()
    listing = PastPeople(request.GET, today=today, now=moment)
    refuse_page_past(listing.last_page, listing.page)
    asked = answer(listing.question, today=today, now=moment)
    context = {
        "listing": listing,
        "rows": rows_of(listing),
        "answer": asked,
        "sentence": sentence(asked),
        "doubt": doubt(asked),
        "changed": "" if asked.clock.is_newest else what_changed(asked),
        "previous": listing.page_query(listing.page - 1),
        "next": listing.page_query(listing.page + 1),
    }
    return render(request, "public/counts_people.html", context)
