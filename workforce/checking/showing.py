"""Which cells at fault may be shown: those that look like a code, a small number or a date, and a few plain words.

People type into the wrong column, so a name, an insurance number, a postcode or the number of a register can stand
where a code belongs. Columns that identify anybody are never shown at all (`Column.shows`); of all others, only what
could not be any of those. What is hidden is still told, with its row and column.
"""

import re

LONGEST_SHOWN = 60
LETTERS_SHOWN, SIGNS_SHOWN = 2, 6  # of a code: initials and a few digits say nothing of anybody
WORDS = """yes no y n none unknown known not nil n/a na n/k nk tbc true false new update nochange unchecked delete
chgsub amend old male female man woman other full part time days day hours hour weeks months years per week month year
annual annually hourly weekly monthly permanent temporary fixed term bank agency casual zero level entry see above below
ditto blank error name value ref div num null""".split()
_NUMBER = r"[-+£]?(?:\d{1,6}|\d{1,3}(?:,\d{3})?)(?:\.\d{1,6})?[%]?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = rf"\d{{1,4}}[-/. ]?(?:\d{{1,2}}|{_MONTH})[-/. ]\d{{1,4}}(?:[T ]\d\d:\d\d(?::\d\d)?)?|\d{{1,2}}{_MONTH}\d{{2,4}}"
_LOCATION = r"\d-\d{8,12}"  # of CQC: a place that is on a public register
_PLAIN = re.compile(rf"(?:{_NUMBER}|{_DATE}|{_LOCATION})", re.IGNORECASE | re.ASCII)
_REFERENCE = re.compile(r"[A-Z]{0,4}[-_/ ]?\d{1,5}(?:[-_/ ][A-Z0-9]{1,2}|[A-Z]{1,2})?", re.IGNORECASE | re.ASCII)
_PARTS = re.compile(r"[\s;,:/#?!()\[\]<>=.*+-]+")


def may_show(text: str, *, reference: bool = False) -> bool:
    """`reference`: it stands where the sender's own number of a workplace belongs."""
    if reference and _REFERENCE.fullmatch(text):
        return True
    return all(_is_harmless(part.strip()) for part in text.split(";"))


def _is_harmless(part):
    if not part or _PLAIN.fullmatch(part):
        return True
    if len(part) <= SIGNS_SHOWN and part.isascii():
        return sum(map(str.isalpha, part)) <= LETTERS_SHOWN or _is_wordy(part)
    return _is_wordy(part)


def _is_wordy(part):
    """Nothing but words that everybody uses, and short numbers between them."""
    words = [word for word in _PARTS.split(part.casefold()) if word]
    return all(word in WORDS or (word.isdecimal() and len(word) <= 4) for word in words) and len(words) <= 6


def shown(text: str, *, reference: bool = False) -> str | None:
    """The text as it may be shown, or nothing."""
    if not may_show(text, reference=reference):
        return None
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
