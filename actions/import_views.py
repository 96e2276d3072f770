"""Pages through which a plan comes in from a file and is taken away as one."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from actions import imports
from actions.access import import_in, plan_of
from actions.column_mapping import map_columns, mapping_of
from actions.columns import BY_KEY
from actions.editing import lookups_for
from actions.exports import PlanExport
from actions.import_forms import ColumnsForm, PlanFileForm
from actions.models import Status
from actions.own_document import document_of, forget_document, given_back
from actions.proposing import counts_of, removable
from actions.tasks import read_plan_import
from partners.access import form_page, within
from partners.forms import posted, posted_files
from partners.permissions import Right
from partners.queue import hand_over
from partners.refusals import Refused
from workforce.writing import WRITERS

EARLIER_SHOWN = 10
PROPOSAL_LABELS = {"progress": "Progress", "partners": "Contributing partners"}


OWN = "own"  # the format of the partner's own document


def _export_of(partnership, strategy, format):
    plan = plan_of(partnership, strategy)
    if format not in WRITERS and not (format == OWN and document_of(plan)):
        raise Http404
    plan.export_format = format
    return plan


@require_safe
@within(Right.EXPORT_PLAN, load=_export_of)
def plan_export(request, strategy):
    if strategy.export_format == OWN:
        return _own_export(document_of(strategy))
    write, content_type = WRITERS[strategy.export_format]
    export = PlanExport(strategy)
    return _download(write(export), content_type, f"{export.file_stem}.{strategy.export_format}")


def _own_export(document):
    """The plan in the partner's own document; what that cannot say stands at its end."""
    content, _ = given_back(document)
    return _download(content, WRITERS["docx"][1], document.name)


def _download(content, content_type, name):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_POST
@within(Right.IMPORT_PLAN, load=plan_of)
def plan_document_forget(request, strategy):
    document = document_of(strategy)
    if document is not None:
        forget_document(document=document, by=request.user)
        messages.success(request, f"{document.name} has been deleted. The plan stays as it is.")
    return redirect("actions:plan", strategy.partnership.slug, strategy.slug)


@form_page
@within(Right.IMPORT_PLAN, load=plan_of)
def plan_import_start(request, strategy):
    form = PlanFileForm(posted(request), posted_files(request))
    if form.is_valid():
        try:
            plan_import = _started(strategy, form.cleaned_data, request.user)
            hand_over(read_plan_import, plan_import.pk)
            return _to_import(plan_import)
        except Refused as refusal:
            form.refuse(refusal)
    earlier = strategy.plan_imports.select_related("by")[:EARLIER_SHOWN]
    context = {"form": form, "strategy": strategy, "earlier": earlier}
    return render(request, "actions/plan_import_start.html", context)


def _started(strategy, given, person):
    if given["file"]:
        return imports.start_import(strategy=strategy, upload=given["file"], by=person)
    return imports.start_pasted_import(strategy=strategy, text=given["text"], html=given["html"], by=person)


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
        members = {name.casefold() for name in lookups_for(plan_import.strategy).people.values()}
        context |= {
            "counts": counts,
            "to_write": counts["added"] + counts["changed"] + sum(bool(row.get("to_hold")) for row in proposal["rows"]),
            "removable": removable(proposal),
            "removed_but_written": [row for row in proposal.get("removed", []) if row["by"]],
            "take_out": proposal.get("take_out"),
            "rows": [_shown(row, members) for row in proposal["rows"]],
            "unmatched": (plan_import.draft or {}).get("unmatched", ()),
            "left_out": proposal.get("left_out", []),
            "problems": _with_rows(proposal),
            "not_rows": proposal["not_rows"],
            "not_in_file": proposal["not_in_file"],
            "new_headings": proposal["new_headings"],
            "begins_late": proposal["ended_before"],
        }
    return render(request, "actions/plan_import.html", context)


