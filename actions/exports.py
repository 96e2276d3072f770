"""What of a plan is given away as a file. An export yields rows; `workforce.writing` knows the formats."""

from functools import cached_property
from itertools import groupby

from django.utils import timezone

from actions.columns import BY_KEY, COLUMNS
from actions.editing import lookups_for
from actions.interface import interface_row
from actions.models import Priority, Status
from actions.past import newest_change
from actions.presenting import understood_of
from actions.reading.identity import HEADING, Identity
from actions.reading.sections import says_what_it_is, section_above
from workforce.writing.fitting import fitted
from workforce.writing.shapes import NOTHING, Cell, Column, Document, Heading, Paragraph, Row, Sheet, Table

NOT_REPORTED = "Not reported"
TONES = {label: code for code, label in Status.choices}


# On paper, in this order; those in ALWAYS also where no row fills them. Without a column for references, a row would
# be taken to have the number of its aim.
ON_PAPER = (
    "ref", "theme", "activity", "expected_outcome", "evidence", "timescale_text", "resource_requirement", "priority",
    "lead_organisation", "leads", "contributors", "status", "latest_update",
)  # fmt: skip
ALWAYS = {"ref", "activity", "expected_outcome", "timescale_text", "leads", "status"}
ON_SHEET = {"ref": 11, "aim": 26, "activity": 36, "expected_outcome": 30, "evidence": 24, "priority": 10, "status": 13}
USUAL_WIDTH = 18


class PlanExport:
    """The whole plan as it stands: its rows in order, removed ones left out."""

    def __init__(self, strategy):
        self.strategy = strategy
        self.lookups = lookups_for(strategy)
        self.newest = newest_change(strategy)

    @property
    def file_stem(self):
        return f"{self.strategy.slug}-action-plan"

    @cached_property
    def actions(self):
        return list(self.strategy.actions.for_plan().select_related("aim", "theme", "latest_update"))

    def row(self, action, cells):
        return Row(cells, Identity(self.strategy.pk, action.pk, self.newest).mark)

    def _named(self):
        """How a file is called by programs that list files."""
        partnership = self.strategy.partnership.name
        return {
            "title": f"{self.strategy.title}: action plan",
            "subject": f"The joint action plan of {partnership}",
            "author": partnership,
        }

    def interface(self):
        rows = [interface_row(action, self.lookups) for action in self.actions]
        return {"strategy": self.strategy.slug, "title": self.strategy.title, "rows": rows}

    def sheet(self):
        return Sheet(name="Action plan", table=PlanSheet(self).table(), mark_heading=HEADING, **self._named())

    def document(self):
        return PlanPaper(self).document(**self._named())


def words_of(column, action, lookups):
    """The cell's words. An aim goes without its number, which is its place in the strategy and not part of it."""
    if column.key == "aim":
        return action.aim.text if action.aim_id else ""
    return column.in_words(column.stored(action), lookups)


class PlanSheet:
    """Every column of every row, as one table to sort, filter and write in; the latest update at the end."""

    def __init__(self, export):
        self.export = export
        self.columns = [column for column in COLUMNS if column.key != "reading"]
        # A blank below a theme is read as the same theme, so where there are themes, none is said.
        self.has_themes = any(action.theme_id for action in export.actions)

    def table(self):
        columns = [self._column(column) for column in self.columns]
        columns += [Column("Understood end", 17), Column("Latest update", 30), Column("Updated on", 17)]
        return Table(tuple(columns), (self.export.row(action, self._cells(action)) for action in self.export.actions))

    def _column(self, column):
        return Column(
            column.label,
            ON_SHEET.get(column.key, USUAL_WIDTH),
            choices=self._choices(column.key),
            is_open=column.key == "aim",
            tones=TONES if column.key == "status" else {},
        )

    def _choices(self, key):
        lookups, strategy = self.export.lookups, self.export.strategy
        if key == "aim":
            return tuple(aim.text for aim in strategy.aims.filter(removed=None))
        if key == "lead_organisation":
            return tuple(sorted(lookups.organisations.values()))
        return {"status": tuple(Status.labels), "priority": tuple(Priority.labels)}.get(key, ())

    def _cells(self, action):
        update = action.latest_update
        cells = [self._words(column, action) for column in self.columns]
        day = timezone.localdate(update.at) if update else None
        return (*cells, action.due_on, update.words if update else "", day)

    def _words(self, column, action):
        words = words_of(column, action, self.export.lookups)
        return NOTHING if not words and column.key in ("aim", "theme") and self.has_themes else words


