"""Delimited files: rows keep their numbers, cells keep their columns, and what is unusual is told."""

import dataclasses

import pyarrow as pa
import pytest

from workforce.reading import LIMITS, Unreadable, delimited, open_files, pieces, records
from workforce.reading.shapes import Given

from .making import as_csv, as_workbook, oddities, opened, read, refusal, rows_of

WIDE = [f"H{number}" for number in range(44)]


def kinds(found):
    return [(odd.row, odd.kind) for odd in found]


def test_codes_keep_their_leading_zeros(tmp_path):
    assert read(tmp_path, b"code,day\r\n012993,01/02/2024\r\n000,1e5\r\n") == {
        2: ("012993", "01/02/2024"),
        3: ("000", "1e5"),
    }


def test_what_looks_like_no_value_is_text(tmp_path):
    assert read(tmp_path, b"a,b\nNA,null\nNaN,\n#N/A,true\n") == {
        2: ("NA", "null"),
        3: ("NaN", ""),
        4: ("#N/A", "true"),
    }


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_blank_lines_are_skipped_and_counted(tmp_path, end):
    text = end.join(["a,b", "", "1,2", ",", " , ", "3,4", "", ""])
    assert read(tmp_path, text.encode()) == {3: ("1", "2"), 6: ("3", "4")}


def test_line_ends_may_be_mixed(tmp_path):
    assert list(read(tmp_path, b"a,b\r\n1,2\n3,4\r5,6\r\r\n7,8")) == [2, 3, 4, 6]


def test_a_quoted_cell_over_several_lines_is_one_row(tmp_path):
    assert read(tmp_path, b'a,b\n1,"x\ny\r\nz"\n2,"say ""so"""\n') == {2: ("1", "x\ny\r\nz"), 3: ("2", 'say "so"')}


def test_cells_are_trimmed_of_every_kind_of_space(tmp_path):
    content = "a,b,c\n x ,\u00a0y\u2003,\tz\n".encode()
    assert read(tmp_path, content) == {2: ("x", "y", "z")}


def test_missing_cells_at_the_end_are_blank_and_told(tmp_path):
    content = b"a,b,c\n1,2\n1,2,3\n"
    assert read(tmp_path, content) == {2: ("1", "2", ""), 3: ("1", "2", "3")}
    assert kinds(oddities(tmp_path, content)) == [(2, "short")]


def test_a_row_with_too_many_cells_is_not_trusted(tmp_path):
    content = b"a,b\n1,2\n1,x,2\n3,4\n"
    assert list(read(tmp_path, content)) == [2, 4]
    (odd,) = oddities(tmp_path, content)
    assert (odd.row, odd.kind, odd.kept) == (3, "long", False)


def test_blank_cells_beyond_the_headings_do_no_harm(tmp_path):
    content = b"a,b,,\n1,2,,\n3,4, ,\n5,6\n"
    assert read(tmp_path, content) == {2: ("1", "2"), 3: ("3", "4"), 4: ("5", "6")}
    assert oddities(tmp_path, content) == []


def test_a_quotation_mark_inside_a_cell_is_text_and_told(tmp_path):
    content = b'a,b\n1,5" pipe\n2,"x"y\n3,z\n'
    assert read(tmp_path, content) == {2: ("1", '5" pipe'), 3: ("2", "xy"), 4: ("3", "z")}
    assert kinds(oddities(tmp_path, content)) == [(2, "quote"), (3, "quote")]


def test_a_row_that_swallowed_others_is_left_out(tmp_path):
    content = b'a,b\n1,"x\n2,y\n3,"z\n4,w\n'
    assert list(read(tmp_path, content)) == [3]
    (odd,) = [odd for odd in oddities(tmp_path, content) if odd.kind == "quote"]
    assert (odd.row, odd.kept) == (2, False)


def test_text_written_as_a_formula_is_the_text(tmp_path):
    content = b'a,b\n="012993",x\n"=""0042""",y\n'
    assert read(tmp_path, content) == {2: ("012993", "x"), 3: ("0042", "y")}
    assert oddities(tmp_path, content) == []


def test_shortened_numbers_are_told(tmp_path):
    content = b"a,b\n1.23457E+15,1E5\n"
    assert read(tmp_path, content) == {2: ("1.23457E+15", "1E5")}
    (odd,) = oddities(tmp_path, content)
    assert (odd.row, odd.kind, odd.column) == (2, "number", "a")


