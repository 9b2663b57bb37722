"""How people get out: releases, pardons, waves, events."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "releases"
    verbose_name = "How people get out: releases, pardons, waves, events"
    restorable = True  # prisoners.history.kept
