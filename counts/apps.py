"""Numbers: the ledger and what is asked of it."""

from django.apps import AppConfig


class CountsConfig(AppConfig):
    name = "counts"
    verbose_name = "Numbers: the ledger and what is asked of it"
