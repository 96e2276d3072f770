"""Every page at three widths: no finding by machine, no sideways scroll, nothing said by the content policy."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from actions import calendars, imports, saved_views, services
from actions.models import PlanImport
from partners import services as partners
from tests.access.policy import POLICY
from tests.access.test_matrix import (
    addresses,
    cited_figure,
    faulty_upload,
    held_edit,
    known_size,
    parts_of,
    profile_things,
)
from tests.actions.reading.files import word_file
from tests.journeys.conftest import WIDTHS
from tests.workforce.profile_pages import reports
from workforce.disclosure.released import Audience
from workforce.models import Upload
from workforce.profile_lifecycle import Stage

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")

# Pages that are not opened here: they answer with a file, lead on at once, or need a link from a message.
NOT_PAGES = {
    "healthz", "readyz", "actions:plan-export", "actions:attachment", "actions:plan-current", "reviews:start",
    "strategies:strategy-current", "account_reset_password_from_key", "account_set_password", "partners:who-am-i",
    "actions:plan-live", "actions:calendar-read", "workforce:template-blank", "workforce:upload-faults",
    "workforce:upload-marked", "workforce:upload-progress", "profile:release-file", "explore:public-file",
}  # fmt: skip
# Pages that the coordinator may not open: they are looked at as the data steward, below.
FOR_STEWARDS = {name for name in POLICY if name.startswith(("workforce:", "profile:")) and POLICY[name].own == "D"}


@pytest.fixture
def full_world(world):
    """Something of everything, so that no page is looked at while it is empty."""
    services.post_update(action=world.row, status="red", words="Nobody has applied. Advert again.", by=world.manager)
    services.add_comment(action=world.row, words="@Coordinator, we can host it.", by=world.trust_manager)
    services.attach(action=world.row, upload=ContentFile(b"x", name="notes.txt"), by=world.manager)
    services.remove_action(action=world.shared_row, by=world.coordinator)
    world.held = held_edit(world.row)
    content = (
        b"Aim,Activity,Timescale,Priority\nGrow our own staff,Map leadership courses,30/02/2026,Very\nNew,Do it,TBC,H\n"
    )
    world.plan_import = imports.start_import(
        strategy=world.strategy, upload=ContentFile(content, name="plan.csv"), by=world.coordinator
    )
    imports.read_import(world.plan_import.pk)
    _keep_a_document(world)
    world.view = saved_views.save_view(strategy=world.strategy, name="Late", query="late=on", by=world.coordinator)
    calendars.make_feed(partnership=world.partnership, by=world.coordinator, rows="mine")
    world.known_size = known_size(world.partnership, world.coordinator)
    world.profile = profile_things(world.partnership, world.council, world.coordinator, "own")
    world.figure = cited_figure(world.strategy, world.coordinator).figure
    return world


def _keep_a_document(world):
    """The partnership's own Word plan, under a name that no line of a telephone is wide enough for."""
    name = f"Our_{'_'.join(['workforce'] * 12)}_plan.docx"
    upload = ContentFile(word_file([["Activity", "By when"], ["Do it in Word", "March 2027"]]), name=name)
    started = imports.start_import(strategy=world.strategy, upload=upload, by=world.coordinator)
    imports.read_import(started.pk)
    started.refresh_from_db()
    imports.apply_import(plan_import=started, by=world.coordinator)


