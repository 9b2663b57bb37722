"""Addresses of the API. They have no language: the documents hold texts in all."""

from django.urls import path

from .. import converters  # noqa: F401 (makes them known)
from .resource import Nothing, at
from .views import description, numbers, people, records

RESOURCES = [
    path("api/v1/", at(numbers.Root), name="api-root"),
    path("api/v1/prisoners/", at(people.Prisoners), name="api-prisoners"),
    path("api/v1/prisoners/<code:code>/", at(people.Case), name="api-prisoner"),
    path("api/v1/arrests/", at(people.Arrests), name="api-arrests"),
    path("api/v1/releases/", at(people.Releases), name="api-releases"),
    path("api/v1/pardons/", at(records.Pardons), name="api-pardons"),
    path("api/v1/pardons/<slug:slug>/", at(records.OnePardon), name="api-pardon"),
    path("api/v1/waves/", at(records.Waves), name="api-waves"),
    path("api/v1/waves/<slug:slug>/", at(records.OneWave), name="api-wave"),
    path("api/v1/facilities/", at(records.Facilities), name="api-facilities"),
    path("api/v1/facilities/<slug:slug>/", at(records.OneFacility), name="api-facility"),
    path("api/v1/events/", at(records.Events), name="api-events"),
    path("api/v1/events/<slug:slug>/", at(records.OneEvent), name="api-event"),
    path("api/v1/organisations/", at(records.Organisations), name="api-organisations"),
    path("api/v1/organisations/<slug:slug>/", at(records.OneOrganisation), name="api-organisation"),
    path("api/v1/counts/", at(numbers.Counts), name="api-counts"),
]
urlpatterns = [
    path("api/", description.page, name="api"),
    path("api/v1/openapi.json", description.openapi, name="api-schema"),
    *RESOURCES,
    path("api/<slug:name>/", description.operation, name="api-operation"),
    path("api/v1/<path:anything>", at(Nothing), name="api-nothing"),
]
