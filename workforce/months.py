"""Steps of whole months from a day."""

import calendar
from datetime import date


def months_on(day: date, months: int) -> date:
    """The day so many months later (or, below nought, earlier). The last day of a month leads to last days of months.

    31 March and six months: 30 September, and six more: 31 March. 30 January and one month: 28 February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))
