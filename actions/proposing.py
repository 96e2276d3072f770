"""What a plan file would change: read by the pure readers, put right by what the planner knows, compared with the plan.

Nothing is written here. The proposal is plain JSON, so that it can wait in its row until somebody has looked at it.
"""

import re

from django.db.models import Max

from actions.columns import BY_KEY, LONGEST_TEXT, cells_of, document_headings
from actions.editing import lookups_for
from actions.interface import interface_row
from actions.reading.owners import rejoin
from actions.reading.plan import as_interface, read_plan
from actions.reading.proposal import ExistingRow, propose
from partners.refusals import Refused
from partners.text import clean_text


def proposal_for(strategy, name, content):
    """Read a file and compare it with the plan: everything the preview shows and *apply* needs."""
    plan = read_plan(name, content, headings=document_headings(), period=strategy.period)
    lookups = lookups_for(strategy)
    stored = {action.pk: action for action in strategy.actions.for_plan().select_related("aim", "theme")}
    existing = [ExistingRow(pk, _as_read(action, lookups)) for pk, action in stored.items()]
    problems = [{"where": p.where, "message": p.message, "accepted": p.accepted} for p in plan.problems]
    unsure = _know_names(plan.rows, existing, lookups, problems)
    proposal = propose(plan.rows, existing, columns=plan.columns)
    return {
        "rows": [_row_to_keep(one, stored, unsure, _faults_of(one.row, lookups)) for one in proposal.rows],
        "newest": strategy.actions.aggregate(last=Max("pk"))["last"] or 0,
        "problems": problems,
        "not_rows": plan.not_rows,
        "not_in_file": [_name_of(row.values) for row in proposal.not_in_file],
        "new_headings": _new_headings(strategy, [one.row.values for one in proposal.rows if one.change == "added"]),
        "ended_before": sum(1 for row in plan.rows if row.reading.end and row.reading.end < strategy.period_start),
    }


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


def _know_names(rows, existing, lookups, problems):
    """Put names right by what the planner knows: officers that splitting took apart, partners by their usual name.

    Adds a problem for each organisation that is not a partner. Returns the cells that are therefore not to be
    written, as (place of the row, key): a name nobody knows must not empty a cell.
    """
    officers = {name.casefold() for row in existing for name in row.values["leads"]}
    officers |= {name.casefold() for name in lookups.people.values()}
    partners = {name.casefold(): name for name in lookups.organisations.values()}
    unsure = set()
    for row in rows:
        row.values["leads"] = _officers_known(row, officers)
        lead = [row.values["lead_organisation"]] if row.values["lead_organisation"] else []
        for key, names in (("partners", row.values["partners"]), ("lead_organisation", lead)):
            strangers = [name for name in names if name.casefold() not in partners]
            problems += [_stranger(row, name) for name in strangers]
            unsure |= {(row.place, key) for _ in strangers}
        row.values["partners"] = sorted(
            partners[n.casefold()] for n in row.values["partners"] if n.casefold() in partners
        )
        row.values["lead_organisation"] = next((partners.get(name.casefold()) for name in lead), None)
    return unsure


def _stranger(row, name):
    return {
        "where": row.place,
        "message": f"“{name}” is not a partner here and was left out.",
        "accepted": "Add it on the Partners page first, or use the name of a partner as it stands there.",
    }


def _officers_known(row, officers):
    """The officers as the plan names them already: line by line where every line is one, else put together again."""
    lines = [line.strip() for line in row.words.get("leads", "").split("\n") if line.strip()]
    if lines and all(line.casefold() in officers for line in lines):
        return lines
    return rejoin(row.values["leads"], officers)


def _row_to_keep(proposed, stored, unsure, faults):
    action = stored[proposed.existing_id] if proposed.existing_id else None
    place = proposed.row.place
    cells = {key: list(pair) for key, pair in proposed.cells.items() if (place, key) not in unsure}
    if action is not None and action.aim_id and _same(proposed.row.values["aim"], proposed.row.values["theme"]):
        cells.pop("aim", None)  # The file gives themes only and repeats them as aims; the row has an aim of its own.
    change, why = _settled(proposed, cells, faults)
    return as_interface(proposed.row) | {
        "change": change,
        "where": place,
        "action": proposed.existing_id,
        "cells": cells,
        "values": proposed.row.values,
        "seen": cells_of(action) if action else None,
        "latest_update": action.latest_update_id if action else None,
        "why": why,
    }


def _same(one, other):
    return bool(one) and bool(other) and one.casefold() == other.casefold()


def _faults_of(row, lookups):
    """What the plan's own columns would refuse of a row, as sentences: known before anything is applied."""
    faults = []
    for key in CLEANED:
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
    return {kind: changes.count(kind) for kind in ("added", "changed", "same", "conflict")}
