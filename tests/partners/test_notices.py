"""Notices: for whom, in whose name, on the page and by e-mail, once and to nobody else."""

import logging
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils import timezone

from actions.models import Action
from config.housekeeping import sweep, tidy
from partners import notices
from partners.mail import send_notice
from partners.models import Membership, Notice, User
from partners.notices import ABANDONED_AFTER, KEPT_FOR, MOST_ATTEMPTS, NEWS_FOR, claim_notice_to_send, mark_read, tell
from partners.services import add_member, end_membership
from tests.actions.test_pages import words

HOME = "/p/marlbrook/"
READ = "/p/marlbrook/notices/read/"
A_MINUTE = timedelta(minutes=1)


def told(world, *to, by=None, at=None, about=None, kind="mentioned"):
    path = f"/p/marlbrook/actions/{world.row.pk}/"
    return tell(
        partnership=world.partnership, to=to or [world.steward], kind=kind, about=about or world.row, path=path,
        by=by or world.manager, at=at,
    )  # fmt: skip


def a_notice(world, **more):
    """One for the data steward, whose e-mail has not gone out."""
    return told(world, **more)[0]


def changed(notice, **values):
    Notice.objects.filter(pk=notice.pk).update(**values)
    notice.refresh_from_db()
    return notice


# --- Telling ---------------------------------------------------------------------------------------------------------


def test_each_is_told_once_and_nobody_of_their_own_doing(world):
    made = told(world, world.steward, world.steward, world.lead, world.manager)
    assert sorted(notice.to.name for notice in made) == ["Data Steward", "Director of Adult Social Care"]


def test_only_members_are_told(world):
    end_membership(membership=Membership.objects.get(user=world.lead), by=world.coordinator)
    assert told(world, world.lead, world.stranger, world.foreigner) == []


def test_nobody_in_particular_may_have_caused_it(world):
    made = tell(partnership=world.partnership, to=[world.steward], kind="mentioned", about=world.row, path="/", by=None)
    assert made[0].sentence.startswith("The planner named you")


def test_a_kind_without_its_template_is_a_mistake_that_shows(world):
    with pytest.raises(TemplateDoesNotExist, match="nothing"):
        told(world, kind="nothing")


def test_a_sentence_is_one_line_without_tricks(world):
    about = Action(ref="9\n", activity="Pool\r\nassessors\u202e\x00 " + "long " * 200)
    world.manager.name = "M" * 150
    sentence = a_notice(world, about=about).sentence
    assert not set(sentence) & set("\r\n\x00\u202e")
    assert len(sentence) <= 400


