import json
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from workforce.management.commands.make_sample_workforce import latest_half_year


def run(capsys, *words):
    call_command("make_sample_workforce", *map(str, words))
    return capsys.readouterr()


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 11, 26), date(2026, 9, 30)),
        (date(2026, 9, 30), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2025, 9, 30)),
    ],
)
def test_the_usual_date_is_the_last_half_year(today, end):
    assert latest_half_year(today) == end


def test_files_and_truth_are_written(tmp_path, capsys):
    out = run(capsys, "--rows", 300, "--seed", 1, "--out", tmp_path, "--json")
    document = json.loads(out.out)
    assert {file.name for file in tmp_path.iterdir()} == {"workplace.csv", "worker.csv", "training.csv", "truth.json"}
    assert document["returns"][0]["rows"] == 300
    assert document["returns"][0]["faults"] == len(json.loads((tmp_path / "truth.json").read_text())["faults"])
    assert "300 rows" in out.err


def test_without_json_standard_output_stays_empty(tmp_path, capsys):
    assert run(capsys, "--rows", 100, "--out", tmp_path).out == ""


@pytest.mark.parametrize(("source", "file"), [("esr", "staff_in_post.csv"), ("council", "staff.csv")])
def test_a_series_has_a_folder_for_each_date(tmp_path, capsys, source, file):
    run(capsys, "--rows", 100, "--out", tmp_path, "--source", source, "--returns", 2, "--as-at", "2026-09-30")
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["2026-03-31", "2026-09-30"]
    assert (tmp_path / "2026-03-31" / file).exists()


def test_no_faults_can_be_asked_for(tmp_path, capsys):
    run(capsys, "--rows", 100, "--out", tmp_path, "--faults", 0)
    assert json.loads((tmp_path / "truth.json").read_text())["faults"] == []


def test_more_faults_than_fit_are_said(tmp_path, capsys):
    out = run(capsys, "--rows", 20, "--out", tmp_path, "--faults", 500)
    assert "not enough rows for 500 faults" in out.err


def test_too_few_rows_are_wrong_usage(tmp_path):
    with pytest.raises(CommandError, match="rows must be from 20") as refused:
        call_command("make_sample_workforce", "--rows", "3", "--out", str(tmp_path))
    assert refused.value.returncode == 2


def test_a_folder_that_cannot_be_written_is_said(tmp_path, capsys):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SystemExit) as left:
        run(capsys, "--rows", 100, "--out", tmp_path / "taken" / "below")
    assert left.value.code == 1
    assert "cannot be written" in capsys.readouterr().err
