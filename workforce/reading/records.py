"""Where the records of delimited text begin and end, and how many cells each has, without splitting it.

The meaning is Excel's: a cell that begins with a quotation mark runs to the next single one and may hold separators
and line ends; two of them inside stand for one; one in the middle of a cell is an ordinary character. A line end is
CRLF, LF or a lone CR.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

QUOTE, LF, CR = 34, 10, 13


@dataclass(frozen=True)
class Records:
    """Whole records of a piece of text, as offsets into it. A blank line is a record of no cells."""

    starts: np.ndarray
    ends: np.ndarray  # without the line end
    cells: np.ndarray
    stray: np.ndarray  # which records have a quotation mark in an odd place
    cut: int  # where what follows the last whole record begins

    def first(self, count: int) -> "Records":
        """At most so many of them."""
        if len(self.starts) <= count:
            return self
        kept = (column[:count] for column in (self.starts, self.ends, self.cells, self.stray))
        return Records(*kept, int(self.starts[count]))


def find_records(text: bytes, separator: bytes, last: bool) -> Records:
    """The records of a piece that begins where a record begins; if it is the last piece, the end ends a record."""
    signs = np.frombuffer(text, np.uint8)
    parting = signs == ord(separator)
    line_ends = _line_ends(signs, last)
    if b'"' in text:
        marks = signs == QUOTE
        quotes = np.flatnonzero(marks)
        inside = (np.cumsum(marks, dtype=np.uint8) & 1).view(bool)
        line_ends = line_ends[~inside[line_ends]]
        parting &= ~inside
        if (last and inside[-1]) or _irregular(signs, quotes, ord(separator), _cut(line_ends, len(text), last)):
            return find_exactly(text, separator, last)
    return _measured(signs, parting, line_ends, last)


def _line_ends(signs: np.ndarray, last: bool) -> np.ndarray:
    """The last byte of every line end. A CR that is last of all may yet be followed by an LF."""
    feeds = np.flatnonzero(signs == LF)
    returns = np.flatnonzero(signs == CR)
    following = signs[np.minimum(returns + 1, len(signs) - 1)]
    lone = returns[np.where(returns == len(signs) - 1, last, following != LF)]
    return np.sort(np.concatenate((feeds, lone))) if len(lone) else feeds


def _cut(line_ends: np.ndarray, length: int, last: bool) -> int:
    return length if last else (int(line_ends[-1]) + 1 if len(line_ends) else 0)


def _irregular(signs: np.ndarray, quotes: np.ndarray, separator: int, cut: int) -> bool:
    """Whether a quotation mark before the cut stands where a well-written file has none.

    Counting them from the start, the odd ones open a cell (after a separator or a line end) or are the second of a
    pair; the even ones close one (before a separator or a line end) or are the first of a pair. While that holds, what
    lies between an odd one and the next is inside a cell, and nothing else is.
    """
    if not cut:
        return True
    quotes = quotes[quotes < cut]
    table = np.zeros(256, bool)
    table[[separator, LF, CR, QUOTE]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    before = table[signs[opening - 1]] | (opening == 0)
    after = table[signs[np.minimum(closing + 1, len(signs) - 1)]] | (closing == len(signs) - 1)
    return not (before.all() and after.all())


def _measured(signs: np.ndarray, parting: np.ndarray, line_ends: np.ndarray, last: bool) -> Records:
    starts = np.concatenate(([0], line_ends + 1))
    ends = line_ends
    if len(ends):
        ends = ends - ((signs[ends] == LF) & (ends > starts[:-1]) & (signs[ends - 1] == CR))
    if last and starts[-1] < len(signs):
        ends = np.append(ends, len(signs))
    else:
        starts = starts[:-1]
    cut = _cut(line_ends, len(signs), last)
    if not len(starts):
        return _nothing()
    before = _counted(parting, np.append(starts, cut))
    cells = np.diff(before) + 1
    cells[ends == starts] = 0
    return Records(starts, ends, cells, np.zeros(len(starts), bool), cut)


def _counted(marks: np.ndarray, places: np.ndarray) -> np.ndarray:
    """How many marks stand before each place: eight at a time, because this is done for every byte of a file."""
    packed = np.packbits(np.append(marks, False), bitorder="little")
    sums = np.concatenate(([0], np.cumsum(np.bitwise_count(packed), dtype=np.int64)))
    octets = places >> 3
    partly = packed[octets] & ((1 << (places & 7)) - 1).astype(np.uint8)
    return sums[octets] + np.bitwise_count(partly)


def _nothing() -> Records:
    none = np.zeros(0, np.int64)
    return Records(none, none, none, np.zeros(0, bool), 0)


@cache
def patterns(separator: bytes) -> tuple[re.Pattern, re.Pattern, re.Pattern, re.Pattern]:
    """A cell, a record with its line end, one in which every quotation mark is in its place, and a cell after another.

    Nothing in them ever goes back, so no text makes them slow.
    """
    mark = re.escape(separator)
    quoted = rb'"[^"]*+(?:""[^"]*+)*+"'
    plain = rb'[^"%b\r\n][^%b\r\n]*+' % (mark, mark)
    cell = rb"(?>%b[^%b\r\n]*+|%b|)" % (quoted, mark, plain)
    tidy = rb'(?>%b|="[^"%b\r\n]*+"|[^"%b\r\n]*+)' % (quoted, mark, mark)
    record = rb"(%b(?:%b%b)*+)(?:\r\n|\n|\r|\Z)" % (cell, mark, cell)
    well_formed = rb"%b(?:%b%b)*+" % (tidy, mark, tidy)
    return re.compile(cell), re.compile(record), re.compile(well_formed), re.compile(rb"%b(%b)" % (mark, cell))


def find_exactly(text: bytes, separator: bytes, last: bool, most: int = 0) -> Records:
    """The same record by record, for pieces in which quotation marks stand where they should not, or for a few."""
    _, record, tidy, _ = patterns(separator)
    found, at = [], 0
    while at < len(text) and not (most and len(found) == most):
        match = record.match(text, at)
        if match is None or (not last and match.end() == len(text) and not text.endswith(b"\n")):
            break
        body = match[1]
        stray = b'"' in body and tidy.fullmatch(body) is None
        found.append((at, match.end(1), _count(body, separator), stray))
        at = match.end()
    if not found:
        return _nothing()
    starts, ends, cells, stray = (np.array(column) for column in zip(*found, strict=True))
    return Records(starts, ends, cells, stray, at)


def _count(body: bytes, separator: bytes) -> int:
    if b'"' in body:
        return len(split_record(body, separator))
    return body.count(separator) + 1 if body else 0


def split_record(body: bytes, separator: bytes) -> list[bytes]:
    """The cells of one whole record, as they are written."""
    if b'"' not in body:
        return body.split(separator)
    cell, _, _, following = patterns(separator)
    first = cell.match(body)
    return [first[0], *following.findall(body, first.end())]


def unquoted(cell: bytes) -> bytes:
    """What a cell says: without the marks around it, and with one for each pair inside."""
    if not cell.startswith(b'"'):
        return cell
    inside = re.match(rb'"([^"]*+(?:""[^"]*+)*+)"', cell)
    return inside[1].replace(b'""', b'"') + cell[inside.end() :]


def unclosed_column(text: bytes, separator: bytes) -> int:
    """In a record that never ends, the number of the column whose quotation mark is not closed, or 0."""
    cell, at, column = patterns(separator)[0], 0, 1
    while at < len(text):
        at = cell.match(text, at).end()
        if text[at : at + 1] != separator:
            return column if text[at : at + 1] == b'"' else 0
        at, column = at + 1, column + 1
    return 0
