"""What a page is told of one return: measures, colours and what to do next, made of the counts that are kept."""

import json
from datetime import date

import pytest

from workforce.quality import page
from workforce.quality.faults import Fault
from workforce.quality.figures import MEASURED, CarryForward, Failed, FieldCounts, FlowClosure, Timeliness
from workforce.quality.gates import MAPPING, RETURN_GATES
from workforce.quality.mapping import MappingLoss
from workforce.quality.report import Report, kept_report, label_of


def made(**other):
    """The report of a return of 100 posts without any fault, unless said otherwise; through JSON, as it is kept."""
    usual = {
        "as_at": date(2026, 9, 30), "counts": {field.name: FieldCounts(given=100) for field in MEASURED},
        "unreadable": {}, "checks": [Failed("started_later", 0, 100)], "rules": [], "rows": 100, "repeated": 0,
        "left_out_as_repeated": 0, "timeliness": Timeliness(10, 10, 0.0, 10, 10, 0),
        "carry_forward": CarryForward(10, 0), "flows": FlowClosure(10, 100, 104, 12, 8),
        "losses": [MappingLoss("role", 100, 0, 0)], "strata": [], "over_50": (30, 100), "compared": [],
    }  # fmt: skip
    return Report(json.loads(json.dumps(kept_report(**(usual | other)))))


def with_field(name, **counts):
    return made(counts={"sex": FieldCounts(given=100), name: FieldCounts(**counts)})


def test_a_return_without_faults_is_green_and_asks_for_nothing():
    report = made()
    assert report.colour == "green"
    assert report.steps(exact=True) == []
    assert [result.gate for result in report.results] == list(RETURN_GATES)


def test_one_field_that_is_too_empty_colours_completeness_and_says_so():
    report = with_field("qual_level", given=60, missing=40)
    assert report.completeness.value == 0.8
    assert report.completeness.colour == "red"
    assert report.completeness.note == "1 of 2 fields are under 90%"
    (colour, sentence), = report.steps(exact=True)  # fmt: skip
    assert colour == "red"
    assert sentence.startswith("Fill in “Qualification level”: 60% of posts have it.")


def test_fields_that_the_files_do_not_have_are_nobodys_fault():
    report = with_field("fte_days_lost", missing=100)
    assert report.colour == "green"
    assert {line.label: line.note for line in page.field_lines(report, exact=True)} == {
        "Sex": "", "WTE days lost": "Nothing is given in these files",
    }  # fmt: skip


def test_fields_that_apply_to_nobody_are_nobodys_fault_either():
    report = with_field("leave_reason", not_applicable=100)
    assert report.completeness.value == 1
    assert page.field_lines(report, exact=True)[-1].note == "Does not apply to any post"


def test_a_field_that_applies_to_few_and_is_given_of_nobody_is_not_collected():
    """As average hours in a system that only holds contracted ones."""
    report = with_field("hours_average", not_applicable=95, missing=5)
    assert report.colour == "green"


def test_control_a_field_that_is_given_of_one_is_collected():
    assert with_field("hours_average", given=1, not_applicable=95, missing=4).colour == "red"


def test_derived_fields_are_not_told_twice():
    report = made(counts={"age": FieldCounts(given=100), "age_band": FieldCounts(given=100)})
    assert [field.name for field in report.fields] == ["age"]


def test_steps_come_worst_first():
    report = made(
        counts={"sex": FieldCounts(given=80, missing=20)},
        losses=[MappingLoss("role", 100, 0, 10)],
        flows=FlowClosure(10, 100, 120, 0, 0),
    )
    assert [colour for colour, _ in report.steps(exact=True)] == ["red", "amber", "amber"]
    assert "“Role” loses 10% of its rows" in report.steps(exact=True)[0][1]


@pytest.mark.parametrize(
    ("what", "colour"),
    [
        ({"left_out_as_repeated": 1}, "red"),
        ({"unreadable": {"sex": 1_000}}, "red"),
        ({"checks": [Failed("started_later", 1, 100)]}, "amber"),
        ({"rules": [Fault("A", "1", "says", "accepts", 6)]}, "red"),
        ({"timeliness": Timeliness(10, 10, 100.0, 2, 5, 1)}, "amber"),
        ({"carry_forward": CarryForward(10, 3)}, "amber"),
        ({"flows": FlowClosure(10, 100, 90, 0, 0)}, "amber"),
        ({"losses": [MappingLoss("role", 1000, 0, 5)]}, "amber"),
    ],
)
def test_each_measure_colours_the_return(what, colour):
    assert made(**what).colour == colour
    assert len(made(**what).steps(exact=True)) == 1


