"""Crosswalks: no code is forgotten, none means two things, and what is merged is written down.

`python -m tests.workforce.test_crosswalks` writes the list of merged codes into the page about crosswalks.
"""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.codes import UnknownList, code_list
from workforce.crosswalks import (
    FOLDER,
    TEMPLATE,
    VERSION,
    WORDED,
    Crosswalk,
    crosswalk,
    read_crosswalk,
    values_of,
    widened,
)
from workforce.crosswalks.normalising import SHORTENED, normal
from workforce.crosswalks.rules import Rules, alternatives_of, is_rule
from workforce.template import ABSENT, GIVEN_FIELDS, Kind

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sources" / "crosswalks.md"
MARK = "<!-- merged: written by tests/workforce/test_crosswalks.py -->"

# The national list behind each table.
NATIONAL = {
    "role": "job_role",
    "service": "main_service",
    "sector": "establishment_type",
    "contract": "employment_status",
    "zero_hours": "zero_hours_contract",
    "sex": "gender",
    "ethnicity15": "ethnicity",
    "nationality3": "nationality",
    "disability": "disability",
    "recruit_source": "recruitment_source",
    "pay_basis": "salary_interval",
    "qual_level": "qualification_level",
    "care_certificate": "care_certificate",
    "level_2_care_certificate": "level_2_care_certificate",
    "apprentice": "apprenticeship",
    "registration": "registered_nurse_category",
    "amhp": "amhp",
    "training_topic": "training_category",
    "leave_reason": "worker_leave_reason",
    "leave_destination": "worker_leave_reason",
}
FILES = sorted(path.name.removesuffix(".csv") for path in FOLDER.glob("*.csv"))
TABLES = sorted(
    {
        (name, source)
        for name, kind in (file.split(".") for file in FILES if not file.startswith("absent"))
        for source in (WORDED if kind == "words" else [kind])
    }
)
OF_TWO_CELLS = [("role", "esr"), ("service", "esr")]


def accepted(name):
    """The codes of a national list, without those that the service itself refuses."""
    return [row["code"] for row in code_list(name).rows if row.get("accepted") != "0"]


def unmapped(table, codes):
    return [code for code in codes if table.of(code) is None]


# --- every table -----------------------------------------------------------------------------------------------


def test_there_is_a_table_for_each_national_list():
    assert {name for name, source in TABLES if source == "asc_wds"} == set(NATIONAL)


@pytest.mark.parametrize(("name", "codes"), NATIONAL.items())
def test_every_code_of_the_national_list_is_mapped(name, codes):
    assert not unmapped(crosswalk(name, "asc_wds"), accepted(codes))


@pytest.mark.parametrize(("name", "codes"), NATIONAL.items())
def test_a_code_that_is_forgotten_is_noticed(name, codes):
    whole = crosswalk(name, "asc_wds")
    for code in accepted(codes):
        rest = {one: value for one, value in whole.table.items() if one != code}
        assert unmapped(Crosswalk(name, "asc_wds", "", rest), accepted(codes)) == [code]


@pytest.mark.parametrize(("name", "source"), TABLES)
def test_a_table_gives_values_of_its_field_or_one_of_the_four_words(name, source):
    assert set(crosswalk(name, source).table.values()) <= {*values_of(name), *ABSENT}


@pytest.mark.parametrize("file", FILES)
def test_a_table_says_where_its_facts_come_from(file):
    assert read_crosswalk(FOLDER / f"{file}.csv")[0]


