"""Pages of the plan and of its rows."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions import services
from actions.access import plan_of, row_page
from actions.arrangement_views import Arranged
from actions.columns import BY_KEY, FORM_COLUMNS, cells_of, milestone_name
from actions.commenting import comments_of, members_of
from actions.editing import Edit, lookups_for, open_held, save_cells
from actions.forms import (
    ActionEditForm,
    ActionForm,
    CommentForm,
    RemoveForm,
    UpdateForm,
    form_value,
)
from actions.panels import panel_of
from actions.past import changes_of_row, lookups_of_history
from actions.presenting import Drawing, details_of, rows_address, suggestion_for
from actions.table_setup import table_setup
from actions.telling import history_lines
from actions.timescale import from_json
from partners.access import form_page, within
from partners.forms import posted
from partners.permissions import ANYTHING, Right, may
from partners.refusals import Refused
from workforce.writing import DOWNLOADS

LATEST_CHANGES = 8


def to_plan(strategy):
    return redirect("actions:plan", strategy.partnership.slug, strategy.slug)


def to_action(action):
    return redirect("actions:action", action.partnership.slug, action.pk)


@require_safe
@within(Right.READ_PLAN)
def plan_current(request):
    """The newest strategy's plan; with no strategy yet, what to do first."""
    newest = request.partnership.strategies.newest_first().first()
    if newest is None:
        return redirect("strategies:strategy-current", request.partnership.slug)
    return redirect("actions:plan", request.partnership.slug, newest.slug)


@require_safe
@within(Right.READ_PLAN, load=plan_of)
def plan(request, strategy):
    arranged = Arranged(request, strategy)
    if arranged.shorter_address:
        return redirect(arranged.shorter_address)
    arrangement, lookups = arranged.arrangement, arranged.lookups
    columns = arrangement.drawn_columns
    drawing = Drawing(lookups, arranged.today, rows_address(request), request.standing, columns)
    context = arranged.context("plan", len(arranged.rows)) | {
        "headings": arrangement.headings(),
        "groups": arrangement.groups(arranged.rows, drawing),
        "setup": table_setup(request, strategy, lookups, arrangement),
        "may_add": may(request.standing, Right.ADD_ROW, on=ANYTHING),
        "may_import": may(request.standing, Right.IMPORT_PLAN),
        "downloads": DOWNLOADS,
    }
    return render(request, "actions/plan.html", context)


@require_safe
@row_page(Right.READ_PLAN)
def action(request, action):
    lookups = lookups_for(action.strategy)
    today = timezone.localdate()
    reading = from_json(action.reading)
    done = action.reading.get("done", {})
    standing = request.standing
    context = {
        "action": action,
        "details": details_of(action, lookups),
        "aims_to_choose": lookups.aims if action.aim_id and action.aim_id not in lookups.aims else {},
        "milestones": [
            (place, milestone_name(one), done.get(str(place))) for place, one in enumerate(reading.milestones)
        ],
        "reading": reading,
        "late": action.is_late(today),
        "suggestion": suggestion_for(action, today),
        "updates": action.updates.all(),
        "comments": comments_of(action),
        "attachments": action.attachments.filter(removed=None),
        "history": history_lines(changes_of_row(action)[:LATEST_CHANGES], lookups_of_history(action.strategy)),
        "panels": [panel_of(conflict, lookups) for conflict in open_held(action)],
        "comment_form": CommentForm(members=members_of(action.partnership), author=request.user),
        "may": {right.value: may(standing, right, on=action) for right in Right},
        "may_move": may(standing, Right.REORDER_ROWS),
        "may_add": may(standing, Right.ADD_ROW, on=ANYTHING),
        "may_settle": may(standing, Right.EDIT_ROW, on=action),
    }
    return render(request, "actions/action.html", context)


@form_page
@within(Right.ADD_ROW, load=plan_of, on_it=False)
def action_add(request, strategy):
    lookups = lookups_for(strategy)
    above = _row_above(request, strategy)
    form = ActionForm(posted(request), lookups=lookups, initial=_blank_row(request, strategy, above))
    if form.is_valid():
        try:
            added = services.add_action(
                strategy=strategy, cells=form.cells, by=request.user, lookups=lookups, after=above
            )
            messages.success(request, "The row has been added to the plan.")
            return to_action(added)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/action_add.html", {"form": form, "strategy": strategy, "above": above})


def _row_above(request, strategy):
    """The row that the address asks to add below; a row that went meanwhile still has its place."""
    after = request.GET.get("after", "")
    return strategy.actions.filter(pk=int(after[:18])).first() if after.isdecimal() else None


