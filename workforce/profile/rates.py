"""The formulas of rates, and what is only known to its printed rounding: pure, so that published figures test them.

Source of the definitions: Skills for Care (rates over employees), NHS England and the Nuffield Trust (leaver rate on a
mean base, stability index, sickness rate).
"""

from dataclasses import dataclass
from math import inf

HIGHEST_RATE = 9.95  # Skills for Care take a workplace with more for a slip of the pen


def _share(count, base):
    return count / base if base else None


def vacancy_rate(vacancies, employees):
    """V / (E + V), as a share; None where there is neither. Employees and vacancies on the same day."""
    return _share(vacancies, employees + vacancies)


def turnover_rate(leavers, employees):
    """L / E: leavers of twelve months / employees at their end, as a share; None without employees."""
    return _share(leavers, employees)


def starters_rate(starters, employees):
    """S / E: starters of twelve months / employees at their end, as a share; None without employees."""
    return _share(starters, employees)


def leaver_rate(leavers, headcount_before, headcount_now):
    """The NHS leaver rate: leavers / ((headcount a year ago + headcount now) / 2), as a share."""
    return _share(leavers, (headcount_before + headcount_now) / 2)


def stability_index(still_there, before):
    """Staff of a year ago who are still there / staff of a year ago, as a share. No complement of the leaver rate."""
    return _share(still_there, before)


def exits(leavers, share_staying):
    """Who leaves the sector and not just the employer: leavers x (1 - share recruited from within it)."""
    return leavers * (1 - share_staying)


def sickness_rate(days_lost, days_available):
    """WTE days lost / WTE days available, as a share: calendar days, as the NHS counts them."""
    return _share(days_lost, days_available)


def assistants(recipients, share_employing, for_each):
    """(employers, posts): people with a direct payment x share who employ; these x assistants of each.

    Source: Skills for Care, Individual employers and personal assistants.
    """
    employers = recipients * share_employing
    return employers, employers * for_each


@dataclass(frozen=True)
class Interval:
    """What a figure may have been before it was rounded. Arithmetic gives all that may have come of it (Moore 1966)."""

    low: float
    high: float

    @classmethod
    def of(cls, printed, step):
        """Of a figure printed to the nearest `step`."""
        return cls(printed - step / 2, printed + step / 2)

    def __add__(self, other):
        return Interval(self.low + other.low, self.high + other.high)

    def __rsub__(self, number):
        return Interval(number - self.high, number - self.low)

    def __mul__(self, other):
        ends = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other):
        if other.low <= 0 <= other.high:
            return Interval(-inf, inf)
        return self * Interval(1 / other.high, 1 / other.low)

    def meets(self, other):
        return self.low <= other.high and other.low <= self.high


def base_of_rate(count: Interval, rate: Interval) -> Interval:
    """What a rate must have been a share of: count / rate."""
    return count / rate


def employees_of_vacancy_rate(vacancies: Interval, rate: Interval) -> Interval:
    """Employees that a vacancy rate V / (E + V) implies: V x (1 / rate - 1)."""
    return vacancies * Interval(1 / rate.high - 1, 1 / rate.low - 1)
