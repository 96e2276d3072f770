"""Every door of the services asks for itself, whoever calls it: a page, a command, a task or a file.

The matrix beside this file asks through the pages. Here each door is called by somebody without the right; with the
question taken away, the same call goes through.
"""

import inspect
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from actions import (
    applying,
    batches,
    calendars,
    column_mapping,
    editing,
    import_rows,
    imports,
    own_document,
    restoring,
    saved_views,
)
from actions import services as actions
from actions.editing import Edit
from actions.past import Point
from partners import notices
from partners import services as partners
from partners.models import Membership, Sector
from partners.permissions import Role
from partners.refusals import NotAllowed
from strategies import citing
from strategies import services as strategies
from tests.actions.reading.files import word_file
from tests.workforce.exploring.releases import figure_of, release_of
from tests.workforce.uploads.quick_reader import read_quickly
from tests.world import person
from workforce import profiles, uploads
from workforce.disclosure.released import Audience
from workforce.models import Release
from workforce.profile_lifecycle import Stage

WORD = word_file([["Activity", "By when"], ["Do it", "March 2027"]])
FILE = b"Aim,Activity,Timescale\nGrow our own staff,Do it,March 2027\n"


TWO_ROWS = FILE + b",And the next,April 2027\n"


def plan_file(content=FILE):
    return ContentFile(content, name="plan.csv")


def read_import(world, content=FILE):
    started = imports.start_import(strategy=world.strategy, upload=plan_file(content), by=world.coordinator)
    imports.read_import(started.pk)
    started.refresh_from_db()
    return started


def applied_import(world):
    started = read_import(world)
    imports.apply_import(plan_import=started, by=world.coordinator)
    started.refresh_from_db()
    return started


def kept_document(world):
    given = DOORS[own_document.keep_document](world)
    return own_document.keep_document(**given, by=world.coordinator)


def shared_view(world):
    return saved_views.save_view(strategy=world.strategy, name="Shared", query="late=on", shared=True, by=world.manager)


def feed(world):
    return calendars.make_feed(partnership=world.partnership, by=world.coordinator, rows="mine")[0]


def evidence(world):
    return actions.attach(action=world.row, upload=ContentFile(b"x", name="x.txt"), by=world.coordinator)


def invitation(world):
    return partners.invite(
        partnership=world.partnership, email="a@example.org", role=Role.OBSERVER, organisation=world.council, by=None
    )


def held_edit(world):
    late = {"evidence": Edit("never said", "A survey")}
    return editing.save_cells(action=world.row, edits=late, by=world.coordinator).conflicts[0].held


def council(world):
    return world.partnership.partners.get(organisation=world.council)


def whole_return(world, text="number,pay\n1,20\n"):
    file = ContentFile(text.encode(), name="workers.csv")
    return {"partnership": world.partnership, "partner": council(world), "as_at": date(2026, 9, 30), "files": [file]}


def upload_read(world, *rows, heading="number,pay"):
    upload = uploads.send_in(**whole_return(world, "\n".join([heading, *rows])), by=world.steward)
    return read_quickly(upload)


def withdrawn_upload(world):
    return uploads.withdraw(upload=upload_read(world, "1,20"), by=world.steward)


def known_size(world):
    return {
        "partnership": world.partnership, "service": "Care home", "posts": 900, "source": "Register, May 2026",
        "as_at": date(2026, 5, 1),
    }  # fmt: skip


def whole_profile(world, **how):
    upload_read(world, "1,20")
    whole = {"partnership": world.partnership, "as_at": date(2026, 9, 30), "audience": Audience.PARTNERSHIP}
    return whole | how


def profile_at(world, stage, **how):
    """A report that nobody in particular asked for, at this stage."""
    release = profiles.ask_for_profile(**whole_profile(world, **how), by=None)
    Release.objects.filter(pk=release.pk).update(stage=stage)
    release.refresh_from_db()
    return release


def carers(world):
    return {
        "partnership": world.partnership, "kind": "unpaid_carers", "value": 11_400, "source": "Census 2021",
        "as_at": date(2021, 3, 21),
    }  # fmt: skip


def citation(world):
    return citing.cite_figure(**DOORS[citing.cite_figure](world), by=world.coordinator)


def dates(world):
    return {"period_start": world.strategy.period_start, "period_end": world.strategy.period_end}


