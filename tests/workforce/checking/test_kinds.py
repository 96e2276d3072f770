"""What one text is read as, and what is said of it when it cannot be."""

from datetime import date

import pytest

from workforce.checking.kinds import (
    EPOCH,
    Codes,
    Day,
    Number,
    Pattern,
    Reference,
    Text,
    Year,
    listed,
)  # fmt: skip
from workforce.checking.kinds_of_parts import Many, Pair

TODAY = date(2026, 11, 26)
ETHNICITY = Codes(codes=("31", "32", "47"), none=("0",))
HOURS = Number(low=0, high=75, step=0.5, unknown="999")
SALARY = Number(low=500, high=250_000)
RATE = Number(low=0, high=10_000_000, step=0.01)
STRICT = Day(today=TODAY)
BIRTH = Day(today=TODAY, short_years=True, unknown="admin")
YEAR = Year(low=1926, high=2026, unknown="999")
LEVEL = listed([str(level) for level in range(9)] + ["999"])
CERTIFICATE = Pair(
    first=listed("123"), second=Year(low=2024, high=2026), takes_second=("1",), second_warns=True
)  # fmt: skip
SOCIAL = Pair(
    first=listed(["1", "2", "999"]), second=LEVEL, takes_second=("1",), needs_second=True, second_warns=True
)  # fmt: skip
GAINED = Pair(
    first=listed(["5", "72"]), second=Year(low=1926, high=2026), needs_second=True, missing_warns=True
)  # fmt: skip
ROLES = Many(each=listed(["1", "8", "25"]), extra=("0",))
PLACES = Many(each=Number(high=9998), blanks=True)
USERS = Many(each=listed(["1", "4"]), unknown_is_dropped=True)
NI_NUMBER = Pattern(pattern="[A-Z]{2}[0-9]{6}[A-D]?")


def said(reading):
    """(value, wrong), with nothing as None."""
    return (None if reading.value != reading.value else reading.value), reading.wrong


def day(reading):
    value, wrong = said(reading)
    return (None if value is None else (date.fromordinal(EPOCH.toordinal() + int(value))).isoformat()), wrong


@pytest.mark.parametrize(
    ("text", "value", "wrong"),
    [
        ("31", 0, ""),
        ("47", 2, ""),
        ("031", 0, ""),
        ("0", None, ""),
        ("1x", None, "not_listed"),
        ("31x", None, "read_in_part"),
        ("31.9", None, "read_in_part"),
        ("31.0", 0, "decimal_code"),
        ("31.00", 0, "decimal_code"),
        ("31.", None, "read_in_part"),
        ("30", None, "not_listed"),
        ("310", None, "not_listed"),
        ("-31", None, "not_listed"),
        ("+31", None, "not_listed"),
        ("３１", None, "not_listed"),
        ("٣١", None, "not_listed"),
        ("31\n", None, "read_in_part"),
        ("White British", None, "not_listed"),
    ],
)
def test_codes(text, value, wrong):
    assert said(ETHNICITY.read(text)) == (value, wrong)


def test_words_are_read_in_any_case_only_where_that_is_meant():
    assert said(Codes(codes=("NEW",), fold=True).read("nEw")) == (0, "")
    assert said(Codes(codes=("NEW",)).read("new")) == (None, "not_listed")


def test_short_lists_are_spelled_out_and_long_ones_described():
    labels = {"1": "Yes", "2": "No"}
    assert listed("12", labels).accepted == "1 Yes; 2 No"
    assert listed("12").accepted == "1, 2"
    assert listed("12", words="A code of the list").accepted == "A code of the list"


@pytest.mark.parametrize(
    ("kind", "text", "value", "wrong"),
    [
        (HOURS, "37.5", 37.5, ""),
        (HOURS, "0", 0, ""),
        (HOURS, "037", 37, ""),
        (HOURS, "37.0", 37, ""),
        (HOURS, "75.5", None, "out_of_range"),
        (HOURS, "37.3", None, "not_a_step"),
        (HOURS, "-1", None, "not_a_number"),
        (HOURS, "37h", None, "not_a_number"),
        (HOURS, "37,5", None, "not_a_number"),
        (HOURS, "1e1", None, "not_a_number"),
        (HOURS, ".5", None, "not_a_number"),
        (HOURS, "5.", None, "not_a_number"),
        (HOURS, "nan", None, "not_a_number"),
        (HOURS, "٣٧", None, "not_a_number"),
        (SALARY, "20000", 20_000, ""),
        (SALARY, "£20,000", 20_000, "punctuated"),
        (SALARY, "20,000", 20_000, "punctuated"),
        (SALARY, "£20000", 20_000, "punctuated"),
        (SALARY, "20,00", None, "not_a_number"),
        (SALARY, "£", None, "not_a_number"),
        (SALARY, "£20,000.50", None, "not_a_step"),
        (SALARY, "£1,000,000", None, "out_of_range"),
        (SALARY, "499", None, "out_of_range"),
        (SALARY, "500", 500, ""),
        (SALARY, "250000", 250_000, ""),
        (SALARY, "250001", None, "out_of_range"),
        (RATE, "11.44", 11.44, ""),
        (RATE, "£11.44", 11.44, "punctuated"),
        (RATE, "11.445", None, "not_a_step"),
        (RATE, "9999999.99", 9_999_999.99, ""),
        (RATE, "11.44444", None, "not_a_number"),
        (RATE, "1234567890123", None, "not_a_number"),
    ],
)
def test_numbers(kind, text, value, wrong):
    assert said(kind.read(text)) == (value, wrong)


