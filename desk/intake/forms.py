"""What is asked before a list is looked at: which pardon, which source, what holds for all, and the list itself."""

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prisoners.dates import FORMS
from prisoners.fields import UncertainDateFormField
from prisoners.models import Confidentiality, Source
from prisoners.models.sources import SourceKind
from releases.acts import NO_WAVE_WORDS
from releases.models import Condition, LegalForm, LibertyAfter, Mechanism, Pardon, Verification

from ..imports.problems import FileFault
from .files import text_of_file
from .menus import Menu
from .models import ended_by
from .opening import MAX_CHARACTERS, MAX_LINES

DATE_FORMS = format_lazy(_("Forms: {forms}."), forms=FORMS)
_ROWS = {"rows": 12, "cols": 80, "dir": "auto", "spellcheck": "false"}


def offer(field: Any, menu: Menu, chosen: Any) -> None:
    """Let a field take any record, and its menu offer those of `menu`, with what is chosen."""
    shown = list(menu.found)
    if chosen and str(chosen) not in {str(one.pk) for one in shown}:
        one = field.queryset.filter(pk=chosen).first() if str(chosen).isdecimal() and len(str(chosen)) < 18 else None
        shown = [one, *shown] if one else shown
    empty = [("", field.empty_label)] if field.empty_label is not None else []
    field.widget.choices = [*empty, *((one.pk, str(one)) for one in shown)]


def as_typed(form: type[forms.BaseForm], data: QueryDict, prefix: str = "", **options: Any) -> Any:
    """The form with what was typed so far, and not judged yet."""
    blank = form(prefix=prefix or None, **options)
    typed = {name: field.widget.value_from_datadict(data, {}, blank.add_prefix(name)) for name, field in blank.fields.items()}
    return form(prefix=prefix or None, initial=typed, **options)


class ListForm(forms.Form):
    """The list: pasted, or a file."""

    text = forms.CharField(
        label=_("The list"),
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=format_lazy(
            _("As the source has it: one name a line, numbered, or a sentence; with years, articles, places. At most {n} lines."),
            n=MAX_LINES,
        ),
    )
    file = forms.FileField(label=_("or a file"), required=False, help_text=_("Text (UTF-8), CSV or .xlsx."))

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        upload, pasted = given.get("file"), given.get("text") or ""
        if bool(upload) == bool(pasted.strip()):
            raise ValidationError(_("Paste the list or choose a file: one of the two."))
        if upload:
            if upload.size > settings.UPLOAD_MAX_BYTES:
                raise ValidationError({"file": _("The file is larger than this site takes.")})
            try:
                given["text"] = text_of_file(upload.file, upload.name)
            except FileFault as fault:
                raise ValidationError({"file": str(fault)}) from None
        return given


class PardonForm(forms.ModelForm):
    """A new act of clemency, with as much as is known of it."""

    # Its fields stay empty, and folded, where a pardon is chosen: a browser that requires them would refuse without a word.
    use_required_attribute = False

    class Meta:
        model = Pardon
        fields = (
            "title",
            "wave",
            "announced_on",
            "authority",
            "legal_form",
            "framing",
            "announced_number",
            "is_announced_minimum",
        )
        widgets = {"framing": forms.Textarea(attrs={"rows": 3, "cols": 60})}

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wave: Any = self.fields["wave"]
        wave.required, wave.empty_label, wave.help_text = False, _("none: it stands alone"), NO_WAVE_WORDS
        offer(wave, menu, self["wave"].value())
        self.fields["announced_on"].help_text = DATE_FORMS


class SourceForm(forms.Form):
    """Where the list stands."""

    known = forms.ModelChoiceField(
        Source.objects.all(), label=_("Source"), required=False, empty_label=_("a new one, named below")
    )
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    url = forms.URLField(label=_("Address"), max_length=1000, required=False, assume_scheme="https")
    is_public = forms.BooleanField(label=_("Readers may see this source"), required=False)

    def __init__(self, *args: Any, menu: Menu, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["known"], menu, self["known"].value())

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if not given.get("known") and not given.get("title"):
            self.add_error("title", _("A release needs a source: choose one, or give the title of a new one."))
        if not given.get("known") and given.get("url") and Source.objects.filter(url=given["url"]).exists():
            self.add_error("url", _("Another source has this address already: choose it above."))
        return given

    def made(self) -> Source:
        """The source chosen, or the new one."""
        given = self.cleaned_data
        if given["known"]:
            return given["known"]
        seen = Confidentiality.PUBLIC if given["is_public"] else Confidentiality.CONFIDENTIAL
        return Source.objects.create(title=given["title"], url=given["url"], kind=SourceKind.LIST, confidentiality=seen)


class ForAllForm(forms.Form):
    """What holds for everybody on the list, unless a line says otherwise."""

    held_on = UncertainDateFormField(
        label=_("Held on"),
        required=False,
        help_text=format_lazy(
            _(
                "Who can have been held then comes first. Empty: the day of the act; if that is not known, whoever is in "
                "custody, or left it nobody knows how. {forms}"
            ),
            forms=DATE_FORMS,
        ),
    )
    ended = UncertainDateFormField(
        label=_("Custody ended"),
        required=False,
        help_text=format_lazy(_("Empty: the day of the act; if that is not known, today or earlier. {forms}"), forms=DATE_FORMS),
    )
    mechanism = forms.ModelChoiceField(
        Mechanism.objects.filter(is_death=False),
        label=_("Mechanism"),
        required=False,
        empty_label=_("by the legal form of the act"),
    )
    liberty_after = forms.ChoiceField(label=_("Liberty after"), choices=LibertyAfter.choices, initial=LibertyAfter.UNKNOWN)
    verification = forms.ChoiceField(label=_("Verification"), choices=Verification.choices, initial=Verification.ANNOUNCED)
    conditions = forms.ModelMultipleChoiceField(
        Condition.objects.all(), label=_("Conditions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def resolved(self, pardon: Pardon, today: datetime.date) -> dict[str, Any]:
        """With what was left empty taken from the act."""
        given = dict(self.cleaned_data)
        given["held_on"] = given["held_on"] or pardon.announced_on
        given["ended"] = given["ended"] or ended_by(pardon, today)
        given["mechanism"] = given["mechanism"] or Mechanism.objects.get(pk=LegalForm(pardon.legal_form).value)
        given["conditions"] = tuple(condition.pk for condition in given["conditions"])
        return given


class LineForm(forms.Form):
    """What holds for one person in place of what holds for all."""

    ended = UncertainDateFormField(label=_("Custody ended"), required=False, help_text=_("Empty: as for all."))
    liberty_after = forms.ChoiceField(
        label=_("Liberty after"), required=False, choices=[("", _("as for all")), *LibertyAfter.choices]
    )
    has_own_conditions = forms.BooleanField(label=_("Conditions of their own, in place of those for all"), required=False)
    conditions = forms.ModelMultipleChoiceField(
        Condition.objects.all(), label=_("Conditions"), required=False, widget=forms.CheckboxSelectMultiple
    )
