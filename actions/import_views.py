"""Pages through which a plan comes in from a file and is taken away as one."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from actions import imports
from actions.access import import_in, plan_of
from actions.columns import BY_KEY
from actions.exports import PlanExport
from actions.forms import PlanFileForm
from actions.models import Status
from actions.proposing import counts_of
from actions.tasks import read_plan_import
from actions.writing import WRITERS
from partners.access import form_page, within
from partners.forms import posted, posted_files
from partners.permissions import Right
from partners.queue import hand_over
from partners.refusals import Refused

PROPOSAL_LABELS = {"progress": "Progress", "partners": "Contributing partners"}


def _export_of(partnership, strategy, format):
    plan = plan_of(partnership, strategy)
    if format not in WRITERS:
        raise Http404
    plan.export_format = format
    return plan


@require_safe
@within(Right.EXPORT_PLAN, load=_export_of)
def plan_export(request, strategy):
    write, content_type = WRITERS[strategy.export_format]
    export = PlanExport(strategy)
    response = HttpResponse(write(export), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{export.file_stem}.{strategy.export_format}"'
    return response


@form_page
@within(Right.IMPORT_PLAN, load=plan_of)
def plan_import_start(request, strategy):
    form = PlanFileForm(posted(request), posted_files(request))
    if form.is_valid():
        try:
            plan_import = imports.start_import(strategy=strategy, upload=form.cleaned_data["file"], by=request.user)
            hand_over(read_plan_import, plan_import.pk)
            return _to_import(plan_import)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/plan_import_start.html", {"form": form, "strategy": strategy})


def _to_import(plan_import):
    strategy = plan_import.strategy
    return redirect("actions:plan-import", strategy.partnership.slug, strategy.slug, plan_import.pk)


@require_safe
@within(Right.IMPORT_PLAN, load=import_in)
def plan_import(request, plan_import):
    """What the file would change, row by row; nothing is written yet."""
    context = {"plan_import": plan_import, "strategy": plan_import.strategy}
    if plan_import.proposal:
        proposal = plan_import.proposal
        counts = counts_of(proposal)
        context |= {
            "counts": counts,
            "to_write": counts["added"] + counts["changed"],
            "rows": [_shown(row) for row in proposal["rows"]],
            "problems": proposal["problems"],
            "not_rows": proposal["not_rows"],
            "not_in_file": proposal["not_in_file"],
            "new_headings": proposal["new_headings"],
            "begins_late": proposal["ended_before"],
        }
    return render(request, "actions/plan_import.html", context)


def _shown(row):
    cells = [(_label(key), _words(key, before), _words(key, after)) for key, (before, after) in row["cells"].items()]
    reading = [_milestone_words(one) for one in row["milestones"]]
    return row | {
        "shown_cells": cells if row["change"] == "changed" else [],
        "understood": reading,
        "status_word": Status(row["status"]).label if row["status"] else "",
    }


def _milestone_words(milestone):
    days = [date.fromisoformat(milestone[end]) for end in ("start", "due") if milestone[end]]
    words = " to ".join(f"{day:%-d %B %Y}" for day in days)
    return f"{milestone['label']}: {words}" if milestone["label"] else words


def _label(key):
    return BY_KEY[key].label if key in BY_KEY else PROPOSAL_LABELS.get(key, key)


def _words(key, value):
    if key in ("status", "priority") and value:
        return BY_KEY[key].in_words(value, None)
    return "\n".join(value) if isinstance(value, list) else value or ""


@require_POST
@within(Right.IMPORT_PLAN, load=import_in)
def plan_import_apply(request, plan_import):
    try:
        applied = imports.apply_import(plan_import=plan_import, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _to_import(plan_import)
    headings = len(plan_import.proposal["new_headings"])
    also = f" {headings} aims or themes were added to the strategy." if headings else ""
    messages.success(
        request, f"{applied.added} row{'' if applied.added == 1 else 's'} added and {applied.changed} changed.{also}"
    )
    for sentence in applied.left:
        messages.warning(request, sentence)
    return redirect("actions:plan", plan_import.strategy.partnership.slug, plan_import.strategy.slug)


@require_POST
@within(Right.IMPORT_PLAN, load=import_in)
def plan_import_drop(request, plan_import):
    if imports.drop_import(plan_import=plan_import, by=request.user):
        messages.success(request, "The file has been dropped. Nothing was changed.")
    else:
        messages.error(request, "This file cannot be dropped: it is being read, or has been applied.")
    return redirect("actions:plan", plan_import.strategy.partnership.slug, plan_import.strategy.slug)
