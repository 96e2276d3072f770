"""Reading a return: which file is what, headings, refusals, stopping, and blocks that change nothing."""

import threading

import pyarrow.parquet as pq
import pytest

from tests.workforce.asc_wds.staff_cases import STAFF_CELLS, STAFF_RULES, TRAINING_CELLS, TRAINING_RULES, VALID_STAFF
from tests.workforce.asc_wds.staff_rows import (
    STAFF_HEADINGS,
    TODAY,
    as_csv,
    course,
    files,
    issues,
    numbered,
    posts,
    read,
    send,
    worker,
    workplaces,
    write,
)  # fmt: skip
from workforce.importing import Stop, kind_of
from workforce.reading import Sheet, Unreadable
from workforce.sources.asc_wds import file_kinds


def refusal(folder, given, **options):
    with pytest.raises(Unreadable) as raised:
        read(folder, given, **options)
    return raised.value


def with_staff(folder, text):
    """A return whose staff file is this text."""
    return [*files(folder), write(folder, "staff.csv", text)]


def staff_text(*rows, headings=STAFF_HEADINGS):
    return as_csv(headings, rows or (worker(),))


# Headings


def changed_headings(change):
    first, rest = staff_text().split("\r\n", 1)
    return ",".join(change(heading) for heading in first.split(",")) + "\r\n" + rest


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        str.title,
        lambda heading: f'"{heading}"',
        lambda heading: f" {heading} ",
        lambda heading: f"\t{heading}",
        lambda heading: {"LOCALESTID": "\ufeffLOCALESTID"}.get(heading, heading),
        lambda heading: {"LOCALESTID": "Local Est. ID"}.get(heading, heading),
    ],
    ids=["lower", "title", "quoted", "spaces", "tabs", "mark", "words"],
)
def test_headings_as_people_write_them(tmp_path, change):
    checked = read(tmp_path, with_staff(tmp_path, changed_headings(change)))
    assert (issues(checked), checked.rows_accepted, checked.unmapped_headings) == ([], 1, [])


def test_columns_may_stand_in_any_order(tmp_path):
    plain = posts(read(tmp_path, with_staff(tmp_path, staff_text())))
    backwards = as_csv(tuple(reversed(STAFF_HEADINGS)), [worker()])
    checked = read(tmp_path, with_staff(tmp_path, backwards))
    assert issues(checked) == []
    assert posts(checked) == plain


def test_optional_columns_of_the_national_file(tmp_path):
    rows = [worker(CHGUNIQUEWRKID="", TRANSFERSTAFFRECORD="", QUALACH04="72;2018", QUALACH04NOTES="")]
    checked = send(tmp_path, rows)
    assert (issues(checked), checked.unmapped_headings) == ([], [])


def test_columns_that_nobody_knows_are_told_and_not_kept(tmp_path):
    rows = [worker(RELIGION="Secret belief", **{"Shoe size": "43"})]
    checked = send(tmp_path, rows)
    (told,) = checked.causes
    assert (told.code, told.severity, told.first_row) == ("heading_unknown", "warning", 1)
    assert told.message.startswith("2 columns are not part of a staff file")
    assert sorted(checked.unmapped_headings) == ["RELIGION", "Shoe size"]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "kept").iterdir())
    assert b"Secret belief" not in kept and b"RELIGION" not in kept


def test_columns_that_are_missing_are_told_and_read_as_blank(tmp_path):
    without = tuple(name for name in STAFF_HEADINGS if name not in ("ETHNICITY", "STARTDATE", "STATUS", "DHA"))
    row = {name: value for name, value in worker().items() if name in without}
    checked = read(tmp_path, with_staff(tmp_path, as_csv(without, [row])))
    assert issues(checked) == [
        ("staff", "ETHNICITY", "heading_missing", "warning", 1),
        ("staff", "STARTDATE", "heading_missing", "warning", 1),
        ("staff", "STATUS", "heading_missing", "error", 1),
    ]
    (post,) = posts(checked)
    assert (post["ethnicity15"], post["start_role"], post["role"]) == ("missing", None, "care_worker")


def test_old_names_of_columns_are_read(tmp_path):
    row = worker(EMPLSTATUS="3", ZEROHRCONT="", CONTHOURS="", AVGHOURS="21")
    text = staff_text(row).replace("AVGHOURS", "ADDLHOURS")
    assert posts(read(tmp_path, with_staff(tmp_path, text)))[0]["hours_average"] == 21


