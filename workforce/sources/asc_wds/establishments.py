"""The workplaces of a return as its other files and the snapshot's companion need them.

Workplaces are known by LOCALESTID without its whitespace, as the national service compares it. Of two rows with the
same reference the first counts. What a row does not say, or says wrongly, is `missing`; nobody is told that a staff row
contradicts what its workplace row does not say.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workforce import pseudonyms
from workforce.checking.declaring import Severity
from workforce.checking.issues import Cause
from workforce.crosswalks import crosswalk
from workforce.posts import CATEGORY_TYPE, STATES, position, vocabulary
from workforce.template import ABSENT, ESTABLISHMENT_COLUMNS, MISSING, NOT_APPLICABLE, SIZE_BANDS, UNKNOWN

from .context import without_whitespace
from .leaning import HEAD_OFFICE, deleted, given, is_not_known, not_main_service, per_row, total
from .workplace_figures import manager_vacancies

SOURCE = "asc_wds"
NOT_ANSWERED, NOT_KNOWN, NONE, SOME = range(4)  # what a workplace says of its starters, leavers or vacancies
NOT_REGULATED, REGULATED, UNSAID = 0, 1, -1
MEASURES = ("starters", "leavers", "vacancies")
SIZE_VALUES = (*SIZE_BANDS, *ABSENT)


def _common(field, column):
    """Positions in the vocabulary of a field of the template, by the crosswalk of this source."""

    def of(cells):
        table = crosswalk(field, SOURCE)
        places = [position(field, table.of(code) or MISSING) for code in cells.codes_of(column)]
        values = cells.number(column)
        last = np.where(np.isnan(values), len(places), values).astype(np.int64)
        return np.array([*places, position(field, MISSING)], np.int16)[last]

    return of


def _registration(cells):
    no = np.where(cells.is_in("REGTYPE", "0"), NOT_REGULATED, UNSAID)
    return np.where(cells.is_in("REGTYPE", "2"), REGULATED, no).astype(np.int8)


def _figure(name):
    def of(cells):
        answers = [_answer(figures) for figures in cells.many(name)]
        return np.array(answers, np.int8)

    return of


def _answer(figures):
    if figures is None:
        return NOT_ANSWERED
    if is_not_known(figures):
        return NOT_KNOWN
    return SOME if total(figures) else NONE


def _sum(name):
    """The sum of a list's figures; NaN where there are none, or a lone 999 says that they are not known."""

    def of(cells):
        return np.array([_added(figures) for figures in cells.many(name)], float)

    return of


def _added(figures):
    if figures is None or is_not_known(figures) or all(figure is None for figure in figures):
        return np.nan
    return total(figures)


def _places(name):
    """As _sum; 999 places are 999 places."""

    def of(cells):
        lists = ([figure for figure in figures or () if figure is not None] for figures in cells.many(name))
        return np.array([sum(figures) if figures else np.nan for figures in lists], float)

    return of


def _vacancies_for_manager(cells):
    """Vacancies for a registered manager: 0 where the row names none, NaN where it cannot be told."""
    if "VACANCIES" not in cells or "ALLJOBROLES" not in cells:
        return np.full(len(cells), np.nan)
    pairs = zip(per_row(cells, "VACANCIES"), per_row(cells, "ALLJOBROLES"), strict=True)
    counts = np.array([_for_manager(*pair) for pair in pairs], float)
    counts[~cells.readable("VACANCIES") | ~cells.readable("ALLJOBROLES")] = np.nan
    return counts


def _for_manager(vacancies, roles):
    if roles is None:
        return np.nan if total(vacancies) else 0
    return manager_vacancies(vacancies or (), roles)


