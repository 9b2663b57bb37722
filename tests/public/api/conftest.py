"""A day that stays the same, for answers that are kept."""

import pytest

from tests.public.api.world import NOW, TODAY, make_world

CLOCKS = ["public.views.people", "public.views.counts", "public.api.views.people", "public.api.views.records"]


@pytest.fixture
def still_world(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The world of the examples, on its day."""
    for module in CLOCKS:
        monkeypatch.setattr(f"{module}.localdate", lambda: TODAY)
    for module in ("public.views.counts", "public.api.views.records"):
        monkeypatch.setattr(f"{module}.now", lambda: NOW)
    # Each database makes seals by a key of its own.
    monkeypatch.setattr("counts.clock._seal", lambda *_question: "sealed-by-the-database")
    make_world()
