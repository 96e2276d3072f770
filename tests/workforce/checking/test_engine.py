"""Sheets are checked block by block; what is found does not depend on how the file was cut into blocks."""

from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.checking.declaring import Column, FileKind, Rule, Severity, Then
from workforce.checking.engine import SheetChecker, heading_key, place_columns
from workforce.checking.issues import IssueLog
from workforce.checking.kinds import Codes, Number, Reference, Text, listed
from workforce.checking.kinds_of_parts import Many
from workforce.reading import Block, Oddity

ERROR, WARNING = Severity.ERROR, Severity.WARNING
WORDS = Codes("NEW or DELETE", codes=("NEW", "DELETE"), fold=True)
COLUMNS = (
    Column("REF", Reference(limit=5), "10", required=ERROR, key=True, shows=False),
    Column("STATUS", WORDS, "20"),
    Column("HOURS", Number("0 to 75", high=75), "30", WARNING, required=WARNING, required_code="31"),
    Column("PAY", Number("Pounds", high=999_999), "40", also=("OLD_PAY",), numbers=(("out_of_range", "41"),)),
    Column("ROLE", listed("12"), "50", key=True),
    Column("LIST", Many(each=listed("12")), "60", optional=True),
)
RULES = (
    Rule("HOURS", "70", "HOURS is above 48 and was left aside", lambda c: c.number("HOURS") > 48, then=Then.SET_ASIDE),
    Rule("HOURS", "71", "HOURS is above 40", lambda c: c.number("HOURS") > 40, accepted="At most 40"),
    Rule("PAY", "72", "PAY is filled for role 2", lambda c: c.filled("PAY") & c.is_in("ROLE", "2"), ERROR,
         then=Then.LEAVE_OUT, needs=("ROLE",)),
    Rule("LIST", "73", "LIST is filled", lambda c: c.filled("LIST")),
)  # fmt: skip
DELETED = Rule("STATUS", "deleted", "Marked DELETE", lambda c: c.is_in("STATUS", "DELETE"), then=Then.LEAVE_OUT)
KIND = FileKind("staff", "Staff file", COLUMNS, RULES, frozenset({"REF", "ROLE"}), DELETED)
HEADINGS = ("REF", "STATUS", "HOURS", "PAY", "ROLE")
GOOD = ("A1", "NEW", "37", "12", "1")


class Checked:
    """What the checking of these rows, cut into blocks of so many, leaves behind."""

    def __init__(self, folder, rows, size=1000, headings=HEADINGS, oddities=()):
        self.log = IssueLog(folder / "issues.parquet")
        sheet = SimpleNamespace(file="staff.csv", sheet="", headings=headings, heading_row=1)
        self.checker = SheetChecker(KIND, sheet, self.log, None)
        self.blocks = [self.checker.check(block) for block in blocks_of(rows, size, len(headings), oddities)]
        self.log.close()
        self.causes = self.log.causes

    @property
    def told(self):
        """(column, number, severity, count, first row) of each cause, in order of the number."""
        return sorted((c.column, c.code, c.severity, c.count, c.first_row) for c in self.causes)

    @property
    def left_out(self):
        return np.concatenate([cells.left_out for cells in self.blocks]).tolist()

    def values(self, name):
        return np.concatenate([cells.number(name) for cells in self.blocks]).tolist()

    def written(self):
        """Every fault in the file of issues: (what the cause is, row, value)."""
        table = pq.read_table(self.log.path).to_pylist()
        return sorted((self.causes[line["cause"]].message, line["row"], line["value"] or "") for line in table)


def blocks_of(rows, size, width, oddities=()):
    for start in range(0, max(len(rows), 1), size):
        part = rows[start : start + size]
        cells = [pa.array([row[place] for row in part], pa.string()) for place in range(width)]
        numbers = np.arange(start + 2, start + 2 + len(part), dtype=np.int32)
        here = [odd for odd in oddities if start + 2 <= odd.row < start + 2 + size]
        yield Block(numbers, cells, here)


def row(**changes):
    return tuple((dict(zip(HEADINGS, GOOD, strict=True)) | changes).values())


