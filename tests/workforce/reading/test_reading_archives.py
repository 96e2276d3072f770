"""Zip files of returns: what is read, what is passed over, and how members are named to people."""

import zipfile

import pytest

from workforce.reading import archives

from . import bombs
from .making import as_workbook, as_zip, opened, read, refusal, rows_of


def test_members_are_read_in_their_order_and_named_after_the_file(tmp_path):
    content = as_zip({"b/staff.csv": b"a\n1\n", "a/leavers.csv": b"b;c\n2;3\n"})
    staff, leavers = opened(tmp_path, content, "march.zip")
    assert [staff.file, leavers.file] == ["march.zip: staff.csv", "march.zip: leavers.csv"]
    assert (rows_of(staff), rows_of(leavers)) == ({2: ("1",)}, {2: ("2", "3")})


def test_members_can_be_read_again(tmp_path):
    (sheet,) = opened(tmp_path, as_zip({"staff.csv": b"a\n1\n"}))
    assert rows_of(sheet) == rows_of(sheet) == {2: ("1",)}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_both_ordinary_ways_of_packing_are_opened(tmp_path, method):
    assert read(tmp_path, as_zip({"staff.csv": b"a\n1\n"}, method)) == {2: ("1",)}


def test_what_systems_leave_behind_is_passed_over(tmp_path):
    left = {"__MACOSX/._staff.csv": b"\0\0", ".DS_Store": b"\0", "x/Thumbs.db": b"\0", "folder/": b""}
    assert read(tmp_path, as_zip({"staff.csv": b"a\n1\n"} | left)) == {2: ("1",)}


@pytest.mark.parametrize(
    "name, shown",
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\returns\\staff.csv", "staff.csv"),
        ("st\u202eaff\x1b[31m.csv", "staff[31m.csv"),
        ("/", "a file without a name"),
        ("x" * 300, "x" * 97 + "…"),
    ],
)
def test_names_are_only_ever_shown(name, shown):
    assert archives.shown(name) == shown


def test_a_fault_in_a_member_names_it(tmp_path):
    content = as_zip({"good.csv": b"a\n1\n", "x/bad.csv": b'a,b\n1,"2\n'})
    assert refusal(tmp_path, content, "march.zip").where == "march.zip: bad.csv, row 2, column B"


def test_a_fault_on_opening_a_member_names_it_too(tmp_path):
    content = as_zip({"empty.csv": b""})
    assert refusal(tmp_path, content, "march.zip").where == "march.zip: empty.csv"


def test_a_damaged_member_is_refused_while_it_is_read(tmp_path):
    assert "damaged" in refusal(tmp_path, bombs.spoilt_bytes()).sentence


def test_a_fault_in_a_sheet_names_the_sheet(tmp_path):
    content = as_zip({"staff.xlsx": as_workbook([["a"], ["x" * 32_000]])})
    (sheet,) = opened(tmp_path, content, "march.zip")
    assert sheet.place == "march.zip: staff.xlsx, sheet “Sheet”"


def test_control_names_would_be_shown_as_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "shown", str)
    (sheet,) = opened(tmp_path, as_zip({"../st\u202eaff.csv": b"a\n1\n"}), "march.zip")
    assert "\u202e" in sheet.file
