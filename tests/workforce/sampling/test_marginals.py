"""Shares and flows are those that were asked for, counted in the files and not in the generator."""

from collections import Counter
from datetime import date

import pytest

from tests.workforce.sampling.conftest import AS_AT
from tests.workforce.sampling.national_cells import day_of, read_rows
from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.returns import Recipe

ROWS = 20_000
HALF_A_POINT = 0.005
MARGINS = {  # England's adult social care, 2017/18, as in the open dashboards
    "age": {
        "24 and under": 0.096, "25 to 34": 0.210, "35 to 44": 0.201, "45 to 54": 0.256, "55 to 64": 0.199,
        "65 and over": 0.039,
    },
    "ethnic": {"White": 0.788, "Mixed": 0.020, "Asian": 0.066, "Black": 0.116, "Other": 0.011},
    "hours": {"full": 0.512, "part": 0.369, "none": 0.119},
}  # fmt: skip
GROUPS = {
    "White": range(31, 35),
    "Mixed": range(35, 39),
    "Asian": range(39, 44),
    "Black": range(44, 47),
    "Other": (47, 98),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shares")
    (truth,) = write_asc_wds(Recipe(rows=ROWS, seed=21, as_at=AS_AT, faults=0), folder)
    workers = [row for _, row in read_rows(folder / "worker.csv")]
    return workers, [row for _, row in read_rows(folder / "workplace.csv")], truth


def age_of(row):
    born = day_of(row["DOB"])
    age = AS_AT.year - born.year - ((AS_AT.month, AS_AT.day) < (born.month, born.day))
    return next(band for band, below in zip(MARGINS["age"], (25, 35, 45, 55, 65, 200), strict=True) if age < below)


def group_of(row):
    return next(group for group, codes in GROUPS.items() if int(row["ETHNICITY"]) in codes)


def hours_of(row):
    if row["ZEROHRCONT"] == "1":
        return "none"
    hours = row["CONTHOURS"] or row["AVGHOURS"]
    return "unknown" if hours == "999" else "full" if float(hours) >= 35 else "part"


@pytest.mark.parametrize(("margin", "of"), [("age", age_of), ("ethnic", group_of), ("hours", hours_of)])
def test_shares_are_the_published_ones(made, margin, of):
    counts = Counter(map(of, made[0]))
    known = sum(counts[name] for name in MARGINS[margin])
    for name, share in MARGINS[margin].items():
        assert counts[name] / known == pytest.approx(share, abs=HALF_A_POINT if margin != "hours" else 0.01), name


def test_groups_of_roles_have_their_shares(made):
    groups = made[2]["counts"]["role_group"]
    shares = {"direct care": 0.74, "managers": 0.08, "regulated professions": 0.06, "other": 0.12}
    assert {group: many / ROWS for group, many in groups.items()} == pytest.approx(shares, abs=0.01)


def test_control_weights_alone_would_miss_the_shares(tmp_path, monkeypatch):
    """Without raking neither people nor roles come out as published."""
    monkeypatch.setattr("workforce.sampling.posts.rake", lambda start, margins: start / start.sum())
    (truth,) = write_asc_wds(Recipe(rows=4000, seed=21, as_at=AS_AT, faults=0), tmp_path)
    assert abs(truth["counts"]["ethnic_group"]["White"] / 4000 - MARGINS["ethnic"]["White"]) > 0.1
    assert abs(truth["counts"]["role_group"]["direct care"] / 4000 - 0.74) > 0.01


def test_two_thirds_come_from_within_the_sector(made):
    inside = sum(row["RECSOURCE"] in {"1", "2", "8"} for row in made[0])
    assert inside / ROWS == pytest.approx(0.672, abs=0.015)


def test_establishments_have_the_sizes_of_the_strategy(made):
    sizes = Counter(
        min(int(size >= 10) + int(size >= 50), 2) for size in (int(row["TOTALPERMTEMP"]) for row in made[1])
    )
    assert [sizes[band] / len(made[1]) for band in range(3)] == pytest.approx([0.22, 0.60, 0.18], abs=0.01)


def test_the_truth_agrees_with_the_files(made):
    workers, places, truth = made
    counts = truth["counts"]
    sector = {row["LOCALESTID"]: row["ESTTYPE"] for row in places}
    for name, told in (
        ("role", Counter(row["MAINJOBROLE"] for row in workers)),
        ("ethnicity", Counter(row["ETHNICITY"] for row in workers)),
        ("gender", Counter(row["GENDER"] for row in workers)),
        ("contract", Counter(row["EMPLSTATUS"] for row in workers)),
        ("age_band", Counter(map(age_of, workers))),
        ("sector", Counter(sector[row["LOCALESTID"]] for row in workers)),
    ):
        assert {key: many for key, many in counts[name].items() if many} == dict(told), name
    for column in ("STARTERS", "LEAVERS", "VACANCIES"):
        told = sum(sum(map(int, row[column].split(";"))) for row in places if row[column] not in {"", "999"})
        assert counts["flows"][f"{column.lower()}_reported"] == told


def test_leavers_are_near_the_calibrated_rate(made):
    flows = made[2]["counts"]["flows"]
    employees, leavers, vacancies = (sum(flows[name].values()) for name in ("employees", "leavers", "vacancies"))
    assert leavers / employees == pytest.approx(0.29, abs=0.02)
    assert vacancies / (employees + vacancies) == pytest.approx(0.075, abs=0.01)


def test_starters_are_those_whose_rows_say_so_and_some_who_left(made):
    """Those still there who began in the twelve months before can be no more than the starters."""
    workers, places, _ = made
    since = date(AS_AT.year - 1, AS_AT.month, AS_AT.day)
    began = Counter(
        row["LOCALESTID"] for row in workers if day_of(row["STARTDATE"]) > since and row["EMPLSTATUS"] in {"1", "2"}
    )
    for row in places:
        if row["STARTERS"] != "999":
            assert sum(map(int, row["STARTERS"].split(";"))) >= began[row["LOCALESTID"]]


def test_characteristics_are_counted(tmp_path):
    (truth,) = write_asc_wds(Recipe(rows=4000, seed=4, as_at=AS_AT), tmp_path)
    workers = [row for _, row in read_rows(tmp_path / "worker.csv")]
    told = truth["counts"]["characteristics"]
    assert sum(not row["SCQUAL"] for row in workers) == told["qualification_missing"]
    assert told["qualification_missing"] / 4000 == pytest.approx(0.12, abs=0.02)
    swapped = told["care_certificate_swapped"]
    assert 0 < swapped < sum(told["care_certificate_true"][code] for code in "23")
    planted = sum(fault["column"] == "DAYSSICK" for fault in truth["faults"])
    assert abs(sum(row["DAYSSICK"] == "999" for row in workers) - told["not_known_999"]["DAYSSICK"]) <= planted


def test_nobody_at_a_stale_workplace_started_in_two_years(made):
    workers, _, truth = made
    stale = set(truth["counts"]["characteristics"]["stale_workplaces"])
    starts = [day_of(row["STARTDATE"]) for row in workers if row["LOCALESTID"] in stale]
    assert starts and max(starts) < date(2024, 3, 31)
    assert len(starts) == truth["counts"]["characteristics"]["stale_workers"]
