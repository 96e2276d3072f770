"""Plans on their way in from files: stored, read by the worker, proposed, applied through the editing door.

Reading and proposing are pure (`actions.reading`); this module moves their results to and from the database.
"""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from actions import services
from actions.columns import cells_of, document_headings
from actions.editing import Edit, lookups_for, save_cells
from actions.models import PlanImport
from actions.reading.grids import Unreadable
from actions.reading.owners import rejoin
from actions.reading.plan import as_interface, read_plan
from actions.reading.proposal import ExistingRow, propose
from partners.models import Via
from partners.permissions import Right
from partners.refusals import Refused
from partners.services import insist
from partners.text import clean_text
from strategies.services import add_aim, add_theme

MOST_ATTEMPTS = 3
ABANDONED_AFTER = timedelta(minutes=5)
KEPT_FOR = timedelta(days=30)

State = PlanImport.State


# --- The life of an import ---------------------------------------------------------------------------------------


@transaction.atomic
def start_import(*, strategy, upload, by):
    """Keep the bytes under a name of our own. The worker reads them once this is committed."""
    insist(by, strategy.partnership, Right.IMPORT_PLAN)
    if upload.size > settings.MAX_PLAN_FILE_BYTES:
        raise Refused(
            f"The file has {upload.size / 1_048_576:.0f} MB.", field="file", accepted="At most 20 MB are read."
        )
    name = clean_text(upload.name, keep_lines=False)[-200:]
    plan_import = PlanImport(strategy=strategy, name=name, by=by)
    plan_import.file.save(name, upload, save=False)
    plan_import.save()
    return plan_import


def move(pk, from_state, to_state, **changes):
    """Take an import from one state to another, if it is still in the first. True when this call did it."""
    if to_state not in PlanImport.MOVES[from_state]:
        raise ValueError(f"An import does not go from {from_state} to {to_state}.")
    return PlanImport.objects.filter(pk=pk, state=from_state).update(state=to_state, **changes) == 1


def read_import(pk):
    """Read one waiting import. Safe to call twice, and by two workers: only one of them claims it."""
    claim = {"attempts": F("attempts") + 1, "claimed": timezone.now()}
    if not move(pk, State.WAITING, State.READING, **claim):
        return
    plan_import = PlanImport.objects.select_related("strategy__partnership").get(pk=pk)
    try:
        with plan_import.file.open("rb") as stored:
            proposal = proposal_for(plan_import.strategy, plan_import.name, stored.read())
    except Unreadable as fault:
        move(pk, State.READING, State.UNREADABLE, fault=f"{fault.message} {fault.accepted}".strip())
    else:
        move(pk, State.READING, State.READY, proposal=proposal)


def unfinished_imports(*, older_than):
    """Those waiting too long or whose worker died: set back to waiting, or parked after three tries."""
    dead = timezone.now() - ABANDONED_AFTER
    stuck = PlanImport.objects.filter(state=State.READING, claimed__lt=dead)
    stuck.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=State.UNREADABLE,
        fault="Reading this file failed three times. Save it again in Word or Excel, or send it as CSV.",
    )
    stuck.filter(attempts__lt=MOST_ATTEMPTS).update(state=State.WAITING)
    return PlanImport.objects.filter(state=State.WAITING).filter(
        Q(at__lt=timezone.now() - older_than) | Q(attempts__gt=0)
    )


def drop_import(*, plan_import, by):
    insist(by, plan_import.strategy.partnership, Right.IMPORT_PLAN)
    for state in (State.READY, State.UNREADABLE, State.WAITING):
        if move(plan_import.pk, state, State.DROPPED):
            return


def forget_old_files():
    """Delete the bytes of imports that are finished with. What was applied is in the plan and its history."""
    done = [State.APPLIED, State.DROPPED, State.UNREADABLE]
    old = PlanImport.objects.filter(at__lt=timezone.now() - KEPT_FOR).exclude(file="")
    for plan_import in old.filter(Q(state__in=done) | Q(state=State.READY)):
        plan_import.file.delete(save=False)
        PlanImport.objects.filter(pk=plan_import.pk).update(file="")


