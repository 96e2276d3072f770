"""Files of every source become snapshots of one form, which sit beside each other without further ado."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.workforce.own_template.making import EXAMPLE
from tests.workforce.returns import AS_AT, csv_text, read_files, read_folder
from workforce.importing import NeedsMapping
from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.council import write_council
from workforce.sampling.esr import write_esr
from workforce.sampling.returns import Recipe

RECIPE = Recipe(rows=120, seed=9, as_at=date(2026, 9, 30), faults=0)


@pytest.fixture(scope="module")
def returns(tmp_path_factory):
    folders = {name: tmp_path_factory.mktemp(name) for name in ("asc_wds", "esr", "council")}
    write_asc_wds(RECIPE, folders["asc_wds"])
    write_esr(RECIPE, folders["esr"])
    write_council(RECIPE, folders["council"])
    read = {
        "asc_wds": read_folder(folders["asc_wds"], _files_in(folders["asc_wds"])),
        "esr": read_folder(folders["esr"], _files_in(folders["esr"])),
        "template": read_files({"posts.csv": csv_text([EXAMPLE])}),
    }
    with pytest.raises(NeedsMapping) as asked:
        read_folder(folders["council"], _files_in(folders["council"]))
    read["council"] = read_folder(folders["council"], _files_in(folders["council"]), mapping=asked.value.suggestions)
    return read


def _files_in(folder):
    return sorted(path.name for path in folder.glob("*.csv"))


def test_each_is_recognised_and_has_no_errors(returns):
    for source, read in returns.items():
        assert read.checked.source == source
        assert not read.of("error"), source


def test_snapshots_of_one_month_have_one_schema(returns):
    schemas = {source: read.snapshot.schema.remove_metadata() for source, read in returns.items()}
    assert all(schema.equals(schemas["asc_wds"]) for schema in schemas.values())
    together = pa.concat_tables([read.snapshot.replace_schema_metadata() for read in returns.values()])
    assert together.num_rows == sum(read.snapshot.num_rows for read in returns.values())


def test_establishments_have_one_schema(returns):
    schemas = {source: pq.read_schema(read.checked.establishments) for source, read in returns.items()}
    assert all(schema.equals(schemas["asc_wds"]) for schema in schemas.values())


def test_every_post_of_every_source_has_what_joint_figures_need(returns):
    for source, read in returns.items():
        for post in read.posts:
            for field in ("sector", "role", "role_group", "contract", "is_employee", "age_band", "leave_month_state"):
                assert post[field], (source, field)
        assert {post["sector"] for post in read.posts} - {"missing"}, source
        filled = [post for post in read.posts if post["leave_month_state"] == "not_applicable"]
        assert len(filled) >= read.checked.rows_accepted - len(read.issues), source
    assert AS_AT == RECIPE.as_at
