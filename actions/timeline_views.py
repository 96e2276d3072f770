"""The plan as a timeline."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from actions.access import plan_of
from actions.arrangement_views import Arranged
from actions.gantt import frame_of
from actions.presenting import rows_address
from actions.timeline import TimelineDrawing, scale
from partners.access import within
from partners.permissions import Right


@require_safe
@within(Right.READ_PLAN, load=plan_of)
def plan_timeline(request, strategy):
    arranged = Arranged(request, strategy)
    if arranged.shorter_address:
        return redirect(arranged.shorter_address)
    arrangement = arranged.arrangement
    rows = list(arranged.narrowed(arrangement.related(strategy.actions.in_plan().in_order())))
    frame = frame_of(*strategy.period)
    drawing = TimelineDrawing(arranged.lookups, arranged.today, rows_address(request), frame)
    context = arranged.context("plan-timeline", len(rows)) | {
        "groups": arrangement.groups(rows, drawing),
        "scale": scale(frame, arranged.today),
        "frame": frame,
    }
    return render(request, "actions/plan_timeline.html", context)