# Each door with what it takes to open it; `by` is added by the tests.
DOORS = {
    partners.add_partner: lambda w: {"partnership": w.partnership, "name": "New", "sector": Sector.OTHER},
    partners.join: lambda w: {"partnership": w.partnership, "organisation": w.far_council},
    partners.add_member: lambda w: {
        "user": w.stranger, "partnership": w.partnership, "role": Role.OBSERVER, "organisation": w.council
    },
    partners.end_membership: lambda w: {"membership": Membership.objects.get(user=w.steward)},
    partners.invite: lambda w: {
        "partnership": w.partnership, "email": "b@example.org", "role": Role.OBSERVER, "organisation": w.council
    },
    partners.revoke_invitation: lambda w: {"invitation": invitation(w)},
    strategies.start_strategy: lambda w: {"partnership": w.partnership, "title": "Another", **dates(w)},
    strategies.edit_strategy: lambda w: {
        "strategy": w.strategy, "seen": {"title": w.strategy.title}, "new": {"title": "Other"}
    },
    strategies.add_aim: lambda w: {"strategy": w.strategy, "text": "New"},
    strategies.add_theme: lambda w: {"strategy": w.strategy, "text": "New"},
    citing.cite_figure: lambda w: {
        "strategy": w.strategy, "figure": figure_of(release_of(w.partnership)), "words": "So"
    },
    citing.remove_citation: lambda w: {"cited": citation(w)},
    strategies.adopt_principle: lambda w: {"strategy": w.strategy, "text": "New"},
    strategies.reword_heading: lambda w: {"heading": w.second_aim, "seen": w.second_aim.text, "text": "New"},
    strategies.move_heading: lambda w: {"heading": w.second_aim, "step": -1},
    strategies.remove_heading: lambda w: {"heading": w.second_aim},
    strategies.record_sign_up: lambda w: {"strategy": w.strategy, "organisation": w.council, "state": "agreed"},
    actions.add_action: lambda w: {"strategy": w.strategy, "cells": {"activity": "New", "aim": w.aim.pk}},
    actions.duplicate_action: lambda w: {"action": w.row},
    actions.remove_action: lambda w: {"action": w.row},
    actions.restore_action: lambda w: {"action": actions.remove_action(action=w.row, by=w.coordinator)},
    actions.move_action: lambda w: {"action": w.row, "past": w.trust_row},
    actions.place_action: lambda w: {"action": w.row, "after": w.trust_row},
    actions.post_update: lambda w: {"action": w.row, "status": "green", "words": "Going well"},
    actions.withdraw_update: lambda w: {
        "update": actions.post_update(action=w.row, status="green", words="Going well", by=w.coordinator)
    },
    actions.attach: lambda w: {"action": w.row, "upload": ContentFile(b"x", name="x.txt")},
    actions.remove_attachment: lambda w: {"attachment": evidence(w)},
    editing.save_cells: lambda w: {"action": w.row, "edits": {"evidence": Edit("", "A survey")}},
    editing.settle_held: lambda w: {"held": held_edit(w), "settle": "theirs"},
    restoring.put_back_row: lambda w: {"action": w.row, "then": {"evidence": "As it was"}, "seen": 0},
    restoring.put_back_batch: lambda w: {"strategy": w.strategy, "batch": applied_import(w).batch},
    restoring.put_back_plan: lambda w: {"strategy": w.strategy, "point": Point(timezone.now()), "seen": 0},
    editing.tick_milestone: lambda w: {
        "action": w.row, "place": "0", "name": "Milestone, due 31 March 2027", "done": True
    },
    batches.apply_batch: lambda w: {
        "strategy": w.strategy, "edits": {w.row.pk: {"evidence": Edit("", "A survey")}}
    },
    # Saving for oneself is open to every reader; sharing is not.
    saved_views.save_view: lambda w: {"strategy": w.strategy, "name": "Late", "query": "late=on", "shared": True},
    saved_views.change_view: lambda w: {"view": shared_view(w), "name": "Other", "shared": True},
    saved_views.delete_view: lambda w: {"view": shared_view(w)},
    calendars.stop_feed: lambda w: {"feed": feed(w)},
    imports.start_import: lambda w: {"strategy": w.strategy, "upload": plan_file()},
    imports.drop_import: lambda w: {"plan_import": read_import(w)},
    imports.apply_import: lambda w: {"plan_import": read_import(w)},
    imports.start_pasted_import: lambda w: {"strategy": w.strategy, "text": "Aim\tActivity\nGrow\tDo it", "html": ""},
    column_mapping.map_columns: lambda w: {"plan_import": read_import(w), "columns": {"Notes": "progress"}},
    import_rows.correct_row: lambda w: {"plan_import": read_import(w), "number": 0, "values": {"activity": "New"}},
    import_rows.leave_row_out: lambda w: {"plan_import": read_import(w), "number": 0},
    import_rows.take_row_in: lambda w: {"plan_import": read_import(w), "number": 0},
    import_rows.join_row: lambda w: {"plan_import": read_import(w, TWO_ROWS), "number": 1},
    imports.undo_import: lambda w: {"plan_import": applied_import(w)},
    own_document.keep_document: lambda w: {
        "strategy": w.strategy, "name": "plan.docx", "content": WORD, "became": {"Table 1, row 2": [w.row.pk]},
        "proposal": {"source": "Word document", "is_ours": False, "rows": [{"where": "Table 1, row 2"}]},
    },
    own_document.forget_document: lambda w: {"document": kept_document(w)},
    applying.apply_proposal: lambda w: {"strategy": w.strategy, "proposal": read_import(w).proposal},
    uploads.send_in: whole_return,
    uploads.cancel: lambda w: {"upload": upload_read(w, "1,much")},
    uploads.accept_with_faults: lambda w: {"upload": upload_read(w, "1,much")},
    uploads.send_back: lambda w: {"upload": upload_read(w, "1,much")},
    uploads.withdraw: lambda w: {"upload": upload_read(w, "1,20")},
    uploads.restore: lambda w: {"upload": withdrawn_upload(w)},
    uploads.remember_mapping: lambda w: {
        "upload": upload_read(w, "1,20", heading="unmapped"), "mapping": {"Pay": "hourly_pay"}
    },
    uploads.name_columns: lambda w: {
        "partner": w.partnership.partners.get(organisation=w.council), "mapping": {"Pay": "hourly_rate"}
    },
    uploads.set_sector_size: known_size,
    uploads.remove_sector_size: lambda w: {"size": uploads.set_sector_size(**known_size(w), by=w.coordinator)},
    profiles.ask_for_profile: whole_profile,
    profiles.release_profile: lambda w: {"release": profile_at(w, Stage.DRAFT)},
    profiles.withdraw_profile: lambda w: {"release": profile_at(w, Stage.RELEASED), "reason": "A wrong file"},
    profiles.discard_profile: lambda w: {"release": profile_at(w, Stage.DRAFT)},
    profiles.try_again: lambda w: {"release": profile_at(w, Stage.FAILED)},
    profiles.set_schedule: lambda w: {"partnership": w.partnership, "first": date(2026, 9, 30)},
    profiles.arrange_parts: lambda w: {"partnership": w.partnership, "order": ["pay"], "left_out": {"gap"}},
    profiles.write_words: lambda w: {"partnership": w.partnership, "key": "pay", "words": "A rise in April"},
    profiles.set_context_figure: carers,
    profiles.remove_context_figure: lambda w: {
        "figure": profiles.set_context_figure(**carers(w), by=w.coordinator)
    },
}  # fmt: skip

