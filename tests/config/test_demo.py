"""The demonstration: whole, true to time and rights, and the same when asked for twice."""

import json
import re
from datetime import date
from io import StringIO
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from actions.models import Action, Attachment, Comment, ProgressUpdate, ResponsibleOfficer, Status
from actions.timescale import Kind
from config.demo import DEFAULT_PASSWORD, large, story
from config.demo.content import read
from partners.models import Change, Invitation, Membership, Partnership, User
from partners.permissions import Role
from partners.refusals import Refused
from partners.services import unsent_invitations
from reviews.attention import needs_of, picture_of
from strategies.models import SignUpState, Strategy

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
HOLIDAYS = {
    "2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31"
}  # fmt: skip
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "DEMO_PASSWORD": "",
}
TITLE = re.compile(
    r"\b(Coordinator|Chair|Director|Head|Manager|Lead|Officer|Chief|Analyst|Observer|Worker|Specialist|Professional|Teams)\b"
)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Built once for this module by the command itself, and taken back at the end."""
    with override_settings(**QUICK), django_db_blocker.unblock(), transaction.atomic():
        answer = run()
        place = Partnership.objects.get(slug=answer["partnership"])
        yield SimpleNamespace(answer=answer, place=place, strategy=place.strategies.get(slug=answer["strategy"]))
        transaction.set_rollback(True)


def run(*options):
    out = StringIO()
    call_command("demo", "--json", *options, stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def how_much():
    kinds = (User, Partnership, Membership, Invitation, Strategy, Action, ProgressUpdate, Comment, Attachment, Change)
    return {kind.__name__: kind.objects.count() for kind in kinds}


# --- The command -----------------------------------------------------------------------------------------------------


def test_the_answer_says_where_to_go_and_who_can_sign_in(demo):
    assert demo.answer["built"] is True
    assert demo.answer["password"] == DEFAULT_PASSWORD
    assert demo.answer["counts"]["actions"] == demo.place.actions.in_plan().count()
    first = demo.answer["sign_ins"][0]
    assert (first["email"], first["role"]) == ("coordinator@demo.example", "coordinator")
    assert {"email", "name", "role", "organisation"} <= set(first)


def test_every_sign_in_opens_with_the_password_and_belongs_somewhere(demo):
    for one in demo.answer["sign_ins"]:
        user = User.objects.get(email=one["email"])
        assert user.check_password(DEFAULT_PASSWORD)
        assert Partnership.objects.for_user(user).exists()


def test_a_second_run_changes_nothing(demo):
    before = how_much()
    again = run()
    assert again == demo.answer | {"built": False}
    assert how_much() == before


def test_a_password_set_afresh_since_is_not_promised(demo):
    with override_settings(DEMO_PASSWORD="another password"):
        assert run()["password"] is None


def test_people_read_it_in_words(demo):
    out, words = StringIO(), StringIO()
    call_command("demo", stdout=out, stderr=words)
    assert out.getvalue() == ""
    assert "already there" in words.getvalue()
    assert "coordinator@demo.example" in words.getvalue()


def test_the_public_password_is_refused_where_others_reach_the_site(demo):
    with override_settings(LAPTOP=False), pytest.raises(CommandError, match="Set DEMO_PASSWORD"):
        run("--large")


@override_settings(DEMO_MAIL_DOMAIN="elsewhere.example")
def test_a_partnership_of_somebody_elses_is_left_alone(demo, monkeypatch):
    monkeypatch.setattr(story, "COORDINATOR", "coordinator@elsewhere.example")
    with pytest.raises(CommandError, match="another partnership"):
        run()


# --- Who -------------------------------------------------------------------------------------------------------------


def test_all_roles_are_there(demo):
    assert set(demo.place.memberships.filter(ended=None).values_list("role", flat=True)) == set(Role.values)


def test_somebody_works_for_two_organisations(demo):
    assert any(" / " in (one["organisation"] or "") for one in demo.answer["sign_ins"])


def test_it_sits_inside_a_wider_partnership_with_a_coordinator_of_its_own(demo):
    assert demo.place.wider.memberships.filter(role=Role.COORDINATOR).get().user.name == "System Workforce Coordinator"
    assert demo.place.wider.actions.in_plan().exists()


def test_every_address_ends_in_the_demonstration_domain(demo):
    addresses = [*User.objects.values_list("email", flat=True), *Invitation.objects.values_list("email", flat=True)]
    assert all(address.endswith("@demo.example") for address in addresses)


def test_everybody_goes_by_a_job_title(demo):
    known = {person["name"] for person in read("places")["person"]} | set(read("plan")["posts"].values())
    shown = {
        *User.objects.values_list("name", flat=True),
        *ResponsibleOfficer.objects.values_list("name", flat=True),
        *ProgressUpdate.objects.values_list("by_name", flat=True),
    }
    assert shown <= known
    assert [name for name in known if not TITLE.search(name)] == []


def test_nobody_is_written_to(demo):
    assert not Invitation.objects.filter(accepted=None).exists()
    assert not unsent_invitations(older_than=timezone.timedelta()).exists()


# --- The strategy ----------------------------------------------------------------------------------------------------


def test_every_partner_has_a_sign_up_and_every_state_occurs(demo):
    sign_ups = demo.strategy.sign_ups.all()
    partners = set(demo.place.partners.values_list("organisation_id", flat=True))
    assert {sign_up.organisation_id for sign_up in sign_ups} == partners
    assert {sign_up.state for sign_up in sign_ups} == set(SignUpState.values)
    agreed = [sign_up for sign_up in sign_ups if sign_up.state == SignUpState.AGREED]
    assert len(agreed) > len(sign_ups) / 2


def test_principles_come_from_a_framework_and_from_the_partnership(demo):
    frameworks = list(demo.strategy.principles.values_list("framework", flat=True))
    assert frameworks.count("") == 2
    assert len(frameworks) > 6


# --- The plan --------------------------------------------------------------------------------------------------------


def test_every_row_hangs_on_an_aim_or_a_theme_and_every_one_of_them_has_rows(demo):
    rows = demo.place.actions.in_plan()
    assert all(row.aim_id or row.theme_id for row in rows)
    assert {row.aim_id for row in rows} - {None} == set(demo.strategy.aims.values_list("pk", flat=True))
    assert {row.theme_id for row in rows} - {None} == set(demo.strategy.themes.values_list("pk", flat=True))


def test_every_kind_of_timescale_occurs(demo):
    assert {row.reading["kind"] for row in demo.place.actions.in_plan()} == {kind.value for kind in Kind}


def test_officers_are_members_and_posts_without_an_account_and_no_initials_are_left(demo):
    officers = ResponsibleOfficer.objects.filter(action__partnership=demo.place)
    assert officers.exclude(user=None).exists()
    assert officers.filter(user=None).exists()
    assert not any(officer.name.isupper() for officer in officers)


def test_one_row_was_removed_two_added_and_one_copied(demo):
    assert [row.ref for row in demo.place.actions.taken_out()] == ["21"]
    first = len([row for block in read("plan")["block"] for row in block["row"] if row["ref"].isdecimal()])
    assert demo.place.actions.count() == first + 3
    original, copy = (demo.place.actions.get(ref=ref) for ref in ("22", "34"))
    assert copy.position > original.position
    assert copy.activity != original.activity


def test_a_confirmed_reading_gives_a_date_and_milestones_are_ticked_off(demo):
    confirmed = demo.place.actions.get(ref="8")
    assert confirmed.reading["confirmed"]
    assert confirmed.due_on == date(2027, 5, 31)
    assert demo.place.actions.get(ref="4").reading["done"] == {"0": "2026-02-25", "1": "2026-07-09"}


def test_the_home_page_has_something_to_show(demo):
    picture = picture_of(demo.place.actions, timezone.now())
    assert picture.late >= 3
    assert picture.silent >= 3
    assert all(count for _, _, count in picture.by_status)
    red = demo.place.actions.in_plan().filter(status=Status.RED).select_related("latest_update")
    assert all(row.latest_update.words for row in red)
    coordinator = User.objects.get(email=story.COORDINATOR)
    assert len(needs_of(coordinator, demo.place.actions, timezone.now())) >= 2


# --- The year --------------------------------------------------------------------------------------------------------


def test_a_year_of_reports_by_people_of_many_organisations(demo):
    reports = ProgressUpdate.objects.filter(action__partnership=demo.place)
    assert 90 <= reports.count() <= 120
    assert reports.values("by").distinct().count() >= 10
    assert reports.earliest("at").at.year == 2025
    assert reports.latest("at").at.date() >= date(2026, 11, 1)


def test_every_change_has_an_author_and_a_time_in_office_hours_that_is_past(demo):
    now = timezone.now()
    for change in Change.objects.all():
        at = change.at.astimezone(LONDON)
        assert change.by_name
        assert change.at <= now
        assert at.weekday() < 5 and 8 <= at.hour < 18 and str(at.date()) not in HOLIDAYS, (at, change)


def test_only_the_operator_s_first_steps_have_no_person_behind_them(demo):
    by_nobody = Change.objects.filter(by=None).values_list("subject", "via")
    assert sorted(by_nobody) == [("invitation", "command"), ("invitation", "command"), ("partnership", "command")]


def test_the_history_reads_in_the_order_of_time(demo):
    times = list(Change.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)


def test_evidence_is_a_small_text_file(demo):
    evidence = Attachment.objects.get()
    assert evidence.name.endswith(".txt")
    assert 100 < evidence.size < 2000


# --- The large one ---------------------------------------------------------------------------------------------------


@pytest.fixture
def few(monkeypatch):
    """The large partnership in small: twenty organisations, plans of thirty rows."""
    words = read("large")
    words |= {"stems": words["stems"][:2], "rows": 30, "with_password": 1}
    monkeypatch.setattr(large, "read", lambda name: words)


def rows_of_the_large_one():
    rows = Action.objects.filter(partnership__slug=large.SLUG)
    return list(rows.values_list("activity", "timescale_text", "status", "lead_organisation__name"))


def test_the_large_one_has_two_plans_and_people_in_all_roles(demo, few):
    answer = run("--large")
    assert (answer["partnership"], answer["strategies"]) == (large.SLUG, list(large.PLANS))
    assert answer["counts"]["organisations"] == 20
    assert {one["role"] for one in answer["sign_ins"]} == set(Role.values)
    assert run("--large") == answer | {"built": False}


def test_the_large_one_is_the_same_every_time(demo, few):
    built = []
    for _ in range(2):
        with transaction.atomic():
            run("--large")
            built.append(rows_of_the_large_one())
            transaction.set_rollback(True)
    assert len(built[0]) == 60
    assert built[0] == built[1]


def test_what_fails_half_way_leaves_nothing_behind(demo, few, monkeypatch):
    def refuse(self, number):
        raise Refused("No.")

    monkeypatch.setattr(large.Crowd, "_report", refuse)
    before = how_much()
    with pytest.raises(CommandError, match="No"):
        run("--large")
    assert how_much() == before


def test_the_people_of_the_large_one_stay_off_the_sign_in_page(demo, few):
    run("--large")
    people = User.objects.filter(memberships__partnership__slug=large.SLUG)
    assert all(user.email.endswith("@large.demo.example") for user in people)


def test_nothing_of_the_large_one_lies_in_the_future():
    words = read("large")
    reports = int(large.REPORTED * len(large.PLANS) * words["rows"])
    assert large.reported_at(words, reports) < timezone.now()


def test_the_words_of_the_large_one_make_two_hundred_organisations():
    words = read("large")
    assert len(words["stems"]) * len(words["kinds"]) == 200
    assert words["rows"] == 1000
    assert len(large.PLANS) == 2
