"""A whole report for tests of its files, made by hand of released tables."""

from tests.workforce.reporting.tables import about, ages_of, pay_of, share_of, table_of
from workforce.reporting.charts import chart_of
from workforce.reporting.content import Part, Report, Shown
from workforce.reporting.summaries import summary_of
from workforce.reporting.wording import title_of

HEADLINES = ("36.5% of posts are held by people aged 50 or over.", "There are 1,204 posts.")


def shown_of(table):
    return Shown(table, title_of(table), chart_of(table), summary_of(table))


def posts_of(**more):
    note = "Counts under 5 are hidden, and others with which they could be worked out."
    return table_of("posts", **{"label": "Posts", "note": note, "source": "Returns of three partners"} | more)


def roles_of(rows=300):
    """A table that no page holds, with a name that a spreadsheet would run and marks that a page would obey."""
    figures = {
        f"role_{number}": {None: number + 5, "under_25": "hidden" if number % 7 == 0 else 2} for number in range(rows)
    }
    figures["=1+1"] = {None: 7, "under_25": 1}
    labels = {key: f"<b>{key}</b> & more" if key == "=1+1" else key.replace("_", " ") for key in figures}
    more = {"rows": "role", "columns": "age_band", "label": "Job roles", "row_labels": labels}
    return table_of("role", figures, **more)


def wide_of(columns=24):
    """A table wider than a page, both ways."""
    names = {f"topic_{number}": f"Communication topic {number}" for number in range(columns)}
    figures = {key: dict.fromkeys(names, 12) | {None: 400} for key in (None, *(f"row_{n}" for n in range(30)))}
    return table_of("training", figures, rows="service", columns="topic", label="Training", column_labels=names)


def one_part_of(*tables):
    shown = tuple(shown_of(table) for table in tables)
    return Report("Workforce profile", about(), (), (Part("posts", "Posts", "How many?", shown=shown),))


def report_of(*tables, headlines=HEADLINES, **more):
    """Of these tables, or of some of each shape."""
    tables = tables or (posts_of(), ages_of(), share_of(), pay_of())
    shown = tuple(shown_of(table) for table in tables)
    parts = (
        Part("posts", "Posts and people", "How many posts are there?", "Our own words.", ("A sentence.",), shown[:1]),
        Part("people", "Who works here", "How old are people?", shown=shown[1:]),
    )
    return Report("Workforce profile", about(**more), headlines, parts)
