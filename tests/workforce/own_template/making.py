"""A row of our own template, filled as its guidance shows."""

from tests.workforce.returns import csv_text, read_files
from workforce.sources.own_template.blank import guidance

EXAMPLE = {cells[0]: cells[4] for cells, _ in guidance()}


def read_template(*rows, **more):
    return read_files({"posts.csv": csv_text(list(rows or (EXAMPLE,)))}, **more)
