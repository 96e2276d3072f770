"""From checked rows of the staff file to posts of the common template, and the checks between rows and files."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workforce import pseudonyms
from workforce.checking.declaring import Severity
from workforce.crosswalks import crosswalk
from workforce.deriving import derive, hourly_from_annual, whole_years
from workforce.posts import Posts, position, vocabulary
from workforce.sources.running import map_codes

from .context import keys_of, references_of, with_short, without_whitespace
from .training import CURRENT, EXPIRED, TOPIC_NAMES

# (field, column): categories that one column of codes fills through the crosswalk of the same name.
MAPPED = (
    ("role", "MAINJOBROLE"),
    ("contract", "EMPLSTATUS"),
    ("zero_hours", "ZEROHRCONT"),
    ("sex", "GENDER"),
    ("ethnicity15", "ETHNICITY"),
    ("nationality3", "NATIONALITY"),
    ("disability", "DISABLED"),
    ("recruit_source", "RECSOURCE"),
    ("pay_basis", "SALARYINT"),
    ("care_certificate", "CARECERT"),
    ("apprentice", "APPRENTICE"),
    ("registration", "NMCREG"),
    ("amhp", "AMHP"),
)
LEVELS = ("entry", "1", "2", "3", "4", "5", "6", "7", "8")
NI_LETTERS_AND_DIGITS = 8
PART_TIME_BELOW, FULL_TIME_ABOVE, MOST_HOURS = 37, 36, 75


@dataclass(frozen=True, eq=False)
class Asked:
    """A checked block whose pseudonyms are being made: functions that give them, and who has none."""

    cells: object
    worker: pa.StringArray
    posts: Callable[[], np.ndarray]
    persons: Callable[[], np.ndarray] | None
    no_person: np.ndarray | None


class Staff:
    """Makes the posts of one return and remembers, in little memory, what rows must be compared with each other."""

    def __init__(self, run, checker, context, training):
        self.run, self.checker, self.context, self.training = run, checker, context, training
        places = len(context.workplaces.references) if context.workplaces is not None else 0
        self.posts_in_file = np.zeros(places, np.int64)  # every staff row, as the workplace file's total counts them
        self.employees = np.zeros(places, np.int64)
        self.has_manager = np.zeros(places, bool)
        self._workplace_keys = context.workplaces.keys(run.keys) if places else None
        self._parts, self._seen, self._repeats = [], set(), []
        self.accepted = 0

    def ask(self, cells):
        """Have the pseudonyms of one checked block made, which takes about as long as checking the next one."""
        worker = cells.column("UNIQUEWORKERID").texts
        if "CHGUNIQUEWRKID" in cells:
            new = cells.column("CHGUNIQUEWRKID")
            worker = pc.if_else(pa.array(new.blank), worker, new.texts)
        posts = self.run.keys.later("post", references_of(cells.column("LOCALESTID").texts, worker))
        return Asked(cells, worker, posts, *self._ask_persons(cells))

    def posts_of(self, asked):
        """The posts of one block whose pseudonyms were asked for, as a batch for the snapshot."""
        cells = asked.cells
        made, short = with_short(cells, asked.posts())
        posts = Posts(len(cells))
        posts.key("post_key", self._keys_after_moves(cells, made, asked.worker))
        self._persons(asked, posts)
        self._categories(cells, posts)
        self._numbers(cells, posts)
        self._training(posts, short)
        workplace = self._workplace(cells, posts)
        derive(posts)
        repeated = self._repeated(np.where(cells.judged, short, 0))
        keep = ~cells.left_out & ~repeated
        self._count(cells, posts, workplace, keep)
        self._remember(cells, short, repeated, cells.judged & ~repeated)
        self.accepted += int(keep.sum())
        return posts.batch(self.run.writer.schema, keep)

    def _keys_after_moves(self, cells, made, worker):
        """Whoever moves to another workplace goes by that one's reference, as in the next return."""
        moved = np.flatnonzero(self.context.target_of(cells) >= 0) if "TRANSFERSTAFFRECORD" in cells else ()
        moved = [place for place in moved if cells.is_in("STATUS", "UPDATE")[place]]
        if moved:
            rows = pa.array(moved)
            target = cells.column("TRANSFERSTAFFRECORD").texts.take(rows)
            made = made.copy()
            made[moved] = keys_of(target, worker.take(rows), self.run.keys)
        return made

    def _ask_persons(self, cells):
        """Posts of one person are joined by National Insurance number, within this partner only.

        Two letters and six digits say who it is; the last letter is often left out.
        """
        if "NINUMBER" not in cells:
            return None, None
        column = cells.column("NINUMBER")
        texts = pc.utf8_upper(without_whitespace(column.texts))
        absent = np.isnan(column.values) | pc.equal(texts, "ADMIN").to_numpy(zero_copy_only=False)
        numbers = pc.utf8_slice_codeunits(texts, 0, NI_LETTERS_AND_DIGITS)
        return self.run.keys.later("person", numbers.cast(pa.binary())), absent

    @staticmethod
    def _persons(asked, posts):
        if asked.persons is not None:
            made = asked.persons()
            posts.key("person_key", made, asked.no_person)
            asked.cells.remembered["person"] = np.where(asked.no_person, 0, pseudonyms.short(made))

    def _categories(self, cells, posts):
        for field, column in MAPPED:
            if column in cells:
                map_codes(self.run, posts, cells, field, column, self._table(field, cells.codes_of(column)))
        posts.say("registration", "not_applicable", posts.is_value("registration", "missing")
                  & ~posts.is_value("role", "registered_nurse"))  # fmt: skip
        no_social_worker = ~posts.is_value("role", "social_worker")
        posts.say("amhp", "not_applicable", posts.is_value("amhp", "missing") & no_social_worker)
        posts.say("recruit_source", "abroad", cells.is_in("INOUTUK", "1"))
        posts.category("qual_level", self._qualification(cells))
        filled_posts = np.ones(len(cells), bool)
        posts.say("leave_reason", "not_applicable", filled_posts)
        posts.say("leave_destination", "not_applicable", filled_posts)
        posts.number("leave_month", np.full(len(cells), np.nan), not_applicable=filled_posts)

    @staticmethod
    def _table(field, codes):
        return [crosswalk(field, "asc_wds").of(code) or "unknown" for code in codes]

    def _qualification(self, cells):
        """The higher of the social care and the other qualification; none where both say no.

        Without a level: unknown where one of them says that there is one or that it is not known, else missing.
        """
        highest = np.full(len(cells), -1.0)
        says_no, says_nothing = ~cells.nowhere, cells.nowhere
        for column in ("SCQUAL", "NONSCQUAL"):
            level = cells.second(column)
            known = ~np.isnan(level) & (level < len(LEVELS))  # the last code of the list is "not known"
            highest = np.where(known, np.fmax(highest, np.where(known, level, -1)), highest)
            says_no = says_no & cells.is_in(column, "2")
            says_nothing = says_nothing | np.isnan(cells.number(column))
        values = vocabulary("qual_level")
        found = np.full(len(cells), values.index("unknown"), np.int16)
        said_unknown = cells.is_in("SCQUAL", "1", "999") | cells.is_in("NONSCQUAL", "1", "999")
        found[says_nothing & ~said_unknown] = values.index("missing")
        found[says_no] = values.index("none")
        with_level = highest >= 0
        levels = np.array([values.index(level) for level in LEVELS], np.int16)
        found[with_level] = levels[highest[with_level].astype(int)]
        return found

    def _numbers(self, cells, posts):
        zero_hours, employed = cells.is_in("ZEROHRCONT", "1"), cells.is_in("EMPLSTATUS", "1", "2")
        contracted, none_fixed = employed & ~zero_hours, zero_hours | cells.is_in("EMPLSTATUS", "3", "4", "7")
        posts.number("hours_contracted", cells.number("CONTHOURS"), cells.unknown("CONTHOURS"), none_fixed)
        posts.number("hours_average", cells.number("AVGHOURS"), cells.unknown("AVGHOURS"), contracted)
        ages = whole_years(cells.number("DOB"), self.run.as_at)
        posts.number("age", ages, cells.unknown("DOB"))
        posts.number("start_role", cells.number("STARTDATE"))
        posts.number("start_sector_year", cells.number("STARTINSECT"), cells.unknown("STARTINSECT"))
        posts.number("sick_days", cells.number("DAYSSICK"), cells.unknown("DAYSSICK"))
        annual, hourly = hourly_from_annual(cells.number("SALARY")), cells.number("HOURLYRATE")
        by_year, by_hour = cells.is_in("SALARYINT", "1"), cells.is_in("SALARYINT", "3")
        pay = np.where(by_year, annual, np.where(by_hour, hourly, np.nan))
        posts.number("hourly_pay", pay, cells.is_in("SALARYINT", "999"))

    def _training(self, posts, short):
        standing = self.training.of(short) if self.training is not None else None
        for place, topic in enumerate(TOPIC_NAMES if standing is not None else ()):
            name = f"training_{topic}"
            lookup = np.array([position(name, "never_recorded")] * 3, np.int16)
            lookup[EXPIRED], lookup[CURRENT] = position(name, "expired"), position(name, "current")
            posts.category(name, lookup[standing[:, place]])

    def _workplace(self, cells, posts):
        """Sector, service and key of the workplace where the person works after any transfer."""
        of = self.context.workplaces
        workplace = self.context.workplace_of(cells)
        if "TRANSFERSTAFFRECORD" in cells:
            target = self.context.target_of(cells)
            workplace = np.where((target >= 0) & cells.is_in("STATUS", "UPDATE"), target, workplace)
        if of is None or not len(of.references):
            return workplace
        known = workplace >= 0
        for field, along in (("sector", of.sector), ("service", of.service)):
            posts.category(field, np.where(known, along[workplace], position(field, "missing")).astype(np.int16))
        posts.key("establishment_key", self._workplace_keys[workplace], ~known)
        return workplace

    def _count(self, cells, posts, workplace, keep):
        places = len(self.posts_in_file)
        known = (workplace >= 0) & cells.judged
        self.posts_in_file += np.bincount(workplace[known], minlength=places)[:places]
        employed = known & keep & posts.is_value("is_employee", "yes")
        self.employees += np.bincount(workplace[employed], minlength=places)[:places]
        self.has_manager[workplace[known & cells.is_in("MAINJOBROLE", "4")]] = True

    def _repeated(self, short):
        """Rows whose key an earlier row of the file has; 0 is no key."""
        keys = set(short.tolist()) - {0}
        again = keys & self._seen
        repeated = np.isin(short, np.array(list(again), np.uint64))
        if len(keys) < np.count_nonzero(short):
            repeated |= _later_ones(short)
        self._seen |= keys
        return repeated

    def _remember(self, cells, short, repeated, compared):
        """Rows that are deleted, or repeat an earlier one, are not compared with the others."""
        role, salary = cells.number("MAINJOBROLE"), cells.number("SALARY")
        pay = np.where(np.isnan(role) | np.isnan(salary), -1, role * 1_000_000 + salary)
        birth = cells.number("DOB").astype(np.float32)
        person = np.where(compared, cells.remembered.get("person", 0), 0).astype(np.uint64)
        hours = np.where(compared, cells.number("CONTHOURS"), np.nan).astype(np.float32)
        renamed = cells.filled("CHGUNIQUEWRKID")
        self._repeats += zip(cells.rows[repeated].tolist(), renamed[repeated].tolist(), strict=True)
        self._parts.append((cells.rows.copy(), np.where(cells.judged, short, 0), person, hours, pay, birth))

    def tell_no_workplaces(self):
        self._tell("LOCALESTID", "no_workplace_file", Severity.ERROR, np.array([self.checker.sheet.heading_row]),
                   "There is no workplace file, so sector and service are missing and workplaces cannot be compared",
                   "The workplace file of the same return")  # fmt: skip

    def close(self):
        """Compare rows with each other and with the training file, and finish the snapshot."""
        parts = [np.concatenate(part) for part in zip(*self._parts, strict=True)] if self._parts else _NO_ROWS
        self._parts = []
        rows, short, person, hours, pay, birth = parts
        self._tell_rows(rows, person, hours, pay)
        self.run.writer.close()
        if self.training is not None:
            accepted = self.training.compare(short, birth, self._tell_of(self.training.checker))
            self.run.done_with(self.training.checker, accepted)
        self.run.done_with(self.checker, self.accepted)

    def _tell_rows(self, rows, person, hours, pay):
        reference = "A reference that no other worker of the workplace has"
        self._tell("UNIQUEWORKERID", "998", Severity.ERROR, self._repeated_rows(renamed=False),
                   "UNIQUEWORKERID was already used in an earlier row of this workplace; the later row was left out",
                   reference)  # fmt: skip
        self._tell("CHGUNIQUEWRKID", "998", Severity.ERROR, self._repeated_rows(renamed=True),
                   "CHGUNIQUEWRKID was already used in an earlier row of this workplace; the later row was left out",
                   reference)  # fmt: skip
        self._tell("NINUMBER", "5570", Severity.ERROR, rows[_overworked(person, hours)],
                   "NINUMBER is shared by rows that have more than 75 contracted hours between them",
                   "A number of one person, with at most 75 hours in all")  # fmt: skip
        self._tell("SALARY", "1260", Severity.WARNING, rows[_full_pay_for_part_time(pay, hours)],
                   "SALARY is that of somebody in the same role on full-time hours, although CONTHOURS is under 37",
                   "The pay of the hours in the contract")  # fmt: skip

    def _repeated_rows(self, *, renamed):
        return np.array([row for row, new in self._repeats if new == renamed], np.int32)

    def _tell(self, column, code, severity, rows, message, accepted):
        self._tell_of(self.checker)(column, code, severity, rows, message, accepted)

    @staticmethod
    def _tell_of(checker):
        def tell(column, code, severity, rows, message, accepted):
            checker.log.add(checker.cause(column, code, severity, message, accepted), rows)

        return tell


