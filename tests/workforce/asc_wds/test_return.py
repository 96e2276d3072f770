"""Rows of a return against each other and across its files."""

from functools import partial

import pyarrow as pa
import pytest

from workforce.sources.asc_wds.context import without_whitespace

from .staff_rows import (
    ANNUAL,
    KEYS,
    course,
    issues,
    issues_by_row,
    numbered,
    posts,
    send,
    worker,
    workplaces,
)  # fmt: skip

TWICE = ("staff", "UNIQUEWORKERID", "998", "error", 1)
REPEATS_COUNT = ("workplace", "TOTALPERMTEMP", "2200", "warning", 1)


def at(place, reference, **changes):
    return worker(LOCALESTID=place, UNIQUEWORKERID=reference, DHA="", **changes)


def blocks_of(size, monkeypatch):
    """Read every file in blocks of so many rows."""
    from workforce.reading import Sheet

    whole = Sheet.blocks
    monkeypatch.setattr(Sheet, "blocks", lambda sheet, rows=size: whole(sheet, size))


# The same worker twice


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("W1", "P1"), ("W1", "P1"), True),
        (("W1", "P 1"), ("W1", "P1"), True),
        (("W1", "P1"), (" W 1", "\tP1"), True),
        (("W1", "P\u00a01"), ("W1", "P1"), True),
        (("W1", "P1"), ("W1", "p1"), False),
        (("W1", "P1"), ("W2", "P1"), False),
        (("W1", "P1"), ("W1", "P01"), False),
    ],
)
def test_references_are_compared_without_whitespace_within_a_workplace(tmp_path, first, second, same):
    checked = send(tmp_path, [at(*first), at(*second)])
    assert issues(checked) == ([TWICE] if same else [])
    assert checked.rows_accepted == (1 if same else 2)


def test_two_references_joined_are_not_two_others_joined(tmp_path):
    """The national service joins them with nothing between, so that W1 + 1A and W11 + A would be one."""
    places = workplaces([at("W1", "1A")], W1={}) + [workplaces()[0] | {"LOCALESTID": "W11"}]
    staff = [at("W1", "1A"), at("W11", "A")]
    places = [place for place in places if place["LOCALESTID"] in ("W1", "W11")]
    assert issues(send(tmp_path, staff, places=places)) == []


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_later_rows_are_told_wherever_blocks_end(tmp_path, monkeypatch, size):
    blocks_of(size, monkeypatch)
    staff = [at("W1", reference) for reference in ("P1", "P2", "P1", "P3", "P2", "P1")]
    checked = send(tmp_path, staff)
    assert sorted(issues_by_row(checked, "staff.csv")) == [4, 6, 7]
    assert [post["post_key"] for post in posts(checked)] == [
        KEYS.of("post", f"W1\x1f{reference}".encode()) for reference in ("P1", "P2", "P3")
    ]


def test_a_row_without_a_reference_repeats_nobody(tmp_path):
    told = [issue[1:3] for issue in issues(send(tmp_path, [at("W1", ""), at("W1", "")]))]
    assert told == [("UNIQUEWORKERID", "1020")]


def test_a_deleted_row_repeats_nobody(tmp_path):
    staff = [at("W1", "P1", STATUS="DELETE"), at("W1", "P1")]
    assert [issue[1:3] for issue in issues(send(tmp_path, staff))] == [("STATUS", "status_delete")]


def test_a_new_reference_counts_instead_of_the_old_one(tmp_path):
    staff = [worker(UNIQUEWORKERID="P1", CHGUNIQUEWRKID="N1"), worker(UNIQUEWORKERID="P1")]
    assert issues(send(tmp_path, staff)) == []


def test_a_new_reference_that_is_in_use(tmp_path):
    staff = [worker(UNIQUEWORKERID="N1"), worker(UNIQUEWORKERID="P1", CHGUNIQUEWRKID="N 1")]
    assert issues(send(tmp_path, staff)) == [("staff", "CHGUNIQUEWRKID", "998", "error", 1)]


# Training of workers


def test_training_goes_by_the_new_reference(tmp_path):
    staff = [worker(UNIQUEWORKERID="P1", CHGUNIQUEWRKID="N1")]
    assert issues(send(tmp_path, staff, [course(UNIQUEWORKERID="N1")])) == []
    told = issues(send(tmp_path, staff, [course(UNIQUEWORKERID="P1")]))
    assert told == [("training", "UNIQUEWORKERID", "996", "error", 1)]


