"""Addresses of the whole site."""

from django.urls import include, path

handler400 = "config.errors.bad_request"
handler500 = "config.errors.server_error"

urlpatterns = [
    path("desk/", include("desk.urls")),
    path("", include("public.urls")),
]
