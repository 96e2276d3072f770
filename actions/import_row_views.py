"""Pages through which the rows of a plan file are put right in its preview, before anything is applied."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from actions import import_rows
from actions.access import import_in
from actions.editing import lookups_for
from actions.import_forms import ProposedRowForm
from actions.models import PlanImport
from partners.access import form_page, within
from partners.forms import posted
from partners.permissions import Right
from partners.refusals import Refused


def _row_in(partnership, strategy, pk, number):
    """One row of a preview that can still be changed."""
    plan_import = import_in(partnership, strategy, pk)
    rows = plan_import.draft["rows"] if plan_import.state == PlanImport.State.READY and plan_import.draft else []
    if number >= len(rows):
        raise Http404
    plan_import.number = number
    return plan_import


@form_page
@within(Right.IMPORT_PLAN, load=_row_in)
def plan_import_row(request, plan_import):
    row = plan_import.draft["rows"][plan_import.number]
    lookups = lookups_for(plan_import.strategy)
    form = ProposedRowForm(posted(request), row=row, lookups=lookups, revision=plan_import.revision)
    if form.is_valid():
        try:
            import_rows.correct_row(
                plan_import=plan_import, number=plan_import.number, values=form.values, by=request.user,
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
            messages.success(request, f"{row['place']} now says what you wrote. Nothing has been applied yet.")
            return _to_row(plan_import, plan_import.number)
        except Refused as refusal:
            form.refuse(refusal)
    place = row["place"]
    problems = [one for one in plan_import.proposal["problems"] if one["where"].partition(", column ")[0] == place]
    context = {"form": form, "plan_import": plan_import, "strategy": plan_import.strategy, "row": row}
    return render(request, "actions/plan_import_row.html", context | {"problems": problems})


def _revision(request):
    """The revision of the preview that the person saw; none that could be is as stale as any."""
    text = request.POST.get("revision", "")[:9]
    return int(text) if text.isdecimal() else -1


def _to_row(plan_import, number):
    strategy = plan_import.strategy
    page = reverse("actions:plan-import", args=[strategy.partnership.slug, strategy.slug, plan_import.pk])
    return redirect(f"{page}#row-{number}")


def _change(request, plan_import, door, sentence, number):
    place = plan_import.draft["rows"][plan_import.number]["place"]
    try:
        door(plan_import=plan_import, number=plan_import.number, by=request.user, revision=_revision(request))
        messages.success(request, sentence.format(place))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return _to_row(plan_import, number)


@require_POST
@within(Right.IMPORT_PLAN, load=_row_in)
def plan_import_row_out(request, plan_import):
    return _change(request, plan_import, import_rows.leave_row_out, "{} is left out.", plan_import.number)


@require_POST
@within(Right.IMPORT_PLAN, load=_row_in)
def plan_import_row_in(request, plan_import):
    return _change(request, plan_import, import_rows.take_row_in, "{} is taken in again.", plan_import.number)


@require_POST
@within(Right.IMPORT_PLAN, load=_row_in)
def plan_import_row_join(request, plan_import):
    above = plan_import.number - 1
    return _change(request, plan_import, import_rows.join_row, "{} is now part of the row above it.", above)