def test_training_of_a_deleted_worker_is_of_nobody(tmp_path):
    told = issues(send(tmp_path, [worker(STATUS="DELETE"), at("W1", "P2")], [course()]))
    assert ("training", "UNIQUEWORKERID", "996", "error", 1) in told


def test_training_may_be_sent_with_whitespace_in_references(tmp_path):
    assert issues(send(tmp_path, [worker()], [course(UNIQUEWORKERID="P 1", LOCALESTID="W 1")])) == []


def test_training_on_the_fourteenth_birthday_is_not_too_early(tmp_path):
    young = {"VALIDITY": "", "EXPIRYDATE": ""}
    on_the_day, before = young | {"DATECOMPLETED": "10/05/1994"}, young | {"DATECOMPLETED": "09/05/1994"}
    told = issues_by_row(send(tmp_path, [worker()], [course(**on_the_day), course(**before)]), "training.csv")
    assert told == {3: [("DATECOMPLETED", "1080", "error")]}


def test_training_of_somebody_of_unknown_age_is_not_too_early(tmp_path):
    early = course(DATECOMPLETED="09/05/1994", VALIDITY="", EXPIRYDATE="")
    assert issues(send(tmp_path, [worker(DOB="Admin")], [early])) == []


# One person in several rows


def hours(*every, number="AB123456C", **changes):
    return numbered([worker(NINUMBER=number, CONTHOURS=each, **changes) for each in every])


def overworked(checked):
    return sorted(
        row for row, told in issues_by_row(checked, "staff.csv").items() if told[0][:2] == ("NINUMBER", "5570")
    )


@pytest.mark.parametrize(
    ("every", "rows"),
    [
        (("37.5", "37.5"), []),
        (("38", "37.5"), [2, 3]),
        (("30", "30", "16"), [2, 3, 4]),
        (("75",), []),
        (("40", "999"), []),
        (("40", "many"), []),
    ],
)
def test_one_person_on_more_than_75_hours(tmp_path, every, rows):
    assert overworked(send(tmp_path, hours(*every))) == rows


def test_numbers_are_compared_without_spaces_and_case(tmp_path):
    staff = numbered([worker(NINUMBER="AB 12 34 56 C", CONTHOURS="40"), worker(NINUMBER="ab123456c", CONTHOURS="40")])
    told = issues(send(tmp_path, staff))
    assert ("staff", "NINUMBER", "5570", "error", 2) in told


def test_kept_numbers_are_nobodys(tmp_path):
    assert issues(send(tmp_path, hours("40", "40", number="Admin"))) == []
    assert issues(send(tmp_path, hours("40", "40", number=""))) == []


def test_a_row_marked_delete_counts_for_nothing(tmp_path):
    """Somebody who moves to another workplace is deleted at one and new at the other."""
    staff = [at("W1", "P1", NINUMBER="AB123456C", CONTHOURS="40", STATUS="DELETE"),
             at("W1", "P2", NINUMBER="AB123456C", CONTHOURS="40")]  # fmt: skip
    assert issues(send(tmp_path, staff)) == [("staff", "STATUS", "status_delete", "warning", 1)]


def test_a_repeated_row_is_told_once(tmp_path):
    staff = [worker(NINUMBER="AB123456C", CONTHOURS="40")] * 2
    assert issues(send(tmp_path, staff)) == [TWICE]


@pytest.mark.parametrize("size", [1, 100])
def test_persons_are_joined_across_blocks(tmp_path, monkeypatch, size):
    blocks_of(size, monkeypatch)
    assert overworked(send(tmp_path, hours("40", "40"))) == [2, 3]


# Full-time pay for part-time hours


def paid(every, **changes):
    return numbered([worker(**ANNUAL | {"CONTHOURS": hours} | changes) for hours in every])


@pytest.mark.parametrize(
    ("every", "rows"),
    [
        (("30", "37"), [2]),
        (("37", "30", "20"), [3, 4]),
        (("30", "36"), []),
        (("37", "40"), []),
        (("36.5", "37"), [2]),
        (("36.5", "30"), [3]),
        (("36.5",), []),
        (("30", "999"), []),
    ],
)
def test_part_time_hours_on_the_pay_of_full_time(tmp_path, every, rows):
    found = issues_by_row(send(tmp_path, paid(every)), "staff.csv")
    assert found == {row: [("SALARY", "1260", "warning")] for row in rows}


