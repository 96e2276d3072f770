"""A real browser on a real server. Chromium is the machine's own; nothing is downloaded."""

import os
import shutil

import pytest
from django.conf import settings as site_settings
from django.test import Client
from playwright.sync_api import expect

from tests.journeys.table import PLAN, Table

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # The browser's driver runs an event loop of its own.

PASSWORD = "three random words"
WIDTHS = (320, 768, 1280)
QUIET = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


def chromium():
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    args = [*QUIET, "--disable-sync"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    return {**browser_type_launch_args, "executable_path": chromium(), "args": args}


@pytest.fixture
def site(live_server, world, settings):
    """The site with the world in it, and everybody able to sign in."""
    settings.SITE_ADDRESS = live_server.url
    for user in world.people.values():
        give_password(user)
    return live_server.url


def give_password(user):
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])


def sign_in(page, who):
    """On the sign-in page."""
    page.get_by_label("E-mail address").fill(f"{who}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=15_000)


@pytest.fixture
def at(site, page):
    """`at("manager", "/p/marlbrook/")`: the page as that member of the cast sees it, signed in through the form."""

    def go(who, path, page=page):
        page.goto(f"{site}/account/sign-in/")
        sign_in(page, who)
        page.goto(site + path)
        return page

    return go


def session_cookie(site, user):
    """A session of this person, as signing in leaves it in the browser."""
    client = Client()
    client.force_login(user)
    name = site_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site, "httpOnly": True}


@pytest.fixture
def table(live_server, world, settings, new_context):
    """`table("manager")`: the plan in a browser of that member of the cast, who is signed in already.

    At the end no script may have failed and the content policy may have refused nothing.
    """
    settings.SITE_ADDRESS = live_server.url
    opened = []

    def go(who, query="", **browser):
        context = new_context(**({"viewport": {"width": 1280, "height": 900}} | browser))
        context.add_cookies([session_cookie(live_server.url, world.people[who])])
        opened.append(Table(context.new_page(), f"{live_server.url}{PLAN}{query}"))
        return opened[-1].open()

    yield go
    faults = [fault for one in opened for fault in one.faults]
    assert faults == []