def test_a_code_that_stands_twice_is_refused(tmp_path):
    file = tmp_path / "sex.esr.csv"
    file.write_text("# source: a test\ncode,value,note\nMale,male,\n male ,female,\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"twice in sex\.esr\.csv"):
        read_crosswalk(file)


def test_a_source_says_more_about_its_words_than_what_all_share(tmp_path, monkeypatch):
    monkeypatch.setattr("workforce.crosswalks.FOLDER", tmp_path)
    said = {
        "sex.esr": "x,other,ours\n",
        "sex.words": "x,unknown,shared\nm,male,\n",
        "absent.words": "m,missing,\nz,refused,\n",
    }
    for file, rows in said.items():
        (tmp_path / f"{file}.csv").write_text(f"# source: {file}\ncode,value,note\n{rows}", encoding="utf-8")
    own, shared = (crosswalk.__wrapped__("sex", source) for source in WORDED)
    assert [own.of(code) for code in "xmz"] == ["other", "male", "refused"] and own.note("x") == "ours"
    assert [shared.of(code) for code in "xmz"] == ["unknown", "male", "refused"]
    assert own.cited == "sex.esr; sex.words; absent.words"


def test_a_table_that_is_not_there_is_refused():
    with pytest.raises(UnknownList, match="no crosswalk of sick_days for esr"):
        crosswalk("sick_days", "esr")


def test_the_version_is_a_year_and_a_number():
    year, number = VERSION.split(".")
    assert int(year) >= 2026 and int(number) >= 1


# --- what the national codes mean ------------------------------------------------------------------------------

ROLES = {
    "senior_manager": "1 2",
    "registered_manager": "4",
    "other_manager_supervisor": "3 5 24 43 45 47 49 50",
    "social_worker": "6 35",
    "occupational_therapist": "15",
    "registered_nurse": "16",
    "nursing_associate": "37",
    "ahp_other": "17",
    "senior_care_worker": "7",
    "care_worker": "8 23",
    "support_outreach_worker": "9 10 11 52",
    "healthcare_support": "38",
    "therapy_assistant": "36",
    "care_coordination_assessment": "39 40",
    "admin_clerical_digital": "25 44 46 48 51",
    "estates_ancillary_other": "26 27 34",
    "childrens_role": "42",
}
# Social care code, code of the NHS, value: the finest list that both share.
ETHNIC = """
31 A white_british
32 B white_irish
33 C white_other
34 C white_other
35 D mixed_white_black_caribbean
36 E mixed_white_black_african
37 F mixed_white_asian
38 G mixed_other
39 H indian
40 J pakistani
41 K bangladeshi
42 R chinese
43 L asian_other
44 N black_african
45 M black_caribbean
46 P black_other
47 S other
98 S other
99 X unknown
"""
MEMBER_STATES = (
    "40 56 100 191 196 203 208 233 246 250 276 300 348 372 380 428 440 442 470 528 616 620 642 703 705 724 752"
)


def test_roles_are_grouped_as_agreed_code_by_code():
    agreed = {code: value for value, codes in ROLES.items() for code in codes.split()}
    assert {code: crosswalk("role", "asc_wds").of(code) for code in code_list("job_role").codes} == agreed


def test_a_retired_role_means_what_replaced_it():
    table, retired = crosswalk("role", "asc_wds"), code_list("job_role_retired")
    for code, after in retired.column("replaced_by").items():
        assert table.of(code) == (table.of(after) if after else "personal_assistant"), code
        assert table.note(code)


def test_ethnic_groups_of_social_care_and_of_the_nhs_meet():
    care, nhs = crosswalk("ethnicity15", "asc_wds"), crosswalk("ethnicity15", "esr")
    rows = [line.split() for line in ETHNIC.split("\n") if line]
    assert [row[0] for row in rows] == list(code_list("ethnicity").codes)
    for code, letter, value in rows:
        assert (care.of(code), nhs.of(letter)) == (value, value)


def test_only_two_pairs_of_ethnic_groups_are_merged():
    assert crosswalk("ethnicity15", "asc_wds").merged() == {"white_other": ["33", "34"], "other": ["47", "98"]}


def test_every_service_has_a_value_and_the_plain_ones_are_right():
    table = crosswalk("service", "asc_wds")
    plain = {
        "1": "care_home_nursing",
        "2": "care_home",
        "6": "day",
        "8": "domiciliary",
        "16": "assessment_care_management",
    }
    plain |= {"54": "supported_living_extra_care", "55": "supported_living_extra_care", "72": "corporate"}
    assert {code: table.of(code) for code in plain} == plain


def test_a_service_means_the_same_under_the_number_that_the_export_writes():
    table = crosswalk("service", "asc_wds")
    for code, written in code_list("main_service").column("code_written_on_export").items():
        assert table.of(written) == table.of(code)


def test_the_two_care_certificates_swap_two_and_three():
    first, second = crosswalk("care_certificate", "asc_wds"), crosswalk("level_2_care_certificate", "asc_wds")
    assert [first.of(code) for code in "123"] == ["completed", "no", "in_progress"]
    assert [second.of(code) for code in "123"] == ["completed", "in_progress", "no"]


def test_european_means_one_of_the_27_member_states():
    table = crosswalk("nationality3", "asc_wds")
    european = {code for code in code_list("nationality").codes if table.of(code) == "eu"}
    members = set(MEMBER_STATES.split())
    assert len(members) == 27 and members <= european
    assert all(table.note(code) for code in european - members)  # territories, each with its reason
    assert {code: table.of(code) for code in ("826", "578", "756", "998", "999")} == {
        "826": "british", "578": "non_eu", "756": "non_eu", "998": "unknown", "999": "non_eu",
    }  # fmt: skip


def test_undisclosed_is_not_unknown():
    table = crosswalk("disability", "asc_wds")
    assert [table.of(code) for code in "0123"] == ["no", "yes", "refused", "unknown"]


def test_a_monthly_figure_is_not_taken_for_an_annual_one():
    assert crosswalk("pay_basis", "asc_wds").of("2") is None


def test_nurses_are_registered_with_or_without_the_zero_of_the_export():
    table = crosswalk("registration", "asc_wds")
    assert {table.of(code) for code in ("1", "05")} == {"nmc"}


@pytest.mark.parametrize("name", NATIONAL)
def test_a_blank_is_missing_and_an_unheard_of_code_is_nothing(name):
    table = crosswalk(name, "asc_wds")
    assert [table.of(code) for code in ("", " ", "12345")] == ["missing", "missing", None]


# --- words of the NHS ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", code_list("nhs_staff_group").rows, ids=lambda row: row["code"])
def test_every_staff_group_has_a_role_whatever_the_job_role_is_called(row):
    table = crosswalk("role", "esr")
    by_name = table.of(f"{row['label']}|Something new")
    assert by_name in values_of("role")
    assert by_name == table.of(f"{row['code']}|Something new") == table.of(f"{row['label'].upper()}|")
    assert by_name == table.of(f"|{row['code']}999")  # the code of a job role begins with its staff group


NHS_ROLES = {
    "Medical and Dental|Consultant": "medical_dental",
    "Medical and Dental|Medical Director": "senior_manager",
    "01|01002": "senior_manager",
    "Students|Student Nurse - Adult Branch": "student_learner",
    "Nursing & Midwifery Registered|Sister/Charge Nurse": "registered_nurse",
    "Nursing and Midwifery Registered|Nursing Associate": "nursing_associate",
    "Additional Clinical Services|Nursing Associate": "nursing_associate",
    "Additional Clinical Services|Trainee Nursing Associate": "healthcare_support",
    "Allied Health Profs|Paramedic": "ahp_other",
    "Allied Health Professionals|Occupational Therapist Manager": "occupational_therapist",
    "Add Prof Scientific and Technic|Social Worker": "social_worker",
    "Add Prof Scientific and Technic|Pharmacist": "scientific_professional",
    "Healthcare Scientists|Biomedical Scientist": "scientific_professional",
    "Additional Clinical Services|Health Care Support Worker": "healthcare_support",
    "Additional Clinical Services|Healthcare Assistant": "healthcare_support",
    "Additional Clinical Services|Support, Time, Recovery Worker": "support_outreach_worker",
    "Additional Clinical Services|Assistant Practitioner": "senior_care_worker",
    "Additional Clinical Services|Home Help": "care_worker",
    "Additional Clinical Services|Helper/Assistant": "therapy_assistant",
    "Additional Clinical Services|Technical Instructor": "therapy_assistant",
    "Admin & Clerical|Personal Assistant": "admin_clerical_digital",
    "Administrative and Clerical|Care Navigator": "care_coordination_assessment",
    "Administrative and Clerical|Manager": "other_manager_supervisor",
    "Administrative and Clerical|Chief Executive": "senior_manager",
    "Estates and Ancillary|Porter": "estates_ancillary_other",
    "|Staff Nurse": "registered_nurse",
    "|": "missing",
    "Something|New": None,
}


@pytest.mark.parametrize(("code", "value"), NHS_ROLES.items())
def test_staff_group_and_job_role_together_give_the_role(code, value):
    assert crosswalk("role", "esr").of(code) == value


@pytest.mark.parametrize("row", code_list("nhs_ethnic_category").rows, ids=lambda row: row["code"])
def test_only_the_first_letter_of_an_ethnic_category_is_national(row):
    table, code = crosswalk("ethnicity15", "esr"), row["code"]
    value = table.of(code)
    assert value is not None
    assert {table.of(text) for text in (code.lower(), f"{code}2 Words of a trust", f"{code} {row['label']}")} == {value}


def test_english_words_are_not_taken_for_letters():
    table = crosswalk("ethnicity15", "esr")
    assert table.of("Do not wish to say") == "refused"  # D is a group, and "do" begins with it
    assert table.of("No answer") == "unknown"
    assert table.of("N/A") == "not_applicable"
    assert table.of("Z Not Stated") == "refused"


@pytest.mark.parametrize(
    ("name", "codes"),
    {
        "leave_reason": "nhs_leaving_reason",
        "leave_destination": "nhs_leaving_destination",
        "contract": "nhs_assignment_category",
        "hours_pattern": "nhs_employee_category",
        "registration": "nhs_registration_body",
    }.items(),
)
def test_every_name_of_a_list_of_the_nhs_is_mapped(name, codes):
    assert not unmapped(crosswalk(name, "esr"), code_list(codes).codes)


def test_a_resignation_whose_reason_is_not_known_was_still_chosen():
    table = crosswalk("leave_reason", "esr")
    assert table.of("Voluntary Resignation - Other/Not Known") == "chose_to_leave"
    assert table.of("Redundancy – Voluntary") == "terminated"
    assert table.of("Unknown") == "unknown"


NHS_SERVICES = {
    "Community Mental Health|Any NHS Trust": "mental_health",
    "District Nursing|": "community_health",
    "Accident & Emergency|Any NHS Trust": "acute",
    "General Practice": "primary_care",
    "Human Resources|Any Hospitals NHS Trust": "corporate",
    "|Anywhere Ambulance Service": "ambulance",
    "|Anywhere Hospitals NHS Trust": "acute",
    "Something|New": "other",
    "|": "missing",
}


@pytest.mark.parametrize(("code", "value"), NHS_SERVICES.items())
def test_area_of_work_comes_before_the_name_of_the_organisation(code, value):
    assert crosswalk("service", "esr").of(code) == value


# --- words of councils -----------------------------------------------------------------------------------------

# Titles as councils have them, the traps among them: words that mean another thing in another title.
TITLES = {
    "Care Manager": "care_coordination_assessment",
    "Home Care Manager": "other_manager_supervisor",
    "Registered Manager": "registered_manager",
    "Deputy Registered Manager": "other_manager_supervisor",
    "Director of Adult Social Services": "senior_manager",
    "PA to Director": "admin_clerical_digital",
    "Personal Assistant": "admin_clerical_digital",
    "Personal Assistant (Direct Payments)": "personal_assistant",
    "Senior Social Worker": "social_worker",
    "Social Work Assistant": "care_coordination_assessment",
    "Team Manager - Social Work": "other_manager_supervisor",
    "Senior Social Worker (Children)": "childrens_role",
    "Student Social Worker": "student_learner",
    "Apprentice Care Worker": "care_worker",
    "Occupational Therapy Asst.": "therapy_assistant",
    "Senior OT Practitioner": "occupational_therapist",
    "Home Carer": "care_worker",
    "Carers Support Officer": "support_outreach_worker",
    "Care & Support Worker": "support_outreach_worker",
    "SENIOR CARE ASSISTANT - NIGHTS": "senior_care_worker",
    "Health Care Assistant": "healthcare_support",
    "Reablement Worker": "care_worker",
    "Day Services Officer": "support_outreach_worker",
    "Financial Assessment Officer": "admin_clerical_digital",
    "Assessment Officer": "care_coordination_assessment",
    "Customer Services Adviser": "admin_clerical_digital",
    "Activities Co-ordinator": "estates_ancillary_other",
    "Driver/Escort": "estates_ancillary_other",
    "Nursing Associate": "nursing_associate",
    "Adult Placement Officer": "support_outreach_worker",
    "Sensory Support Officer": "support_outreach_worker",
    "IT Support Officer": "admin_clerical_digital",
    "Not known": "unknown",
    "Zookeeper": None,
}
TEAMS = {
    "Home Care North": "domiciliary",
    "Extra Care": "supported_living_extra_care",
    "Hospital Social Work Team": "assessment_care_management",
    "Day Services": "day",
    "Residential Care": "care_home",
    "Nursing Home": "care_home_nursing",
    "Carers Team": "community_support",
    "Business Support": "corporate",
    "Children's Residential": "other",
    "Bananas": None,
}
AWARDS = {
    "NVQ Level 2": "2", "NVQ3": "3", "HNC": "4", "HND": "5", "Foundation Degree": "5", "BA (Hons)": "6",
    "Master's Degree": "7", "PhD": "8", "A-Level": "3", "No qualifications": "none", "Prefer not to say": "refused",
    "City Guild": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        (name, text, value)
        for name, texts in {"role": TITLES, "service": TEAMS, "qual_level": AWARDS}.items()
        for text, value in texts.items()
    ],
)
def test_words_of_councils_are_read(name, text, value):
    assert crosswalk(name, "council").of(text) == value


