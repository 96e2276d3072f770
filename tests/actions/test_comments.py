"""Comments: who is told, what is shown, and what stays as it was said."""

import pytest
from django.core import mail
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import commenting, services
from actions.models import Comment
from partners.models import Membership, Notice
from partners.permissions import Role
from partners.refusals import NotAllowed, Refused
from partners.services import add_member, end_membership
from tests.actions.test_pages import queries, row_url, words
from tests.world import add_row, person

OFFICER = "Workforce Manager"  # named on the world's first row


def comment(world, text, by=None, row=None, **more):
    return services.add_comment(action=row or world.row, words=text, by=by or world.observer, **more)


def told(comment):
    """Who got a notice about this comment, and of which kind."""
    notices = Notice.objects.filter(path__endswith=f"#comment-{comment.pk}")
    return sorted((notice.to.name, notice.kind) for notice in notices)


def join(world, key, name, organisation=None, role=Role.OBSERVER):
    user = person(key, name)
    add_member(user=user, partnership=world.partnership, role=role, organisation=organisation or world.council, by=None)
    return user


# --- Who is told ---------------------------------------------------------------------------------------------------


def test_the_officers_of_the_row_are_told(world):
    assert told(comment(world, "How is it going?")) == [(OFFICER, "commented")]


def test_somebody_named_is_told_so_and_once_however_often(world):
    said = comment(world, "@data steward, @Data Steward and again @DATA STEWARD")
    assert told(said) == [("Data Steward", "mentioned"), (OFFICER, "commented")]


def test_an_officer_who_is_named_gets_one_notice(world):
    assert told(comment(world, f"@{OFFICER} how is it going?")) == [(OFFICER, "mentioned")]


def test_people_are_chosen_from_the_list_as_well(world):
    said = comment(world, "@Data Steward, see this", people=[world.steward.pk, world.trust_manager.pk])
    assert told(said) == [
        ("Data Steward", "mentioned"), ("Trust Workforce Manager", "mentioned"), (OFFICER, "commented")
    ]  # fmt: skip


def test_nobody_is_told_of_their_own_words(world):
    said = comment(world, f"@{OFFICER} is me", by=world.manager, people=[world.manager.pk])
    assert told(said) == []
    assert told(comment(world, f"@{OFFICER} is not me")) == [(OFFICER, "mentioned")]  # the control


def test_ones_own_longer_name_is_not_somebody_elses_shorter_one(world):
    join(world, "short", "Data")
    assert told(comment(world, "@Data Steward is me", by=world.steward)) == [(OFFICER, "commented")]
    assert told(comment(world, "@Data is not me", by=world.steward)) == [("Data", "mentioned"), (OFFICER, "commented")]


def test_two_people_of_one_name_are_both_told(world):
    join(world, "one", "Sam Hill")
    join(world, "two", "SAM HILL", world.trust)
    assert told(comment(world, "@Sam Hill, which of you?"))[:2] == [
        ("SAM HILL", "mentioned"),
        ("Sam Hill", "mentioned"),
    ]


def test_somebody_with_two_roles_is_told_once(world):
    add_member(user=world.steward, partnership=world.partnership, role=Role.OBSERVER, organisation=world.trust, by=None)
    assert told(comment(world, "@Data Steward", people=[world.steward.pk]))[:-1] == [("Data Steward", "mentioned")]


def test_nobody_from_outside_is_told(world):
    said = comment(world, "@Stranger @Foreign Coordinator", people=[world.stranger.pk, world.foreigner.pk, 10**9])
    assert told(said) == [(OFFICER, "commented")]


def test_who_has_left_is_not_told(world):
    for who in (world.manager, world.steward):
        end_membership(membership=Membership.objects.get(user=who), by=world.coordinator)
    assert told(comment(world, "@Data Steward", people=[world.steward.pk])) == []


def test_an_account_that_was_closed_is_not_told(world):
    world.steward.is_active = False
    world.steward.save()
    assert told(comment(world, "@Data Steward")) == [(OFFICER, "commented")]


