"""Calendar feeds: what stands in one, who may read it and how long, and the page that makes and stops them."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from actions import calendars
from actions.columns import READING
from actions.editing import Edit, save_cells
from actions.models import CalendarFeed
from actions.saved_views import change_view, delete_view, save_view
from actions.services import add_action, post_update, remove_action, restore_action
from partners.models import Change, Membership
from partners.refusals import NotAllowed, Refused
from partners.services import add_member, end_membership
from strategies.services import add_aim, start_strategy
from tests.actions.test_pages import HOSTILE, PLAN, assert_harmless, queries, words
from tests.world import add_row

PAGE = "/p/marlbrook/calendar/"


def made(world, who="manager", rows="mine", **how):
    """The path of a new feed's address."""
    return f"/c/{calendars.make_feed(partnership=world.partnership, by=world.people[who], rows=rows, **how)[1]}.ics"


def view_of(world, by="manager", query="late=on", **how):
    return save_view(strategy=world.strategy, name="Ours and late", query=query, by=world.people[by], **how)


def read(path, **headers):
    return Client().get(path, headers=headers)


def events(path):
    answer = read(path)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).events)


def titles(path):
    return [str(event["SUMMARY"]) for event in events(path)]


def save(row, **cells):
    row.refresh_from_db()
    edits = {
        key: Edit(READING.stored(row) if key == "reading" else getattr(row, key), new) for key, new in cells.items()
    }
    save_cells(action=row, edits=edits, by=None)
    row.refresh_from_db()


# --- What stands in it -------------------------------------------------------------------------------------------


def test_a_person_reads_the_rows_they_are_named_on(world):
    add_row(world, ref="4", activity="Somebody else’s", leads="Observer")
    assert titles(made(world)) == ["1 Map leadership courses: due"]


def test_with_the_organisations_rows_come_those_it_leads_and_contributes_to(world):
    add_row(world, ref="4", activity="Named only", leads="Workforce Manager", lead_organisation=world.trust.pk)
    assert [title[0] for title in titles(made(world, rows="ours"))] == ["1", "3", "4"]
    assert [title[0] for title in titles(made(world, "trust_manager", rows="ours"))] == ["2", "3", "4"]


def test_a_saved_view_shows_the_rows_that_it_shows_on_the_plan(world):
    add_row(world, ref="9", activity="Long past", timescale_text="May 2025", lead_organisation=world.trust.pk)
    path = made(world, rows="view", view=view_of(world, query="late=on"))
    assert titles(path) == ["9 Long past: due"]
    view_of(world, query=f"lead={world.trust.pk}&sort=-ref", replace=True)  # the same view, arranged anew
    assert [title[0] for title in titles(path)] == ["2", "3", "9"]


def test_mine_in_a_shared_view_means_whose_feed_it_is(world):
    view = view_of(world, by="lead", query="mine=on", shared=True)
    assert titles(made(world, "manager", rows="view", view=view)) == ["1 Map leadership courses: due"]
    assert titles(made(world, "observer", rows="view", view=view)) == []


def test_each_milestone_says_all_that_a_calendar_needs(world):
    world.manager.job_title = "Head of workforce"
    world.manager.save()
    save(world.row, timescale_text="Draft by 30/06/2026; report to board by 31/12/2026")
    draft, report = events(made(world))
    assert str(report["SUMMARY"]) == "1 Map leadership courses: report to board"
    assert (draft["DTSTART"].dt, report["DTSTART"].dt) == (date(2026, 6, 30), date(2026, 12, 31))
    assert str(report["URL"]).endswith(f"/p/marlbrook/actions/{world.row.pk}/")
    assert str(report["DESCRIPTION"]).split("\n") == [
        "Aim: 1. Grow our own staff",
        "Lead organisation: Council",
        "Responsible: Head of workforce",
        "Timescale as written: Draft by 30/06/2026; report to board by 31/12/2026",
    ]
    assert "Workforce Manager" not in read(made(world, rows="ours")).content.decode()


def test_only_certain_dates_are_in_it_and_confirmed_ones_are(world):
    path = made(world)
    save(world.row, timescale_text="03/04/2027 or thereabouts, maybe early spring")
    assert world.row.due_on is None and titles(path) == []
    save(world.row, timescale_text="Every quarter until March 2027")
    assert titles(path) == []
    save(world.row, reading=world.row.reading | {"confirmed": True})
    assert titles(path) == ["1 Map leadership courses: due"]