_NO_ROWS = (
    np.array([], np.int32), np.array([], np.uint64), np.array([], np.uint64), np.array([], np.float32),
    np.array([], float), np.array([], np.float32),
)  # fmt: skip


def _later_ones(short):
    """Which rows have a key that an earlier row has already; 0 is no key."""
    order = np.argsort(short, kind="stable")
    same = np.zeros(len(short), bool)
    same[order[1:]] = short[order[1:]] == short[order[:-1]]
    return same & (short != 0)


def _overworked(person, hours):
    """Rows of persons with two rows or more whose contracted hours add up to more than 75."""
    named = person != 0
    _, inverse, count = np.unique(person, return_inverse=True, return_counts=True)
    total = np.bincount(inverse, weights=np.nan_to_num(hours))
    return named & (count[inverse] > 1) & (total[inverse] > MOST_HOURS)


def _full_pay_for_part_time(pay, hours):
    """Rows under 37 hours whose role and annual pay are those of another row on more than 36."""
    full = (hours > FULL_TIME_ABOVE) & (pay >= 0)
    pays, counts = np.unique(pay[full], return_counts=True)
    if not len(pays):
        return full
    places = np.minimum(np.searchsorted(pays, pay), len(pays) - 1)
    others = np.where(pays[places] == pay, counts[places], 0) - full
    return (hours < PART_TIME_BELOW) & (pay >= 0) & (others > 0)
