"""The numbers that somebody finds in what was drawn or said, for holding them against the released ones."""

import re

from workforce.reporting.wording import figure

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers_in(text, *besides):
    """As they stand in a text, those in labels and the like (`besides`) taken out first."""
    for words in sorted(filter(None, besides), key=len, reverse=True):
        text = text.replace(words, " ")
    return {found.rstrip(",") for found in NUMBER.findall(text)}


def released_numbers(*tables):
    """As sentences and charts write them."""
    cells = [(cell, table) for table in tables for cell in table.cells if cell.value is not None]
    return {number for cell, table in cells for number in numbers_in(figure(cell.value, table.unit))}


def labels_of(*tables):
    return {
        label for table in tables for labels in (table.row_labels, table.column_labels) for label in labels.values()
    }


def values_in(chart):
    """Every number among the values that a chart is drawn from."""
    return {value for point in points_of(chart) for value in point.values() if type(value) in (int, float)}


def points_of(chart):
    """All values of a chart, those of its layers too."""
    if isinstance(chart, dict):
        own = chart["data"]["values"] if "data" in chart else []
        return own + [point for part in chart.values() for point in points_of(part)]
    return [point for part in chart for point in points_of(part)] if isinstance(chart, list) else []
