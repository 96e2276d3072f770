"""Which returns count, and what is said of partners that have none, or more than one."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from tests.workforce.profile.making import NAMES, columns, counted, posts, returned

YEAR_BEFORE = date(2025, 9, 30)


def test_a_partner_without_a_return_has_no_row_and_is_named(tmp_path):
    found = counted(returned(tmp_path, "birch", posts(5)))
    assert found.partners == ("birch",)
    assert found.blocks["posts"].grains.values["partner"] == ("birch",)
    missing = [name for name in NAMES.values() if name != "Birch Council"]
    assert found.notes["posts"] == [f"{name} is in no figure: there is no return of it for this date."
                                    for name in missing]  # fmt: skip


def test_no_returns_make_no_figures():
    found = counted()
    assert (found.partners, found.blocks, found.summaries, found.estimates) == ((), {}, {}, [])


def test_partners_stand_in_the_order_of_the_partnership(tmp_path):
    found = counted(returned(tmp_path, "oak", posts(5)), returned(tmp_path, "birch", posts(5)))
    assert found.partners == ("birch", "oak")


def test_an_earlier_return_is_no_second_one(tmp_path):
    before = returned(tmp_path, "birch", posts(9), as_at=YEAR_BEFORE, snapshot=1)
    found = counted(before, returned(tmp_path, "birch", posts(5), snapshot=2))
    assert columns(found.blocks["posts"]) == {"all": 5}
    assert found.snapshots == {"birch": (2,)}


@pytest.mark.parametrize(("as_at", "counts"), [(date(2026, 7, 31), True), (date(2026, 6, 30), False),
                                               (date(2026, 12, 31), False)])  # fmt: skip
def test_a_return_of_another_time_does_not_stand_for_this_one(tmp_path, as_at, counts):
    found = counted(returned(tmp_path, "birch", posts(5), as_at=as_at))
    assert (found.partners == ("birch",)) is counts


def test_a_return_of_a_slightly_earlier_day_says_so(tmp_path):
    found = counted(returned(tmp_path, "birch", posts(5), as_at=date(2026, 7, 31)))
    assert "The figures of Birch Council describe 31 July 2026." in found.notes["posts"]


def test_who_joined_meanwhile_is_told(tmp_path):
    before = returned(tmp_path, "birch", posts(9), as_at=YEAR_BEFORE)
    found = counted(before, returned(tmp_path, "birch", posts(5)), returned(tmp_path, "oak", posts(5)))
    told = [note for note in found.notes["posts"] if "first time" in note]
    assert told == ["Oak Trust is counted for the first time, so totals with it do not compare with earlier ones."]


def test_the_same_services_in_two_formats_count_once(tmp_path):
    found = counted(
        returned(tmp_path, "birch", posts(6) + posts(2, first=7, service="day")),
        returned(tmp_path, "birch", posts(5, first=50) + posts(3, first=60, service="day"), source="council"),
    )
    assert columns(found.blocks["posts"], service="domiciliary") == {"all": 6}
    assert columns(found.blocks["posts"], service="day") == {"all": 3}
    assert any("nobody counts twice" in note for note in found.notes["posts"])


def test_of_two_formats_that_say_the_same_one_counts(tmp_path):
    found = counted(
        returned(tmp_path, "birch", posts(6)), returned(tmp_path, "birch", posts(6, first=50), source="council")
    )
    assert columns(found.blocks["posts"]) == {"all": 6}


def test_published_figures_about_others_are_pointed_to(tmp_path):
    found = counted(returned(tmp_path, "birch", posts(5)), context=[{"kind": "unpaid_carers", "value": 100}])
    assert any("unpaid carers" in note for note in found.notes[""])


def test_a_contributor_is_a_workplace_of_independent_employers_and_else_the_partner(tmp_path):
    rows = [
        row
        for number in (1, 2, 3)
        for row in posts(4, first=10 * number, establishment_key=number, sector="independent_private")
    ]
    places = posts(4, first=100, establishment_key=4) + posts(4, first=110, establishment_key=5)
    found = counted(returned(tmp_path, "elm", rows + places), returned(tmp_path, "oak", posts(5)))
    grains = found.blocks["posts"].grains
    elm = grains.places["partner"] == found.partners.index("elm")
    assert len(grains) == 5
    assert len(set(grains.contributor)) == 5
    assert len(set(grains.contributor[elm])) == 4


def test_returns_that_are_named_as_earlier_ones_are_never_counted(tmp_path):
    month_before = returned(tmp_path, "oak", posts(9), as_at=date(2026, 8, 31))
    found = counted(returned(tmp_path, "birch", posts(5)), earlier=[month_before])
    assert found.partners == ("birch",)


def test_a_return_in_which_everybody_left_has_no_figures_of_posts(tmp_path):
    left = posts(12, leave_month=date(2026, 5, 1), leave_reason="retired", establishment_key=None)
    found = counted(returned(tmp_path, "birch", left))
    assert "posts" not in found.blocks
    assert found.partners == ("birch",)


def test_an_empty_return_has_no_figures(tmp_path):
    empty = returned(tmp_path, "oak", posts(5))
    table = pq.read_table(empty.posts)
    pq.write_table(table.slice(0, 0), empty.posts)
    found = counted(empty, returned(tmp_path, "birch", posts(5)))
    assert columns(found.blocks["posts"]) == {"all": 5}
    assert counted(empty).blocks == {}
