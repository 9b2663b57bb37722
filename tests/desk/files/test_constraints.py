"""What the database refuses of kept files: one case for each named constraint, each way."""

import pytest

from desk.models import Capture, Original
from prisoners.models import Photo
from tests.constraints import Case, constraint_that_refuses, insert, named_constraints
from tests.factories import make_prisoner, make_source
from tests.files import NOW

pytestmark = pytest.mark.django_db
NAMES = sorted(name for name in named_constraints("desk") if name.startswith(("capture_", "original_")))


def fine(model):
    kept = {"file": "a" * 32, "sha256": "b" * 64, "size": 1}
    if model is Capture:
        return {**kept, "source": make_source(), "media_type": "text/html", "captured_at": NOW}
    digests = {"file": "d" * 32, "sha256": "e" * 64, "small_sha256": "f" * 64}
    sizes = dict.fromkeys(("width", "height", "small_width", "small_height"), 1)
    photo = Photo.objects.create(
        prisoner=make_prisoner(), licence_id="cc_by_4_0", alternative_text="A drawing", **digests, **sizes
    )
    return {**kept, "photo": photo, "media_type": "image/png", "received_at": NOW}


CASES = {
    "capture_file_shape": Case(Capture, [{"file": "../a"}], [{"file": "0" * 32}]),
    "capture_media_type_known": Case(Capture, [{"media_type": "image/svg+xml"}], [{"media_type": "application/pdf"}]),
    "capture_once": Case(
        Capture,
        [{"file": "1" * 32}, {"file": "2" * 32}],
        [{"file": "1" * 32}, {"file": "2" * 32, "sha256": "c" * 64}],
    ),
    "capture_sha256_shape": Case(Capture, [{"sha256": "b" * 63}], [{"sha256": "0" * 64}]),
    "original_file_shape": Case(Original, [{"file": "A" * 32}], [{"file": "0" * 32}]),
    "original_media_type_known": Case(Original, [{"media_type": "text/html"}], [{"media_type": "image/webp"}]),
    "original_sha256_shape": Case(Original, [{"sha256": "g" * 64}], [{"sha256": "0" * 64}]),
}


@pytest.mark.parametrize("name", NAMES)
def test_constraint_refuses_what_breaks_it(name):
    assert constraint_that_refuses(CASES[name], fine) == name


@pytest.mark.parametrize("name", NAMES)
def test_constraint_lets_the_nearest_rows_through(name):
    case = CASES[name]
    assert insert(case.model, fine(case.model), case.accepted) == len(case.accepted)