# --- Proposing ---------------------------------------------------------------------------------------------------


def existing_rows(strategy):
    """The plan as it stands, in the shape that files are read to."""
    lookups = lookups_for(strategy)
    rows = strategy.actions.for_plan().select_related("aim", "theme", "latest_update")
    return {action.pk: (action, _as_read(action, lookups)) for action in rows}


def _as_read(action, lookups):
    aim = action.aim.text if action.aim_id else None
    theme = action.theme.text if action.theme_id else None
    update = action.latest_update
    return {
        "ref": action.ref or None,
        "aim": aim or theme,
        "theme": theme,
        "activity": action.activity,
        "expected_outcome": action.expected_outcome or None,
        "evidence": action.evidence or None,
        "timescale_text": action.timescale_text or None,
        "resource_requirement": action.resource_requirement or None,
        "priority": action.priority or None,
        "leads": [officer.name for officer in action.officers.all()],
        "partners": sorted(lookups.organisations.get(one.pk, "") for one in action.contributors.all()),
        "status": action.status or None,
        "progress": (update.words or None) if update else None,
    }


def proposal_for(strategy, name, content):
    """Read a file and compare it with the plan: everything the preview shows and *apply* needs, as plain JSON."""
    plan = read_plan(name, content, headings=document_headings(), period=strategy.period)
    stored = existing_rows(strategy)
    problems = [{"where": p.where, "message": p.message, "accepted": p.accepted} for p in plan.problems]
    problems += _know_names(plan.rows, stored, lookups_for(strategy))
    existing = [ExistingRow(pk, values) for pk, (_, values) in stored.items()]
    proposal = propose(plan.rows, existing, columns=plan.columns)
    return {
        "rows": [_row_to_keep(one, stored) for one in proposal.rows],
        "problems": problems,
        "not_rows": plan.not_rows,
        "not_in_file": [row.id for row in proposal.not_in_file],
    }


def _know_names(rows, stored, lookups):
    """Put names right by what the planner knows: officers that splitting took apart, partners by their usual name."""
    officers = {name.casefold() for _, values in stored.values() for name in values["leads"]}
    officers |= {name.casefold() for name in lookups.people.values()}
    partners = {name.casefold(): name for name in lookups.organisations.values()}
    problems = []
    for row in rows:
        row.values["leads"] = _officers_known(row, officers)
        named = row.values["partners"]
        row.values["partners"] = sorted(partners[name.casefold()] for name in named if name.casefold() in partners)
        problems += [
            {
                "where": row.place,
                "message": f"“{name}” is not a partner here and was left out of the contributing partners.",
                "accepted": "Add it on the Partners page first, or choose from those there.",
            }
            for name in named
            if name.casefold() not in partners
        ]
    return problems


def _officers_known(row, officers):
    """The officers as the plan names them already: line by line where every line is one, else put together again."""
    lines = [line.strip() for line in row.words.get("leads", "").split("\n") if line.strip()]
    if lines and all(line.casefold() in officers for line in lines):
        return lines
    return rejoin(row.values["leads"], officers)


def _row_to_keep(proposed, stored):
    action = stored[proposed.existing_id][0] if proposed.existing_id else None
    return as_interface(proposed.row) | {
        "change": proposed.change,
        "where": proposed.row.place,
        "action": proposed.existing_id,
        "cells": {key: list(pair) for key, pair in proposed.cells.items()},
        "values": proposed.row.values,
        "seen": cells_of(action) if action else None,
        "why": proposed.message,
    }


def counts_of(proposal):
    changes = [row["change"] for row in proposal["rows"]]
    return {kind: changes.count(kind) for kind in ("added", "changed", "same", "conflict")}


# --- Applying ----------------------------------------------------------------------------------------------------


@dataclass
class Applied:
    added: int = 0
    changed: int = 0
    left: list = field(default_factory=list)  # rows that somebody edited meanwhile, with why


@transaction.atomic
def apply_import(*, plan_import, by):
    """Write what the preview showed. A row that somebody edited since is left as they made it, and named."""
    if not move(plan_import.pk, State.READY, State.APPLIED, applied=timezone.now()):
        raise Refused("This import has been applied or dropped already.", accepted="Bring the file in again.")
    return apply_proposal(strategy=plan_import.strategy, proposal=plan_import.proposal, by=by)


