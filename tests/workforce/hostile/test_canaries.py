"""Nothing that names somebody stays behind, whatever became of the return: `tests.bench.canaries`, here and now."""

import pytest

from .canaries import (
    LEAKS,
    Flock,
    Scene,
    clear_up_at_once,
    heard,
    hunt,
    kept_files,
    logged_rows,
    shown_texts,
    sightings,
    stores,
)


@pytest.fixture
def scene(world, settings, tmp_path):
    settings.WORK_DIR = tmp_path / "work"
    return Scene(world.partnership, world.partnership.partners.get(organisation=world.council), world.steward)


def test_no_canary_is_found_anywhere(scene):
    found = hunt(scene)
    assert (found["while kept"], found["afterwards"]) == ([], [])
    assert found["canaries"] > 1000 and found["pages"] > 5
    assert {"ready", "to_decide", "unreadable", "parked"} <= set(found["states"])


def test_control_a_log_of_rows_is_noticed(scene):
    with heard() as log, logged_rows():
        scene.crash()
    assert sightings(scene.flock, [("log", log.getvalue().encode())])


def test_control_shown_cells_are_noticed(scene):
    with shown_texts():
        pages = scene.be_decided()
    places = {place.partition(":")[0] for place, _ in sightings(scene.flock, [*pages.items(), *stores(sent_too=False)])}
    assert {"table workforce_cause", "storage"} <= places and any("faults.csv" in place for place in places)


def test_control_files_that_are_not_deleted_are_noticed(scene):
    with kept_files():
        scene.succeed()
        clear_up_at_once()
    assert sightings(scene.flock, stores(sent_too=True))


def test_all_canaries_have_a_look_that_is_looked_for():
    flock = Flock()
    words = [flock.one(look) for look in ("word", "number", "postcode", "birth")]
    assert {found for _, found in sightings(flock, [("here", " ".join(words).encode())])} == {
        word.casefold() for word in words
    }


def test_every_leak_has_its_control():
    assert set(LEAKS) == {logged_rows, shown_texts, kept_files}
