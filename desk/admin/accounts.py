"""Accounts and their roles. Django's groups and permissions play no part: roles say who may do what."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prisoners.roles import Action, may

from ..actors import actor_for
from ..models import Assignment

admin.site.unregister(Group)
admin.site.unregister(User)


class AdministratorsOnly(admin.options.BaseModelAdmin):
    """For administrators; accounts that stand above all roles are for each other alone."""

    def _may(self, request: HttpRequest, account: Any = None) -> bool:
        is_above = account is not None and account.is_superuser and not request.user.is_superuser
        return may(actor_for(request), Action.ADMINISTER) and not is_above

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)


class AssignmentRows(AdministratorsOnly, admin.TabularInline):
    model = Assignment
    extra = 0
    fields = ("role", "countries")


@admin.register(User)
class AccountAdmin(AdministratorsOnly, UserAdmin):
    """An account: a name, which need not be a person's own, a password, its roles."""

    list_display = ("username", "roles", "is_active", "last_login")
    list_filter = ("is_active", "assignments__role")
    search_fields = ("username",)
    fieldsets = ((None, {"fields": ("username", "password", "is_active", "last_login")}),)
    readonly_fields = ("last_login",)
    filter_horizontal = ()
    inlines = (AssignmentRows,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("assignments")

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.inlines if obj else ()

    @admin.display(description=_("roles"))
    def roles(self, account: Any) -> str:
        given = [", ".join([str(each.get_role_display()), *each.countries]) for each in account.assignments.all()]
        return "; ".join(given) or (str(_("every role (first account)")) if account.is_superuser else "")
