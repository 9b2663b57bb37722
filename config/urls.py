"""Addresses of the whole site."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("desk.urls")),
]
