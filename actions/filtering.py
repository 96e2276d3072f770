"""Narrowing the plan to what somebody wants to look at."""

from django.db.models import Q

from actions.columns import COLUMNS

# The words of a row that a search looks through: every column of text.
SEARCHED = tuple(column.key for column in COLUMNS if column.kind in ("text", "long"))


def narrowed(rows, chosen, user, standing, today):
    """The rows that meet every chosen filter (the names are those of `FilterForm`)."""
    for name, value in chosen.items():
        rows = FILTERS[name](rows, value, user, standing, today)
    return rows


def _words(rows, value, user, standing, today):
    found = Q(officers__name__icontains=value)
    for field in SEARCHED:
        found |= Q(**{f"{field}__icontains": value})
    return rows.filter(found).distinct()


def _aim(rows, value, user, standing, today):
    field = {"a": "aim", "t": "theme"}[value[0]]
    return rows.filter(**{field: int(value[1:])})


FILTERS = {
    "q": _words,
    "aim": _aim,
    "priority": lambda rows, value, *_: rows.filter(priority=value),
    "status": lambda rows, value, *_: rows.filter(status="" if value == "none" else value),
    "lead": lambda rows, value, *_: rows.filter(lead_organisation=int(value)),
    "named": lambda rows, value, *_: rows.of_user(int(value)),
    "mine": lambda rows, value, user, *_: rows.of_user(user),
    "ours": lambda rows, value, user, standing, today: rows.of_organisations(standing.organisation_ids),
    "late": lambda rows, value, user, standing, today: rows.late(today),
}
