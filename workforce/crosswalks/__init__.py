"""Crosswalks: what a code or a word of a source means on the common template.

One CSV file for each field and source, `<field>.<source>.csv`, with `code`, `value` and `note`. Many codes may share a
value, never the other way round. A code is normalised text (see normalising.py) or one of these rules, which are tried
from top to bottom after all plain codes:

    ~social work + manager   all these phrases stand in the text, in any order; a word may end in * ("therap*")
    staff group|job role     two cells, each plain, a rule or * alone, which means whatever stands there

The values are those of the template's field, or one of the four words that say why there is none.
"""

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from workforce.codes import UnknownList, read_table, source_of
from workforce.crosswalks.normalising import normal
from workforce.crosswalks.rules import as_rule, is_rule
from workforce.template import ABSENT, FIELDS, MISSING, TOPICS

VERSION = "2026.1"
FOLDER = Path(__file__).parent
# Tables that serve more than one field, or two columns of one source that fill the same field.
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
        parts = [normal(part) for part in code.split("|", self._parts - 1)]
        if not any(parts):
            return MISSING
        parts += [""] * (self._parts - len(parts))
        plain = self.table.get("|".join(parts))
        return plain or next((value for rule, value in self._rules if rule(parts)), None)

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
    def _parts(self):
        return 1 + max((code.count("|") for code in self.table), default=0)

    @cached_property
    def _rules(self):
        return [(as_rule(code), value) for code, value in self.table.items() if is_rule(code)]


def values_of(name):
    """The values a table of that name may give, without the four words."""
    return VALUES_OF_OTHERS[name] if name in VALUES_OF_OTHERS else FIELDS[name].values


@cache
def crosswalk(name, source):
    """The table of a field for a source; "template" is the common template itself."""
    if source == "template":
        return _as_it_stands(name)
    path = FOLDER / f"{name}.{source}.csv"
    if not path.is_file():
        raise UnknownList(f"There is no crosswalk of {name} for {source}")
    comments, rows = read_table(path)
    codes = [tidy(row["code"]) for row in rows]
    if len(set(codes)) < len(codes):
        raise ValueError(f"A code stands twice in {path.name}")
    table = dict(zip(codes, (row["value"] for row in rows), strict=True))
    notes = {code: row["note"] for code, row in zip(codes, rows, strict=True) if row["note"]}
    return Crosswalk(field=name, source=source, cited=source_of(comments), table=table, notes=notes)


def tidy(code):
    """A code as the table keeps it: plain ones normalised, rules as they are written."""
    return code if is_rule(code) else "|".join(normal(part) for part in code.split("|"))


def _as_it_stands(name):
    """The template's own values, written with underscores or as words, and the four words."""
    table = {normal(value): value for value in (*values_of(name), *ABSENT)}
    return Crosswalk(field=name, source="template", cited="the common template", table=table)
