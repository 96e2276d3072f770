"""What the table asks one cell or row at a time, and how it is answered."""

import json
from uuid import uuid4

import pytest

from actions import services
from actions.editing import Edit, save_cells
from actions.models import Action, HeldEdit
from partners.models import Change, Via
from partners.services import add_member, end_membership


@pytest.fixture
def cell(as_, world):
    """`cell("manager", row, "evidence", "", "A list")` sends one cell as the table's script does."""

    def send(who, row, column, seen, new, /, **more):
        fields = {
            "column": column, "seen": json.dumps(seen), "new": json.dumps(new), "once": str(uuid4()),
            "person": world.people[who].pk, "columns": "ref,activity,evidence,status",
        }  # fmt: skip
        address = f"/p/marlbrook/actions/{row.pk}/cells/"
        return as_(who).post(address, fields | more, headers={"Accept": "application/json"})

    return send


def stored(row):
    return Action.objects.get(pk=row.pk)


def test_a_cell_is_saved_and_the_row_comes_back_as_it_stands(cell, world):
    answer = cell("manager", world.row, "evidence", "", "A list").json()
    assert (answer["result"], answer["before"], answer["after"]) == ("saved", "", "A list")
    assert 'data-c="evidence" data-label="Evidence">A list</td>' in answer["row"]
    assert 'data-c="priority"' not in answer["row"]  # only the columns that the page shows
    change = Change.objects.filter(subject="action", subject_id=world.row.pk, field="evidence").get()
    assert (change.via, change.by) == (Via.TABLE, world.manager)


KINDS = [
    ("ref", "1", "1a", "1a"),
    ("expected_outcome", "", "Better\ncare", "Better\ncare"),
    ("priority", "", "high", "high"),
    ("status", "", "red", "red"),
    ("timescale_text", "March 2027", "June 2027", "June 2027"),
]


@pytest.mark.parametrize(("column", "seen", "new", "kept"), KINDS)
def test_each_kind_of_words_and_choice(cell, world, column, seen, new, kept):
    assert cell("manager", world.row, column, seen, new).json()["result"] == "saved"
    assert getattr(stored(world.row), column) == kept


def test_references_and_people(cell, world):
    assert cell("manager", world.row, "aim", world.aim.pk, world.second_aim.pk).json()["result"] == "saved"
    assert cell("manager", world.row, "contributors", [], [world.trust.pk]).json()["result"] == "saved"
    seen = [{"name": "Workforce Manager", "user": world.manager.pk}]
    answer = cell("manager", world.row, "leads", seen, ["Workforce Manager", "A post"]).json()
    assert answer["stored"] == [*seen, {"name": "A post", "user": None}]
    row = stored(world.row)
    assert (row.aim, list(row.contributors.all())) == (world.second_aim, [world.trust])


def test_two_people_in_one_cell_the_second_is_shown_both_and_hers_is_held(cell, world):
    cell("manager", world.row, "evidence", "", "Theirs")
    answer = cell("coordinator", world.row, "evidence", "", "Mine")
    said = answer.json()
    assert (answer.status_code, said["result"], said["stored"]) == (409, "held", "Theirs")
    assert "Evidence was changed while you were typing." in said["panel"] and "Use mine" in said["panel"]
    held = HeldEdit.objects.get()
    assert (held.pk, held.mine, held.by) == (said["held"], "Mine", world.coordinator)


def test_words_that_keep_clear_of_each_other_are_put_together_and_said(cell, world):
    base = "Map leadership courses"
    cell("manager", world.row, "activity", base, "Quickly map leadership courses")
    answer = cell("coordinator", world.row, "activity", base, "Map leadership seminars").json()
    assert answer["result"] == "merged"
    assert "put together with what Workforce Manager wrote" in answer["say"]
    assert stored(world.row).activity == "Quickly map leadership seminars"


def test_a_save_that_had_nothing_to_do_has_nothing_to_do_later(cell, world):
    """Its first copy hung on the way; its second found the words in the plan; then somebody put the old ones back."""
    once = str(uuid4())
    cell("coordinator", world.row, "evidence", "", "Mine")
    assert cell("manager", world.row, "evidence", "", "Mine", once=once).json()["result"] == "same"
    cell("coordinator", world.row, "evidence", "Mine", "")
    assert cell("manager", world.row, "evidence", "", "Mine", once=once).json()["result"] == "same"
    assert Action.objects.get(pk=world.row.pk).evidence == ""
    assert cell("manager", world.row, "evidence", "", "Mine").json()["result"] == "saved"  # the control: a new save


