"""What rows of our own template become, how values may be written, and what is told."""

import pytest

from tests.workforce.returns import csv_text, read_files
from workforce.reading import Unreadable
from workforce.sources.own_template.columns import FIELDS_OF_COLUMNS
from workforce.template import FIELDS, Kind

from .making import EXAMPLE, read_template

VALUED = {
    "sector": "independent_private", "service": "domiciliary", "role": "care_worker", "contract": "permanent",
    "hours_contracted": 30, "zero_hours": "no", "age": 46, "sex": "female", "start_sector_year": 2011,
    "fte37_state": "given", "leave_month_state": "not_applicable", "leave_reason": "not_applicable",
    "hours_average_state": "not_applicable", "amhp": "not_applicable", "training_dementia": "current",
}  # fmt: skip


def test_the_example_becomes_a_post():
    read = read_template()
    assert not read.issues
    (post,) = read.posts
    assert {name: post[name] for name in VALUED} == VALUED
    (workplace,) = read.establishments
    assert (workplace["posts_in_file"], workplace["leavers_state"]) == (1, "missing")


def test_headings_may_be_the_names_of_fields():
    names = {field.label: field.name for field in FIELDS_OF_COLUMNS}
    named = {names.get(label, label.replace(" ", "_").lower()): cell for label, cell in EXAMPLE.items()}
    assert read_template(named).posts == read_template().posts


@pytest.mark.parametrize("written", ["care_home_nursing", "Care home nursing", "CARE HOME (NURSING)"])
def test_values_may_be_written_as_values_or_as_words(written):
    assert read_template(EXAMPLE | {"Service": written}).posts[0]["service"] == "care_home_nursing"


# A blank cell of these says what cannot be asked: of a filled post, of a carer, of work without contracted hours.
GOES_WITHOUT_SAYING = {"leave_month", "leave_reason", "leave_destination", "hours_average", "amhp", "registration"}


@pytest.mark.parametrize("word", ["unknown", "Refused", "not applicable", "not_applicable", ""])
def test_the_four_words_stay_apart_in_every_field(word):
    rows = [EXAMPLE | {"Post reference": field.name, field.label: word} for field in FIELDS_OF_COLUMNS]
    expected = word.lower().replace(" ", "_") or "missing"
    for field, post in zip(FIELDS_OF_COLUMNS, read_template(*rows).posts, strict=True):
        said = post[field.state_column or field.name]
        blank = "not_applicable" if field.name in GOES_WITHOUT_SAYING else "missing"
        assert said == (expected if word else blank), field.name


def test_a_month_in_left_makes_a_leaver():
    left = EXAMPLE | {"Post reference": "P-2", "Left": "05/2026", "Reason for leaving": "retired", "Destination":
                      "retirement"}  # fmt: skip
    read = read_template(EXAMPLE, left)
    assert [str(post["leave_month"]) for post in read.posts] == ["None", "2026-05-01"]
    (workplace,) = read.establishments
    assert (workplace["posts_in_file"], workplace["leavers"]) == (1, 1)


@pytest.mark.parametrize("written", ["03/2020", "2020-03", "Mar 2020", "1/3/2020", "01/03/2020", "2020-03-17"])
def test_months_in_many_forms(written):
    assert str(read_template(EXAMPLE | {"Started in role": written}).posts[0]["start_role"]) == "2020-03-01"


CELLS = (
    ("Post reference", "", "blank", "error"),
    ("Role", "", "blank", "error"),
    ("Role", "Wizard", "not_mapped", "error"),
    ("Sector", "", "blank", "warning"),
    ("Service", "Shop", "not_mapped", "error"),
    ("Contract", "Handshake", "not_mapped", "error"),
    ("Contracted hours", "thirty", "not_a_number", "error"),
    ("Contracted hours", "81", "out_of_range", "error"),
    ("Zero hours contract", "yes", "zero_hours_with_hours", "error"),
    ("Age", "46.5", "not_whole", "error"),
    ("Age", "7", "out_of_range", "error"),
    ("Age", "82", "age_unusual", "warning"),
    ("Sex", "Femail", "not_mapped", "error"),
    ("Ethnic group", "Purple", "not_mapped", "error"),
    ("Started in role", "13/2020", "not_a_month", "error"),
    ("Started in role", "10/2026", "after_the_day", "error"),
    ("Started in role", "soon", "not_a_day", "error"),
    ("Started in sector", "11", "not_a_year", "error"),
    ("Started in sector", "1911", "year_out_of_range", "error"),
    ("Started in sector", "2021", "sector_after_role", "warning"),
    ("Left", "10/2026", "after_the_day", "error"),
    ("Left", "01/2019", "left_before_start", "error"),
    ("Reason for leaving", "retired", "reason_without_month", "warning"),
    ("Hourly pay", "£12.60", "punctuated", "warning"),
    ("Sick days", "400", "out_of_range", "error"),
    ("WTE days lost", "300", "lost_more_than_there_are", "warning"),
    ("Training: dementia", "yes", "not_mapped", "error"),
)


@pytest.mark.parametrize(("column", "cell", "code", "severity"), CELLS)
def test_one_faulty_cell_is_one_issue_at_its_place(column, cell, code, severity):
    read = read_template(EXAMPLE, EXAMPLE | {"Post reference": "P-2"} | {column: cell})
    assert [(issue.row, issue.column, issue.code, issue.severity) for issue in read.issues] == [
        (3, column, code, severity)
    ]


def test_a_post_stands_once():
    read = read_template(EXAMPLE, EXAMPLE)
    assert [(issue.row, issue.column, issue.code) for issue in read.issues] == [(3, "Post reference", "998")]
    assert len(read.posts) == 1


def test_what_could_identify_somebody_is_kept_nowhere():
    canaries = {
        "Post reference": "CANARYPOST", "Person reference": "canary-person", "Workplace reference": "Canary Lodge",
        "Role": "Carer for Mrs Canary", "Ethnic group": "Canarian", "Name": "Canary Jones", "Disability": "canary leg",
    }  # fmt: skip
    kept = read_template(EXAMPLE, EXAMPLE | canaries).everything_kept.casefold()
    for text in canaries.values():
        assert text.casefold() not in kept
    assert "care_worker" in kept, "the search itself finds what is kept"


def test_guidance_alone_is_no_return():
    text = csv_text([{"Field": "Role", "Meaning": "x", "Needed": "Yes", "Accepted values": "x", "Example": "x"}])
    with pytest.raises(Unreadable, match="only the guidance"):
        read_files({"guidance.csv": text})


def test_columns_may_be_missing_but_for_the_post_and_its_role():
    short = {"Post reference": "1", "Role": "care worker", "Sector": "la", "Service": "day", "Contract": "bank"}
    read = read_template(short)
    assert not read.issues
    assert all(field.kind is Kind.KEY or field.name in FIELDS for field in FIELDS_OF_COLUMNS)
    with pytest.raises(Unreadable):
        read_template({name: cell for name, cell in short.items() if name != "Role"}, any_headings=False)
