"""Dates and limits, the order of the parts, the partnership's own words, and figures from elsewhere."""

from datetime import date

import pytest

from partners.models import Act, Change
from partners.refusals import Refused
from tests.workforce.profiles.conftest import AS_AT
from workforce import profiles
from workforce.models import ContextFigure, ProfileSchedule
from workforce.profiles import KEYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def schedule(world):
    def set_(**how):
        return profiles.set_schedule(partnership=world.partnership, by=world.coordinator, **({"first": AS_AT} | how))

    return set_


def test_a_schedule_is_set_and_changed(schedule):
    schedule()
    schedule(months=3)
    assert ProfileSchedule.objects.get().months == 3
    changed = Change.objects.filter(subject="profileschedule", act=Act.CHANGED).get()
    assert (changed.field, changed.before, changed.after) == ("months", 6, 3)
    schedule(months=3)
    assert Change.objects.filter(subject="profileschedule", act=Act.CHANGED).count() == 1


@pytest.mark.parametrize(("given", "field"), [
    ({"months": 0}, "months"), ({"days_to_send": 181}, "days_to_send"),
    ({"partnership_threshold": 4}, "partnership_threshold"),
    ({"public_threshold": 9}, "public_threshold"), ({"days_to_send": 5, "remind_days": 6}, "remind_days"),
])  # fmt: skip
def test_what_would_not_work_or_would_show_too_much_is_refused(schedule, given, field):
    with pytest.raises(Refused) as refused:
        schedule(**given)
    assert refused.value.field == field
    assert refused.value.accepted


def keys_of(world):
    return [part.key for part in profiles.arrangement_of(world.partnership)]


def test_parts_stand_in_their_usual_order_until_somebody_arranges_them(world):
    assert keys_of(world) == list(KEYS)
    order = ["pay", "people"]
    profiles.arrange_parts(partnership=world.partnership, by=world.coordinator, order=order, left_out={"gap"})
    assert keys_of(world) == [*order, *(key for key in KEYS if key not in order)]
    assert [part.key for part in profiles.arrangement_of(world.partnership) if part.is_left_out] == ["gap"]


def test_arranging_again_the_same_changes_nothing(world):
    how = {"partnership": world.partnership, "by": world.coordinator, "order": ["pay"], "left_out": set()}
    profiles.arrange_parts(**how)
    before = Change.objects.count()
    profiles.arrange_parts(**how)
    assert Change.objects.count() == before


def test_words_stay_with_their_part(world):
    how = {"partnership": world.partnership, "by": world.coordinator}
    profiles.write_words(key="pay", words=" Pay rose\r\nin April. ", **how)
    profiles.arrange_parts(order=["pay"], left_out=set(), **how)
    assert profiles.arrangement_of(world.partnership)[0].words == "Pay rose\nin April."
    profiles.write_words(key="pay", words="", **how)
    changes = Change.objects.filter(subject="reportpart", field="words").values_list("before", "after")
    assert list(changes) == [("Pay rose\nin April.", ""), ("", "Pay rose\nin April.")]


def test_an_unknown_part_and_too_many_words_are_refused(world):
    how = {"partnership": world.partnership, "by": world.coordinator}
    for wrong in (
        lambda: profiles.arrange_parts(order=["weather"], left_out=set(), **how),
        lambda: profiles.arrange_parts(order=[], left_out={"weather"}, **how),
        lambda: profiles.write_words(key="weather", words="Fine", **how),
        lambda: profiles.write_words(key="pay", words="x" * 5001, **how),
    ):
        with pytest.raises(Refused):
            wrong()


@pytest.fixture
def figure(world):
    def set_(**how):
        given = {"kind": "unpaid_carers", "value": 11_400, "source": "Census 2021", "as_at": date(2021, 3, 21)}
        return profiles.set_context_figure(partnership=world.partnership, by=world.coordinator, **(given | how))

    return set_


def test_a_figure_from_elsewhere_is_set_changed_and_removed(world, figure):
    assert figure() == figure(value=11_500)
    assert ContextFigure.objects.get().value == 11_500
    lines = Change.objects.filter(subject="contextfigure").values_list("act", "field", "after")
    assert list(lines) == [("changed", "value", 11_500), ("added", "source", "Census 2021"), ("added", "value", 11_400)]
    profiles.remove_context_figure(figure=ContextFigure.objects.get(), by=world.coordinator)
    assert ContextFigure.objects.count() == 0
    assert Change.objects.filter(subject="contextfigure", act=Act.REMOVED).get().before["kind"] == "unpaid_carers"


@pytest.mark.parametrize(("given", "words"), [({"source": " "}, "Where does"), ({"kind": "robots"}, "no such figure")])
def test_a_figure_needs_a_kind_and_a_source(figure, given, words):
    with pytest.raises(Refused, match=words):
        figure(**given)