def test_what_could_not_be_measured_says_what_it_needs():
    report = made(timeliness=None, carry_forward=None, flows=None, losses=[])
    lines = {line.gate.name: line for line in page.lines(report, exact=True)}
    for name in ("timeliness", "carry_forward", "flow_closure", "mapping_loss"):
        assert (lines[name].shown, lines[name].colour, lines[name].note) == (
            "Not measured", "none", lines[name].gate.absent,
        )  # fmt: skip


def test_faults_of_workplaces_are_told_but_not_held_against_posts():
    report = made(rules=[Fault("STARTERS", "1", "says", "accepts", 50, of_posts=False)])
    assert report.consistency.value == 1
    assert [one.count for one in page.contradictions(report, exact=True)] == ["50"]


def test_more_contradictions_than_posts_are_all_posts():
    assert made(rules=[Fault("A", "1", "says", "accepts", 500)]).consistency.value == 0


def test_flows_are_told_in_a_sentence_and_a_share_with_its_sign():
    report = made(flows=FlowClosure(10, 1000, 1040, 120, 100))
    assert page.flow_sentence(report, exact=True) == (
        "In the workplaces that are in both returns, employees went from 1,000 to 1,040. "
        "In the time between, 120 are said to have started and 100 to have left."
    )
    assert report.flow_closure.shown(exact=True) == "1.9%"
    assert made(flows=FlowClosure(10, 100, 90, 0, 0)).flow_closure.shown(exact=True) == "−11.1%"


def test_ages_of_records_are_told_in_a_sentence():
    told = page.age_sentence(made(timeliness=Timeliness(20, 20, 30.0, 10, 15, 5)), exact=True)
    assert told == "Changed or confirmed in the last 6 months: 50% of workplaces; last 12 months: 75%; over 24: 25%."


def test_losses_are_told_with_the_worst_first():
    report = made(losses=[MappingLoss("sex", 100, 0, 0), MappingLoss("role", 100, 40, 2)])
    role, sex = page.loss_lines(report, MAPPING, label_of, exact=True)
    assert (role.label, role.merged, role.unmapped, role.colour) == ("Role", "40%", "2%", "red")
    assert (sex.unmapped, sex.colour) == ("0%", "green")


def shown_to(report, exact):
    """All that the page of a return says of it."""
    told = [line.shown for line in page.lines(report, exact=exact)]
    told += [f"{line.completeness} {line.declared} {line.validity}" for line in page.field_lines(report, exact=exact)]
    told += [one.count for one in page.contradictions(report, exact=exact)]
    told += [f"{line.merged} {line.unmapped}" for line in page.loss_lines(report, MAPPING, label_of, exact=exact)]
    told += [sentence for _, sentence in report.steps(exact=exact)]
    return [*told, page.flow_sentence(report, exact=exact), page.age_sentence(report, exact=exact)]


def a_return_with_small_counts():
    return made(
        counts={"sex": FieldCounts(given=45, unknown=3, missing=2)}, rows=50, unreadable={"sex": 2},
        checks=[Failed("started_later", 3, 50)], rules=[Fault("A", "1", "says", "accepts", 2)],
        left_out_as_repeated=1, timeliness=Timeliness(20, 20, 30.0, 16, 18, 2), carry_forward=CarryForward(20, 3),
        flows=FlowClosure(10, 100, 103, 4, 2), losses=[MappingLoss("role", 50, 3, 1)],
    )  # fmt: skip


def test_small_counts_do_not_show_to_others_than_the_sender():
    told = " | ".join(shown_to(a_return_with_small_counts(), exact=False))
    for small in ("6%", "4%", "3%", "2%", "1%", " 4 ", " 2 ", "15%", "10%", "98%", "92%", "94%"):
        assert small not in told, told
    assert "fewer than 5" in told
    assert "all but fewer than 5" in told


def test_control_the_sender_sees_them():
    told = " | ".join(shown_to(a_return_with_small_counts(), exact=True))
    for small in ("6%", "15%", "10%", " 4 are said", "98%"):
        assert small in told, told
    assert "fewer than 5" not in told
