"""Addresses of the whole site."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("desk/admin/", admin.site.urls),
]
