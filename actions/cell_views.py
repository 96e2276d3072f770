"""What the plan's table asks one cell or row at a time, and the pages of edits that wait for a decision.

The table's script is answered in JSON: a `result`, a sentence to `say`, and the row as it now stands. Everything here
can be done with forms as well; both go through the same doors.
"""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from actions import services
from actions.access import action_in, held_in, row_page
from actions.columns import BY_KEY
from actions.editing import conflict_of, lookups_for, save_cells, settle_held
from actions.forms import CellForm, NewBelowForm, SettleForm
from actions.panels import panel_of
from actions.presenting import drawing_for
from partners.access import within
from partners.middleware import asked_by_script
from partners.models import Via
from partners.permissions import Right, may
from partners.refusals import NotAllowed, Refused
from partners.text import number_in

SAVED = {"saved": "Saved.", "same": "Nothing had changed."}


@require_POST
@row_page(Right.EDIT_ROW)
def cell_save(request, action):
    """One cell, as somebody saw it and as they want it."""
    form = CellForm(request.POST)
    if not form.is_valid():
        return _refused("This cell could not be read. Nothing was saved.")
    if form.cleaned_data["person"] != request.user.pk:
        return JsonResponse({"result": "other-person"}, status=409)
    lookups, column = lookups_for(action.strategy), form.declared
    try:
        outcome = save_cells(
            action=action, edits={column.key: form.edit}, by=request.user, via=Via.TABLE, lookups=lookups,
            once=form.cleaned_data["once"],
        )  # fmt: skip
    except NotAllowed as refusal:
        return _refused(refusal.sentence, status=403)
    except Refused as refusal:
        return _refused(refusal.sentence)
    return _told(request, action, column, outcome, lookups)


def _refused(sentence, status=422):
    return JsonResponse({"result": "refused", "say": sentence}, status=status)


def _told(request, action, column, outcome, lookups):
    stored = action_in(request.partnership, action.pk)
    answer = _row(request, stored, lookups) | {"stored": column.stored(stored)}
    if outcome.conflicts:
        return _held(request, outcome, lookups, answer)
    before, after = outcome.saved.get(column.key, (None, None))
    if column.key in outcome.merged:
        whose = outcome.merged[column.key] or "somebody else"
        say = f"Saved, and put together with what {whose} wrote meanwhile."
        return JsonResponse(answer | {"result": "merged", "say": say, "before": before, "after": after})
    result = "saved" if outcome.saved else "same"
    return JsonResponse(answer | {"result": result, "say": SAVED[result], "before": before, "after": after})


def _held(request, outcome, lookups, answer):
    conflict = outcome.conflicts[0]
    panel = panel_of(conflict, lookups)
    context = {"panel": panel, "partnership": request.partnership, "may_settle": True}
    answer |= {
        "result": "removed" if outcome.removed else "held",
        "say": panel["title"],
        "held": conflict.held.pk,
        "panel": render_to_string("actions/_conflict.html", context, request),
    }
    return JsonResponse(answer, status=409)


def _row(request, stored, lookups):
    """The row as it now stands, drawn in the columns that the asking table has; nothing for a removed one."""
    if stored.removed:
        return {"row": "", "gone": stored.pk}
    drawing = drawing_for(request, lookups, request.POST.get("columns", ""))
    return {"row": drawing.row(stored).html}


@require_POST
@row_page(Right.REORDER_ROWS)
def action_place(request, action):
    """Put a row directly before or after another."""
    beside, seen = (number_in(request.POST.get(name, "")) for name in ("beside", "seen"))
    neighbour = action.strategy.actions.in_plan().filter(pk=beside).first()
    where = request.POST.get("where")
    if neighbour is None or where not in ("before", "after"):
        return _refused("The row beside which it should stand is no longer in the plan.")
    try:
        services.place_action(action=action, by=request.user, via=Via.TABLE, seen=seen, **{where: neighbour})
    except Refused as refusal:
        return _refused(refusal.sentence, status=409)
    stored = action_in(request.partnership, action.pk)
    answer = _row(request, stored, lookups_for(action.strategy))
    return JsonResponse(answer | {"result": "saved", "say": "Moved.", "place": stored.position})


