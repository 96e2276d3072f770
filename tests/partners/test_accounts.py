"""Signing in, staying signed in, and getting back in."""

import re
import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from partners import services
from partners.middleware import SEEN, STARTED
from partners.models import User
from partners.permissions import Role

PASSWORD = "three random words"
SIGN_IN = "/account/sign-in/"


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


@pytest.fixture
def member(world):
    world.manager.set_password(PASSWORD)
    world.manager.save()
    return world.manager


def sign_in(client, password=PASSWORD, email="manager@example.org"):
    return client.post(SIGN_IN, {"login": email, "password": password})


def test_signing_in_leads_home(member, client):
    answer = client.post(SIGN_IN, {"login": "Manager@Example.org", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/p/marlbrook/"


def test_ten_wrong_passwords_close_the_door_even_to_the_right_one(member, client):
    for _ in range(10):
        assert sign_in(client, "wrong").status_code == 200
    answer = sign_in(client)
    assert answer.status_code in (200, 429)
    assert not client.session.get("_auth_user_id")


def test_control_nine_wrong_passwords_do_not(member, client):
    for _ in range(9):
        sign_in(client, "wrong")
    assert sign_in(client).status_code == 302


def test_a_wrong_address_and_a_wrong_password_read_the_same(member, client):
    def words(answer):
        return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode()).replace("nobody", "manager")

    assert words(sign_in(client, "wrong")) == words(sign_in(client, "wrong", "nobody@example.org"))


def test_forgotten_password_sends_a_link_that_works_once(member, client):
    client.post("/account/password/forgotten/", {"email": "manager@example.org"})
    link = re.search(r"http://\S+", mail.outbox[0].body)[0].replace("http://testserver", "")
    page = client.get(link, follow=True)
    new = {"password1": "four other random words", "password2": "four other random words"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    member.refresh_from_db()
    assert member.check_password("four other random words")
    assert "no longer works" in Client().get(link, follow=True).content.decode()


def test_forgotten_password_says_the_same_to_a_stranger(world, client):
    answer = client.post("/account/password/forgotten/", {"email": "nobody@example.org"})
    assert answer.status_code == 302
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("mark", "seconds", "stays"), [(SEEN, 31 * 60, False), (SEEN, 29 * 60, True), (STARTED, 12 * 3600 + 1, False)]
)
def test_sessions_end(as_, mark, seconds, stays):
    client = as_("manager")
    client.get("/p/marlbrook/")
    session = client.session
    session[mark] = time.time() - seconds
    session.save()
    assert (client.get("/p/marlbrook/").status_code == 200) is stays


def test_a_closed_account_is_out_at_once(as_, world):
    client = as_("manager")
    User.objects.filter(pk=world.manager.pk).update(is_active=False)
    assert client.get("/p/marlbrook/").status_code == 302


@pytest.mark.parametrize("password", ["short", "password1234", "newperson@example.org"])
def test_an_easy_password_is_refused_with_a_sentence_and_nothing_is_made(world, client, password):
    link = _link(world)
    answer = client.post(link, {"name": "New Person", "password": password})
    assert answer.status_code == 200
    assert "govuk-error-message" in answer.content.decode()
    assert not User.objects.filter(email="newperson@example.org").exists()


def test_a_long_password_with_spaces_is_taken_as_typed(world, client):
    password = " " + "long words " * 8
    client.post(_link(world), {"name": "New Person", "password": password})
    assert User.objects.get(email="newperson@example.org").check_password(password)


def test_accepting_signs_in_and_leads_to_the_partnership(world, client):
    answer = client.post(_link(world), {"name": "New Person", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/p/marlbrook/"


def test_an_invitation_for_somebody_known_wants_them_signed_in(world, as_):
    link = _link(world, email="stranger@example.org")
    assert "Sign in to accept" in Client().get(link).content.decode()
    assert "sign out first" in as_("manager").get(link).content.decode()
    assert as_("stranger").post(link).status_code == 302
    assert world.partnership.standing_of(world.stranger).posts


def test_nobody_signs_up_uninvited(client, db):
    assert client.get("/account/sign-up/").status_code in (302, 404)
    assert client.get("/account/signup/").status_code in (302, 404)


def _link(world, email="newperson@example.org"):
    invitation = services.invite(
        partnership=world.partnership, email=email, role=Role.OBSERVER, organisation=world.council, by=world.coordinator
    )
    return f"/invitation/{services.invitation_token(invitation)}/"


def test_the_sign_in_page_of_a_demonstration_lists_its_sign_ins(world, client, settings):
    User.objects.create_user("lead@demo.example", name="Demo Lead")
    assert "Demo Lead" not in client.get(SIGN_IN).content.decode()  # the control
    settings.DEMO_PASSWORD = "try-the-planner"
    page = client.get(SIGN_IN).content.decode()
    assert "Demo Lead" in page
    assert "manager@example.org" not in page
