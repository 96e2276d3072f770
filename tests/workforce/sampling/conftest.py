from datetime import date

import pytest

from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.returns import Recipe

AS_AT = date(2026, 3, 31)


@pytest.fixture(scope="session")
def faulty(tmp_path_factory):
    """A return of 6,000 rows with one fault of each kind at least: its folder and its truth."""
    folder = tmp_path_factory.mktemp("faulty")
    return folder, write_asc_wds(Recipe(rows=6000, seed=3, as_at=AS_AT, faults=240), folder)[0]


@pytest.fixture(scope="session")
def series(tmp_path_factory):
    """Three half-yearly returns without faults: a folder for each date, and their truths."""
    folder = tmp_path_factory.mktemp("series")
    truths = write_asc_wds(Recipe(rows=4000, seed=7, as_at=AS_AT, returns=3, faults=0), folder)
    return [folder / truth["as_at"] for truth in truths], truths
