"""Dates in the usual form, read all at once: nearly every date is in it, and every file has columns of them."""

import numpy as np
import pyarrow as pa

LENGTH, SLASH = len("DD/MM/YYYY"), ord("/") - ord("0")
FIGURES = (0, 1, 3, 4, 6, 7, 8, 9)


def read_plain_days(texts: pa.StringArray) -> np.ndarray:
    """Days since 1970 of all texts that are a day of the calendar as DD/MM/YYYY; NaN for every other text.

    The day of the month is counted from the first of its month, and compared with the first of the next one.
    """
    found = np.full(len(texts), np.nan)
    starts, letters = _bytes_of(texts)
    rows = np.flatnonzero(np.diff(starts) == LENGTH)
    figures = letters[starts[rows][:, None] + np.arange(LENGTH)].astype(np.int16) - ord("0")
    is_form = (figures[:, 2] == SLASH) & (figures[:, 5] == SLASH)
    is_form &= ((figures[:, FIGURES] >= 0) & (figures[:, FIGURES] <= 9)).all(axis=1)
    rows, figures = rows[is_form], figures[is_form]
    day, month = figures[:, 0] * 10 + figures[:, 1], figures[:, 3] * 10 + figures[:, 4]
    year = figures[:, 6:] @ np.array([1000, 100, 10, 1])
    is_month = (month >= 1) & (month <= 12) & (year >= 1)
    rows, day, months = rows[is_month], day[is_month], ((year - 1970) * 12 + month - 1)[is_month]
    first, following = _first_day(months), _first_day(months + 1)
    is_day = (day >= 1) & (day <= following - first)
    found[rows[is_day]] = (first + day - 1)[is_day]
    return found


def _first_day(months):
    """Days since 1970 of the first of a month, from months since January 1970."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _bytes_of(texts):
    """(where each text begins and the last one ends, the bytes of all)."""
    if not len(texts):
        return np.zeros(1, np.int32), np.zeros(0, np.uint8)
    _, offsets, letters = texts.buffers()
    starts = np.frombuffer(offsets, np.int32, count=len(texts) + 1, offset=4 * texts.offset)
    return starts, np.frombuffer(letters or b"", np.uint8)
