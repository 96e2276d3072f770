"""Production settings: each bad one stops the start with its own sentence; good ones leave nothing to warn about."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import production
from config.production import file_storage, is_laptop, production_faults, site_host
from tests.fixtures_processes import ROOT

SECRET = "kX9-2vQ_b7Lr0TzW5nYc8HjE3mPd6SgA1uFqRxVoIeKwBtZyNh4"
PROFILE_SECRET = "hV4t-Lq8ZsN2wXc6_RfB0kYm5GjPd9TnKe3uAoHiDzMvWbQyJx1"
PSEUDONYM_SECRET = "w7Rk_3mZxQ-9tLb2VyHc8NfJ5sDpGa1uEoXiKrTeUvWzYq4BnMh"
GOOD = {
    "ALLOWED_HOSTS": "planner.example.org",
    "SECRET_KEY": SECRET,
    "PSEUDONYM_SECRET": PSEUDONYM_SECRET,
    "PROFILE_SECRET": PROFILE_SECRET,
    "DEBUG": "0",
    "DATABASE_URL": "postgres://planner:password@db.example.org/planner",
    "REDIS_URL": "redis://queue.example.org:6379/0",
    "EMAIL_URL": "smtp+tls://planner:password@mail.example.org:587",
    "STORAGE_URL": "file:///srv/planner/files",
}
BAD = [
    ("SECRET_KEY", "", "SECRET_KEY is missing"),
    ("SECRET_KEY", "short", "SECRET_KEY is too short or too plain"),
    ("SECRET_KEY", "ab" * 40, "SECRET_KEY is too short or too plain"),
    ("SECRET_KEY", "django-insecure-" + SECRET, "SECRET_KEY is a published example"),
    ("PSEUDONYM_SECRET", "", "PSEUDONYM_SECRET is missing"),
    ("PSEUDONYM_SECRET", "short", "PSEUDONYM_SECRET is too short or too plain"),
    ("PSEUDONYM_SECRET", SECRET, "PSEUDONYM_SECRET is the same as SECRET_KEY"),
    ("PROFILE_SECRET", "", "PROFILE_SECRET is missing"),
    ("PROFILE_SECRET", SECRET, "PROFILE_SECRET is the same as another secret"),
    ("PROFILE_SECRET", PSEUDONYM_SECRET, "PROFILE_SECRET is the same as another secret"),
    ("WORKFORCE_RAW_DAYS", "a week", "WORKFORCE_RAW_DAYS must be a whole number"),
    ("DEBUG", "1", "DEBUG is on"),
    ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS is too wide"),
    ("ALLOWED_HOSTS", "localhost,*.example.org", "ALLOWED_HOSTS is too wide"),
    ("ALLOWED_HOSTS", ".org", "ALLOWED_HOSTS is too wide"),
    ("ALLOWED_HOSTS", "0.0.0.0", "ALLOWED_HOSTS is too wide"),
    ("DEMO_PASSWORD", "try-the-planner", "DEMO_PASSWORD is set"),
    ("TRUSTED_PROXIES", "two", "TRUSTED_PROXIES must be a whole number"),
    ("PORT", "http", "PORT must be a whole number"),
    ("DATABASE_URL", "", "DATABASE_URL must name a PostgreSQL database"),
    ("DATABASE_URL", "sqlite:////srv/planner.sqlite3", "DATABASE_URL must name a PostgreSQL database"),
    ("REDIS_URL", "", "REDIS_URL must name a Redis server"),
    ("REDIS_URL", "memory://", "REDIS_URL must name a Redis server"),
    ("EMAIL_URL", "", "EMAIL_URL must name a mail server"),
    ("EMAIL_URL", "consolemail://", "EMAIL_URL must name a mail server"),
    ("STORAGE_URL", "ftp://files", "STORAGE_URL must name a folder"),
    ("STORAGE_URL", "s3://", "STORAGE_URL must name a folder"),
]


def check(tmp_path, *arguments, **environment):
    """`manage.py check` as an operator runs it, with these settings and nothing else of this machine's."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:config", "manage.py", "check", *arguments],
        cwd=ROOT,
        env=kept | {"DATA_DIR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(("name", "value", "sentence"), BAD)
def test_a_bad_setting_stops_the_start_with_its_sentence(tmp_path, name, value, sentence):
    outcome = check(tmp_path, **GOOD | {name: value})
    assert outcome.returncode != 0
    assert sentence in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_all_faults_are_said_at_once(tmp_path):
    outcome = check(tmp_path, **GOOD | {"SECRET_KEY": "", "DEBUG": "1", "REDIS_URL": ""})
    for beginning in ("SECRET_KEY is missing", "DEBUG is on", "REDIS_URL must"):
        assert beginning in outcome.stderr
    assert "DATABASE_URL" not in outcome.stderr.partition("not start until")[2]


def test_good_settings_leave_nothing_to_warn_about_and_nothing_silenced(tmp_path):
    outcome = check(tmp_path, "--deploy", "--fail-level", "DEBUG", **GOOD)
    assert outcome.returncode == 0, outcome.stderr
    assert "no issues (0 silenced)" in outcome.stdout
    assert outcome.stderr == ""


def test_control_the_deployment_check_would_warn_about_a_laptop(tmp_path):
    outcome = check(tmp_path, "--deploy", "--fail-level", "WARNING")
    assert outcome.returncode != 0
    assert "security.W" in outcome.stderr


def test_a_laptop_needs_no_setting(tmp_path):
    assert check(tmp_path).returncode == 0
    names = ("secret_key", "pseudonym_secret", "profile_secret")
    assert not any((tmp_path / name).stat().st_mode & 0o077 for name in names)
    assert len({(tmp_path / name).read_text() for name in names}) == len(names)


def found(*modules):
    return lambda name: object() if name in modules else None


def test_a_bucket_needs_two_packages_and_says_which(tmp_path, monkeypatch):
    monkeypatch.setattr(production, "find_spec", found("boto3"))
    with pytest.raises(ImproperlyConfigured, match="needs django-storages: install"):
        file_storage("s3://planner-files", tmp_path)
    monkeypatch.setattr(production, "find_spec", found())
    with pytest.raises(ImproperlyConfigured, match="needs django-storages and boto3"):
        file_storage("s3://planner-files", tmp_path)


def test_a_bucket_is_private_and_takes_exactly_our_names(tmp_path, monkeypatch):
    monkeypatch.setattr(production, "find_spec", found("boto3", "storages"))
    storage = file_storage("s3://key:s%2Fcret@planner-files/a/b?endpoint=https://s3.example.org&region=eu", tmp_path)
    options = storage["OPTIONS"]
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert (options["bucket_name"], options["location"]) == ("planner-files", "a/b")
    assert (options["access_key"], options["secret_key"]) == ("key", "s/cret")
    assert (options["endpoint_url"], options["region_name"]) == ("https://s3.example.org", "eu")
    assert options["file_overwrite"] is True
    assert options["default_acl"] == "private"
    plain = file_storage("s3://planner-files", tmp_path)["OPTIONS"]
    assert not {"access_key", "secret_key", "endpoint_url"} & set(plain)


def test_a_folder_is_the_default(tmp_path):
    assert file_storage("", tmp_path)["OPTIONS"]["location"] == str(tmp_path / "files")
    assert file_storage("file:///srv/a%20b", tmp_path)["OPTIONS"]["location"] == "/srv/a b"


def test_one_foreign_host_is_enough_for_production():
    assert is_laptop(["localhost", "127.0.0.1"])
    assert not is_laptop(["localhost", "planner.example.org"])
    assert not is_laptop([])


def test_links_name_the_host_that_others_reach():
    assert site_host(["localhost", ".planner.example.org"]) == "planner.example.org"
    assert site_host(["localhost"]) == "localhost"


def test_control_good_settings_have_no_fault():
    given = {name.lower(): value for name, value in GOOD.items() if name != "STORAGE_URL"} | {"demo_password": ""}
    assert production_faults(**given | {"debug": False, "allowed_hosts": ["planner.example.org"]}) == []
    assert production_faults(**given | {"debug": True, "allowed_hosts": ["planner.example.org"]}) != []
    assert production_faults(**given | {"debug": False, "allowed_hosts": []}) != []
