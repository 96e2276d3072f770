"""The page on data protection cannot lie: what it says of each column is held against what a reading keeps."""

import csv
import io
import os
from collections import Counter

import pyarrow.parquet as pq
import pytest
from django.core.management import call_command

from tests.workforce.pages.conftest import AS_AT, WORKFORCE, words
from workforce.importing import read_return
from workforce.protection import DROPPED, KEPT, MAPPED, PSEUDONYM, fate_of, kept_of_each_column, retention
from workforce.pseudonyms import Pseudonyms
from workforce.reading import Given
from workforce.sources import SOURCES, asc_wds, esr
from workforce.template import ESTABLISHMENT_COLUMNS, FIELDS, FIELDS_IN_ORDER

KEYS = Pseudonyms(b"x" * 32, "partner")
KINDS = {kind.name: kind for kind in asc_wds.file_kinds(AS_AT)}
DECLARED = {"asc_wds": asc_wds, "esr": esr}
# Used, yet blank they change nothing here: other columns say the same, or are only compared with them.
SAID_TWICE = {
    ("training", "EXPIRYDATE"), ("workplace", "ALLJOBROLES"), ("leavers", "FTE"), ("staff_in_post", "Org L2"),
    ("staff_in_post", "Org L3"), ("starters", "Organisation"), ("starters", "Latest Start Date"),
}  # fmt: skip


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    made = {}
    for source in DECLARED:
        folder = tmp_path_factory.mktemp(source)
        options = {"source": source, "rows": 150, "seed": 3, "faults": 0, "as_at": AS_AT}
        with open(os.devnull, "w") as nowhere:
            call_command("make_sample_workforce", out=folder, stderr=nowhere, **options)
        paths = sorted(folder.glob("*.csv"))
        made[source] = {path.stem: list(csv.reader(io.StringIO(path.read_text("utf-8-sig")))) for path in paths}
    return made


def kept_of(tables, folder):
    """All that is kept of a return: its posts and its workplaces."""
    folder.mkdir()
    files = []
    for name, table in tables.items():
        path = folder / f"{name}.csv"
        with path.open("w", newline="") as target:
            csv.writer(target).writerows(table)
        files.append(Given(path.name, path))
    checked = read_return(files, as_at=AS_AT, keys=KEYS, folder=folder, today=AS_AT)
    return [pq.read_table(path).to_pydict() for path in (checked.snapshot, checked.establishments)]


def altered(tables, kind, column, alter):
    """The same return with the cells of this column altered."""
    head, *rows = tables[kind]
    place = head.index(column)
    cells = alter([row[place] for row in rows])
    return tables | {
        kind: [head, *([*row[:place], cell, *row[place + 1 :]] for row, cell in zip(rows, cells, strict=True))]
    }


def blank(cells):
    return [""] * len(cells)


def turned_round(cells):
    return cells[::-1]


def columns_to_try(source, tables):
    """Every column that is filled, but for those without which there is no row."""
    kinds = {kind.name: kind for kind in DECLARED[source].file_kinds(AS_AT)}
    for name, table in tables.items():
        for place, heading in enumerate(table[0]):
            columns = [column for column in kinds[name].columns if heading in (column.name, *column.also)]
            if any(row[place] for row in table[1:]) and not any(column.key for column in columns):
                yield name, heading


@pytest.mark.parametrize("source", DECLARED)
def test_what_is_said_to_be_dropped_leaves_no_trace_and_the_rest_does(samples, tmp_path, source):
    tables, becomes = samples[source], DECLARED[source].BECOMES
    whole = kept_of(tables, tmp_path / "whole")
    lies, counts = set(), Counter()
    for place in columns_to_try(source, tables):
        is_dropped = fate_of(becomes[place[0]].get(place[1], ())) == DROPPED
        ways = (blank, turned_round) if is_dropped else (blank,)
        changes = any(
            kept_of(altered(tables, *place, way), tmp_path / f"{way.__name__} {'-'.join(place)}") != whole
            for way in ways
        )
        counts[is_dropped] += 1
        lies |= {place} if changes == is_dropped else set()
    assert lies - SAID_TWICE == set()
    assert min(counts.values()) > 15


def test_every_column_that_is_named_is_one_of_the_source():
    for module in DECLARED.values():
        kinds = {kind.name: kind for kind in module.file_kinds(AS_AT)}
        for name, columns in module.BECOMES.items():
            known = {heading for column in kinds[name].columns for heading in (column.name, *column.also)}
            assert set(columns) - known == set()
            assert {field for fields in columns.values() for field in fields} <= {*FIELDS, *ESTABLISHMENT_COLUMNS}


@pytest.mark.parametrize("name", ["NINUMBER", "DOB", "POSTCODE", "DISPLAYID", "UNIQUEWORKERID", "MAINJRDESC"])
def test_what_could_identify_somebody_is_never_kept_as_it_is(name):
    fate = fate_of(asc_wds.BECOMES["worker"].get(name, ()))
    assert fate in (PSEUDONYM, DROPPED) or name == "DOB"
    assert not KINDS["worker"].column(name).shows


@pytest.mark.parametrize(
    ("becomes", "fate"),
    [((), DROPPED), (("person_key",), PSEUDONYM), (("sex",), MAPPED), (("age",), KEPT), (("capacity",), KEPT)],
)
def test_what_becomes_of_a_column_follows_from_its_fields(becomes, fate):
    assert fate_of(becomes) == fate


def test_a_source_that_does_not_say_is_not_said_to_drop_anything(monkeypatch):
    monkeypatch.delattr(asc_wds, "BECOMES")
    fates = {one.fate for files in kept_of_each_column(AS_AT).values() for file in files for one in file.columns}
    assert DROPPED not in fates or len(SOURCES) > 1


@pytest.mark.parametrize("who", ["coordinator", "observer", "trust_manager", "steward"])
def test_every_member_reads_the_page(as_, who):
    page = words(as_(who).get(f"{WORKFORCE}data-protection/"))
    assert [field.label for field in FIELDS_IN_ORDER if "training" not in field.name and field.label not in page] == []
    for kind in KINDS.values():
        assert [column.name for column in kind.columns if column.name not in page] == []


def test_the_times_are_those_of_the_settings(settings, as_):
    settings.WORKFORCE_RAW_DAYS = 3
    assert "3 days after the return became ready" in words(as_("observer").get(f"{WORKFORCE}data-protection/"))
    assert len(retention()) == 5
