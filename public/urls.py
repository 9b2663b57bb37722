"""Addresses of the readers' side."""

from django.urls import path

from . import converters  # noqa: F401 (makes them known)
from .api import urls as api
from .views import changes, charts, counts, data, downloads, health, listing, past, people, photos, releases, texts, timeline

urlpatterns = [
    path("", texts.home, name="home"),
    path("prisoners.<format:form>", downloads.people, name="prisoners-file"),
    path("prisoners/", listing.prisoners, name="prisoners"),
    path("prisoners/<code:code>/", people.prisoner, name="prisoner"),
    path("prisoners/<code:code>.json", people.prisoner_json, name="prisoner-json"),
    path("prisoners/<code:code>/photos/<photo:name>.jpg", photos.photo, name="photo"),
    path("releases/", releases.releases, name="releases"),
    path("releases/<slug:slug>/", releases.wave, name="wave"),
    path("releases/<slug:slug>.json", releases.wave_as_json, name="wave-json"),
    path("releases/<slug:slug>/<slug:pardon_slug>/", releases.pardon, name="pardon"),
    path("releases/<slug:slug>/<slug:pardon_slug>.json", releases.pardon_as_json, name="pardon-json"),
    path("timeline/", timeline.timeline, name="timeline"),
    path("timeline.json", timeline.timeline_json, name="timeline-json"),
    path("counts/", counts.counts, name="counts"),
    path("counts/ask/", counts.ask, name="counts-ask"),
    path("counts/people/", past.counts_people, name="counts-people"),
    path("counts/changes/", changes.counts_changes, name="changes"),
    path("counts/changes.json", changes.counts_changes_json, name="changes-json"),
    path("counts.json", counts.counts_json, name="counts-json"),
    path("counts.<format:form>", downloads.counts, name="counts-file"),
    path("counts.svg", charts.counts_svg, name="counts-svg"),
    path("counts.png", charts.counts_png, name="counts-png"),
    path("data/", data.data, name="data"),
    path("data/dictionary/", data.dictionary, name="dictionary"),
    path("data/package.zip", data.package, name="package"),
    path("data/followthemoney.jsonl", data.entities, name="followthemoney"),
    path("methodology/", texts.methodology, name="methodology"),
    path("about/", texts.about, name="about"),
    path("healthz", health.healthz, name="healthz"),
    *api.urlpatterns,
]
