"""The command: one JSON document with fixed keys, the pages' own doors, and an exit code that says how it went."""

import csv
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partners.models import Change, Via
from partners.services import join
from tests.workforce.pages.conftest import AS_AT, again
from workforce import engine, receiving, uploads
from workforce.lifecycle import State
from workforce.management.commands import import_workforce
from workforce.models import Upload
from workforce.vault import ISSUES, SENT, _names_in

KEYS = {"source", "rows_read", "rows_accepted", "rows_rejected", "issues", "quality", "seconds"}
ISSUE = {"file", "row", "column", "code", "severity", "message", "accepted"}


@pytest.fixture
def run(world, capsys):
    """`run(files, ...)`: (exit code, the document on standard output, the words on standard error)."""

    def ran(files, **options):
        given = {"partner": world.council.slug, "as_at": AS_AT, "json": True} | options
        code = 0
        try:
            call_command("import_workforce", *[str(file) for file in files], **given)
        except SystemExit as ended:
            code = ended.code
        except CommandError as ended:
            code = ended.returncode
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return ran


def test_a_dry_run_says_what_is_wrong_and_keeps_nothing(run, faulty, tmp_path):
    code, document, said = run(faulty.paths, dry_run=True, issues=tmp_path / "issues.csv")
    assert (code, set(document)) == (0, KEYS)
    assert (document["source"], document["quality"]) == ("asc_wds", None)
    assert document["rows_read"] == document["rows_accepted"] + document["rows_rejected"] == 300
    assert len(document["issues"]) > 20 and set(document["issues"][0]) == ISSUE
    assert not Upload.objects.exists() and not _names_in(SENT) and not _names_in(ISSUES)
    errors = sum(issue["severity"] == "error" for issue in document["issues"])
    assert f"of 300 rows accepted; {errors} errors, {len(document['issues']) - errors} warnings." in said


def test_all_issues_are_in_the_file_when_the_document_has_only_the_first(run, faulty, tmp_path, monkeypatch):
    monkeypatch.setattr(import_workforce, "MOST_SHOWN", 10)
    _, document, _ = run(faulty.paths, dry_run=True, issues=tmp_path / "issues.csv")
    with (tmp_path / "issues.csv").open(encoding="utf-8-sig", newline="") as opened:
        lines = list(csv.DictReader(opened))
    assert len(document["issues"]) == 10 < len(lines)
    first = document["issues"][0]
    assert {key: lines[0][key] for key in ISSUE} == {key: str(first[key]) for key in ISSUE}


def test_without_dry_run_it_is_an_upload_like_any_other(run, faulty, tmp_path):
    code, document, said = run(faulty.paths, issues=tmp_path / "issues.csv")
    upload = Upload.objects.get()
    assert (code, upload.state, document["state"]) == (0, State.TO_DECIDE, "to_decide")
    assert set(document) >= KEYS and document["upload"] == upload.pk
    assert len(document["issues"]) == upload.errors + upload.warnings
    assert f"{upload.errors} faults need your decision" in said
    assert Change.objects.get(subject="upload", act="added").via == Via.COMMAND
    assert (tmp_path / "issues.csv").read_text(encoding="utf-8-sig").count("\n") == 1 + len(document["issues"])


def test_it_says_the_same_as_the_dry_run(run, faulty):
    _, dry, _ = run(faulty.paths, dry_run=True)
    _, wet, _ = run(faulty.paths)
    same = KEYS - {"seconds", "quality"}
    assert {key: dry[key] for key in same} == {key: wet[key] for key in same}
    assert dry["quality"] is None and wet["quality"]["rows"] == wet["rows_accepted"]


def test_the_same_files_again_do_nothing_twice(run, faultless):
    run(faultless.paths)
    code, document, said = run(faultless.paths)
    assert (code, document["state"], Upload.objects.count()) == (0, "ready", 1)
    assert "sent before" in said


def test_what_the_worker_has_read_meanwhile_is_waited_for(run, faultless, monkeypatch):
    """A worker took the upload first: the command's own claim gets nothing, and it looks until it is done."""
    asked = []

    def a_worker_is_quicker(pk, read=receiving.read_upload):
        asked.append(pk)
        if len(asked) == 2:
            read(pk)

    monkeypatch.setattr(receiving, "read_upload", a_worker_is_quicker)
    code, document, _ = run(faultless.paths)
    assert (code, document["state"], len(asked)) == (0, "ready", 2)


@pytest.mark.parametrize("dry_run", [True, False])
def test_files_that_cannot_be_read_are_refused_with_the_same_keys(run, tmp_path, dry_run):
    file = tmp_path / "notes.csv"
    file.write_text("a,b\n1,2\n")
    code, document, said = run([file], dry_run=dry_run)
    assert code == 1 and set(document) >= KEYS and "notes.csv" in document["refused"]
    (issue,) = document["issues"]
    assert set(issue) == ISSUE and issue["severity"] == "error"
    assert document["source"] is None and document["refused"] in said


def test_a_date_in_the_future_is_refused(run, faulty):
    code, document, _ = run(faulty.paths, as_at=AS_AT.replace(year=2999))
    assert (code, document["field"]) == (1, "as_at") and "in the future" in document["refused"]


def test_columns_that_have_to_be_named_are_a_refusal(run, faulty, monkeypatch):
    class Asks(Exception):
        headings = ("Employee No.", "Post")

    def asking(*args, **kwargs):
        raise Asks

    ours = engine.our_engine()
    asks = engine.Engine(asking, ours.given, ours.keys, ours.unreadable, Asks, ours.stop, ours.crosswalk_version)
    monkeypatch.setattr(engine, "current", lambda: asks)
    code, document, _ = run(faulty.paths, dry_run=True)
    assert code == 1 and "Employee No., Post" in document["refused"]
    code, document, _ = run(faulty.paths)
    assert (code, document["state"]) == (1, "needs_mapping")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"partner": "nobody"}, "There is no partner called nobody."),
        ({"by": "who@example.org"}, "Nobody here signs in with who@example.org."),
        ({"issues": Path("/no/such/folder/issues.csv")}, "is not there"),
    ],
)
def test_wrong_usage_ends_with_2(world, faulty, options, said):
    given = {"partner": world.council.slug, "as_at": AS_AT} | options
    with pytest.raises(CommandError, match=said) as ended:
        call_command("import_workforce", *map(str, faulty.paths), **given)
    assert ended.value.returncode == 2


def test_a_file_that_is_not_there_is_wrong_usage(run, tmp_path):
    assert run([tmp_path / "nowhere.csv"]) == (2, None, "")


def test_rights_are_those_of_whoever_it_is_done_for(run, faulty):
    code, document, _ = run(faulty.paths, by="coordinator@example.org")
    assert code == 1 and "You may not do this" in document["refused"]
    code, document, _ = run(faulty.paths, by="steward@example.org")
    assert code == 0 and again(Upload.objects.get()).by.email == "steward@example.org"


def test_a_partner_of_several_partnerships_has_to_be_placed(world, run, faulty):
    join(partnership=world.elsewhere, organisation=world.council, by=None)
    assert run(faulty.paths)[0] == 2
    assert run(faulty.paths, partnership="marlbrook")[0] == 0
    assert uploads.ready_snapshots(world.elsewhere).count() == 0
