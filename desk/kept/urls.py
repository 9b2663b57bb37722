"""Addresses of what was sent in vain, below /desk/kept/."""

from django.contrib import admin
from django.urls import path

from . import views

secured = admin.site.admin_view

urlpatterns = [
    path("<uuid:pk>/", secured(views.offered_again), name="desk-kept"),
    path("<uuid:pk>/throw-away/", secured(views.thrown_away), name="desk-kept-throw-away"),
]
