"""The plan as a board: a lane for each status, and moving a card from one to another."""

import re

import pytest

from actions import services
from actions.editing import Edit, save_cells
from actions.models import Action, HeldEdit
from tests.actions.test_pages import HOSTILE, PLAN, assert_harmless, in_days, many_rows, queries, row_url, when, words
from tests.world import add_row

BOARD = f"{PLAN}board/"


def lanes(answer):
    """{status: references of its cards}, as the page has them."""
    page = answer.content.decode()
    found = re.findall(r'data-status="(\w+)">(.*?)</section>', page, re.DOTALL)
    return {key: re.findall(r'card__head"><a[^>]*>([^<]*)</a>', inside) for key, inside in found}


def move(client, row, to, seen="none", back="", **how):
    sent = {"status": to, "seen": seen, "back": back}
    return client.post(row_url(row, "status/"), sent, **how)


def status_of(row):
    return Action.objects.get(pk=row.pk).status


def test_each_row_is_a_card_in_the_lane_of_its_status(as_, world):
    add_row(world, ref="R", activity="In trouble", status="red")
    add_row(world, ref="B", activity="Done", status="blue")
    shown = lanes(as_("observer").get(BOARD))
    assert list(shown) == ["none", "green", "amber", "red", "blue"]
    assert shown == {"none": ["1", "2", "3"], "green": [], "amber": [], "red": ["R"], "blue": ["B"]}


def test_a_card_says_what_who_when_and_whether_it_is_late(as_, world):
    late = add_row(world, ref="L", activity="Overdue", timescale_text=when(in_days(-3)), leads="First Officer\nOther")
    page = as_("observer").get(BOARD).content.decode()
    card = page[page.index(f'id="card-{late.pk}"') :].partition("</li>")[0]
    for said in ("Overdue", "First Officer", "Council", f"Due {when(in_days(-3))}", ">Late<"):
        assert said in card
    assert ">Late<" not in page[page.index(f'id="card-{world.row.pk}"') :].partition("</li>")[0]


def test_the_board_is_filtered_and_sorted_as_the_table_is(as_, world):
    client = as_("manager")
    assert lanes(client.get(f"{BOARD}?sort=-ref"))["none"] == ["3", "2", "1"]
    assert lanes(client.get(f"{BOARD}?mine=on"))["none"] == ["1"]
    assert "No rows match" in words(client.get(f"{BOARD}?late=on"))
    links = client.get(f"{BOARD}?mine=on&sort=-ref").content.decode()
    assert f'href="{PLAN}timeline/?mine=on&amp;sort=-ref"' in links
    assert f'href="{BOARD}?mine=on&amp;sort=-ref" aria-current="page"' in links


def test_its_form_keeps_the_columns_of_the_table(as_, world):
    page = as_("observer").get(f"{BOARD}?columns=aim,status&freeze=2&group=officer").content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(was|freeze|group)" value="([^"]*)"', page))
    sent["show"] = re.findall(r'<input type="hidden" name="show" value="([^"]*)"', page)
    assert as_("observer").get(BOARD, sent).url == f"{BOARD}?group=officer&columns=aim,status&freeze=2"


def test_only_those_who_may_edit_a_row_are_offered_to_move_it(as_, world):
    def offered(who):
        return re.findall(r'action="/p/marlbrook/actions/(\d+)/status/"', as_(who).get(BOARD).content.decode())

    assert offered("observer") == []
    assert offered("manager") == [str(world.row.pk), str(world.shared_row.pk)]
    assert len(offered("coordinator")) == 3


def test_a_card_is_moved_and_one_comes_back_to_the_same_board(as_, world):
    answer = move(as_("manager"), world.row, "amber", back="mine=on&sort=-ref")
    assert answer.url == f"{BOARD}?mine=on&sort=-ref#card-{world.row.pk}"
    assert status_of(world.row) == "amber"
    again = move(as_("manager"), world.row, "none", seen="amber", follow=True)
    assert "is now Not reported." in words(again)
    assert status_of(world.row) == ""


def test_moving_to_where_it_is_changes_nothing(as_, world):
    assert "was Not reported already" in words(move(as_("manager"), world.row, "none", follow=True))


def test_a_card_that_somebody_else_moved_stays_and_the_choice_is_kept(as_, world):
    save_cells(action=world.row, edits={"status": Edit("", "red")}, by=world.coordinator)
    said = words(move(as_("manager"), world.row, "green", follow=True))
    assert "was not moved: Coordinator had set it to Off track" in said
    assert "Your choice, On track, is kept" in said
    assert status_of(world.row) == "red"
    held = HeldEdit.objects.get()
    assert (held.mine, held.by) == ("green", world.manager)


def test_a_card_of_a_row_that_was_removed_is_not_moved(as_, world):
    services.remove_action(action=world.row, by=world.coordinator)
    assert "was removed from the plan meanwhile" in words(move(as_("manager"), world.row, "green", follow=True))
    assert status_of(world.row) == ""


@pytest.mark.parametrize(("to", "seen"), [("purple", "none"), ("", "none"), ("green", "x"), ("green", "")])
def test_a_move_to_nowhere_says_where_to(as_, world, to, seen):
    said = words(move(as_("manager"), world.row, to, seen=seen, follow=True))
    assert "Choose one of the lanes: Not reported, On track" in said
    assert status_of(world.row) == ""


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/?x=1", "\r\nSet-Cookie: a=b", "a" * 9000, "%00"]
)
def test_the_way_back_leads_nowhere_else(as_, world, back):
    answer = move(as_("manager"), world.row, "amber", back=back)
    assert answer.url.startswith(BOARD)
    assert "\n" not in answer.url


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_words_on_a_card_are_words(as_, world, payload):
    add_row(world, ref=payload[:30], activity=payload, leads=payload, timescale_text=payload)
    assert_harmless(as_("manager").get(BOARD), payload)
    assert_harmless(as_("manager").get(BOARD, {"q": payload}))


def test_the_board_costs_the_same_queries_however_many_rows(as_, world):
    client = as_("manager")
    few = queries(client, BOARD)
    many_rows(world, 60)
    assert queries(client, BOARD) == few <= 13