def test_the_same_save_sent_twice_is_done_once(cell, world):
    once = str(uuid4())
    assert cell("manager", world.row, "evidence", "", "Mine", once=once).json()["result"] == "saved"
    cell("coordinator", world.row, "evidence", "Mine", "")  # Somebody takes it back before the second arrives.
    assert cell("manager", world.row, "evidence", "", "Mine", once=once).json()["result"] == "saved"
    assert stored(world.row).evidence == ""
    assert not HeldEdit.objects.exists()


def test_control_under_another_number_it_is_a_second_save(cell, world):
    cell("manager", world.row, "evidence", "", "Mine")
    cell("coordinator", world.row, "evidence", "Mine", "")
    cell("manager", world.row, "evidence", "", "Mine")
    assert stored(world.row).evidence == "Mine"


def test_a_merge_sent_again_is_told_again_with_what_stood_there(cell, world):
    base, once = "Map leadership courses", str(uuid4())
    cell("manager", world.row, "activity", base, "Quickly map leadership courses")
    sent = ("coordinator", world.row, "activity", base, "Map leadership seminars")
    first = cell(*sent, once=once).json()
    cell("lead", world.row, "activity", first["after"], "Something else")
    again = cell(*sent, once=once).json()
    told = ("result", "say", "before", "after")
    assert [again[key] for key in told] == [first[key] for key in told]
    assert (again["after"], again["stored"]) == ("Quickly map leadership seminars", "Something else")


def test_a_save_that_found_nothing_to_do_says_so_when_it_is_sent_again(cell, world):
    once = str(uuid4())
    cell("manager", world.row, "evidence", "", "The same")
    answers = [cell("coordinator", world.row, "evidence", "", "The same", once=once).json() for _ in range(2)]
    assert [answer["result"] for answer in answers] == ["same", "same"]


def test_a_held_edit_sent_twice_is_held_once(cell, world):
    cell("manager", world.row, "evidence", "", "Theirs")
    once = str(uuid4())
    answers = [cell("coordinator", world.row, "evidence", "", "Mine", once=once).json() for _ in range(2)]
    assert [answer["result"] for answer in answers] == ["held", "held"]
    assert HeldEdit.objects.count() == 1


def test_a_row_removed_meanwhile_keeps_the_words(cell, world):
    services.remove_action(action=world.row, by=world.coordinator)
    answer = cell("manager", world.row, "evidence", "", "Late words").json()
    assert (answer["result"], answer["gone"]) == ("removed", world.row.pk)
    assert HeldEdit.objects.get().mine == "Late words"


def test_a_right_taken_away_a_second_ago(cell, world):
    end_membership(membership=world.manager.memberships.get(), by=world.coordinator)
    assert cell("manager", world.row, "evidence", "", "Mine").status_code == 404
    assert cell("trust_manager", world.row, "evidence", "", "Mine").status_code == 403
    assert stored(world.row).evidence == ""


def test_nothing_is_saved_in_the_name_of_somebody_else_who_has_signed_in(cell, world):
    answer = cell("coordinator", world.row, "evidence", "", "The manager's", person=world.manager.pk)
    assert (answer.status_code, answer.json()["result"]) == (409, "other-person")
    assert stored(world.row).evidence == ""


BAD = [
    ({"column": "nothing"}, "could not be read"),
    ({"column": "partnership"}, "could not be read"),
    ({"new": "{"}, "could not be read"),
    ({"new": "[1]"}, "could not be read"),
    ({"new": '{"a": 1}'}, "could not be read"),
    ({"once": "x"}, "could not be read"),
    ({"person": ""}, "could not be read"),
    ({"new": json.dumps("x" * 5001)}, "At most 5,000 are kept"),
    ({"column": "activity", "new": '""'}, "Activity is empty"),
    ({"column": "status", "new": '"purple"'}, "is not a status"),
    ({"column": "aim", "new": "999999"}, "not one of this plan's"),
    ({"column": "aim", "new": "null"}, "hangs on nothing"),
    ({"column": "contributors", "new": '["x"]'}, "could not be read"),
    ({"column": "leads", "new": "[1]"}, "could not be read"),
    ({"column": "leads", "new": json.dumps(["x"] * 2 + [str(n) for n in range(30)])}, "Name at most 20"),
]


