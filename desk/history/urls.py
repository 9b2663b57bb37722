"""Addresses of the history, below /desk/."""

from django.contrib import admin
from django.urls import path

from . import changing, pages

secured = admin.site.admin_view

urlpatterns = [
    path("deleted/", secured(pages.deleted), name="desk-deleted"),
    path("history/entries/<int:entry>/", secured(pages.moment), name="desk-history-moment"),
    path("history/entries/<int:entry>/restore/", secured(changing.restore_version), name="desk-history-restore"),
    path("history/entries/<int:entry>/restore/<slug:column>/", secured(changing.restore_one_field), name="desk-history-field"),
    path("history/entries/<int:entry>/undo/", secured(changing.undo_action), name="desk-history-undo"),
    path("history/<slug:table>/<str:key>/", secured(pages.record), name="desk-history"),
    path("history/<slug:table>/<str:key>/versions/", secured(pages.versions), name="desk-history-versions"),
    path("history/<slug:table>/<str:key>/compare/", secured(pages.compare), name="desk-history-compare"),
]
