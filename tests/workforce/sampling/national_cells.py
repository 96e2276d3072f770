"""What the rules of both kinds of national file share."""

import csv
import re
from datetime import date

WITHOUT_HEALTHCARE_SERVICE = {"10", "13", "19", "60", "72"}
YES_NO_UNKNOWN = {"", "1", "2", "999"}
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9]{1,2}[A-Z]? [0-9][A-Z]{2}")
ROLES = set(
    "1 2 3 4 5 6 7 8 9 10 11 15 16 17 23 24 25 26 27 34 35 36 37 38 39 40 42 43 44 45 46 47 48 49 50 51 52".split()
)


def read_rows(path):
    """Row number as Excel counts, and cells."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(number, row) for number, row in enumerate(csv.DictReader(file), start=2)]


def day_of(text):
    try:
        return date(int(text[6:10]), int(text[3:5]), int(text[:2])) if re.fullmatch(r"\d\d/\d\d/\d{4}", text) else None
    except ValueError:
        return None


def number_or_nothing(text, unknown=0.0):
    try:
        return unknown if text == "999" else float(text)
    except ValueError:
        return 0.0