@pytest.mark.parametrize(("wrong", "sentence"), BAD, ids=lambda value: str(value)[:40])
def test_what_cannot_be_saved_is_answered_with_a_sentence(cell, world, wrong, sentence):
    before = Change.objects.count()
    seen = {"aim": world.aim.pk, "activity": world.row.activity}.get(wrong.get("column"), "")
    answer = cell("manager", world.row, "evidence", seen, "Mine", **wrong)
    assert answer.status_code == 422 and sentence in answer.json()["say"]
    assert Change.objects.count() == before


NONSENSE = ["", "{", "5", "[]", '{"a": []}', '"\\ud800"', "[" * 3000, "null", '"' + "x" * 100_000 + '"']


@pytest.mark.parametrize("seen", NONSENSE, ids=lambda seen: seen[:12])
@pytest.mark.parametrize("column", ["evidence", "status", "aim", "leads"])
def test_whatever_is_said_to_have_been_seen_nothing_is_overwritten_and_nothing_breaks(cell, world, column, seen):
    new = {"aim": world.second_aim.pk, "leads": ["Me"], "status": "red"}
    theirs = {"evidence": Edit("", "Theirs"), "status": Edit("", "green")}
    save_cells(action=world.row, edits=theirs, by=world.coordinator)
    answer = cell("manager", world.row, column, None, new.get(column, "Mine"), seen=seen)
    assert answer.status_code in (409, 422)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "{{ 7000|add:7 }}"])
def test_hostile_words_come_back_as_words(cell, world, words):
    cell("manager", world.row, "evidence", "", "Theirs")
    saved = cell("manager", world.row, "activity", world.row.activity, words).json()
    held = cell("coordinator", world.row, "evidence", "", words).json()
    for html in (saved["row"], held["panel"]):
        assert "<script>" not in html and "<img" not in html and "7007" not in html


def test_signs_that_have_no_place_in_a_plan_are_left_out(cell, world):
    cell("manager", world.row, "evidence", "", "A\x00B\u202eC\r\nD  ")
    assert stored(world.row).evidence == "ABC\nD"


# --- Places and new rows -------------------------------------------------------------------------------------------


def place(client, row, beside, where, seen=None):
    fields = {"beside": beside.pk, "where": where} | ({"seen": seen} if seen is not None else {})
    return client.post(f"/p/marlbrook/actions/{row.pk}/place/", fields, headers={"Accept": "application/json"})


def order(world):
    return list(world.strategy.actions.in_plan().in_order().values_list("ref", flat=True))


@pytest.mark.parametrize(("where", "expected"), [("after", ["2", "3", "1"]), ("before", ["2", "1", "3"])])
def test_a_row_is_put_beside_another(as_, world, where, expected):
    assert place(as_("coordinator"), world.row, world.shared_row, where).json()["result"] == "saved"
    assert order(world) == expected


def test_a_move_made_meanwhile_is_not_undone_unknowingly(as_, world):
    seen = world.row.position
    services.place_action(action=world.row, after=world.trust_row, by=world.steering)
    answer = place(as_("coordinator"), world.row, world.shared_row, "after", seen=seen)
    assert answer.status_code == 409 and "Steering Member moved this row meanwhile" in answer.json()["say"]
    assert order(world) == ["2", "1", "3"]


LONG = "9" * 5_000  # more digits than Python reads


@pytest.mark.parametrize("beside", ["", "x", "999999", LONG])
def test_a_place_beside_nothing_is_refused(as_, world, beside):
    answer = as_("coordinator").post(
        f"/p/marlbrook/actions/{world.row.pk}/place/", {"beside": beside, "where": "after"}
    )
    assert answer.status_code == 422


