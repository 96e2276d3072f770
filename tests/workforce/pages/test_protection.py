"""The page on data protection cannot lie: what it says of each column is held against what a reading keeps."""

import csv
import io

import pyarrow.parquet as pq
import pytest

from tests.workforce.pages.conftest import AS_AT, WORKFORCE, words
from workforce.importing import read_return
from workforce.protection import DROPPED, KEPT, MAPPED, PSEUDONYM, fate_of, kept_of_each_column, retention
from workforce.pseudonyms import Pseudonyms
from workforce.reading import Given
from workforce.sources import SOURCES, asc_wds
from workforce.template import ESTABLISHMENT_COLUMNS, FIELDS, FIELDS_IN_ORDER

KEYS = Pseudonyms(b"x" * 32, "partner")
ALSO_WORKED_OUT = ("training", "EXPIRYDATE")  # where it is blank, from when the training was and how long it holds
KINDS = {kind.name: kind for kind in asc_wds.file_kinds(AS_AT)}


def tables_of(sample):
    return {path.stem: list(csv.reader(io.StringIO(path.read_text()))) for path in sample.paths}


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


def without(tables, kind, column):
    """The same return with this column blank."""
    place = tables[kind][0].index(column)
    blanked = [[*row[:place], "", *row[place + 1 :]] for row in tables[kind][1:]]
    return tables | {kind: [tables[kind][0], *blanked]}


def columns_filled(tables):
    for kind, table in tables.items():
        for place, column in enumerate(table[0]):
            if any(row[place] for row in table[1:]):
                yield kind, column


@pytest.fixture
def what_changes(faultless, tmp_path):
    """{(kind of file, column): whether what is kept is another when that column is blank}."""
    tables = tables_of(faultless)
    whole = kept_of(tables, tmp_path / "whole")
    return {
        (kind, column): kept_of(without(tables, kind, column), tmp_path / f"{kind}-{column}") != whole
        for kind, column in columns_filled(tables)
        if not KINDS[kind].column(column).key
    }


def test_what_is_said_to_be_dropped_leaves_no_trace_and_the_rest_does(what_changes):
    said = {place: fate_of(asc_wds.BECOMES[place[0]].get(place[1], ())) != DROPPED for place in what_changes}
    assert {place for place in said if said[place] != what_changes[place]} == {ALSO_WORKED_OUT}
    assert sum(said.values()) > 25 and list(said.values()).count(False) > 25


def test_every_column_that_is_named_is_one_of_the_source():
    for kind, columns in asc_wds.BECOMES.items():
        assert {KINDS[kind].column(column).name for column in columns} == set(columns)
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
