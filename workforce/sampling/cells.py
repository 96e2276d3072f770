"""Columns of text, made all at once. Null is a blank cell."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

EPOCH = np.datetime64("1900-01-01", "D")


def words(choices, index, where=None):
    """The word at `index` for each row; blank where `where` is false or the word is empty."""
    source = pa.array([word or None for word in choices], pa.string())
    return source.take(pa.array(index, mask=None if where is None else ~where))


def numbers(values, where=None, width=0):
    """Whole numbers, with noughts in front up to `width`."""
    text = pc.cast(pa.array(values, mask=None if where is None else ~where), pa.string())
    return pc.utf8_lpad(text, width, "0") if width else text


def halves(doubled, where=None):
    """Numbers in halves, given doubled: 75 is 37.5, 74 is 37."""
    top = int(doubled.max(initial=0)) + 1
    return words([str(n // 2) + (".5" if n % 2 else "") for n in range(top)], doubled, where)


def pence(values, where=None):
    """Amounts in pence as pounds with two decimals."""
    top = int(values.max(initial=0)) + 1
    return words([f"{n // 100}.{n % 100:02}" for n in range(top)], values, where)


def dates(days, where=None, form="{2:02}/{1:02}/{0:04}"):
    """Days (datetime64[D]) as DD/MM/YYYY, or in another form of year, month, day."""
    if where is None:
        where = ~np.isnat(days)
    known = days[where]
    if not len(known):
        return blanks(len(days))
    first, last = known.min(), known.max()
    every = np.arange(first, last + np.timedelta64(1, "D")).astype(object)
    table = [form.format(day.year, day.month, day.day) for day in every]
    return words(table, np.where(where, (days - first).astype(np.int64), 0), where)


def blanks(many):
    return pa.nulls(many, pa.string())


def constant(word, many, where=None):
    return words([word], np.zeros(many, dtype=np.int64), where)


def glue(*parts, between=""):
    """Cells side by side; blank as soon as one of them is."""
    return pc.binary_join_element_wise(*parts, between)


def choose(*pairs):
    """For each row the column of the first condition that holds, else blank."""
    masks = pa.StructArray.from_arrays([pa.array(mask) for mask, _ in pairs], [str(n) for n in range(len(pairs))])
    return pc.case_when(masks, *(column for _, column in pairs))


def lists(rows, texts, many, between=";"):
    """One cell for each of `many` rows: the texts of that row in order. `rows` must be sorted; without texts: blank."""
    counts = np.bincount(rows, minlength=many)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), texts), between)
    return pc.if_else(pa.array(counts > 0), joined, pa.scalar(None, pa.string()))


def whole(column):
    """A column of a table as one array; not copied if it is one already (combine_chunks always copies)."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def write_csv(table, path, quoted=False):
    """Commas, no byte-order mark, line ends of Windows; around all cells quotation marks or, as the service, none."""
    style = "needed" if quoted else "none"
    options = pyarrow.csv.WriteOptions(quoting_style=style, quoting_header="none", eol="\r\n", batch_size=16384)
    pyarrow.csv.write_csv(table, path, options)


def add_months(days, months):
    """The same day that many months on, or the last day of that month (as calendars do it)."""
    start = days.astype("datetime64[M]")
    into = days - start.astype("datetime64[D]")
    month = start + months
    last = (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(month.astype("datetime64[D]") + into, last)


def years_before(day, years):
    """Day minus a number of years (fractions allowed, 365.25 days each), as days."""
    return day - np.round(np.asarray(years) * 365.25).astype("timedelta64[D]")


def year_of(days):
    return days.astype("datetime64[Y]").astype(np.int64) + 1970
