"""Pages through which many cells are changed at once: pasting a block, one column of many rows, applying a preview."""

import json
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from actions.access import plan_of
from actions.batch_forms import (
    MOST_CARRIED,
    NEW_ROWS,
    REMOVE,
    BatchForm,
    ChangeForm,
    ChooseRowsForm,
    PasteForm,
    numbers_in,
)
from actions.batches import (
    MOST_CELLS_CHANGED,
    MOST_ROWS_CHANGED,
    apply_batch,
    edits_by_row,
    preview_of,
    preview_removal,
)
from actions.changing import changed_cell
from actions.columns import BY_KEY, document_headings
from actions.editing import lookups_for
from actions.pasting import read_block
from actions.placing import IN_VIEW, Placed, Wish, place_block
from actions.reading.grids import Unreadable
from partners.access import form_page, within
from partners.forms import posted
from partners.permissions import Right
from partners.refusals import Refused

MOST_NAMED = 10  # rows that were left, one by one


@form_page
@within(Right.EDIT_ROW, load=plan_of, on_it=False)
def plan_paste(request, strategy):
    """A block from Excel or Word: where it goes, and what it would change."""
    rows = _rows_in_view(strategy, request.POST)
    initial = {name: request.GET[name] for name in ("start", "column") if name in request.GET}
    form = PasteForm(posted(request), rows=rows, initial=initial)
    preview = None
    if form.is_valid():
        try:
            preview = _paste_preview(strategy, rows, form, request.standing)
        except (Refused, Unreadable) as refusal:
            form.add_error("text", f"{refusal.message} {refusal.accepted}".strip())
    context = {"form": form, "strategy": strategy, "preview": preview, "carrying": _carrying(preview)}
    if request.headers.get("X-Fragment"):
        return render(request, "actions/_batch_preview.html", context, status=200 if preview else 400)
    return render(request, "actions/plan_paste.html", context)


def _rows_in_view(strategy, given):
    """The plan's rows as the person sees them: those named, in that order (None where one has gone), or all."""
    rows = {row.pk: row for row in strategy.actions.for_plan()}
    named = numbers_in(given.getlist("rows"))
    return [rows.get(pk) for pk in named] if named else list(rows.values())


def _paste_preview(strategy, rows, form, standing):
    given = form.cleaned_data
    headings = None if given["headings"] else document_headings()
    block = read_block(given["text"], form.html, headings=headings)
    columns = [key for key in given["columns"].split(",") if key]
    columns = columns if given["column"] in columns else IN_VIEW
    places = {str(row.pk): place for place, row in enumerate(rows) if row}
    start = None if given["start"] == NEW_ROWS else places[given["start"]]
    placed = place_block(block, rows=rows, columns=columns, start=start, column=given["column"])
    below = next((row for row in reversed(rows) if row), None)
    preview = preview_of(strategy, placed, standing=standing, below=below)
    preview.headings = [heading for heading in block.headings if heading]
    return _carriable(preview)


def _carriable(preview):
    """The preview, unless applying it would be too much for one request or keep everybody else waiting."""
    if preview.is_too_much:
        most = f"{MOST_ROWS_CHANGED:,} rows and {MOST_CELLS_CHANGED:,} cells"
        raise Refused(
            f"{preview.button} is more than can be done at a time.", accepted=f"At most {most}: do it in parts."
        )
    if len(json.dumps(preview.to_carry)) > MOST_CARRIED:
        raise Refused("This changes more words than can be changed at a time.", accepted="Do it in two or three parts.")
    return preview


def _carrying(preview):
    """The form that carries a preview to its button; none where nothing would change."""
    return BatchForm(initial={"batch": preview.to_carry}) if preview and preview.button else None


@form_page
@within(Right.EDIT_ROW, load=plan_of, on_it=False)
def plan_change_many(request, strategy):
    """One column of many rows: first which, then what, then what would change."""
    given = request.POST if request.method == "POST" else request.GET
    rows = list(strategy.actions.for_plan())
    named = set(numbers_in(given.getlist("rows")))
    chosen = [row for row in rows if row.pk in named]
    form = ChooseRowsForm(_choice_of(given, chosen), rows=chosen or rows, initial={"rows": [row.pk for row in chosen]})
    if not form.is_valid():
        return render(request, "actions/plan_change_many.html", {"form": form, "strategy": strategy})
    if form.cleaned_data["column"] == REMOVE:
        preview = preview_removal(chosen, standing=request.standing)
        if preview.is_too_much:
            form.add_error("rows", f"At most {MOST_ROWS_CHANGED} rows can be removed at a time.")
            return render(request, "actions/plan_change_many.html", {"form": form, "strategy": strategy})
        return _change_page(request, strategy, chosen, None, None, preview)
    return _change_column(request, strategy, chosen, BY_KEY[form.cleaned_data["column"]])


def _choice_of(given, chosen):
    """What the first form is bound to, once something was chosen in it; rows may come with commas between."""
    if "column" not in given:
        return None
    return {"column": given["column"], "rows": [str(row.pk) for row in chosen]}


def _change_column(request, strategy, chosen, column):
    lookups = lookups_for(strategy)
    sent = request.POST if "sent" in request.POST else None
    form = ChangeForm(sent, column=column, rows=chosen, lookups=lookups)
    preview = None
    if form.is_valid():
        try:
            preview = _carriable(preview_of(strategy, _wishes(chosen, column, form), standing=request.standing))
        except Refused as refusal:
            form.add_error("new", refusal.sentence)
    return _change_page(request, strategy, chosen, column, form, preview)


def _wishes(chosen, column, form):
    given = form.cleaned_data
    how = {name: given[name] for name in ("how", "find") if name in given}
    wishes = [
        Wish(f"Row {row}", row, column.key, value=changed_cell(column.stored(row), given["new"], **how))
        for row in chosen
    ]
    return Placed(wishes)


def _change_page(request, strategy, chosen, column, form, preview):
    back = reverse("actions:plan-change-many", args=[strategy.partnership.slug, strategy.slug])
    context = {
        "strategy": strategy,
        "chosen": chosen,
        "column": column,
        "form": form,
        "preview": preview,
        "carrying": _carrying(preview),
        "choose_again": f"{back}?{urlencode({'rows': ','.join(str(row.pk) for row in chosen[:300])})}",
    }
    return render(request, "actions/plan_change_column.html", context)


@require_POST
@within(Right.EDIT_ROW, load=plan_of, on_it=False)
def plan_batch_apply(request, strategy):
    """What a preview showed, written through the doors, and back to the plan with what became of it."""
    form = BatchForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("batch", ["Start again; nothing was changed."])))
        return redirect("actions:plan-paste", strategy.partnership.slug, strategy.slug)
    carried = form.cleaned_data["batch"]
    carried["edits"] = edits_by_row(carried["edits"])
    applied = apply_batch(strategy=strategy, by=request.user, **carried)
    _tell(request, applied)
    return redirect("actions:plan", strategy.partnership.slug, strategy.slug)


def _tell(request, applied):
    is_done = applied.cells or applied.added or applied.removed
    (messages.success if is_done else messages.warning)(request, applied.sentence)
    if applied.left:
        number = len(applied.left)
        first = "1 row was left as it was." if number == 1 else f"{number} rows were left as they were."
        more = [f"And {number - MOST_NAMED} more."] if number > MOST_NAMED else []
        messages.warning(request, " ".join([first, *applied.left[:MOST_NAMED], *more]))
