"""What the pages of history are asked, and what is asked before something is restored."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from prisoners.history.naming import title_of
from prisoners.history.subjects import Subject

LONGEST_REASON = 500


class Wanted(forms.Form):
    """One record, one person who made changes, and where the page begins."""

    record = forms.ChoiceField(label=_("Record"), required=False)
    who = forms.ChoiceField(label=_("By"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, parts: Sequence[Subject], actors: Sequence[str]) -> None:
        super().__init__(data)
        self.parts = parts
        self.name_parts({})
        # Nobody's changes are those that no account made.
        self.fields["who"].choices = [("", _("anybody")), *((f"={actor}", actor or _("nobody")) for actor in actors)]  # type: ignore[attr-defined]

    def name_parts(self, names: Mapping[Subject, str]) -> None:
        """Say in the choice what the records are called."""
        titles = [(str(part), title_of(part, names)) for part in self.parts]
        self.fields["record"].choices = [("", _("all")), *titles]  # type: ignore[attr-defined]

    def narrowed(self) -> dict[str, Any]:
        """As `entries_of` asks for it."""
        given = self.cleaned_data
        return {
            "before": given.get("before"),
            "actor": given["who"].removeprefix("=") if given.get("who") else None,
            "only": Subject.parse(given["record"]) if given.get("record") else None,
        }

    def next_page(self, last: int) -> str:
        """The query of the page that begins after an entry."""
        given = {name: value for name in ("record", "who") if (value := self.data.get(name))}
        return urlencode({**given, "before": last})


class ReasonForm(forms.Form):
    """Why. The history keeps it; readers never see it."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_("Kept in the history of the record, where every editor sees it. Readers never do."),
        error_messages={"required": _("Say why: a colleague will want to know.")},
    )
