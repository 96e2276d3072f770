"""Released tables for tests, made the way the register gives them back; and what a report is about."""

from workforce.disclosure.released import restored
from workforce.reporting.content import about_of

PARTNERS = {"council": "Council", "trust": "NHS trust", "homes": "Care homes together"}
AGES = {
    "under_25": "Under 25",
    "25_34": "25 to 34",
    "35_44": "35 to 44",
    "45_54": "45 to 54",
    "55_and_over": "55 and over",
}
HIDDEN = "hidden"


def table_of(measure="posts", figures=None, *, rows="partner", columns="", unit="posts", method="exact", **more):
    """`figures`: {row: value} or {row: {column: value}}; None as a row or column is the total, HIDDEN a hidden cell."""
    figures = {None: 1204, "council": 804, "trust": 395, "homes": HIDDEN} if figures is None else figures
    cells = [cell for row, value in figures.items() for cell in _cells(row, value)]
    named = {"label": "", "note": "", "source": ""}
    labels = {"row_labels": _labels(cells, 0, PARTNERS), "column_labels": _labels(cells, 1, AGES)}
    shape = {"measure": measure, "rows": rows, "columns": columns, "unit": unit, "method": method}
    return restored(shape | labels | named | {"cells": cells} | more)


def _cells(row, value):
    by_column = value if isinstance(value, dict) else {None: value}
    return [[row, column, None if one == HIDDEN else one, one == HIDDEN] for column, one in by_column.items()]


def _labels(cells, place, known):
    keys = dict.fromkeys(cell[place] for cell in cells if cell[place] is not None)
    return {key: known.get(key, key.replace("_", " ").capitalize()) for key in keys}


def ages_of(**more):
    """Ages by partner, with cells hidden."""
    row = dict.fromkeys(AGES, 0)
    figures = {
        None: row | {None: 1204, "under_25": 111, "25_34": 240, "35_44": 262, "45_54": 310, "55_and_over": 281},
        "council": row | {None: 804, "under_25": 61, "25_34": 160, "35_44": 182, "45_54": 210, "55_and_over": 191},
        "trust": row | {None: 395, "under_25": HIDDEN, "25_34": 78, "35_44": 77, "45_54": 98, "55_and_over": HIDDEN},
        "homes": dict.fromkeys([None, *AGES], HIDDEN),
    }
    return table_of("age_band", figures, columns="age_band", **{"label": "Age of people in post"} | more)


def share_of(measure="share_over_50", figures=None, **more):
    figures = {None: 36.5, "council": 41.2, "trust": 27.2, "homes": HIDDEN} if figures is None else figures
    return table_of(measure, figures, unit="%", **{"label": "Posts held by people aged 50 or over"} | more)


def pay_of():
    def row(*values):
        return dict(zip(("p10", "p25", "p50", "p75", "p90"), values, strict=True))

    figures = {
        None: row(11.45, 11.9, 13.05, 18.4, 24.6),
        "direct_care_support": row(11.45, 11.6, 12.1, 12.8, 13.9),
        "manager": row(HIDDEN, 17.2, 19.55, 23.1, HIDDEN),
        "regulated": row(HIDDEN, HIDDEN, 21.05, HIDDEN, HIDDEN),
        "other": row(*[HIDDEN] * 5),
    }
    more = {"rows": "role_group", "columns": "percentiles", "unit": "£ an hour", "label": "Hourly pay"}
    words = {"p10": "Lowest tenth up to", "p25": "Lower quarter up to", "p50": "Half up to"}
    words |= {"p75": "Three quarters up to", "p90": "Nine tenths up to"}
    return table_of("hourly_pay", figures, column_labels=words, **more)


def estimate_of(measure="estimate_share_over_50", **values):
    figures = {"unweighted": 36.5, "weighted": 37.9, "low": 21.9, "high": 61.9} | values
    words = {"unweighted": "As sent in", "weighted": "Weighted", "low": "At the least", "high": "At the most"}
    more = {"rows": "", "columns": "estimate", "unit": "%", "label": "People aged 50 or over: the whole sector"}
    return table_of(measure, {None: figures}, column_labels=words, **more)


def about(**more):
    kept = {
        "partnership": "Northbridge Health and Care Partnership",
        "audience": "partnership",
        "as_at": "2026-03-31",
        "partners_in": [
            {"name": "Council", "source": "council HR", "as_at": "2026-03-31"},
            {"name": "NHS trust", "source": "ESR", "as_at": "2026-03-31"},
        ],
        "partners_out": [{"name": "Hospice", "why": "has sent no return for this date"}],
        "thresholds": {"posts": 5, "special": 10, "flow": 10, "rounded_to": 0},
        "definitions": "2026.1",
    }
    return about_of(kept | more)