def test_a_good_row_draws_nothing(tmp_path):
    checked = Checked(tmp_path, [GOOD])
    assert checked.told == []
    assert checked.left_out == [False]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"REF": ""}, ("REF", "10", "error")),
        ({"REF": "TOOLONG"}, ("REF", "10", "error")),
        ({"STATUS": "OLD"}, ("STATUS", "20", "error")),
        ({"HOURS": ""}, ("HOURS", "31", "warning")),
        ({"HOURS": "many"}, ("HOURS", "30", "warning")),
        ({"HOURS": "41"}, ("HOURS", "71", "warning")),
        ({"HOURS": "49"}, ("HOURS", "70", "warning")),
        ({"PAY": "x"}, ("PAY", "40", "error")),
        ({"PAY": "1000000"}, ("PAY", "41", "error")),
        ({"PAY": "1,000"}, ("PAY", "40", "warning")),
        ({"ROLE": "1.0"}, ("ROLE", "50", "warning")),
        ({"ROLE": "1x"}, ("ROLE", "50", "error")),
        ({"ROLE": "2"}, ("PAY", "72", "error")),
        ({"STATUS": "delete"}, ("STATUS", "deleted", "warning")),
    ],
)
def test_one_fault_draws_one_issue(tmp_path, changes, told):
    assert Checked(tmp_path, [GOOD, row(**changes)]).told == [(*told, 1, 3)]


def test_what_is_wrong_says_what_would_be_accepted(tmp_path):
    (cause,) = Checked(tmp_path, [row(HOURS="many")]).causes
    assert (cause.message, cause.accepted, cause.file) == ("HOURS is not a number", "0 to 75", "staff.csv")


def test_a_cell_that_cannot_be_read_is_not_blamed_again(tmp_path):
    """PAY holds nothing that can be read, and is also filled although the role is 2."""
    assert [told[1] for told in Checked(tmp_path, [row(PAY="x", ROLE="2")]).told] == ["40"]


def test_control_a_cell_that_can_be_read_is(tmp_path):
    assert [told[1] for told in Checked(tmp_path, [row(PAY="1,000", ROLE="2")]).told] == ["40", "72"]


def test_faults_count_as_missing_and_warnings_that_keep_do_not(tmp_path):
    rows = [row(HOURS="many"), row(HOURS="49"), row(HOURS="41"), row(PAY="1,000")]
    checked = Checked(tmp_path, rows)
    assert str(checked.values("HOURS")) == "[nan, nan, 41.0, 37.0]"
    assert checked.values("PAY")[3] == 1000


def test_rows_are_left_out_for_what_they_are_known_by(tmp_path):
    rows = [row(REF=""), row(ROLE="9"), row(ROLE="2"), row(ROLE="2", PAY=""), row(STATUS="DELETE"), row(STATUS="?")]
    assert Checked(tmp_path, rows).left_out == [True, True, True, False, True, False]


def test_a_row_that_is_not_judged_draws_nothing_else(tmp_path):
    checked = Checked(tmp_path, [("", "DELETE", "many", "x", "7")])
    assert [told[1] for told in checked.told] == ["deleted"]


def test_control_the_same_row_when_judged_draws_much(tmp_path):
    checked = Checked(tmp_path, [("", "NEW", "many", "x", "7")])
    assert [told[1] for told in checked.told] == ["30", "40", "10", "50"]


def test_rules_about_columns_that_are_not_there_say_nothing(tmp_path):
    short = ("REF", "STATUS", "HOURS", "PAY")
    assert Checked(tmp_path, [("A1", "NEW", "37", "12")], headings=short).told == []
    with_list = (*HEADINGS, "LIST")
    assert [told[1] for told in Checked(tmp_path, [(*GOOD, "1;2")], headings=with_list).told] == ["73"]


def test_columns_that_are_not_there_read_as_blank(tmp_path):
    (cells,) = Checked(tmp_path, [("A1", "NEW", "37")], headings=("REF", "STATUS", "HOURS")).blocks
    assert (cells.blank("PAY").all(), cells.filled("PAY").any(), cells.readable("PAY").all()) == (True, False, True)
    assert np.isnan(cells.number("PAY")).all() and np.isnan(cells.second("PAY")).all()
    assert not cells.is_in("ROLE", "1").any() and not cells.unknown("PAY").any()
    assert cells.many("LIST") == [None]
    assert "PAY" not in cells


