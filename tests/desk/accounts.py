"""Accounts of the desk by what they are there for."""

from django.contrib.auth.models import User
from django.test import Client


def signed_in(name: str, **roles: list[str]) -> Client:
    """A client of an account with these roles, each with its countries; none: everywhere."""
    user = User.objects.create_user(name)
    for role, countries in roles.items():
        user.assignments.create(role=role, countries=countries)
    client = Client()
    client.force_login(user)
    return client
