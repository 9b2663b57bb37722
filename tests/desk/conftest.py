import pytest

from .importing import Importer


@pytest.fixture
def importer(tmp_path, db):
    return Importer(tmp_path)
