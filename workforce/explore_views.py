"""Pages on which members look through released figures, and find where one of them comes from."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.access import within
from partners.permissions import Right, may
from workforce import exploring
from workforce.explore_forms import ExploreForm
from workforce.profile.measures import BY_NAME
from workforce.profile_describing import about_release
from workforce.profile_lifecycle import Stage
from workforce.profile_pictures import drawings_of
from workforce.profile_showing import Pair, grid_of
from workforce.reporting.charts import chart_of
from workforce.reporting.content import Shown
from workforce.reporting.summaries import summary_of
from workforce.reporting.wording import cell_words, title_of


@require_safe
@within(Right.READ_PROFILE)
def explore(request):
    """Choose figures; they come with a chart, a table and an address of their own."""
    shelf = exploring.Shelf(exploring.released_to_members(request.partnership))
    key = request.GET.get("figures", "")
    partners = [
        (one.organisation.slug, str(one)) for one in request.partnership.partners.select_related("organisation")
    ]
    form = ExploreForm(
        request.GET if key else None, shelf=shelf, partners=partners, columns=exploring.columns_of(shelf, key)
    )
    context = {"form": form, "shelf": shelf}
    if form.is_valid():
        context |= _found(shelf, form.choice())
    return render(request, "workforce/explore/explore.html", context)


def _found(shelf, choice):
    table = exploring.shown(shelf, choice)
    if table is None:
        return {"is_missing": True}
    shown = drawn(table)
    releases = [one for one in shelf.releases if str(one.as_at) in choice.dates] or shelf.releases[:1]
    figures = {}
    if len(releases) == 1:
        listed = releases[0].figures.filter(measure=table.measure, rows=table.rows, columns=table.columns)
        figures = {(one.row, one.column): one for one in listed.exclude(value=None)}
    return {
        "pair": shown,
        "measure": BY_NAME.get(table.measure),
        "releases": releases,
        "citable": _citable(table, figures),
    }


def _citable(table, figures):
    """(words, figure of the register) of what can be cited: the shown cells of one release."""
    cells = [figures[cell.row, cell.column] for cell in table.cells if (cell.row, cell.column) in figures]
    return [(exploring.named_figure(table, one), one) for one in cells]


def drawn(table):
    """A table with its chart and its words, as report pages show it."""
    shown = Shown(table, title_of(table), chart_of(table), summary_of(table))
    (svg,) = drawings_of([shown])
    return Pair("figures", shown, grid_of(table), svg)


@require_safe
@within(Right.READ_PROFILE, load=exploring.released_figure, on_it=False)
def figure(request, figure):
    """Where a figure comes from: release, returns, definition, and how small numbers are protected in it."""
    release, table = figure.release, exploring.table_of_figure(figure)
    stands = release.stage == Stage.RELEASED and not figure.hidden
    context = {
        "figure": figure,
        "release": release,
        "about": about_release(release),
        "measure": BY_NAME.get(figure.measure),
        "table": table,
        "named": exploring.named_figure(table, figure),
        "value": cell_words(table.cell(figure.row, figure.column), table.unit),
        "is_withdrawn": release.stage == Stage.WITHDRAWN,
        "may_cite": stands and may(request.standing, Right.EDIT_STRATEGY),
    }
    return render(request, "workforce/explore/figure.html", context)