class PlanPaper:
    """The plan to be read on paper: a table under each aim, all with the same columns."""

    def __init__(self, export):
        self.export = export
        self.lookups = export.lookups
        self.keys = [key for key in ON_PAPER if key in ALWAYS or self._is_filled(key)]
        self.rows = {action.pk: export.row(action, self._cells(action)) for action in export.actions}
        self.columns = fitted(tuple(Column(self._label(key), 0) for key in self.keys), list(self.rows.values()))

    def _is_filled(self, key):
        actions = self.export.actions
        if key == "theme":
            return any(action.theme_id and not _is_said_by_heading(action) for action in actions)
        if key == "latest_update":
            return any(action.latest_update_id for action in actions)
        return any(words_of(BY_KEY[key], action, self.lookups) for action in actions)

    def document(self, **named):
        strategy = self.export.strategy
        today = timezone.localdate()
        lines = (
            strategy.partnership.name,
            f"{strategy.period_start:%-d %B %Y} to {strategy.period_end:%-d %B %Y}",
            f"As it stood on {today:%-d %B %Y}",
        )
        summary = Paragraph(_summary(self.export.actions))
        return Document(parts=(summary, *self._parts()), lines=lines, **named)

    def _parts(self):
        for title, actions in groupby(self.export.actions, _heading):
            actions = list(actions)
            rows = tuple(self.rows[action.pk] for action in actions)
            yield Heading(title)
            yield Table(self.columns, rows, f"{title}. {_counted(len(actions))}")

    @staticmethod
    def _label(key):
        return BY_KEY[key].heading if key in BY_KEY else "Latest update"

    def _cells(self, action):
        return tuple(DRAWN.get(key, _plain)(key, action, self.lookups) for key in self.keys)


def _heading(action):
    if action.aim_id:
        return f"Aim {action.aim.position}: {action.aim.text}"
    theme = action.theme
    return theme.text if says_what_it_is(theme.text) else f"{theme.get_kind_display()}: {theme.text}"


def _is_said_by_heading(action):
    """Whether a reader of the file has the row's theme from the heading above its table."""
    section = section_above(_heading(action), is_one_of_many=False)
    return not action.aim_id and section is not None and section.theme == action.theme.text


def _plain(key, action, lookups):
    return words_of(BY_KEY[key], action, lookups)


def _theme(key, action, lookups):
    return _plain(key, action, lookups) or NOTHING


def _timescale(key, action, lookups):
    return Cell(action.timescale_text, note=understood_of(action))


def _status(key, action, lookups):
    return Cell(Status(action.status).label if action.status else NOT_REPORTED, tone=action.status or "none")


def _latest_update(key, action, lookups):
    update = action.latest_update
    return Cell(update.words, note=f"{timezone.localdate(update.at):%-d %B %Y}") if update else ""


DRAWN = {"theme": _theme, "timescale_text": _timescale, "status": _status, "latest_update": _latest_update}


def _counted(number):
    return f"{number} action{'' if number == 1 else 's'}"


def _summary(actions):
    """“31 actions: 12 on track, 4 at risk, 15 not reported.”"""
    if not actions:
        return "There are no actions in this plan yet."
    counts = [(sum(action.status == code for action in actions), label) for code, label in Status.choices]
    counts.append((sum(not action.status for action in actions), NOT_REPORTED))
    said = ", ".join(f"{count} {label.lower()}" for count, label in counts if count)
    return f"{_counted(len(actions))}: {said}."
