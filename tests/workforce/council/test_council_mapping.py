"""Which files wait for a mapping, what is suggested, and which cells may be shown with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workforce.returns import csv_text, read_files
from workforce.importing import NeedsMapping
from workforce.mapping_suggestions import SHOWN, SYNONYMS, suggest
from workforce.reading import Unreadable
from workforce.sources.council import COUNCIL_FIELDS, faults_of_mapping

from .making import CARER, MAPPING, WORKER, read_list


def asked_for(*rows, **more):
    with pytest.raises(NeedsMapping) as asked:
        read_list(*rows, **more)
    return asked.value


def test_without_a_mapping_everything_is_asked():
    asked = asked_for(CARER, mapping=None)
    assert asked.headings == list(CARER)
    assert asked.suggestions.keys() == set(CARER)


def test_only_what_is_new_is_asked_and_what_was_said_is_kept():
    said = MAPPING | {"Gender": ""}
    asked = asked_for(CARER | {"New Column": "x"}, mapping=said)
    assert asked.headings == ["New Column"]
    assert asked.suggestions["Gender"] == ""


def test_headings_are_the_same_whatever_their_spaces_and_case():
    shouted = [{name.upper().replace(" ", "_"): cell for name, cell in CARER.items()}]
    text = csv_text(shouted).replace("26,000", "26000").replace('"', "")
    read = read_files({"staff.csv": text}, source="council", mapping=MAPPING)
    assert read.posts[0]["role"] == "senior_care_worker"


def test_a_list_of_no_other_source_is_a_councils_if_it_looks_like_staff():
    rows = csv_text([CARER, WORKER])
    with pytest.raises(NeedsMapping):
        read_files({"staff.csv": rows})
    with pytest.raises(Unreadable, match="not those of any file"):
        read_files({"staff.csv": rows}, any_headings=False)
    with pytest.raises(Unreadable, match="not those of any file"):
        read_files({"budget.csv": "Cost,Year\n5,2026\n"})


def test_what_is_nearly_another_source_is_told_so_and_not_asked_about():
    row = {"LOCALESTID": "W1", "UNIQUEWORKERID": "1", "EMPLSTATUS": "1", "Job Title": "Carer", "Gender": "F", "DOB": ""}
    with pytest.raises(Unreadable, match="MAINJOBROLE is missing"):
        read_files({"worker.csv": csv_text([row])})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"Job Title": ""}, "No column is mapped to “Job title”."),
        ({"Payroll No": "", "Post No": ""}, "posts cannot be told from each other"),
        ({"Gender": "shoe size"}, "“Gender” is mapped to something that is not on the list."),
        ({"salary_is": "monthly"}, "“fte” or “actual”"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(changes, says):
    faults = asked_for(CARER, mapping=MAPPING | changes).faults
    assert says in " ".join(faults)
    assert not faults_of_mapping(MAPPING)


def test_two_lists_of_staff_are_refused():
    with pytest.raises(Unreadable, match="Two of the files are a list of"):
        read_files({"a.csv": csv_text([CARER]), "b.csv": csv_text([WORKER])}, source="council", mapping=MAPPING)


SPOKEN = {
    "Emp No.": "person_reference", "Position ID": "post_reference", "Dept": "directorate", "Section": "team",
    "Post Title": "job_title", "Contract type": "contract", "Hrs per week": "hours", "WTE": "fte",
    "Salary p.a.": "salary", "Hourly Rate": "hourly_rate", "DOB": "date_of_birth", "Sex": "sex",
    "Ethnic Group": "ethnicity", "Nationality": "nationality", "Disabled": "disability",
    "Employee Start Date (current)": "start_date", "Continuous Service Date": "start_in_sector",
    "Highest qualification": "qualification", "Source of recruitment": "recruitment", "Termination Date":
    "leaving_date", "Reason for leaving": "leaving_reason", "Days sick": "sick_days", "Professional Body":
    "registration", "Apprentice": "apprentice", "National Insurance No": "", "Surname": "", "Home Postcode": "",
}  # fmt: skip


def test_headings_say_what_they_mean():
    assert suggest(tuple(SPOKEN), [[] for _ in SPOKEN]) == SPOKEN


def test_every_meaning_can_be_suggested_and_no_heading_has_two():
    assert SYNONYMS.keys() == {*COUNCIL_FIELDS, ""}
    names = [name for of in SYNONYMS.values() for name in of.split(";")]
    assert len(set(names)) == len(names)


def test_cells_say_what_headings_do_not():
    columns = {
        "Col1": ["QQ123456C", "QQ223456D"], "Col2": ["14/02/1980", "1965-03-01", "01/12/1999"], "Col3": ["F", "M", "F"],
        "Col4": ["Care Assistant", "Social Worker", "Cook"], "Col5": ["Permanent", "Casual", "Fixed term"],
        "Col6": ["White British", "Indian", "White British"], "Col7": ["a@b.example", "c@d.example"],
        "Col8": ["DY1 1AA", "DY2 2BB"], "Col9": ["blue", "green"], "Col10": ["14/02/2020", "01/03/2021"],
    }  # fmt: skip
    assert suggest(tuple(columns), list(columns.values())) == {
        "Col1": "", "Col2": "date_of_birth", "Col3": "sex", "Col4": "job_title", "Col5": "contract",
        "Col6": "ethnicity", "Col7": "", "Col8": "", "Col9": "", "Col10": "",
    }  # fmt: skip


def test_samples_are_of_common_words_only():
    rows = [CARER | {"Payroll No": str(n), "Post No": str(n), "Job Title": "Carer"} for n in range(10)]
    rows += [CARER | {"Payroll No": "99", "Post No": "99", "Job Title": "Carer for Mrs Canary", "Gender": "Other"}]
    asked = asked_for(*rows, mapping=None)
    assert asked.samples["Job Title"] == ["Carer"]
    assert asked.samples["Gender"] == ["Female"]
    shown = {asked.suggestions[heading] for heading in asked.samples}
    assert shown <= SHOWN
    assert not [name for name in SHOWN if COUNCIL_FIELDS[name].identifies]
    assert "Canary" not in str(asked) + str(asked.samples) + str(asked.args)
    assert not {"Surname", "NI No", "D.O.B.", "Payroll No", "Ethnicity"} & asked.samples.keys()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=6, unique=True), st.lists(st.text(max_size=8), max_size=4))
def test_any_headings_and_cells_get_a_suggestion_from_the_list(headings, cells):
    suggested = suggest(tuple(headings), [[cell for cell in cells if cell] for _ in headings])
    assert suggested.keys() == {heading for heading in headings if heading}
    assert set(suggested.values()) <= {*COUNCIL_FIELDS, ""}
    meant = [field for field in suggested.values() if field]
    assert len(set(meant)) == len(meant)
