"""What was sent in vain. No history follows it: it is to be gone when it is used, or after a day."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..private.fields import EncryptedTextField

LASTS = datetime.timedelta(days=1)
MOST = 10  # of one account; of more, the newest


class KeptPostQuerySet(models.QuerySet["KeptPost"]):
    """What is kept, by whom it is for and whether its day is over."""

    def kept_for(self, account: object, *, browser: str, now: datetime.datetime) -> "KeptPostQuerySet":
        """What this account typed in this browser, the newest first."""
        return self.filter(account=account, browser=browser, kept_at__gt=now - LASTS).order_by("-kept_at", "-id")

    def over(self, now: datetime.datetime) -> "KeptPostQuerySet":
        """What is older than a day."""
        return self.filter(kept_at__lte=now - LASTS)


class KeptPost(models.Model):
    """One page as it was sent: whose, from which browser, and all the rest in one encrypted text.

    Where it was sent to is in that text too: an address holds names that were searched for.
    """

    belongs_to = ("account",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("account"))
    browser = models.CharField(_("browser"), max_length=64)
    sent = EncryptedTextField(_("what was sent"))
    kept_at = models.DateTimeField(_("kept"))

    objects = KeptPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("page kept for its account")
        verbose_name_plural = _("pages kept for their accounts")
        ordering = ["-kept_at", "-id"]
        indexes = [models.Index(fields=["kept_at"], name="kept_post_age")]

    def __str__(self) -> str:
        return str(self.id)[:8]
