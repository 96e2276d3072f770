"""Pages of the history: of a plan, of a row, of a cell; and the plan as it was."""

from dataclasses import dataclass
from datetime import timedelta

from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.access import plan_of, row_page
from actions.columns import BY_KEY
from actions.history_forms import HistoryForm, PointForm, end_of_minute
from actions.past import changes_of_plan, changes_of_row, lookups_of_history, plan_at
from actions.telling import history_lines, past_groups
from partners.access import within
from partners.models import Act
from partners.permissions import Right, may
from partners.text import number_in

ON_A_PAGE = 50
A_DAY = timedelta(days=1)
PLACES = ("before", "after")


@require_safe
@within(Right.READ_PLAN, load=plan_of)
def plan_history(request, strategy):
    """What happened to a plan, newest first, as far as the filters say."""
    # The planner itself makes room between rows now and then; that changes nothing anybody sees.
    changes = changes_of_plan(strategy).exclude(field="positions", by=None)
    context = _history(request, changes, strategy)
    return render(request, "actions/plan_history.html", context | {"strategy": strategy})


@require_safe
@row_page(Right.READ_PLAN)
def action_history(request, action):
    """What happened to a row, or with `?column=` to one of its cells; each value can be put back."""
    context = _history(request, changes_of_row(action), action.strategy)
    may_edit = may(request.standing, Right.EDIT_ROW, on=action)
    if may_edit and not action.removed:
        for line in context["history"]:
            line.choices = _choices(line, action)
    column = BY_KEY.get(context["form"].chosen.get("column"))
    context |= {"action": action, "column": column, "may_edit": may_edit}
    return render(request, "actions/action_history.html", context)


def _choices(line, action):
    """What may be put back of a line: the value it brought, or the one it replaced, where the cell says otherwise."""
    change, column = line.change, line.column
    if column is None or change.act not in (Act.CHANGED, Act.MERGED, Act.HELD):
        return []
    if line.held and not line.held.settled:
        return []  # It has a page of its own, where it is decided about.
    stored = column.stored(action)
    values = (("after", change.after, "Put this value back"), ("before", change.before, "Put back what it said before"))
    if change.act == Act.HELD:
        values = values[:1]
    return [(which, words) for which, value, words in values if value != stored]


def _history(request, changes, strategy):
    people = changes.exclude(by=None).order_by("by_name").values_list("by", "by_name").distinct()
    lookups = lookups_of_history(strategy)
    form = HistoryForm(request.GET, people=dict(people).items(), organisations=lookups.organisations)
    found = narrowed(changes, form.chosen, strategy.partnership)
    page = page_of(found, request.GET)
    kept = request.GET.copy()
    for name in PLACES:
        kept.pop(name, None)
    return {
        "form": form,
        "is_filtered": bool(form.chosen),
        "history": history_lines(page.changes, lookups),
        "page": page,
        "kept": f"&{kept.urlencode()}" if kept else "",
    }


def narrowed(changes, chosen, partnership):
    """The changes that meet every chosen filter (the names are those of `HistoryForm`)."""
    for name, value in chosen.items():
        changes = FILTERS[name](changes, value, partnership)
    return changes


def _of_organisation(changes, value, partnership):
    people = partnership.memberships.filter(organisation=value).values("user")
    return changes.filter(by__in=people)


FILTERS = {
    "person": lambda changes, value, partnership: changes.filter(by=value),
    "organisation": _of_organisation,
    "column": lambda changes, value, partnership: changes.filter(field=value),
    "way": lambda changes, value, partnership: changes.filter(via=value),
    "since": lambda changes, value, partnership: changes.filter(at__gt=end_of_minute(value, None) - A_DAY),
    "until": lambda changes, value, partnership: changes.filter(at__lte=end_of_minute(value, None)),
}


@dataclass
class Page:
    changes: list
    older: int | None = None
    newer: int | None = None


def page_of(changes, asked):
    """The changes before or after the one that the address names, newest first, and how to go on either way."""
    before, after = (number_in(asked.get(name, "")) for name in PLACES)
    if after is not None:
        found = list(changes.filter(pk__gt=after).order_by("pk")[: ON_A_PAGE + 1])
        more_newer, found = len(found) > ON_A_PAGE, found[:ON_A_PAGE][::-1]
        return Page(found, older=after + 1, newer=found[0].pk if more_newer else None)
    found = list((changes.filter(pk__lt=before) if before is not None else changes)[: ON_A_PAGE + 1])
    older = found[ON_A_PAGE - 1].pk if len(found) > ON_A_PAGE else None
    return Page(found[:ON_A_PAGE], older=older, newer=found[0].pk if before is not None and found else None)


@require_safe
@within(Right.READ_PLAN, load=plan_of)
def plan_as_at(request, strategy):
    """The plan as it was at a moment, or straight after a change: to be read, and to be put back."""
    form = PointForm(request.GET)
    point = form.point(changes_of_plan(strategy))
    context = {"strategy": strategy, "form": form, "point": point, "query": request.GET.urlencode()}
    if point.is_given:
        context |= {"groups": past_groups(plan_at(strategy, point))}
        context |= {"may_put_back": may(request.standing, Right.IMPORT_PLAN)}
    return render(request, "actions/plan_as_at.html", context)