def _blank_row(request, strategy, above):
    own = sorted(request.standing.organisation_ids_with(Right.ADD_ROW))
    under = {"aim": above.aim_id, "theme": above.theme_id} if above else {}
    return under | {"ref": services.suggested_ref(strategy), "lead_organisation": own[0] if own else ""}


@form_page
@row_page(Right.EDIT_ROW)
def action_edit(request, action):
    if action.removed and request.method == "GET":
        return to_action(action)
    lookups = lookups_for(action.strategy)
    stored = {key: value for key, value in cells_of(action).items() if BY_KEY[key].in_form}
    initial = {column.key: form_value(column, stored[column.key]) for column in FORM_COLUMNS}
    locked = [column.key for column in FORM_COLUMNS if not may(request.standing, column.needs, on=action)]
    form = ActionEditForm(posted(request), lookups=lookups, initial=initial, stored=stored, locked=locked)
    if form.is_valid():
        edits = {key: Edit(form.seen[key], new) for key, new in form.cells.items()}
        try:
            outcome = save_cells(action=action, edits=edits, by=request.user, lookups=lookups)
            _say(request, outcome)
            return to_action(action)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/action_edit.html", {"form": form, "action": action})


def _say(request, outcome):
    """What became of a form with several cells."""
    labels = ", ".join(BY_KEY[conflict.column].label for conflict in outcome.conflicts)
    if outcome.removed:
        messages.error(request, f"The row was removed while you were typing. What you wrote is kept below: {labels}.")
    elif outcome.conflicts:
        messages.error(
            request,
            f"Changed by somebody else while you were typing: {labels}. What you wrote there is kept below until you "
            "decide; everything else is saved.",
        )
    elif outcome.merged:
        labels = ", ".join(BY_KEY[key].label for key in outcome.merged)
        messages.success(request, f"Saved, and put together with what somebody else wrote meanwhile: {labels}.")
    else:
        messages.success(request, "Saved." if outcome.saved else "Nothing had changed.")


@require_POST
@row_page(Right.ADD_ROW)
def action_duplicate(request, action):
    try:
        copy = services.duplicate_action(action=action, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return to_action(action)
    messages.success(request, "This is the copy. Change what differs.")
    return redirect("actions:action-edit", copy.partnership.slug, copy.pk)


@require_POST
@row_page(Right.REORDER_ROWS)
def action_move(request, action):
    """Past the neighbour above or below in the same group of the plan."""
    step = request.POST.get("direction")
    if step not in ("up", "down"):
        return to_action(action)
    siblings = action.strategy.actions.in_plan().filter(aim=action.aim_id)
    if action.aim_id is None:
        siblings = siblings.filter(theme=action.theme_id)
    if step == "up":
        neighbour = siblings.filter(position__lt=action.position).order_by("-position", "-pk").first()
    else:
        neighbour = siblings.filter(position__gt=action.position).order_by("position", "pk").first()
    if neighbour is None:
        messages.info(request, f"It is already the {'first' if step == 'up' else 'last'} of its group.")
    else:
        try:
            services.move_action(action=action, past=neighbour, by=request.user)
            messages.success(request, f"Moved {'up' if step == 'up' else 'down'}.")
        except Refused as refusal:
            messages.error(request, refusal.sentence)
    return to_action(action)


@form_page
@row_page(Right.REMOVE_ROW)
def action_remove(request, action):
    form = RemoveForm(posted(request), initial={"seen": action.version})
    if form.is_valid():
        try:
            services.remove_action(action=action, by=request.user, seen=form.cleaned_data["seen"])
            messages.success(request, "The row has been removed. You can restore it from Removed rows.")
            return to_plan(action.strategy)
        except Refused as refusal:
            form.ask_again(refusal, action.version)
    return render(request, "actions/action_remove.html", {"form": form, "action": action})


@require_POST
@row_page(Right.REMOVE_ROW)
def action_restore(request, action):
    try:
        services.restore_action(action=action, by=request.user, aim=request.POST.get("aim"))
        messages.success(request, "The row has been restored.")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return to_action(action)


@require_safe
@within(Right.READ_PLAN, load=plan_of)
def removed_rows(request, strategy):
    rows = strategy.actions.taken_out().order_by("-removed")
    return render(request, "actions/removed_rows.html", {"strategy": strategy, "rows": rows})


@form_page
@row_page(Right.POST_UPDATE)
def update_post(request, action):
    if action.removed and request.method == "GET":
        return to_action(action)
    form = UpdateForm(posted(request))
    if form.is_valid():
        try:
            services.post_update(action=action, by=request.user, **form.cleaned_data)
            messages.success(request, "Your update has been posted.")
            return to_action(action)
        except Refused as refusal:
            form.refuse(refusal)
    suggestion = suggestion_for(action, timezone.localdate())
    return render(request, "actions/update_post.html", {"form": form, "action": action, "suggestion": suggestion})