@form_page
@within(Right.IMPORT_PLAN, load=import_in)
def plan_import_columns(request, plan_import):
    """What the columns of the file are, where their headings did not say."""
    headings = plan_import.draft or {}
    form = ColumnsForm(
        posted(request), unmatched=headings.get("unmatched", ()), matched=headings.get("matched", {}),
        known=mapping_of(plan_import.strategy.partnership),
    )  # fmt: skip
    if form.is_valid():
        try:
            map_columns(plan_import=plan_import, columns=form.columns, by=request.user)
            hand_over(read_plan_import, plan_import.pk)
            return _to_import(plan_import)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"form": form, "plan_import": plan_import, "strategy": plan_import.strategy}
    return render(request, "actions/plan_import_columns.html", context)


def _with_rows(proposal):
    """The problems, each with the number of the row it is about, if it is about one."""
    numbers = {row["where"]: row.get("number") for row in proposal["rows"]}
    return [one | {"number": numbers.get(one["where"].partition(", column ")[0])} for one in proposal["problems"]]


def _shown(row, members):
    since = row.get("since", {})
    cells = [
        (_label(key), _words(key, before), _words(key, after), _since(since.get(key)))
        for key, (before, after) in row["cells"].items()
    ]
    return row | {
        "shown_cells": cells if row["change"] == "changed" or row.get("to_hold") else [],
        "facts": _facts(row, members) if row["change"] == "added" else [],
        "status_word": Status(row["status"]).label if row["status"] else "",
    }


def _facts(row, members):
    """What a new row says: (label, words, what was understood of them)."""
    values = row["values"]
    notes = {
        "timescale_text": [_milestone_words(one) for one in row["milestones"]],
        "leads": [f"{name} signs in here" for name in values["leads"] if name.casefold() in members],
    }
    hidden = {"ref", "activity", "status"} | ({"aim"} if values["aim"] == values["theme"] else set())
    filled = [key for key in values if values[key] and key not in hidden]
    return [(_label(key), _words(key, values[key]), notes.get(key, ())) for key in filled]


def _since(since):
    """What becomes of a cell that somebody changed in the plan after the file was made."""
    if not since:
        return ""
    becomes = "The two changes will be put together" if since["becomes"] == "merged" else "Yours will be kept aside"
    return f"Also changed by {since['by'] or 'somebody'} since the file was made. {becomes}."


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
        take_out = "take_out" in request.POST
        revision = request.POST.get("revision", "")[:9]
        applied = imports.apply_import(
            plan_import=plan_import, by=request.user, take_out=take_out,
            revision=int(revision) if revision.isdecimal() else None,
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _to_import(plan_import)
    headings = len(plan_import.proposal["new_headings"])
    also = f" {headings} aims or themes were added to the strategy." if headings else ""
    removed = f", {applied.removed} taken out" if applied.removed else ""
    added = f"{applied.added} row{'' if applied.added == 1 else 's'} added"
    messages.success(request, f"{added} and {applied.changed} changed{removed}.{also}")
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


@require_POST
@within(Right.IMPORT_PLAN, load=import_in)
def plan_import_undo(request, plan_import):
    try:
        result = imports.undo_import(plan_import=plan_import, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return _to_import(plan_import)
    messages.success(request, f"“{plan_import.name}” was undone: {_what_came_back(result)}.")
    for row in result.held:
        messages.warning(request, f"{row}: somebody changed it since; what it said before waits for your decision.")
    for row, sentence in result.left:
        messages.warning(request, f"{row}: {sentence}" if row else sentence)
    return redirect("actions:plan", plan_import.strategy.partnership.slug, plan_import.strategy.slug)


def _what_came_back(result):
    counts = (
        (result.removed, "added row was removed", "added rows were removed"),
        (result.restored, "removed row is back", "removed rows are back"),
        (result.cells, "cell says what it said before", "cells say what they said before"),
        (result.withdrawn, "progress report was withdrawn", "progress reports were withdrawn"),
    )
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return ", ".join(said) or "nothing of it was left to take back"
