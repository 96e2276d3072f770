"""Released tables put differently say nothing that was not released."""

from dataclasses import replace

import pytest

from workforce.disclosure.choosing import chosen, over_time
from workforce.disclosure.released import Cell, Method, NotReleasedError, ReleasedTable, insist_released, restored


def table(cells, **more):
    kept = {
        "measure": "sex", "rows": "partner", "columns": "sex", "unit": "posts", "method": "exact", "label": "Sex",
        "row_labels": {"council": "Council", "trust": "Trust"}, "column_labels": {"female": "Women", "male": "Men"},
        "note": "", "source": "",
    }  # fmt: skip
    return restored(kept | more | {"cells": cells})


BEFORE = table([["council", None, 40, False], ["trust", None, None, True], [None, None, 60, False]])
AFTER = table(
    [["council", None, 45, False], ["hospice", None, 12, False], [None, None, 77, False]],
    row_labels={"council": "Council", "hospice": "Hospice"},
)


def test_nobody_but_the_gate_makes_or_changes_a_released_table():
    with pytest.raises(NotReleasedError):
        ReleasedTable("sex", "partner", "", "posts", Method.EXACT, {}, {}, (Cell(None, None, 3),))
    with pytest.raises(NotReleasedError):
        replace(BEFORE, cells=(Cell(None, None, 3),))
    with pytest.raises(NotReleasedError):
        insist_released({"cells": []})
    insist_released(BEFORE)


def test_chosen_rows_keep_their_figures_and_the_total():
    few = chosen(BEFORE, ["trust", "nobody"])
    assert few.cells == (Cell("trust", None, None, True), Cell(None, None, 60))
    assert few.row_labels == {"trust": "Trust"}


def test_releases_stand_beside_each_other_and_what_is_not_there_is_not_made_up():
    both = over_time([("2026-03-31", "Mar 2026", BEFORE), ("2026-09-30", "Sep 2026", AFTER)])
    assert both.column_labels == {"2026-03-31": "Mar 2026", "2026-09-30": "Sep 2026"}
    assert [both.cell("council", day).value for day in both.column_labels] == [40, 45]
    assert both.cell("trust", "2026-03-31").hidden and both.cell("trust", "2026-09-30") == Cell(
        "trust", "2026-09-30", None
    )
    assert both.cell(None, "2026-09-30").value == 77
    assert "At Sep 2026 not the same rows are there as before." in both.note


def test_a_change_of_categories_is_said():
    other = table([["council", None, 1, False]], column_labels={"women": "Women"})
    note = over_time([("a", "March", BEFORE), ("b", "September", other)]).note
    assert "From September on the categories are others." in note


def test_different_tables_are_not_put_together():
    with pytest.raises(ValueError, match="same table"):
        over_time([("a", "A", BEFORE), ("b", "B", table([], measure="age_band"))])