def test_characters_that_cannot_be_seen_are_left_out_and_told(tmp_path):
    content = "a,b,c\n1,x\u202ey,z\x07\n2,é’,w\n".encode()
    assert read(tmp_path, content) == {2: ("1", "xy", "z"), 3: ("2", "é’", "w")}
    found = oddities(tmp_path, content)
    assert [(odd.row, odd.kind, odd.column) for odd in found] == [(2, "character", "b"), (2, "character", "c")]


@pytest.mark.parametrize("separator, name", [(";", "semicolon"), ("\t", "tab"), ("|", "upright bar")])
def test_other_separators_are_seen_and_told(tmp_path, separator, name):
    (sheet,) = opened(tmp_path, f"a{separator}b\n1,5{separator}2\n".encode())
    assert rows_of(sheet) == {2: ("1,5", "2")}
    assert [name in note.sentence for note in sheet.notes] == [True]


def test_commas_are_not_worth_a_note(tmp_path):
    assert opened(tmp_path, b"a,b\n1,2\n")[0].notes == []


def test_separators_inside_quoted_headings_do_not_mislead(tmp_path):
    (sheet,) = opened(tmp_path, b'"pay; hourly; net","hours; weekly"\n1,2\n')
    assert sheet.headings == ("pay; hourly; net", "hours; weekly")


def test_the_line_that_names_the_separator_is_no_row(tmp_path):
    assert read(tmp_path, b"sep=;\r\na;b\r\n1;2\r\n") == {2: ("1", "2")}


def test_headings_are_found_below_a_title(tmp_path):
    content = b"Staff in post\n\ncode;name\n1;x\n"
    (sheet,) = opened(tmp_path, content, recognise=lambda cells: "code" in cells)
    assert (sheet.headings, sheet.heading_row, rows_of(sheet)) == (("code", "name"), 3, {4: ("1", "x")})
    assert "row 3" in " ".join(note.sentence for note in sheet.notes)


def test_without_a_known_heading_the_first_filled_row_counts(tmp_path):
    (sheet,) = opened(tmp_path, b"\n\na,b\n1,2\n", recognise=lambda cells: False)
    assert (sheet.heading_row, rows_of(sheet)) == (3, {4: ("1", "2")})


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_seen(tmp_path, encoding):
    (sheet,) = opened(tmp_path, "näme,pay\nZoë O’Shea,£9\n".encode(encoding))
    assert sheet.headings == ("näme", "pay")
    assert rows_of(sheet) == {2: ("Zoë O’Shea", "£9")}


def test_windows_1252_is_told_with_its_first_line(tmp_path):
    (note,) = opened(tmp_path, "a,b\n1,2\n3,£\n".encode("cp1252"))[0].notes
    assert "Windows-1252" in note.sentence and note.where == "line 3"


def test_a_mixture_of_encodings_is_refused(tmp_path):
    refused = refusal(tmp_path, b"a,b\n\xc3\xa9,1\n\xe9,2\n")
    assert "another part" in refused.sentence and refused.where == "staff.csv, line 3"


def test_headings_twice_or_missing_are_told(tmp_path):
    first, second = opened(tmp_path, b"a,b,A,,c\n1,2,3,4,5\n")[0].notes
    assert "Columns A and C" in first.sentence
    assert "Column D has no heading" in second.sentence


def test_headings_alone_are_told(tmp_path):
    assert "no rows" in opened(tmp_path, b"a,b\n")[0].notes[0].sentence


@pytest.mark.parametrize(
    "content, words, where",
    [
        (b"", "empty", "staff.csv"),
        (b"\n \n,,\n", "empty", "staff.csv"),
        (b"a,b\n1,\x002\n", "NUL", "staff.csv, line 2"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "never closed", "staff.csv, row 3, column A"),
        (b'a,b\n1,2\n3,"4\n5,6\n', "never closed", "staff.csv, row 3, column B"),
        (b"a,b\n1," + b"x" * 200_001 + b"\n", "kB", "staff.csv, row 2, column B"),
        (b",".join([b"h"] * 301) + b"\n", "301 headings", "staff.csv, row 1, column KO"),
    ],
)
def test_refusals_say_what_and_where(tmp_path, content, words, where):
    refused = refusal(tmp_path, content)
    assert words in refused.sentence and refused.sentence.endswith(".")
    assert refused.where == where and refused.accepted