# What is taken from the cells of each block: a name of Workplaces and how it is worked out.
FACTS = {
    "row": lambda cells: np.asarray(cells.rows, np.int32),
    "sector": _common("sector", "ESTTYPE"),
    "service": _common("service", "MAINSERVICE"),
    "registration": _registration,
    "regulated": lambda cells: _registration(cells) != NOT_REGULATED,
    "dha_allowed": lambda cells: ~not_main_service(cells, "dha_allowed"),
    "dha_no": lambda cells: cells.is_in("DHA", "2"),
    "head_office": lambda cells: cells.is_in("MAINSERVICE", HEAD_OFFICE),
    "confirmed": lambda cells: cells.is_in("STATUS", "NEW", "UPDATE", "NOCHANGE"),
    "submitted": lambda cells: cells.is_in("STATUS", "NEW", "UPDATE"),
    "total_staff": lambda cells: cells.number("TOTALPERMTEMP").copy(),
    "total_staff_not_known": lambda cells: cells.unknown("TOTALPERMTEMP"),
    "starters": _sum("STARTERS"),
    "leavers": _sum("LEAVERS"),
    "vacancies": _sum("VACANCIES"),
    "starters_answer": _figure("STARTERS"),
    "leavers_answer": _figure("LEAVERS"),
    "vacancies_answer": _figure("VACANCIES"),
    "vacancies_for_manager": _vacancies_for_manager,
    "capacity": _places("CAPACITY"),
    "utilisation": _places("UTILISATION"),
}


class Workplaces:
    """`add` each checked block, then `finish`; every name of FACTS is then an array beside `references`.

    sector, service         positions in the vocabulary of the template's field
    registration            REGULATED, NOT_REGULATED or UNSAID; `regulated` is true unless the row says that it is not
    dha_allowed, dha_no     false and true only where the row says so
    total_staff             people; NaN where it is not given, and `total_staff_not_known` where it says so
    starters and so on      NaN where there is no figure; `starters_answer` keeps not answered, not known, none and some
    vacancies_for_manager   NaN where it cannot be told
    row, file               where the row stands: as Excel counts, and a place in `files`
    """

    def __init__(self):
        self.files, self._blocks = [], []
        self.references = pa.array([], pa.string())

    def add(self, cells, file="") -> None:
        """Take the rows of a block that are not left out. `file` is what causes of faults call it by."""
        if file not in self.files:
            self.files.append(file)
        kept = ~cells.left_out & ~deleted(cells)
        block = {name: work_out(cells)[kept] for name, work_out in FACTS.items()}
        block["file"] = np.full(kept.sum(), self.files.index(file), np.int16)
        block["reference"] = without_whitespace(cells.column("LOCALESTID").texts.filter(pa.array(kept)))
        block["location"] = _locations(cells).filter(pa.array(kept))
        self._blocks.append(block)

    def finish(self) -> None:
        references = pa.concat_arrays([pa.array([], pa.string()), *(block["reference"] for block in self._blocks)])
        locations = pa.concat_arrays([pa.array([], pa.string()), *(block["location"] for block in self._blocks)])
        first = _first_of_each(references)
        facts = {name: self._joined(name) for name in (*FACTS, "file")}
        again = ~first
        self._repeated = (facts["file"][again], facts["row"][again], references.filter(pa.array(again)))
        self._take(facts, first)
        self.references = references.filter(pa.array(first))
        self._locations = locations.filter(pa.array(first))
        self._blocks = []

    def _joined(self, name):
        return np.concatenate([block[name] for block in self._blocks]) if self._blocks else np.zeros(0, bool)

    def _take(self, facts, mask):
        for name, values in facts.items():
            setattr(self, name, values[mask])

    def __len__(self):
        return len(self.references)

    def index(self, texts: pa.StringArray) -> np.ndarray:
        """Which workplace each reference is, whitespace ignored; -1 for none of them."""
        places = pc.index_in(without_whitespace(texts), value_set=self.references)
        return places.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)

    def keys(self, keys) -> np.ndarray:
        """The pseudonyms of the workplaces."""
        return keys.of_many("establishment", [text.encode() for text in self.references.to_pylist()])

    def tell(self, log) -> None:
        """Tell of references and CQC locations that stand twice, on the later row."""
        files, rows, texts = self._repeated
        self._tell(log, files, rows, texts, REPEATED_REFERENCE)
        again = ~_first_of_each(self._locations) & pc.is_valid(self._locations).to_numpy(zero_copy_only=False)
        for mask, fields in ((again & self.submitted, REPEATED_LOCATION), (again & ~self.submitted, STORED_LOCATION)):
            self._tell(log, self.file[mask], self.row[mask], self._locations.filter(pa.array(mask)), fields)

    def _tell(self, log, files, rows, texts, fields):
        for place in np.unique(files):
            here = files == place
            log.add(Cause(self.files[place], *fields), rows[here], texts.filter(pa.array(here)), reference=True)


