"""The table of the known size of the sector: everybody who sees quality reads it, the coordinator keeps it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import Change
from workforce.models import SectorSize

pytestmark = pytest.mark.urls("tests.workforce.quality.addresses")
LINE = {
    "service": "care_home", "size_band": "10_to_49", "as_at_day": "1", "as_at_month": "January", "as_at_year": "2026",
    "establishments": "1,200", "posts": "", "source": "Register, January 2026",
}  # fmt: skip


def address(world, name, *parts):
    return reverse(f"quality:{name}", args=[world.partnership.slug, *parts])


@pytest.fixture
def add(world, as_):
    def sent(who="coordinator", **other):
        return as_(who).post(address(world, "sector-size-add"), LINE | other, follow=True)

    return sent


def test_the_coordinator_adds_a_line(add):
    assert "Care home without nursing has been added." in add().content.decode()
    size = SectorSize.objects.get()
    assert (size.service, size.size_band, size.establishments, size.posts) == ("care_home", "10_to_49", 1200, None)
    written = Change.objects.filter(act="added", subject_id=size.pk).latest("pk")
    assert written.after["establishments"] == 1200


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"establishments": "many"}, "Workplaces must be a whole number from 0 to 10,000,000"),
        ({"establishments": "-1"}, "Workplaces must be a whole number from 0 to 10,000,000"),
        ({"posts": "99999999999999999999"}, "Filled posts must be a whole number from 0 to 10,000,000"),
        ({"establishments": ""}, "Give establishments, posts or both."),
        ({"source": " "}, "Where do the numbers come from?"),
        ({"service": "zoo"}, "is not on the list"),
        ({"service": ""}, "Choose service"),
        ({"as_at_year": ""}, "The date needs a year as well"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept_in_the_form(add, other, sentence):
    response = add(**other)
    assert sentence in response.content.decode()
    assert "Register" in response.content.decode() or "source" in other
    assert not SectorSize.objects.exists()


def test_a_day_in_the_future_is_refused(add):
    tomorrow = timezone.localdate() + timedelta(days=1)
    parts = {"as_at_day": tomorrow.day, "as_at_month": tomorrow.month, "as_at_year": tomorrow.year}
    assert "This date is in the future" in add(**parts).content.decode()


def test_a_second_line_for_the_same_kind_and_day_is_refused(add):
    add()
    assert "There is a line for this service, size and day already" in add(establishments="5").content.decode()
    assert SectorSize.objects.get().establishments == 1200


def test_a_line_is_changed_and_stays_of_its_kind_and_day(world, as_, known):
    size = known("care_home", 10)
    page = as_("coordinator").post(
        address(world, "sector-size-edit", size.pk),
        {"establishments": "12", "posts": "300", "source": "Register", "service": "day"}, follow=True,
    )  # fmt: skip
    assert "Care home without nursing has been saved." in page.content.decode()
    size.refresh_from_db()
    assert (size.service, size.establishments, size.posts) == ("care_home", 12, 300)


def test_a_line_is_removed_after_being_asked(world, as_, known):
    size = known("care_home", 10)
    client, there = as_("coordinator"), address(world, "sector-size-remove", size.pk)
    assert "Its numbers stay in the history" in client.get(there).content.decode()
    assert SectorSize.objects.exists()
    assert "has been removed" in client.post(there, follow=True).content.decode()
    assert not SectorSize.objects.exists()


@pytest.mark.parametrize("who", ["lead", "steward", "steering"])
def test_those_who_see_quality_read_the_table_and_cannot_change_it(world, as_, known, who):
    size = known("care_home", 1234)
    shown = as_(who).get(address(world, "sector-size")).content.decode()
    assert "1,234" in shown
    assert "Change" not in shown.partition("<main")[2]
    for name, parts in (("add", ()), ("edit", (size.pk,)), ("remove", (size.pk,))):
        assert as_(who).get(address(world, f"sector-size-{name}", *parts)).status_code == 403
        assert as_(who).post(address(world, f"sector-size-{name}", *parts), LINE).status_code == 403
    assert SectorSize.objects.get().establishments == 1234


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 403), ("observer", 403), ("stranger", 404), ("foreigner", 404)]
)
def test_others_do_not_see_it(world, as_, who, status):
    assert as_(who).get(address(world, "sector-size")).status_code == status


def test_a_line_of_another_partnership_is_not_found_through_this_one(world, as_, known):
    size = known("care_home", 10)
    elsewhere = reverse("quality:sector-size-edit", args=["elsewhere", size.pk])
    assert as_("foreigner").get(elsewhere).status_code == 404


def test_an_empty_table_says_what_to_begin_with(world, as_):
    assert "Begin with the care homes" in as_("coordinator").get(address(world, "sector-size")).content.decode()
    assert "The coordinator keeps this table" in as_("lead").get(address(world, "sector-size")).content.decode()
