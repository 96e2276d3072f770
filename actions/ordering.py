"""Orders and headings that rows of the plan can stand in.

Rows are sorted and grouped in Python, because most orders are of words that only the partnership's lookups know (what
it calls an organisation, where an aim stands). Each order and each grouping is made for one set of lookups and then
asked about every row, so a thousand rows take a few milliseconds.
"""

import re
from hashlib import blake2s
from operator import attrgetter

from actions.columns import FORM_COLUMNS
from actions.models import Priority, Status

PLAN_ORDER = "plan"
# The worst first; what nobody has reported counts as blank.
BY_SEVERITY = (Status.RED, Status.AMBER, Status.GREEN, Status.BLUE)
BLANK = (None, "", [])
_FIGURES = re.compile(r"(\d+)")


def natural(text):
    """“2b” before “10”: figures count as numbers, and come before words."""
    parts = enumerate(_FIGURES.split(text.casefold()))
    return [(0, int(part), "") if place % 2 else (1, 0, part) for place, part in parts if part]


def first_officer(action):
    officers = action.related("officers")
    return officers[0].name if officers else ""


# --- Sorting: each makes, for some lookups, the function that says what a row is compared by -----------------------


def _words(key):
    return lambda lookups: lambda action: getattr(action, key).casefold()


def _rank(key, order):
    places = {value: place for place, value in enumerate(order)}
    return lambda lookups: lambda action: places.get(getattr(action, key))


def _heading(key, among):
    """Headings of the strategy stand in its own order."""

    def made_for(lookups):
        places = {pk: place for place, pk in enumerate(getattr(lookups, among))}
        return lambda action: places.get(getattr(action, key))

    return made_for


def _organisation(lookups):
    return lambda action: lookups.organisations.get(action.lead_organisation_id, "").casefold()


def _contributors(lookups):
    known = lookups.organisations
    return lambda action: sorted(known.get(one.pk, "").casefold() for one in action.related("contributors"))


SORTS = {column.key: _words(column.key) for column in FORM_COLUMNS if column.kind in ("text", "long")}
SORTS |= {
    "ref": lambda lookups: lambda action: natural(action.ref),
    "aim": _heading("aim_id", "aims"),
    "theme": _heading("theme_id", "themes"),
    "timescale_text": lambda lookups: attrgetter("due_on"),
    "priority": _rank("priority", Priority.values),
    "status": _rank("status", BY_SEVERITY),
    "lead_organisation": _organisation,
    "leads": lambda lookups: lambda action: first_officer(action).casefold(),
    "contributors": _contributors,
    "changed": lambda lookups: attrgetter("changed"),
}
SORT_LABELS = {PLAN_ORDER: "Plan order"} | {column.key: column.label for column in FORM_COLUMNS}
SORT_LABELS |= {"timescale_text": "Due date", "changed": "Last changed"}


def in_order(rows, sort, reverse, lookups):
    """Rows that stand in plan order, sorted; those with nothing to compare come last whichever way round."""
    if sort == PLAN_ORDER:
        return rows[::-1] if reverse else rows
    compared = SORTS[sort](lookups)
    pairs = [(compared(row), row) for row in rows]
    known = [pair for pair in pairs if pair[0] not in BLANK]
    known.sort(key=lambda pair: pair[0], reverse=reverse)
    return [row for _, row in known] + [row for value, row in pairs if value in BLANK]


# --- Grouping: each makes, for some lookups, all its headings ({key: title}) and the function from a row to its key --


def _aims_then_themes(lookups):
    titles = {f"aim-{pk}": f"Aim {words}" for pk, words in lookups.aims.items()}
    titles |= {f"theme-{pk}": words for pk, words in lookups.themes.items()} | {"gone": "No longer in the strategy"}

    def key_of(action):
        key = f"aim-{action.aim_id}" if action.aim_id else f"theme-{action.theme_id}"
        return key if key in titles else "gone"

    return titles, key_of


def _among(prefix, options, key, blank):
    """Headings from a list, and one for rows with none of them."""
    titles = {f"{prefix}-{value}": words for value, words in options} | {f"{prefix}-none": blank}

    def key_of(action):
        found = f"{prefix}-{getattr(action, key)}"
        return found if found in titles else f"{prefix}-none"

    return titles, key_of


def _themes(lookups):
    return _among("theme", lookups.themes.items(), "theme_id", "No theme or priority")


def _organisations(lookups):
    named = sorted(lookups.organisations.items(), key=lambda one: one[1].casefold())
    return _among("organisation", named, "lead_organisation_id", "No lead organisation")


def _statuses(lookups):
    return _among("status", [(code, code.label) for code in BY_SEVERITY], "status", "Not reported")


def _priorities(lookups):
    return _among("priority", [(code, f"{code.label} priority") for code in Priority], "priority", "No priority set")


def _officers(lookups):
    """Names are free text: their keys are made from them, and their titles are known once the rows are."""
    titles = {}

    def key_of(action):
        name = first_officer(action)
        key = f"officer-{blake2s(name.casefold().encode(), digest_size=6).hexdigest()}" if name else "officer-none"
        titles.setdefault(key, name or "No responsible officer")
        return key

    return titles, key_of


GROUPINGS = {
    "aim": _aims_then_themes,
    "theme": _themes,
    "organisation": _organisations,
    "officer": _officers,
    "status": _statuses,
    "priority": _priorities,
    "none": lambda lookups: ({"all": ""}, lambda action: "all"),
}
GROUP_LABELS = {
    "aim": "Aim",
    "theme": "Theme or priority",
    "organisation": "Lead organisation",
    "officer": "Responsible officer",
    "status": "Status",
    "priority": "Priority",
    "none": "No groups",
}


def in_groups(rows, group, lookups):
    """Rows under their headings: [(key, title, rows)], empty ones left out, each group's rows in the order given."""
    titles, key_of = GROUPINGS[group](lookups)
    found = {}
    for row in rows:
        found.setdefault(key_of(row), []).append(row)
    keys = sorted(titles, key=lambda key: _by_name(key, titles)) if group == "officer" else titles
    return [(key, titles[key], found[key]) for key in keys if key in found]


def _by_name(key, titles):
    return key.endswith("-none"), titles[key].casefold()
