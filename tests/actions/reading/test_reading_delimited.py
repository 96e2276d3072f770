"""CSV files: encoding, delimiter and quotation marks are decided, or refused with the row."""

import pytest

from actions.reading.delimited import decoded, delimiter_of, read_delimited
from actions.reading.grids import Unreadable
from tests.actions.reading.files import HEADER, ROW, csv_file, read_rows

RARE = ["1", "Recriwtio", "Cynnal ffair – «ŵyl» £5", "’", "March 2026", "HR", "High", "Green"]


def cells_of(content):
    return [[cell.text for cell in row.cells] for row in read_delimited(content).grids[0].rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_encodings(delimiter, encoding):
    assert cells_of(csv_file([HEADER, RARE], delimiter=delimiter, encoding=encoding)) == [HEADER, RARE]


def test_windows_text_is_recognised_by_its_signs():
    assert decoded("Lead – £5 for ‘café’".encode("cp1252")) == "Lead – £5 for ‘café’"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"a,b\nc,\x81d", "Row 2"),  # no such byte in Windows-1252
        (b'"a\n\n",b\nc,\xb0\xb6\xa5', "Row 2"),  # signs that no plan has: another encoding
        ("a,b\nc,d".encode("utf-16-le"), "Row 1"),  # UTF-16 without its mark would decode, to NULs
        (b"a,b\nc,\x00d", "Row 2"),
        (b"\xff\xfea", "The file"),
        ("\ufeffa".encode("utf-16-le") + b"\x00\xd8", "The file"),  # half a character
    ],
)
def test_other_encodings_are_refused_with_the_row(content, where):
    with pytest.raises(Unreadable) as refusal:
        decoded(content)
    assert refusal.value.where == where
    assert "CSV UTF-8" in refusal.value.message


def test_delimiters_inside_quotation_marks_do_not_count():
    text = 'Ref;Action;Lead\n1;"a, b, c, d";HR, OD\n2;"e; f, g";HR, OD\n'
    assert delimiter_of(text) == ";"
    assert cells_of(text.encode())[1] == ["1", "a, b, c, d", "HR, OD"]


def test_a_hint_for_excel_is_followed():
    assert cells_of(b"sep=;\r\na,b;c\r\nd,e;f") == [["a,b", "c"], ["d,e", "f"]]


def test_line_breaks_and_doubled_marks_inside_a_field():
    assert cells_of(b'a,"one\r\ntwo ""three"""\r\nb,c') == [["a", 'one\ntwo "three"'], ["b", "c"]]


def test_a_mark_inside_a_plain_field_is_a_mark():
    assert cells_of(b'a,a 5" screen\nb,c') == [["a", 'a 5" screen'], ["b", "c"]]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end(line_end):
    assert cells_of(line_end.join(["a,b", "c,", ",d"]).encode()) == [["a", "b"], ["c", ""], ["", "d"]]


def test_an_unclosed_mark_is_refused_where_it_opened():
    content = csv_file([HEADER, ROW]) + b'2,Train,"Never closed,x,March 2026,HR,High,Green\r\n3,a,b,c,d,e,f,g\r\n'
    with pytest.raises(Unreadable) as refusal:
        read_delimited(content)
    assert refusal.value.where == "Row 3"
    assert refusal.value.message.startswith("The quotation mark before “Never closed,x")
    assert "never closed" in refusal.value.message


def test_words_after_a_closing_mark_are_refused():
    with pytest.raises(Unreadable, match="in the middle of a cell"):
        read_delimited(b'a,b\n"c" d,e\n')


def test_rows_are_counted_as_excel_counts_them():
    content = b'Ref,Action,By when\n1,"two\nlines",March 2026\n\n3,Do it,March 2027\n'
    assert [row.number for row in read_delimited(content).grids[0].rows if not row.is_blank] == [1, 2, 4]


def test_a_plan_by_itself():
    assert read_rows(csv_file([HEADER, ROW]))[0]["leads"] == ["HR Lead"]