def paths(world):
    """Every page's path, from the resolver."""
    given = {
        "partnership": "marlbrook",
        "strategy": "joint-strategy",
        "kind": "aims",
        "token": "altered",
        "key": "people",
    }
    pks = {"strategies:sign-up": world.council.pk, "actions:plan-import": world.plan_import.pk}
    pks |= {"actions:view-edit": world.view.pk, "actions:view-delete": world.view.pk}
    pks["actions:held-edit"] = world.held.pk
    pks["quality:quality-partner"] = world.partnership.partners.first().pk
    pks |= dict.fromkeys(["quality:sector-size-edit", "quality:sector-size-remove"], world.known_size.pk)
    pks["partners:membership-end"] = world.partnership.memberships.first().pk
    pks |= {name: world.profile["profile:"]["pk"] for name in POLICY if name.startswith("profile:")}
    pks |= {name: one["pk"] for name, one in world.profile.items() if name.startswith("profile:release-")}
    pks |= {name: world.profile["profile:context-"]["pk"] for name in POLICY if name.startswith("profile:context-")}
    pks |= dict.fromkeys(["explore:figure", "strategies:figure-cite"], world.figure.pk)
    for name, pattern in addresses():
        if name in NOT_PAGES | FOR_STEWARDS or POLICY[name].methods == "POST":
            continue
        wanted = parts_of(pattern)
        pk = pks.get(name, world.aim.pk if name.startswith("strategies:") else world.row.pk)
        yield reverse(name, kwargs={part: given.get(part, pk) for part in wanted})


def findings(page):
    """What axe finds, and whether the page scrolls sideways."""
    page.evaluate(AXE)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in result["violations"]]
    found += [f"invisible words: {node['html'][:120]}" for node in invisible(result["incomplete"])]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("scrolls sideways")
    return found


def invisible(incomplete):
    """Words of the colour of what is behind them: the checker takes them for hidden on purpose and only wonders."""
    nodes = [node for one in incomplete if one["id"] == "color-contrast" for node in one["nodes"]]
    return [node for node in nodes if any((check["data"] or {}).get("contrastRatio") == 1 for check in node["any"])]


def test_every_page_at_every_width(full_world, at, site):
    page = at("coordinator", "/")
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    wrong = []
    for path in paths(full_world):
        answer = page.goto(site + path)
        if answer.status not in (200, 410):
            wrong.append(f"{path}: {answer.status}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{path} at {width}: {finding}" for finding in findings(page)]
    assert wrong == []
    assert [line for line in said if "410" not in line] == []


def test_forms_in_error_are_as_good(full_world, at, site):
    page = at("coordinator", "/")
    wrong = []
    for path in paths(full_world):
        if path == reverse("partners:gallery"):
            continue  # Its forms lead nowhere; it shows one in error already.
        page.goto(site + path)
        button = page.locator("main form[method=post] :is(button, input)[type=submit]").first
        if not button.count():
            continue
        page.locator("main form[method=post] :is(input[type=text], textarea)").evaluate_all(
            "boxes => boxes.forEach(box => { box.value = '' })"
        )
        button.click()
        if page.locator(".govuk-error-summary").count():
            wrong += [f"{path}: {finding}" for finding in findings(page)]
            targets = page.locator(".govuk-error-summary a").evaluate_all(
                "links => links.filter(link => !document.querySelector(link.getAttribute('href'))).length"
            )
            if targets:
                wrong.append(f"{path}: an error link that leads nowhere")
            if not page.title().startswith("Error: "):
                wrong.append(f"{path}: the title does not say that there is an error")
    assert wrong == []


def test_pages_behind_links_and_in_between(full_world, at, site, browser, mailoutbox):
    """The pages that only a message leads to, and the states of an import on its way."""
    world = full_world
    invitation = partners.invite(
        partnership=world.partnership, email="new@example.org", role="observer", organisation=world.council, by=None
    )
    page = browser.new_page()
    page.goto(f"{site}/account/password/forgotten/")
    page.get_by_label("E-mail address").fill("lead@example.org")
    page.get_by_role("button", name="Send the link").click()
    page.wait_for_url("**/sent/")
    reset = next(word for word in mailoutbox[-1].body.split() if "/password/forgotten/" in word)
    wrong = both_widths(page, site, f"/invitation/{partners.invitation_token(invitation)}/", reset.removeprefix(site))
    signed_in = at("coordinator", "/")
    for state in ("waiting", "unreadable", "applied"):
        PlanImport.objects.filter(pk=world.plan_import.pk).update(state=state, fault="The file is damaged.")
        wrong += both_widths(signed_in, site, f"/p/marlbrook/plan/joint-strategy/import/{world.plan_import.pk}/")
    page.close()
    signed_in.goto(f"{site}/p/marlbrook/calendar/")
    signed_in.get_by_role("button", name="Make a new address").click()
    for width in WIDTHS:
        signed_in.set_viewport_size({"width": width, "height": 900})
        wrong += [f"a new address at {width}: {finding}" for finding in findings(signed_in)]
    assert signed_in.get_by_label("Address to copy").input_value().endswith(".ics")
    assert wrong == []