@pytest.mark.parametrize("source", WORDED)
@pytest.mark.parametrize("row", code_list("census_ethnic_group").rows, ids=lambda row: row["code"])
def test_every_group_of_two_censuses_is_read_with_and_without_its_heading(row, source):
    table = crosswalk("ethnicity15", source)
    heading, _, group = row["code"].partition(": ")
    value = table.of(row["code"])
    assert value in values_of("ethnicity15")
    assert table.of(f"{heading} - {group}") == value


def test_the_census_agrees_with_the_national_codes():
    words, codes = crosswalk("ethnicity15", "council"), crosswalk("ethnicity15", "asc_wds")
    labels = [row["code"] for row in code_list("census_ethnic_group").rows if row["in_2011"] == "1"]
    national = [code for code in code_list("ethnicity").codes if code != "99"]
    assert [words.of(label) for label in labels] == [codes.of(code) for code in national]
    assert words.of("White: Roma") == "white_other"


def test_nationalities_in_words_and_in_codes_agree():
    words, codes = crosswalk("nationality3", "council"), crosswalk("nationality3", "asc_wds")
    for code, label in code_list("nationality").column("label").items():
        assert words.of(label) == codes.of(code), label
    assert words.of("Irish") == "eu" and words.of("Northern Irish") == "british"
    assert words.of("British National (Overseas)") == "non_eu" and words.of("British/Irish") == "british"


