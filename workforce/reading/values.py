"""What a cell of a workbook holds, as the text that the same table would have as CSV in this country."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

DIGITS_KEPT = 15  # what a spreadsheet keeps of a number


def texts_of(values: tuple) -> list[str]:
    """A column. Most are text, and most values of the others come again and again."""
    if set(map(type, values)) == {str}:
        return list(values)
    return [value if type(value) is str else text_of(value) for value in values]


@lru_cache(maxsize=100_000, typed=True)
def text_of(value: object) -> str:
    """Whole numbers without a decimal point, dates as DD/MM/YYYY, true and false as Excel writes them."""
    return TEXTS[type(value)](value)


def _of_number(value: float) -> str:
    text = repr(value + 0.0).removesuffix(".0")
    return format(Decimal(text), "f") if "e" in text else text


def _of_date(value: datetime.date) -> str:
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def _of_moment(value: datetime.datetime) -> str:
    value = _rounded(value)
    return _of_date(value) if value.time() == datetime.time() else f"{_of_date(value)} {_of_time(value.time())}"


def _rounded(value: datetime.datetime) -> datetime.datetime:
    """To the second: a spreadsheet keeps moments as fractions of a day, which are never quite exact."""
    if not value.microsecond:
        return value
    whole = value.replace(microsecond=0)
    return whole + datetime.timedelta(seconds=1) if value.microsecond >= 500_000 and whole.year < 9999 else whole


def _of_time(value: datetime.time) -> str:
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def _of_span(value: datetime.timedelta) -> str:
    """Hours and minutes, as for hours that were worked: 37:30."""
    minutes = round(abs(value.total_seconds()) / 60)
    return f"{'-' if value.total_seconds() < 0 else ''}{minutes // 60}:{minutes % 60:02d}"


TEXTS: dict[type, Callable[[object], str]] = {
    str: str,
    float: _of_number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime.date: _of_date,
    datetime.datetime: _of_moment,
    datetime.time: _of_time,
    datetime.timedelta: _of_span,
    type(None): lambda _: "",
}


def long_numbers(values: tuple) -> list[int]:
    """Where numbers stand with more digits than a spreadsheet keeps: the last ones are not those that were typed."""
    numbers = [abs(value) for value in values if type(value) is float]
    if max(numbers, default=0) < 10**DIGITS_KEPT:
        return []
    return [at for at, value in enumerate(values) if type(value) is float and abs(value) >= 10**DIGITS_KEPT]
