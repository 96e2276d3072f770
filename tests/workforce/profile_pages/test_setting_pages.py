"""Parts in order, words beside them, the schedule, and published figures."""

import pytest

from partners.models import Change
from workforce import profile_parts, profiles
from workforce.models import ContextFigure, ProfileSchedule
from workforce.reporting.parts import OUTLINES

SEEN = '{"words": ""}'  # as the form carries it
KEYS = [outline.key for outline in OUTLINES]
SCHEDULE = {
    "is_on": "on", "first_day": "30", "first_month": "9", "first_year": "2025", "months": "6", "days_to_send": "30",
    "remind_days": "10", "partnership_threshold": "5", "public_threshold": "10",
}  # fmt: skip
FIGURE = {
    "kind": "unpaid_carers", "value": "12,400", "source": "Census 2021", "as_at_day": "21", "as_at_month": "March",
    "as_at_year": "2021",
}  # fmt: skip


def order(world):
    return [part.key for part in profile_parts.parts_in_order(world.partnership)]


# --- Parts ----------------------------------------------------------------------------------------------------------


def test_all_sixteen_parts_stand_in_their_usual_order(read, world):
    page = read("coordinator", "parts/")
    assert order(world) == KEYS and len(KEYS) == 16
    assert [page.index(f'id="{key}"') for key in KEYS] == sorted(page.index(f'id="{key}"') for key in KEYS)


def test_a_part_goes_up_and_down_and_the_button_keeps_the_focus(world, as_):
    client, there = as_("coordinator"), "/p/marlbrook/workforce/profile/parts/"
    answer = client.post(there, {"up": KEYS[2]})
    assert order(world)[:3] == [KEYS[0], KEYS[2], KEYS[1]] and answer.url == f"{there}#up-{KEYS[2]}"
    answer = client.post(there, {"up": KEYS[2]})
    assert order(world)[0] == KEYS[2] and answer.url == f"{there}#down-{KEYS[2]}"
    client.post(there, {"down": KEYS[2]})
    assert order(world)[:2] == [KEYS[0], KEYS[2]]


@pytest.mark.parametrize(("pressed", "key"), [("up", KEYS[0]), ("down", KEYS[-1]), ("up", "nothing")])
def test_a_button_that_leads_nowhere_changes_nothing(world, read, pressed, key):
    read.post("coordinator", "parts/", {pressed: key})
    assert order(world) == KEYS


def test_moving_a_part_keeps_what_was_ticked_meanwhile(world, read):
    read.post("coordinator", "parts/", {"up": KEYS[3], "left_out": ["pay", "gap"]})
    left_out = {part.key for part in profile_parts.parts_in_order(world.partnership) if part.is_left_out}
    assert left_out == {"pay", "gap"}
    assert read("coordinator", "parts/").count(" checked>") == 2


def test_words_are_written_and_kept(world, read):
    answer = read.post("coordinator", "parts/pay/", {"words": "We pay the <real> living wage.", "seen": SEEN})
    assert "The words of “Pay” have been saved." in answer.content.decode()
    assert "We pay the &lt;real&gt; living wage." in read("coordinator", "parts/pay/")
    assert Change.objects.filter(by=world.coordinator, field="words").exists()


def test_words_that_somebody_else_wrote_meanwhile_are_not_lost(world, read):
    read.post("coordinator", "parts/pay/", {"words": "First.", "seen": SEEN})
    answer = read.post("coordinator", "parts/pay/", {"words": "Second.", "seen": SEEN}).content.decode()
    assert "Somebody else changed these words" in answer and "First." in answer and "Second." in answer
    assert profiles.arrangement_of(world.partnership)[6].words == "First."


def test_too_many_words_are_refused_and_kept_in_the_form(read):
    answer = read.post("coordinator", "parts/pay/", {"words": "x" * 5001}).content.decode()
    assert "At most 5000 are kept" in answer and "x" * 5001 in answer


def test_a_part_that_is_not_there_is_not_found(read):
    assert read.status("coordinator", "parts/zoo/") == 404


# --- Schedule -------------------------------------------------------------------------------------------------------


def test_the_schedule_is_set_and_shown_again(read, world):
    answer = read.post("coordinator", "schedule/", SCHEDULE | {"months": "3"})
    assert "The schedule has been saved." in answer.content.decode()
    assert ProfileSchedule.objects.get().months == 3
    assert 'value="3"' in read("coordinator", "schedule/")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"months": "0"}, "Months between reports must be a whole number from 1 to 24"),
        ({"months": "half"}, "Months between reports must be a whole number from 1 to 24"),
        ({"partnership_threshold": "4"}, "must be a whole number from 5 to 100"),
        ({"public_threshold": "9"}, "must be a whole number from 10 to 100"),
        ({"remind_days": "31"}, "The reminder would go out before the date that is described"),
        ({"partnership_threshold": "20"}, "Everybody cannot be shown smaller counts than members are"),
        ({"first_month": ""}, "The date needs a month as well"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_beside_its_field(read, given, sentence):
    assert sentence in read.post("coordinator", "schedule/", SCHEDULE | given).content.decode()
    assert not ProfileSchedule.objects.exists()


# --- Published figures ----------------------------------------------------------------------------------------------


def test_a_published_figure_is_added_changed_and_removed(read):
    assert "The number has been added." in read.post("coordinator", "context/add/", FIGURE).content.decode()
    figure = ContextFigure.objects.get()
    assert figure.value == 12400 and "12,400" in read("manager", "context/")
    answer = read.post("coordinator", f"context/{figure.pk}/", {"value": "13000", "source": "Census 2021, revised"})
    assert "Unpaid carers has been saved." in answer.content.decode()
    figure.refresh_from_db()
    assert (figure.value, figure.source) == (13000, "Census 2021, revised")
    assert "It stays in the history" in read("coordinator", f"context/{figure.pk}/remove/")
    read.post("coordinator", f"context/{figure.pk}/remove/")
    assert not ContextFigure.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value": "many"}, "The number must be a whole number"),
        ({"kind": ""}, "Answer the question “Whom does it count?”"),
        ({"source": " "}, "Answer the question “Where was it published?”"),
        ({"as_at_year": "2190"}, "This date is in the future"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_beside_its_field(read, given, sentence):
    assert sentence in read.post("coordinator", "context/add/", FIGURE | given).content.decode()
    assert not ContextFigure.objects.exists()


def test_a_second_figure_of_the_same_kind_and_day_is_refused(read):
    read.post("coordinator", "context/add/", FIGURE)
    answer = read.post("coordinator", "context/add/", FIGURE | {"value": "5"}).content.decode()
    assert "There is a number of this kind and day already" in answer
    assert ContextFigure.objects.get().value == 12400


@pytest.mark.parametrize("path", ["parts/", "parts/pay/", "schedule/", "context/add/"])
def test_readers_and_releasers_put_nothing_in_order(read, path):
    for who in ("steering", "manager", "steward"):
        assert read.status(who, path) == 403
        assert read.post(who, path, SCHEDULE | FIGURE).status_code == 403
    assert "Add a number" not in read("steering", "context/")