def test_values_are_never_in_a_refusal_or_an_oddity(tmp_path):
    content = b'a,b\nSECRET,1,SECRET\nSECRET\n"SECRET"SECRET,1\n3,"SECRET\n'
    refused = refusal(tmp_path, content)
    assert "SECRET" not in refused.sentence + refused.where
    assert "SECRET" not in repr(oddities(tmp_path, content[:-10]))


def test_rows_beyond_the_limit_are_refused(tmp_path):
    limits = dataclasses.replace(LIMITS, csv_rows=3)
    assert "more than 3 rows" in refusal(tmp_path, b"a\n1\n2\n3\n", limits=limits).sentence
    assert list(read(tmp_path, b"a\n1\n2\n", limits=limits)) == [2, 3]


def test_files_beyond_the_limit_are_refused(tmp_path):
    limits = dataclasses.replace(LIMITS, csv_bytes=10)
    assert "MB" in refusal(tmp_path, b"a\n1\n2\n3\n4\n5\n6\n", limits=limits).sentence


def test_many_pieces_read_as_one(tmp_path, monkeypatch):
    """Records, quoted cells and line ends that lie across pieces, at every offset."""
    rows = [WIDE[:3]] + [[f"{n:05d}", 'x,"\r\ny' if n % 7 == 0 else "", "é£"] for n in range(200)]
    content = as_csv(rows)
    wanted = read(tmp_path, content)
    assert [wanted[number] for number in sorted(wanted)] == [tuple(row) for row in rows[1:]]
    for step in range(40, 90):
        monkeypatch.setattr(delimited, "STEP", step)
        assert read(tmp_path, content) == wanted


def test_blocks_may_be_small_and_read_again(tmp_path):
    (sheet,) = opened(tmp_path, as_csv([["a"]] + [[str(n)] for n in range(100)]))
    assert rows_of(sheet, 7) == rows_of(sheet, 1000) == {n + 2: (str(n),) for n in range(100)}


def test_blocks_say_how_far_reading_has_come(tmp_path):
    rows = [["a"]] + [[str(n)] for n in range(40)]
    for content in (as_csv(rows), as_csv(rows, "utf-16"), as_workbook(rows)):
        (sheet,) = opened(tmp_path, content)
        shares = [block.share for block in sheet.blocks(10)]
        assert len(shares) >= 4 and shares == sorted(shares) and 0 < shares[0] < 1 == shares[-1]
        assert sheet.size == len(content)


def test_cells_are_arrays_without_nulls(tmp_path):
    (sheet,) = opened(tmp_path, b"a,b\n1\n,2\n")
    (block,) = sheet.blocks()
    assert all(isinstance(column, pa.StringArray) and column.null_count == 0 for column in block.cells)


def test_several_files_are_read_in_their_order(tmp_path):
    given = []
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_bytes(b"h\n1\n")
        given.append(Given(name, tmp_path / name))
    assert [sheet.file for sheet in open_files(given)] == ["b.csv", "a.csv"]


def test_control_counting_cells_is_what_keeps_columns_apart(tmp_path, monkeypatch):
    """Were every record taken to be as wide as the headings, the parser itself would have to stumble."""
    plain = records.find_records
    monkeypatch.setattr(
        delimited,
        "find_records",
        lambda *given: dataclasses.replace(plain(*given), cells=plain(*given).cells * 0 + 2),
    )
    with pytest.raises(Exception, match=r"Expected 2 columns|told apart"):
        read(tmp_path, b"a,b\n1,x,2\n3,4\n")


def test_control_irregular_quotes_are_what_the_exact_reading_is_for(tmp_path, monkeypatch):
    content = b'a,b\n1,5" pipe\n2,x\n3,6" pipe\n'
    assert list(read(tmp_path, content)) == [2, 3, 4]
    monkeypatch.setattr(records, "_irregular", lambda *_: False)
    with pytest.raises(Unreadable, match="told apart"):
        read(tmp_path, content)


def test_control_trimming_and_cleaning_look_first(tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "Care", type("Careless", (), {"of": lambda *_: pieces_care()}))
    assert read(tmp_path, " a,b\n x,y\u202e\n".encode()) == {2: (" x", "y\u202e")}


def pieces_care():
    from workforce.reading.texts import Care

    return Care(trim=False, hide=False, numbers=False)