def test_the_code_for_not_known_is_no_number():
    reading = HOURS.read("999")
    assert (said(reading), reading.state) == ((None, ""), "unknown")
    assert said(HOURS.read("0999")) == (None, "out_of_range")
    assert said(RATE.read("999")) == (999, "")


@pytest.mark.parametrize(
    ("text", "read", "wrong"),
    [
        ("10/12/1982", "1982-12-10", ""),
        ("29/02/2024", "2024-02-29", ""),
        ("31/02/2010", None, "no_such_day"),
        ("29/02/2023", None, "no_such_day"),
        ("00/01/2010", None, "no_such_day"),
        ("01/13/0000", None, "month_first"),
        ("01/01/0000", None, "no_such_day"),
        ("12/31/2010", None, "month_first"),
        ("13/31/2010", None, "no_such_day"),
        ("1/2/1980", "1980-02-01", "free_form"),
        ("10.12.1982", "1982-12-10", "free_form"),
        ("10-12-1982", "1982-12-10", "free_form"),
        ("10 12 1982", "1982-12-10", "free_form"),
        ("10121982", "1982-12-10", "free_form"),
        ("1121982", None, "not_a_day"),
        ("2026-11-26", "2026-11-26", "free_form"),
        ("2026-11-26 00:00", "2026-11-26", "free_form"),
        ("2026-11-26T00:00:00", "2026-11-26", "free_form"),
        ("2026-11-26 09:30:00", None, "not_a_day"),
        ("2026-02-30", None, "no_such_day"),
        ("10 Dec 1982", "1982-12-10", "free_form"),
        ("10-dec-1982", "1982-12-10", "free_form"),
        ("10 December 1982", "1982-12-10", "free_form"),
        ("10 Xyz 1982", None, "not_a_day"),
        ("10/12-1982", None, "not_a_day"),
        ("10/12/982", None, "not_a_day"),
        ("30295", None, "not_a_day"),
        ("soon", None, "not_a_day"),
        ("١٠/١٢/١٩٨٢", None, "not_a_day"),
        ("10/12/1982\n", None, "not_a_day"),
    ],
)
def test_days(text, read, wrong):
    assert day(STRICT.read(text)) == (read, wrong)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10/12/82", "1982-12-10"),
        ("1.2.07", "2007-02-01"),
        ("26/11/26", "2026-11-26"),
        ("27/11/26", "1926-11-27"),
        ("01/01/27", "1927-01-01"),
        ("10 Dec 82", "1982-12-10"),
    ],
)
def test_years_of_two_figures_are_of_the_last_hundred_years(text, read):
    assert day(BIRTH.read(text)) == (read, "century")


def test_years_of_two_figures_only_where_they_are_allowed_and_set_apart():
    assert day(STRICT.read("10/12/82")) == (None, "not_a_day")
    assert day(BIRTH.read("101282")) == (None, "not_a_day")


def test_a_word_may_say_that_the_day_is_kept_elsewhere():
    assert BIRTH.read("Admin").state == "unknown"
    assert day(STRICT.read("Admin")) == (None, "not_a_day")


@pytest.mark.parametrize(
    ("text", "value", "wrong"),
    [
        ("1999", 1999, ""),
        ("1926", 1926, ""),
        ("1925", None, "year_out_of_range"),
        ("2027", None, "year_out_of_range"),
        ("99", None, "not_a_year"),
        ("1999.0", None, "not_a_year"),
        ("01999", None, "not_a_year"),
        ("998", None, "not_a_year"),
        ("１９９９", None, "not_a_year"),
    ],
)
def test_years(text, value, wrong):
    assert said(YEAR.read(text)) == (value, wrong)


def test_a_year_that_is_not_known():
    assert YEAR.read("999").state == "unknown"
    assert said(Year().read("999")) == (None, "not_a_year")