def test_removed_rows_are_left_out_and_restored_ones_come_back(world):
    path = made(world)
    remove_action(action=world.row, by=world.coordinator)
    assert titles(path) == []
    world.row.refresh_from_db()
    restore_action(action=world.row, by=world.coordinator)
    assert len(titles(path)) == 1


def test_what_is_done_is_marked_milestone_by_milestone_and_all_at_once(world):
    save(world.row, timescale_text="Feb 2027 (phase 1), Apr 2027 (phase 2)")
    path = made(world)
    save(world.row, reading=world.row.reading | {"done": {"0": "2027-02-01"}})
    assert [title.startswith("Done: ") for title in titles(path)] == [True, False]
    post_update(action=world.row, status="blue", words="", by=world.manager)
    assert [title.startswith("Done: ") for title in titles(path)] == [True, True]


def test_a_moved_date_keeps_its_event_and_counts_on(world):
    path = made(world)
    (before,) = events(path)
    save(world.row, timescale_text="June 2027")
    (after,) = events(path)
    assert after["UID"] == before["UID"] and after["DTSTART"].dt == date(2027, 6, 30)
    assert after["SEQUENCE"] > before["SEQUENCE"] and after.LAST_MODIFIED >= before.LAST_MODIFIED


def test_rows_of_every_strategy_of_this_partnership_and_of_no_other(world):
    add_member(user=world.manager, partnership=world.elsewhere, role="observer", by=None)
    next_one = start_strategy(
        partnership=world.partnership,
        title="The next",
        by=None,
        period_start=date(2029, 4, 1),
        period_end=date(2032, 3, 31),
    )
    aim = add_aim(strategy=next_one, text="Go on", by=None)
    far = {"aim": world.far_aim.pk, "activity": "Far away"}
    for strategy, cells in ((next_one, {"aim": aim.pk, "activity": "Go on"}), (world.far_strategy, far)):
        add_action(
            strategy=strategy, cells={"leads": world.manager.name, "timescale_text": "May 2027", **cells}, by=None
        )
    assert world.far_strategy.actions.of_user(world.manager).exists()
    assert titles(made(world)) == ["1 Map leadership courses: due", "Go on: due"]


@pytest.mark.parametrize("payload", [*HOSTILE, "a\nEND:VEVENT\nBEGIN:VALARM", "x,y;z\\N", "=1+1"])
def test_hostile_words_stay_words(world, payload):
    save(world.row, activity=payload)
    (event,) = events(made(world))
    assert world.row.activity in f"{event['SUMMARY']}\n{event['DESCRIPTION']}"


def test_an_activity_that_is_too_long_for_a_title_stands_whole_in_the_words(world):
    save(world.row, activity=f"Map {'very ' * 40}many courses\nand say so")
    (event,) = events(made(world))
    assert len(event["SUMMARY"]) < 120 and str(event["SUMMARY"]).endswith("…: due")
    assert str(event["DESCRIPTION"]).startswith(f"Activity: {world.row.activity}\nAim: ")


def test_a_feed_costs_the_same_queries_however_many_rows(world):
    path = made(world, rows="ours")
    few = queries(Client(), path)
    for number in range(20):
        add_row(world, ref=f"5{number}", activity="One more", leads="Workforce Manager\nSomebody")
    assert queries(Client(), path) == few


# --- Who may read it ---------------------------------------------------------------------------------------------


def test_it_is_read_without_signing_in_as_a_calendar_file(world):
    answer = read(made(world))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/c/x.ics", "/c/%20.ics", "/c/" + "A" * 43 + ".ics", "/c/" + "x" * 5000 + ".ics"])
def test_an_unknown_address_is_not_there(world, path):
    made(world)
    answer = read(path)
    assert answer.status_code == 404 and "no-store" in answer["Cache-Control"]


def leave(world, who="manager"):
    end_membership(membership=Membership.objects.get(user=world.people[who], ended=None), by=world.coordinator)


def be_closed(world):
    type(world.manager).objects.filter(pk=world.manager.pk).update(is_active=False)


def be_stopped(world):
    calendars.stop_feed(feed=CalendarFeed.objects.get(), by=world.manager)


