"""The admin site itself: its name, and what stands together on its front page.

Outside the package of admins: that registers with the site as it is imported, so the site must be there before.
"""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.forms import AuthenticationForm
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from prisoners.models import Prisoner

from .actors import actor_for

LISTS = [
    *("Occupation", "Affiliation", "Vulnerability", "Agency", "Criterion", "TreatmentKind", "Regime", "Mechanism"),
    *("Condition", "Licence"),
]
GROUPS = [
    ("people", _("People"), ["Prisoner", "Arrest", "Case", "Context"]),
    ("releases", _("Releases"), ["Release", "Pardon", "Wave", "Event"]),
    ("sources", _("Sources"), ["Source", "Organisation"]),
    ("places", _("Places and law"), ["Facility", "Statute"]),
    ("lists", _("Lists"), LISTS),
    (
        "private",
        _("Private records"),
        ["FamilyContact", "ExactAddress", "HealthFile", "ConsentEvidence", "SourceIdentity", "InternalNote"],
    ),
    ("accounts", _("Accounts"), ["User"]),
]


class LabelledAutocomplete(AutocompleteJsonView):
    """Names a choice as its admin does, which may say more than the record's own short name."""

    def serialize_result(self, obj: models.Model, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}


class DeskSite(AdminSite):
    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    enable_nav_sidebar = False
    index_title = _("Records")
    empty_value_display = "–"
    login_form = AuthenticationForm  # Django's own asks for a mark beside the roles

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever has a role has business at the desk."""
        return bool(actor_for(request).grants)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page, with what waits, and with the embargoes that a forgotten timer left."""
        from .intake.access import intakes_open
        from .kept.keeping import kept_of
        from .offers.fitting import number_offered
        from .offers.noticing import notice
        from .review.views import number_open  # it needs the site, which needs to be there before

        overdue = Prisoner.objects.embargo_over(localdate()).count()
        said = {
            "number_open": number_open(request),
            "embargoes_overdue": overdue,
            "intakes_open": intakes_open(request),
            "kept": kept_of(request, now()),
            "offers_left": notice(),
            "lines_offered": number_offered(actor_for(request)),
        }
        return super().index(request, {**(extra_context or {}), **said})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return LabelledAutocomplete.as_view(admin_site=self)(request)  # type: ignore[return-value]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The models in GROUPS, then those of other apps. The page of one app keeps Django's order."""
        apps = super().get_app_list(request, app_label)
        return apps if app_label else _grouped(apps)


def _grouped(apps: list[Any]) -> list[Any]:
    found = {model["object_name"]: model for app in apps for model in app["models"]}
    groups = [
        {"name": title, "app_label": key, "app_url": "", "has_module_perms": True, "models": models}
        for key, title, names in GROUPS
        if (models := [found[name] for name in names if name in found])
    ]
    grouped = {name for _key, _title, names in GROUPS for name in names}
    rest = [{**app, "models": [model for model in app["models"] if model["object_name"] not in grouped]} for app in apps]
    return groups + [app for app in rest if app["models"]]
