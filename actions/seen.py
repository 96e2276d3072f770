"""What the editor of one of our own files had seen: its rows as they were when the file was written.

A row's mark names the plan's newest change of that moment, so the history tells the row, in values as files have them
and in the words that the file had for them. Nothing of this travels in the file.
"""

from collections import defaultdict
from dataclasses import dataclass

from actions.columns import BY_KEY, cells_of
from actions.past import newest_change, rows_as_seen
from actions.reading.proposal import SeenRow
from partners.models import Act, Change


@dataclass(frozen=True)
class Seen:
    """A row as somebody saw it: its cells, the same as files have them, and its latest report (None before one)."""

    cells: dict
    as_read: SeenRow
    update: int | None


def known_identities(strategy, identities):
    """Those that name a row of this plan at a change that it has had. Anything else is another plan's mark."""
    newest = newest_change(strategy)
    rows = set(strategy.actions.values_list("pk", flat=True))
    return {
        identity
        for identity in identities
        if identity.strategy == strategy.pk and identity.action in rows and 0 < identity.change <= newest
    }


def seen_by(strategy, identities, lookups):
    """{row: `Seen`} for identities of different rows; a row that was not there yet at its change is left out."""
    changes = {identity.action: identity.change for identity in identities}
    if not changes:
        return {}
    rows, reports = rows_as_seen(strategy, changes), _reports_seen(strategy, changes)
    names = {kind: _wordings(strategy, kind) for kind in HEADINGS}
    found = {}
    for pk, row in rows.items():
        cells = {key: row[key] for key in BY_KEY if key in row}
        update, words = reports.get(pk, (None, ""))
        found[pk] = Seen(cells, _as_read(cells, words, names, lookups), update)
    return found


HEADINGS = {"aim": "aims", "theme": "themes"}


def seen_now(strategy, actions, lookups):
    """The same of rows as they stand, in the words of today: {row: values and words as files have them}."""
    names = {
        kind: {pk: [text] for pk, text in getattr(strategy, many).values_list("pk", "text")}
        for kind, many in HEADINGS.items()
    }
    return {
        action.pk: _as_read(
            cells_of(action), action.latest_update.words if action.latest_update else "", names, lookups
        )
        for action in actions
    }


def _reports_seen(strategy, changes):
    """{row: (number, words) of its latest report} as they were at those changes."""
    lines = Change.objects.filter(
        partnership=strategy.partnership_id, subject="action", subject_id__in=changes, act=Act.ADDED, field="update"
    )
    found = {}
    for pk, row, report, at in lines.order_by("pk").values_list("pk", "subject_id", "after", "at"):
        if pk <= changes[row] and (row not in found or (at, report["update"]) > found[row][0]):
            found[row] = ((at, report["update"]), report["words"])
    return {row: (key[1], words) for row, (key, words) in found.items()}


def _wordings(strategy, kind):
    """{aim or theme: all that it has ever said}: a file may have the words of before somebody changed them."""
    headings = getattr(strategy, HEADINGS[kind]).values_list("pk", "text")
    wordings = defaultdict(list, {pk: [text] for pk, text in headings})
    lines = Change.objects.filter(
        partnership=strategy.partnership_id, subject=kind, subject_id__in=list(wordings), field="text"
    )
    for pk, before in lines.order_by("-pk").values_list("subject_id", "before"):
        wordings[pk].append(before)
    return wordings


def _as_read(cells, progress, names, lookups):
    hung = {key: names[key].get(cells.get(key), [""]) for key in ("aim", "theme")}
    words = {key: column.in_words(cells.get(key), lookups) for key, column in BY_KEY.items() if key != "reading"}
    partners = words.pop("contributors")
    wordings = {key: (said,) for key, said in (words | {"partners": partners, "progress": progress}).items()} | hung
    values = {key: said[0] or None for key, said in wordings.items()} | {
        "aim": hung["aim"][0] or hung["theme"][0] or None,
        "priority": cells.get("priority") or None,
        "status": cells.get("status") or None,
        "leads": [one["name"] for one in cells.get("leads", [])],
        "partners": sorted(name for name in partners.split("\n") if name),
    }
    return SeenRow(values, wordings)
