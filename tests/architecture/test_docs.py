"""Do README.md and docs/ tell the truth? Whatever they name must be there, and what is there must be named.

Run as a program (`python -m tests.architecture.test_docs`) this writes the list of headings in plan-files.md.
"""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

from actions.reading.headings import HEADINGS
from actions.timescale import describe, read_timescale

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PLAN_FILES = DOCS / "sources" / "plan-files.md"
APPS = ("partners", "workforce", "principles", "strategies", "actions", "reviews", "config")
LARGEST_IMAGE = 200_000  # bytes

CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"\.?[\w*-]+(?:/[\w.*-]+)*/(?:[\w*-][\w.*-]*\.\w{1,5})?")
MODULE = re.compile(rf"(?:{'|'.join(APPS)})(?:\.[a-z_]\w*)+")
MAKE = re.compile(r"\bmake ([a-z]+)")
MANAGE = re.compile(r"manage\.py ([a-z_]+)")
MARKS = "<!-- headings: written by tests/architecture/test_docs.py -->", "<!-- end of headings -->"
MADE_AS_IT_RUNS = (".data/", ".venv/")


def documents():
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def read(path):
    return path.read_text(encoding="utf-8")


def everything(paths=None):
    return "\n".join(read(path) for path in paths or documents())


def prose(text):
    """A document without its blocks of code."""
    return CODE_BLOCK.sub("", text)


def code_of(text):
    """All that stands as code: blocks and words in backticks."""
    return "\n".join([*CODE_BLOCK.findall(text), *CODE.findall(prose(text))])


def named(document):
    return str(document.relative_to(ROOT))


def cells(text, heading):
    """The rows of the table whose first heading this is, each as its cells."""
    table = re.search(rf"^\| {heading} \|.*\n\|[ |-]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table[1].splitlines()]


# --- Commands ----------------------------------------------------------------------------------------------------


def make_targets():
    return set(re.search(r"^\.PHONY: (.+)$", read(ROOT / "Makefile"), re.MULTILINE)[1].split())


def test_make_targets_are_the_ones_there_are():
    assert set(MAKE.findall(code_of(everything()))) == make_targets()


def own_commands():
    return {file.stem for file in ROOT.glob("*/management/commands/*.py") if not file.stem.startswith("_")}


def test_every_command_of_ours_is_named():
    assert own_commands() - set(MANAGE.findall(code_of(everything()))) == set()


def test_every_command_that_is_named_exists():
    from django.core.management import get_commands

    assert set(MANAGE.findall(code_of(everything()))) - set(get_commands()) == set()


# --- Files and names ---------------------------------------------------------------------------------------------


def targets_missing(document, text):
    """Links that lead nowhere: files that are not there, headings that no page has."""
    missing = []
    for link in LINK.findall(prose(text)):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors(read(target))):
            missing.append(f"{named(document)}: {link}")
    return missing


def anchors(text):
    """The names under which a page's headings can be linked to."""
    titles = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_link_leads_somewhere(document):
    assert targets_missing(document, read(document)) == []


def paths_missing(text):
    """Words in backticks that look like a file or folder of ours and are neither. A star stands for anything."""
    looking = {word for word in CODE.findall(prose(text)) if PATH.fullmatch(word)}
    return sorted(word for word in looking if not word.startswith(MADE_AS_IT_RUNS) and not _is_there(word))


def _is_there(path):
    # Some folders are named as every app has them.
    return any(ROOT.glob(path.rstrip("/"))) or any(ROOT.glob(f"*/{path.rstrip('/')}"))


@pytest.mark.parametrize("document", documents(), ids=named)
def test_every_file_that_is_named_exists(document):
    assert paths_missing(read(document)) == []


def modules_missing(text):
    """Dotted names of ours that no module has: `actions.editing.save_cells`."""
    return [word for word in CODE.findall(prose(text)) if MODULE.fullmatch(word) and not _is_in_a_module(word)]


def _is_in_a_module(word):
    parts = word.split(".")
    for length in range(len(parts), 0, -1):
        place = ROOT.joinpath(*parts[:length])
        if place.is_dir() or place.with_suffix(".py").exists():
            source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
            return all(re.search(rf"\b{part}\b", read(source)) for part in parts[length:])
    return False


def test_every_module_that_is_named_exists():
    assert modules_missing(everything()) == []


def test_every_app_is_on_the_map_in_order():
    apps = [row[0].strip("`/") for row in cells(read(ROOT / "README.md"), "app")]
    assert tuple(apps) == APPS


def test_every_app_has_the_question_it_says_it_has():
    for app, question, _ in cells(read(ROOT / "README.md"), "app"):
        source = read(ROOT / app.strip("`/") / "apps.py")
        assert question.rstrip("?") in source, question


def test_every_decision_is_on_the_list_and_complete():
    records = sorted(DOCS.glob("decisions/[0-9]*.md"))
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", read(DOCS / "decisions" / "README.md"))
    assert [record.name for record in records] == listed
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        assert re.findall(r"^## (.+)$", read(record), re.MULTILINE) == [
            "Context", "Decision", "Refused", "Consequences",
        ]  # fmt: skip


