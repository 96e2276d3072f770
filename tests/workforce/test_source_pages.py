"""The page of each source names every column and rule that the source declares, with what becomes of it.

`python -m tests.workforce.test_source_pages` writes the tables into the pages.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from workforce.sources import SOURCES, council
from workforce.sources.council import COUNCIL_FIELDS
from workforce.template import FIELDS, Kind

DOCS = Path(__file__).resolve().parents[2] / "docs" / "sources"
TODAY = date(2026, 11, 26)
PAGES = {"asc_wds": "asc-wds.md", "esr": "esr.md", "council": "council.md", "template": "own-template.md"}
MARK, END = "<!-- {name}: written by tests/workforce/test_source_pages.py -->", "<!-- end -->"
NUMBERED = re.compile(r"(?<=QUALACH)\d\d")
HEADINGS = ("| column | also called | accepted | becomes | what happens |", "| --- | --- | --- | --- | --- |")
RULES = ("| column | told as | sentence |", "| --- | --- | --- |")


def kinds_of(source):
    if source == "council":
        return council.kinds_of_mapping({field.label: field.name for field in COUNCIL_FIELDS.values()}, TODAY)
    return [kind for kind in SOURCES[source].file_kinds(TODAY) if kind.name != "guidance"]


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def fate(fields):
    """hashed, mapped or kept, by the fields that a column fills; without any it is dropped."""
    if not fields:
        return "checked, then dropped"
    kinds = {FIELDS[name].kind for name in fields if name in FIELDS}
    words = [("hashed", Kind.KEY), ("mapped", Kind.CATEGORY), ("kept", Kind.NUMBER), ("kept", Kind.MONTH), ("kept",
             Kind.YEAR)]  # fmt: skip
    return " and ".join(dict.fromkeys(word for word, kind in words if kind in kinds)) or "counted"


def column_rows(source, kind):
    becomes = getattr(SOURCES[source], "BECOMES", {}).get(kind.name, {})
    for column in kind.columns:
        if NUMBERED.search(column.name) and "01" not in column.name:
            continue
        fields = becomes.get(column.name, ())
        filled = ", ".join(f"`{name}`" for name in shortened(fields))
        also = ", ".join(column.also)
        yield f"| {cell(column.name)} | {also} | {cell(column.kind.accepted)} | {filled} | {fate(fields)} |"


def shortened(fields):
    return dict.fromkeys("training_*" if name.startswith("training_") else name for name in fields)


def rule_rows(kind):
    for rule in (kind.unjudged, *kind.rules):
        if rule is not None:
            yield f"| {cell(rule.column)} | {rule.severity} | {cell(rule.message)} |"


def tables(source):
    """{name of a place in the page: its lines}."""
    made = {}
    for kind in kinds_of(source):
        made[f"columns of {kind.name}"] = [*HEADINGS, *column_rows(source, kind)]
        rules = list(rule_rows(kind))
        if rules:
            made[f"rules of {kind.name}"] = [*RULES, *rules]
    return made


def filled(text, source):
    """A page with its tables written anew."""
    for name, lines in tables(source).items():
        mark = MARK.format(name=name)
        before, found, rest = text.partition(mark)
        assert found, f"{PAGES[source]} lacks {mark}"
        _, _, after = rest.partition(END)
        text = "\n".join([f"{before}{mark}", "", *lines, "", f"{END}{after}"])
    return text


@pytest.mark.parametrize("source", [name for name in PAGES if hasattr(SOURCES[name], "BECOMES")])
def test_the_page_of_a_source_is_what_the_source_declares(source):
    text = (DOCS / PAGES[source]).read_text(encoding="utf-8")
    assert text == filled(text, source)


@pytest.mark.parametrize("source", PAGES)
def test_every_column_is_named_on_the_page(source):
    named = set(re.findall(r"^\| ([^|]+?) \|", (DOCS / PAGES[source]).read_text(encoding="utf-8"), re.MULTILINE))
    columns = {NUMBERED.sub("01", column.name) for kind in kinds_of(source) for column in kind.columns}
    assert columns <= named, columns - named


def test_every_source_has_a_page():
    assert PAGES.keys() == SOURCES.keys()


if __name__ == "__main__":
    for source, page in PAGES.items():
        path = DOCS / page
        path.write_text(filled(path.read_text(encoding="utf-8"), source), encoding="utf-8")