def test_other_roles_and_other_pay_are_not_compared(tmp_path):
    staff = numbered([*paid(["30"]), *paid(["37"], MAINJOBROLE="9", DHA=""), *paid(["37"], SALARY="22000")])
    assert issues(send(tmp_path, numbered([row | {"UNIQUEWORKERID": "P1"} for row in staff]))) == []


def test_pay_of_deleted_rows_is_not_compared(tmp_path):
    staff = paid(["30", "37"])
    staff[1]["STATUS"] = "DELETE"
    assert issues(send(tmp_path, staff)) == [("staff", "STATUS", "status_delete", "warning", 1)]


# Staff against workplaces


def test_the_total_of_the_workplace_counts_every_row_but_deleted_ones(tmp_path):
    staff = numbered([worker(), worker(), worker(STATUS="DELETE")])
    send_with = partial(send, tmp_path, staff)
    deleted = ("staff", "STATUS", "status_delete", "warning", 1)
    for total, told in (("2", [deleted]), ("3", [deleted, REPEATS_COUNT])):
        places = [workplaces(staff, W1={"TOTALPERMTEMP": total})[0]]
        assert issues(send_with(places=places)) == told


def test_rows_at_fault_still_count_as_people(tmp_path):
    assert issues(send(tmp_path, numbered([worker(), worker(MAINJOBROLE="x")]))) == [
        ("staff", "MAINJOBROLE", "1280", "error", 1)
    ]


def test_who_moves_belongs_to_the_new_workplace(tmp_path):
    moved = worker(STATUS="UPDATE", TRANSFERSTAFFRECORD=" W 2")
    stays = worker(UNIQUEWORKERID="P2", STATUS="UNCHECKED", TRANSFERSTAFFRECORD="W2")
    staff = [moved | {"TRANSFERSTAFFRECORD": "W2"}, stays]
    first, second = posts(send(tmp_path, staff))
    assert (first["sector"], second["sector"]) == ("la", "independent_private")
    assert first["establishment_key"] == KEYS.of("establishment", b"W2")
    assert second["establishment_key"] == KEYS.of("establishment", b"W1")


def test_who_moves_to_nowhere_stays(tmp_path):
    checked = send(tmp_path, [worker(STATUS="UPDATE", TRANSFERSTAFFRECORD="W9")])
    assert issues(checked) == [("staff", "TRANSFERSTAFFRECORD", "1401", "error", 1)]
    assert posts(checked)[0]["establishment_key"] == KEYS.of("establishment", b"W1")


def test_workplaces_are_found_without_whitespace(tmp_path):
    (post,) = posts(send(tmp_path, [worker(LOCALESTID="W 1")]))
    assert post["service"] == "domiciliary"
    assert post["establishment_key"] == KEYS.of("establishment", b"W1")


def test_without_a_workplace_file_staff_are_read_and_it_is_told(tmp_path):
    checked = send(tmp_path, [worker(LOCALESTID="W9", MAINJOBROLE="4", TRANSFERSTAFFRECORD="W8")], places=False)
    assert issues(checked) == [("staff", "LOCALESTID", "no_workplace_file", "error", 1)]
    (post,) = posts(checked)
    assert (post["sector"], post["service"], post["establishment_key"]) == ("missing", "missing", None)
    assert checked.establishments is None


@pytest.mark.parametrize(
    ("text", "without"),
    [("P1", "P1"), (" P 1 ", "P1"), ("P\u00a0\u30001\ufeff", "P1"), ("", ""), ("P\u200a1", "P1"), ("é1", "é1")],
)
def test_whitespace_of_every_kind_is_taken_out(text, without):
    assert without_whitespace(pa.array([text, "x"])).to_pylist() == [without, "x"]


def test_whitespace_of_part_of_an_array():
    texts = pa.array(["a b", "c", "d e"])
    assert without_whitespace(texts.slice(1, 1)).to_pylist() == ["c"]
    assert without_whitespace(pa.array([], pa.string())).to_pylist() == []
