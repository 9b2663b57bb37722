"""Addresses of the whole site."""

from django.contrib import admin
from django.urls import include, path

handler500 = "config.errors.server_error"

urlpatterns = [
    path("desk/admin/", admin.site.urls),
    path("", include("public.urls")),
]
