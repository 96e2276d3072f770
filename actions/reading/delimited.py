"""A CSV or tab-separated file as one grid. What cannot be decided is refused with its row, never guessed in silence.

UTF-8 (with or without a mark), UTF-16 with a mark and Windows-1252 are read. The last is accepted only where every
unusual byte stands for a letter or sign of everyday English or Welsh: other encodings also decode, to nonsense.
"""

import re
from collections import Counter

from .grids import Cell, Contents, Grid, Row, Unreadable, tidy
from .guards import LIMITS, Limits, check_cell, check_cells, check_shape
from .identity import marks_in

ACCEPTED = "A CSV file saved as “CSV UTF-8”, or an Excel workbook (.xlsx)"
DELIMITERS = ";,\t|"
MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
WINDOWS_SIGNS = set("£€§©®°±²³½¼¾·×÷–—‘’‚“”„•…™´¨«»¹ªº\u00a0\u00ad†‡‰")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')  # possessive: never goes back, however many marks there are
LINE_END = re.compile(r"\r\n|\n|\r")
HINT = re.compile(r"sep=(.)(?:\r\n|\n|\r)")
SAMPLE = 200_000


def read_delimited(content: bytes, limits: Limits = LIMITS) -> Contents:
    text = decoded(content)
    hint = HINT.match(text)
    delimiter = hint[1] if hint else delimiter_of(text)
    rows = _rows(text[hint.end() :] if hint else text, delimiter, limits)
    return Contents([Grid("", _identified(rows))], [])


def _identified(rows: list[Row]) -> list[Row]:
    """The rows with the identities that our own export gave them, without the column that says so."""
    identities, marked = marks_in([[cell.text for cell in row.cells] for row in rows])
    if not marked:
        return rows
    return [
        Row(
            row.number,
            tuple(cell for column, cell in enumerate(row.cells) if column not in marked),
            identities=tuple(filter(None, [identities.get(index)])),
        )
        for index, row in enumerate(rows)
    ]


def decoded(content: bytes) -> str:
    """The text of a file, its encoding decided by what is there and not by the absence of an error."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    try:
        return _checked(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _windows(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return _checked(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"The file says that it is {encoding[:6].upper()} but is not, or was cut short. Save it as CSV UTF-8.",
            accepted=ACCEPTED,
        ) from error


def _windows(content: bytes) -> str:
    text = content.decode("cp1252", "replace")
    for found in re.finditer(r"[^\x00-\x7f]", text):
        if not (found[0].isalpha() or found[0] in WINDOWS_SIGNS):
            raise Unreadable(
                "The file is written in an encoding that is not recognised. Save it again as CSV UTF-8.",
                where=f"Row {_row_at(text, found.start())}",
                accepted=ACCEPTED,
            )
    return _checked(text)


def _checked(text: str) -> str:
    found = CONTROL.search(text)
    if found is None:
        return text
    raise Unreadable(
        "The file holds characters that no text has, so it is damaged or no CSV file. Save it again as CSV UTF-8.",
        where=f"Row {_row_at(text, found.start())}",
        accepted=ACCEPTED,
    )


def _row_at(text: str, position: int) -> int:
    return len(LINE_END.findall(QUOTED.sub("", text[:position]))) + 1


def delimiter_of(text: str) -> str:
    """The separator that stands equally often in most lines, what is inside quotation marks left out."""
    lines = [line for line in LINE_END.split(QUOTED.sub("", text[:SAMPLE])) if line.strip()]
    return max(DELIMITERS, key=lambda delimiter: _consistency(lines, delimiter))


def _consistency(lines: list[str], delimiter: str) -> tuple[int, int]:
    counts = Counter(line.count(delimiter) for line in lines)
    del counts[0]
    return max(((lines_alike, count) for count, lines_alike in counts.items()), default=(0, 0))


# The apostrophe that keeps a spreadsheet from running a text as a formula; our own exports put it there, also in front
# of those that somebody typed.
GUARDED = re.compile(r"^'(?='*\s*[=+\-@\t\r])")


def _rows(text: str, delimiter: str, limits: Limits) -> list[Row]:
    """Records as rows, numbered as a spreadsheet would number them: line breaks inside quotation marks do not count."""
    rows, cells, filled = [], [], 0
    for value, ends in _fields(text, delimiter):
        number = len(rows) + 1
        check_cell(f"Row {number}, column {len(cells) + 1}", value, limits)
        cells.append(Cell(tidy(GUARDED.sub("", value))))
        filled += bool(cells[-1].text)
        if cells[-1].text:
            check_shape("", number, len(cells), limits)
        check_cells("", filled, limits)
        if ends:
            rows.append(Row(number, tuple(cells[: limits.columns])))
            cells = []
        check_shape("", len(rows) // 20, len(cells) // 20, limits)
    return rows


def _fields(text: str, delimiter: str):
    """Every field with whether it ends its record, by the usual rules of CSV read strictly."""
    mark = re.escape(delimiter)
    field = re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)"|((?!")[^{mark}\r\n]*+))({mark}|\r\n|\n|\r|\Z)')
    position, row = 0, 1
    while position < len(text):
        found = field.match(text, position)
        if found is None:
            raise _badly_quoted(text, position, row)
        ends = found[3] != delimiter
        yield (found[2] if found[1] is None else found[1].replace('""', '"')), ends
        row += ends
        position = found.end()
        if position == len(text) and not ends:
            yield "", True


def _badly_quoted(text: str, position: int, row: int) -> Unreadable:
    closed = QUOTED.match(text, position)
    opened = f"The quotation mark before “{tidy(text[position + 1 : position + 31])}…” "
    message = (
        "is followed by a closing one in the middle of a cell. Double the quotation marks that belong to the text."
        if closed
        else "is never closed, so the rest of the file would fall into one cell. Close it, or take it out."
    )
    return Unreadable(opened + message, where=f"Row {row}", accepted="Quotation marks in pairs")
