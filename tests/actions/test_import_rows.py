"""Rows of a plan file put right in its preview: corrected, left out, joined, and only then applied."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import import_rows
from actions.imports import apply_import
from actions.models import Action, PlanImport
from actions.reading.correcting import joined
from actions.reading.keeping import kept, plan_of
from actions.reading.plan import read_plan
from actions.reading.values import KEYS, ReadRow
from actions.timescale import read_timescale
from partners.models import Change
from partners.refusals import Refused
from tests.actions.reading.files import csv_file
from tests.actions.reading.test_reading_samples import NAMES, SAMPLES
from tests.actions.test_imports import PLAN, apply, ready, refs, words

HEAD = ["Ref", "Aim", "Activity", "Outcome", "Timescale", "Priority", "Lead"]
ROWS = [
    HEAD,
    ["8", "Grow our own staff", "Hold a fair", "More staff", "March 2027", "Sometime", "Workforce Manager"],
    ["9", "Grow our own staff", "Call employers", "", "Ongoing", "High", "Somebody"],
    ["10", "A new aim", "Write to schools", "", "June 2027", "", "Somebody Else"],
]


@pytest.fixture
def preview(world):
    return ready(world, ROWS)


def numbered(plan_import):
    return {row["number"]: row for row in plan_import.proposal["rows"]}


def correct(world, plan_import, number, **values):
    return import_rows.correct_row(plan_import=plan_import, number=number, values=values, by=world.coordinator)


def test_a_problem_is_put_right_and_applied_as_corrected(world, preview):
    assert [one["where"] for one in preview.proposal["problems"]] == ["Row 2, column Priority"]
    after = correct(
        world, preview, 0, priority="medium", timescale_text="April 2027", leads=["Workforce Manager", "Me"]
    )
    assert after.proposal["problems"] == []
    row = numbered(after)[0]
    assert row["is_corrected"]
    assert row["milestones"] == [{"label": None, "start": None, "due": "2027-04-30"}]
    apply(world, preview)
    stored = Action.objects.get(ref="8")
    assert (stored.priority, stored.timescale_text, str(stored.due_on)) == ("medium", "April 2027", "2027-04-30")
    assert [officer.name for officer in stored.officers.all()] == ["Workforce Manager", "Me"]


def test_nothing_is_written_to_the_plan_by_correcting(world, preview):
    before = Change.objects.exclude(subject="planimport").count()
    correct(world, preview, 0, activity="Hold two fairs")
    import_rows.leave_row_out(plan_import=preview, number=1, by=world.coordinator)
    assert Change.objects.exclude(subject="planimport").count() == before
    assert refs(world) == ["1", "2", "3"]


def test_a_cell_that_the_file_has_no_column_for_concerns_that_row_only(world):
    rows = [["Ref", "Activity"], ["1", "Map leadership courses"], ["2", "Pool our assessors, all of them"]]
    preview = ready(world, rows)
    row = next(number for number, row in numbered(preview).items() if row["ref"] == "1")
    after = correct(world, preview, row, evidence="A list of courses")
    assert numbered(after)[row]["cells"] == {"evidence": [None, "A list of courses"]}
    others = [one for number, one in numbered(after).items() if number != row]
    assert all("evidence" not in one["cells"] for one in others)


def test_a_row_left_out_is_not_applied_and_can_be_taken_in_again(world, preview):
    for number in (1, 2):
        after = import_rows.leave_row_out(plan_import=preview, number=number, by=world.coordinator)
    assert [one["number"] for one in after.proposal["left_out"]] == [1, 2]
    assert after.proposal["new_headings"] == []
    import_rows.take_row_in(plan_import=preview, number=1, by=world.coordinator)
    apply(world, preview)
    assert refs(world) == ["1", "2", "3", "8", "9"]


def test_a_row_that_goes_on_from_the_one_above_is_joined_with_it(world, preview):
    after = import_rows.join_row(plan_import=preview, number=1, by=world.coordinator)
    assert len(after.proposal["rows"]) == 2
    row = numbered(after)[0]
    assert (row["ref"], row["activity"]) == ("8", "Hold a fair\nCall employers")
    assert row["leads"] == ["Workforce Manager", "Somebody"]
    assert row["where"] == "Row 2"
    assert row["ongoing"]


def test_the_first_row_has_none_above_it(world, preview):
    with pytest.raises(Refused, match="no row above"):
        import_rows.join_row(plan_import=preview, number=0, by=world.coordinator)


def test_whoever_acts_on_a_preview_acts_on_the_one_they_saw(world, preview):
    correct(world, preview, 0, activity="Hold two fairs")
    stale = {"plan_import": preview, "by": world.steering, "revision": preview.revision}
    for door, more in ((import_rows.leave_row_out, {"number": 0}), (apply_import, {})):
        with pytest.raises(Refused, match="changed this preview meanwhile"):
            door(**stale, **more)
    assert PlanImport.objects.get(pk=preview.pk).state == PlanImport.State.READY


def test_an_applied_file_is_not_corrected(world, preview):
    apply(world, preview)
    with pytest.raises(Refused, match="no longer be changed"):
        correct(world, preview, 0, activity="Other")


# --- The pages -----------------------------------------------------------------------------------------------------


def sent(form):
    return {name: "" if form[name].value() is None else form[name].value() for name in form.fields}


def test_the_page_of_a_row_shows_its_problem_and_saves_what_is_typed(world, preview, as_):
    client, page = as_("coordinator"), f"{PLAN}import/{preview.pk}/"
    assert "Put it right" in words(client.get(page))
    answer = client.get(f"{page}rows/0/")
    assert "“Sometime” is not a priority" in words(answer)
    typed = sent(answer.context["form"]) | {"priority": "low", "aim": "Quite another aim"}
    read = words(client.post(f"{page}rows/0/", typed, follow=True))
    assert "Row 2 now says what you wrote" in read
    assert "put right here" in read
    preview.refresh_from_db()
    assert (numbered(preview)[0]["priority"], numbered(preview)[0]["aim"]) == ("low", "Quite another aim")


def test_saving_a_row_as_it_was_changes_none_of_its_values(world, preview, as_):
    client, page = as_("coordinator"), f"{PLAN}import/{preview.pk}/"
    before = [row["values"] for row in preview.draft["rows"]]
    for number in range(3):
        client.post(f"{page}rows/{number}/", sent(client.get(f"{page}rows/{number}/").context["form"]))
    preview.refresh_from_db()
    assert [row["values"] for row in preview.draft["rows"]] == before
    assert preview.revision == 3


def test_a_stale_form_keeps_what_was_typed(world, preview, as_):
    client, page = as_("coordinator"), f"{PLAN}import/{preview.pk}/rows/0/"
    typed = sent(client.get(page).context["form"]) | {"evidence": "A list that I typed"}
    correct(world, preview, 1, activity="Call all employers")
    read = words(client.post(page, typed))
    assert "Somebody changed this preview meanwhile" in read
    assert "A list that I typed" in read


def test_rows_are_left_out_taken_in_and_joined_by_buttons(world, preview, as_):
    client, page = as_("coordinator"), f"{PLAN}import/{preview.pk}/"
    press = lambda what, revision: words(client.post(f"{page}rows/1/{what}/", {"revision": revision}, follow=True))  # noqa: E731
    assert "Row 3 is left out" in press("leave-out", 0)
    assert "Left out by you (1)" in words(client.get(page))
    assert "Row 3 is taken in again" in press("take-in", 1)
    assert "Row 3 is now part of the row above it" in press("join", 2)
    assert "Somebody changed this preview meanwhile" in press("join", 2)
    assert client.get(f"{page}rows/7/").status_code == 404


# --- Kept and read again ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_kept_and_read_again_as_it_was(name):
    plan = read_plan(name, (SAMPLES / name).read_bytes())
    again = plan_of(json.loads(json.dumps(kept(plan))))
    assert (again.rows, again.problems, again.columns) == (plan.rows, plan.problems, plan.columns)


TEXT = st.one_of(st.none(), st.text(min_size=1, max_size=8).filter(str.strip))


@st.composite
def read_rows(draw):
    values = {key: draw(TEXT) for key in KEYS}
    values |= {key: draw(st.lists(st.sampled_from("abc"), unique=True)) for key in ("leads", "partners")}
    return ReadRow("Row 2", values, {}, read_timescale(""), None, {})


@given(read_rows(), read_rows())
def test_joining_loses_no_word_and_no_name(upper, lower):
    both = joined(upper, lower, read_timescale("")).values
    for key in ("activity", "expected_outcome", "evidence", "resource_requirement", "progress"):
        assert all(value in both[key] for value in (upper.values[key], lower.values[key]) if value)
    assert set(both["leads"]) == set(upper.values["leads"]) | set(lower.values["leads"])


def test_what_a_heading_says_of_a_milestone_reaches_the_plan(world):
    content = csv_file([["ID", "Deliverables", "End of year 1 (2026/27)", "End of year 2 (2027/28)"],
                        ["1.1", "A shared bank of staff", "Two trusts", "All partners"]])  # fmt: skip
    plan_import = ready(world, content=content)
    wanted = plan_import.proposal["rows"][0]["milestones"]
    assert [one["label"] for one in wanted] == ["Two trusts", "All partners"]
    apply(world, plan_import)
    stored = Action.objects.get(activity="A shared bank of staff")
    told = [{key: one[key] for key in ("label", "start", "due")} for one in stored.reading["milestones"]]
    assert told == wanted
