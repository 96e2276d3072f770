"""The code lists hold what was published: every code once, with its name, and its zeros."""

import pytest

from workforce.codes import UnknownList, code_list, code_list_paths, read_table

# How many codes each published list has, for the lists whose size is stated where they come from.
PUBLISHED = {
    "amhp": 3,
    "apprenticeship": 3,
    "british_citizenship": 3,
    "care_certificate": 3,
    "country_of_birth": 252,
    "cwp_awareness": 5,
    "cwp_role_category": 9,
    "cwp_use": 3,
    "cwp_use_reason": 10,
    "delegated_healthcare_activity": 9,
    "dha": 3,
    "disability": 4,
    "employed_from_outside_uk": 3,
    "employment_status": 5,
    "establishment_type": 8,
    "ethnicity": 19,
    "gender": 4,
    "health_and_care_visa": 3,
    "job_role": 37,
    "level_2_care_certificate": 3,
    "main_service": 36,
    "nationality": 220,
    "nurse_specialism_retired": 8,
    "pension_opt_out": 3,
    "permission": 2,
    "qualification": 145,
    "qualification_level": 10,
    "recruitment_source": 11,
    "registered_nurse_category": 5,
    "registration_type": 2,
    "repeat_training": 4,
    "salary_interval": 5,
    "service_user": 23,
    "sick_pay_pension": 3,
    "sleep_in_pay": 3,
    "sleep_ins": 3,
    "social_care_qualification_held": 3,
    "status": 5,
    "training_accredited": 3,
    "training_category": 48,
    "training_how_delivered": 2,
    "training_provider": 89,
    "training_who_delivered": 2,
    "travel_time_pay": 7,
    "worker_leave_reason": 9,
    "zero_hours_contract": 3,
    "nhs_staff_group": 10,
}
NAMES = sorted(code_list_paths())


def faults_of(rows):
    """What is wrong with the rows of a list, in words."""
    codes = [row["code"] for row in rows]
    yield from (f"{code} stands twice" for code in sorted({code for code in codes if codes.count(code) > 1}))
    yield from (f"{row['code']!r} has no name" for row in rows if not row["label"].strip())
    yield from (f"{code!r} is not trimmed" for code in codes if code != code.strip() or not code)


@pytest.mark.parametrize("name", NAMES)
def test_every_code_is_there_once_and_has_a_name(name):
    assert not list(faults_of(code_list(name).rows))


def test_what_is_wrong_with_a_list_is_noticed():
    rows = code_list("gender").rows
    assert list(faults_of([*rows, rows[0]])) == ["1 stands twice"]
    assert list(faults_of([*rows, {"code": "5", "label": " "}])) == ["'5' has no name"]
    assert list(faults_of([*rows, {"code": " 5", "label": "Five"}])) == ["' 5' is not trimmed"]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_where_it_comes_from_and_begins_with_code_and_label(name):
    comments, rows = read_table(code_list_paths()[name])
    assert comments[0].startswith("source: ") and code_list(name).source == " ".join(comments).removeprefix("source: ")
    assert list(rows[0])[:2] == ["code", "label"] and None not in rows[0]


@pytest.mark.parametrize(("name", "size"), PUBLISHED.items())
def test_no_published_code_was_lost(name, size):
    assert len(code_list(name).codes) == size


def test_no_name_is_given_twice():
    folder = code_list_paths()["job_role"].parents[1]
    assert len(list(folder.rglob("*.csv"))) == len(NAMES)


def test_the_lists_of_the_national_files_name_their_commit():
    paths = [path for path in code_list_paths().values() if path.parent.name == "asc_wds"]
    assert len(paths) > 40
    for path in paths:
        source = code_list(path.stem).source
        assert "SopraSteria-SFC (MIT licence), commit b6857156 of 21 August 2026" in source


def test_codes_are_text_and_keep_their_zeros():
    groups = code_list("nhs_staff_group")
    assert groups.codes[0] == "01" and groups.codes[-1] == "10"
    assert groups.label("03") == "Nursing and Midwifery Registered"
    assert code_list("qualification_level").codes[0] == "0"


def test_labels_and_other_columns_are_looked_up_by_code():
    roles = code_list("job_role")
    assert roles.label("8") == "Care worker"
    assert roles.column("group")["52"] == "Care providing roles"
    assert roles.column("takes_description") == {code: "1" if code in ("23", "27") else "0" for code in roles.codes}
    with pytest.raises(KeyError):
        roles.label("99")


def test_a_retired_role_is_no_current_one_and_leads_to_one():
    current, retired = code_list("job_role").codes, code_list("job_role_retired")
    assert not set(current) & set(retired.codes)
    assert {"22": "27", "41": "40", "33": ""}.items() <= retired.column("replaced_by").items()
    assert {after for after in retired.column("replaced_by").values() if after} <= set(current)


def test_the_two_care_certificate_lists_really_swap_two_and_three():
    first, second = code_list("care_certificate"), code_list("level_2_care_certificate")
    assert first.label("2") == second.label("3") == "No"
    assert "progress" in first.label("3") and "started" in second.label("2")


def test_what_is_not_confirmed_says_so():
    for name in ("nhs_leaving_destination", "nhs_registration_body", "nhs_employee_category"):
        assert all(row["note"].startswith("unconfirmed") for row in code_list(name).rows), name


def test_a_list_is_read_once():
    assert code_list("job_role") is code_list("job_role")


def test_an_unknown_name_is_refused():
    with pytest.raises(UnknownList, match="no code list called job_roles"):
        code_list("job_roles")