def be_replaced(world):
    made(world, replaces=CalendarFeed.objects.get().pk)


@pytest.mark.parametrize("happens", [leave, be_closed, be_stopped, be_replaced])
def test_it_is_gone_at_the_next_reading_when(world, happens):
    path = made(world)
    assert read(path).status_code == 200
    happens(world)
    assert read(path).status_code == 404


def test_control_without_the_question_somebody_who_left_reads_on(world, monkeypatch):
    path = made(world)
    leave(world)
    monkeypatch.setattr(calendars, "may", lambda *args: True)
    assert read(path).status_code == 200


def test_a_view_that_is_not_shared_any_more_shows_nothing_to_others(world):
    view = view_of(world, query="", shared=True)
    theirs, own = made(world, "observer", rows="view", view=view), made(world, rows="view", view=view)
    change_view(view=view, name=view.name, shared=False, by=world.manager)
    assert (read(theirs).status_code, read(own).status_code) == (404, 200)
    assert "not shared with you any more" in words(client_page(world, "observer"))
    delete_view(view=view, by=world.manager)
    assert read(own).status_code == 404 and not CalendarFeed.objects.exists()


def test_control_without_that_question_others_read_on(world, monkeypatch):
    view = view_of(world, query="", shared=True)
    theirs = made(world, "observer", rows="view", view=view)
    change_view(view=view, name=view.name, shared=False, by=world.manager)
    monkeypatch.setattr(calendars, "is_open_to", lambda *args: True)
    assert read(theirs).status_code == 200


def test_nobody_makes_a_feed_of_a_view_that_is_not_theirs_to_open(world):
    own = view_of(world, by="lead")
    with pytest.raises(NotAllowed):
        made(world, rows="view", view=own)
    add_member(user=world.manager, partnership=world.elsewhere, role="observer", by=None)
    far = save_view(strategy=world.far_strategy, name="Far", query="", shared=True, by=world.foreigner)
    with pytest.raises(NotAllowed):
        made(world, rows="view", view=far)


def test_a_program_that_has_it_already_is_told_so(world):
    path = made(world)
    mark = read(path)["ETag"]
    again = read(path, if_none_match=mark)
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "private, no-cache")
    save(world.row, timescale_text="June 2027")
    assert read(path, if_none_match=mark).status_code == 200
    packed = read(path, accept_encoding="gzip")
    assert read(path, if_none_match=packed["ETag"], accept_encoding="gzip").status_code == 304


def test_one_address_cannot_ask_without_end(world, monkeypatch):
    monkeypatch.setattr("actions.calendar_views.THROTTLE", {"calendar": "2/m/ip"})
    path = made(world)
    assert [read(path).status_code for _ in range(3)] == [200, 200, 429]
    assert read("/c/guess.ics").status_code == 429


def test_the_day_it_was_read_is_kept_and_no_more(world):
    path = made(world)
    assert CalendarFeed.objects.get().last_read is None
    read(path)
    assert CalendarFeed.objects.get().last_read == timezone.localdate()
    assert type(CalendarFeed.objects.get().last_read) is date


# --- The secret --------------------------------------------------------------------------------------------------


def test_the_secret_is_long_and_kept_nowhere(world):
    token = made(world)[3:-4]
    assert len(token) == 43 and made(world, "observer")[3:-4] != token
    feed = CalendarFeed.objects.first()
    assert feed.token_hash == calendars.hash_of(token)
    kept = str(Change.objects.filter(subject="calendarfeed").values_list()) + str(CalendarFeed.objects.values_list())
    assert "My actions" in kept and token not in kept


def test_the_history_has_what_was_made_and_stopped(world):
    made(world)
    made(world, replaces=CalendarFeed.objects.get().pk)
    calendars.stop_feed(feed=CalendarFeed.objects.get(), by=world.manager)
    told = Change.objects.filter(subject="calendarfeed").order_by("pk").values_list("act", "subject_label", "by_name")
    assert [act for act, *_ in told] == ["added", "removed", "added", "removed"]
    assert {tuple(rest) for _, *rest in told} == {("My actions", "Workforce Manager")}


