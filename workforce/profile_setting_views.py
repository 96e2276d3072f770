"""Pages on which the profile report is put in order: its parts and words, its schedule, published figures beside it."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partners.access import form_page, within
from partners.forms import ConfirmForm, posted
from partners.permissions import Right, may
from partners.refusals import Refused
from workforce import profiles
from workforce.profile_forms import ContextEditForm, ContextForm, PartForm, ScheduleForm
from workforce.profile_parts import moved, parts_in_order

# --- Parts and words ------------------------------------------------------------------------------------------------


@form_page
@within(Right.BUILD_PROFILE)
def part_list(request):
    """All parts in one form: each button saves what is ticked as well, so nothing is lost by pressing another."""
    parts = parts_in_order(request.partnership)
    if request.method == "POST":
        return _arranged(request, parts)
    return render(request, "workforce/profile/part_list.html", {"parts": parts})


def _arranged(request, parts):
    order, at = moved([part.key for part in parts], request.POST)
    left_out = {key for key in request.POST.getlist("left_out") if key in order}
    try:
        profiles.arrange_parts(partnership=request.partnership, order=order, left_out=left_out, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("profile:part-list", request.partnership.slug)
    if not at:
        messages.success(request, "Saved. The report is in this order from now on.")
    return redirect(reverse("profile:part-list", args=[request.partnership.slug]) + (f"#{at}" if at else ""))


def _part(partnership, key):
    part = next((part for part in parts_in_order(partnership) if part.key == key), None)
    if part is None:
        raise ObjectDoesNotExist
    return part


@form_page
@within(Right.BUILD_PROFILE, load=_part, on_it=False)
def part_edit(request, part):
    stored = {"words": part.words}
    form = PartForm(posted(request), stored=stored, initial=stored)
    if form.is_valid():
        place = {"partnership": request.partnership, "key": part.key}
        try:
            profiles.write_words(**place, seen=form.seen["words"], by=request.user, **form.wanted)
            messages.success(request, f"The words of “{part.title}” have been saved.")
            return redirect("profile:part-list", request.partnership.slug)
        except Refused as refusal:
            form.refuse(refusal)
            form.show_again()
    return render(request, "workforce/profile/part_edit.html", {"form": form, "part": part})


# --- Schedule -------------------------------------------------------------------------------------------------------


@form_page
@within(Right.BUILD_PROFILE)
def schedule_edit(request):
    form = ScheduleForm(posted(request), initial=schedule_values(request.partnership))
    if form.is_valid():
        try:
            profiles.set_schedule(partnership=request.partnership, by=request.user, **form.cleaned_data)
            messages.success(request, "The schedule has been saved.")
            return redirect("profile:release-list", request.partnership.slug)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "workforce/profile/schedule_edit.html", {"form": form})


def schedule_values(partnership):
    """What holds now, or what would hold if nobody changed anything."""
    schedule = profiles.schedule_of(partnership)
    return {name: getattr(schedule, name) for name in profiles.SCHEDULED}


# --- Published figures beside the report ----------------------------------------------------------------------------


def _figure(partnership, pk):
    return partnership.context_figures.select_related("partnership").get(pk=pk)


def _to_figures(request):
    return redirect("profile:context-list", request.partnership.slug)


def _figure_saved(request, form, **line):
    try:
        return profiles.set_context_figure(partnership=request.partnership, by=request.user, **line)
    except Refused as refusal:
        form.refuse(refusal)


@require_safe
@within(Right.READ_PROFILE)
def context_list(request):
    figures = request.partnership.context_figures.all()
    context = {"figures": figures, "may_edit": may(request.standing, Right.BUILD_PROFILE)}
    return render(request, "workforce/profile/context_list.html", context)


@form_page
@within(Right.BUILD_PROFILE)
def context_add(request):
    form = ContextForm(posted(request), partnership=request.partnership)
    if form.is_valid() and _figure_saved(request, form, **form.cleaned_data):
        messages.success(request, "The number has been added. It stands in the next report.")
        return _to_figures(request)
    return render(request, "workforce/profile/context_add.html", {"form": form})


@form_page
@within(Right.BUILD_PROFILE, load=_figure)
def context_edit(request, figure):
    form = ContextEditForm(posted(request), initial={"value": figure.value, "source": figure.source})
    kind = {"kind": figure.kind, "as_at": figure.as_at}
    if form.is_valid() and _figure_saved(request, form, **kind, **form.cleaned_data):
        messages.success(request, f"{figure} has been saved.")
        return _to_figures(request)
    return render(request, "workforce/profile/context_edit.html", {"form": form, "figure": figure})


@form_page
@within(Right.BUILD_PROFILE, load=_figure)
def context_remove(request, figure):
    form = ConfirmForm(posted(request), button="Remove this number")
    if form.is_valid():
        try:
            profiles.remove_context_figure(figure=figure, by=request.user)
            messages.success(request, f"{figure} has been removed.")
            return _to_figures(request)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "workforce/profile/context_remove.html", {"form": form, "figure": figure})