PLAN = "/p/marlbrook/plan/joint-strategy/"
WITHOUT_END = {  # where such a number is read: the module, and a request that brings one
    "a place": ("actions.cell_views", lambda ask, row: ask.post(f"{row}place/", {"beside": LONG, "where": "after"})),
    "what was seen": ("actions.cell_views", lambda ask, row: ask.post(f"{row}place/", {"seen": LONG})),
    "people": ("actions.forms", lambda ask, row: ask.post(f"{row}comment/", {"people": LONG, "words": ""})),
    "an aim": ("actions.columns", lambda ask, row: ask.post(f"{row}restore/", {"aim": LONG})),
    "a notice": ("reviews.views", lambda ask, row: ask.post("/p/marlbrook/notices/read/", {"notice": LONG})),
    "a page": ("actions.history_views", lambda ask, row: ask.get(f"{PLAN}history/", {"before": LONG})),
    "a version": ("actions.live_views", lambda ask, row: ask.get(f"{PLAN}live/", {"since": LONG})),
    "where one is": ("actions.live_views", lambda ask, row: ask.post(
        f"{PLAN}presence/", {"tab": str(uuid4()), "row": LONG}
    )),
    "rows": ("actions.batch_forms", lambda ask, row: ask.get(f"{PLAN}change-many/", {"rows": LONG})),
}  # fmt: skip


@pytest.fixture
def with_number_without_end(as_, world):
    services.remove_action(action=world.row, by=world.coordinator)
    return lambda ask: ask(as_("coordinator"), f"/p/marlbrook/actions/{world.row.pk}/")


@pytest.mark.parametrize(("module", "ask"), WITHOUT_END.values(), ids=WITHOUT_END)
def test_a_number_without_end_is_no_number(with_number_without_end, module, ask):
    assert with_number_without_end(ask).status_code not in (404, 500)


@pytest.mark.parametrize(("module", "ask"), WITHOUT_END.values(), ids=WITHOUT_END)
def test_control_read_as_it_is_a_number_without_end_would_be_an_error(
    with_number_without_end, monkeypatch, module, ask
):
    monkeypatch.setattr(f"{module}.number_in", lambda text: int(text) if text else None)
    with pytest.raises(ValueError, match="digits"):
        with_number_without_end(ask)


def test_a_milestone_without_end_is_no_milestone(as_, world):
    answer = as_("manager").post(f"/p/marlbrook/actions/{world.row.pk}/milestone-done/", {"place": LONG, "name": "x"})
    assert answer.status_code == 302


def test_a_row_is_added_below_under_the_same_aim_and_led_by_ones_own(as_, world):
    address = f"/p/marlbrook/actions/{world.shared_row.pk}/add-below/"
    answer = as_("manager").post(address, {"activity": "One more fair"}).json()
    added = Action.objects.get(pk=answer["id"])
    assert (added.activity, added.aim, added.lead_organisation) == ("One more fair", world.aim, world.council)
    assert order(world) == ["1", "2", "3", added.ref]
    assert as_("manager").post(address, {"activity": "  "}).status_code == 422


# --- Deciding --------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(cell, world):
    cell("manager", world.row, "evidence", "", "Theirs")
    cell("coordinator", world.row, "evidence", "", "Mine")
    return HeldEdit.objects.get()


def settle(client, held, **fields):
    address = f"/p/marlbrook/held/{held.pk}/settle/"
    return client.post(address, fields, headers={"Accept": "application/json"})


@pytest.mark.parametrize(("choice", "left"), [("theirs", "Theirs"), ("mine", "Mine"), ("together", "Theirs and mine")])
def test_a_decision_is_carried_out_and_the_row_comes_back(as_, world, held, choice, left):
    fields = {"settle": choice, "seen": '"Theirs"', "words": "Theirs and mine", "columns": "ref,evidence"}
    answer = settle(as_("coordinator"), held, **fields).json()
    assert stored(world.row).evidence == left and left in answer["row"]
    held.refresh_from_db()
    assert held.settled and held.settled_as == choice


def test_a_decision_about_words_that_changed_again_is_asked_once_more(as_, cell, world, held):
    cell("lead", world.row, "evidence", "Theirs", "A third")
    answer = settle(as_("coordinator"), held, settle="mine", seen='"Theirs"')
    assert answer.status_code == 409 and "A third" in answer.json()["panel"]
    held.refresh_from_db()
    assert stored(world.row).evidence == "A third" and held.settled is None


def test_deciding_twice_does_nothing_more(as_, cell, world, held):
    settle(as_("coordinator"), held, settle="mine", seen='"Theirs"')
    cell("lead", world.row, "evidence", "Mine", "A third")
    settle(as_("coordinator"), held, settle="mine", seen='"A third"')
    assert stored(world.row).evidence == "A third"