def test_the_same_heading_twice_counts_once(tmp_path):
    text = (
        staff_text()
        .replace("\r\n", ",GENDER\r\n", 1)
        .replace("\r\n", ",1\r\n")
        .replace("GENDER,1\r\n", "GENDER\r\n", 1)
    )
    checked = read(tmp_path, with_staff(tmp_path, text))
    assert posts(checked)[0]["sex"] == "female"
    assert "GENDER" in checked.unmapped_headings


# Which file is what


def test_files_are_known_by_their_headings_not_their_names(tmp_path):
    given = files(tmp_path, [worker()], [course()])
    for name, file in zip(("a.csv", "b.txt", "c.csv"), given, strict=True):
        file.path.rename(tmp_path / name)
    renamed = [type(file)(name, tmp_path / name) for name, file in zip(("a.csv", "b.txt", "c.csv"), given, strict=True)]
    checked = read(tmp_path, list(reversed(renamed)))
    assert {file.kind: file.name for file in checked.files} == {
        "workplace": "a.csv", "worker": "b.txt", "training": "c.csv"
    }  # fmt: skip
    assert issues(checked) == []


def test_each_kind_is_told_from_the_others():
    kinds = [("asc_wds", kind) for kind in file_kinds(TODAY)]
    for _, kind in kinds:
        names = tuple(column.name for column in kind.columns)
        assert kind_of(names, kinds) == ("asc_wds", kind)
        assert kind_of(names[::-1], kinds) == ("asc_wds", kind)
    assert kind_of(("Name", "Age"), kinds) == (None, None)
    assert kind_of((), kinds) == (None, None)


def test_two_staff_files_are_refused(tmp_path):
    given = [*files(tmp_path, [worker()]), write(tmp_path, "other.csv", staff_text())]
    refused = refusal(tmp_path, given)
    assert refused.sentence == "Two of the files are a staff file, and it cannot be known which one counts."
    assert refused.where == "staff.csv and other.csv"
    assert refused.accepted == "One file of each kind"


def test_a_return_without_a_staff_file_is_refused(tmp_path):
    refused = refusal(tmp_path, files(tmp_path, None, [course()]))
    assert "no staff file" in refused.sentence


def test_the_wrong_source_is_refused(tmp_path):
    refused = refusal(tmp_path, files(tmp_path, [worker()]), source="another_system")
    assert "headings are not those" in refused.sentence


def test_the_right_source_may_be_named(tmp_path):
    assert send(tmp_path, [worker()], source="asc_wds").source == "asc_wds"
    assert send(tmp_path, [worker()], source="").source == "asc_wds"


def test_a_file_of_something_else_is_told_and_the_rest_is_read(tmp_path):
    given = [*files(tmp_path, [worker()]), write(tmp_path, "rota.csv", "Day,Shift\r\nMonday,Early\r\n")]
    checked = read(tmp_path, given)
    assert issues(checked) == [("rota", "", "sheet_unknown", "warning", 1)]
    assert checked.rows_accepted == 1


def test_only_files_of_something_else_are_refused(tmp_path):
    refused = refusal(tmp_path, [write(tmp_path, "rota.csv", "Day,Shift\r\nMonday,Early\r\n")])
    assert (refused.where, bool(refused.accepted)) == ("rota.csv", True)


def test_headings_that_are_nearly_right_say_what_is_missing(tmp_path):
    text = staff_text().replace("MAINJOBROLE", "JOB")
    refused = refusal(tmp_path, [write(tmp_path, "staff.csv", text)])
    assert refused.sentence == "The headings are nearly those of a staff file, but MAINJOBROLE is missing."


def test_a_staff_file_without_rows(tmp_path):
    checked = send(tmp_path, [])
    assert (checked.rows_read, checked.rows_accepted) == (0, 0)
    assert posts(checked) == []


# Blocks


def in_blocks_of(size, monkeypatch):
    whole = Sheet.blocks
    monkeypatch.setattr(Sheet, "blocks", lambda sheet, rows=size: whole(sheet, size))