def test_every_image_is_used_and_light():
    images = sorted(DOCS.glob("images/*"))
    assert images
    for image in images:
        assert image.name in everything()
        assert image.stat().st_size < LARGEST_IMAGE


# --- Settings and tables -----------------------------------------------------------------------------------------


def variables():
    """Every variable of the environment that the settings read."""
    return set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", read(ROOT / "config" / "settings.py")))


def test_every_setting_is_explained_and_no_other():
    explained = {row[0].strip("`") for row in cells(read(DOCS / "DEPLOYMENT.md"), "variable")}
    assert explained == variables()


def test_every_setting_is_in_the_example_and_no_other():
    shown = set(re.findall(r"^#? ?([A-Z_]+)=", read(ROOT / ".env.example"), re.MULTILINE))
    assert shown == variables()


def test_the_states_of_a_plan_file_are_those_of_the_code():
    from actions.models import PlanImport

    rows = cells(read(DOCS / "ARCHITECTURE.md"), "state")
    told = {state.strip("`"): set(CODE.findall(following)) for state, _, following in rows}
    assert told == {state.value: {one.value for one in after} for state, after in PlanImport.MOVES.items()}


def test_the_schedule_is_that_of_the_code():
    from config.celery import SCHEDULE

    assert [row[0] for row in cells(read(DOCS / "ARCHITECTURE.md"), "what")] == list(SCHEDULE)


def test_the_cast_is_that_of_the_world(world):
    told = {name for row in cells(read(DOCS / "TESTING.md"), "name") for name in CODE.findall(row[0])}
    assert told == set(world.people)


# --- What people read on the screen ------------------------------------------------------------------------------


def words_on_the_screen():
    sources = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/**/*.js")]
    sources += [file for app in APPS for file in ROOT.glob(f"{app}/**/*.py")]
    return " ".join(everything(sources).split())


def labels_missing(text, screen):
    labels = {" ".join(label.split()) for label in re.findall(r"\*\*([^*]+)\*\*", text)}
    return sorted(label for label in labels if label.rstrip(".") not in screen)


def test_every_label_in_the_recipes_is_on_a_page():
    assert labels_missing(read(DOCS / "HOWTO.md"), words_on_the_screen()) == []


# --- Plan files --------------------------------------------------------------------------------------------------


def heading_lines():
    return "\n".join(f"- `{key}`: {', '.join(known)}" for key, known in HEADINGS.items())


def with_headings(text):
    before, after = (text.index(mark) for mark in MARKS)
    return f"{text[: before + len(MARKS[0])]}\n\n{heading_lines()}\n\n{text[after:]}"


def test_the_headings_are_those_of_the_code():
    text = read(PLAN_FILES)
    assert text == with_headings(text), "Run: .venv/bin/python -m tests.architecture.test_docs"


def test_every_column_of_the_plan_is_on_the_page():
    from actions.columns import COLUMNS

    told = set(CODE.findall(read(PLAN_FILES)))
    assert {column.key for column in COLUMNS} - told == set()


TIMESCALES = cells(read(PLAN_FILES), "words")


@pytest.mark.parametrize(("words", "understood", "certain"), TIMESCALES, ids=[row[0] for row in TIMESCALES])
def test_timescales_are_understood_as_the_page_says(words, understood, certain):
    reading = read_timescale(words.strip("`"), period=(date(2025, 4, 1), date(2029, 3, 31)))
    assert describe(reading) == understood
    assert reading.is_unambiguous == (certain == "yes")


def sentences_of_the_readers():
    """Every text in the code of the readers; an f-string by its fixed parts."""
    files = ROOT.glob("actions/reading/*.py")
    nodes = [node for file in files for node in ast.walk(ast.parse(read(file)))]
    return "\n".join(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize(("file", "sentence"), cells(read(PLAN_FILES), "file"))
def test_refusals_are_worded_as_the_page_says(file, sentence):
    known = sentences_of_the_readers()
    assert [part for part in re.split(r" ?… ?", sentence) if part not in known] == []


# --- Controls: each check notices what it is for -----------------------------------------------------------------


def test_control_lies_are_noticed():
    assert targets_missing(ROOT / "README.md", "[a](docs/NOWHERE.md) [b](docs/HOWTO.md#nowhere) ![c](docs/none.png)")
    assert paths_missing("`actions/nothing.py` `actions/editing.py` `nowhere/`") == ["actions/nothing.py", "nowhere/"]
    assert modules_missing("`actions.editing.save_everything` `actions.editing.save_cells`") == [
        "actions.editing.save_everything"
    ]
    assert set(MAKE.findall(code_of("make sure of `make coffee`"))) - make_targets() == {"coffee"}
    assert labels_missing("Press **Sign in**, then **Do magic**.", words_on_the_screen()) == ["Do magic"]


def test_control_the_checks_find_something_to_check():
    text = everything()
    assert len(LINK.findall(prose(text))) > 30
    assert len([word for word in CODE.findall(prose(text)) if PATH.fullmatch(word)]) > 100
    assert len(variables()) > 8
    assert len(TIMESCALES) > 15


if __name__ == "__main__":
    PLAN_FILES.write_text(with_headings(read(PLAN_FILES)), encoding="utf-8")
