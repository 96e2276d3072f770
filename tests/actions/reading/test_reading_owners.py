"""One cell, several responsible officers."""

import pytest

from actions.reading.owners import initials_in, split_owners

KNOWN = {"AP", "JP", "LS", "BC"}


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("LS/BC", ["LS", "BC"]),
        ("AP & LS", ["AP", "LS"]),
        ("AP JP", ["AP", "JP"]),
        ("Steering Group AP/JP", ["Steering Group", "AP", "JP"]),
        ("Steering Group AP/JP & L&D Teams", ["Steering Group", "AP", "JP", "L&D Teams"]),
        ("AP & Workforce", ["AP", "Workforce"]),
        ("Recruitment Lead; Care Association", ["Recruitment Lead", "Care Association"]),
        ("Manager A\n• Manager B\n- Manager C", ["Manager A", "Manager B", "Manager C"]),
        ("Training Manager, College", ["Training Manager", "College"]),
        ("Training Manager, Jobcentre Plus", ["Training Manager", "Jobcentre Plus"]),
        ("Head of Training, Jobcentre Plus", ["Head of Training, Jobcentre Plus"]),
        ("Deputy Director of HR & Council Solicitor", ["Deputy Director of HR", "Council Solicitor"]),
        ("Learning & Development Manager, HR", ["Learning & Development Manager", "HR"]),
        ("Head of Resourcing & Reablement Service Manager", ["Head of Resourcing", "Reablement Service Manager"]),
        ("Pay & Reward Lead & Council HR Adviser", ["Pay & Reward Lead", "Council HR Adviser"]),
        ("Training Manager and Health & Safety Lead", ["Training Manager", "Health & Safety Lead"]),
        ("Director of Nursing and Head of HR", ["Director of Nursing", "Head of HR"]),
        ("HR, OD and Finance", ["HR", "OD", "Finance"]),
        ("Workforce Board, Care Association and College", ["Workforce Board", "Care Association", "College"]),
        ("Lead: Jo Smith; Support: Sam Jones", ["Jo Smith", "Sam Jones"]),
        ("HR Lead/HR Lead", ["HR Lead"]),
        ("Training Manager & Skills for Care", ["Training Manager", "Skills for Care"]),
        ("Adult Education Service & Healthwatch Millford", ["Adult Education Service", "Healthwatch Millford"]),
        (
            "Chief Executive of the Hospice, Health & Safety Adviser",
            ["Chief Executive of the Hospice", "Health & Safety Adviser"],
        ),
    ],
)
def test_split(text, owners):
    assert split_owners(text, KNOWN) == owners


@pytest.mark.parametrize(
    "title",
    [
        "L&D Teams",
        "L & D Teams",
        "Health & Safety Lead",
        "Head of HR & OD",
        "HR & OD Lead",
        "Head of Learning and Development",
        "Director of Adults, Health and Communities",
        "Head of Children, Families and Learning",
        "Health and Social Care Partnership",
        "Head of HR (Council/Trust)",
        "Corporate OD",
        "Director of Nursing, Quality & Safeguarding",
        "Training & Development Manager",
    ],
)
def test_titles_stay_whole(title):
    assert split_owners(title, KNOWN) == [title]


@pytest.mark.parametrize("nobody", ["", "N/A", "TBC", "-", "–", " / "])
def test_nobody(nobody):
    assert split_owners(nobody) == []


def test_initials_are_known_by_the_key_or_by_their_company():
    assert initials_in(["Team AP/JP", "CD", "HR", "Team XY"], ["LS"]) == {"LS", "AP", "JP", "CD"}


def test_a_page_of_prose_is_not_searched_for_owners():
    prose = "Manager and Director, " * 200
    assert len(split_owners(prose)) == 1
