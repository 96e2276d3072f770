"""The rows of a plan file put right in its preview: corrected, left out, joined. Nothing here writes to the plan.

What was read is kept beside the proposal as a draft. Each correction changes the draft and compares it with the plan
afresh, so that the preview always shows what *apply* would do.
"""

from django.db import transaction

from actions.models import PlanImport
from actions.proposing import compared
from actions.reading.correcting import corrected, joined, joined_timescale
from actions.reading.keeping import kept_row, plan_of, row_of
from actions.timescale import read_timescale
from partners.history import record
from partners.models import Act, Via
from partners.permissions import Right
from partners.refusals import Refused
from partners.services import insist


def proposal_of(strategy, draft):
    """What a draft would change: the proposal of the rows that are not left out, each with its number in the draft."""
    numbers = [number for number, row in enumerate(draft["rows"]) if not row.get("is_out")]
    proposal = compared(strategy, plan_of(draft | {"rows": [draft["rows"][number] for number in numbers]}))
    for number, row in zip(numbers, proposal["rows"], strict=True):
        above = draft["rows"][number - 1] if number else None
        row |= {
            "number": number,
            "is_corrected": draft["rows"][number].get("is_corrected", False),
            "may_join": bool(above) and not above.get("is_out"),
        }
    out = [(number, row) for number, row in enumerate(draft["rows"]) if row.get("is_out")]
    return proposal | {"left_out": [_named(number, row) for number, row in out]}


def _named(number, row):
    values = row["values"]
    name = f"{values['ref'] or ''} {(values['activity'] or '(no activity)').splitlines()[0]}".strip()[:120]
    return {"number": number, "where": row["place"], "name": name}


@transaction.atomic
def correct_row(*, plan_import, number, values, by, revision=None):
    """Other values for a row of the file, in the shape that files are read to."""
    held = _hold(plan_import, by, revision)
    row = row_of(_row(held, number))
    reading = read_timescale(values.get("timescale_text") or "", period=held.strategy.period)
    _replace(held, number, corrected(row, values, reading))
    return _compare_again(held, number, "corrected", by)


@transaction.atomic
def leave_row_out(*, plan_import, number, by, revision=None):
    """The row stays in the file's preview, to be taken in again, and is not applied."""
    held = _hold(plan_import, by, revision)
    _row(held, number)["is_out"] = True
    return _compare_again(held, number, "left out", by)


@transaction.atomic
def take_row_in(*, plan_import, number, by, revision=None):
    held = _hold(plan_import, by, revision)
    _row(held, number)["is_out"] = False
    return _compare_again(held, number, "taken in again", by)


@transaction.atomic
def join_row(*, plan_import, number, by, revision=None):
    """A row that only continues the one above it becomes part of that one."""
    held = _hold(plan_import, by, revision)
    if number == 0 or _row(held, number - 1).get("is_out"):
        raise Refused("There is no row above it to join it with.", accepted="Correct the row instead.")
    upper, lower = row_of(_row(held, number - 1)), row_of(_row(held, number))
    reading = read_timescale(joined_timescale(upper, lower), period=held.strategy.period)
    _replace(held, number - 1, joined(upper, lower, reading))
    _forget_problems(held, lower.place)
    del held.draft["rows"][number]
    return _compare_again(held, number, "joined with the one above", by)


def _hold(plan_import, by, revision):
    held = PlanImport.objects.select_for_update(of=("self",)).select_related("strategy__partnership")
    held = held.get(pk=plan_import.pk)
    insist(by, held.strategy.partnership, Right.IMPORT_PLAN)
    if held.state != PlanImport.State.READY or not held.draft:
        raise Refused("This preview can no longer be changed.", accepted="Import the file again.")
    refuse_stale(held, revision)
    return held


def refuse_stale(held, revision):
    """Whoever acts on a preview acts on the one they see."""
    if revision is not None and revision != held.revision:
        raise Refused("Somebody changed this preview meanwhile.", accepted="Look at it again, then go on.")


def _row(held, number):
    if not 0 <= number < len(held.draft["rows"]):
        raise Refused("That row is not in this preview.", accepted="Look at it again.")
    return held.draft["rows"][number]


def _replace(held, number, row):
    before = held.draft["rows"][number]
    held.draft["rows"][number] = kept_row(row) | {"is_corrected": True, "is_out": before.get("is_out", False)}
    held.draft["columns"] = sorted({*held.draft["columns"], *(key for key, value in row.values.items() if value)})
    _forget_problems(held, before["place"])


def _forget_problems(held, place):
    """What a person has put right, or looked at and left, need not be looked at again."""
    held.draft["problems"] = [one for one in held.draft["problems"] if one["where"].partition(", column ")[0] != place]


def _compare_again(held, number, did, by):
    held.proposal = proposal_of(held.strategy, held.draft)
    held.revision += 1
    held.save(update_fields=["draft", "proposal", "revision"])
    record(held, act=Act.CHANGED, field="preview", after={"row": number + 1, "did": did}, by=by, via=Via.FORM)
    return held
