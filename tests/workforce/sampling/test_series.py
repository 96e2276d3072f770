"""A series is one workforce at several dates."""

import filecmp
from collections import Counter
from datetime import date

import pytest

from tests.workforce.sampling.conftest import AS_AT
from tests.workforce.sampling.national_cells import day_of, read_rows
from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.council import write_council
from workforce.sampling.esr import write_esr
from workforce.sampling.returns import Recipe

LASTING = ("LOCALESTID", "NINUMBER", "DOB", "GENDER", "ETHNICITY", "STARTDATE", "MAINJOBROLE", "SCQUAL")


def workers(folder):
    return {row["UNIQUEWORKERID"]: row for _, row in read_rows(folder / "worker.csv")}


def test_the_dates_are_half_years(series):
    assert [truth["as_at"] for truth in series[1]] == ["2025-03-31", "2025-09-30", "2026-03-31"]


def test_workers_persist_leave_and_start(series):
    for before, after in zip(series[0], series[0][1:], strict=False):
        before, after = workers(before), workers(after)
        stayed = before.keys() & after.keys()
        assert 0.75 < len(stayed) / len(before) < 0.95
        assert len(after.keys() - before.keys()) > 100
        assert all(before[key][column] == after[key][column] for key in stayed for column in LASTING)


def test_who_is_new_started_since_or_their_records_did(series):
    """Nobody appears with a start before the return in which they were missing."""
    for (before, truth), after in zip(zip(*series, strict=True), series[0][1:], strict=False):
        known, day = workers(before), date.fromisoformat(truth["as_at"])
        new = [row for key, row in workers(after).items() if key not in known]
        assert all(day_of(row["STARTDATE"]) > day and row["STATUS"] == "NEW" for row in new)


def test_leavers_of_a_year_are_at_least_those_who_went_missing(series):
    """But for a few: no establishment reports as many leavers as it has staff."""
    (first, _, last), truths = series
    before, after = workers(first), workers(last)
    directly = sum(row["EMPLSTATUS"] in {"1", "2"} for key, row in before.items() if key not in after)
    assert sum(truths[-1]["counts"]["flows"]["leavers"].values()) >= directly * 0.97


def test_training_stays_on_record(series):
    """What somebody had done at one return they still have done at the next, if they stayed."""
    for before, after in zip(series[0], series[0][1:], strict=False):
        had, has = (
            {tuple(row.values()) for _, row in read_rows(folder / "training.csv")} for folder in (before, after)
        )
        stayed = workers(after)
        assert {row for row in had if row[1] in stayed} <= has
        assert len(has - had) > 50


def test_the_same_workplaces_return(series):
    names = [[row["LOCALESTID"] for _, row in read_rows(folder / "workplace.csv")] for folder in series[0]]
    assert names[0] == names[1] == names[2]


def test_stale_workplaces_send_the_same_figures_again(series):
    folders, truths = series
    stale = set(truths[-1]["counts"]["characteristics"]["stale_workplaces"])
    sent = [
        {row["LOCALESTID"]: row for _, row in read_rows(folder / "workplace.csv") if row["LOCALESTID"] in stale}
        for folder in folders
    ]
    assert stale
    assert sent[1] == sent[2]


def test_ages_move_on(series):
    ages = [truth["counts"]["age_band"] for truth in series[1]]
    assert ages[0] != ages[-1]


def test_the_same_seed_makes_the_same_bytes(tmp_path):
    recipe = Recipe(rows=400, seed=9, as_at=AS_AT)
    for write, name in ((write_asc_wds, "asc_wds"), (write_esr, "esr"), (write_council, "council")):
        first, again, other = (tmp_path / name / place for place in ("first", "again", "other"))
        (truth,) = write(recipe, first)
        write(recipe, again)
        write(Recipe(rows=400, seed=10, as_at=AS_AT), other)
        files = [*truth["files"].values(), "truth.json"]
        assert filecmp.cmpfiles(first, again, files, shallow=False)[0] == files
        assert filecmp.cmpfiles(first, other, files, shallow=False)[0] == []


def test_people_of_two_seeds_do_not_share_insurance_numbers(tmp_path):
    numbers = []
    for seed in (1, 2):
        write_asc_wds(Recipe(rows=500, seed=seed, as_at=AS_AT), tmp_path / str(seed))
        numbers.append({row["NINUMBER"] for _, row in read_rows(tmp_path / str(seed) / "worker.csv")})
    assert len(numbers[0] & numbers[1]) <= 1  # a planted fault can be the same


def test_small_establishments_respond_more_often(tmp_path):
    (truth,) = write_asc_wds(Recipe(rows=60_000, seed=3, as_at=AS_AT, responding=True, faults=0), tmp_path)
    sizes, frame = Counter(truth["frame"]["size_band"]), truth["frame"]
    said = Counter(band for band, said in zip(frame["size_band"], frame["responding"], strict=True) if said)
    shares = {band: said[band] / many for band, many in sizes.items()}
    assert shares == pytest.approx({"under 10": 0.80, "10 to 49": 0.70, "50 and over": 0.41}, abs=0.06)
    assert sum(frame["workers"]) == 60_000
    sent = {row["LOCALESTID"] for _, row in read_rows(tmp_path / "workplace.csv")}
    assert sent == {name for name, said in zip(frame["LOCALESTID"], frame["responding"], strict=True) if said}
    assert truth["rows"] == sum(many for many, said in zip(frame["workers"], frame["responding"], strict=True) if said)
