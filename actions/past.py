"""The plan as it was: its history fetched, and rebuilt by `actions.rebuilding`."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max, Min, Q

from actions.editing import lookups_for
from actions.models import ProgressUpdate
from actions.rebuilding import BESIDE_THE_ROW, Told, in_order, rebuild
from partners.models import Act, Change


@dataclass(frozen=True)
class Point:
    """A point in a plan's past: a moment, or straight after one change and all that was saved together with it."""

    moment: datetime | None = None
    change: Change | None = None

    @property
    def at(self):
        return self.change.at if self.change else self.moment

    @property
    def is_given(self):
        return bool(self.change or self.moment)


def changes_of_plan(strategy):
    """Every line of the history that concerns the plan's rows, newest first."""
    rows = Q(subject="action", subject_id__in=strategy.actions.values("pk"))
    order = Q(subject="strategy", subject_id=strategy.pk, field="positions")
    return Change.objects.filter(rows | order, partnership=strategy.partnership_id)


def changes_of_row(action):
    return Change.objects.filter(partnership=action.partnership_id, subject="action", subject_id=action.pk)


def newest_change(strategy):
    """The number of the plan's last change: what somebody has seen who is shown the plan now."""
    return changes_of_plan(strategy).aggregate(last=Max("pk"))["last"] or 0


def rows_at(strategy, point):
    """{row: cells, position, removed}, as the history tells it."""
    return _rebuilt(changes_of_plan(strategy), point)


def rows_seen(strategy, newest):
    """The rows as they were when this was the plan's newest change."""
    return rebuild(_told(changes_of_plan(strategy).filter(pk__lte=newest)))


def rows_as_seen(strategy, changes):
    """Rows as each was straight after a change of its own: `changes` maps rows to the numbers of changes."""
    told = _told(
        changes_of_plan(strategy).filter(subject="action", subject_id__in=changes, pk__lte=max(changes.values()))
    )
    return rebuild(line for line in told if line.pk <= changes[line.subject_id])


def row_at(action, point):
    """One row as it was, or None before it was there."""
    return _rebuilt(changes_of_row(action), point).get(action.pk)


def row_seen(action, newest):
    return rebuild(_told(changes_of_row(action).filter(pk__lte=newest))).get(action.pk)


def _rebuilt(changes, point):
    if point.change:
        together = Change.objects.filter(partnership=point.change.partnership_id, batch=point.change.batch)
        changes = changes.filter(pk__lte=together.aggregate(last=Max("pk"))["last"])
    return rebuild(_told(changes), None if point.change else point.moment)


def _told(changes):
    told = changes.exclude(field__in=BESIDE_THE_ROW).exclude(act=Act.HELD).order_by("pk")
    return map(Told._make, told.values_list(*Told._fields))


def written_since(strategy, newest):
    """Which rows somebody has written to since that change, and who did so last: {row: name}."""
    since = changes_of_plan(strategy).filter(pk__gt=newest, subject="action").exclude(act=Act.HELD).order_by("pk")
    return dict(since.values_list("subject_id", "by_name"))


def ends_of_batch(strategy, batch):
    """The numbers of the first and the last change of a plan that were written together."""
    ends = changes_of_plan(strategy).filter(batch=batch).aggregate(first=Min("pk"), last=Max("pk"))
    return ends["first"] or 0, ends["last"] or 0


def rows_of_batch(strategy, batch):
    return set(changes_of_plan(strategy).filter(batch=batch, subject="action").values_list("subject_id", flat=True))


def updates_of_batch(strategy, batch):
    """The reports of progress that were posted together, and stand."""
    posted = changes_of_plan(strategy).filter(batch=batch, field="update", act=Act.ADDED)
    numbers = [after["update"] for after in posted.values_list("after", flat=True)]
    return ProgressUpdate.objects.filter(pk__in=numbers, withdrawn=None).select_related("action")


def last_writers(strategy, rows):
    """{(row, column): the name of whoever changed it last} for some rows of the plan."""
    lines = changes_of_plan(strategy).filter(subject="action", subject_id__in=rows).exclude(act=Act.HELD)
    told = lines.order_by("pk").values_list("subject_id", "field", "by_name")
    return {(row, column): name for row, column, name in told}


def is_reordered_since(strategy, newest):
    """Whether somebody has moved rows since. The planner's making room between them changes no order."""
    moves = changes_of_plan(strategy).filter(pk__gt=newest, act=Act.MOVED)
    return moves.exclude(field="positions", by=None).exists()


def headings_at(strategy, kind, point):
    """The strategy's aims or themes (`kind` "aim" or "theme") as they were: {number: its words and position}."""
    model = {"aim": strategy.aims, "theme": strategy.themes}[kind]
    changes = Change.objects.filter(
        partnership=strategy.partnership_id, subject=kind, subject_id__in=model.values("pk")
    )
    return _rebuilt(changes, point)


@dataclass(frozen=True)
class PastPlan:
    """A plan at one point of its past: its rows in order, and the names that their cells refer to."""

    rows: dict
    order: list
    lookups: object


def plan_at(strategy, point):
    """The plan as somebody would have seen it then: the rows that were in it, under the aims as they were worded."""
    rows = {pk: row for pk, row in rows_at(strategy, point).items() if not row["removed"]}
    aims, themes = (headings_at(strategy, kind, point) for kind in ("aim", "theme"))
    lookups = replace(
        lookups_for(strategy),
        aims={pk: f"{aim['position']}. {aim['text']}" for pk, aim in aims.items()},
        themes={pk: theme["text"] for pk, theme in themes.items()},
    )
    places = [{pk: one["position"] for pk, one in headings.items()} for headings in (aims, themes)]
    return PastPlan(rows, in_order(rows, *places), lookups)


def lookups_of_history(strategy):
    """The names that the history refers to: those of aims and themes that are gone as well."""
    now = lookups_for(strategy)
    aims = {aim.pk: aim.text for aim in strategy.aims.exclude(removed=None)}
    themes = {theme.pk: theme.text for theme in strategy.themes.exclude(removed=None)}
    return replace(now, aims=aims | now.aims, themes=themes | now.themes)
