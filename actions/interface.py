"""A row of the plan under the keys that others rely on: the JSON export, the commands, the comparison of files."""

from actions.columns import COLUMNS
from actions.timescale import from_json


def interface_row(action, lookups):
    """A row under the keys that other systems rely on."""
    words = {column.key: column.in_words(column.stored(action), lookups) for column in COLUMNS}
    reading = from_json(action.reading) if action.reading else None
    aim = action.aim.text if action.aim_id else None
    theme = action.theme.text if action.theme_id else None
    return {
        "ref": action.ref or None,
        "aim": aim or theme,
        "theme": theme,
        "activity": action.activity,
        "expected_outcome": action.expected_outcome or None,
        "evidence": action.evidence or None,
        "timescale_text": action.timescale_text or None,
        "milestones": [
            {"label": one.label, "start": _iso(one.start), "due": _iso(one.due)} for one in reading.milestones
        ]
        if reading
        else [],
        "ongoing": bool(reading and reading.ongoing),
        "recurs": reading.recurs if reading else None,
        "resource_requirement": action.resource_requirement or None,
        "priority": action.priority or None,
        "leads": [officer.name for officer in action.related("officers")],
        "status": action.status or None,
        "progress": (action.latest_update.words or None) if action.latest_update else None,
        "lead_organisation": words["lead_organisation"] or None,
        "contributors": [name for name in words["contributors"].split("\n") if name],
    }


def _iso(day):
    return day.isoformat() if day else None


# The texts of a file that go into the plan's cells as they are.
TEXTS = (
    "ref", "activity", "expected_outcome", "evidence", "timescale_text", "resource_requirement", "priority", "status"
)  # fmt: skip


def cells_from(values, wanted, lookups):
    """The plan's cells from a file's values, for the keys wanted; aims and themes are found by `actions.applying`."""
    cells = {key: values[key] or "" for key in TEXTS if key in wanted}
    if "leads" in wanted:
        cells["leads"] = values["leads"]
    pks = {name: pk for pk, name in lookups.organisations.items()}
    if "partners" in wanted:
        cells["contributors"] = [pks[name] for name in values["partners"] if name in pks]
    if "lead_organisation" in wanted:
        cells["lead_organisation"] = pks.get(values["lead_organisation"])
    return cells
