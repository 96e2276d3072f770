"""What cannot be read is refused with a sentence for a manager; each guard has a control that reads without it."""

import io
import zipfile
from dataclasses import replace

import pytest

from actions.reading import package as packages
from actions.reading.grids import Unreadable
from actions.reading.guards import LIMITS, OLE_HEADER
from actions.reading.plan import read_plan
from tests.actions.reading.files import HEADER, ROW, csv_file, excel_file, ods_file, part_of, with_part, word_file

WORD, EXCEL, OPEN = word_file([HEADER, ROW]), excel_file([HEADER, ROW]), ods_file(HEADER, ROW)
DOCUMENT, SHEET, TYPES = "word/document.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"


def refusal(content, name="plan.docx", **options):
    with pytest.raises(Unreadable) as refused:
        read_plan(name, content, **options)
    assert refused.value.accepted
    assert refused.value.message[0].isupper() or refused.value.message[0] == "“"
    return refused.value


def zipped(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "."), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"  \r\n ", "is empty"),
        (OLE_HEADER + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (OLE_HEADER + "WordDocument".encode("utf-16-le"), "old .doc format"),
        (OLE_HEADER + "Workbook".encode("utf-16-le"), "old .xls format"),
        (OLE_HEADER, "old Office format"),
        (b"{\\rtf1", "rich text"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"<html><table><tr><td>Action</td></tr></table></html>", "a web page"),
        (b"\xef\xbb\xbf\n <!DOCTYPE html>", "a web page"),
        (b"PK\x03\x04 nothing more", "damaged"),
        (WORD[: len(WORD) // 2], "damaged"),
        (EXCEL[:-30], "damaged"),
        (zipped(a="b"), "neither a Word document nor an Excel workbook"),
        (zipped(plan__docx=WORD), "compressed folder"),
        (zipped(content__xml="<a/>", mimetype="x"), "OpenDocument"),
        (with_part(WORD, DOCUMENT, None), "damaged"),
        (with_part(WORD, DOCUMENT, b"<w:document>"), "damaged"),
        (b"a,b\x01\x02", "characters that no text has"),
    ],
)
def test_a_file_of_another_kind(content, words):
    assert words in refusal(content).message


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (b"ms-excel.sheet.binary.macroEnabled.main", "binary workbook"),
        (b"openxmlformats-officedocument.presentationml.presentation.main+xml", "presentation"),
        (b"openxmlformats-officedocument.other+xml", "damaged"),
    ],
)
def test_other_office_files(found, words):
    usual = b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = part_of(EXCEL, TYPES)
    assert usual in types
    assert words in refusal(with_part(EXCEL, TYPES, types.replace(usual, found))).message


@pytest.mark.parametrize("name", ["plan.csv", "plan.xls", "plan.pdf", "../../plan", "plan\u202excod.exe", "", "\x00"])
@pytest.mark.parametrize("content", [WORD, EXCEL, OPEN, csv_file([HEADER, ROW])], ids=["word", "excel", "ods", "csv"])
def test_the_name_decides_nothing(name, content):
    assert len(read_plan(name, content).rows) == 1


def test_a_hostile_name_is_not_repeated():
    assert refusal(b"a,b", "plan\n\x00.csv").message.startswith("The file holds no table")
    assert refusal(b"a,b", "plan.csv").message.startswith("“plan.csv” holds no table")


MACRO = with_part(WORD, "word/vbaProject.bin", b"macro")


def test_a_hidden_macro_is_refused():
    assert "hides macros" in refusal(MACRO).message


def test_a_declared_macro_is_ignored():
    types = part_of(EXCEL, TYPES).replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    declared = with_part(with_part(EXCEL, TYPES, types), "xl/vbaProject.bin", b"macro")
    assert len(read_plan("plan.xlsm", declared).rows) == 1


LIMITED = {  # a file, the limit that refuses it, and words of the sentence
    "size": (WORD, {"file_bytes": 1_000}, "MB at most"),
    "members": (WORD, {"members": 5}, "made of"),
    "unpacked": (WORD, {"unpacked_bytes": 10_000}, "Unpacked, the file would be"),
    "one part": (WORD, {"part_bytes": 1_000}, "one part of the file"),
    "tags": (WORD, {"tags": 100}, "too long to be an action plan"),
    "elements": (EXCEL, {"elements": 10}, "too long to be an action plan"),
    "rows of a table": (WORD, {"rows": 1}, "There is something in row 2"),
    "columns of a table": (WORD, {"columns": 7}, "There is something in column 8"),
    "cells of a table": (WORD, {"cells": 15}, "more than 15 filled cells"),
    "tables": (word_file([HEADER, ROW], [["a"]]), {"tables": 1}, "far more tables"),
    "rows of a sheet": (EXCEL, {"rows": 1}, "There is something in row 2"),
    "columns of a sheet": (EXCEL, {"columns": 7}, "There is something in column 8"),
    "cells of a sheet": (EXCEL, {"cells": 15}, "more than 15 filled cells"),
    "rows of an OpenDocument sheet": (OPEN, {"rows": 1}, "There is something in row 2"),
    "columns of an OpenDocument sheet": (OPEN, {"columns": 7}, "There is something in column 8"),
    "cells of an OpenDocument sheet": (OPEN, {"cells": 15}, "more than 15 filled cells"),
    "one cell": (csv_file([HEADER, [*ROW[:2], "x" * 3_000, *ROW[3:]]]), {"cell_bytes": 2_000}, "of text"),
    "rows of a file": (csv_file([HEADER, ROW]), {"rows": 1}, "There is something in row 2"),
    "columns of a file": (csv_file([HEADER, ROW]), {"columns": 7}, "There is something in column 8"),
    "cells of a file": (csv_file([HEADER, ROW]), {"cells": 15}, "more than 15 filled cells"),
}


