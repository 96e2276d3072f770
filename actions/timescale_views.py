"""Pages where people put right what was understood of a timescale, and tick milestones off."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from actions.access import row_page
from actions.columns import ticks_kept
from actions.editing import Edit, save_cells, tick_milestone
from actions.forms import MilestoneFormSet, RhythmForm
from actions.timescale import Confidence, Kind, Milestone, Precision, Qualifier, Reading, from_json, to_json
from partners.access import form_page
from partners.forms import posted
from partners.permissions import Right
from partners.refusals import Refused

CHANGED = (
    "Somebody else changed the timescale while you were on this page. It now says what stands above. Check your dates "
    "against it and confirm again."
)
REMOVED = (
    "This row was removed from the plan. The dates that you confirmed are kept, and wait on your home page: they can "
    "be used once the row is restored."
)


@form_page
@row_page(Right.EDIT_ROW)
def timescale_correct(request, action):
    """Correct or confirm what was understood. The words of the timescale stay as they are."""
    reading = from_json(action.reading)
    initial = [{"label": one.label or "", "start": one.start, "due": one.due} for one in reading.milestones]
    formset = MilestoneFormSet(posted(request), initial=initial)
    stored = {"reading": action.reading, "timescale_text": action.timescale_text}
    rhythm = RhythmForm(posted(request), stored=stored, initial={"ongoing": reading.ongoing, "recurs": reading.recurs})
    if all([formset.is_valid(), rhythm.is_valid()]):
        try:
            hindrance = _confirm(action, formset, rhythm, by=request.user)
            if not hindrance:
                messages.success(request, "The dates have been confirmed.")
                return redirect("actions:action", action.partnership.slug, action.pk)
            rhythm.add_error(None, hindrance)
            rhythm.show_again()
        except Refused as refusal:
            rhythm.add_error(None, refusal.sentence)
    context = {"formset": formset, "form": rhythm, "action": action}
    return render(request, "actions/timescale_correct.html", context)


def _confirm(action, formset, rhythm, *, by):
    """Save the corrected reading. Returns what hinders that, or nothing when it is saved."""
    if rhythm.seen != rhythm.stored:
        return CHANGED
    seen = action.reading
    corrected = _reading_of(formset.cleaned_data, rhythm.cleaned_data)
    new = corrected | {"confirmed": True, "done": ticks_kept(seen, corrected)}
    outcome = save_cells(action=action, edits={"reading": Edit(seen, new)}, by=by)
    if outcome.removed and outcome.conflicts:
        return REMOVED
    return CHANGED if outcome.conflicts else ""


def _reading_of(answers, rhythm):
    milestones = tuple(
        Milestone(
            label=one["label"] or None,
            start=one["start"],
            due=one["due"],
            precision=Precision.DAY,
            qualifier=Qualifier.BETWEEN if one["start"] else Qualifier.ON,
            confidence=Confidence.CLEAR,
        )
        for one in answers
        if one.get("due") or one.get("start")
    )
    recurs, ongoing = rhythm["recurs"] or None, rhythm["ongoing"]
    kinds = ((recurs, Kind.RECURRING), (ongoing, Kind.ONGOING), (milestones, Kind.DATED), (True, Kind.NOT_UNDERSTOOD))
    kind = next(kind for holds, kind in kinds if holds)
    return to_json(Reading(kind=kind, milestones=milestones, ongoing=ongoing, recurs=recurs))


@require_POST
@row_page(Right.EDIT_ROW)
def milestone_done(request, action):
    """Tick a milestone off, or take the tick away: the page says which it wants, so sending it twice is harmless."""
    name, done = request.POST.get("name", ""), request.POST.get("done") == "yes"
    try:
        tick_milestone(action=action, place=request.POST.get("place", ""), name=name, done=done, by=request.user)
        messages.success(request, f"{name}: {'ticked off' if done else 'no longer ticked off'}.")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return redirect(reverse("actions:action", args=[action.partnership.slug, action.pk]) + "#milestones")
