"""Who says too little of a field is not counted by it, and readers are told."""

from unittest import mock

from tests.workforce.profile.making import columns, counted, posts, returned
from tests.workforce.quality.making import workplace
from workforce.profile import completeness


def two(tmp_path, of_oak):
    return (
        returned(tmp_path, "birch", posts(20, nationality3="british")),
        returned(tmp_path, "oak", of_oak, sector="nhs", source="esr"),
    )


def test_a_partner_that_says_too_little_is_left_out_of_the_field(tmp_path):
    few = posts(7, nationality3="eu") + posts(3, first=8)
    found = counted(*two(tmp_path, few))
    assert columns(found.blocks["nationality"]) == {"british": 20}
    assert found.notes["nationality"] == [
        "Oak Trust is not counted here: too few of its posts have a value (fewer than 75%)."
    ]
    assert columns(found.blocks["posts"]) == {"all": 30}


def test_three_in_four_are_enough(tmp_path):
    found = counted(*two(tmp_path, posts(75, nationality3="eu") + posts(25, first=76)))
    assert columns(found.blocks["nationality"], partner="oak") == {"eu": 75, "no_value": 25}
    assert "nationality" not in found.notes


def test_control_without_the_gate_the_partner_would_be_counted(tmp_path):
    with mock.patch.object(completeness, "FEWEST", 0):
        found = counted(*two(tmp_path, posts(7, nationality3="eu") + posts(3, first=8)))
    assert columns(found.blocks["nationality"])["eu"] == 7


def test_a_partner_that_is_left_out_has_no_row_of_noughts(tmp_path):
    found = counted(*two(tmp_path, posts(10)))
    grains = found.blocks["nationality"].grains
    assert set(grains.places["partner"]) == {found.partners.index("birch")}


def test_what_nobody_says_has_no_figures_at_all(tmp_path):
    found = counted(*two(tmp_path, posts(10)))
    assert "disability" not in found.blocks
    assert len(found.notes["disability"]) == 2


def test_where_nobody_was_ever_trained_training_is_not_recorded(tmp_path):
    some = posts(1, training_dementia="current") + posts(19, first=2, training_dementia="never_recorded")
    none = posts(10, training_dementia="never_recorded")
    found = counted(returned(tmp_path, "birch", some), returned(tmp_path, "oak", none))
    assert columns(found.blocks["training_dementia"]) == {"current": 1, "never_recorded": 19}
    assert found.notes["training_dementia"] == ["Oak Trust is not counted here: its files do not say this."]


def test_a_source_that_names_no_leavers_says_nothing_of_leaving(tmp_path):
    found = counted(returned(tmp_path, "birch", posts(10)))
    assert "leave_reason" not in found.blocks
    assert found.notes["leave_reason"] == ["Birch Council is not counted here: its files name nobody who left."]


def test_a_flow_that_no_workplace_tells_is_not_nought(tmp_path):
    silent = workplace(1, vacancies=None)
    found = counted(returned(tmp_path, "birch", posts(20), workplaces=[silent]))
    assert "vacancies" not in found.blocks
    assert "employees_of_vacancies" not in found.blocks
    assert columns(found.blocks["leavers"]) == {"all": 4}


def test_shares_and_rates_tell_what_their_counts_tell(tmp_path):
    found = counted(*two(tmp_path, posts(10)))
    assert found.notes["share_non_british"] == found.notes["nationality"]
    assert found.notes["vacancy_rate"] == found.notes["vacancies"]
    assert found.notes["estimate_vacancy_rate"] == found.notes["vacancies"]


def test_each_system_of_a_partner_is_judged_by_itself(tmp_path):
    found = counted(
        returned(tmp_path, "birch", posts(10, sex="female")),
        returned(tmp_path, "birch", posts(30, first=50, service="corporate"), source="council"),
    )
    assert columns(found.blocks["sex"]) == {"female": 10}
    (note,) = found.notes["sex"]
    assert note == "Posts of Birch Council from one of its systems are not counted here: its files do not say this."


def test_notes_give_no_figure_of_anybody(tmp_path):
    rows = posts(7, nationality3="eu", fte37=0.5) + posts(6, first=8, fte37="unknown")
    found = counted(*two(tmp_path, rows))
    said = " ".join(sentence for of in found.notes.values() for sentence in of).replace("75%", "")
    assert not any(letter.isdigit() for letter in said)
