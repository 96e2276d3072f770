"""What a plan file would change: read by the pure readers, put right by what the planner knows, compared with the plan.

Nothing is written here. The proposal is plain JSON, so that it can wait in its row until somebody has looked at it.
"""

import re

from django.db.models import Max

from actions.column_mapping import mapping_of
from actions.columns import BY_KEY, LONGEST_TEXT, cells_of, document_headings
from actions.editing import Edit, lookups_for, will_be_merged
from actions.interface import cells_from, interface_row
from actions.known_names import KnownNames
from actions.past import last_writers
from actions.reading.pasted import read_pasted
from actions.reading.plan import as_interface, read_plan
from actions.reading.proposal import ExistingRow, propose
from actions.returning import returned_rows, rows_named, taken_out_of
from actions.timescale import to_json
from partners.refusals import Refused
from partners.text import clean_text


def proposal_for(strategy, name, content):
    """Read a file and compare it with the plan: everything the preview shows and *apply* needs."""
    return compared(strategy, read_for(strategy, name, content))


def read_for(strategy, name, content):
    """The plan in a file, as this strategy's own words and its partnership's own headings help to read it."""
    return read_plan(name, content, **_helped_by(strategy))


def pasted_for(strategy, html, text):
    """The plan in a table that was copied."""
    return read_pasted(html, text, **_helped_by(strategy))


def _helped_by(strategy):
    mapping = mapping_of(strategy.partnership)
    return {"headings": document_headings(), "mapping": mapping, "period": strategy.period}


def compared(strategy, plan):
    """What the rows of a plan as read would change."""
    lookups = lookups_for(strategy)
    in_plan = {action.pk: action for action in strategy.actions.for_plan().select_related("aim", "theme")}
    stored = in_plan | {action.pk: action for action in rows_named(strategy, plan.rows)}
    existing = [ExistingRow(pk, _as_read(action, lookups), bool(action.removed)) for pk, action in stored.items()]
    returned = returned_rows(strategy, plan.rows, {row.id: row.values for row in existing}, lookups)
    problems = [_as_problem(problem) for problem in [*plan.problems, *returned.notices]]
    unsure = _know_names(returned, existing, lookups, problems)
    seen = {pk: one.as_read for pk, one in returned.seen.items()}
    proposal = propose(returned.rows, existing, columns=plan.columns, seen=seen)
    found = {one.existing_id for one in proposal.rows}
    gone, is_whole = taken_out_of(strategy, returned.rows, found, plan.mentioned, stored)
    listed = {row["action"] for row in gone}
    writers = last_writers(strategy, {one.existing_id for one in proposal.rows if one.since})
    keeping = _Keeping(stored, returned.seen, unsure, writers, lookups)
    rows = [keeping.row(one) for one in proposal.rows]
    return {
        "rows": rows,
        "newest": strategy.actions.aggregate(last=Max("pk"))["last"] or 0,
        "problems": _still_to_look_at(problems, rows),
        "not_rows": plan.not_rows,
        "source": plan.source,
        "is_ours": any(row.identity and not row.identity.is_own for row in plan.rows),
        "removed": gone,
        "take_out": is_whole,
        "not_in_file": [_name_of(row.values) for row in proposal.not_in_file if row.id not in listed],
        "new_headings": _new_headings(strategy, [one.row.values for one in proposal.rows if one.change == "added"]),
        "ended_before": sum(1 for row in plan.rows if row.reading.end and row.reading.end < strategy.period_start),
    }


def _as_problem(problem):
    return {"where": problem.where, "message": problem.message, "accepted": problem.accepted}


def _still_to_look_at(problems, rows):
    """The problems, but for those of our own rows that nobody changed in the file: they have been told before."""
    left_alone = {row["where"] for row in rows if row["is_returned"] and row["change"] == "same"}
    return [one for one in problems if one["where"].partition(", column ")[0] not in left_alone]


LONGEST_HEADING = 500
LIST_NUMBER = re.compile(r"^\d+[.)]\s*")  # "3. Train together", but not "3 year plan"


def same_words(words):
    """Words as they count for being the same aim: as they would be kept, without a list number, case or spacing."""
    kept = clean_text(words, keep_lines=False)[:LONGEST_HEADING]
    return LIST_NUMBER.sub("", kept).casefold()


def _new_headings(strategy, rows):
    """The aims and themes that applying would add to the strategy."""
    known = {
        same_words(one.text) for one in [*strategy.aims.filter(removed=None), *strategy.themes.filter(removed=None)]
    }
    wanted = {same_words(row[key]): row[key] for row in rows for key in ("aim", "theme") if row[key]}
    return [words for key, words in wanted.items() if key not in known]


def _as_read(action, lookups):
    """A row of the plan in the shape that files are read to."""
    row = interface_row(action, lookups)
    return row | {"partners": sorted(row["contributors"])}


def _name_of(values):
    return f"{values['ref'] or ''} {values['activity'].splitlines()[0]}".strip()[:120]


