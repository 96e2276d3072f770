"""Which cells of a partner's document are to say something else, and which cannot be let say it.

A cell is typed over when what it says, as any reader of plan files understands it, is not what the plan says now; so a
cell that nobody has changed stays as the partner wrote it. Nothing is guessed: a cell of several rows that now differ,
words that stand above a row and not in it, a column that the document lacks are named in a note at the end instead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from actions.reading.identity import Identity
from actions.reading.plan import ReadPlan
from actions.reading.proposal import SeenRow, as_written, left_alone
from actions.reading.values import KEYS, SEVERAL, ReadRow
from actions.reading.word import continues_above

from .cells import shade, type_over, why_not
from .document import OwnDocument, place_of
from .wording import HouseWords

MOST_ATTEMPTS = 5
ABOVE = "it is said above the row"
SHARED = "its cell is that of several rows"
SPREAD = "its cell goes over a page"
MIXED = "its cell says other things as well"
LACKING = "the document has no column for it"
UNCERTAIN = "it could not be told apart there"


@dataclass(frozen=True)
class PlanNow:
    """The plan as it stands: its rows in order, what each is called, and how to tell what marked rows were."""

    strategy: int
    newest: int  # the plan's newest change
    rows: dict[int, SeenRow]
    names: dict[int, str]  # of removed rows as well
    was: Callable[[set[Identity]], Mapping[int, SeenRow]]  # the rows as they were when they were marked

    def identity(self, action: int) -> Identity:
        return Identity(self.strategy, action, self.newest, is_own=True)


@dataclass(frozen=True)
class Left:
    """A value that is not in the document, and why; without a key, the row as a whole."""

    action: int
    key: str
    why: str


def fill(content: bytes, read: Callable[[OwnDocument], ReadPlan], now: PlanNow) -> tuple[bytes, list[Left]]:
    """The document as the plan stands now, and what it could not be let say.

    `read` reads an open document as plan files are read. What does not read back as it should is left on the next
    attempt.
    """
    doubtful: set[tuple[int, str]] = set()
    for _ in range(MOST_ATTEMPTS):
        attempt = Attempt(OwnDocument(content), read, now, doubtful)
        filled = attempt.filled()
        faults = attempt.faults_of(filled)
        if not faults:
            return filled, attempt.left
        doubtful |= faults
    untouched = Attempt(OwnDocument(content), read, now, doubtful | attempt.touched)
    return untouched.filled(), untouched.left


class Attempt:
    def __init__(self, document: OwnDocument, read, now: PlanNow, doubtful: set[tuple[int, str]]):
        self.document, self.read, self.now, self.doubtful = document, read, now, doubtful
        self.plan = read(document)
        self.places = Places(self.plan)
        self.words = HouseWords(self.plan, self.places)
        self.left: list[Left] = []
        self.touched: set[tuple[int, str]] = set()
        known = [row for row in self.plan.rows if row.identity and row.identity.strategy == now.strategy]
        self.kept = [row for row in known if row.identity.action in now.rows]
        self.gone = [row for row in known if row.identity.action not in now.rows]

    def filled(self) -> bytes:
        for cell in self._cells_to_change():
            cell.change(self)
        self._say_what_is_lacking()
        elements = {row.place: self.document.rows[place_of(row.place)] for row in self.kept + self.gone}
        self._take_out_rows(elements)
        added = self._add_rows(elements)
        self._mark(elements, added)
        return self.document.content

    # --- Cells

    def _cells_to_change(self):
        """The cells of the document in which any row says something else than the plan."""
        cells: dict = {}
        for row in self.kept:
            for key in sorted(row.says(KEYS)):
                if left_alone(key, row, self.now.rows[row.identity.action]):
                    continue
                place = self.places.cell_of(row, key)
                if place is None:
                    self.leave(row.identity.action, key, self.places.why_no_cell(row, key))
                else:
                    cells.setdefault(place, SharedCell(place, key)).rows.append(row)
        for cell in cells.values():
            cell.all_rows = [row for row in self.plan.rows if self.places.cell_of(row, cell.key) == cell.place]
        return cells.values()

    def leave(self, action: int, key: str, why: str) -> None:
        self.left.append(Left(action, key, why))

    def _say_what_is_lacking(self):
        """Values that have changed since the row was marked, and for which the document has no column."""
        before = self.now.was({row.identity for row in self.kept})
        for row in self.kept:
            now = self.now.rows[row.identity.action]
            was = before.get(row.identity.action, now)
            for key in KEYS:
                if key not in row.says(KEYS) and not as_written(key, was.values.get(key), now.values.get(key)):
                    self.leave(row.identity.action, key, LACKING)

    # --- Rows

    def _take_out_rows(self, elements):
        kept = {row.place for row in self.plan.rows if row not in self.gone}
        for row in self.gone:
            if row.place in kept:
                self.leave(row.identity.action, "", "its words share a row with others")
            elif (row.identity.action, "") in self.doubtful:
                self.leave(row.identity.action, "", UNCERTAIN)
            elif row.place in elements:
                self.touched.add((row.identity.action, ""))
                for element in [elements.pop(row.place), *map(self._row_at, row.joined)]:
                    self.document.take_out(element)

    def _row_at(self, place):
        return self.document.rows[place_of(place)]

    def _add_rows(self, elements):
        """{new row of the document: row of the plan}, each below the last row that hangs on the same."""
        there, added = {row.identity.action: row for row in self.kept}, {}
        last: dict = {}
        for action, now in self.now.rows.items():
            if action in there:
                last[_hung(now)] = (there[action], self._last_element(there[action], elements))
                continue
            model, element = last.get(_hung(now)) or self._any_model(elements)
            if model is None or (action, "") in self.doubtful or any(why_not(each) for each in element.iter("{*}tc")):
                self.leave(action, "", UNCERTAIN)
                continue
            new = self.document.add_below(element)
            self.touched.add((action, ""))
            self._write(new, model, action)
            added[new], last[_hung(now)] = action, (model, new)
        return added

    def _last_element(self, row: ReadRow, elements):
        return self._row_at(row.joined[-1]) if row.joined else elements[row.place]

    def _any_model(self, elements):
        """The last row of the document that looks like a row: where nothing hangs on the same, a new one goes there."""
        return (self.kept[-1], self._last_element(self.kept[-1], elements)) if self.kept else (None, None)

    def _write(self, element, model: ReadRow, action: int):
        now = self.now.rows[action]
        for key, column in self.places.columns_of(model).items():
            cell = self.document.cell(element, column)
            if cell is None or key in SEVERAL or continues_above(cell):
                continue
            text, colour = self.words.of(key, now)
            if key == "ref" and not model.cells.get("ref"):
                continue  # Word itself numbers the rows
            type_over(cell, text, self.document.styles)
            if key == "status":
                shade(cell, colour)
        for key in KEYS:
            if now.values.get(key) and key not in model.says(KEYS):
                self.leave(action, key, LACKING)

    # --- Marks and the note

    def _mark(self, elements, added):
        unsaid = {each.action for each in self.left if each.why != LACKING}
        for place in dict.fromkeys(row.place for row in self.kept + self.gone):
            known = [row.identity for row in self.kept + self.gone if row.place == place]
            if place in elements:
                self.document.mark(elements[place], [self._renewed(each, unsaid) for each in known])
        for element, action in added.items():
            self.document.mark(element, [self.now.identity(action)])
        if self.left:
            marked = {row.identity.action for row in self.kept + self.gone} | set(added.values())
            absent = [self.now.identity(each.action) for each in self.left if each.action not in marked]
            self.document.note([self._sentence(each) for each in self.left], list(dict.fromkeys(absent)))

    def _renewed(self, identity: Identity, unsaid: set[int]) -> Identity:
        """Of a row that the document does not say wholly, the mark stays as old as what it says."""
        is_old = identity.action in unsaid or identity.action not in self.now.rows
        return identity if is_old else self.now.identity(identity.action)

    def _sentence(self, left: Left) -> str:
        name = self.now.names[left.action]
        if not left.key:
            missing = left.action in self.now.rows
            return f"{name}: the row is not in this document." if missing else f"{name}: taken out of the plan."
        words = self.words.plain(left.key, self.now.rows[left.action]) or "blank"
        return f"{name} – {self.words.label(left.key)}: {' / '.join(words.split(chr(10)))} ({left.why})."

    # --- Looking at the result

    def faults_of(self, filled: bytes) -> set[tuple[int, str]]:
        """What the document as it is now does not say as the plan does, and was not left on purpose."""
        plan = self.read(OwnDocument(filled))
        said = {(each.action, each.key) for each in self.left}
        rows = {row.identity.action: row for row in plan.rows if row.identity}
        faults = {(action, "") for action in self.now.rows if action not in rows and (action, "") not in said}
        for action, row in rows.items():
            now = self.now.rows.get(action)
            wrong = [key for key in row.says(KEYS) if now and not left_alone(key, row, now)]
            faults |= {self._blamed(action, key) for key in wrong if (action, key) not in said}
        return faults

    def _blamed(self, action: int, key: str) -> tuple[int, str]:
        """A row that was added goes again as a whole; otherwise the cell."""
        return (action, "") if (action, "") in self.touched else (action, key)


def _hung(now: SeenRow):
    return now.values.get("aim"), now.values.get("theme")


@dataclass
class SharedCell:
    """A cell in which one row or several say something else than the plan."""

    place: tuple  # (table, row, column), counted from 0
    key: str
    rows: list[ReadRow] = field(default_factory=list)
    all_rows: list[ReadRow] = field(default_factory=list)

    def change(self, attempt: Attempt) -> None:
        why = self._why_not(attempt)
        for row in self.rows:
            if why:
                attempt.leave(row.identity.action, self.key, why)
            else:
                attempt.touched.add((row.identity.action, self.key))
        if not why:
            self._type(attempt)

    def _why_not(self, attempt: Attempt) -> str:
        now = [attempt.now.rows.get(row.identity.action) if row.identity else None for row in self.all_rows]
        if any((row.identity.action, self.key) in attempt.doubtful for row in self.rows):
            return UNCERTAIN
        if None in now or any(not as_written(self.key, each.values[self.key], now[0].values[self.key]) for each in now):
            return SHARED
        if self.key == "activity" and len(self.all_rows) > 1:
            return SHARED
        row, grid_cell = self.rows[0], attempt.places.grid_cell(self.place)
        own = row.cells.get(self.key, "")
        if row.joined and own != grid_cell.text:
            return SPREAD
        if not own and row.values[self.key] and self.key != "status":
            return ABOVE
        cell = attempt.places.element(self.place, attempt.document)
        return UNCERTAIN if cell is None else why_not(cell)

    def _type(self, attempt: Attempt) -> None:
        cell = attempt.places.element(self.place, attempt.document)
        now = attempt.now.rows[self.rows[0].identity.action]
        own = attempt.places.grid_cell(self.place)
        text, colour = attempt.words.of(self.key, now, own.text)
        is_by_colour = self.key == "status" and bool(own.shading) and not own.text
        if not is_by_colour or not text:
            type_over(cell, text, attempt.document.styles)
        if self.key == "status" and (own.shading or attempt.words.colours):
            shade(cell, colour)


class Places:
    """Where the columns of each row stand, by the plans that a document was read as."""

    def __init__(self, plan: ReadPlan):
        self.plans = {}
        self.at = {}
        for each in plan.plans:
            for index in range(each.layout.first, each.layout.end):
                place = each.grid.place(each.grid.rows[index])
                self.plans[place], self.at[place] = each, index

    def columns_of(self, row: ReadRow) -> dict[str, int]:
        return self.plans[row.place].layout.columns

    def cell_of(self, row: ReadRow, key: str):
        """(table, row, column) of the cell that says this of a row, if it is merged the first of it; None for none."""
        plan, index = self.plans[row.place], self.at[row.place]
        column = plan.layout.columns.get(key)
        if column is None or plan.grid.rows[index].cell(column).is_spread:
            return None
        while plan.grid.rows[index].cell(column).is_continuation:
            index -= 1
        return plan.grid.place(plan.grid.rows[index]), column

    def why_no_cell(self, row: ReadRow, key: str) -> str:
        columns = self.columns_of(row)
        return MIXED if any(key in SEVERAL.get(column, ()) for column in row.cells) or key in columns else ABOVE

    def grid_cell(self, place):
        return self.plans[place[0]].grid.rows[self.at[place[0]]].cell(place[1])

    def element(self, place, document: OwnDocument):
        return document.cell(document.rows[place_of(place[0])], place[1])
