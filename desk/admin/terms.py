"""The page of a term: its words in each language, where it is used, and why it can't be deleted while it is."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.text import format_lazy
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from prisoners.vocabulary import Term

from .base import RecordAdmin
from .forms import RecordForm
from .usage import in_use_words, uses_of

# The languages of the pages, and those that the first terms have labels in. English has a column of its own.
LANGUAGES = [code for code in dict.fromkeys([*dict(settings.LANGUAGES), "be", "ru", "fa"]) if code != "en"]


def _label_field(language: str) -> forms.CharField:
    about = get_language_info(language)
    attrs = {"lang": language, "dir": "rtl" if about["bidi"] else "ltr"}
    name = format_lazy(_("Label in {language}"), language=about["name_translated"])
    return forms.CharField(label=name, max_length=120, required=False, widget=AdminTextInputWidget(attrs=attrs))


LABEL_FIELDS: dict[str, forms.CharField] = {f"label_{language}": _label_field(language) for language in LANGUAGES}


class LabelledTermForm(RecordForm):
    """A term with one box for each language. Labels in further languages stay as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.initial.setdefault(f"label_{language}", self.instance.labels.get(language, ""))

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = {language: self.cleaned_data.get(f"label_{language}", "") for language in LANGUAGES}
        labels = {**self.instance.labels, **typed}
        self.instance.labels = {language: label for language, label in labels.items() if label}
        return self.cleaned_data


TermForm = type("TermForm", (LabelledTermForm,), dict(LABEL_FIELDS))
TERM_FIELDS: tuple[str, ...] = ("code", "label", *LABEL_FIELDS, "standard", "position")


class TermAdmin(RecordAdmin):
    form = TermForm
    list_display: tuple[str, ...] = ("label", "code", "standard", "position")
    search_fields = ("label", "code", "labels")
    fields = TERM_FIELDS
    delete_confirmation_template = "desk/delete_term.html"
    delete_selected_confirmation_template = "desk/delete_terms.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> tuple[str, ...]:
        return ("code", "used_by") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Term | None = None) -> Any:
        return [*self.fields, "used_by"] if obj else list(self.fields)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Who holds a term in a list of several would lose it without a word: that is refused like any other use."""
        if in_use := [words for term in objs if (words := in_use_words(term))]:
            return [], {}, set(), in_use
        return super().get_deleted_objects(objs, request)

    @admin.display(description=_("used by"))
    def used_by(self, term: Term) -> str:
        links = format_html_join(", ", "{}", ((use.link(self.admin_site),) for use in uses_of(term)))
        return links or format_html("{}", _("nothing yet: it can be deleted"))
