"""Signing in: each request loads the account together with its roles, in one query."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject


class AccountBackend(ModelBackend):
    """Django's own, and `roles` with the account: what `desk.actors` reads."""

    def get_user(self, user_id: Any) -> Any:
        from .models import Assignment

        roles = Assignment.objects.filter(user=OuterRef("pk")).order_by("pk")
        found = (
            get_user_model()
            ._default_manager.filter(pk=user_id)
            .annotate(roles=ArraySubquery(roles.values(pair=JSONObject(role="role", countries="countries"))))
        )
        user = found.first()
        return user if user is not None and self.user_can_authenticate(user) else None