@pytest.mark.parametrize(
    ("text", "value"),
    {
        "Not known": "unknown",
        "Prefer not to say": "refused",
        "Not stated": "refused",
        "N/A": "not_applicable",
        "Not applicable": "not_applicable",
        "": "missing",
    }.items(),
)
@pytest.mark.parametrize(
    ("name", "source"), [pair for pair in TABLES if pair[1] in WORDED and pair not in OF_TWO_CELLS]
)
def test_the_four_words_stay_apart_in_every_table_of_words(name, source, text, value):
    assert crosswalk(name, source).of(text) == value


# --- the template ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field", [field for field in GIVEN_FIELDS if field.kind is Kind.CATEGORY], ids=lambda f: f.name
)
def test_the_template_means_itself(field):
    table = crosswalk(field.name, TEMPLATE)
    for value in (*field.values, *ABSENT):
        assert table.of(value) == table.of(value.replace("_", " ").capitalize()) == value
    assert not table.merged()


# --- rules and the writing of words ----------------------------------------------------------------------------


def texts_of(cell):
    """The least that each alternative of a rule's cell recognises."""
    if not is_rule(cell):
        return [cell]
    if cell.startswith("~"):
        return [" zz ".join(phrases).replace("*", "") for phrases in alternatives_of(cell)]
    return ["zz" if cell == "*" else cell.removeprefix("^")]