def test_pages_of_a_return_in_every_state(world, at, site):
    """As its own data steward sees them, under names that no line of a telephone is wide enough for."""
    upload = faulty_upload(world.partnership, world.council)
    upload.files.update(name=f"{'_'.join(['staff'] * 20)}.csv")
    upload.causes.update(message=f"{'LONGESTHEADING' * 4} is not one of the codes", accepted="1; 2; 3")
    page = at("steward", "/")
    home = f"/p/marlbrook/workforce/uploads/{upload.pk}/"
    headings = {"unmapped_headings": ["Employee No.", "Post title"], "suggested_columns": {"Post title": "role"}}
    wrong = both_widths(page, site, "/p/marlbrook/workforce/", "/p/marlbrook/workforce/send/", f"{home}faults/0/")
    for state in Upload.State:
        Upload.objects.filter(pk=upload.pk).update(state=state, fault="The file is damaged.", **headings)
        wrong += both_widths(page, site, home)
    wrong += both_widths(page, site, f"{home}columns/", "/p/marlbrook/workforce/send/")
    page.get_by_role("button", name="Send these files").click()
    wrong += findings(page)
    assert page.title().startswith("Error: ")
    assert wrong == []


def test_pages_of_a_profile_report_in_every_stage(world, at, site):
    """As those who work on reports and as a data steward see them, with names that are wider than a telephone."""
    world.partnership.partners.update(known_as="Council_and_" * 6)
    partner = world.partnership.partners.get(organisation=world.council)
    own = reports.kept(world.partnership, Stage.DRAFT, Audience.PARTNER, partner=partner)
    kept = {stage: reports.kept(world.partnership, stage, as_at=date(2020 + n, 3, 31)) for n, stage in enumerate(Stage)}
    there = "/p/marlbrook/workforce/profile"
    seen = {
        "coordinator": ["", *(f"{one.pk}/" for one in kept.values())],
        "manager": ["", f"{kept[Stage.WITHDRAWN].pk}/"],
        "steward": ["", f"{own.pk}/", "ask/own/"],
    }
    wrong = []
    for who, paths in seen.items():
        page = at(who, "/")
        wrong += both_widths(page, site, *(f"{there}/{path}" for path in paths))
        page.context.clear_cookies()
    assert wrong == []


def both_widths(page, site, *paths):
    wrong = []
    for path in paths:
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(site + path)
            wrong += [f"{path} at {width}: {finding}" for finding in findings(page)]
            wrong += [f"{path}: {answer.status}"] if answer.status != 200 else []
    return wrong


def test_control_a_seeded_barrier_is_found(full_world, at):
    page = at("coordinator", "/p/marlbrook/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input type=text><img src=x>')")
    assert len(findings(page)) >= 2
    page.goto(page.url)
    page.evaluate("document.querySelector('h1').style.color = getComputedStyle(document.body).backgroundColor")
    assert any("invisible" in finding for finding in findings(page))


def test_nothing_is_asked_of_another_host(full_world, at, site):
    page = at("manager", "/p/marlbrook/")
    hosts = []
    page.on("request", lambda request: hosts.append(request.url))
    for path in ("/p/marlbrook/", "/p/marlbrook/plan/joint-strategy/"):
        page.goto(site + path)
    assert hosts and all(url.startswith(site) for url in hosts)
