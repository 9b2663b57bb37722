"""The editors' side."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "The editors' side"
    # prisoners.history.kept: private records come back as they were, sealed; roles and kept files do not.
    restorable = frozenset({"FamilyContact", "ExactAddress", "HealthFile", "ConsentEvidence", "SourceIdentity", "InternalNote"})


class DeskAdminConfig(AdminConfig):
    """Django's admin with the desk's own site: its name, its groups, its way of naming choices."""

    default_site = "desk.site.DeskSite"
