"""Every address × method × member of the cast × the council's, the trust's and another partnership's things.

Addresses come from the resolver, so a new one without a line in policy.py fails here. The last tests take checks
away one by one and expect this matrix to notice: a matrix that cannot fail proves nothing.
"""

from contextlib import contextmanager
from datetime import date
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from actions import calendars, editing, imports, saved_views
from actions import services as actions
from partners import access, services
from partners.models import Membership, Partnership
from partners.permissions import Role
from strategies.citing import cite_figure
from tests.access.policy import POLICY
from tests.workforce.exploring.releases import figure_of, release_of
from tests.workforce.profile_pages import reports
from tests.workforce.uploads.quick_reader import QUICK, read_quickly
from workforce import engine, profiles, uploads
from workforce.disclosure.released import Audience
from workforce.profile_lifecycle import Stage

LETTERS = {
    "C": "coordinator",
    "S": "steering",
    "L": "lead",
    "M": "manager",
    "D": "steward",
    "O": "observer",
    "T": "trust_manager",
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LET_IN = {200, 302, 400, 409, 410, 422}


def addresses(resolver=None, space=""):
    """(name, pattern) of every address there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry


def parts_of(pattern):
    """The names of an address's variable parts."""
    return set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)


def test_every_address_has_a_policy_line_and_every_line_an_address():
    assert {name for name, _ in addresses()} == set(POLICY)


@pytest.fixture
def things(world):
    """One of each thing that an address can name: the council's, the trust's, and one of another partnership."""
    row_file = ContentFile(b"proof", name="proof.txt")
    sides = {}
    here, far = (world.partnership, world.strategy), (world.elsewhere, world.far_strategy)
    places = {
        "own": (*here, world.council, world.row, world.second_aim, world.coordinator),
        "other": (*here, world.trust, world.trust_row, world.second_aim, world.coordinator),
        "far": (*far, world.far_council, world.far_row, world.far_theme, world.foreigner),
    }
    for side, (partnership, strategy, organisation, row, heading, boss) in places.items():
        invitation = services.invite(
            partnership=partnership, email="new@example.org", role=Role.OBSERVER, organisation=organisation, by=boss
        )
        seat = Membership.objects.filter(partnership=partnership, organisation=organisation).order_by("-pk").first()
        plan_file = ContentFile(b"Aim,Activity,Timescale\nGrow,Do it,March 2027\n", name="plan.csv")
        plan_import = imports.start_import(strategy=strategy, upload=plan_file, by=boss)
        imports.read_import(plan_import.pk)
        sides[side] = {
            "actions:": {"pk": row.pk, "attachment": actions.attach(action=row, upload=row_file, by=boss).pk},
            "actions:held": {"pk": held_edit(row).pk},
            "actions:plan-import": {"strategy": strategy.slug, "pk": plan_import.pk, "number": 0},
            "actions:view-": {"pk": shared_view(strategy, side, boss).pk},
            "actions:calendar-read": {"token": feed_token(partnership, boss, "ours" if side == "other" else "mine")},
            "strategies:": {"strategy": strategy.slug, "kind": heading._meta.model_name + "s", "pk": heading.pk},
            "strategies:sign-up": {"strategy": strategy.slug, "pk": organisation.pk},
            "partners:invitation-revoke": {"pk": invitation.pk},
            "partners:membership-end": {"pk": seat.pk},
            "partners:invitation-accept": {"token": services.invitation_token(invitation)},
            "quality:quality-partner": {"pk": partnership.partners.get(organisation=organisation).pk},
            "quality:sector-size-": {"pk": known_size(partnership, boss).pk},
            "explore:": {"pk": cited_figure(strategy, boss).figure_id},
            "explore:public-file": {"format": "json"},
            "strategies:figure-cite": {"pk": cited_figure(strategy, boss).figure_id},
            "strategies:citation-remove": {"strategy": strategy.slug, "pk": cited_figure(strategy, boss).pk},
            **profile_things(partnership, organisation, boss, side),
            "workforce:": {"pk": faulty_upload(partnership, organisation).pk, "position": 0},
            "": {
                "partnership": partnership.slug,
                "strategy": strategy.slug,
                "format": "csv",
                "uidb36": "x",
                "key": "y",
            },
        }
    return sides


def cited_figure(strategy, boss):
    """A figure of a released report, cited by the strategy."""
    if cited := strategy.cited_figures.first():
        return cited
    release_of(strategy.partnership, audience="public")  # which everybody may read
    figure = figure_of(release_of(strategy.partnership))
    return cite_figure(strategy=strategy, figure=figure, words="So", by=boss)


def known_size(partnership, boss):
    known = {"service": "care_home", "as_at": date(2026, 3, 31), "source": "A register", "posts": 20}
    return uploads.set_sector_size(partnership=partnership, **known, by=boss)


def profile_things(partnership, organisation, boss, side):
    """A released report and a draft; on the other sides that partner's own report, which nobody here may open."""
    figure = {"kind": "unpaid_carers", "as_at": date(2026, 3, 31), "value": 20, "source": "Census"}
    figure = profiles.set_context_figure(partnership=partnership, **figure, by=boss)
    partner = partnership.partners.get(organisation=organisation)
    own = {"audience": Audience.PARTNER, "partner": partner}
    released = reports.kept(partnership) if side == "own" else reports.kept(partnership, Stage.DRAFT, **own)
    draft = reports.kept(partnership, Stage.DRAFT) if side == "own" else released
    drafts = [f"profile:release-{verb}" for verb in ("check", "release", "discard", "again")]
    return {
        "profile:": {"pk": released.pk, "key": "people", "format": "json"},
        "profile:context-": {"pk": figure.pk},
        "profile:part-edit": {"key": "no-such-part" if side == "far" else "people"},  # every report has the same parts
        **{name: {"pk": draft.pk} for name in drafts},
    }


