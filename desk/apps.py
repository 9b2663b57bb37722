"""The editors' side."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "The editors' side"


class DeskAdminConfig(AdminConfig):
    """Django's admin with the desk's own site: its name, its groups, its way of naming choices."""

    default_site = "desk.site.DeskSite"