REPEATED_REFERENCE = (
    "LOCALESTID",
    "998",
    Severity.ERROR,
    "LOCALESTID stands twice in the file (spaces do not count); this row was left out",
    "A reference of its own for each workplace",
)
REPEATED_LOCATION = (
    "LOCATIONID",
    "998",
    Severity.ERROR,
    "LOCATIONID stands twice in the file: another workplace above has the same one",
    "The CQC location of this workplace",
)
STORED_LOCATION = (
    REPEATED_LOCATION[0],
    REPEATED_LOCATION[1],
    Severity.WARNING,
    "LOCATIONID stands twice in the file, which the national service does not notice for unchanged rows",
    REPEATED_LOCATION[4],
)


def _locations(cells):
    """CQC locations that were read; null elsewhere."""
    if "LOCATIONID" not in cells:
        return pa.nulls(len(cells), pa.string())
    return pc.if_else(pa.array(given(cells, "LOCATIONID")), cells.column("LOCATIONID").texts, None)


def _first_of_each(texts):
    """True where a text stands for the first time."""
    first = np.zeros(len(texts), bool)
    if len(texts):
        places = texts.dictionary_encode(null_encoding="encode").indices.to_numpy()
        first[np.unique(places, return_index=True)[1]] = True
    return first


@dataclass(frozen=True)
class StaffCounts:
    """What the staff file says of each workplace: all posts of it, and those that are permanent or temporary."""

    posts_in_file: np.ndarray
    employees: np.ndarray


def establishment_table(workplaces, counts, keys, as_at: date) -> pa.Table:
    """The snapshot's companion: one row per workplace, with the columns of the template's ESTABLISHMENT_COLUMNS.

    Numbers are whole people, posts or places, null where there is none; the `_state` beside the ones that a workplace
    can say it does not know keeps that apart from a blank. size_band goes by total staff, else by posts in the file.
    last_changed is `as_at` for rows that their sender added, changed or confirmed, and null for unchanged ones.
    """
    w = workplaces
    columns = {
        "establishment_key": pseudonyms.as_arrow(w.keys(keys)),
        "sector": _words(w.sector, vocabulary("sector")),
        "service": _words(w.service, vocabulary("service")),
        "total_staff": _numbers(w.total_staff),
        "total_staff_state": _state(w.total_staff, w.total_staff_not_known),
        "posts_in_file": pa.array(np.asarray(counts.posts_in_file, np.int32)),
        "employees": pa.array(np.asarray(counts.employees, np.int32)),
        "capacity": _numbers(w.capacity),
        "utilisation": _numbers(w.utilisation),
        "size_band": _words(size_bands(w.total_staff, counts.posts_in_file), SIZE_VALUES),
        "cqc_registered": pa.array(w.registration == REGULATED, mask=w.registration == UNSAID),
        "last_changed": pa.array([as_at if confirmed else None for confirmed in w.confirmed], pa.date32()),
    }
    for name in MEASURES:
        values = getattr(w, name)
        columns[name] = _numbers(values)
        columns[f"{name}_state"] = _state(values, getattr(w, f"{name}_answer") == NOT_KNOWN)
    order = [name for column in ESTABLISHMENT_COLUMNS for name in (column, f"{column}_state") if name in columns]
    return pa.table({name: columns[name] for name in order})


