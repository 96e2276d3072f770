"""What becomes of staff rows in the snapshot: common values, the four words, keys, and nothing that names anybody."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workforce.codes import code_list
from workforce.crosswalks import crosswalk
from workforce.pseudonyms import Pseudonyms
from workforce.sources.asc_wds.staff import MAPPED
from workforce.template import FIELDS, FIELDS_IN_ORDER, Kind

from .staff_rows import (
    AS_AT,
    BANK,
    DRIVER,
    FOREIGN,
    KEYS,
    NURSE,
    ON_VISA,
    SECRET,
    SOCIAL_WORKER,
    UNPAID,
    ZERO_HOURS,
    course,
    numbered,
    posts,
    send,
    worker,
    workplaces,
)  # fmt: skip


def one(folder, **changes):
    (post,) = posts(send(folder, [worker(**changes)]))
    return post


def several(folder, *rows, **options):
    return posts(send(folder, numbered([worker(**row) for row in rows]), **options))


# Values of the crosswalks

WRITTEN_IN = {"role": "job_role", "contract": "employment_status", "zero_hours": "zero_hours_contract",
              "sex": "gender", "ethnicity15": "ethnicity", "nationality3": "nationality", "disability": "disability",
              "recruit_source": "recruitment_source", "care_certificate": "care_certificate",
              "apprentice": "apprenticeship", "registration": "registered_nurse_category", "amhp": "amhp"}  # fmt: skip


@pytest.mark.parametrize(("field", "codes"), WRITTEN_IN.items())
def test_every_code_becomes_what_the_crosswalk_says(tmp_path, field, codes):
    column = dict(MAPPED)[field]
    base = {"registration": NURSE, "amhp": SOCIAL_WORKER}.get(field, {"DHA": "", "CONTHOURS": ""})
    codes = code_list(codes).codes
    found = several(tmp_path, *(base | {column: code} for code in codes))
    assert len(found) == len(codes)
    table = crosswalk(field, "asc_wds")
    assert [post[field] for post in found] == [table.of(code) for code in codes]
    if FIELDS[field].code_column:
        assert [post[f"{field}_code"] for post in found] == list(codes)


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"MAINJOBROLE": "1"}, "role", "senior_manager"),
        ({"MAINJOBROLE": "8"}, "role", "care_worker"),
        ({"MAINJOBROLE": "22", "DHA": ""}, "role", "estates_ancillary_other"),
        ({"MAINJOBROLE": "41", "DHA": ""}, "role", "care_coordination_assessment"),
        ({"ETHNICITY": "42"}, "ethnicity5", "asian"),
        ({"ETHNICITY": "33"}, "ethnicity15", "white_other"),
        ({"ETHNICITY": "47"}, "ethnicity5", "other"),
        ({"NATIONALITY": "372"}, "nationality3", "eu"),
        (FOREIGN, "nationality3", "non_eu"),
        (ON_VISA, "recruit_source", "abroad"),
        (ON_VISA | {"INOUTUK": "2"}, "recruit_source", "asc_independent"),
        (NURSE, "registration", "nmc"),
        (NURSE | {"NMCREG": "05"}, "registration", "nmc"),
        ({"CARECERT": "3"}, "care_certificate", "in_progress"),
        ({}, "sector", "independent_private"),
        ({"LOCALESTID": "W2", "DHA": ""}, "sector", "la"),
        ({"LOCALESTID": "W2", "DHA": ""}, "service", "community_support"),
        ({}, "service", "domiciliary"),
        ({}, "pay_basis", "hourly"),
    ],
)
def test_common_values(tmp_path, changes, field, value):
    assert one(tmp_path, **changes)[field] == value


# The four words

WORDS = [
    ({"ETHNICITY": "99"}, "ethnicity15", "unknown"),
    ({"ETHNICITY": ""}, "ethnicity15", "missing"),
    ({"ETHNICITY": "30"}, "ethnicity15", "missing"),
    ({"DISABLED": "2"}, "disability", "refused"),
    ({"DISABLED": "3"}, "disability", "unknown"),
    ({"DISABLED": ""}, "disability", "missing"),
    ({"GENDER": "3"}, "sex", "unknown"),
    ({"RECSOURCE": "16"}, "recruit_source", "unknown"),
    ({"NATIONALITY": "998"}, "nationality3", "unknown"),
    ({"EMPLSTATUS": "9"}, "contract", "missing"),
    ({"EMPLSTATUS": "9"}, "is_employee", "missing"),
    (UNPAID, "pay_basis", "unknown"),
    ({}, "registration", "not_applicable"),
    (NURSE | {"NMCREG": ""}, "registration", "missing"),
    ({}, "amhp", "not_applicable"),
    (SOCIAL_WORKER | {"AMHP": ""}, "amhp", "missing"),
    (SOCIAL_WORKER | {"AMHP": "999"}, "amhp", "unknown"),
    ({}, "leave_reason", "not_applicable"),
    ({}, "leave_month_state", "not_applicable"),
    ({}, "hours_contracted_state", "given"),
    ({"CONTHOURS": ""}, "hours_contracted_state", "missing"),
    ({"CONTHOURS": "many"}, "hours_contracted_state", "missing"),
    ({"CONTHOURS": "999", "ZEROHRCONT": "999"}, "hours_contracted_state", "unknown"),
    (BANK, "hours_contracted_state", "not_applicable"),
    (ZERO_HOURS, "hours_contracted_state", "not_applicable"),
    ({"EMPLSTATUS": "", "CONTHOURS": ""}, "hours_contracted_state", "missing"),
    ({}, "hours_average_state", "not_applicable"),
    (BANK | {"AVGHOURS": "999"}, "hours_average_state", "unknown"),
    (BANK | {"AVGHOURS": ""}, "hours_average_state", "missing"),
    (BANK, "hours_average_state", "given"),
    ({"DOB": "Admin"}, "age_state", "unknown"),
    ({"DOB": "Admin"}, "age_band", "unknown"),
    ({"DOB": ""}, "age_state", "missing"),
    ({"DOB": "31/02/1980"}, "age_band", "missing"),
    ({"STARTINSECT": "999"}, "start_sector_year_state", "unknown"),
    ({"STARTINSECT": ""}, "start_sector_year_state", "missing"),
    ({"STARTDATE": ""}, "start_role_state", "missing"),
    ({"DAYSSICK": "999"}, "sick_days_state", "unknown"),
    ({"DAYSSICK": ""}, "sick_days_state", "missing"),
    (UNPAID, "hourly_pay_state", "unknown"),
    ({"SALARYINT": "", "HOURLYRATE": ""}, "hourly_pay_state", "missing"),
    ({}, "fte_days_lost_state", "missing"),
]


@pytest.fixture(scope="module")
def worded(tmp_path_factory):
    return several(tmp_path_factory.mktemp("words"), *(changes for changes, _, _ in WORDS))


@pytest.mark.parametrize(
    "place", range(len(WORDS)), ids=[f"{word}-{field}-{n}" for n, (_, field, word) in enumerate(WORDS)]
)
def test_why_there_is_no_value(worded, place):
    _, field, word = WORDS[place]
    assert worded[place][field] == word


# Numbers


@pytest.mark.parametrize(
    ("born", "as_at", "age"),
    [("30/09/1980", date(2026, 9, 30), 46), ("01/10/1980", date(2026, 9, 30), 45), ("29/02/1980", AS_AT, 46)],
)
def test_the_age_is_that_of_the_day_the_file_describes(tmp_path, born, as_at, age):
    assert several(tmp_path, {"DOB": born}, as_at=as_at)[0]["age"] == age


def test_control_the_age_is_not_that_of_today(tmp_path):
    assert several(tmp_path, {"DOB": "15/10/1980"}, as_at=AS_AT, today=date(2026, 11, 26))[0]["age"] == 45


def test_days_become_months(tmp_path):
    assert one(tmp_path, STARTDATE="28/03/2019")["start_role"] == date(2019, 3, 1)
    assert one(tmp_path)["start_sector_year"] == 2010


@pytest.mark.parametrize(
    ("pay", "pounds"),
    [
        ({"SALARYINT": "1", "SALARY": "20000", "HOURLYRATE": ""}, 20_000 / (52.143 * 37)),
        ({"SALARYINT": "1", "SALARY": "£20,000", "HOURLYRATE": ""}, 20_000 / (52.143 * 37)),
        ({"HOURLYRATE": "11.44"}, 11.44),
        ({"HOURLYRATE": "£11.44"}, 11.44),
    ],
)
def test_pay_is_by_the_hour(tmp_path, pay, pounds):
    assert one(tmp_path, **pay)["hourly_pay"] == pytest.approx(pounds, abs=1e-4)


@pytest.mark.parametrize(
    ("hours", "wte"),
    [
        ({"CONTHOURS": "30"}, 0.81081),
        ({"CONTHOURS": "37"}, 1),
        ({"CONTHOURS": "60"}, 1),
        (ZERO_HOURS, 20 / 37),
        (BANK, 20 / 37),
        ({"CONTHOURS": "999", "ZEROHRCONT": "999"}, None),
    ],
)
def test_whole_time_equivalents(tmp_path, hours, wte):
    found = one(tmp_path, **hours)["fte37"]
    assert found is None if wte is None else found == pytest.approx(wte, abs=5e-6)


@pytest.mark.parametrize(
    ("social", "other", "level"),
    [
        ("1;3", "2", "3"),
        ("1;3", "1;6", "6"),
        ("1;6", "1;3", "6"),
        ("1;0", "2", "entry"),
        ("2", "1;8", "8"),
        ("1;3", "", "3"),
        ("", "1;4", "4"),
        ("2", "2", "none"),
        ("2", "", "missing"),
        ("", "2", "missing"),
        ("", "", "missing"),
        ("1;999", "2", "unknown"),
        ("999", "2", "unknown"),
        ("999", "999", "unknown"),
        ("2", "1", "unknown"),
        ("1;999", "1;2", "2"),
        ("1;77", "2", "unknown"),
        ("1", "2", "missing"),
    ],
)
def test_the_higher_qualification_counts(tmp_path, social, other, level):
    assert one(tmp_path, SCQUAL=social, NONSCQUAL=other)["qual_level"] == level


# Keys


def test_keys_are_the_same_in_every_return_of_a_partner(tmp_path):
    (tmp_path / "later").mkdir()
    first = one(tmp_path, NINUMBER="AB123456C")
    again = several(tmp_path / "later", {"UNIQUEWORKERID": "P9"}, {"UNIQUEWORKERID": " P 1", "NINUMBER": "AB 123456 C"})
    for name in ("post_key", "person_key", "establishment_key"):
        assert first[name] == again[1][name] is not None
    assert again[0]["post_key"] != first["post_key"]
    assert again[0]["person_key"] is None


def test_keys_of_another_partner_are_others(tmp_path):
    theirs = posts(send(tmp_path, [worker(NINUMBER="AB123456C")], keys=Pseudonyms(SECRET, "partner-2")))[0]
    ours = one(tmp_path, NINUMBER="AB123456C")
    assert not {theirs[name] for name in KEYED} & {ours[name] for name in KEYED}


KEYED = [field.name for field in FIELDS_IN_ORDER if field.kind is Kind.KEY]


def test_keys_are_made_from_references_without_whitespace(tmp_path):
    post = one(tmp_path, LOCALESTID="W 1", UNIQUEWORKERID=" P 1", NINUMBER="ab 12 34 56 c")
    assert post["post_key"] == KEYS.of("post", b"W1\x1fP1")
    assert post["person_key"] == KEYS.of("person", b"AB123456")
    assert post["establishment_key"] == KEYS.of("establishment", b"W1")


def test_the_last_letter_of_a_number_makes_nobody_somebody_else(tmp_path):
    numbers = ("AB123456C", "AB 12 34 56", "AB654321C")
    keys = [post["person_key"] for post in several(tmp_path, *({"NINUMBER": number} for number in numbers))]
    assert keys[0] == keys[1] != keys[2]


def test_who_moves_goes_by_the_workplace_moved_to(tmp_path):
    moved = one(tmp_path, TRANSFERSTAFFRECORD="W2", STATUS="UPDATE")
    assert moved["post_key"] == KEYS.of("post", b"W2\x1fP1")
    assert one(tmp_path, TRANSFERSTAFFRECORD="W2", STATUS="NOCHANGE")["post_key"] == KEYS.of("post", b"W1\x1fP1")


def test_a_renamed_worker_goes_by_the_new_reference(tmp_path):
    assert one(tmp_path, CHGUNIQUEWRKID="N1")["post_key"] == KEYS.of("post", b"W1\x1fN1")


def test_who_has_no_number_is_nobody_elses_person(tmp_path):
    assert [post["person_key"] for post in several(tmp_path, {"NINUMBER": "Admin"}, {"NINUMBER": "x"}, {})] == [
        None
    ] * 3


# Nothing that names anybody

NAMED = {
    "UNIQUEWORKERID": "SECRETREF", "DISPLAYID": "Secret Person", "NINUMBER": "AB123456C", "POSTCODE": "QX7 7ZZ",
    "DOB": "17/07/1977", "MAINJRDESC": "Secret driver", "QUALACH01NOTES": "secret notes", "SALARYINT": "3",
    "STARTDATE": "17/03/2017", "NATIONALITY": "566", "COUNTRYOFBIRTH": "566", "CHGUNIQUEWRKID": "SECRETNEW",
}  # fmt: skip
PLACE = {"ESTNAME": "Secret House", "ADDRESS1": "Secret Street", "POSTCODE": "QX8 8ZZ", "PROVNUM": "1-987654321",
         "LOCATIONID": "1-987654322", "REGTYPE": "2", "MAINSERVICE": "8", "ALLSERVICES": "8;0"}  # fmt: skip
COURSE = {"UNIQUEWORKERID": "SECRETNEW", "TRAININGNAME": "secret course", "NOTES": "secret notes"}
SHOULD_NOT_STAND = (
    "secret ab123456c qx7 qx8 7zz 8zz 17/07/1977 1977-07-17 17/03/2017 2017-03-17 987654321 987654322 w1 house street"
).split()


def everything_in(path):
    """All texts, bytes and days of a Parquet file, and its footer."""
    table = pq.read_table(path)
    found = [str(table.schema.metadata).lower()]
    for column in table.columns:
        plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        found += [
            (value.decode("latin-1") if isinstance(value, bytes) else str(value)).lower() for value in plain.to_pylist()
        ]
    return found


def leaks(path):
    return {word for word in SHOULD_NOT_STAND for text in everything_in(path) if word in text}


def test_nothing_names_a_person_or_a_place(tmp_path):
    staff = [worker(**DRIVER | NAMED), worker(**DRIVER | NAMED | {"GENDER": "9", "NINUMBER": "AB123456CD"})]
    places = workplaces(staff, W1=PLACE)[:1]
    checked = send(tmp_path, staff, [course(**COURSE), course(UNIQUEWORKERID="SECRETELSE")], places)
    assert checked.rows_accepted == 1
    assert leaks(checked.snapshot) == set()
    assert leaks(checked.establishments) == set()
    assert leaks(checked.issues) == set()
    assert not [word for word in SHOULD_NOT_STAND if word in str(checked.causes).lower()]


def test_control_what_names_somebody_is_found(tmp_path):
    table = pa.table({"a": pa.array(["x", "AB123456C"]).dictionary_encode(), "b": [b"7zz", None]})
    pq.write_table(table, tmp_path / "leaky.parquet")
    assert leaks(tmp_path / "leaky.parquet") == {"ab123456c", "7zz"}


def test_files_hold_nothing_of_it_either(tmp_path):
    """Not even in what Parquet writes beside the cells, such as the least and the greatest of a column."""
    staff = [worker(**DRIVER | NAMED)]
    checked = send(tmp_path, staff, [course(**COURSE)], workplaces(staff, W1=PLACE)[:1])
    for path in (checked.snapshot, checked.establishments, checked.issues):
        content = path.read_bytes().lower()
        assert not [word for word in SHOULD_NOT_STAND if len(word) > 3 and word.encode() in content]


def test_rows_that_are_left_out_are_not_in_the_snapshot(tmp_path):
    rows = [{}, {"MAINJOBROLE": "x"}, {"STATUS": "DELETE"}, {"LOCALESTID": "W9"}, {"UNIQUEWORKERID": ""}]
    checked = send(tmp_path, numbered([worker(**row) for row in rows]))
    assert (checked.rows_read, checked.rows_accepted, checked.rows_rejected) == (5, 1, 4)
    assert [post["post_key"] for post in posts(checked)] == [KEYS.of("post", b"W1\x1fP1")]


def test_the_mapping_report_counts_codes_and_says_what_was_merged(tmp_path):
    rows = [{"MAINJOBROLE": code, "DHA": ""} for code in ("1", "2", "8", "8")]
    loss = send(tmp_path, numbered([worker(**row) for row in rows])).mapping_loss
    roles = {(count.code, count.value, count.rows, count.merged) for count in loss if count.field == "role"}
    assert roles == {
        ("1", "senior_manager", 1, True), ("2", "senior_manager", 1, True), ("8", "care_worker", 2, False)
    }  # fmt: skip


def test_every_code_of_the_lists_has_a_value(tmp_path):
    for field, _ in MAPPED:
        table = crosswalk(field, "asc_wds").table
        assert set(table.values()) <= {*FIELDS[field].values, "unknown", "refused", "not_applicable", "missing"}
