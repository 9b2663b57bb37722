"""A warning to whoever adds somebody: people of that name who are in the records already."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from prisoners.finding import find
from prisoners.models import Prisoner
from prisoners.names import Band

from .labels import page_of

TOLD = 5


def warn_of_namesakes(request: HttpRequest, person: Prisoner, among: QuerySet[Prisoner]) -> None:
    """Tell of likely the same people among those whom the reader may see; it is for them to say who is who."""
    texts = [name.text for name in person.names.all()]
    found = [one for each in find(texts, among=among.exclude(pk=person.pk), at_most=TOLD) for one in each]
    likely = sorted((one for one in found if one.band == Band.LIKELY), key=lambda one: -one.score)
    names = {one.prisoner_id: one.text for one in reversed(likely)}
    shown = list(dict.fromkeys(one.prisoner_id for one in likely))[:TOLD]
    if not shown:
        return
    codes = dict(Prisoner.objects.filter(pk__in=shown).values_list("pk", "code"))
    links = format_html_join(
        ", ",
        '<a href="{}">{} {}</a>',
        ((page_of(Prisoner(pk=key)), names[key], codes[key]) for key in shown if key in codes),
    )
    said = _("Possibly recorded already, under a like name: {}. Compare before you go on.")
    messages.warning(request, format_html(said, links))
