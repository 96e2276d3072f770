"""What the three pictures of a plan (table, board, timeline) have in common, and the pages of saved views."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from actions import saved_views
from actions.access import plan_of, view_in
from actions.arrangement_forms import ChangeViewForm, SaveViewForm, asked_for
from actions.editing import lookups_for
from actions.filtering import narrowed
from partners.access import form_page, within
from partners.forms import ConfirmForm, posted
from partners.permissions import ANYTHING, Right, may
from partners.refusals import Refused
from partners.services import insist

PICTURES = (("plan", "Table"), ("plan-board", "Board"), ("plan-timeline", "Timeline"))


class Arranged:
    """One plan as one person asked to see it."""

    def __init__(self, request, strategy):
        self.request, self.strategy = request, strategy
        self.lookups = lookups_for(strategy)
        self.today = timezone.localdate()
        self.saved = saved_views.views_for(strategy, request.user)
        self.arrangement, self.filters = asked_for(request.GET, self.lookups, self.saved)

    @property
    def shorter_address(self):
        """Where to go when the page's own form was sent: it names every control, an address only what is unusual."""
        return f"{self.request.path}?{self.arrangement.query}" if "was" in self.request.GET else None

    @cached_property
    def rows(self):
        return list(self.narrowed(self.strategy.actions.for_plan()))

    def narrowed(self, rows):
        request = self.request
        return narrowed(rows, self.arrangement.chosen, request.user, request.standing, self.today)

    def context(self, here, count):
        """What the head of the page needs; `here` is the address name of the picture that it shows."""
        query = self.arrangement.query
        return {
            "strategy": self.strategy,
            "arrangement": self.arrangement,
            "filters": self.filters,
            "saved": [(view, self._may_change(view)) for view in self.saved],
            "current_view": next((view for view in self.saved if query and view.query == query), None),
            "pictures": [(label, self._address(name, query), name == here) for name, label in PICTURES],
            "count": count,
        }

    def _may_change(self, view):
        return view.by_id == self.request.user.pk or may(self.request.standing, Right.REORDER_ROWS)

    def _address(self, name, query):
        address = reverse(f"actions:{name}", args=[self.strategy.partnership.slug, self.strategy.slug])
        return f"{address}?{query}" if query else address


def _to_view(strategy, view):
    address = reverse("actions:plan", args=[strategy.partnership.slug, strategy.slug])
    return redirect(f"{address}?view={view.pk}")


def _may_share(request):
    return may(request.standing, Right.EDIT_ROW, on=ANYTHING)


@form_page
@within(Right.READ_PLAN, load=plan_of)
def view_save(request, strategy):
    """Save what the address asks for under a name."""
    saved = saved_views.views_for(strategy, request.user)
    arrangement, _ = asked_for(request.GET, lookups_for(strategy), saved)
    form = SaveViewForm(posted(request), may_share=_may_share(request))
    if form.is_valid():
        try:
            view = saved_views.save_view(strategy=strategy, query=arrangement.query, by=request.user, **form.wanted)
            messages.success(request, f"“{view.name}” is saved. It is listed under Views.")
            return _to_view(strategy, view)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/view_save.html", {"form": form, "strategy": strategy, "arrangement": arrangement})


def _seen(request, view):
    """Somebody else's view that is not shared is as if it were not there."""
    if not saved_views.is_open_to(view, request.user):
        raise Http404
    if view.by_id != request.user.pk:
        insist(request.user, request.partnership, Right.REORDER_ROWS)


@form_page
@within(Right.READ_PLAN, load=view_in)
def view_edit(request, view):
    _seen(request, view)
    initial = {"name": view.name, "shared": view.shared}
    form = ChangeViewForm(posted(request), initial=initial, may_share=_may_share(request))
    if form.is_valid():
        try:
            changed = saved_views.change_view(view=view, by=request.user, **form.cleaned_data)
            messages.success(request, f"“{changed.name}” is saved.")
            return _to_view(view.strategy, view)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/view_edit.html", {"form": form, "view": view, "strategy": view.strategy})


@form_page
@within(Right.READ_PLAN, load=view_in)
def view_delete(request, view):
    _seen(request, view)
    form = ConfirmForm(posted(request), button="Delete this view")
    if form.is_valid():
        saved_views.delete_view(view=view, by=request.user)
        messages.success(request, f"“{view.name}” has been deleted. The plan is as it was.")
        return redirect("actions:plan", request.partnership.slug, view.strategy.slug)
    return render(request, "actions/view_delete.html", {"form": form, "view": view, "strategy": view.strategy})