def rules_of(table):
    width = 1 + max(code.count("|") for code in table)
    return {widened(code, width): value for code, value in table.items() if is_rule(code)}


def unreachable(table):
    """Alternatives that a rule above always takes away: all that holds their words, that rule recognises."""
    rules = list(rules_of(table))
    for code in rules:
        order = Rules({rule: rule for rule in rules})
        for cells in product(*(texts_of(cell) for cell in code.split("|"))):
            if order.value_of(cells) != code:
                yield cells


@pytest.mark.parametrize("file", FILES)
def test_no_rule_is_unreachable(file):
    _, table, _ = read_crosswalk(FOLDER / f"{file}.csv")
    assert not list(unreachable(table))


def test_an_unreachable_rule_is_noticed():
    assert list(unreachable({"~manager": "a", "~care manager / nurse": "b"})) == [("care manager",)]
    assert list(unreachable({"*|~nurse": "a", "08|~nurse + lead": "b"})) == [("08", "nurse zz lead")]
    assert not list(unreachable({"~care manager": "a", "~manager / nurse": "b"}))


@pytest.mark.parametrize("file", FILES)
def test_rules_are_written_as_the_texts_they_meet(file):
    _, table, _ = read_crosswalk(FOLDER / f"{file}.csv")
    cells = [cell for code in table for cell in code.split("|") if is_rule(cell)]
    phrases = [phrase for cell in cells if cell.startswith("~") for each in alternatives_of(cell) for phrase in each]
    bare = [phrase.replace("*", "") for phrase in phrases]
    assert bare == [normal(phrase) for phrase in bare] and all(bare)