@pytest.mark.parametrize("kind", [Text(limit=5), Reference(limit=5)])
def test_text_counts_letters_not_bytes(kind):
    assert said(kind.read("ÅÅÅÅÅ")) == (0, "")
    assert said(kind.read("AAAAAA")) == (None, "too_long")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("AB123456C", ""),
        ("AB123456", ""),
        ("ab123456c", "wrong_form"),
        ("AB12345٦C", "wrong_form"),
        ("AB123456\n", "wrong_form"),
    ],
)
def test_patterns_match_the_whole_text(text, wrong):
    assert NI_NUMBER.read(text).wrong == wrong


@pytest.mark.parametrize(
    ("kind", "text", "value", "wrong", "second"),
    [
        (CERTIFICATE, "1;2024", 0, "", 2024),
        (CERTIFICATE, "1 ; 2024", 0, "", 2024),
        (CERTIFICATE, "1", 0, "", None),
        (CERTIFICATE, "1;", 0, "", None),
        (CERTIFICATE, "2", 1, "", None),
        (CERTIFICATE, "1;2023", 0, "second_wrong", None),
        (CERTIFICATE, "1;2027", 0, "second_wrong", None),
        (CERTIFICATE, "1;x", 0, "second_wrong", None),
        (CERTIFICATE, "2;2024", 1, "second_unexpected", None),
        (CERTIFICATE, "4;2024", None, "not_listed", None),
        (CERTIFICATE, "1x;2024", None, "read_in_part", None),
        (CERTIFICATE, "1.0;2024", 0, "decimal_code", 2024),
        (CERTIFICATE, "1;2024;", None, "too_many_parts", None),
        (CERTIFICATE, ";", None, "not_listed", None),
        (CERTIFICATE, ";2024", None, "not_listed", None),
        (SOCIAL, "1;3", 0, "", 3),
        (SOCIAL, "1;999", 0, "", 9),
        (SOCIAL, "1;77", 0, "second_wrong", None),
        (SOCIAL, "1", None, "second_missing", None),
        (SOCIAL, "1;", None, "second_missing", None),
        (SOCIAL, "2", 1, "", None),
        (GAINED, "72;2019", 1, "", 2019),
        (GAINED, "72", 1, "second_missing", None),
        (GAINED, "72;", 1, "second_missing", None),
        (GAINED, "72;1919", None, "second_wrong", None),
        (GAINED, "7;2019", None, "not_listed", None),
    ],
)
def test_pairs(kind, text, value, wrong, second):
    reading = kind.read(text)
    assert said(reading) == (value, wrong)
    assert (None if reading.second != reading.second else reading.second) == second


@pytest.mark.parametrize(
    ("kind", "text", "many", "wrong"),
    [
        (ROLES, "8", ("8",), ""),
        (ROLES, "8;25", ("8", "25"), ""),
        (ROLES, "8 ; 25", ("8", "25"), ""),
        (ROLES, "08;0", ("8", "0"), ""),
        (ROLES, "8;8", ("8", "8"), ""),
        (ROLES, "8;", (), "part_blank"),
        (ROLES, ";", (), "part_blank"),
        (ROLES, "8;99", (), "part_not_listed"),
        (ROLES, "8;1x", (), "part_wrong"),
        (ROLES, "8,25", (), "part_wrong"),
        (PLACES, "40;;12", (40, None, 12), ""),
        (PLACES, ";", (None, None), ""),
        (PLACES, "40;9999", (), "part_wrong"),
        (PLACES, "40;many", (), "part_wrong"),
        (USERS, "1;77;4", ("1", "4"), "part_not_listed"),
        (USERS, "1;;4", (), "part_blank"),
    ],
)
def test_lists(kind, text, many, wrong):
    reading = kind.read(text)
    assert (reading.many, reading.wrong) == (many, wrong)
    assert (reading.value == reading.value) is (wrong == "" or (kind is USERS and wrong == "part_not_listed"))


def test_what_is_wrong_says_whether_the_value_counts():
    """Control for the rule that a cell with an error counts as missing: `keeps` and the reading agree."""
    soft = {wrong.key: (wrong.keeps, wrong.warns) for wrong in SOCIAL.wrongs}
    assert (soft["second_wrong"], soft["second_missing"]) == ((True, True), (False, False))
    assert {wrong.key: wrong.warns for wrong in GAINED.wrongs}["second_missing"]
    assert {wrong.key: wrong.keeps for wrong in USERS.wrongs}["part_not_listed"]
    assert not {wrong.key: wrong.keeps for wrong in ROLES.wrongs}["part_not_listed"]
