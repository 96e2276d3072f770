"""`manage.py build_profile`: made here and now, kept as a draft, written by the ending of the file."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.workforce.profiles import quick_maker
from tests.workforce.profiles.conftest import AS_AT, again
from workforce import profile_building, profile_engine, profiles
from workforce.disclosure.released import Audience
from workforce.models import Release
from workforce.profile_files import ENDINGS
from workforce.profile_lifecycle import Stage
from workforce.reporting.files import FILES

pytestmark = pytest.mark.django_db


def run(*given, audience="partnership", as_at=AS_AT, partnership="marlbrook"):
    """(exit code, the JSON document, what was said) of the command."""
    out, said, code = StringIO(), StringIO(), 0
    asked = [
        "--partnership",
        partnership,
        "--as-at",
        as_at.isoformat(),
        "--audience",
        audience,
        "--json",
        *map(str, given),
    ]
    try:
        call_command("build_profile", *asked, stdout=out, stderr=said)
    except SystemExit as left:
        code = left.code
    return code, json.loads(out.getvalue()), said.getvalue()


def test_it_makes_a_draft_that_counts_as_seen(returned, tmp_path):
    returned()
    code, document, said = run("--out", tmp_path / "profile.json")
    release = Release.objects.get()
    assert (code, document["release"], document["stage"]) == (0, release.pk, "draft")
    assert (release.stage, release.by, release.is_scheduled) == (Stage.DRAFT, None, False)
    assert release.figures.count() == document["figures"] == 2
    assert "1 tables, 2 figures, 1 of them hidden" in said


def test_the_json_has_the_tables_as_they_were_released(returned, tmp_path):
    returned()
    file = tmp_path / "profile.json"
    run("--out", file)
    written = json.loads(file.read_bytes())
    assert written["tables"] == [table.interface() for table in profiles.tables_of(Release.objects.get())]
    assert written["tables"][0]["cells"][0] == {"row": None, "column": None, "value": 1, "suppressed": False}


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_ending_is_written(returned, tmp_path, ending):
    returned()
    file = tmp_path / f"profile{ending}"
    assert run("--out", file)[0] == 0
    starts = {".docx": b"PK", ".xlsx": b"PK", ".pdf": b"%PDF", ".html": b"<!DOCTYPE html>", ".json": b"{"}
    assert file.read_bytes()[:200].lstrip().startswith(starts[ending])


def test_the_endings_are_those_of_the_files():
    assert set(ENDINGS) == {f".{ending}" for ending in FILES}


def test_a_partners_own(returned, world):
    returned()
    code, document, _ = run("--partner", world.council.slug, audience="partner")
    assert (code, document["audience"]) == (0, "partner")
    assert Release.objects.get().partner.organisation == world.council


def test_it_asks_the_rights_of_whoever_it_is_done_for(returned, world):
    returned()
    assert run("--by", "coordinator@example.org")[0] == 0
    code, document, _ = run("--by", "steering@example.org")
    assert code == 1
    assert document["refused"].startswith("You may not do this")


@pytest.mark.parametrize(("given", "how", "words"), [
    (["--out", "profile.txt"], {}, "ends in none of"),
    (["--out", "/nowhere/at/all/profile.pdf"], {}, "The folder of"),
    (["--by", "nobody@example.org"], {}, "Nobody here signs in"),
    ([], {"partnership": "nowhere"}, "There is no partnership called nowhere"),
    ([], {"audience": "partner"}, "Say whose with --partner"),
    (["--partner", "nobody"], {"audience": "partner"}, "There is no partner called nobody"),
])  # fmt: skip
def test_wrong_usage_is_told_and_makes_nothing(returned, given, how, words):
    returned()
    with pytest.raises(CommandError, match=words) as wrong:
        run(*given, **how)
    assert wrong.value.returncode == 2
    assert Release.objects.count() == 0


def test_a_date_without_returns_is_refused(returned):
    returned()
    code, document, _ = run(as_at=AS_AT - timedelta(days=800))
    assert (code, document["field"]) == (1, "as_at")
    assert "No return is ready" in document["refused"]


def test_what_cannot_be_made_leaves_with_one(returned, monkeypatch):
    def fails(asked, alive):
        raise ValueError

    monkeypatch.setattr(profile_engine, "current", lambda: profile_engine.Engine(fails))
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    returned()
    code, document, _ = run()
    assert code == 1
    assert "failed three times" in document["refused"]


def test_it_waits_for_another_one_of_the_partnership(returned, ask, monkeypatch):
    returned()
    other = ask(audience=Audience.PUBLIC)
    profile_building.claim(other.pk)
    waited = []

    def sleep(seconds):
        waited.append(seconds)
        Release.objects.filter(pk=other.pk).update(stage=Stage.DRAFT)

    monkeypatch.setattr("time.sleep", sleep)
    assert run()[0] == 0
    assert len(waited) == 1
    assert again(other).stage == Stage.DRAFT
    assert quick_maker.asked_for[-1].audience == Audience.PARTNERSHIP
