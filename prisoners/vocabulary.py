"""The base of every controlled list: a code, labels, and the standard that a term comes from."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

TERM_CODE = RegexValidator(r"^[a-z0-9]+(_[a-z0-9]+)*$", _("Lower-case letters, digits and single underscores."))


class Term(models.Model):
    """A term of a list. The code is the key: it stands in the ledger, in addresses and in exports, and never changes."""

    code = models.CharField(_("code"), primary_key=True, max_length=40, validators=[TERM_CODE])
    label = models.CharField(_("label in English"), max_length=120)
    labels = models.JSONField(_("labels by language"), default=dict, blank=True)
    standard = models.CharField(_("standard that it comes from"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return str(self.labels.get(get_language() or "", self.label))
