"""From returns to public tables: what the counting hands over is understood here."""

import pytest

from tests.workforce.profile.making import counted, posts, returned
from workforce.disclosure.public import public_tables
from workforce.disclosure.rules import Rules


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("returns")
    council = returned(folder, "birch", posts(90, zero_hours="no") + posts(30, 200, zero_hours="yes"))
    elm = returned(folder, "elm", [post for home in range(2, 8) for post in at_home(home)])
    found = public_tables(counted(council, elm), Rules())
    return {(table.measure, table.rows): table for table in found}


def at_home(home):
    """The staff of one of several employers in one return: 15 with zero hours and 10 without."""
    place = {"establishment_key": home, "sector": "independent_private", "service": "care_home"}
    return posts(15, home * 1000, zero_hours="yes", **place) + posts(10, home * 1000 + 500, zero_hours="no", **place)


def test_sizes_are_shown_by_partner(tables):
    found = tables["posts", "partner"]
    assert {row: found.cell(row).value for row in found.row_labels} == pytest.approx({"birch": 120, "elm": 150}, abs=4)
    assert found.row_labels == {"birch": "Birch Council", "elm": "Elm Care Association"}
    assert "Oak Trust is in no figure" in found.note


def test_what_a_council_alone_makes_up_is_not_shown_nor_what_it_could_be_subtracted_from(tables):
    found = tables["zero_hours", "sector"]
    assert {cell.row for cell in found.cells if not cell.hidden} == {None}
    assert found.cell(None, "yes").value == pytest.approx(120, abs=4)
    assert not [table for table in tables.values() if table.rows == "partner" and table.columns]
