"""The demonstration's profile reports: told by the clock once the returns are read, and only there."""

import pytest
from django.core.files.base import ContentFile

from config.demo import profile
from config.demo.content import read
from partners.models import Sector
from partners.permissions import Role
from partners.services import add_member, add_partner, start_partnership
from tests.workforce.profiles import quick_maker
from tests.workforce.profiles.conftest import GOOD, make
from tests.workforce.uploads import quick_reader
from tests.world import person
from workforce import engine, profile_engine, profiles, uploads
from workforce.models import Release
from workforce.profile_lifecycle import Stage
from workforce.receiving import read_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(monkeypatch, settings, tmp_path):
    """As the demonstration is when it has just been built: its people, its schedule, and returns nobody has read."""
    monkeypatch.setattr(engine, "current", lambda: quick_reader.QUICK)
    monkeypatch.setattr(profile_engine, "current", lambda: quick_maker.QUICK)
    settings.WORK_DIR = tmp_path / "work"
    place = start_partnership(name="Eddermere", slug=profile.PLACE)
    council = add_partner(partnership=place, name="Council", sector=Sector.LOCAL_AUTHORITY, by=None)
    people = {
        "coordinator": Role.COORDINATOR,
        "steering.chair": Role.STEERING_MEMBER,
        "data.steward": Role.DATA_STEWARD,
    }
    for key, role in people.items():
        user = person(key, key)
        type(user).objects.filter(pk=user.pk).update(email=f"{key}@{settings.DEMO_MAIL_DOMAIN}")
        of = council.organisation if role == Role.DATA_STEWARD else None
        add_member(user=user, partnership=place, role=role, organisation=of, by=None)
    given = {name: value for name, value in read("profile")["schedule"].items() if name not in ("by", "at")}
    profiles.set_schedule(partnership=place, by=None, **given)
    for as_at in profile._dates():
        file = ContentFile(GOOD.encode(), name="workers.csv")
        uploads.send_in(partnership=place, partner=council, as_at=as_at, files=[file], by=None)
    return place


def stages(place):
    return [one.stage for one in place.profile_releases.order_by("as_at", "audience")]


def worker_reads(place):
    for upload in place.uploads.all():
        read_upload(upload.pk)


def test_three_reports_for_two_audiences_and_the_last_one_is_left_to_be_checked(place):
    profile.go_on()
    assert stages(place) == []  # nobody has read the returns yet
    worker_reads(place)
    profile.go_on()
    assert stages(place) == [Stage.WAITING] * 6
    for release in place.profile_releases.order_by("as_at"):
        make(release)
    profile.go_on()
    assert stages(place) == [Stage.RELEASED] * 4 + [Stage.DRAFT] * 2
    assert set(place.profile_releases.released().values_list("released_by_name", flat=True)) == {"steering.chair"}
    profile.go_on()
    assert place.profile_releases.count() == 6


def test_it_does_not_go_on_with_what_somebody_tries_out(place):
    worker_reads(place)
    profile.go_on()
    for release in place.profile_releases.order_by("as_at"):
        make(release)
    uploads.withdraw(upload=place.uploads.order_by("as_at").first(), by=None)
    profile.go_on()
    assert stages(place) == [Stage.DRAFT] * 2 + [Stage.RELEASED] * 2 + [Stage.DRAFT] * 2


@pytest.mark.parametrize("elsewhere", ["production", "another partnership"])
def test_control_elsewhere_nothing_is_done(place, settings, elsewhere):
    worker_reads(place)
    if elsewhere == "production":
        settings.LAPTOP = False
    else:
        place.memberships.all().delete()
    profile.go_on()
    assert Release.objects.count() == 0
