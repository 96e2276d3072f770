"""From words to the value of a cell: what somebody wrote in a spreadsheet, as the plan keeps it.

Forms choose things from lists; a spreadsheet can only name them. So an aim is found by its number or its words, a
partner by the name it has here, a priority or rating by the words that plans use. What nobody can know is refused
with a sentence that lists what is known.
"""

import re
import unicodedata

from actions.proposing import same_words
from actions.reading.phrases import priority_of, status_of
from partners.text import clean_text

NUMBER = re.compile(r"^(?:aim\s*)?(\d{1,6})\s*[.):]?$", re.IGNORECASE)
KNOWN_AS = {"aims": "an aim", "themes": "a theme or priority", "organisations": "a partner"}
MOST_NAMED, LONGEST_NAMED = 8, 50


def cell_of(column, words, lookups):
    """The cell's value for words as typed. Raises Refused: what is wrong, and what would work."""
    read = READERS.get(column.kind)
    return column.clean(read(column, words, lookups) if read else words, lookups)


def unseen_in(words):
    """Whether there are signs in the words that cannot be seen and are not kept."""
    kept = clean_text(words)
    signs = {sign for sign in words if unicodedata.category(sign) in ("Cc", "Cf", "Cs")} - set("\n\r\t")
    return any(sign not in kept for sign in signs)


def _choice(column, words, lookups):
    """The plan's own words, or those of partners' plans: “H”, “Amber”, “Not started”."""
    read = {"priority": priority_of, "status": status_of}.get(column.key)
    value, is_understood = read(words) if read else (None, False)
    return (value or "") if is_understood else words


def _one(column, words, lookups):
    words = clean_text(words, keep_lines=False)
    if not words:
        return None
    found = _by_number(column, words, lookups) or _by_name(column, words, lookups)
    if len(found) == 1:
        return found[0]
    if found:
        raise column.refuse(f"“{words[:60]}” names {len(found)} of the {column.among}.", "Use its number.")
    raise column.refuse(f"“{words[:60]}” is not {KNOWN_AS[column.among]} here.", _what_works(column, lookups))


def _by_number(column, words, lookups):
    number = NUMBER.match(words)
    names = column.options(lookups).items() if number and column.among == "aims" else ()
    return [pk for pk, name in names if name.startswith(f"{int(number[1])}. ")]


def _by_name(column, words, lookups):
    """Those of this name, whatever its capitals; an aim also when its number has changed since."""
    options = column.options(lookups)
    exact = [pk for pk, name in options.items() if name.casefold() == words.casefold()]
    return exact or [pk for pk, name in options.items() if same_words(name) == same_words(words)]


def _what_works(column, lookups):
    names = [name if column.among == "organisations" else _quoted(name) for name in column.options(lookups).values()]
    if not names:
        return "Leave it blank: there is none yet."
    more = ["…"] if len(names) > MOST_NAMED else []
    return f"Use {', '.join([*names[:MOST_NAMED], *more])}, or leave it blank."


def _quoted(name):
    return f"“{name}”" if len(name) <= LONGEST_NAMED else f"“{name[:LONGEST_NAMED].rstrip()}…”"


def _many(column, words, lookups):
    return [_one(column, name, lookups) for name in _names_in(column, words, lookups)]


def _names_in(column, words, lookups):
    """Names one to a line or with semicolons between; with commas where what stands between is no one name."""
    names = []
    for piece in re.split(r"[\n;]", words):
        parts = piece.split(",")
        are_many = len(parts) > 1 and not _by_name(column, clean_text(piece, keep_lines=False), lookups)
        names += parts if are_many else [piece]
    return [name for name in names if name.strip()]


def _officers(column, words, lookups):
    return [name for name in re.split(r"[\n;]", words) if name.strip()]


READERS = {"choice": _choice, "one": _one, "many": _many, "officers": _officers}