@transaction.atomic
def apply_proposal(*, strategy, proposal, by, via=Via.IMPORT, at=None):
    """Every added and changed row of a proposal, through the same doors as a person's edits, as one batch."""
    insist(by, strategy.partnership, Right.IMPORT_PLAN)
    hangers = _Hangers(strategy, by=by, via=via, at=at)
    applied, how = Applied(), {"by": by, "via": via, "at": at, "batch": uuid.uuid4()}
    for row in proposal["rows"]:
        if row["change"] == "added":
            _add(strategy, row["values"], hangers, how)
            applied.added += 1
        elif row["change"] == "changed":
            _change(strategy, row, hangers, how, applied)
    return applied


def _add(strategy, values, hangers, how):
    cells = _cells(values, values, hangers)
    action = services.add_action(strategy=strategy, cells=cells, lookups=hangers.lookups, **how)
    _report(action, values, how)


def _change(strategy, row, hangers, how, applied):
    action = strategy.actions.filter(pk=row["action"]).first()
    if action is None:
        applied.left.append(f"{row['where']}: its row in the plan is gone.")
        return
    new = _cells(row["values"], row["cells"], hangers)
    edits = {key: Edit(row["seen"][key], value) for key, value in new.items() if key in row["seen"]}
    try:
        outcome = save_cells(action=action, edits=edits, lookups=hangers.lookups, **how)
    except Refused as refusal:
        applied.left.append(f"{row['where']}: {refusal.sentence}")
        return
    if outcome.conflicts:
        who = outcome.conflicts[0].by_name or "Somebody"
        applied.left.append(f"{row['where']}: {who} changed this row after the file was read. It stays as it is.")
        return
    applied.changed += 1
    if "progress" in row["cells"]:
        _report(action, row["values"], how)


def _cells(values, wanted, hangers):
    """The plan's cells from a file's values, for the keys wanted."""
    cells = {key: values[key] or "" for key in TEXTS if key in wanted}
    if "leads" in wanted:
        cells["leads"] = values["leads"]
    if "partners" in wanted:
        pks = {name: pk for pk, name in hangers.lookups.organisations.items()}
        cells["contributors"] = [pks[name] for name in values["partners"] if name in pks]
    if "aim" in wanted or "theme" in wanted:
        cells |= hangers.for_row(values.get("aim"), values.get("theme"))
    return cells


TEXTS = (
    "ref", "activity", "expected_outcome", "evidence", "timescale_text", "resource_requirement", "priority", "status"
)  # fmt: skip


def _report(action, values, how):
    if values.get("progress"):
        services.post_update(action=action, status="", words=values["progress"], **how)


class _Hangers:
    """The aims and themes that imported rows hang on: found by their words, added when the strategy lacks them."""

    def __init__(self, strategy, **how):
        self.strategy, self.how = strategy, how
        self.aims = {_same(aim.text): aim.pk for aim in strategy.aims.filter(removed=None)}
        self.themes = {_same(theme.text): theme.pk for theme in strategy.themes.filter(removed=None)}
        self.lookups = lookups_for(strategy)

    def for_row(self, aim, theme):
        """A plan with themes only repeats the theme as the aim; such rows hang on the theme."""
        if theme and (not aim or _same(aim) == _same(theme)):
            return {"aim": None, "theme": self._find(self.themes, theme, add_theme)}
        return {
            "aim": self._find(self.aims, aim or "No aim given", add_aim),
            "theme": self._find(self.themes, theme, add_theme) if theme else None,
        }

    def _find(self, known, words, add):
        key = _same(words)
        if key not in known:
            text = clean_text(words, keep_lines=False)[:500]
            known[key] = add(strategy=self.strategy, text=text, **self.how).pk
            self.lookups = lookups_for(self.strategy)
        return known[key]


def _same(words):
    """Words as they count for being the same aim: without a leading number, case or spacing."""
    return " ".join(words.lstrip("0123456789. )").split()).casefold()
