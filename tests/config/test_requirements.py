"""requirements.txt: every line pinned and explained, complete, and nothing in it that nothing uses."""

import re
from importlib import metadata

import pytest

from tests.fixtures_processes import ROOT

LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)  # (?P<why>\S.+)")
NEEDED_BY = re.compile(r"needed by ([\w.-]+)(?:(?:,| and) ([\w.-]+))*")
# Where the name in code differs from the name on the shelf. Plugins that load by themselves are known by their options.
SEEN_AS = {
    "argon2-cffi": "Argon2PasswordHasher",
    "django-allauth": "allauth",
    "django-crispy-forms": "crispy_forms",
    "django-csp": "csp.middleware",
    "django-environ": "environ",
    "django-permissions-policy": "django_permissions_policy",
    "psycopg2-binary": "postgres://",
    "python-calamine": "python_calamine",
    "vl-convert-python": "vl_convert",
    "python-docx": "docx",
    "pytest-django": "DJANGO_SETTINGS_MODULE",
    "pytest-playwright": r"playwright|page\)|browser_type_launch_args",
    "pytest-xdist": "-n 2",
    "redis": "RedisCache",
    "pandas": None,  # fixed by the customer; the workforce profile brings its first import
}


def normal(name):
    return name.lower().replace("_", "-")


def parsed():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def packages():
    return {normal(found["name"]): found for line in parsed() if (found := LINE.fullmatch(line))}


def direct():
    return [name for name, found in packages().items() if found["why"].startswith("direct: ")]


def sources():
    """All that could use a package: our code, its settings and tools, but neither requirements.txt nor this file."""
    folders = [folder for folder in ROOT.iterdir() if folder.is_dir() and not folder.name.startswith(".")]
    python = [file for folder in folders for file in folder.rglob("*.py") if file.name != "test_requirements.py"]
    tools = [ROOT / name for name in ("Makefile", "pytest.ini")]
    return "\n".join(file.read_text(encoding="utf-8") for file in [*python, *tools])


@pytest.mark.parametrize("line", parsed())
def test_every_line_is_pinned_and_says_why(line):
    found = LINE.fullmatch(line)
    assert found, "Write: name==version  # direct: what for, or # needed by name"
    assert found["why"].startswith("direct: ") or NEEDED_BY.fullmatch(found["why"])


def test_no_package_is_named_twice():
    assert len(packages()) == len(parsed())


def test_each_direct_one_is_used():
    text = sources()
    unused = []
    for name in direct():
        sign = SEEN_AS.get(name, name)
        if sign and not re.search(rf"(?<![\w]){sign}", text, re.IGNORECASE):
            unused.append(name)
    assert unused == []


def test_each_other_one_is_needed_by_the_one_it_names():
    for name, found in packages().items():
        for needing in re.split(r",| and ", found["why"].removeprefix("needed by ")) if name not in direct() else []:
            wanted = {normal(re.match(r"[\w.-]+", one)[0]) for one in metadata.requires(needing.strip()) or []}
            assert name in wanted, f"{needing} does not need {name}"


def test_what_is_installed_is_what_is_pinned():
    for name, found in packages().items():
        assert metadata.version(name) == found["version"]


def test_nothing_is_imported_that_is_not_pinned():
    """Whatever a pinned package needs on this Python is pinned as well."""
    missing = set()
    for name in packages():
        for wanted in metadata.requires(name) or []:
            needed, _, condition = wanted.partition(";")
            if not condition and normal(re.match(r"[\w.-]+", needed)[0]) not in packages():
                missing.add(wanted)
    assert missing == set()


def test_control_an_unpinned_or_silent_line_is_noticed():
    for line in ("Django", "Django>=5.2  # direct: the web framework", "Django==5.2.19", "Django==5.2.19  # "):
        assert not LINE.fullmatch(line)
