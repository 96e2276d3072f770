"""Released figures to look through: which tables there are, and what was chosen of them."""

from dataclasses import dataclass

from django.utils.formats import date_format

from workforce.disclosure.choosing import chosen, over_time
from workforce.disclosure.released import Audience
from workforce.models import Release, ReleasedFigure
from workforce.profiles import tables_of
from workforce.reporting.parts import OUTLINES, place_of
from workforce.reporting.wording import counted, name_of, title_of

PARTNERS = "partner"  # the breakdown of rows that people choose from


@dataclass(frozen=True)
class Offer:
    """A table that there is at some date: by what it is asked for, and its name."""

    key: str
    words: str
    part: str


def released_to_members(partnership):
    """What members look through: the partnership's own releases that stand, the newest first."""
    found = partnership.profile_releases.filter(audience=Audience.PARTNERSHIP, stage=Release.Stage.RELEASED)
    newest = {}
    for release in found.newest_first():
        newest.setdefault(release.as_at, release)
    return list(newest.values())


def key_of(table):
    """A table in an address: the measure, and what it is broken down by."""
    return "-".join(filter(None, [table.measure, table.rows]))


class Shelf:
    """The tables of several releases, by what they are asked for."""

    def __init__(self, releases):
        self.releases = releases
        self._tables = {release.pk: {key_of(table): table for table in tables_of(release)} for release in releases}

    def offers(self):
        """(title of a part, [Offer]) of all tables there are, in the order of the report."""
        named = {}
        for tables in self._tables.values():
            for key, table in tables.items():
                named.setdefault(key, table)
        by_part = {}
        for key, table in named.items():
            by_part.setdefault(place_of(table.measure, table.columns)[0], []).append(Offer(key, title_of(table), key))
        return [(outline.title, by_part[outline.key]) for outline in OUTLINES if outline.key in by_part]

    def partners(self):
        """(slug, name) of the partners that any table is about, by name."""
        tables = [table for of in self._tables.values() for table in of.values() if table.rows == PARTNERS]
        return sorted({pair for table in tables for pair in table.row_labels.items()}, key=lambda pair: pair[1])

    def table(self, release, key):
        return self._tables[release.pk].get(key)

    def dated(self, key, releases):
        """(key, words, table) of the releases that have this table, the earliest first."""
        found = [(release, self.table(release, key)) for release in reversed(releases)]
        return [(str(release.as_at), date_format(release.as_at, "M Y"), table) for release, table in found if table]


@dataclass(frozen=True)
class Choice:
    """What somebody asked to see. Without dates it is the newest; without partners, all."""

    key: str
    dates: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    column: str = ""


def shown(shelf, choice):
    """The table that was asked for, of one date or several; None where no release has it."""
    wanted = [release for release in shelf.releases if str(release.as_at) in choice.dates] or shelf.releases[:1]
    dated = shelf.dated(choice.key, wanted)
    if not dated:
        return None
    table = dated[0][2] if len(dated) == 1 else over_time(dated, choice.column or None)
    if choice.partners and table.rows == PARTNERS:
        table = chosen(table, choice.partners)
    return table


def columns_of(shelf, key):
    """(key, words) of the columns of a table in its newest release."""
    newest = next((table for release in shelf.releases if (table := shelf.table(release, key))), None)
    return list(newest.column_labels.items()) if newest else []


def released_figure(partnership, pk):
    """A figure of the register that members may know of: of a report to the partnership, released or withdrawn."""
    known = [Release.Stage.RELEASED, Release.Stage.WITHDRAWN]
    of_releases = partnership.profile_releases.filter(audience=Audience.PARTNERSHIP, stage__in=known)
    found = ReleasedFigure.objects.filter(release__in=of_releases)
    return found.select_related("release__partnership").get(pk=pk)


def table_of_figure(figure):
    """The released table that a figure of the register stands in; None where its report has none such."""
    key = figure.measure, figure.rows, figure.columns
    return next((table for table in tables_of(figure.release) if table.key == key), None)


def readable_figure(figure):
    """(what a figure of the register counts, its value), in words; None where it is hidden or no longer stands."""
    table = table_of_figure(figure)
    if figure.hidden or figure.value is None or table is None or figure.release.stage != Release.Stage.RELEASED:
        return None
    cell = table.cell(figure.row, figure.column)
    return named_figure(table, figure), counted(cell.value, table.unit)


def named_figure(table, figure):
    """What a figure of the register says, in words: measure, whom, which category."""
    row = table.row_labels.get(figure.row, "all") if figure.row is not None else "all"
    column = table.column_labels.get(figure.column) if figure.column is not None else ""
    return ", ".join(filter(None, [name_of(table), row if table.rows else "", column]))
