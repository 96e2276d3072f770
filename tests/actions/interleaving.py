"""Four people at one plan, doing anything in any order, against a model in memory.

After every step the database, the model and the state that is rebuilt from the history alone must say the same, and
whatever anybody typed and was told is safe must be found: in the plan, in its history or among the held edits.

`tests/actions/test_interleavings.py` runs some of it with every test run; `python -m tests.bench.interleavings` runs
as much as one likes.
"""

import copy
import json

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from actions.applying import apply_proposal
from actions.columns import BY_KEY, cells_of
from actions.editing import Edit, save_cells, settle_held
from actions.merging import merge_names, merge_sets, merge_words
from actions.models import Action, HeldEdit
from actions.past import Point, changes_of_plan, newest_change, rows_seen
from actions.restoring import put_back_plan, put_back_row
from actions.services import add_action, move_action, place_action, remove_action, restore_action
from partners.models import Change
from partners.refusals import Refused
from partners.text import clean_text

PEOPLE = ("coordinator", "steering", "lead", "manager")
REMOVERS = PEOPLE[:3]
BOSSES = PEOPLE[:2]
WORDS = ("activity", "evidence", "resource_requirement")  # merged word by word
LINES = ("ref", "priority", "timescale_text", "status")  # never merged
KEYS = (*WORDS, *LINES, "leads", "contributors")
MOST_ROWS = 6


def merged(key, base, theirs, mine):
    if key in WORDS:
        both = merge_words(base, theirs, mine)
        # A cell that may not be empty cannot be merged to nothing.
        return None if both is None or (key == "activity" and not clean_text(both)) else clean_text(both)
    if key == "contributors":
        return merge_sets(base, theirs, mine)
    if key == "leads":
        return merge_names(base, theirs, mine)
    return None


class Plan:
    """What the plan should hold: rows with their cells, who is out of it, the order, and the edits set aside."""

    def __init__(self):
        self.cells, self.removed, self.order, self.held = {}, set(), [], []

    def save(self, row, who, seen, new):
        """The law of the editing door, said again in the shortest way."""
        for key, mine in new.items():
            theirs = self.cells[row][key]
            if mine == seen[key]:
                continue
            if row in self.removed:
                self.hold(row, key, who, mine)
            elif mine == theirs:
                continue
            elif seen[key] == theirs:
                self.cells[row][key] = mine
            elif (both := merged(key, seen[key], theirs, mine)) is not None:
                self.cells[row][key] = both
            else:
                self.hold(row, key, who, mine)

    def hold(self, row, key, who, mine):
        if (row, key, who, mine) not in self.held:
            self.held.append((row, key, who, mine))

    def move(self, row, past):
        target = self.order.index(past)
        self.order.remove(row)
        self.order.insert(target, row)

    def place(self, row, beside, below):
        if row != beside:
            self.order.remove(row)
            self.order.insert(self.order.index(beside) + below, row)

    def put_back(self, then):
        """As it was, except that rows added since are only taken out and keep their place behind another."""
        for row in self.order:
            if row not in then.order or row in then.removed:
                self.removed.add(row)
            else:
                self.removed.discard(row)
                self.cells[row] = copy.deepcopy(then.cells[row])
        behind, leader = {None: []}, None
        for row in self.order:
            if row in then.order:
                leader, behind[row] = row, []
            else:
                behind[leader].append(row)
        self.order = behind[None] + [each for row in then.order for each in (row, *behind[row])]