# What even the coordinator may not: cells about people are for their own organisation's data steward.
FOR_STEWARDS = {
    uploads.send_in, uploads.cancel, uploads.accept_with_faults, uploads.send_back, uploads.withdraw, uploads.restore,
    uploads.remember_mapping, uploads.name_columns,
}  # fmt: skip

# Doors without a question: the operator's first step, what every member may do, and what only concerns oneself. Who
# causes a notice was asked by the door that caused it.
OPEN = {partners.start_partnership, actions.add_comment, notices.tell, notices.mark_read, calendars.make_feed}


def doors_of(module):
    """The public functions of a module that take `by`: those that change something in somebody's name."""
    functions = [f for _, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == module.__name__]
    return {f for f in functions if not f.__name__.startswith("_") and "by" in inspect.signature(f).parameters}


def test_every_door_is_in_the_table():
    modules = (partners, notices, strategies, actions, editing, imports, applying, restoring, batches)
    modules += (saved_views, calendars, column_mapping, import_rows, own_document, uploads, profiles, citing)
    found = set().union(*(doors_of(module) for module in modules))
    assert found == set(DOORS) | OPEN


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_door_refuses_somebody_without_the_right(world, door):
    given = DOORS[door](world)
    with pytest.raises(NotAllowed):
        door(**given, by=world.observer)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_control_with_the_right_the_same_call_goes_through(world, door):
    door(**DOORS[door](world), by=world.steward if door in FOR_STEWARDS else world.coordinator)


