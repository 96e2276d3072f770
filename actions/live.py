"""What has happened to a plan since somebody last asked, in few queries, or in none when nothing has."""

from dataclasses import dataclass, field

from actions.columns import BY_KEY
from actions.telling import OTHER_FIELDS
from partners.models import Act, Change

MOST_ROWS = 200  # More than this at once (an import) is a reason to open the page again.
MOST_NEWS = 50
SAID = ("subject_id", "subject_label", "by_name", "field", "act", "at")


@dataclass
class News:
    """Rows written since a version of the plan: those in it now, and those taken out of it."""

    version: int
    rows: list = field(default_factory=list)
    gone: list = field(default_factory=list)
    too_many: bool = False
    headings: bool = False  # whether aims or themes have changed: their words stand above rows and are picked in cells


def written_since(strategy, version):
    """The rows that carry a later version than this one. `strategy` was read before, so nothing is missed between."""
    if strategy.plan_version <= version:
        return News(strategy.plan_version)
    rows = list(strategy.actions.filter(version__gt=version).with_cells()[: MOST_ROWS + 1])
    if len(rows) > MOST_ROWS:
        return News(strategy.plan_version, too_many=True)
    return News(
        strategy.plan_version,
        rows=[row for row in rows if row.removed is None],
        gone=[row.pk for row in rows if row.removed],
        headings=strategy.headings_version > version,
    )


def told(strategy, news, since, user):
    """What others did to these rows after a moment, newest first, as short sentences for the list of changes."""
    touched = [row.pk for row in news.rows] + news.gone
    changes = Change.objects.filter(
        partnership=strategy.partnership_id, subject="action", subject_id__in=touched, at__gt=since
    ).exclude(by=user)
    changes = changes.exclude(field="reading").exclude(act=Act.HELD).only(*SAID)  # not the words, which may be many
    return [_told(change) for change in changes[:MOST_NEWS]]


def _told(change):
    column = BY_KEY.get(change.field)
    what = column.label if column else OTHER_FIELDS.get(change.field, "Row")
    return {
        "id": change.pk,
        "row": change.subject_id,
        "label": change.subject_label,
        "who": change.by_name,
        "what": f"{what} {change.get_act_display()}",
        "at": change.at.isoformat(),
    }