def test_words_typed_by_whoever_decides_second_are_not_lost(as_, world, held):
    settle(as_("coordinator"), held, settle="theirs", seen='"Theirs"')
    refused = settle(as_("lead"), held, settle="mine", seen='"Theirs"')
    assert refused.status_code == 422 and "Coordinator has decided about this meanwhile" in refused.json()["say"]
    settle(as_("lead"), held, settle="together", seen='"Theirs"', words="Theirs and more")
    assert stored(world.row).evidence == "Theirs and more"
    settle(as_("manager"), held, settle="together", seen='"Theirs"', words="Quite another text")
    assert HeldEdit.objects.filter(mine="Quite another text", settled=None).exists()


def test_too_long_a_text_made_of_both_comes_back_in_its_box(as_, held):
    fields = {"settle": "together", "seen": '"Theirs"', "words": "many words " * 600}
    page = as_("coordinator").post(f"/p/marlbrook/held/{held.pk}/settle/", fields)
    assert page.status_code == 422
    assert "many words many words" in page.content.decode() and "At most 5,000" in page.content.decode()


def test_a_right_lost_while_deciding_keeps_the_words(as_, world, held):
    end_membership(membership=world.lead.memberships.get(), by=world.coordinator)
    add_member(
        user=world.lead,
        partnership=world.partnership,
        role="observer",
        organisation=world.council,
        by=world.coordinator,
    )
    client = as_("lead")
    fields = {"settle": "together", "seen": '"Theirs"', "words": "A text of both"}
    page = client.post(f"/p/marlbrook/held/{held.pk}/settle/", fields)
    assert page.status_code == 403 and "/kept-words/" in page.content.decode()
    assert "A text of both" in client.get("/kept-words/").content.decode()


NO_OFFICERS = [{"name": 5, "user": None}, {"name": "A", "user": "x"}, {"name": "A" * 999, "user": 1}]


@pytest.mark.parametrize("officer", NO_OFFICERS, ids=lambda officer: str(officer)[:20])
def test_officers_that_could_never_have_been_seen_break_no_page(cell, as_, world, officer):
    cell("manager", world.row, "leads", [officer], ["Somebody new"])
    assert as_("manager").get(f"/p/marlbrook/actions/{world.row.pk}/").status_code == 200


def test_a_row_added_twice_by_one_request_is_there_once(as_, world):
    address, once = f"/p/marlbrook/actions/{world.row.pk}/add-below/", str(uuid4())
    ids = {as_("manager").post(address, {"activity": "One more", "once": once}).json()["id"] for _ in range(2)}
    assert len(ids) == 1 and world.strategy.actions.filter(activity="One more").count() == 1


def test_other_words_sent_for_a_row_that_was_added_before_are_answered_with_those_that_are_stored(as_, world):
    address, once = f"/p/marlbrook/actions/{world.row.pk}/add-below/", str(uuid4())
    answers = [
        as_("manager").post(address, {"activity": words, "once": once}).json()
        for words in ("One more", "One more fair")
    ]
    assert [(answer["result"], answer["stored"]) for answer in answers] == [("saved", "One more")] * 2
    assert "One more" in answers[1]["row"]


def test_a_row_that_was_added_and_removed_before_the_answer_came_is_said_to_be_gone(as_, world):
    address, sent = f"/p/marlbrook/actions/{world.row.pk}/add-below/", {"activity": "One more", "once": str(uuid4())}
    added = Action.objects.get(pk=as_("manager").post(address, sent).json()["id"])
    services.remove_action(action=added, by=world.coordinator)
    answer = as_("manager").post(address, sent)
    said = answer.json()
    assert (answer.status_code, said["result"], said["gone"], said["stored"]) == (409, "refused", added.pk, "One more")
    assert f"Row {added.ref} was added, and has been removed from the plan since." in said["say"]


def test_the_page_of_a_held_edit_and_of_a_decided_one(as_, world, held):
    client, address = as_("coordinator"), f"/p/marlbrook/held/{held.pk}/"
    assert "Use mine" in client.get(address).content.decode()
    assert "Use mine" not in as_("observer").get(address).content.decode()
    settle(client, held, settle="theirs", seen='"Theirs"')
    page = client.get(address).content.decode()
    assert "This has been decided" in page and "Use mine" not in page


def test_home_lists_what_waits_for_its_author_only(as_, world, held):
    assert f"/p/marlbrook/held/{held.pk}/" in as_("coordinator").get("/p/marlbrook/").content.decode()
    assert f"/p/marlbrook/held/{held.pk}/" not in as_("manager").get("/p/marlbrook/").content.decode()