def test_nobody_stops_somebody_elses(world):
    path = made(world)
    for who in ("coordinator", "observer"):
        with pytest.raises(NotAllowed):
            calendars.stop_feed(feed=CalendarFeed.objects.get(), by=world.people[who])
    assert read(path).status_code == 200


def test_an_address_is_replaced_only_knowingly(world):
    path = made(world)
    with pytest.raises(Refused, match="There is an address for this already"):
        made(world)
    with pytest.raises(Refused, match="There is an address for this already"):
        made(world, replaces=12345)
    be_stopped(world)
    with pytest.raises(Refused, match="stopped meanwhile"):
        made(world, replaces=12345)
    assert read(path).status_code == 404


# --- The page ----------------------------------------------------------------------------------------------------


def client_page(world, who):
    client = Client()
    client.force_login(world.people[who])
    return client.get(PAGE)


def address_in(answer):
    found = re.search(r"https?://[^<\"]+(/c/[\w-]+\.ics)", answer.content.decode())
    return found and found[1]


def test_the_address_is_shown_once_and_works(as_, world):
    client = as_("manager")
    assert "Your feeds" not in words(client.get(PAGE))
    answer = client.post(PAGE, {"what": "mine"})
    path = address_in(answer)
    assert titles(path) == ["1 Map leadership courses: due"]
    assert 'href="webcal://' in answer.content.decode() and "no-store" in answer["Cache-Control"]
    again = client.get(PAGE)
    assert "My actions" in words(again) and "last read" in words(again)
    assert address_in(again) is None and path[3:-4] not in str(dict(client.session))


def test_a_page_sent_twice_does_not_stop_the_first_address(as_, world):
    client = as_("manager")
    path = address_in(client.post(PAGE, {"what": "mine"}))
    again = client.post(PAGE, {"what": "mine"})
    assert address_in(again) is None and "There is an address for this already" in words(again)
    assert read(path).status_code == 200


def test_a_new_address_stops_the_old_one(as_, world):
    client = as_("manager")
    first = address_in(client.post(PAGE, {"what": "ours"}))
    second = address_in(client.post(PAGE, {"what": "ours", "replaces": CalendarFeed.objects.get().pk}))
    assert (read(first).status_code, read(second).status_code) == (404, 200)
    assert CalendarFeed.objects.count() == 1


def test_a_feed_is_stopped_by_its_person_only(as_, world):
    path = made(world)
    feed = CalendarFeed.objects.get()
    for who, number in (("observer", feed.pk), ("manager", "x"), ("manager", 9**30), ("manager", feed.pk + 1)):
        as_(who).post(f"{PAGE}stop/", {"feed": number})
    assert read(path).status_code == 200
    answer = as_("manager").post(f"{PAGE}stop/", {"feed": feed.pk}, follow=True)
    assert "opens nothing any more" in words(answer) and read(path).status_code == 404


def test_it_offers_what_there_is_to_offer(as_, world):
    view_of(world, by="lead", shared=True)
    assert "and all that your organisation leads" in words(as_("manager").get(PAGE))
    assert "checked" not in as_("manager").get(PAGE).content.decode()
    page = as_("steering").get(PAGE)
    assert "The view “Ours and late”" in words(page) and "your organisation leads" not in words(page)
    assert "Dates of which actions?" in words(as_("steering").post(PAGE, {"what": ""}))
    assert as_("steering").post(PAGE, {"what": "ours"}).status_code == 200
    assert not CalendarFeed.objects.exists()


def test_pages_lead_to_it(as_, world):
    view = view_of(world)
    client = as_("manager")
    assert f'href="{PAGE}"' in client.get("/p/marlbrook/").content.decode()
    assert f'href="{PAGE}?of=mine"' in client.get(f"{PLAN}?mine=on").content.decode()
    assert f'href="{PAGE}?of=view-{view.pk}"' in client.get(f"{PLAN}?view={view.pk}").content.decode()
    assert re.search(rf'value="view-{view.pk}"[^>]*checked', client.get(f"{PAGE}?of=view-{view.pk}").content.decode())


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_names_of_views_are_shown_as_names(as_, world, payload):
    view = save_view(strategy=world.strategy, name=payload, query="", by=world.manager)
    client = as_("manager")
    assert_harmless(client.get(PAGE), payload)
    assert_harmless(client.post(PAGE, {"what": f"view-{view.pk}"}), payload)
