"""Addresses of pardon intake, below /desk/intake/."""

from django.contrib import admin
from django.urls import path

from ..offers.views import offered
from . import ending, views, working

secured = admin.site.admin_view

urlpatterns = [
    path("", secured(views.intakes), name="desk-intakes"),
    path("new/", secured(views.begin), name="desk-intake-new"),
    path("unidentified/", secured(offered), name="desk-intake-offered"),
    path("<int:pk>/", secured(working.lines), name="desk-intake"),
    path("<int:pk>/all/", secured(views.for_all), name="desk-intake-all"),
    path("<int:pk>/lines/<int:number>/", secured(working.one_line), name="desk-intake-line"),
    path("<int:pk>/confirm/", secured(ending.confirm), name="desk-intake-confirm"),
    path("<int:pk>/undo/", secured(ending.undo), name="desk-intake-undo"),
]
