"""Reports as they are kept: a few released tables, and releases of them at every stage."""

from datetime import UTC, date, datetime

from workforce.disclosure.released import Audience, Method, restored
from workforce.models import Release
from workforce.profile_lifecycle import Stage

AS_AT = date(2026, 9, 30)
EARLIER = date(2026, 3, 31)
THEN = datetime(2026, 11, 5, 10, 0, tzinfo=UTC)
PARTNERS = {"marlbrook-council": "Council", "marlbrook-hospitals": "Hospital trust"}
AGES = {"20_24": "20 to 24", "25_29": "25 to 29", "30_34": "30 to 34"}
GROUPS = {"manager": "Managers & leads", "direct_care": "Care <and> support"}
REASON = "The trust’s return counted its bank staff twice."


def table(measure, label, unit, cells, *, rows="", columns="", row_labels=(), column_labels=(), **more):
    """A released table; `cells` as (row, column) -> value, or None for a hidden one."""
    told = {"note": "", "source": "Returns of the partners", "method": Method.EXACT.value} | more
    return restored(
        {"measure": measure, "label": label, "unit": unit, "rows": rows, "columns": columns}
        | {"row_labels": dict(row_labels), "column_labels": dict(column_labels)} | told
        | {"cells": [[row, column, value, value is None] for (row, column), value in cells.items()]}
    )  # fmt: skip


def tables(posts=1204, over_50=36.5):
    council = {("marlbrook-council", None): 804, ("marlbrook-hospitals", None): posts - 804, (None, None): posts}
    ages = {
        ("manager", "20_24"): None, ("manager", "25_29"): 31, ("manager", "30_34"): None, ("manager", None): 77,
        ("direct_care", "20_24"): 211, ("direct_care", "25_29"): None, ("direct_care", "30_34"): 469,
        ("direct_care", None): posts - 77,
        (None, "20_24"): 215, (None, "25_29"): 478, (None, "30_34"): posts - 693, (None, None): posts,
    }  # fmt: skip
    return (
        table("posts", "Posts", "posts", council, rows="partner", row_labels=PARTNERS),
        table(
            "age_band", "Age", "posts", ages, rows="role_group", columns="age_band", row_labels=GROUPS,
            column_labels=AGES, note="Counts under 10 are hidden, and others from which they could be worked out.",
        ),
        table("share_over_50", "Posts held by people aged 50 or over", "%", {(None, None): over_50}),
        table(
            "turnover_rate", "Turnover", "%", {("marlbrook-council", None): 28.4, (None, None): None},
            rows="partner", row_labels=PARTNERS,
        ),
    )  # fmt: skip


def about(partnership, audience=Audience.PARTNERSHIP, as_at=AS_AT, **more):
    return {
        "partnership": partnership.name,
        "audience": audience.value,
        "as_at": as_at.isoformat(),
        "partners_in": [{"name": "Council", "source": "ASC-WDS", "as_at": as_at.isoformat()}],
        "partners_out": [{"name": "Hospital trust", "why": "has sent no return for this date"}],
        "thresholds": {"posts": 5, "special": 10, "flow": 10, "rounded_to": 0},
        "built": "2026-11-02",
    } | more


def kept(partnership, stage=Stage.RELEASED, audience=Audience.PARTNERSHIP, as_at=AS_AT, partner=None, **more):
    """A report as its making and its release would have left it."""
    made = stage not in (Stage.WAITING, Stage.BUILDING, Stage.FAILED)
    given = {"stage": stage, "audience": audience.value, "as_at": as_at, "partner": partner}
    if made:
        given |= {"about": about(partnership, audience, as_at), "built": THEN}
        given["tables"] = [one.kept() for one in tables()]
    if stage in (Stage.RELEASED, Stage.WITHDRAWN):
        number = partnership.profile_releases.exclude(number=None).count() + 1
        given |= {"released": THEN, "released_by_name": "Steering Member", "number": number}
    if stage == Stage.WITHDRAWN:
        given |= {"withdrawn": THEN, "withdrawn_by_name": "Steering Member", "reason": REASON}
    return Release.objects.create(partnership=partnership, **given | more)