@pytest.mark.parametrize("name", LIMITED)
def test_limits(name):
    content, limits, words = LIMITED[name]
    assert words in refusal(content, limits=replace(LIMITS, **limits)).message


@pytest.mark.parametrize("name", LIMITED)
def test_control_the_same_files_are_read_within_the_limits(name):
    assert len(read_plan("plan", LIMITED[name][0]).rows) == 1


def far_cell(place):
    sheet = part_of(EXCEL, SHEET)
    end = sheet.index(b"</sheetData>")
    row = f'<row><c r="{place}"><v>1</v></c></row>'.encode()
    return with_part(EXCEL, SHEET, sheet[:end] + row + sheet[end:])


def test_a_far_cell_is_named():
    found = refusal(far_cell("B1048576"))
    assert (found.where, "row 1,048,576" in found.message) == ("Sheet 'Plan'", True)
    assert "column 16,384" in refusal(far_cell("XFD3")).message


def test_control_a_near_cell_is_read():
    assert read_plan("plan", far_cell("J3")).rows


@pytest.mark.parametrize("place", ["XFE1", "A1048577", "A0", "1A", "ZZZZ1"])
def test_a_cell_that_cannot_be(place):
    assert "damaged" in refusal(far_cell(place)).message


INSIDE = b'<!DOCTYPE x [<!ENTITY e "Hold a picnic">]>'


def with_entity():
    document = part_of(WORD, DOCUMENT)
    declared = document.replace(b"<w:document", INSIDE + b"<w:document", 1).replace(b"Hold a fair", b"&e;")
    return with_part(WORD, DOCUMENT, declared)


def test_entities_are_refused():
    found = refusal(with_entity())
    assert "a document type or entities" in found.message
    assert found.where == "Part word/document.xml of the file"


def test_control_without_the_guard_entities_get_to_the_parser(monkeypatch):
    monkeypatch.setattr(packages, "check_xml", lambda part, name: None)
    assert read_plan("plan", with_entity()).rows  # and only the parser's own setting keeps "picnic" out


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_entities_in_wide_characters_are_refused(encoding):
    part = ("\ufeff" + '<!DOCTYPE x [<!ENTITY e "e">]><x/>').encode(encoding)
    assert "entities" in refusal(with_part(WORD, DOCUMENT, part)).message


def test_an_encoding_that_hides_markup_is_refused():
    part = b'<?xml version="1.0" encoding="UTF-7"?><x/>'
    assert "entities" in refusal(with_part(WORD, DOCUMENT, part)).message


def test_an_encrypted_member_is_refused():
    content = bytearray(zipped(a="b"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refusal(bytes(content)).message


def test_two_members_of_one_name_are_refused():
    stream = io.BytesIO(WORD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as package:
        package.writestr(DOCUMENT, b"other")
    assert "damaged" in refusal(stream.getvalue()).message


def test_links_to_outside_are_not_followed():
    name = "word/_rels/document.xml.rels"
    link = b'<Relationship Id="x" Type="http://x/styles" Target="http://example.org/s.xml" TargetMode="External"/>'
    rels = part_of(WORD, name)
    start = rels.index(b"<Relationship ")
    assert read_plan("plan", with_part(WORD, name, rels[:start] + link + rels[start:])).rows


def test_a_reader_that_breaks_answers_with_a_sentence():
    broken = part_of(EXCEL, "xl/styles.xml").replace(b'numFmtId="0"', b'numFmtId="zero"')
    assert "damaged" in refusal(with_part(EXCEL, "xl/styles.xml", broken)).message


def test_no_plan_says_what_was_seen_and_what_is_looked_for():
    found = refusal(word_file([["Version", "Date", "Author"], ["1", "2026", "x"]]), "minutes.docx")
    assert found.message == (
        "“minutes.docx” holds no table that could be recognised as an action plan. "
        "Seen: Table 1, row 1 (Version, Date, Author): a version history, not a plan."
    )
    assert "Responsible officer" in found.accepted


def test_headings_without_rows():
    assert refusal(csv_file([HEADER])).message == "The file has the headings of a plan, but no rows below them."
