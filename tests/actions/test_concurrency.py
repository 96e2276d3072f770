"""Eight people at one cell at the same moment, for real: threads, each with a connection of its own."""

import threading

import pytest
from django.db import close_old_connections, connection, transaction

from actions.editing import Edit, save_cells
from actions.models import Action
from partners.models import Act, Change
from strategies.models import Strategy
from tests.world import build_world

THREADS, ROUNDS = 8, 10


def at_once(work):
    """Run `work(number)` in every thread, all let go together. Whatever one of them raises is raised here."""
    gate, faults = threading.Barrier(THREADS), []

    def run(number):
        try:
            gate.wait(timeout=20)
            work(number)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is raised below
            faults.append(fault)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    if faults:
        raise faults[0]


def words_of(row):
    return Action.objects.values_list("evidence", flat=True).get(pk=row.pk)


@pytest.mark.django_db(transaction=True)
def test_no_acknowledged_edit_of_a_contested_cell_is_ever_lost():
    world = build_world()
    acknowledged, held = [], []

    def edit(number):
        for turn in range(ROUNDS):
            seen, mine = words_of(world.row), f"{number}.{turn}"
            outcome = save_cells(action=world.row, edits={"evidence": Edit(seen, mine)}, by=world.coordinator)
            (held if outcome.conflicts else acknowledged).append(mine)

    at_once(edit)
    story = Change.objects.filter(subject="action", subject_id=world.row.pk, field="evidence").order_by("pk")
    changes = [line for line in story if line.act != Act.HELD]
    told = [line.after for line in changes]
    assert set(acknowledged) - set(told) == set()
    assert len(told) == len(acknowledged), "an edit that was held, or none at all, is told as written"
    assert words_of(world.row) == told[-1]
    # Nobody wrote over words they had not seen: each change starts where the one before it ended.
    assert [line.before for line in changes] == ["", *told[:-1]]
    assert len(acknowledged) + len(held) == THREADS * ROUNDS
    assert set(held) == {one.mine for one in world.row.held_edits.all()}
    assert set(held) == {line.after for line in story if line.act == Act.HELD}


@pytest.mark.django_db(transaction=True)
def test_control_reading_changing_and_saving_loses_edits():
    world = build_world()
    acknowledged = []
    together = threading.Barrier(THREADS)

    def edit(number):
        for turn in range(ROUNDS):
            together.wait(timeout=20)
            row = Action.objects.get(pk=world.row.pk)
            together.wait(timeout=20)
            with transaction.atomic():
                row.evidence = f"{row.evidence} {number}.{turn}"
                row.save()
            acknowledged.append(f"{number}.{turn}")

    at_once(edit)
    lost = set(acknowledged) - set(words_of(world.row).split())
    assert len(acknowledged) == THREADS * ROUNDS
    assert len(lost) > THREADS


@pytest.mark.django_db(transaction=True)
def test_edits_of_different_cells_at_the_same_moment_all_arrive():
    world = build_world()
    cells = [
        "ref", "activity", "expected_outcome", "evidence", "resource_requirement", "priority", "timescale_text", "leads"
    ]  # fmt: skip
    new = {"priority": "low", "leads": "Somebody else"}
    before = Strategy.objects.get(pk=world.strategy.pk).plan_version
    seen = {"ref": "1", "activity": "Map leadership courses", "timescale_text": "March 2027"}
    seen["leads"] = [{"name": "Workforce Manager", "user": world.manager.pk}]

    def edit(number):
        key = cells[number]
        edits = {key: Edit(seen.get(key, ""), new.get(key, f"May 2027 {number}"))}
        assert save_cells(action=world.row, edits=edits, by=world.coordinator).saved

    at_once(edit)
    row = Action.objects.get(pk=world.row.pk)
    words = [row.ref, row.activity, row.expected_outcome, row.evidence, row.resource_requirement, row.timescale_text]
    assert all(one.startswith("May 2027") for one in words)
    assert row.priority == "low"
    assert [officer.name for officer in row.officers.all()] == ["Somebody else"]
    assert row.version == before + THREADS
