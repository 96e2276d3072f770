"""The plan as a board, and moving a card from one status to another."""

from django.contrib import messages
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from actions.access import plan_of, row_page
from actions.arrangement_forms import MoveForm
from actions.arrangement_views import Arranged
from actions.board import STATUSES, BoardDrawing
from actions.editing import save_cells
from actions.presenting import rows_address
from partners.access import within
from partners.permissions import Right
from partners.refusals import Refused

LONGEST_WAY_BACK = 2000


@require_safe
@within(Right.READ_PLAN, load=plan_of)
def plan_board(request, strategy):
    arranged = Arranged(request, strategy)
    if arranged.shorter_address:
        return redirect(arranged.shorter_address)
    drawing = BoardDrawing(
        arranged.lookups,
        arranged.today,
        rows_address(request),
        request.standing,
        get_token(request),
        arranged.arrangement.query,
    )
    rows = arranged.arrangement.ordered(arranged.rows, arranged.lookups)
    return render(
        request, "actions/plan_board.html", arranged.context("plan-board", len(rows)) | {"lanes": drawing.lanes(rows)}
    )


@require_POST
@row_page(Right.EDIT_ROW)
def status_move(request, action):
    """Change a row's status from its card, if it is still the one that the card showed."""
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            outcome = save_cells(action=action, edits={"status": form.edit}, by=request.user)
            _say(request, action, outcome, form)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
    else:
        messages.error(request, f"Choose one of the lanes: {', '.join(STATUSES.values())}.")
    return redirect(_way_back(request, action))


def _say(request, action, outcome, form):
    name, wanted = f"“{action}”", STATUSES[form.cleaned_data["status"]]
    if outcome.removed:
        messages.error(request, f"{name} was removed from the plan meanwhile, so it was not moved.")
    elif outcome.conflicts:
        (conflict,) = outcome.conflicts
        theirs = STATUSES[conflict.theirs or "none"]
        messages.error(
            request,
            f"{name} was not moved: {conflict.by_name} had set it to {theirs} since you opened this page. Your choice, "
            f"{wanted}, is kept on the row’s own page until you decide.",
        )
    elif outcome.saved:
        messages.success(request, f"{name} is now {wanted}.")
    else:
        messages.info(request, f"{name} was {wanted} already.")


def _way_back(request, action):
    query = QueryDict(request.POST.get("back", "")[:LONGEST_WAY_BACK]).urlencode()
    board = reverse("actions:plan-board", args=[request.partnership.slug, action.strategy.slug])
    return f"{board}?{query}#card-{action.pk}" if query else f"{board}#card-{action.pk}"