@pytest.mark.parametrize("who", ["coordinator", "steering", "lead", "trust_steward"])
@pytest.mark.parametrize("door", sorted(FOR_STEWARDS, key=lambda door: door.__name__), ids=lambda door: door.__name__)
def test_files_about_the_workforce_are_for_the_partners_own_steward(world, door, who):
    if who == "trust_steward":
        world.people[who] = person(who, "Trust Data Steward")
        partners.add_member(
            user=world.people[who], partnership=world.partnership, role=Role.DATA_STEWARD, organisation=world.trust,
            by=None,
        )  # fmt: skip
    given = DOORS[door](world)
    with pytest.raises(NotAllowed):
        door(**given, by=world.people[who])


# A partner's own figures are exact, so the same doors are its stewards' alone where a report is of that kind.
OWN = {
    profiles.ask_for_profile: lambda w: whole_profile(w, audience=Audience.PARTNER, partner=council(w)),
    profiles.discard_profile: lambda w: {
        "release": profile_at(w, Stage.DRAFT, audience=Audience.PARTNER, partner=council(w))
    },
    profiles.try_again: lambda w: {
        "release": profile_at(w, Stage.FAILED, audience=Audience.PARTNER, partner=council(w))
    },
}


@pytest.mark.parametrize("who", ["coordinator", "steering", "lead", "trust_manager", "observer", "foreigner"])
@pytest.mark.parametrize("door", OWN, ids=lambda door: door.__name__)
def test_a_report_of_exact_figures_is_for_the_partners_own_steward(world, door, who):
    given = OWN[door](world)
    with pytest.raises(NotAllowed):
        door(**given, by=world.people[who])


@pytest.mark.parametrize("door", OWN, ids=lambda door: door.__name__)
def test_control_the_partners_own_steward_may(world, door):
    door(**OWN[door](world), by=world.steward)


@pytest.mark.parametrize("who", ["steering", "lead", "manager", "steward"])
def test_who_releases_reports_does_not_make_them(world, who):
    for door in (profiles.ask_for_profile, profiles.discard_profile, profiles.try_again):
        given = DOORS[door](world)
        with pytest.raises(NotAllowed):
            door(**given, by=world.people[who])


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_door_refuses_a_coordinator_from_elsewhere(world, door):
    given = DOORS[door](world)
    with pytest.raises(NotAllowed):
        door(**given, by=world.foreigner)


def test_a_comment_is_for_members_only(world):
    with pytest.raises(NotAllowed):
        actions.add_comment(action=world.row, words="Hello", by=world.stranger)


@pytest.mark.parametrize("who", ["stranger", "foreigner"])
def test_a_calendar_feed_is_for_members_only(world, who):
    with pytest.raises(NotAllowed):
        calendars.make_feed(partnership=world.partnership, by=world.people[who], rows="ours")


def test_a_contributor_does_not_take_a_row_over(world):
    """The council contributes to the trust's row: it may edit the words, not who leads."""
    words = {"evidence": Edit("", "Attendance lists")}
    assert editing.save_cells(action=world.shared_row, edits=words, by=world.lead).saved
    takeover = {"lead_organisation": Edit(world.trust.pk, world.council.pk)}
    with pytest.raises(NotAllowed):
        editing.save_cells(action=world.shared_row, edits=takeover, by=world.lead)
    assert editing.save_cells(action=world.shared_row, edits=takeover, by=world.trust_manager).saved


def test_what_a_contributor_may_not_change_is_locked_in_the_form(world, as_):
    def who_leads(who):
        page = as_(who).get(f"/p/marlbrook/actions/{world.shared_row.pk}/edit/").content.decode()
        return page[page.index('name="lead_organisation"') :].partition(">")[0]

    assert "disabled" in who_leads("lead")
    assert "disabled" not in who_leads("trust_manager")  # the control


def test_a_contributor_still_saves_the_words(world, as_):
    page = f"/p/marlbrook/actions/{world.shared_row.pk}/edit/"
    client = as_("lead")
    form = client.get(page).context["form"]
    sent = {name: form[name].value() for name in form.fields if name != "contributors"}
    sent |= {"evidence": "Attendance lists", "lead_organisation": world.council.pk}  # the second is not hers to change
    sent = {name: "" if value is None else value for name, value in sent.items()}
    assert client.post(page, sent).status_code == 302
    world.shared_row.refresh_from_db()
    assert (world.shared_row.evidence, world.shared_row.lead_organisation) == ("Attendance lists", world.trust)
    assert list(world.shared_row.contributors.all()) == [world.council]
