"""Addresses of the editors' side, below /desk/."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="desk"),
    path("", include("desk.history.urls")),
    path("admin/", admin.site.urls),
]
