"""How much of a person readers are to see."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prisoners.models import Visibility


class VisibilityForm(forms.Form):
    """Less acts at once; more waits for a second person."""

    visibility = forms.ChoiceField(label=_("Visibility"), choices=Visibility.choices)
    embargo_until = forms.DateField(
        label=_("Embargo until"),
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text=_("Nothing is public before that day, whatever the state. Leave it empty for none."),
        error_messages={"invalid": _("This is not a day: write it as 2020-08-09.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2020-08-09"}),
    )
    reason = forms.CharField(
        label=_("Reason (private; kept in the history of the record)"), widget=forms.Textarea(attrs={"rows": 3, "cols": 60})
    )
    seen = forms.DateTimeField(widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