@require_POST
@row_page(Right.ADD_ROW)
def action_add_below(request, action):
    """A new row directly below this one, under the same aim or theme; its other cells are filled in the table."""
    form = NewBelowForm(request.POST)
    if not form.is_valid():
        return _refused("Write what will be done: a row needs an activity.")
    cells = {
        "ref": services.suggested_ref(action.strategy),
        "aim": action.aim_id,
        "theme": action.theme_id,
        "activity": form.cleaned_data["activity"],
        "lead_organisation": _lead_of_new(request, action),
    }
    try:
        added = services.add_action(
            strategy=action.strategy, cells=cells, by=request.user, via=Via.TABLE, after=action,
            once=form.cleaned_data["once"],
        )  # fmt: skip
    except Refused as refusal:
        return _refused(refusal.sentence)
    return _added(request, added)


def _added(request, added):
    """The row as it stands, and what its activity says: other words than those just sent if it was added before."""
    stored = action_in(request.partnership, added.pk)
    answer = _row(request, stored, lookups_for(stored.strategy)) | {"id": stored.pk, "stored": stored.activity}
    if stored.removed:
        say = f"Row {stored.ref} was added, and has been removed from the plan since. It can be restored."
        return JsonResponse(answer | {"result": "refused", "say": say}, status=409)
    return JsonResponse(answer | {"result": "saved", "say": f"Row {stored.ref} added."})


def _lead_of_new(request, action):
    """The lead of the row above, or the person's own organisation where only that may be chosen."""
    if may(request.standing, Right.ADD_ROW):
        return action.lead_organisation_id
    return min(request.standing.organisation_ids_with(Right.ADD_ROW), default=None)


@require_safe
@within(Right.READ_PLAN, load=held_in)
def held_edit(request, held):
    """An edit that could not be saved, beside what stands there now."""
    return _held_page(request, held)


def _held_page(request, held, words=None, status=200):
    panel = panel_of(conflict_of(held, held.action), lookups_for(held.action.strategy))
    if words and panel["together"] is not None:
        panel |= {"together": words, "is_open": True}
    context = {
        "held": held,
        "action": held.action,
        "panel": panel,
        "may_settle": may(request.standing, Right.EDIT_ROW, on=held),
        "may_restore": may(request.standing, Right.REMOVE_ROW, on=held),
    }
    return render(request, "actions/held_edit.html", context, status=status)


@require_POST
@within(Right.EDIT_ROW, load=held_in)
def held_settle(request, held):
    """Keep theirs, use mine, or save what puts both together."""
    lookups = lookups_for(held.action.strategy)
    form = SettleForm(request.POST, held=held)
    if not form.is_valid():
        return _settle_refused(request, held, "Choose what to do with the two texts.")
    try:
        outcome = settle_held(held=held, by=request.user, lookups=lookups, **form.decision)
    except NotAllowed:
        raise  # What was typed is kept with the page that says so.
    except Refused as refusal:
        return _settle_refused(request, held, refusal.sentence)
    if asked_by_script(request):
        return _told(request, held.action, BY_KEY[held.column], outcome, lookups)
    if outcome.conflicts:
        messages.error(request, "It was changed again meanwhile. Look at the texts as they are now.")
        return redirect("actions:held-edit", request.partnership.slug, held.pk)
    messages.success(request, "Done. Both texts are in the history.")
    return redirect("actions:action", request.partnership.slug, held.action_id)


def _settle_refused(request, held, sentence):
    """The page again, with what was typed in it."""
    if asked_by_script(request):
        return _refused(sentence)
    messages.error(request, sentence)
    return _held_page(request, held, words=request.POST.get("words"), status=422)