WORDS = sorted(
    {word for code in crosswalk("role", "council").table for word in code.replace("*", "s").split()} | {"zz"}
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_trying_few_rules_finds_what_trying_all_finds(text):
    rules = rules_of(crosswalk("role", "council").table)
    one_by_one = (Rules({rule: value}).value_of([normal(text)]) for rule, value in rules.items())
    assert Rules(rules).value_of([normal(text)]) == next((value for value in one_by_one if value), None)


@settings(deadline=None)
@given(
    st.text() | st.lists(st.sampled_from([*SHORTENED, "&", "Ä", "’s", "İ", "(", "ﬁ", "℡"]), max_size=5).map(" ".join)
)
def test_normal_text_stays_as_it_is(text):
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "  Add Prof Scientific & Technic ": "additional professional scientific and technical",
        "Allied Health Profs": "allied health professionals",
        "CO-ORDINATOR (Nights)": "coordinator nights",
        "Children’s": "childrens",
        "Curaçao": "curacao",
        "Health  Care\tAsst.": "healthcare assistant",
        "℡ operator": "tel operator",  # one sign, three capitals when taken apart
    }.items(),
)
def test_one_way_of_writing(text, expected):
    assert normal(text) == expected


# --- the page --------------------------------------------------------------------------------------------------


def merged_in_words():
    """The codes of the national lists that share a value, a line for each value."""
    for name in sorted(NATIONAL):
        merged = crosswalk(name, "asc_wds").merged()
        yield from (f"- `{name}`, `{value}`: {', '.join(codes)}" for value, codes in merged.items() if len(codes) < 50)


def page_with_list(page):
    before, after = page.split(MARK)[0], page.split(MARK)[-1]
    return before + MARK + "\n\n" + "\n".join(merged_in_words()) + "\n\n" + MARK + after


def test_the_page_says_what_is_merged():
    page = PAGE.read_text(encoding="utf-8")
    assert page == page_with_list(page)


def test_the_page_names_every_table():
    page = PAGE.read_text(encoding="utf-8")
    assert not [file for file in FILES if f"`{file.split('.')[0]}`" not in page]


if __name__ == "__main__":
    PAGE.write_text(page_with_list(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