def _know_names(returned, existing, lookups, problems):
    """Put names right by what the planner knows; adds a problem for each organisation that is not a partner.

    Returns the cells that are therefore not to be written, as (place of the row, key): a name nobody knows must not
    empty a cell.
    """
    values = [row.values for row in existing] + [one.as_read.values for one in returned.seen.values()]
    known, unsure = KnownNames(lookups, values), set()
    for row in returned.rows:
        strangers = known.put_right(row)
        problems += [_stranger(row, name) for names in strangers.values() for name in names]
        unsure |= {(row.place, key) for key in strangers}
    return unsure


def _stranger(row, name):
    return {
        "where": row.place,
        "message": f"“{name}” is not a partner here and was left out.",
        "accepted": "Add it on the Partners page first, or use the name of a partner as it stands there.",
    }


class _Keeping:
    """What is kept of a proposed row until somebody has looked at it."""

    def __init__(self, stored, seen, unsure, writers, lookups):
        self.stored, self.seen, self.unsure, self.writers, self.lookups = stored, seen, unsure, writers, lookups

    def row(self, proposed):
        action = self.stored.get(proposed.existing_id)
        was = self.seen.get(proposed.existing_id) if proposed.row.identity else None
        cells = self._cells(proposed, action)
        change, why = _settled(proposed, cells, _faults_of(proposed.row, cells if was else CLEANED, self.lookups))
        return (
            as_interface(proposed.row)
            | {
                "change": change,
                "where": proposed.row.place,
                "action": proposed.existing_id,
                "cells": cells,
                "values": proposed.row.values,
                "reading": to_json(proposed.row.reading),
                "is_returned": bool(was),
                "since": {key: self._since(action, key, proposed, was) for key in cells if key in proposed.since},
                "to_hold": change == "conflict" and bool(action and action.removed and cells),
                "why": why,
            }
            | _as_seen(action, was)
        )

    def _cells(self, proposed, action):
        place, values = proposed.row.place, proposed.row.values
        cells = {key: list(pair) for key, pair in proposed.cells.items() if (place, key) not in self.unsure}
        if action is not None and action.aim_id and _same(values["aim"], values["theme"]):
            cells.pop("aim", None)  # The file gives themes only and repeats them as aims; the row has one of its own.
        if not values["progress"]:
            cells.pop("progress", None)  # What somebody has reported is not taken back by a blank cell.
        return cells

    def _since(self, action, key, proposed, was):
        """What becomes of a cell that was changed in the plan as well: by whom, and whether both can stand."""
        writer = self.writers.get((action.pk, FILE_KEYS.get(key, key)), "")
        new = cells_from(proposed.row.values, {key}, self.lookups)
        edits = [(column, Edit(was.cells.get(column), value)) for column, value in new.items()]
        is_merged = bool(edits) and not action.removed
        is_merged = is_merged and all(will_be_merged(action, *edit, self.lookups) for edit in edits)
        return {"by": writer, "becomes": "merged" if is_merged else "held"}


# The readers know some columns under the key of the interface.
FILE_KEYS = {"partners": "contributors", "progress": "update"}


def _as_seen(action, was):
    """What the editor of the file had seen of a row, else what it holds now: the doors compare with that."""
    if was:
        return {"seen": was.cells, "latest_update": was.update}
    return {"seen": cells_of(action), "latest_update": action.latest_update_id} if action else NOTHING_SEEN


NOTHING_SEEN = {"seen": None, "latest_update": None}


def _same(one, other):
    return bool(one) and bool(other) and one.casefold() == other.casefold()


def _faults_of(row, keys, lookups):
    """What the plan's own columns would refuse of these cells, as sentences: known before anything is applied."""
    faults = []
    for key in (key for key in CLEANED if key in keys):
        try:
            BY_KEY[key].clean(row.values[key], lookups)
        except Refused as refusal:
            faults.append(refusal.sentence)
    if len(row.values["progress"] or "") > LONGEST_TEXT:
        faults.append(
            f"The progress has {len(row.values['progress']):,} characters. At most {LONGEST_TEXT:,} are kept."
        )
    return faults


# The cells that a file may fill with something the plan cannot keep.
CLEANED = ("ref", "activity", "expected_outcome", "evidence", "timescale_text", "resource_requirement", "leads")


def _settled(proposed, cells, faults):
    """What becomes of a row once the doubtful cells are gone; one that the plan cannot keep is left out."""
    if faults and proposed.row.values["activity"] and proposed.change in ("added", "changed"):
        return "conflict", " ".join(faults)
    if not proposed.row.values["activity"] and proposed.change in ("added", "changed"):
        return "conflict", "It says no activity, so it is left out. Give it one in the file, or add the row by hand."
    if proposed.change == "changed" and not cells:
        return "same", ""
    return proposed.change, proposed.message


def counts_of(proposal):
    changes = [row["change"] for row in proposal["rows"]]
    counts = {kind: changes.count(kind) for kind in ("added", "changed", "same", "conflict")}
    return counts | {"removed": len(removable(proposal))}


def removable(proposal):
    """The rows that the file has no more and nobody has written to since: those that can be taken out."""
    return [row for row in proposal.get("removed", []) if not row["by"]]
