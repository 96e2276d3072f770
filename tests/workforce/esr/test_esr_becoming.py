"""What is declared to become of each column is what becomes of it, in every source whose columns have names of ours."""

from datetime import date

import pytest

from tests.workforce.council.making import CARER, MAPPING, read_list
from tests.workforce.own_template.making import EXAMPLE, read_template
from workforce.sources import SOURCES, council, esr, own_template
from workforce.sources.council import COUNCIL_FIELDS, fills
from workforce.template import ESTABLISHMENT_COLUMNS, FIELDS

from .making import LEAVER, NURSE, SPELL, STARTER, read_staff

STARTED = STARTER | {"Employee Number": "1001", "Assignment Number": "1001"}
FILES = {
    "staff_in_post": NURSE | {"Recruitment Source": "Unknown"},
    "starters": STARTED,
    "leavers": LEAVER | {"Area of Work": "Facilities", "Registration Body": "None"},
    "absence": SPELL | {"FTE Days Available": "280"},
}


def _read(files):
    rows = {name: [row] for name, row in files.items()}
    return read_staff(*rows.pop("staff_in_post"), **rows)


def fields_that_differ(one, other):
    """Given fields of the template that differ between two snapshots, keys and states under the field's own name."""
    if len(one.posts) != len(other.posts):
        return {"rows"}
    names = {
        name for before, after in zip(one.posts, other.posts, strict=True) for name in before
        if before[name] != after[name]
    }  # fmt: skip
    fields = {name.removesuffix("_code").removesuffix("_state") for name in names}
    return {name for name in fields if not FIELDS[name].derived_from}


# What follows from a field that a column fills, and so changes with it.
FOLLOWS = {
    "contract": {"hours_contracted", "hours_average", "zero_hours", "fte_days_lost", "fte_days_available"},
    "hours_contracted": {"zero_hours", "fte_days_available", "hours_average"},
    "start_role": {"fte_days_available"},
    "role": {"registration", "amhp"},
    "leave_month": {"leave_reason", "leave_destination"},
    "post_key": {"recruit_source", "fte_days_lost", "fte_days_available"},
    "zero_hours": {"hours_average", "hours_contracted"},
}


def allowed(fields):
    return set(fields).union(*(FOLLOWS.get(field, ()) for field in fields))


@pytest.mark.parametrize("file", FILES)
def test_blanking_a_column_changes_what_it_is_declared_to_fill(file):
    whole = _read(FILES)
    for column in FILES[file]:
        changed = fields_that_differ(whole, _read(FILES | {file: FILES[file] | {column: ""}}))
        declared = esr.BECOMES[file].get(column, ())
        assert changed <= allowed(declared) | {"rows"}, (file, column)
        assert "rows" not in changed or declared, (file, column)
        assert declared or not changed, (file, column)


def test_blanking_a_column_of_a_councils_list():
    whole = read_list(CARER)
    for heading, field in MAPPING.items():
        changed = fields_that_differ(whole, read_list(CARER | {heading: ""}))
        assert changed <= allowed(fills(field) if field else ()) | {"rows"}, heading
        assert field or not changed, heading


def test_blanking_a_column_of_our_own_template():
    whole = read_template()
    for heading in EXAMPLE:
        changed = fields_that_differ(whole, read_template(EXAMPLE | {heading: ""}))
        assert changed <= allowed(own_template.BECOMES["posts"][heading]) | {"rows"}, heading


@pytest.mark.parametrize("module", [esr, council, own_template], ids=lambda module: module.NAME)
def test_only_columns_and_fields_that_there_are_are_declared(module):
    kinds = {kind.name: {column.name for column in kind.columns} for kind in module.file_kinds(date(2026, 11, 26))}
    assert module.BECOMES.keys() <= kinds.keys()
    for name, becomes in module.BECOMES.items():
        assert becomes.keys() <= kinds[name], name
        filled = {field for fields in becomes.values() for field in fields}
        assert filled <= {*FIELDS, *ESTABLISHMENT_COLUMNS}
    assert SOURCES[module.NAME] is module
    assert set(COUNCIL_FIELDS) == {field for field in COUNCIL_FIELDS if fills(field)}