def _words(places, values):
    words = pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int8)), pa.array(list(values), pa.string()))
    return words.cast(CATEGORY_TYPE)


def _numbers(values):
    return pa.array(values.astype(np.float32), mask=np.isnan(values))


def _state(values, not_known):
    missing = np.where(not_known, STATES.index(UNKNOWN), STATES.index(MISSING))
    return _words(np.where(np.isnan(values), missing, 0), STATES)


def size_bands(total_staff, posts_in_file) -> np.ndarray:
    """Positions in SIZE_VALUES, by total staff where it is given, else by posts in the file; nobody has no size."""
    posts = np.asarray(posts_in_file, float)
    size = np.where(np.isnan(total_staff), np.where(posts > 0, posts, np.nan), total_staff)
    found = np.full(len(size), SIZE_VALUES.index(MISSING))
    found[size == 0] = SIZE_VALUES.index(NOT_APPLICABLE)
    for band, (low, high) in SIZE_BANDS.items():
        found[(size >= low) & (size <= (high or np.inf))] = SIZE_VALUES.index(band)
    return found


def totals_checks(workplaces, posts_in_file, has_manager):
    """(Cause, rows) for workplaces whose figures do not go with the staff file.

    `posts_in_file`: staff rows of each workplace; `has_manager`: whether one of them is a registered manager. Starters,
    leavers and vacancies are compared only where the total staff agrees with the rows, as nationally. Source as in
    workplace_rules.py.
    """
    w, posts = workplaces, np.asarray(posts_in_file)
    agrees = w.total_staff == posts
    no_manager = (w.registration == REGULATED) & ~w.head_office & ~np.asarray(has_manager, bool)
    said = w.service != position("service", MISSING)
    for mask, fields in (
        (~np.isnan(w.total_staff) & ~agrees, TOTAL_DIFFERS),
        (agrees & (w.starters > posts), TOO_MANY_STARTERS),
        (agrees & (w.leavers >= posts) & (w.leavers > 0), TOO_MANY_LEAVERS),
        (agrees & (w.vacancies >= posts) & (w.vacancies > 0), TOO_MANY_VACANCIES),
        (no_manager & said & (w.vacancies_for_manager == 0), NO_MANAGER),
    ):
        for place in np.unique(w.file[mask]):
            yield Cause(w.files[place], *fields), w.row[mask & (w.file == place)]


def _warning(column, code, message, accepted):
    return column, code, Severity.WARNING, message, accepted


TOTAL_DIFFERS = _warning(
    "TOTALPERMTEMP",
    "2200",
    "TOTALPERMTEMP is not the number of rows that the staff file has for this workplace",
    "The number of staff rows of the workplace; or a row in the staff file for everybody who works there",
)
TOO_MANY_STARTERS = _warning(
    "STARTERS",
    "2310",
    "STARTERS adds up to more people than work there",
    "At most TOTALPERMTEMP",
)
TOO_MANY_LEAVERS = _warning(
    "LEAVERS",
    "2320",
    "LEAVERS adds up to as many people as work there, or more",
    "Fewer than TOTALPERMTEMP, unless so many have left",
)
TOO_MANY_VACANCIES = _warning(
    "VACANCIES",
    "2300",
    "VACANCIES adds up to as many posts as there are people, or more",
    "Fewer than TOTALPERMTEMP, unless so many posts are vacant",
)
NO_MANAGER = _warning(
    "VACANCIES",
    "2301",
    "A regulated workplace has neither a registered manager in the staff file nor a vacancy for one",
    "A staff row with role 4, or 4 in ALLJOBROLES and 1 at its place in VACANCIES",
)
