"""Where we are going: the strategy, what rows hang on, the principles, and who has signed up."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import services as actions
from partners.history import plain
from partners.models import Act, Change
from partners.permissions import Role
from partners.refusals import NotAllowed, Refused
from partners.services import add_member, start_partnership
from principles.frameworks import all_frameworks
from strategies import services
from strategies.models import Aim, SignUp, SignUpState, Strategy, Theme
from tests.actions.test_pages import words
from tests.world import add_row

HERE = "/p/marlbrook/strategy/"
PAGE = f"{HERE}joint-strategy/"


def start(world, title="Another", **more):
    dates = {"period_start": date(2030, 4, 1), "period_end": date(2033, 3, 31)}
    given_ = {"partnership": world.partnership, "by": world.coordinator} | dates | more
    return services.start_strategy(title=title, **given_)


def newest(subject):
    return Change.objects.filter(subject=subject._meta.model_name, subject_id=subject.pk).first()


def texts(headings):
    return [heading.text for heading in headings.filter(removed=None)]


# --- Starting and editing ------------------------------------------------------------------------------------------


def test_a_new_strategy_invites_every_partner_and_is_recorded(world):
    strategy = start(world, vision="Enough good people")
    assert {one.organisation for one in strategy.sign_ups.all()} == {world.council, world.trust}
    assert set(strategy.sign_ups.values_list("state", flat=True)) == {SignUpState.INVITED}
    line = newest(strategy)
    assert (line.act, line.by, line.after["title"]) == (Act.ADDED, world.coordinator, "Another")


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_that_ends_before_it_starts_is_refused_with_what_would_do(world, days):
    with pytest.raises(Refused) as refusal:
        start(world, period_start=date(2030, 4, 1), period_end=date(2030, 4, 1) + timedelta(days))
    assert (refusal.value.field, refusal.value.accepted) == ("period_end", "Choose a date after 1 April 2030.")
    with pytest.raises(Refused):
        edit(world, world.coordinator, period_end=date(2025, 4, 1))


@pytest.mark.parametrize("who", ["lead", "manager", "observer", "stranger", "foreigner"])
def test_only_those_who_may_start_or_edit_one(world, who):
    with pytest.raises(NotAllowed):
        start(world, by=world.people[who])
    with pytest.raises(NotAllowed):
        edit(world, world.people[who], vision="Mine")


@pytest.mark.parametrize("title", ["Start", "start", "Joint strategy", "Añejo!", "---", "x" * 200, "中文"])
def test_every_title_gets_an_address_that_opens(world, as_, title):
    strategy = start(world, title=title)
    page = as_("observer").get(f"{HERE}{strategy.slug}/")
    assert page.status_code == 200
    assert title in words(page)
    assert Strategy.objects.filter(slug=strategy.slug).count() == 1


def seen_of(strategy):
    strategy.refresh_from_db()
    return {field: plain(getattr(strategy, field)) for field in services.STRATEGY_FIELDS}


def edit(world, by, seen=None, **new):
    return services.edit_strategy(strategy=world.strategy, seen=seen or seen_of(world.strategy), new=new, by=by)


def test_an_edit_writes_and_records_only_what_changed(world):
    assert edit(world, world.coordinator, vision="Enough good people", scope="", title="Joint workforce strategy") == [
        "vision"
    ]
    line = newest(world.strategy)
    assert (line.field, line.before, line.after) == ("vision", "", "Enough good people")


def test_two_people_in_different_fields_are_both_saved(world):
    seen = seen_of(world.strategy)
    edit(world, world.coordinator, seen, vision="A vision")
    edit(world, world.steering, seen, scope="A scope")
    world.strategy.refresh_from_db()
    assert (world.strategy.vision, world.strategy.scope) == ("A vision", "A scope")


def test_one_field_and_two_people_is_refused_with_what_it_says_now(world):
    seen = seen_of(world.strategy)
    edit(world, world.coordinator, seen, vision="Theirs")
    with pytest.raises(Refused, match="Theirs") as refusal:
        edit(world, world.steering, seen, vision="Mine", scope="Mine too")
    assert refusal.value.field == "vision"
    assert seen_of(world.strategy)["scope"] == ""
    assert edit(world, world.steering, vision="Mine") == ["vision"]


def test_the_same_words_from_two_people_are_no_conflict(world):
    seen = seen_of(world.strategy)
    edit(world, world.coordinator, seen, vision="Ours")
    before = Change.objects.count()
    assert edit(world, world.steering, seen, vision="Ours") == []
    assert Change.objects.count() == before


def form_of(strategy):
    seen = seen_of(strategy)
    sent = {key: seen[key] for key in ("title", "vision", "scope")} | {"seen": json.dumps(seen)}
    for field in ("period_start", "period_end"):
        day = getattr(strategy, field)
        sent |= {f"{field}_day": day.day, f"{field}_month": day.month, f"{field}_year": day.year}
    return sent


def test_a_conflict_on_the_page_keeps_what_was_typed_and_can_be_decided(world, as_):
    opened = form_of(world.strategy)
    edit(world, world.steering, vision="Theirs")
    client = as_("coordinator")
    answer = client.post(f"{PAGE}edit/", opened | {"vision": "Mine", "scope": "Typed too"})
    read = words(answer)
    assert "Somebody else changed this" in read and "Theirs" in read
    assert "Mine" in read and "Typed too" in read
    assert seen_of(world.strategy)["vision"] == "Theirs"
    seen = unescape(re.search(r'name="seen" value="([^"]*)"', answer.content.decode())[1])
    assert client.post(f"{PAGE}edit/", opened | {"vision": "Mine", "seen": seen}).status_code == 302
    assert seen_of(world.strategy)["vision"] == "Mine"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": " "}, "Enter title"),
        ({"period_end_month": "13"}, "“13” is not a month"),
        ({"period_end_year": "2020"}, "The period ends before it starts. Choose a date after 1 April 2025."),
        ({"period_end_day": "31", "period_end_month": "2"}, "31 February 2029 is not a date"),
        ({"vision": "x" * 5001}, "5001 characters"),
    ],
)
def test_a_wrong_answer_gets_its_sentence_and_what_was_typed_stays(world, as_, sent, sentence):
    before = seen_of(world.strategy)
    answer = as_("coordinator").post(f"{PAGE}edit/", form_of(world.strategy) | {"scope": "Kept words"} | sent)
    assert sentence in words(answer)
    assert "Kept words" in words(answer)
    assert seen_of(world.strategy) == before


def test_starting_one_through_the_page(world, as_):
    sent = form_of(world.strategy) | {"title": "The next one"}
    answer = as_("steering").post(f"{HERE}start/", sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"{HERE}the-next-one/"
    assert as_("observer").get(HERE).status_code == 200  # with several, the choice


def test_without_a_strategy_only_those_who_may_are_asked_to_start(world, as_):
    assert as_("foreigner").get("/p/elsewhere/strategy/").url.endswith("far-strategy/")
    empty = start_partnership(name="Brand New", slug="brand-new")
    roles = {"coordinator": Role.COORDINATOR, "observer": Role.OBSERVER}
    for who, role in roles.items():
        add_member(user=world.people[who], partnership=empty, role=role, by=None)
    offered = {who: "strategy/start/" in as_(who).get("/p/brand-new/strategy/").content.decode() for who in roles}
    assert offered == {"coordinator": True, "observer": False}


# --- Aims, themes and principles -----------------------------------------------------------------------------------


def test_headings_come_last_numbered_and_recorded(world):
    aim = services.add_aim(strategy=world.strategy, text="Keep people", by=world.coordinator)
    assert (aim.position, str(aim)) == (3, "3. Keep people")
    line = newest(aim)
    assert (line.act, line.after["text"], line.by) == (Act.ADDED, "Keep people", world.coordinator)


def test_moving_renumbers_and_stops_at_the_ends(world):
    third = services.add_aim(strategy=world.strategy, text="Third", by=world.coordinator)
    services.move_heading(heading=third, step=-1, by=world.coordinator)
    services.move_heading(heading=third, step=-1, by=world.coordinator)
    services.move_heading(heading=third, step=-1, by=world.coordinator)
    assert texts(world.strategy.aims) == ["Third", "Grow our own staff", "Train together"]
    assert list(world.strategy.aims.values_list("position", flat=True)) == [1, 2, 3]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([-1, 1])), max_size=8))
def test_any_moves_are_those_of_a_list(world, moves):
    strategy = start(world, title="Moves")
    for text in "abcd":
        services.add_theme(strategy=strategy, text=text, by=world.coordinator)
    listed = list("abcd")
    for place, step in moves:
        heading = strategy.themes.get(text=listed[place])
        services.move_heading(heading=heading, step=step, by=world.coordinator)
        listed.insert(min(max(place + step, 0), 3), listed.pop(place))
    assert texts(strategy.themes) == listed
    assert list(strategy.themes.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_rewording_is_recorded_and_never_runs_over_other_words(world):
    services.reword_heading(heading=world.aim, seen="Grow our own staff", text="Grow our people", by=world.coordinator)
    line = newest(world.aim)
    assert (line.field, line.before, line.after) == ("text", "Grow our own staff", "Grow our people")
    with pytest.raises(Refused, match=r"It now says: “?Grow our people"):
        services.reword_heading(heading=world.aim, seen="Grow our own staff", text="Mine", by=world.steering)
    assert Aim.objects.get(pk=world.aim.pk).text == "Grow our people"


def test_a_conflict_about_a_heading_keeps_what_was_typed(world, as_):
    services.reword_heading(heading=world.aim, seen=world.aim.text, text="Theirs", by=world.steering)
    sent = {"text": "My own words", "seen": json.dumps({"text": "Grow our own staff"})}
    answer = as_("coordinator").post(f"{PAGE}aims/{world.aim.pk}/edit/", sent)
    assert "My own words" in words(answer) and "Theirs" in words(answer)
    assert Aim.objects.get(pk=world.aim.pk).text == "Theirs"


def test_an_aim_with_rows_stays_until_they_are_gone(world, as_):
    row = add_row(world, activity="The only one", aim=world.second_aim.pk)
    answer = as_("coordinator").post(f"{PAGE}aims/{world.second_aim.pk}/remove/", follow=True)
    assert "One row of the plan hangs on it." in words(answer)
    assert Aim.objects.get(pk=world.second_aim.pk).removed is None
    actions.remove_action(action=row, by=world.coordinator)
    services.remove_heading(heading=world.second_aim, by=world.coordinator)
    assert texts(world.strategy.aims) == ["Grow our own staff"]
    assert (newest(world.second_aim).act, newest(world.second_aim).before) == (Act.REMOVED, {"text": "Train together"})


def test_removing_renumbers_those_below(world):
    add_aim = services.add_aim
    third = add_aim(strategy=world.strategy, text="Third", by=world.coordinator)
    services.remove_heading(heading=world.second_aim, by=world.coordinator)
    third.refresh_from_db()
    assert third.position == 2
    assert add_aim(strategy=world.strategy, text="Fourth", by=world.coordinator).position == 3


def test_a_removed_heading_is_neither_moved_nor_reworded(world, as_):
    services.remove_heading(heading=world.second_aim, by=world.coordinator)
    with pytest.raises(Refused, match="removed"):
        services.move_heading(heading=world.second_aim, step=1, by=world.coordinator)
    with pytest.raises(Refused, match="removed"):
        services.reword_heading(heading=world.second_aim, seen="Train together", text="Back", by=world.coordinator)
    assert as_("coordinator").get(f"{PAGE}aims/{world.second_aim.pk}/edit/").status_code == 404


def test_themes_may_be_priorities_and_headings_are_added_through_the_page(world, as_):
    client = as_("coordinator")
    client.post(f"{PAGE}themes/add/", {"text": "Retention", "kind": "priority"})
    assert Theme.objects.get(text="Retention").kind == Theme.Kind.PRIORITY
    client.post(f"{PAGE}aims/add/", {"text": "A third aim"})
    assert texts(world.strategy.aims)[-1] == "A third aim"
    assert "A third aim" in words(client.get(PAGE))
    refused = client.post(f"{PAGE}aims/add/", {"text": "  "})
    assert "Write it in a sentence." in words(refused)


@pytest.mark.parametrize("kind", ["aim", "sign_ups", "actions", "x"])
def test_a_kind_of_heading_that_is_none_is_not_found(world, as_, kind):
    client = as_("coordinator")
    assert client.get(f"{PAGE}{kind}/add/").status_code == 404
    assert client.get(f"{PAGE}{kind}/{world.aim.pk}/edit/").status_code == 404
    assert client.get(f"{PAGE}aims/{world.aim.pk}/edit/").status_code == 200  # the control
    assert client.get(f"{PAGE}themes/{world.aim.pk + 1000}/edit/").status_code == 404
    assert client.get(f"{PAGE}aims/{world.far_aim.pk}/edit/").status_code == 404


def test_published_principles_are_adopted_once_in_our_wording(world, as_):
    framework = all_frameworks()["workforce-integration"]
    first, second, *_ = framework.principles
    client = as_("coordinator")
    chosen = [f"{framework.key}/{one.key}" for one in (first, second)]
    client.post(f"{PAGE}adopt/", {"chosen": chosen})
    assert texts(world.strategy.principles) == ["Work together", first.text, second.text]
    adopted = world.strategy.principles.get(text=first.text)
    assert (adopted.framework, adopted.statement) == (framework.key, first.key)
    assert newest(adopted).act == Act.ADDED
    again = client.post(f"{PAGE}adopt/", {"chosen": chosen[:1]})
    assert again.status_code == 200
    assert world.strategy.principles.count() == 3
    page = client.get(f"{PAGE}adopt/").content.decode()
    assert chosen[0] not in page and f"{framework.key}/{framework.principles[2].key}" in page


# --- Signing up ------------------------------------------------------------------------------------------------------


def sign(world, organisation, state, by, **more):
    return services.record_sign_up(strategy=world.strategy, organisation=organisation, state=state, by=by, **more)


def test_a_lead_signs_for_its_own_organisation_and_no_other(world):
    sign(world, world.council, "agreed", world.lead, note="Cabinet of May")
    with pytest.raises(NotAllowed):
        sign(world, world.trust, "agreed", world.lead)
    for who in (world.manager, world.observer, world.steering, world.foreigner):
        with pytest.raises(NotAllowed):
            sign(world, world.council, "declined", who)
    states = dict(world.strategy.sign_ups.values_list("organisation", "state"))
    assert states == {world.council.pk: "agreed", world.trust.pk: "invited"}
    assert sign(world, world.trust, "in_discussion", world.coordinator)


def test_every_answer_stays_in_the_history(world):
    sign_up = sign(world, world.council, "in_discussion", world.lead)
    sign(world, world.council, "agreed", world.lead)
    told = Change.objects.filter(subject="signup", subject_id=sign_up.pk, field="state").order_by("pk")
    assert [(line.before, line.after) for line in told] == [("invited", "in_discussion"), ("in_discussion", "agreed")]


def test_an_answer_that_is_none_or_of_tomorrow_is_refused(world):
    with pytest.raises(Refused) as refusal:
        sign(world, world.council, "perhaps", world.lead)
    assert refusal.value.field == "state" and "Agreed with conditions" in refusal.value.accepted
    with pytest.raises(Refused, match="not come yet"):
        sign(world, world.council, "agreed", world.lead, dated=timezone.localdate() + timedelta(days=1))


def test_two_people_about_one_sign_up_do_not_run_over_each_other(world, as_):
    sign_up = SignUp.objects.get(strategy=world.strategy, organisation=world.council)
    seen = {"state": sign_up.state, "dated": plain(sign_up.dated), "note": ""}
    sign(world, world.council, "agreed", world.coordinator, dated=sign_up.dated)
    day = sign_up.dated
    sent = {"state": "declined", "note": "My reasons", "seen": json.dumps(seen)}
    sent |= {"dated_day": day.day, "dated_month": day.month, "dated_year": day.year}
    answer = as_("lead").post(f"{PAGE}sign-up/{world.council.pk}/", sent)
    assert "Somebody else changed this" in words(answer) and "My reasons" in words(answer)
    sign_up.refresh_from_db()
    assert (sign_up.state, sign_up.note) == ("agreed", "")


def test_the_page_counts_who_has_agreed_conditions_included(world, as_):
    sign(world, world.council, "agreed_with_conditions", world.lead, note="Money")
    read = words(as_("observer").get(PAGE))
    assert "1 of 2 partners have agreed" in read
    assert "Agreed with conditions" in read and "Money" in read and "Invited" in read


@pytest.mark.parametrize("state", SignUpState)
def test_the_plan_works_wherever_a_partner_stands(world, as_, state):
    sign(world, world.trust, state, world.coordinator)
    client = as_("trust_manager")
    assert client.get("/p/marlbrook/plan/joint-strategy/").status_code == 200
    update = {"status": "green", "words": "Going well"}
    assert client.post(f"/p/marlbrook/actions/{world.trust_row.pk}/update/", update).status_code == 302
    world.trust_row.refresh_from_db()
    assert world.trust_row.status == "green"


@pytest.mark.parametrize("who", ["coordinator", "lead", "manager", "observer"])
def test_the_page_offers_only_what_somebody_may_do(world, as_, who):
    page = as_(who).get(PAGE).content.decode()
    assert (f"{PAGE}edit/" in page) is (who == "coordinator")
    assert (f"{PAGE}sign-up/{world.council.pk}/" in page) is (who in ("coordinator", "lead"))
    assert (f"{PAGE}sign-up/{world.trust.pk}/" in page) is (who == "coordinator")


def test_hostile_words_are_shown_as_words(world, as_):
    payload = "<script>alert(1)</script>"
    edit(world, world.coordinator, title=payload, vision=payload, scope=payload)
    for add in (services.add_aim, services.add_theme, services.adopt_principle):
        add(strategy=world.strategy, text=payload, by=world.coordinator)
    sign(world, world.council, "agreed", world.lead, note=payload)
    client = as_("coordinator")
    for page in (PAGE, f"{PAGE}edit/", f"{PAGE}sign-up/{world.council.pk}/", HERE, "/p/marlbrook/"):
        answer = client.get(page, follow=True)
        assert "<script>alert" not in answer.content.decode()
    assert words(client.get(PAGE)).count(payload) >= 7