def faulty_return(folder):
    """All faults of the staff and the training file, and rows that repeat, among rows that are valid."""
    staff = [worker(**others | cell) for others, cell, _ in (*STAFF_CELLS, *STAFF_RULES)]
    staff += [worker(**changes) for changes in VALID_STAFF.values()]
    staff = numbered(staff)
    staff += [staff[-3], staff[-9], worker(NINUMBER="AB654321C", CONTHOURS="40", UNIQUEWORKERID="X1")]
    staff.insert(5, worker(NINUMBER="AB654321C", CONTHOURS="40", UNIQUEWORKERID="X2"))
    training = [course(UNIQUEWORKERID="X1") | others | cell for others, cell, _ in (*TRAINING_CELLS, *TRAINING_RULES)]
    return files(folder, staff, training, workplaces(staff))


def outcome(folder, given):
    """Everything that came of a return, without the order in which causes were first met."""
    checked = read(folder, given)
    lines = pq.read_table(checked.issues).to_pylist()
    told = sorted((str(checked.causes[line["cause"]]), line["row"], line["value"] or "") for line in lines)
    return {
        "files": checked.files,
        "causes": sorted(map(str, checked.causes)),
        "counts": (checked.errors, checked.warnings, len(lines)),
        "issues": told,
        "snapshot": posts(checked),
        "establishments": pq.read_table(checked.establishments).to_pylist(),
        "loss": sorted(map(str, checked.mapping_loss)),
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    return outcome(folder, faulty_return(folder))


@pytest.mark.parametrize("size", [3, 7, 1000])
def test_blocks_change_nothing(tmp_path, monkeypatch, whole, size):
    in_blocks_of(size, monkeypatch)
    found = outcome(tmp_path, faulty_return(tmp_path))
    for part, expected in whole.items():
        assert found[part] == expected


def test_control_blocks_are_as_small_as_they_are_said_to_be(tmp_path, monkeypatch):
    in_blocks_of(7, monkeypatch)
    seen = []
    read(tmp_path, faulty_return(tmp_path), progress=lambda phase, rows, *more: seen.append(rows))
    assert max(after - before for before, after in zip([0, *seen], seen, strict=False)) == 7


def test_counts_add_up(whole):
    errors, warnings, lines = whole["counts"]
    assert errors + warnings == lines > 150
    staff = next(file for file in whole["files"] if file.kind == "worker")
    assert staff.rows_read == staff.rows_accepted + staff.rows_rejected
    assert staff.rows_accepted == len(whole["snapshot"])


# Progress and stopping


def test_progress_goes_through_the_files_in_order(tmp_path):
    seen = []
    send(tmp_path, numbered([worker()] * 3), [course()], progress=lambda phase, rows, *more: seen.append((phase, rows)))
    assert seen == [("Workplace file", 1), ("Training file", 2), ("Staff file", 5)]


@pytest.mark.parametrize("phase", ["Workplace file", "Training file", "Staff file"])
@pytest.mark.parametrize("after", [0, 1])
def test_stopping_ends_the_reading_and_leaves_no_thread(tmp_path, monkeypatch, phase, after):
    in_blocks_of(1, monkeypatch)
    seen, before = [], set(threading.enumerate())

    def progress(now, rows, *more):
        if now == phase:
            seen.append(rows)
            if len(seen) > after:
                raise Stop

    staff = numbered([worker()] * 9 + [worker(LOCALESTID="W2", DHA="")])
    with pytest.raises(Stop):
        send(tmp_path, staff, [course()] * 9, progress=progress)
    assert len(seen) == after + 1
    assert set(threading.enumerate()) - before == set()


def test_control_without_stopping_all_blocks_are_read(tmp_path, monkeypatch):
    in_blocks_of(1, monkeypatch)
    seen = []
    send(tmp_path, numbered([worker()] * 9), progress=lambda phase, rows, *more: seen.append(phase))
    assert seen.count("Staff file") == 9


def test_a_file_that_breaks_off_is_refused_and_leaves_no_thread(tmp_path):
    before = set(threading.enumerate())
    text = staff_text(*numbered([worker()] * 5)) + 'W1,"never closed\r\n' * 3
    given = with_staff(tmp_path, text)
    try:
        read(tmp_path, given)
    except Unreadable as refused:
        assert "staff.csv" in refused.where
    assert set(threading.enumerate()) - before == set()


def test_everything_is_written_inside_the_folder(tmp_path):
    checked = send(tmp_path, [worker()], [course()])
    written = {path.name for path in (tmp_path / "kept").iterdir()}
    assert written == {"snapshot.parquet", "establishments.parquet", "issues.parquet"}
    assert {checked.snapshot.parent, checked.establishments.parent, checked.issues.parent} == {tmp_path / "kept"}