class Interleaving(RuleBasedStateMachine):
    """Give `world` before use; every example starts from it and leaves nothing behind."""

    world = None
    steps = 0  # of all examples together

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.plan, self.typed, self.number = Plan(), [], 0
        self.past = []  # (number of the newest change, the plan as it was)
        self.stood = {}  # row: [(position, whether a person put it there), …], oldest first

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # --- Beginnings and looks ---------------------------------------------------------------------------------------

    @initialize()
    def begin(self):
        world = self.world
        self.strategy = world.strategy
        for row in world.strategy.actions.order_by("position"):
            self.give_to_council(row)
            self.take_in(row)
        for _ in range(2):
            self.new_row(None)
        self.note_places()
        self.looks = {}
        for who in PEOPLE:
            self.look(who)
        self.remember(newest_change(self.strategy))

    def give_to_council(self, row):
        """So that all four may edit it; and its officers are nobody's accounts."""
        seen = cells_of(row)
        edits = {"lead_organisation": Edit(seen["lead_organisation"], self.world.council.pk)}
        edits["leads"] = Edit(seen["leads"], "Ann\nBen")
        save_cells(action=row, edits=edits, by=self.world.coordinator)

    def take_in(self, row, after=None):
        self.plan.cells[row.pk] = self.cells_in_database(row)
        place = self.plan.order.index(after) + 1 if after else len(self.plan.order)
        self.plan.order.insert(place, row.pk)

    def new_row(self, after):
        world = self.world
        cells = {
            "activity": f"alpha beta {self.token()} gamma delta epsilon", "evidence": "one two three four five six",
            "aim": world.aim.pk, "lead_organisation": world.council.pk, "leads": "Ann\nBen\nCat",
        }  # fmt: skip
        behind = Action.objects.get(pk=after) if after else None
        row = add_action(strategy=world.strategy, cells=cells, by=world.coordinator, after=behind)
        self.take_in(row, after)
        return row

    def token(self):
        self.number += 1
        return f"w{self.number}w"

    @rule(who=st.sampled_from(PEOPLE))
    def look(self, who):
        """Somebody loads the page: what they do next is done from what they see now."""
        self.looks[who] = {
            row.pk: {**copy.deepcopy(self.plan.cells[row.pk]), "version": row.version, "position": row.position}
            for row in self.strategy.actions.all()
        }
        self.looks[who]["newest"] = newest_change(self.strategy)

    def remember(self, newest):
        self.past.append((newest, copy.deepcopy(self.plan)))

    # --- Editing ----------------------------------------------------------------------------------------------------

    def seen_row(self, who, data):
        rows = sorted(row for row in self.looks[who] if row != "newest")
        return data.draw(st.sampled_from(rows), label="row")

    def draw_new(self, key, seen, data):
        """What somebody makes of the value they see; words are told apart by a number of their own."""
        if key in WORDS:
            return clean_text(self.reworded(seen, data)) or self.token()
        if key == "priority":
            return data.draw(st.sampled_from(["", "high", "medium", "low"]))
        if key == "status":
            return data.draw(st.sampled_from(["", "green", "blue"]))
        if key == "ref":
            return self.token()
        if key == "timescale_text":
            return data.draw(st.sampled_from(["", "March 2027", "Phase 1: May 2027\nPhase 2: June 2027", "Ongoing"]))
        if key == "leads":
            return self.renamed(seen, data)
        return sorted(data.draw(st.sets(st.sampled_from([self.world.council.pk, self.world.trust.pk]))))

    def reworded(self, text, data):
        words = text.split(" ")
        place = data.draw(st.integers(0, len(words)), label="place")
        drop = data.draw(st.integers(0, 2), label="words dropped")
        new = [] if drop and data.draw(st.booleans()) else [self.token()]
        return " ".join([*words[:place], *new, *words[place + drop :]])

    def renamed(self, names, data):
        names = [name for name in names if data.draw(st.integers(0, 3)) or len(names) < 2]
        place = data.draw(st.integers(0, len(names)))
        return [*names[:place], self.token(), *names[place:]][:8]

    @rule(who=st.sampled_from(PEOPLE), data=st.data())
    def edit(self, who, data):
        row = self.seen_row(who, data)
        seen = self.looks[who][row]
        keys = data.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True), label="columns")
        new = {key: self.draw_new(key, seen[key], data) for key in keys}
        self.save(row, who, seen, new)

    @rule(data=st.data())
    def two_edit_the_same_words_at_once(self, data):
        """Both from what stands there now: the second one merges or is held."""
        first, second = data.draw(st.permutations(PEOPLE))[:2]
        self.look(first), self.look(second)
        row, key = self.seen_row(first, data), data.draw(st.sampled_from((*WORDS, "leads")))
        for who in (first, second):
            seen = self.looks[who][row]
            self.save(row, who, seen, {key: self.draw_new(key, seen[key], data)})

    def save(self, row, who, seen, new):
        edits = {key: Edit(_as_carried(key, seen[key]), _as_typed(key, value)) for key, value in new.items()}
        save_cells(action=Action(pk=row, strategy=self.strategy), edits=edits, by=self.world.people[who])
        self.plan.save(row, who, seen, new)
        self.typed += [(key, word) for key, value in new.items() for word in _tokens(value) - _tokens(seen[key])]

    @rule(who=st.sampled_from(BOSSES), data=st.data())
    def bring_a_file_in(self, who, data):
        """A file that was read when this person last looked is applied now."""
        rows = []
        for _ in range(data.draw(st.integers(1, 2))):
            row = self.seen_row(who, data)
            seen = self.looks[who][row]
            keys = data.draw(st.lists(st.sampled_from((*WORDS, "priority", "leads")), min_size=1, unique=True))
            rows.append((row, seen, {key: self.draw_new(key, seen[key], data) for key in keys}))
        proposal = {"newest": 10**9, "rows": [_proposed(*one) for one in rows]}
        apply_proposal(strategy=self.strategy, proposal=proposal, by=self.world.people[who])
        for row, seen, new in rows:
            self.plan.save(row, who, seen, new)
            self.typed += [(key, word) for key, value in new.items() for word in _tokens(value) - _tokens(seen[key])]

    @precondition(lambda self: self.plan.held)
    @rule(who=st.sampled_from(PEOPLE), settle=st.sampled_from(["mine", "theirs", "together"]), data=st.data())
    def decide_about_a_held_edit(self, who, settle, data):
        index = data.draw(st.integers(0, len(self.plan.held) - 1))
        row, key, author, mine = self.plan.held[index]
        held = next(
            one
            for one in HeldEdit.objects.filter(action=row, column=key, by=self.world.people[author], settled=None)
            if _plain(key, one.mine) == mine
        )
        stored = self.plan.cells[row][key]
        is_late = data.draw(st.booleans(), label="decided from what they last saw")
        seen = self.looks[who].get(row, self.plan.cells[row])[key] if is_late else stored
        words = self.draw_new(key, seen, data) if settle == "together" else None
        new = mine if settle == "mine" else words
        carried = {"seen": _as_carried(key, seen), "words": _as_typed(key, words) if words is not None else None}
        try:
            settle_held(held=held, settle=settle, by=self.world.people[who], **carried)
        except Refused:
            assert row in self.plan.removed and settle == "mine"
            return
        self.typed += [(key, word) for word in _tokens(words)] if settle == "together" else []
        self.settled(index, who, settle, seen, new)

    def settled(self, index, who, settle, seen, new):
        row, key, *_ = self.plan.held[index]
        stored = self.plan.cells[row][key]
        is_free = row not in self.plan.removed and stored in (seen, new)
        if settle == "theirs" or is_free:
            self.plan.held.pop(index)
            self.plan.cells[row][key] = stored if settle == "theirs" else new
        elif settle == "together":
            self.plan.hold(row, key, who, new)

    # --- Rows come, go and move ------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.plan.order) < MOST_ROWS)
    @rule(data=st.data())
    def add(self, data):
        self.new_row(data.draw(st.sampled_from([None, *self.plan.order]), label="after"))
        self.note_places()

    def note_places(self, moved=()):
        """Where rows have come to stand: those in `moved` by somebody's will, others because room was made."""
        for row, position in self.strategy.actions.values_list("pk", "position"):
            known = self.stood.setdefault(row, [])
            if not known or known[-1][0] != position:
                known.append((position, row in moved))

    def has_been_moved(self, row, seen):
        """Whether a person has moved the row since it last stood where somebody saw it."""
        for position, is_somebodys in reversed(self.stood[row]):
            if position == seen:
                return False
            if is_somebodys:
                return True
        return False

    @rule(who=st.sampled_from(REMOVERS), data=st.data(), has_looked=st.booleans())
    def remove(self, who, data, has_looked):
        if has_looked:
            self.look(who)
        row = self.seen_row(who, data)
        stored, seen = Action.objects.get(pk=row), self.looks[who][row]["version"]
        is_refused = not stored.removed and stored.version != seen
        try:
            remove_action(action=stored, by=self.world.people[who], seen=seen)
        except Refused:
            assert is_refused
        else:
            assert not is_refused
            self.plan.removed.add(row)

    @precondition(lambda self: self.plan.removed)
    @rule(who=st.sampled_from(REMOVERS), data=st.data())
    def restore(self, who, data):
        row = data.draw(st.sampled_from(sorted(self.plan.removed)))
        restore_action(action=Action.objects.get(pk=row), by=self.world.people[who])
        self.plan.removed.discard(row)

    @rule(who=st.sampled_from(BOSSES), data=st.data())
    def move(self, who, data):
        row, past = (data.draw(st.sampled_from(self.plan.order)) for _ in range(2))
        if row == past:
            return
        one, other = (Action.objects.get(pk=pk) for pk in (row, past))
        try:
            move_action(action=one, past=other, by=self.world.people[who])
        except Refused:
            assert {row, past} & self.plan.removed
        else:
            assert not {row, past} & self.plan.removed
            self.plan.move(row, past)
            self.note_places(moved={row})

    @rule(who=st.sampled_from(BOSSES), data=st.data(), below=st.booleans(), times=st.sampled_from([1, 1, 11]))
    def place(self, who, data, below, times):
        """Several times over, there is no room left between two rows and all must move."""
        row = self.seen_row(who, data)
        beside = data.draw(st.sampled_from(self.plan.order))
        third = data.draw(st.sampled_from(self.plan.order))
        for turn in range(times):
            moved = row if turn % 2 == 0 else third
            seen = self.looks[who][row]["position"] if turn == 0 else None
            self.place_once(who, moved, beside, below, seen)

    def place_once(self, who, row, beside, below, seen):
        stored, other = (Action.objects.get(pk=pk) for pk in (row, beside))
        is_refused = bool({row, beside} & self.plan.removed) or (
            row != beside and seen is not None and self.has_been_moved(row, seen)
        )
        where = {"after": other} if below else {"before": other}
        try:
            place_action(action=stored, by=self.world.people[who], seen=seen, **where)
        except Refused:
            assert is_refused
        else:
            assert not is_refused
            self.plan.place(row, beside, below)
            self.note_places(moved={row})

    # --- Putting back ------------------------------------------------------------------------------------------------

    @rule(who=st.sampled_from(BOSSES), data=st.data())
    def put_the_plan_back(self, who, data):
        """As it was after any of the steps before, by somebody who has just looked."""
        newest, then = data.draw(st.sampled_from(self.past), label="as it was")
        point = Point(change=changes_of_plan(self.strategy).get(pk=newest))
        seen = newest_change(self.strategy)
        result = put_back_plan(strategy=self.strategy, point=point, seen=seen, by=self.world.people[who])
        assert (result.left, result.held) == ([], [])
        self.plan.put_back(then)
        self.note_places(moved=set(self.plan.order))

    @rule(who=st.sampled_from(PEOPLE), data=st.data())
    def put_a_row_back(self, who, data):
        """By somebody who last looked a while ago: an edit like any other, with what they saw then."""
        row = self.seen_row(who, data)
        seen = self.looks[who][row]
        _, then = data.draw(st.sampled_from([one for one in self.past if row in one[1].cells] or [(0, self.plan)]))
        keys = (*WORDS, "ref", "priority", "leads")
        wanted = {key: copy.deepcopy(then.cells[row][key]) for key in keys}
        newest = self.looks[who]["newest"]
        if row in self.was_removed(newest):
            return
        put_back_row(
            action=Action.objects.get(pk=row), then={key: _as_typed(key, value) for key, value in wanted.items()},
            seen=newest, by=self.world.people[who],
        )  # fmt: skip
        self.plan.save(row, who, seen, wanted)

    def was_removed(self, newest):
        return {pk for pk, row in rows_seen(self.strategy, newest).items() if row["removed"]}

    # --- What must be true after every step --------------------------------------------------------------------------

    def cells_in_database(self, row):
        stored = cells_of(Action.objects.get(pk=row.pk))
        return {key: _plain(key, stored[key]) for key in KEYS}

    @invariant()
    def everything_agrees(self):
        Interleaving.steps += 1
        if not self.plan.order:
            return
        rows = list(self.strategy.actions.with_cells().order_by("position", "pk"))
        stored = {row.pk: cells_of(row) for row in rows}
        in_memory = {pk: {key: _plain(key, cells[key]) for key in KEYS} for pk, cells in stored.items()}
        assert in_memory == self.plan.cells, "the database and the model"
        assert [row.pk for row in rows] == self.plan.order, "the order"
        assert {row.pk for row in rows if row.removed} == self.plan.removed, "what is removed"
        newest = newest_change(self.strategy)
        self.history_tells_the_same(rows, stored, newest)
        held = list(HeldEdit.objects.filter(action__in=rows).select_related("by"))
        self.held_edits_are_kept(held)
        self.nothing_typed_is_lost(stored, held)
        self.remember(newest)

    def history_tells_the_same(self, rows, stored, newest):
        whole = {
            row.pk: stored[row.pk] | {"position": row.position, "removed": row.removed is not None} for row in rows
        }
        assert rows_seen(self.strategy, newest) == whole, "the database and its history"

    def held_edits_are_kept(self, held):
        names = {user.pk: name for name, user in self.world.people.items()}
        still = {(one.action_id, one.column, names[one.by_id], str(_plain(one.column, one.mine)))
                 for one in held if not one.settled}  # fmt: skip
        assert still == {(row, key, who, str(mine)) for row, key, who, mine in self.plan.held}, "what is set aside"

    def nothing_typed_is_lost(self, stored, held):
        told = Change.objects.filter(subject="action").values_list("after", flat=True)
        kept = json.dumps([list(stored.values()), [one.mine for one in held], list(told)])
        lost = [word for _, word in self.typed if word not in kept]
        assert not lost, "words that somebody was told are safe"


def _plain(key, value):
    return [one["name"] for one in value] if key == "leads" else value


def _as_carried(key, value):
    return [{"name": name, "user": None} for name in value] if key == "leads" else value


def _as_typed(key, value):
    return "\n".join(value) if key == "leads" else value


def _tokens(value):
    words = value if isinstance(value, list) else str(value).split()
    return {word for word in map(str, words) if word.startswith("w") and word.endswith("w") and len(word) > 2}


def _proposed(row, seen, new):
    """A changed row as the proposal of a file has it."""
    return {
        "change": "changed", "where": "Row 2", "action": row, "cells": {key: [seen[key], new[key]] for key in new},
        "values": {**new, "progress": ""}, "latest_update": None,
        "seen": {key: _as_carried(key, seen[key]) for key in KEYS},
    }  # fmt: skip


assert set(KEYS) <= set(BY_KEY)
