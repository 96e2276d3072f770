"""Headings nobody knew, said once by a person and remembered for the partnership; and a table that was pasted."""

import pytest

from actions.column_mapping import map_columns, mapping_of
from actions.imports import read_import, start_pasted_import
from actions.models import PlanImport
from partners.refusals import Refused
from tests.actions.test_imports import PLAN, apply, ready, refs, waiting, words

State = PlanImport.State
OWN = [
    ["Nr", "What we promise", "Wer", "Aim"],
    ["8", "Hold a fair", "Workforce Manager", "Grow our own staff"],
    ["9", "Call employers", "Somebody", "Grow our own staff"],
]
MIXED = [["Aim", "Activity", "Kind of money"], ["Grow our own staff", "Hold a fair", "£4,000 from reserves"]]


def unmapped(world):
    plan_import = waiting(world, OWN)
    read_import(plan_import.pk)
    plan_import.refresh_from_db()
    assert plan_import.state == State.UNMAPPED
    return plan_import


def read_again(world, plan_import, **columns):
    map_columns(plan_import=plan_import, columns=columns, by=world.coordinator)
    read_import(plan_import.pk)
    plan_import.refresh_from_db()
    return plan_import


SAID = {"What we promise": "activity", "Nr": "ref", "Wer": "leads"}


def test_a_plan_with_headings_of_its_own_waits_for_somebody_to_say_what_they_mean(world):
    plan_import = unmapped(world)
    assert "none is known to mean the activity" in plan_import.fault
    assert "What we promise" in [one["text"] for one in plan_import.draft["unmatched"]]
    plan_import = read_again(world, plan_import, **SAID)
    assert plan_import.state == State.READY
    apply(world, plan_import)
    assert refs(world) == ["1", "2", "3", "8", "9"]


def test_what_was_said_is_remembered_for_the_next_file(world):
    read_again(world, unmapped(world), **SAID)
    assert [row["leads"] for row in ready(world, OWN).proposal["rows"]] == [["Workforce Manager"], ["Somebody"]]


def test_it_is_the_partnership_that_remembers(world):
    read_again(world, unmapped(world), **SAID)
    assert mapping_of(world.elsewhere) == {}


def test_a_column_that_was_left_out_can_be_used_after_all_and_forgotten_again(world):
    plan_import = ready(world, MIXED)
    assert [one["text"] for one in plan_import.draft["unmatched"]] == ["Kind of money"]
    plan_import = read_again(world, plan_import, **{"Kind of money": "resource_requirement"})
    assert plan_import.proposal["rows"][0]["resource_requirement"] == "£4,000 from reserves"
    plan_import = read_again(world, plan_import, **{"Kind of money": None})
    assert plan_import.proposal["rows"][0]["resource_requirement"] is None
    assert mapping_of(world.partnership) == {}


def test_only_columns_of_the_plan_can_be_named(world):
    with pytest.raises(Refused, match="no column of the plan"):
        map_columns(plan_import=ready(world, MIXED), columns={"Kind of money": "password"}, by=world.coordinator)
    assert mapping_of(world.partnership) == {}


def test_an_applied_file_is_not_read_again(world):
    plan_import = ready(world, MIXED)
    apply(world, plan_import)
    with pytest.raises(Refused, match="no longer be read again"):
        map_columns(plan_import=plan_import, columns={}, by=world.coordinator)


# --- The pages -----------------------------------------------------------------------------------------------------


def test_the_pages_lead_from_the_fault_to_the_preview(world, as_):
    client, page = as_("coordinator"), f"{PLAN}import/{unmapped(world).pk}/"
    assert "Say what the columns are" in words(client.get(page))
    form = client.get(f"{page}columns/").context["form"]
    fields = {heading: name for name, heading in form.headings.items()}
    assert "Holds “Hold a fair”; “Call employers”" in words(client.get(f"{page}columns/"))
    answers = {fields["What we promise"]: "activity", fields["Nr"]: "ref", fields["Wer"]: "-", fields["Aim"]: "aim"}
    client.post(f"{page}columns/", answers)
    read_import(PlanImport.objects.get().pk)
    read = words(client.get(page))
    assert "2 rows read: 2 to add" in read
    assert mapping_of(world.partnership) == {"what we promise": "activity", "nr": "ref", "wer": ""}


def test_the_preview_names_the_columns_it_does_not_use(world, as_):
    read = words(as_("coordinator").get(f"{PLAN}import/{ready(world, MIXED).pk}/"))
    assert "1 column of the file is not used: “Kind of money”." in read


# --- Pasted --------------------------------------------------------------------------------------------------------

TEXT = "Ref\tAim\tActivity\r\n8\tGrow our own staff\tHold a fair\r\n"
HTML = (
    "<table><tr><th>Ref</th><th>Aim</th><th>Activity</th></tr>"
    "<tr><td>8</td><td>Grow our own staff</td><td><p>Hold a fair</p><p>in two towns</p></td></tr></table>"
)


@pytest.mark.parametrize(("html", "activity"), [("", "Hold a fair"), (HTML, "Hold a fair\nin two towns")])
def test_a_pasted_table_goes_the_way_of_a_file(world, as_, html, activity):
    client = as_("coordinator")
    page = client.post(f"{PLAN}import/", {"text": TEXT, "html": html}).url
    plan_import = PlanImport.objects.get()
    read_import(plan_import.pk)
    plan_import.refresh_from_db()
    assert "What Pasted table would change" in words(client.get(page))
    assert [row["activity"] for row in plan_import.proposal["rows"]] == [activity]
    apply(world, plan_import)
    assert refs(world) == ["1", "2", "3", "8"]


def test_neither_a_file_nor_words_is_said(world, as_):
    assert "Choose a file, or paste the table below" in words(as_("coordinator").post(f"{PLAN}import/", {"text": " "}))


def test_what_is_no_table_is_refused_with_a_sentence(world):
    plan_import = start_pasted_import(strategy=world.strategy, text="Just some words.", html="", by=world.coordinator)
    read_import(plan_import.pk)
    plan_import.refresh_from_db()
    assert plan_import.state == State.UNREADABLE
    assert "no table" in plan_import.fault