def test_an_officer_without_an_account_is_no_obstacle(world):
    row = add_row(world, activity="Somebody’s", leads="Somebody Else")
    assert told(comment(world, "Hello", row=row)) == []


def test_a_comment_is_no_circular(world):
    crowd = [join(world, f"p{number}", f"Person {number}").pk for number in range(services.MOST_NAMED + 1)]
    with pytest.raises(Refused, match="31 people are named") as refusal:
        comment(world, "All of you", people=crowd)
    assert refusal.value.field == "people"
    assert not Comment.objects.exists() and not Notice.objects.exists()
    assert len(comment(world, "Most of you", people=crowd[1:]).told) == services.MOST_NAMED + 1  # and the officer


@pytest.mark.parametrize("fault", ["empty", "removed", "stranger"])
def test_a_refused_comment_tells_nobody(world, fault):
    who, text = world.observer, "@Data Steward"
    if fault == "removed":
        services.remove_action(action=world.row, by=world.coordinator)
    given_ = {"empty": (who, " "), "removed": (who, text), "stranger": (world.stranger, text)}[fault]
    with pytest.raises((Refused, NotAllowed)):
        comment(world, given_[1], by=given_[0], people=[world.steward.pk])
    assert not Notice.objects.exists() and not Comment.objects.exists()


def test_the_notice_says_who_and_where_and_never_what(world):
    said = comment(world, "@Data Steward the secret is 42")
    mention, other = Notice.objects.get(to=world.steward), Notice.objects.get(to=world.manager)
    assert mention.sentence == "Observer named you in a comment on “1 Map leadership courses”"
    assert other.sentence == ("Observer commented on “1 Map leadership courses”, where you are a responsible officer")
    assert mention.path == f"/p/marlbrook/actions/{world.row.pk}/#comment-{said.pk}"
    assert all("secret" not in notice.sentence + notice.path for notice in (mention, other))


def test_the_words_of_a_row_are_said_as_they_are(world):
    row = add_row(world, ref="", activity="Trust & “care”\nnext line", leads=OFFICER)
    comment(world, "Hello", row=row)
    assert "commented on “Trust & “care””, where" in Notice.objects.get(to=world.manager).sentence


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40).filter(str.strip))
def test_a_row_or_name_of_any_letters_is_no_obstacle(world, text):
    world.observer.name = text[:20] or "x"
    services.Action.objects.filter(pk=world.row.pk).update(activity=text.replace("\0", "") or "x")
    said = comment(world, "Hello")
    assert Notice.objects.filter(path__endswith=f"#comment-{said.pk}").count() == 1
    assert "\n" not in Notice.objects.first().sentence


# --- What is shown -------------------------------------------------------------------------------------------------


def shown(as_, world, who="observer"):
    return as_(who).get(row_url(world.row))


def test_named_people_are_marked_and_who_was_told_is_said(world, as_):
    comment(world, "Dear @data steward,\n<b>well done</b>", people=[world.lead.pk])
    page = shown(as_, world).content.decode()
    assert 'Dear <strong class="mention">@data steward</strong>,<br>&lt;b&gt;well done&lt;/b&gt;' in page
    read = words(shown(as_, world))
    assert "1 comment Observer" in read
    for name in ("Data Steward", "Director of Adult Social Care", OFFICER):
        assert name in read.partition("Told:")[2].partition("Add a comment")[0]


def test_a_comment_reads_the_same_when_somebody_leaves_or_changes_their_name(world, as_):
    comment(world, "Dear @Data Steward")
    before = shown(as_, world).content.decode().partition('class="comments"')[2].partition("</ol>")[0]
    end_membership(membership=Membership.objects.get(user=world.steward), by=world.coordinator)
    world.steward.name = "Somebody Else"
    world.steward.save()
    after = shown(as_, world).content.decode().partition('class="comments"')[2].partition("</ol>")[0]
    assert before == after and "mention" in after


def test_comments_said_before_anybody_was_told_are_shown_too(world, as_):
    comment(world, "Dear @Data Steward")
    Comment.objects.update(told=[])
    assert "Dear @Data Steward" in words(shown(as_, world))
    assert 'class="mention"' not in shown(as_, world).content.decode()


