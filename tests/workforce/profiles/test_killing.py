"""The worker is killed at any point while it makes a report: nothing is half there, and it ends as one draft."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.fixtures_processes import _environment_of
from tests.workforce.profiles.conftest import again, make
from tests.workforce.uploads.killing import Victim
from tests.world import build_world
from workforce import profile_building
from workforce.models import Release, ReleasedFigure
from workforce.profile_lifecycle import Stage

pytestmark = pytest.mark.slow
FIGURES = 2  # cells that the quick maker makes of one return


@pytest.fixture
def world(transactional_db):
    return build_world()


@pytest.fixture
def victim(settings, tmp_path):
    victim = Victim(_environment_of(settings) | {"DATA_DIR": str(tmp_path), "REDIS_URL": ""})
    yield victim
    victim.stop()


@pytest.fixture
def waiting(returned, ask):
    """A new report at each call, of the same return; each has an earlier one to be compared with."""
    returned()
    make(ask(in_background=False))

    def asked():
        return ask(in_background=False)

    return asked


def half_there(release):
    """Faults of what is to be seen at this moment."""
    release, lines = again(release), ReleasedFigure.objects.filter(release=release).count()
    if release.stage == Stage.DRAFT:
        is_whole = lines == FIGURES and release.tables and release.digest and release.snapshots.count() == 1
        return [] if is_whole else ["a draft is there that is not whole"]
    return ["figures are in the register that no draft shows"] if lines else []


def taken_up_again(release):
    """What the sweeper does, and then a worker."""
    Release.objects.filter(stage=Stage.BUILDING).update(claimed=timezone.now() - timedelta(hours=1))
    profile_building.fail_or_free_silent()
    return make(release)


def cut_short(victim, release, point, wrongly=""):
    killed = victim.does("build", kill_at=point, wrongly=wrongly, release=release.pk)["killed"]
    faults = half_there(release)
    if taken_up_again(release).stage != Stage.DRAFT:
        faults.append("it never became a draft")
    if ReleasedFigure.objects.filter(release=release).count() != FIGURES:
        faults.append("the register has not one line for each figure")
    return killed, faults


def points_of(victim, release, wrongly=""):
    return victim.does("build", release=release.pk, wrongly=wrongly)["points"]


def test_wherever_it_is_killed_there_is_one_whole_draft_in_the_end(victim, waiting):
    points = points_of(victim, waiting())
    results = [cut_short(victim, waiting(), point) for point in range(1, len(points) + 1, 4)]
    assert [faults for _, faults in results if faults] == []
    assert sum(killed for killed, _ in results) >= len(results) - 1


def test_control_a_register_written_by_itself_is_noticed(victim, waiting):
    points = points_of(victim, waiting(), "register_by_itself")
    written = next(place for place, what in enumerate(points) if "workforce_releasedfigure" in what)
    committed = points.index("after commit", written) + 1
    killed, faults = cut_short(victim, waiting(), committed, "register_by_itself")
    assert killed
    assert "figures are in the register that no draft shows" in faults
