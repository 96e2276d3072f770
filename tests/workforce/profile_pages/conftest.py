import pytest

from tests.workforce.profile_pages import reports
from workforce import profile_pictures
from workforce.reporting import drawer

HOME = "/p/marlbrook/workforce/profile/"


@pytest.fixture
def kept(world):
    """`kept(stage, …)` is a report of this partnership as it would have been left at that stage."""

    def stored(*how, **more):
        return reports.kept(world.partnership, *how, **more)

    return stored


@pytest.fixture
def council(world):
    return world.partnership.partners.get(organisation=world.council)


@pytest.fixture
def trust(world):
    return world.partnership.partners.get(organisation=world.trust)


@pytest.fixture
def read(as_):
    """`read("manager", "12/")` is what that member reads there; `read.status(…)` how it is answered."""

    def shown(who, path=""):
        answer = as_(who).get(f"{HOME}{path}")
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    shown.status = lambda who, path="": as_(who).get(f"{HOME}{path}").status_code
    shown.post = lambda who, path, given=None, **how: as_(who).post(f"{HOME}{path}", given or {}, follow=True, **how)
    return shown


@pytest.fixture(autouse=True)
def drawn_here(monkeypatch):
    """No program of its own for a few charts."""
    monkeypatch.setattr(profile_pictures, "draw_apart", drawer.draw_here)
