"""A released report made by hand: its tables, and a line of the register for each of their cells."""

from datetime import UTC, date, datetime

from workforce.models import Release, ReleasedFigure

POSTS = {
    "measure": "posts", "rows": "partner", "columns": "", "unit": "posts", "method": "exact", "label": "Filled posts",
    "row_labels": {"marlbrook-council": "Council", "marlbrook-hospitals-nhs-trust": "Hospital trust"},
    "column_labels": {}, "note": "Small numbers are hidden.", "source": "Returns of two partners.",
}  # fmt: skip
CELLS = (("marlbrook-council", None, 412, False), ("marlbrook-hospitals-nhs-trust", None, None, True),
         (None, None, 987, False))  # fmt: skip
SEX = POSTS | {
    "measure": "sex", "columns": "sex", "label": "Sex", "column_labels": {"female": "Women", "male": "Men"},
}  # fmt: skip
SEX_CELLS = (("marlbrook-council", "female", 301, False), ("marlbrook-council", "male", 111, False),
             ("marlbrook-council", None, 412, False))  # fmt: skip


def release_of(partnership, as_at=date(2026, 9, 30), *, audience="partnership", stage=Release.Stage.RELEASED, plus=0):
    tables = [
        kept | {"cells": [[row, column, value and value + plus, hidden] for row, column, value, hidden in cells]}
        for kept, cells in ((POSTS, CELLS), (SEX, SEX_CELLS))
    ]
    about = {
        "partnership": partnership.name, "audience": audience, "as_at": as_at.isoformat(), "definitions": "2026.1",
        "partners_in": [{"name": "Council", "source": "Personnel system", "as_at": as_at.isoformat()}],
    }  # fmt: skip
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    release = Release.objects.create(
        partnership=partnership, as_at=as_at, audience=audience, stage=stage, about=about, tables=tables, built=now,
        released=now, released_by_name="Steering Member", number=Release.objects.count() + 1,
    )  # fmt: skip
    ReleasedFigure.objects.bulk_create(
        ReleasedFigure(
            release=release, row=row, column=column, value=value, hidden=hidden,
            **{name: table[name] for name in ("measure", "rows", "columns", "method")},
        )
        for table in tables
        for row, column, value, hidden in table["cells"]
    )  # fmt: skip
    return release


def figure_of(release, row=None, column=None, measure="posts"):
    return release.figures.get(measure=measure, row=row, column=column)