def faulty_upload(partnership, organisation):
    """A return that was read, with a fault to decide on."""
    partner = partnership.partners.get(organisation=organisation)
    file = ContentFile(b"number,pay\n1,20\n2,much\n", name="workers.csv")
    given = {"partnership": partnership, "partner": partner, "as_at": date(2026, 9, 30), "files": [file]}
    with mock.patch.object(engine, "current", lambda: QUICK):  # Where commits are real, it is read at once.
        return read_quickly(uploads.send_in(**given, by=None))


def shared_view(strategy, name, boss):
    return saved_views.save_view(strategy=strategy, name=name, query="late=on", shared=True, by=boss)


def feed_token(partnership, boss, rows):
    return calendars.make_feed(partnership=partnership, by=boss, rows=rows)[1]


def held_edit(row):
    """What somebody typed into a cell that another had changed."""
    words = {"evidence": editing.Edit("what nobody saw", "Mine")}
    return editing.save_cells(action=row, edits=words, by=None).conflicts[0].held


def address(name, pattern, side, inside="marlbrook"):
    """The address with that side's things in it, always asked for inside one partnership."""
    given = {}
    for prefix in sorted(side, key=len):
        if name.startswith(prefix):
            given |= side[prefix]
    given["partnership"] = inside
    return reverse(name, kwargs={part: given[part] for part in parts_of(pattern)})


def ask(client, method, url):
    """The answer's status; whatever the request changed is undone."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, url, content_type="application/x-www-form-urlencoded")
        if response.streaming:
            response.getvalue()  # Read to its end, which closes the file.
        transaction.set_rollback(True)
    client.cookies = cookies
    away = response.status_code == 302 and response.url.startswith("/account/sign-in/")
    return "sign-in" if away else response.status_code


def expected(line, method, letter, side):
    if letter == "nobody":
        return LET_IN | {405} if line.public else {"sign-in"}
    if line.public or line.signed_in:
        return LET_IN if method in line.methods.split() else {405}
    if letter in ("stranger", "foreigner") or side == "far":
        return {404, 405}
    if method not in line.methods.split():
        return {405}
    return LET_IN if letter in line.who(side) else {403}


@pytest.fixture
def clients(world):
    """A signed-in client for everybody in the cast, and one for nobody."""
    made = {"nobody": Client()}
    for letter, who in {**LETTERS, "stranger": "stranger", "foreigner": "foreigner"}.items():
        made[letter] = Client()
        made[letter].force_login(world.people[who])
    return made


def leaks(clients, things, only=None):
    """Every answer that the policy does not allow, and how many were asked."""
    wrong, asked = [], 0
    for name, pattern in addresses():
        if only and name != only:
            continue
        line = POLICY[name]
        tenant = "partnership" in parts_of(pattern)
        for side in ("own", "other", "far") if tenant else ("own",):
            if side == "far" and not parts_of(pattern) - {"partnership", "kind", "format"}:
                continue  # Nothing of the other partnership is named in such an address.
            url = address(name, pattern, things[side])
            for letter, client in clients.items():
                for method in METHODS:
                    asked += 1
                    status = ask(client, method, url)
                    if status not in expected(line, method, letter, side):
                        wrong.append(f"{method} {name} ({side}) as {letter}: {status}")
                        if only:
                            return wrong, asked
    return wrong, asked


def test_nobody_gets_further_than_the_policy_says(clients, things):
    wrong, asked = leaks(clients, things)
    assert not wrong, "\n".join(wrong[:60])
    assert asked > 5000


@contextmanager
def everybody_belongs_everywhere(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(type(Partnership.objects.all()), "for_user", lambda rows, user: rows.all())
        yield


def nobody_asks(monkeypatch):
    """Take the permission question away from the page and from the service behind it."""
    for module in (access, services):
        monkeypatch.setattr(module, "may", lambda *args, **kwargs: True)


GUARDED = [
    (name, pattern.callback)
    for name, pattern in addresses()
    if hasattr(pattern.callback, "right")
    or (name.startswith(("reviews:home", "actions:", "strategies:", "workforce:")) and not POLICY[name].public)
]


def needs_the_right(name):
    """A page that every member may open is guarded by membership alone."""
    line = POLICY[name]
    return not (line.own == line.who("other") == "CSLMDOT") and len(line.who("own") & line.who("other")) < 7


@pytest.mark.parametrize("name", [name for name, _ in GUARDED if needs_the_right(name)])
def test_control_without_the_permission_question_the_matrix_fails(name, clients, things, monkeypatch):
    nobody_asks(monkeypatch)
    wrong, _ = leaks(clients, things, only=name)
    assert wrong


@pytest.mark.parametrize("name", [name for name, pattern in GUARDED])
def test_control_without_the_membership_question_the_matrix_fails(name, clients, things, monkeypatch):
    with everybody_belongs_everywhere(monkeypatch):
        nobody_asks(monkeypatch)
        wrong, _ = leaks(clients, things, only=name)
    assert wrong
