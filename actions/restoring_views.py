"""Pages that put something back: first what would change, then the button."""

from django.contrib import messages
from django.shortcuts import redirect, render

from actions.access import plan_of, row_page
from actions.columns import BY_KEY
from actions.history_forms import PointForm, PutBackForm
from actions.past import changes_of_plan, changes_of_row, lookups_of_history, newest_change, row_at
from actions.restoring import plan_restoration, put_back_plan, put_back_row, row_restoration
from actions.telling import button_of, cells_in_words, order_in_words, what_was_done
from partners.access import form_page, within
from partners.forms import posted
from partners.permissions import Right
from partners.refusals import Refused


@form_page
@row_page(Right.EDIT_ROW)
def value_put_back(request, action):
    """One value of one cell, from the line of the history that the address names."""
    change = PointForm(request.GET).point(changes_of_row(action).filter(field__in=BY_KEY)).change
    if change is None:
        return redirect("actions:action-history", action.partnership.slug, action.pk)
    value = change.before if request.GET.get("which") == "before" else change.after
    column = BY_KEY[change.field]
    context = {"title": f"Put back: {column.label.lower()}", "action": action, "change": change}
    return _row_page(request, action, {column.key: value}, context)


@form_page
@row_page(Right.EDIT_ROW)
def row_put_back(request, action):
    """A whole row as it was: at a moment, or straight after a change."""
    point = PointForm(request.GET).point(changes_of_row(action))
    then = row_at(action, point) if point.is_given else None
    if then is None:
        if point.is_given:
            messages.info(request, "The row was not in the plan yet at that time.")
        return redirect("actions:action-history", action.partnership.slug, action.pk)
    context = {"title": "Put the row back as it was", "action": action, "point": point}
    return _row_page(request, action, then, context)


def _row_page(request, action, then, context):
    def look(seen):
        return row_restoration(action, then=then, seen=seen, who=request.user)

    def carry_out(seen):
        return put_back_row(action=action, then=then, seen=seen, by=request.user)

    back = redirect("actions:action-history", action.partnership.slug, action.pk)
    return _page(request, action.strategy, look, carry_out, back, context)


@form_page
@within(Right.IMPORT_PLAN, load=plan_of)
def plan_put_back(request, strategy):
    """The whole plan as it was."""
    point = PointForm(request.GET).point(changes_of_plan(strategy))
    if not point.is_given:
        return redirect("actions:plan-as-at", strategy.partnership.slug, strategy.slug)

    def look(seen):
        return plan_restoration(strategy, point=point, seen=seen, who=request.user)

    def carry_out(seen):
        return put_back_plan(strategy=strategy, point=point, seen=seen, by=request.user)

    back = redirect("actions:plan", strategy.partnership.slug, strategy.slug)
    context = {"title": "Put the plan back as it was", "point": point}
    return _page(request, strategy, look, carry_out, back, context)


def _page(request, strategy, look, carry_out, back, context):
    """What would change and the button; once it is pressed, what came of it."""
    form = PutBackForm(posted(request), button="")
    if form.is_valid():
        try:
            _say(request, carry_out(form.cleaned_data["seen"]))
            return back
        except Refused as refusal:
            messages.error(request, refusal.sentence)
    seen = newest_change(strategy)
    restoration = look(seen)
    context |= {"strategy": strategy, "restoration": restoration, "back": back.url}
    context |= _in_words(strategy, restoration)
    context["form"] = PutBackForm(button=button_of(restoration), initial={"seen": seen})
    return render(request, "actions/put_back.html", context)


def _in_words(strategy, restoration):
    lookups = lookups_of_history(strategy)
    steps = [(step, cells_in_words(step, lookups)) for step in restoration.steps]
    moves = []
    if restoration.order:
        going = {step.action.pk for step in restoration.rows_that("remove")}
        coming = {step.action.pk for step in restoration.rows_that("restore")}
        stands = strategy.actions.order_by("position", "pk")
        rows = {row.pk: row for row in stands if (row.removed is None or row.pk in coming) and row.pk not in going}
        moves = order_in_words(restoration.order, rows, list(rows))
    return {"steps": steps, "moves": moves}


def _say(request, result):
    said = (
        messages.success if result.cells or result.restored or result.removed or result.is_reordered else messages.info
    )
    said(request, what_was_done(result))
    if result.held:
        rows = ", ".join(str(row) for row in result.held[:10])
        messages.warning(
            request, f"Somebody else changed the same words meanwhile, so what you wanted back is kept aside: {rows}."
        )
    for row, sentence in result.left[:20]:
        messages.warning(request, f"{row or 'Order of the rows'}: {sentence}")
