"""Asking for a report, releasing, withdrawing and discarding it: what each door does and what it refuses."""

import pytest

from workforce import profiles
from workforce.profile_lifecycle import Stage

pytestmark = pytest.mark.django_db


def test_a_report_is_asked_for_made_released_and_withdrawn(world, draft):
    release = draft()
    assert (release.stage, release.by_name) == (Stage.DRAFT, "Coordinator")
    release = profiles.release_profile(release=release, by=world.steering)
    assert (release.stage, release.number, release.released_by_name) == (Stage.RELEASED, 1, "Steering Member")
    release = profiles.withdraw_profile(release=release, reason="The council sent the wrong file.", by=world.steering)
    assert (release.stage, release.reason) == (Stage.WITHDRAWN, "The council sent the wrong file.")
