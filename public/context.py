"""What every page needs to know about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .demonstration import notice


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "SITE_NAME": settings.SITE_NAME,
        "LEAVE_URL": settings.LEAVE_URL,
        "demonstration_notice": SimpleLazyObject(notice),  # asked only by pages that print it
    }