def test_hostile_names_are_shown_as_words(world, as_):
    join(world, "h", "<i>Eve</i>")
    comment(world, "@<i>Eve</i>")
    page = shown(as_, world).content.decode()
    assert "<i>Eve" not in page and "@&lt;i&gt;Eve&lt;/i&gt;</strong>" in page


def test_the_form_stands_on_the_page_of_the_row(world, as_):
    page = shown(as_, world).content.decode()
    assert f'action="{row_url(world.row, "comment/")}"' in page
    for place in ("Council", "Hospital trust", "For no organisation"):
        assert f"{place}</legend>" in page
    assert 'data-name="Trust Workforce Manager"' in page
    assert 'data-name="Observer"' not in page  # oneself
    assert "Stranger" not in page and "Foreign" not in page
    services.remove_action(action=world.row, by=world.coordinator)
    assert "data-mentions" not in shown(as_, world).content.decode()


def test_the_page_costs_the_same_however_many_comments_and_people(world, as_):
    client = as_("observer")
    client.get(row_url(world.row))
    few = queries(client, row_url(world.row))
    for number in range(15):
        join(world, f"q{number}", f"Person {number}")
        comment(world, f"@Person {number} hello")
    assert queries(client, row_url(world.row)) == few


def test_the_journey_without_a_script(world, as_):
    client = as_("observer")
    sent = {"words": "Hello @Data Steward and @Jim", "people": [world.trust_manager.pk]}
    answer = client.post(row_url(world.row, "comment/"), sent, follow=True)
    assert answer.redirect_chain[-1][0] == row_url(world.row) + "#comments"
    read = words(answer)
    assert "Your comment has been added. Told: Data Steward; Trust Workforce Manager; Workforce Manager." in read
    assert "Nobody here is called “Jim”, so nobody was told for “@Jim”." in read


def test_a_choice_that_is_refused_keeps_words_and_boxes(world, as_):
    client = as_("observer")
    for sent in ({"words": " ", "people": [world.steward.pk]}, {"words": "Hm", "people": [world.stranger.pk, "x"]}):
        answer = client.post(row_url(world.row, "comment/"), sent)
        assert answer.status_code == 200 and not Comment.objects.exists()
        assert "There is a problem" in words(answer)
    answer = client.post(row_url(world.row, "comment/"), {"words": " ", "people": [world.steward.pk]})
    assert f'value="{world.steward.pk}" id="tell-{world.steward.pk}" checked' in answer.content.decode()
    assert '<details class="govuk-details" open' in answer.content.decode()


def test_a_comment_on_a_removed_row_keeps_the_words(world, as_):
    services.remove_action(action=world.row, by=world.coordinator)
    assert as_("observer").get(row_url(world.row, "comment/")).status_code == 302
    answer = as_("observer").post(row_url(world.row, "comment/"), {"words": "Late words"})
    assert "removed from the plan" in words(answer) and "Late words" in words(answer)


def test_nobody_outside_comments_or_sees_who_belongs_here(world, as_):
    for client in (as_("stranger"), as_("foreigner")):
        assert client.get(row_url(world.row, "comment/")).status_code == 404
        assert client.post(row_url(world.row, "comment/"), {"words": "Hello"}).status_code == 404
    assert Client().get(row_url(world.row, "comment/")).status_code == 302
    assert not Comment.objects.exists()


def test_control_without_the_question_who_belongs_here_a_stranger_would_be_told(world, monkeypatch):
    everybody = [commenting.Member(world.stranger.pk, "Stranger", "")]
    monkeypatch.setattr(commenting, "members_of", lambda partnership: everybody)
    said = comment(world, "@Stranger")
    assert [person["name"] for person in said.told] == ["Stranger"]
    assert told(said) == []  # and the second guard, of the notice itself, still holds


def test_messages_about_comments_hold_none_of_their_words(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        comment(world, "@Data Steward the secret is 42")
    assert sorted(message.to[0] for message in mail.outbox) == ["manager@example.org", "steward@example.org"]
    assert all("secret" not in str(message.message()) for message in mail.outbox)
