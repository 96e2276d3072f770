"""What a worksheet shows for a stored value. Enough of number formats for a plan:

dates      day before month whatever the format's order, as it would show here; months and years alone as such;
           a time of day is left out
numbers    up to ten digits; decimals, thousands and per cent as formatted; a currency sign in front
others     as the value is written
"""

import math
import re
from datetime import date, datetime, timedelta

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

DATE_PATTERNS = (  # what a format names -> how it is shown, most exact first
    (r"d.*mmmm.*y|mmmm.*d.*y", lambda day: f"{day.day} {day:%B %Y}"),
    (r"d.*mmm.*y|mmm.*d.*y", lambda day: f"{day.day} {day:%b %Y}"),
    (r"d.*m.*y|m.*d.*y|y.*m.*d", lambda day: f"{day:%d/%m/%Y}"),
    (r"mmmm.*yyyy", lambda day: f"{day:%B %Y}"),
    (r"mmmm.*y", lambda day: f"{day:%B %y}"),
    (r"mmm.*yyyy", lambda day: f"{day:%b %Y}"),
    (r"mmm.*y", lambda day: f"{day:%b-%y}"),
    (r"m.*yyyy|y.*m", lambda day: f"{day:%m/%Y}"),
    (r"d.*mmm", lambda day: f"{day.day} {day:%b}"),
    (r"^mmmm+$", lambda day: f"{day:%B}"),
    (r"^mmm$", lambda day: f"{day:%b}"),
    (r"^y+$", lambda day: f"{day:%Y}"),
)


def format_of(number: int, custom: dict[int, str]) -> str:
    return custom.get(number) or BUILTIN_FORMATS.get(number, "General")


def as_date(stored: float, number_format: str, from_1904: bool) -> date | datetime | None:
    """The date behind a number, if its format shows one; None for a number, a time of day or a day out of range."""
    if not is_date_format(number_format) or not _names_a_day(number_format):
        return None
    try:
        found = from_excel(stored, MAC_EPOCH if from_1904 else WINDOWS_EPOCH)
    except (ValueError, OverflowError, TypeError):
        return None
    return None if isinstance(found, timedelta) or not isinstance(found, date) else found


def shown_date(day: date, number_format: str) -> str:
    pattern = _bare(number_format)
    return next((show(day) for known, show in DATE_PATTERNS if re.search(known, pattern)), f"{day:%d/%m/%Y}")


def shown_number(text: str, number_format: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    first = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format.split(";")[0])
    decimals = len(re.search(r"\.(0*)", first)[1]) if "." in first else 0
    if "%" in first:
        return f"{number * 100:.{decimals}f}%"
    if "0" not in first or number_format == "General":
        return _general(text, number)
    shown = f"{number:,.{decimals}f}" if "#,##" in first or "0,0" in first else f"{number:.{decimals}f}"
    sign = re.search(r"[£€$]", number_format)
    return f"{sign[0]}{shown}" if sign else shown


def _general(text: str, number: float) -> str:
    if abs(number) >= 1e15:
        return text
    return str(int(number)) if number == int(number) else f"{number:.10g}"


def _bare(number_format: str) -> str:
    """The format without colours, locale, literals and times: only the order of days, months and years."""
    first = number_format.split(";")[0].casefold()
    first = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|am/pm', " ", first)
    first = re.sub(r"h+\W*m+(\W*s+)?|m+\W*s+", "", first)
    return re.sub(r"[^dmy]+", " ", first).strip()


def _names_a_day(number_format: str) -> bool:
    return bool(re.search(r"[dmy]", _bare(number_format)))
