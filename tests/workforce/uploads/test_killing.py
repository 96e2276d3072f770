"""A process is killed on its way, and nothing is lost, twice or half there. All points: tests/bench/kill_points.py."""

import pytest

from tests.fixtures_processes import _environment_of
from tests.workforce.uploads.journeys_cut_short import (
    JOURNEYS,
    Reading,
    Scene,
    Sending,
    cut_short,
    goes_silent,
    of_date,
    points_of,
)
from tests.workforce.uploads.killing import Victim
from tests.world import build_world
from workforce import receiving
from workforce.lifecycle import State
from workforce.models import Upload

pytestmark = pytest.mark.slow
POINTS_OF_EACH = 4


@pytest.fixture
def scene(transactional_db, settings, tmp_path):
    world = build_world()
    victim = Victim(_environment_of(settings) | {"DATA_DIR": str(tmp_path), "REDIS_URL": ""})
    yield Scene(world.partnership.partners.get(organisation=world.council), world.steward, victim)
    victim.stop()


def some(points):
    """A few of them, the first and the last included."""
    return sorted({round(1 + n * (points - 1) / (POINTS_OF_EACH - 1)) for n in range(POINTS_OF_EACH)})


def test_wherever_it_is_killed_nothing_is_lost_twice_or_half_there(scene):
    effective, faults = 0, []
    for journey in JOURNEYS:
        for point in some(len(points_of(scene, journey))):
            killed, found = cut_short(scene, journey, point)
            effective += killed
            faults += [f"{type(journey).__name__} at {point}: {fault}" for fault in found]
    assert faults == []
    assert effective >= POINTS_OF_EACH * (len(JOURNEYS) - 1)


WRONG = [
    (Reading(), "ready_before_stored", "whose file is not there"),
    (Reading(), "in_two_transactions", "earlier snapshot is gone"),
    (Sending(), "row_before_bytes", "names bytes that are not there"),
]


@pytest.mark.parametrize(("journey", "wrongly", "words"), WRONG)
def test_control_what_is_done_in_the_wrong_order_is_noticed(scene, journey, wrongly, words):
    points = points_of(scene, journey, wrongly)
    commits = [number for number, what in enumerate(points, 1) if what == "after commit"]
    faults = [fault for point in commits for fault in cut_short(scene, journey, point, wrongly)[1]]
    assert any(words in fault for fault in faults), faults


def tries_of_poison(scene, most):
    """How often files that kill whoever reads them are tried, of this many chances."""
    as_at = scene.next_date()
    upload = scene.sends("kills\n1,2\n", as_at)
    tried = 0
    for _ in range(most):
        tried += scene.victim.does("read", upload=upload.pk)["killed"]
        goes_silent(as_at)
        receiving.park_or_free_silent()
    return tried, of_date(as_at).get()


def test_files_that_kill_their_worker_are_tried_three_times(scene):
    tried, upload = tries_of_poison(scene, most=5)
    assert (tried, upload.state) == (receiving.MOST_ATTEMPTS, State.PARKED)
    assert "failed three times" in upload.fault


def test_control_without_the_counter_they_would_be_tried_for_ever(scene, monkeypatch):
    real = receiving.park_or_free_silent

    def forgets():
        real()
        Upload.objects.update(attempts=0)

    monkeypatch.setattr(receiving, "park_or_free_silent", forgets)
    tried, upload = tries_of_poison(scene, most=5)
    assert (tried, upload.state) == (5, State.WAITING)
