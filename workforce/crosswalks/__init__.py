"""Crosswalks: what a code or a word of a source means on the common template.

One CSV file for each field and source, `<field>.<source>.csv`, with `code`, `value` and `note`. Many codes may share a
value, never the other way round. A code is normalised text (normalising.py) or a rule of words (rules.py); rules are
tried from top to bottom after all plain codes. Sources in which people type words read their own file first, then
`<field>.words.csv`, which they share, and then the words for "not known" and the like, `absent.words.csv`.

The values are those of the template's field, or one of the four words that say why there is none.
"""

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from workforce.codes import UnknownList, read_table, source_of
from workforce.crosswalks.normalising import normal
from workforce.crosswalks.rules import CELLS, Rules, is_rule
from workforce.template import ABSENT, FIELDS, MISSING, TOPICS

VERSION = "2026.1"
FOLDER = Path(__file__).parent
TEMPLATE = "template"
WORDED = ("esr", "council")
# Tables that serve several fields, and a second column of one source that fills the same field.
VALUES_OF_OTHERS = {
    "training_topic": tuple(TOPICS.split()),
    "level_2_care_certificate": FIELDS["care_certificate"].values,
}


@dataclass(frozen=True)
class Crosswalk:
    field: str
    source: str
    cited: str
    table: dict[str, str]
    notes: dict[str, str] = field(default_factory=dict)

    def of(self, code):
        """The common value of a code or text: `missing` for a blank, None for what the table does not know."""
        cells = [normal(cell) for cell in code.split(CELLS, self._width - 1)]
        if not any(cells):
            return MISSING
        cells += [""] * (self._width - len(cells))
        return self.table.get(CELLS.join(cells)) or self._rules.value_of(cells)

    def note(self, code):
        """What is to be known about the row of this code, as the table writes the code; often nothing."""
        return self.notes.get(code, "")

    def merged(self):
        """{value: codes} where several codes become one value: the loss that is built in."""
        shared = {}
        for code, value in self.table.items():
            shared.setdefault(value, []).append(code)
        return {value: codes for value, codes in shared.items() if len(codes) > 1}

    @cached_property
    def _width(self):
        """How many cells of the source make up a code: two for role and service of the NHS."""
        return 1 + max((code.count(CELLS) for code in self.table), default=0)

    @cached_property
    def _rules(self):
        return Rules({widened(code, self._width): value for code, value in self.table.items() if is_rule(code)})


def values_of(name):
    """The values a table of that name may give, without the four words."""
    return VALUES_OF_OTHERS[name] if name in VALUES_OF_OTHERS else FIELDS[name].values


@cache
def crosswalk(name, source):
    """The table of a field for a source; "template" is the common template itself."""
    if source == TEMPLATE:
        return _as_it_stands(name)
    paths = [path for path in paths_of(name, source) if path.is_file()]
    if not paths:
        raise UnknownList(f"There is no crosswalk of {name} for {source}")
    if source in WORDED:
        paths.append(FOLDER / "absent.words.csv")
    parts = [read_crosswalk(path) for path in paths]
    cited = "; ".join(comment for comment, _, _ in parts)
    tables, notes = (_first_wins(part[place] for part in parts) for place in (1, 2))
    return Crosswalk(field=name, source=source, cited=cited, table=tables, notes=notes)


def paths_of(name, source):
    """A source's own file, and what sources that speak in words share."""
    return [FOLDER / f"{name}.{kind}.csv" for kind in (source, *(["words"] if source in WORDED else []))]


@cache
def read_crosswalk(path):
    """(where its facts come from, {code: value}, {code: note}) of one file."""
    comments, rows = read_table(path)
    codes = [tidy(row["code"]) for row in rows]
    if len(set(codes)) < len(codes):
        raise ValueError(f"A code stands twice in {path.name}")
    table = dict(zip(codes, (row["value"] for row in rows), strict=True))
    notes = {code: row["note"] for code, row in zip(codes, rows, strict=True) if row["note"]}
    return source_of(comments), table, notes


def tidy(code):
    """A code as the table keeps it: plain cells normalised, rules as they are written."""
    return CELLS.join(cell if is_rule(cell) else normal(cell) for cell in code.split(CELLS))


def widened(code, width):
    """A code of one cell among codes of two: what it says, it says of either cell."""
    return code if CELLS in code or width == 1 else CELLS.join([code] + ["*"] * (width - 1))


def _first_wins(tables):
    together = {}
    for table in tables:
        for code, said in table.items():
            together.setdefault(code, said)
    return together


def _as_it_stands(name):
    """The template's own values, written with underscores or as words, and the four words."""
    table = {normal(value): value for value in (*values_of(name), *ABSENT)}
    return Crosswalk(field=name, source=TEMPLATE, cited="the common template", table=table)
