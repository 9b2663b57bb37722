"""Pages before and beside the lines: all intakes, beginning one, what holds for everybody on a list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from prisoners.acting import acting
from prisoners.services import Refused
from releases.acts import free_slug, save_act
from releases.models import Pardon

from .access import intake_or_404, page, reader_of, works
from .forms import ForAllForm, ListForm, PardonForm, SourceForm, as_typed
from .menus import Menu, menus_for
from .models import Intake, IntakeState, LineDecision, LineKind
from .opening import Settings, open_intake

AT_ONCE = 50


@require_GET
def intakes(request: HttpRequest) -> HttpResponse:
    """Open intakes first, then those confirmed."""
    reader_of(request)
    people = Q(lines__kind=LineKind.NAME) & ~Q(lines__decision=LineDecision.DROPPED)
    found = Intake.objects.select_related("pardon").annotate(
        people=Count("lines", filter=people), identified=Count("lines", filter=Q(lines__decision=LineDecision.CHOSEN))
    )
    context = {
        "open": found.filter(state=IntakeState.OPEN)[:AT_ONCE],
        "page": Paginator(found.filter(state=IntakeState.CONFIRMED).order_by("-confirmed_at", "-pk"), AT_ONCE).get_page(
            request.GET.get("page")
        ),
    }
    return page(request, "intakes", _("Pardon intake"), context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new intake: which pardon, which source, what holds for all, and the list."""
    actor = reader_of(request)
    if not works(actor):
        raise PermissionDenied
    menus = menus_for(request.POST)
    is_search = any(menu.is_new for menu in menus.values())
    forms = _as_typed(request, menus) if is_search else _forms(request, menus)
    if request.method == "POST" and not is_search and (intake := _begun(request, forms, actor.name)):
        return HttpResponseRedirect(reverse("desk-intake", args=[intake.pk]))
    lost = ", ".join(str(file) for file in request.FILES.values())
    context = {**forms, "menus": menus, "is_search": is_search, "chosen": _chosen(request), "lost": lost}
    return page(request, "begin", _("A new list"), context)


def _forms(request: HttpRequest, menus: dict[str, Menu]) -> dict[str, Any]:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    is_new = request.method == "POST" and not request.POST.get("pardon")
    return {
        "list_form": ListForm(data, files),
        "pardon_form": PardonForm(data if is_new else None, prefix="new", menu=menus["wave"]),
        "source_form": SourceForm(data, prefix="source", menu=menus["source"]),
        "all_form": ForAllForm(data, prefix="all"),
    }


def _as_typed(request: HttpRequest, menus: dict[str, Menu]) -> dict[str, Any]:
    """A search in a menu keeps what is typed so far, and judges nothing of it."""
    return {
        "list_form": as_typed(ListForm, request.POST),
        "pardon_form": as_typed(PardonForm, request.POST, "new", menu=menus["wave"]),
        "source_form": as_typed(SourceForm, request.POST, "source", menu=menus["source"]),
        "all_form": as_typed(ForAllForm, request.POST, "all"),
    }


def _chosen(request: HttpRequest) -> Pardon | None:
    given = request.POST.get("pardon") or request.GET.get("pardon") or ""
    return Pardon.objects.filter(pk=given).first() if given.isascii() and given.isdecimal() and len(given) < 18 else None


def _begun(request: HttpRequest, forms: dict[str, Any], by: str) -> Intake | None:
    """The new intake, or None where something must be said first; the forms say what."""
    wanted = [forms["list_form"], forms["source_form"], forms["all_form"]]
    pardon = _chosen(request)
    if pardon is None:
        wanted.append(forms["pardon_form"])
    # Each is asked, so that each says what is wrong with it.
    if {form.is_valid() for form in wanted} != {True}:
        return None
    try:
        with acting(actor=by, reason=_("pardon intake")), transaction.atomic():
            return _opened(forms, pardon, by)
    except Refused as refused:
        forms["list_form"].add_error(None, refused)
    except ValidationError as problem:
        forms["all_form"].add_error(None, problem)
    return None


def _opened(forms: dict[str, Any], pardon: Pardon | None, by: str) -> Intake:
    if pardon is None:
        pardon = forms["pardon_form"].save(commit=False)
        pardon.slug = free_slug(Pardon, pardon.title)
    given = forms["all_form"].resolved(pardon, timezone.localdate())
    if pardon.pk is None:
        save_act(pardon)
    upload = forms["list_form"].cleaned_data.get("file")
    return open_intake(
        pardon=pardon,
        text=forms["list_form"].cleaned_data["text"],
        settings=Settings(source=forms["source_form"].made(), **given),
        by=by,
        now=timezone.now(),
        file_name=upload.name if upload else "",
    )


@require_http_methods(["GET", "POST"])
def for_all(request: HttpRequest, pk: int) -> HttpResponse:
    """What holds for everybody on the list."""
    actor = reader_of(request)
    intake = intake_or_404(pk)
    now = {
        **{name: getattr(intake, name) for name in ("held_on", "ended", "mechanism", "liberty_after", "verification")},
        "conditions": intake.conditions,
    }
    form = ForAllForm(request.POST if request.method == "POST" else None, initial=now)
    if not intake.is_open or not works(actor):
        raise PermissionDenied
    if form.is_valid():
        given = form.resolved(intake.pardon, timezone.localdate())
        changed = Intake.objects.filter(pk=intake.pk, state=IntakeState.OPEN)
        changed.update(**{**given, "conditions": list(given["conditions"])})
        messages.success(request, _("Kept. It holds for every line that says nothing else."))
        return HttpResponseRedirect(reverse("desk-intake", args=[pk]))
    return page(
        request, "for_all", _("What holds for all: %(pardon)s") % {"pardon": intake.pardon}, {"intake": intake, "form": form}
    )
