"""What somebody sends while signed out is kept, shown and sent again; nobody else gets it."""

import time

import pytest

from partners.middleware import SEEN

SIGN_IN = "/account/sign-in/"
PASSWORD = "three random words"


@pytest.fixture
def idle(world, as_):
    """The manager with a form open, whose session ended while typing."""
    for who in ("manager", "lead"):
        world.people[who].set_password(PASSWORD)
        world.people[who].save(update_fields=["password"])
    client = as_("manager")
    client.get("/p/marlbrook/")
    session = client.session
    session[SEEN] = time.time() - 3600
    session.save()
    return client


def send(client, world, words="Two more partners have joined"):
    return client.post(f"/p/marlbrook/actions/{world.row.pk}/comment/", {"words": words})


def sign_in(client, who="manager"):
    return client.post(
        SIGN_IN + "?next=/kept-words/", {"login": f"{who}@example.org", "password": PASSWORD}, follow=True
    )


def test_the_words_come_back_after_signing_in_and_can_be_sent_again(idle, world):
    answer = send(idle, world)
    assert answer.url == f"{SIGN_IN}?next=/kept-words/"
    assert "You had been signed out" in idle.get(answer.url).content.decode()
    page = sign_in(idle).content.decode()
    assert "Two more partners have joined" in page
    assert not world.row.comments.exists()
    assert send(idle, world).status_code == 302
    assert world.row.comments.get().words == "Two more partners have joined"


def test_somebody_else_at_the_same_browser_does_not_get_them(idle, world):
    send(idle, world)
    page = sign_in(idle, "lead").content.decode()
    assert "Two more partners have joined" not in page


def test_control_without_being_signed_out_nothing_is_kept(world, as_):
    client = as_("manager")
    send(client, world)
    assert client.get("/kept-words/").status_code == 302


def test_script_in_what_was_typed_is_shown_as_words(idle, world):
    send(idle, world, "<script>alert(1)</script>")
    page = sign_in(idle).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_too_much_is_not_kept_and_that_is_said(idle, world):
    answer = send(idle, world, "x" * 300_000)
    assert answer.url.startswith(f"{SIGN_IN}?next=/p/marlbrook/")
    assert "too long to be kept. Nothing was changed" in idle.get(answer.url).content.decode()
    assert not world.row.comments.exists()


def test_control_a_page_that_only_was_asked_for_says_nothing_of_that(idle, world):
    answer = idle.get("/p/marlbrook/")
    assert "too long" not in idle.get(answer.url).content.decode()
