"""Prisoners, arrests and what belongs to them."""

from django.apps import AppConfig


class PrisonersConfig(AppConfig):
    name = "prisoners"
    verbose_name = "Prisoners, arrests and what belongs to them"
    restorable = True  # prisoners.history.kept