def test_cells_that_identify_somebody_are_never_shown(tmp_path):
    checked = Checked(tmp_path, [row(REF="SECRET"), row(PAY="12.345")])
    shown = {cause.column: cause.examples for cause in checked.causes}
    assert shown == {"REF": ((2, None),), "PAY": ((3, "12.345"),)}
    assert "SECRET" not in str(checked.written())


ODDITIES = (
    Oddity(2, "short", "3 of 5 cells"),
    Oddity(3, "long", "7 cells", kept=False),
    Oddity(4, "quote", "A quotation mark stands alone", "PAY"),
    Oddity(12, "short", "2 of 5 cells"),
    Oddity(12, "long", "6 cells", kept=False),
)


def test_odd_rows_are_told_by_what_became_of_them(tmp_path):
    checked = Checked(tmp_path, [GOOD] * 3, oddities=ODDITIES[:3])
    assert checked.told == [
        ("", "row_long", "error", 1, 3),
        ("", "row_short", "warning", 1, 2),
        ("PAY", "row_quote", "warning", 1, 4),
    ]
    assert (checked.checker.rows_read, checked.checker.rows_left_out) == (4, 1)


@pytest.mark.parametrize("size", [1, 2, 7, 12])
def test_odd_rows_add_up_over_blocks(tmp_path, size):
    checked = Checked(tmp_path, [GOOD] * 12, size, oddities=ODDITIES)
    assert [(told[1], told[3], told[4]) for told in checked.told] == [
        ("row_long", 2, 3), ("row_short", 2, 2), ("row_quote", 1, 4)
    ]  # fmt: skip


CELLS = st.tuples(
    st.sampled_from(["A1", "", "TOOLONG", "B2"]),
    st.sampled_from(["NEW", "DELETE", "", "?"]),
    st.sampled_from(["37", "", "41", "49", "many", "1,0"]),
    st.sampled_from(["12", "1,000", "x", "1000000", ""]),
    st.sampled_from(["1", "2", "1.0", "9", "1x"]),
)


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(CELLS, min_size=1, max_size=40), size=st.integers(1, 9))
def test_blocks_change_nothing(tmp_path_factory, rows, size):
    whole = Checked(tmp_path_factory.mktemp("whole"), rows)
    cut = Checked(tmp_path_factory.mktemp("cut"), rows, size)
    assert sorted(map(str, cut.causes)) == sorted(map(str, whole.causes))
    assert cut.written() == whole.written()
    assert cut.left_out == whole.left_out
    assert str(cut.values("HOURS")) == str(whole.values("HOURS"))


def test_control_what_depends_on_blocks_is_noticed(tmp_path):
    """A rule that compares a row with others of its block is not a rule along one row."""
    shared = Rule("HOURS", "99", "HOURS is the longest", lambda c: c.number("HOURS") == c.number("HOURS").max())
    kind = FileKind(KIND.name, KIND.label, COLUMNS, (shared,))
    counts = []
    for size in (1, 1000):
        log = IssueLog(tmp_path / f"{size}.parquet")
        checker = SheetChecker(kind, SimpleNamespace(file="f", sheet="", headings=HEADINGS, heading_row=1), log, None)
        for block in blocks_of([row(HOURS="1"), row(HOURS="2")], size, 5):
            checker.check(block)
        log.close()
        counts.append(log.causes[0].count)
    assert counts == [2, 1]


def test_headings_are_compared_without_case_spaces_and_punctuation():
    assert heading_key(" Old_Pay (£) ") == "oldpay"
    places = place_columns(KIND, ("old pay", "ref", "Unknown", "REF", "H O U R S"))
    assert places == {"PAY": 0, "REF": 1, "HOURS": 4}


def test_numbers_of_findings():
    pay = KIND.column("PAY")
    assert (pay.number("out_of_range"), pay.number("not_a_number")) == ("41", "40")
    assert Column("X", Text()).number("too_long") == "too_long"
