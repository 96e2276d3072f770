"""What an uploaded plan would change, before anything is changed."""

from actions.reading.proposal import ExistingRow, propose
from actions.reading.values import KEYS, ReadRow


def row(place="Row 2", **values):
    return ReadRow(place, dict.fromkeys(KEYS) | {"leads": [], "partners": []} | values)


def stored(number, **values):
    return ExistingRow(number, dict.fromkeys(KEYS) | {"leads": [], "partners": []} | values)


def changes(rows, existing, **options):
    return [(each.change, each.existing_id) for each in propose(rows, existing, **options).rows]


FAIR = {"ref": "1", "aim": "Recruit", "activity": "Hold four recruitment fairs with the jobcentre"}
TALK = {"ref": "2", "aim": "Retain", "activity": "Talk to everyone who leaves"}


def test_the_same_plan_changes_nothing():
    proposal = propose([row(**FAIR), row(**TALK)], [stored(7, **FAIR), stored(8, **TALK)])
    assert [(each.change, each.existing_id, each.cells) for each in proposal.rows] == [("same", 7, {}), ("same", 8, {})]
    assert proposal.not_in_file == []


def test_spaces_and_the_number_of_an_aim_are_no_change():
    spaced = FAIR | {"activity": "Hold four  recruitment\nfairs with the jobcentre ", "aim": "1. Recruit"}
    assert changes([row(**spaced)], [stored(7, **FAIR)]) == [("same", 7)]


def test_cells_before_and_after():
    after = FAIR | {"timescale_text": "June 2026", "leads": ["HR"]}
    found = propose([row(**after)], [stored(7, **FAIR, timescale_text="March 2026")]).rows[0]
    assert found.cells == {"timescale_text": ("March 2026", "June 2026"), "leads": ([], ["HR"])}


def test_only_columns_of_the_file_are_compared():
    existing = [stored(7, **FAIR, progress="Much", priority="high")]
    assert changes([row(**FAIR)], existing) == [("same", 7)]
    found = propose([row(**FAIR)], existing, columns={"activity", "priority"}).rows[0]
    assert found.cells == {"priority": ("high", None)}


def test_new_rows_and_rows_that_the_file_lacks():
    proposal = propose([row(**TALK)], [stored(7, **FAIR)])
    assert [(each.change, each.cells["activity"]) for each in proposal.rows] == [("added", (None, TALK["activity"]))]
    assert [each.id for each in proposal.not_in_file] == [7]


def test_found_by_reference_when_the_activity_was_reworded():
    assert changes([row(**FAIR | {"activity": "Hold six recruitment fairs with colleges"})], [stored(7, **FAIR)]) == [
        ("changed", 7)
    ]


def test_found_by_activity_when_the_reference_moved():
    swapped = [row(**FAIR | {"ref": "2"}), row(**TALK | {"ref": "1"})]
    assert changes(swapped, [stored(7, **FAIR), stored(8, **TALK)]) == [("changed", 7), ("changed", 8)]


def test_found_by_reference_and_aim_when_the_activity_is_new():
    assert changes([row(**FAIR | {"activity": "Advertise"})], [stored(7, **FAIR)]) == [("changed", 7)]


def test_found_by_likeness_within_the_aim():
    before = FAIR | {"ref": None}
    after = before | {"activity": "Hold five recruitment fairs with the jobcentre"}
    assert changes([row(**after)], [stored(7, **before)]) == [("changed", 7)]
    assert changes([row(**after | {"aim": "Other"})], [stored(7, **before)]) == [("added", None)]


def test_two_rows_of_the_file_for_one_of_the_plan():
    proposal = propose([row("Row 2", **FAIR), row("Row 9", **FAIR)], [stored(7, **FAIR)])
    assert [(each.change, each.existing_id) for each in proposal.rows] == [("conflict", 7), ("conflict", 7)]
    assert proposal.rows[0].message == (
        "Row 2 and Row 9 of the file look like the same row of the plan. Decide which of them it is."
    )
    assert proposal.not_in_file == []


def test_the_better_of_two_claims_wins():
    near = FAIR | {"activity": "Hold four recruitment fairs with the jobcentres"}
    assert changes([row("Row 2", **near), row("Row 3", **FAIR)], [stored(7, **FAIR)]) == [("added", None), ("same", 7)]


def test_rows_alike_on_both_sides_are_paired_in_order():
    assert changes([row(**FAIR), row(**FAIR)], [stored(7, **FAIR), stored(8, **FAIR)]) == [("same", 7), ("same", 8)]


def test_several_activities_under_one_reference():
    second = FAIR | {"activity": "Guarantee an interview to care leavers"}
    assert changes([row(**second), row(**FAIR)], [stored(7, **FAIR), stored(8, **second)]) == [("same", 8), ("same", 7)]


def test_nothing_stored_and_nothing_read():
    assert changes([row(**FAIR)], []) == [("added", None)]
    assert propose([], [stored(7, **FAIR)]).not_in_file[0].id == 7