def test_what_a_refused_service_meant_to_tell_is_not_told(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            told(world)
            raise ZeroDivisionError
    assert callbacks == [] and mail.outbox == [] and not Notice.objects.exists()


# --- By e-mail ---------------------------------------------------------------------------------------------------


def test_the_message_goes_out_once_it_is_true(world, settings, django_capture_on_commit_callbacks):
    settings.SITE_ADDRESS = "https://plan.example.org/"
    with django_capture_on_commit_callbacks(execute=True):
        notice = a_notice(world)
        assert mail.outbox == []
    (message,) = mail.outbox
    assert (message.to, message.cc, message.bcc) == (["steward@example.org"], [], [])
    assert message.subject == "Workforce Manager named you in a comment on “1 Map leadership courses”"
    assert f"https://plan.example.org/p/marlbrook/actions/{world.row.pk}/\n" in message.body
    assert world.partnership.name in message.body
    notice.refresh_from_db()
    assert notice.sent and notice.attempts == 1


def test_the_queue_is_given_a_number_and_nothing_else(world, monkeypatch, django_capture_on_commit_callbacks):
    given = []
    monkeypatch.setattr("celery.canvas.Signature.delay", lambda self, *args, **more: given.append((args, more)))
    with django_capture_on_commit_callbacks(execute=True):
        notice = a_notice(world)
    assert given == [((notice.pk,), {})]


def test_sending_twice_sends_once(world):
    notice = a_notice(world)
    send_notice(notice.pk)
    send_notice(notice.pk)
    assert len(mail.outbox) == 1


def test_two_workers_with_one_message_send_it_once(world):
    notice = a_notice(world)
    assert claim_notice_to_send(notice.pk)
    assert claim_notice_to_send(notice.pk) is None  # The other is at it.
    changed(notice, claimed=timezone.now() - ABANDONED_AFTER - A_MINUTE)
    assert claim_notice_to_send(notice.pk)  # It has died.


GONE = {
    "left the partnership": lambda w, n: end_membership(
        membership=Membership.objects.get(user=w.steward), by=w.coordinator
    ),
    "account closed": lambda w, n: User.objects.filter(pk=w.steward.pk).update(is_active=False),
    "read already": lambda w, n: mark_read(partnership=w.partnership, notice=n.pk, by=w.steward),
    "sent already": lambda w, n: changed(n, sent=timezone.now()),
    "no longer news": lambda w, n: changed(n, at=timezone.now() - NEWS_FOR - A_MINUTE),
    "tried too often": lambda w, n: changed(n, attempts=MOST_ATTEMPTS),
    "is not there": lambda w, n: n.__class__.objects.all().delete(),
}


@pytest.mark.parametrize("reason", GONE)
def test_what_happened_meanwhile_counts_when_it_is_sent(world, reason):
    notice = changed(a_notice(world), at=timezone.now() - timedelta(hours=1))
    GONE[reason](world, notice)
    send_notice(notice.pk)
    assert sweep().sent_again == []
    assert mail.outbox == []


def test_control_without_any_of_that_it_is_swept_and_sent(world):
    notice = changed(a_notice(world), at=timezone.now() - timedelta(hours=1))
    assert sweep().sent_again == [f"notice {notice.pk}"]
    assert len(mail.outbox) == 1
    assert sweep().sent_again == []


def test_a_seat_in_another_partnership_does_not_count(world):
    notice = changed(a_notice(world), at=timezone.now() - timedelta(hours=1))
    end_membership(membership=Membership.objects.get(user=world.steward), by=world.coordinator)
    add_member(
        user=world.steward, partnership=world.elsewhere, role="observer", organisation=world.far_council, by=None
    )
    send_notice(notice.pk)
    assert mail.outbox == []


def test_a_mail_server_that_fails_is_tried_again_and_not_for_ever(world, monkeypatch, caplog):
    notice = changed(a_notice(world), at=timezone.now() - timedelta(hours=1))

    def refuse(*args, **more):
        raise smtplib.SMTPRecipientsRefused({"steward@example.org": (550, b"no such person")})

    monkeypatch.setattr("partners.mail.send_mail", refuse)
    with caplog.at_level(logging.WARNING):
        for _ in range(MOST_ATTEMPTS):
            assert sweep().sent_again == [f"notice {notice.pk}"]
    assert sweep().sent_again == []
    assert caplog.messages == [f"Notice {notice.pk} could not be sent: SMTPRecipientsRefused"] * MOST_ATTEMPTS
    notice.refresh_from_db()
    assert (notice.sent, notice.attempts) == (None, MOST_ATTEMPTS)
    assert list(world.partnership.notices.unread_by(world.steward)) == [notice]  # It still waits at home.


def test_what_was_only_just_handed_out_is_left_to_the_worker(world):
    a_notice(world)
    assert sweep().sent_again == []


def test_old_notices_are_forgotten(world):
    old = a_notice(world, at=timezone.now() - KEPT_FOR - A_MINUTE)
    young = a_notice(world, at=timezone.now() - KEPT_FOR + A_MINUTE)
    tidy()
    assert list(Notice.objects.all()) == [young] and old.pk != young.pk


# --- At home -------------------------------------------------------------------------------------------------------


def test_unread_notices_wait_at_home_newest_first(world, as_):
    first = a_notice(world)
    client = as_("steward")
    assert "1 notice for you Workforce Manager named you in a comment" in words(client.get(HOME))
    assert f'href="{first.path}"' in client.get(HOME).content.decode()
    a_notice(world, by=world.lead)
    read = words(client.get(HOME))
    assert "2 notices for you Director of Adult Social Care named you" in read
    assert "Mark all 2 as read" in read


def test_nobody_sees_those_of_somebody_else_or_of_another_partnership(world, as_):
    a_notice(world)
    add_member(
        user=world.steward, partnership=world.elsewhere, role="observer", organisation=world.far_council, by=None
    )
    assert "for you" not in words(as_("lead").get(HOME))
    assert "for you" not in words(as_("steward").get("/p/elsewhere/"))
    assert "for you" in words(as_("steward").get(HOME))  # the control


def test_looking_writes_nothing(world, as_):
    notice = a_notice(world)
    client = as_("steward")
    client.get(HOME)
    client.get(notice.path)
    assert client.get(READ).status_code == 405
    notice.refresh_from_db()
    assert notice.read is None


def test_one_is_marked_as_read(world, as_):
    first, second = a_notice(world), a_notice(world)
    client = as_("steward")
    assert client.post(READ, {"notice": first.pk}).url == HOME
    assert list(Notice.objects.unread_by(world.steward)) == [second]
    assert "1 notice for you" in words(client.get(HOME))


def test_all_that_were_shown_are_marked_and_not_what_came_after(world, as_):
    shown = [a_notice(world) for _ in range(3)]
    later = a_notice(world)
    as_("steward").post(READ, {"up_to": shown[-1].pk})
    assert list(Notice.objects.unread_by(world.steward)) == [later]


def test_when_it_was_read_stays(world):
    notice = a_notice(world)
    mark_read(partnership=world.partnership, notice=notice.pk, by=world.steward)
    notice.refresh_from_db()
    when = notice.read
    assert mark_read(partnership=world.partnership, notice=notice.pk, by=world.steward) == 0
    notice.refresh_from_db()
    assert notice.read == when


@pytest.mark.parametrize("sent", [{}, {"notice": "x"}, {"notice": ""}, {"up_to": "-1"}, {"notice": "9" * 40}])
def test_a_number_that_is_none_marks_nothing(world, as_, sent):
    a_notice(world)
    assert as_("steward").post(READ, sent).url == HOME
    assert Notice.objects.unread_by(world.steward).count() == 1


def test_nobody_marks_those_of_others(world, as_):
    notice = a_notice(world)
    for who in ("lead", "coordinator"):
        assert as_(who).post(READ, {"notice": notice.pk, "up_to": notice.pk}).url == HOME
    assert as_("foreigner").post(READ, {"notice": notice.pk}).status_code == 404
    as_("foreigner").post("/p/elsewhere/notices/read/", {"up_to": notice.pk})
    notice.refresh_from_db()
    assert notice.read is None
    as_("steward").post(READ, {"notice": notice.pk})  # the control
    notice.refresh_from_db()
    assert notice.read


def test_a_long_absence_does_not_make_a_long_page(world, as_, django_assert_max_num_queries):
    for _ in range(25):
        a_notice(world)
    client = as_("steward")
    client.get(HOME)
    with django_assert_max_num_queries(20):
        page = client.get(HOME)
    assert page.content.decode().count('name="notice"') == 20
    assert "5 earlier ones are not shown." in words(page) and "Mark all 25 as read" in words(page)
    client.post(READ, {"up_to": Notice.objects.first().pk})
    assert "for you" not in words(client.get(HOME))


def test_control_a_door_that_marked_anybodys_would_be_noticed(world, as_, monkeypatch):
    notice = a_notice(world)
    monkeypatch.setattr(notices.Notice.objects.all().__class__, "unread_by", lambda rows, user: rows.filter(read=None))
    as_("lead").post(READ, {"notice": notice.pk})
    notice.refresh_from_db()
    assert notice.read
