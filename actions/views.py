"""Pages of the plan and of its rows."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from actions import services
from actions.access import attachment_in, plan_of, row_page
from actions.columns import BY_KEY, FORM_COLUMNS, cells_of, milestone_name
from actions.differences import word_changes
from actions.editing import Edit, lookups_for, save_cells
from actions.filtering import narrowed
from actions.forms import (
    ActionEditForm,
    ActionForm,
    AttachForm,
    CommentForm,
    FilterForm,
    UpdateForm,
    form_value,
)
from actions.presenting import TABLE_COLUMNS, Drawing, details_of, grouped, history_lines, suggestion_for
from actions.timescale import from_json
from partners.access import form_page, within
from partners.forms import NOT_SEEN, ConfirmForm, posted, posted_files
from partners.models import Change
from partners.permissions import ANYTHING, Right, may
from partners.refusals import Refused

LATEST_CHANGES = 50


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
    lookups = lookups_for(strategy)
    today = timezone.localdate()
    filters = FilterForm(request.GET, lookups=lookups)
    chosen = filters.chosen
    rows = list(narrowed(strategy.actions.for_plan(), chosen, request.user, request.standing, today))
    drawing = Drawing(lookups, today, _rows_address(request), request.standing)
    context = {
        "strategy": strategy,
        "filters": filters,
        "is_filtered": bool(chosen),
        "groups": grouped(rows, drawing),
        "count": len(rows),
        "columns": TABLE_COLUMNS,
        "may_add": may(request.standing, Right.ADD_ROW, on=ANYTHING),
        "may_import": may(request.standing, Right.IMPORT_PLAN),
    }
    return render(request, "actions/plan.html", context)


def _rows_address(request):
    """The beginning of every row's address: worked out once, not a thousand times."""
    return reverse("actions:action", args=[request.partnership.slug, 0]).removesuffix("0/")


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
        "comments": action.comments.all(),
        "attachments": action.attachments.filter(removed=None),
        "history": history_lines(_changes_of(action)[:LATEST_CHANGES], lookups),
        "comment_form": CommentForm(),
        "may": {right.value: may(standing, right, on=action) for right in Right},
        "may_move": may(standing, Right.REORDER_ROWS),
    }
    return render(request, "actions/action.html", context)


def _changes_of(action):
    return Change.objects.filter(partnership=action.partnership_id, subject="action", subject_id=action.pk)


@form_page
@within(Right.ADD_ROW, load=plan_of, on_it=False)
def action_add(request, strategy):
    lookups = lookups_for(strategy)
    form = ActionForm(posted(request), lookups=lookups, initial=_blank_row(request, strategy))
    if form.is_valid():
        try:
            added = services.add_action(strategy=strategy, cells=form.cells, by=request.user, lookups=lookups)
            messages.success(request, "The row has been added to the plan.")
            return to_action(added)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/action_add.html", {"form": form, "strategy": strategy})


def _blank_row(request, strategy):
    own = sorted(request.standing.organisation_ids_with(Right.ADD_ROW))
    return {"ref": services.suggested_ref(strategy), "lead_organisation": own[0] if own else ""}


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
    conflicts = []
    if form.is_valid() and request.POST.get("theirs") in BY_KEY:
        form.show_again(theirs=[request.POST["theirs"]])
    elif form.is_valid():
        edits = {key: Edit(form.seen[key], new) for key, new in form.cells.items()}
        try:
            outcome = save_cells(action=action, edits=edits, by=request.user, lookups=lookups)
            if not outcome.conflicts:
                messages.success(request, "Saved." if outcome.saved else "Nothing had changed.")
                return to_action(action)
            conflicts = [_panel(conflict, lookups) for conflict in outcome.conflicts]
            form.show_again()
        except Refused as refusal:
            form.refuse(refusal)
    context = {"form": form, "action": action, "conflicts": conflicts}
    return render(request, "actions/action_edit.html", context, status=409 if conflicts else 200)


def _panel(conflict, lookups):
    """A conflict in words: it was, theirs, yours, with the changed words marked."""
    column = BY_KEY[conflict.column]
    values = [conflict.theirs if conflict.base == NOT_SEEN else conflict.base, conflict.theirs, conflict.mine]
    base, theirs, mine = (column.in_words(value, lookups) for value in values)
    return {
        "label": column.label,
        "key": column.key,
        "by_name": conflict.by_name,
        "at": conflict.at,
        "base": base,
        "theirs": word_changes(base, theirs),
        "mine": word_changes(base, mine),
    }


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
    form = ConfirmForm(posted(request), button="Remove this row from the plan")
    if form.is_valid():
        services.remove_action(action=action, by=request.user)
        messages.success(request, "The row has been removed. You can restore it from Removed rows.")
        return to_plan(action.strategy)
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


@form_page
@row_page(Right.COMMENT)
def comment_add(request, action):
    form = CommentForm(posted(request))
    if form.is_valid():
        try:
            services.add_comment(action=action, by=request.user, **form.cleaned_data)
            messages.success(request, "Your comment has been added.")
            return to_action(action)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/comment_add.html", {"form": form, "action": action})


@form_page
@row_page(Right.ATTACH)
def attachment_add(request, action):
    form = AttachForm(posted(request), posted_files(request))
    if form.is_valid():
        try:
            services.attach(action=action, upload=form.cleaned_data["file"], by=request.user)
            messages.success(request, "The file has been attached.")
            return to_action(action)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/attachment_add.html", {"form": form, "action": action})


@require_safe
@within(Right.READ_PLAN, load=attachment_in)
def attachment(request, attachment):
    """Always a download of no particular type: a browser never shows what somebody attached."""
    try:
        with attachment.file.open("rb") as stored:
            response = HttpResponse(stored.read(), content_type="application/octet-stream")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response["Content-Disposition"] = content_disposition_header(True, attachment.name)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@within(Right.ATTACH, load=attachment_in)
def attachment_remove(request, attachment):
    services.remove_attachment(attachment=attachment, by=request.user)
    messages.success(request, f"{attachment.name} has been taken off this row.")
    return to_action(attachment.action)


@require_safe
@within(Right.READ_PLAN, load=plan_of)
def plan_history(request, strategy):
    """The latest changes of the plan, newest first."""
    rows = strategy.actions.values("pk")
    changes = Change.objects.filter(partnership=strategy.partnership_id, subject="action", subject_id__in=rows)
    before = request.GET.get("before", "")
    if before.isdecimal():
        changes = changes.filter(pk__lt=int(before[:18]))
    page = list(changes[: LATEST_CHANGES + 1])
    context = {
        "strategy": strategy,
        "history": history_lines(page[:LATEST_CHANGES], lookups_for(strategy)),
        "older": page[LATEST_CHANGES - 1].pk if len(page) > LATEST_CHANGES else None,
    }
    return render(request, "actions/plan_history.html", context)
