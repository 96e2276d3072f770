"""Figures that are made of released ones: percentages, means and percentiles, and how finely they are given.

They are never made of what was counted: a percentage of rounded counts tells nothing that the counts do not tell. How
finely it is given goes by its base, because rounding counts to 5 moves it by up to 400 / base points.
"""

import math

from workforce.disclosure.released import Cell

PENCE = 0.05  # pay is given to the nearest five pence
DAYS = 0.1  # means to one decimal: with ten people or more every count near the shown one explains such a mean
_MIDDLE = {"mean", "p50", "median"}
_QUARTERS = {"p25", "p75"}


def nearest(number, step):
    """The multiple of the step that is nearest, the higher one of two: nearest(13, 5) = 15, nearest(12.5, 5) = 15."""
    return round(math.floor(number / step + 0.5 + 1e-9) * step, 10)


def percent(numerator, denominator, rules):
    """100 · numerator / denominator of released counts; None where the base does not bear a percentage.

    Whole per cents from rules.fewest_for_percent (50), one decimal from rules.fewest_for_decimals (400); between 0 and
    100, because the two counts are rounded apart and a part can come out as more than the whole.
    """
    if denominator < rules.fewest_for_percent or denominator <= 0:
        return None
    exact = min(max(100 * numerator / denominator, 0), 100)
    return nearest(exact, 0.1) if denominator >= rules.fewest_for_decimals else int(nearest(exact, 1))


def rate(numerator, denominator, rules):
    """As `percent`, but not held below 100: of flows there can be more than of people, and nobody is in both."""
    whole = percent(0, denominator, rules)
    if whole is None:
        return None
    step = 0.1 if denominator >= rules.fewest_for_decimals else 1
    found = nearest(100 * numerator / denominator, step)
    return found if step < 1 else int(found)


def ratio_cell(row, numerators, denominators, rules, *, made=percent, least=0, column=None):
    """A cell of a share or rate: sums of released values, of which each None is a hidden one.

    Hidden where anything that it is made of is hidden or the base is below `least` or too small for a percentage; with
    a base of nobody there is nothing to give.
    """
    if any(value is None for value in (*numerators, *denominators)):
        return Cell(row, column, None, hidden=True)
    base = sum(denominators)
    if base <= 0:
        return Cell(row, column, None)
    value = made(sum(numerators), base, rules) if base >= least else None
    return Cell(row, column, value, hidden=value is None)


def fewest_behind(column, rules):
    """The smallest base on which a mean or percentile may stand: ten posts on either side of it."""
    if column in _MIDDLE or not column.startswith("p"):
        return rules.fewest_for_mean
    return rules.fewest_for_quartiles if column in _QUARTERS else rules.fewest_for_deciles


def may_be_summarised(summary, column, rules, *, least=0):
    """Whether a mean or percentile may be given: enough posts behind it, three contributors, none that is nearly all.

    Of the contributions only the largest share s is known. Where 1 - s < p · s the rule p% is broken whatever the
    others gave, so that is hidden.
    """
    enough = summary.base >= max(fewest_behind(column, rules), least)
    dominated = 1 - summary.largest_share < rules.p_percent * summary.largest_share
    return enough and summary.contributors >= rules.fewest_contributors and not dominated


def summary_cells(summaries, columns, rules, *, step=DAYS, least=0):
    """Cells for each summary and column, to the nearest step: a value, hidden, or nothing where none is known.

    columns: name of a figure of the summaries -> its key in the table, None for the total.
    """
    cells = []
    for summary in summaries:
        for column, key in columns.items():
            cells.append(_summary_cell(summary, column, key, rules, step, least))
    return tuple(cells)


def _summary_cell(summary, column, key, rules, step, least):
    value = summary.figures.get(column)
    if value is None or math.isnan(value):
        return Cell(summary.row, key, None)
    if not may_be_summarised(summary, column, rules, least=least):
        return Cell(summary.row, key, None, hidden=True)
    return Cell(summary.row, key, nearest(value, step))


def step_of(unit):
    """How finely figures of this unit are given."""
    return PENCE if unit.startswith("£") else DAYS


def estimate_cell(estimate, column, value, rules, *, whole_per_cents):
    """A cell of an estimated share of the whole sector (0 to 1), in per cent; `column` its key in the table.

    Whole per cents for the public, because an exact share with a decimal would tell the count behind it.
    """
    if value is None:
        return Cell(None, column, None)
    few = estimate.base < rules.fewest_for_percent or estimate.contributors < rules.fewest_contributors
    if few:
        return Cell(None, column, None, hidden=True)
    whole = whole_per_cents or estimate.base < rules.fewest_for_decimals
    return Cell(None, column, int(nearest(100 * value, 1)) if whole else nearest(100 * value, 0.1))
