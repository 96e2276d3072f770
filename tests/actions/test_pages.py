"""The pages of the plan and of its rows, as people see and use them."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions import services
from actions.columns import FORM_COLUMNS, cells_of
from actions.editing import Edit, save_cells
from actions.imports import read_import, start_import
from actions.models import Action, HeldEdit
from actions.reading.plan import read_plan
from partners.form_fields import DATE_PARTS
from partners.models import Change
from partners.permissions import Role
from partners.services import add_member, start_partnership
from strategies.services import add_aim, move_heading, start_strategy
from tests.actions.reading.files import csv_file
from tests.world import add_row

PLAN = "/p/marlbrook/plan/joint-strategy/"
MOST_QUERIES = 15


def row_url(row, step=""):
    return f"/p/marlbrook/actions/{row.pk}/{step}"


def words(answer):
    """The page as it reads: tags out, spaces evened."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(text).split())


def refs(answer):
    """The references of the rows shown, in their order."""
    return re.findall(r'id="row-\d+"[^>]*><th[^>]*>(?:<input[^>]*>)?<a[^>]*>([^<]*)</a>', answer.content.decode())


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def when(day):
    return f"{day.day} {day:%B %Y}"


# --- The plan: rows, groups, order ---------------------------------------------------------------------------------


def test_rows_stand_under_their_aims_in_the_strategys_order(as_, world):
    add_row(world, ref="9", activity="On the second aim", aim=world.second_aim.pk)
    add_row(world, ref="T", activity="On a theme", aim=None, theme=world.theme.pk)
    add_row(world, ref="4", activity="On the first aim")
    page = as_("observer").get(PLAN)
    assert refs(page) == ["1", "2", "3", "4", "9", "T"]
    read = words(page)
    titles = [
        "Aim 1. Grow our own staff 4 actions",
        "Aim 2. Train together 1 action",
        "Working in partnership 1 action",
    ]
    places = [read.index(title) for title in titles]
    assert places == sorted(places)


def test_reordering_aims_reorders_and_renumbers_the_plan(as_, world):
    add_row(world, ref="9", activity="On the second aim", aim=world.second_aim.pk)
    move_heading(heading=world.second_aim, step=-1, by=world.coordinator)
    page = as_("observer").get(PLAN)
    assert refs(page) == ["9", "1", "2", "3"]
    assert "Aim 1. Train together" in words(page)


def test_an_aim_without_rows_is_left_out(as_):
    read = words(as_("observer").get(PLAN))
    assert "Aim 1. Grow our own staff 3 actions" in read
    assert "Aim 2. Train together 0" not in read


def test_the_table_shows_people_organisation_and_what_was_understood_beside_the_words(as_, world):
    add_row(world, ref="7", activity="Later", timescale_text="Q2 2026/27", leads="First Officer\nSecond Officer")
    page = as_("observer").get(PLAN)
    row = page.content.decode().split(">7</a>")[1].split("</tr>")[0]
    assert "Q2 2026/27<span" in row
    assert "30 September 2026" in row
    assert "<strong>First Officer</strong><br>Second Officer<" in row
    assert ">Council</span>" in row


def test_a_row_without_a_timescale_says_nothing_of_what_was_understood(as_, world):
    row = add_row(world, activity="Say nothing of when", timescale_text="")
    assert row.reading["kind"] == "blank"
    assert "No timescale" not in words(as_("manager").get(PLAN))


def test_words_that_say_just_what_was_understood_are_not_said_twice(as_, world):
    add_row(world, ref="7", activity="Plain", timescale_text="Nobody knows")
    row = as_("observer").get(PLAN).content.decode().split(">7</a>")[1].split("</tr>")[0]
    assert "Not understood" in row  # the control: this one is worth saying
    assert "not confirmed" in row


def test_late_rows_are_counted_in_their_group_and_marked_on_their_page(as_, world):
    late = add_row(world, ref="L", activity="Overdue", timescale_text=when(in_days(-3)))
    done = add_row(world, ref="D", activity="Overdue but done", timescale_text=when(in_days(-3)), status="blue")
    unsure = add_row(world, ref="U", activity="Perhaps", timescale_text="around spring 2020")
    client = as_("observer")
    assert "6 actions · 1 late" in words(client.get(PLAN))
    marks = {row.ref: ">Late<" in client.get(row_url(row)).content.decode() for row in (late, done, unsure)}
    assert marks == {"L": True, "D": False, "U": False}


def test_the_newest_strategy_is_the_one_that_plan_opens(as_, world):
    client = as_("observer")
    assert client.get("/p/marlbrook/plan/").url == PLAN
    start_strategy(
        partnership=world.partnership, title="Next", slug="next", period_start=date(2030, 1, 1),
        period_end=date(2031, 1, 1), by=world.coordinator,
    )  # fmt: skip
    assert client.get("/p/marlbrook/plan/").url == "/p/marlbrook/plan/next/"


def test_a_plan_without_rows_says_what_to_do_first(as_, world):
    for row in (world.row, world.trust_row, world.shared_row):
        services.remove_action(action=row, by=world.coordinator)
    page = as_("coordinator").get(PLAN)
    assert "No rows yet" in words(page)
    assert "<table" not in page.content.decode()


def test_a_partnership_without_a_strategy_is_led_to_one(as_, world):
    empty = start_partnership(name="Brand New", slug="brand-new")
    add_member(user=world.coordinator, partnership=empty, role=Role.COORDINATOR, by=None)
    client = as_("coordinator")
    assert client.get("/p/brand-new/plan/").url == "/p/brand-new/strategy/"
    assert "Start" in words(client.get("/p/brand-new/strategy/"))


# --- Filters -----------------------------------------------------------------------------------------------------


@pytest.fixture
def varied(world):
    """Rows that differ in everything the filters ask about."""
    add_row(world, ref="H", activity="Urgent", priority="high", leads="Data Steward")
    add_row(world, ref="R", activity="In trouble", status="red", evidence="A survey of Élan", aim=world.second_aim.pk)
    add_row(world, ref="T", activity="On a theme", aim=None, theme=world.theme.pk, lead_organisation=None)
    add_row(
        world, ref="L", activity="Overdue", timescale_text=when(in_days(-30)), resource_requirement="100% of £5_000"
    )
    return world


@pytest.mark.parametrize(
    ("who", "asked", "found"),
    [
        ("observer", "", ["1", "2", "3", "H", "L", "R", "T"]),
        ("manager", "mine=on", ["1"]),
        ("steward", "mine=on", ["H"]),
        ("manager", "ours=on", ["1", "3", "H", "L", "R"]),
        ("trust_manager", "ours=on", ["2", "3"]),
        ("steering", "ours=on", []),
        ("observer", "late=on", ["L"]),
        ("observer", "priority=high", ["H"]),
        ("observer", "status=red", ["R"]),
        ("observer", "status=none", ["1", "2", "3", "H", "L", "T"]),
        ("observer", "q=survey", ["R"]),
        ("observer", "q=SURVEY", ["R"]),
        ("observer", "q=workforce+manager", ["1"]),
        ("observer", "q=100%25", ["L"]),
        ("observer", "q=5_0", ["L"]),
        ("observer", "q=nothing+of+the+kind", []),
        ("observer", "q=recruitment&ours=on", ["3"]),
        ("observer", "mine=on&late=on", []),
    ],
)
def test_each_filter_narrows_the_plan(as_, varied, who, asked, found):
    page = as_(who).get(f"{PLAN}?{asked}")
    assert refs(page) == found
    if asked and found:
        assert f"{len(found)} row{'s' if len(found) != 1 else ''} match" in words(page)
    if not found:
        assert "No rows match" in words(page)


def test_one_aim_or_one_theme_may_be_chosen(as_, varied):
    client = as_("observer")
    assert refs(client.get(f"{PLAN}?aim=a{varied.second_aim.pk}")) == ["R"]
    assert refs(client.get(f"{PLAN}?aim=t{varied.theme.pk}")) == ["T"]


@pytest.mark.parametrize(
    "asked",
    [
        "aim=a999999", "aim=x", "aim=", "aim=a1%27", "priority=urgent", "status=purple", "q=" + "x" * 200, "q=%00",
        "mine=", "page=2", "q=%F0%9F%A9%BA%ff", "late=off&late=",
    ],
)  # fmt: skip
def test_a_filter_that_is_none_never_breaks_the_page(as_, varied, asked):
    assert as_("observer").get(f"{PLAN}?{asked}").status_code == 200


def test_the_filters_chosen_stay_chosen_and_can_be_taken_away(as_, varied):
    page = as_("observer").get(f"{PLAN}?q=survey&status=red&mine=on").content.decode()
    assert 'value="survey"' in page
    assert '<option value="red" selected>' in page
    assert re.search(r'name="mine" checked', page)
    assert "Show all" in page
    assert "Show all" not in as_("observer").get(PLAN).content.decode()


# --- A row below another -------------------------------------------------------------------------------------------

ADD = f"{PLAN}add/"


def add_below(client, row, **cells):
    """Follow the link of the row's own page and send the form that it leads to, as it was shown."""
    link = re.search(r'href="([^"]+)">Add a row below<', client.get(row_url(row)).content.decode())[1]
    form = client.get(link).context["form"]
    shown = {name: value for name, value in form.initial.items() if value is not None}
    return client.post(link, shown | cells, follow=True)


@pytest.mark.parametrize("who", ["manager", "coordinator"])
def test_a_row_added_below_another_stands_there_under_the_same_aim(as_, world, who):
    answer = add_below(as_(who), world.row, activity="Ask the carers")
    assert "The row has been added to the plan." in words(answer)
    added = Action.objects.get(activity="Ask the carers")
    assert (added.aim, added.ref) == (world.aim, "4")
    assert refs(as_("observer").get(PLAN)) == ["1", "4", "2", "3"]


def test_where_it_will_stand_is_said_and_there_is_a_way_back(as_, world):
    page = as_("manager").get(f"{ADD}?after={world.row.pk}")
    assert "directly below “1 Map leadership courses”" in words(page)
    assert f'govuk-back-link" href="{row_url(world.row)}"' in page.content.decode()


def test_below_a_row_of_a_theme(as_, world):
    row = add_row(world, ref="T", activity="Of a theme", aim=None, theme=world.theme.pk)
    add_below(as_("coordinator"), row, activity="Another of it")
    added = Action.objects.get(activity="Another of it")
    assert (added.aim, added.theme) == (None, world.theme)


def test_below_a_row_that_went_meanwhile_it_takes_its_place(as_, world):
    client, link = as_("coordinator"), f"{ADD}?after={world.row.pk}"
    services.remove_action(action=world.row, by=world.coordinator)
    client.post(link, {"activity": "Instead", "aim": world.aim.pk, "ref": "9"})
    assert refs(client.get(PLAN)) == ["9", "2", "3"]


@pytest.mark.parametrize("after", ["", "x", "0", "9" * 30, "-1", "far"])
def test_below_no_row_of_this_plan_it_comes_last(as_, world, after):
    after = world.far_row.pk if after == "far" else after
    client = as_("coordinator")
    page = client.get(f"{ADD}?after={after}")
    assert page.status_code == 200 and "directly below" not in words(page) and "A far row" not in words(page)
    client.post(f"{ADD}?after={after}", {"activity": "Last", "aim": world.aim.pk, "ref": "9"})
    assert refs(client.get(PLAN)) == ["1", "2", "3", "9"]


def test_who_may_not_add_rows_is_not_asked_to(as_, world):
    assert "Add a row below" not in words(as_("observer").get(row_url(world.row)))
    services.remove_action(action=world.row, by=world.coordinator)
    assert "Add a row below" not in words(as_("coordinator").get(row_url(world.row)))


# --- Cost --------------------------------------------------------------------------------------------------------


def queries(client, url):
    client.get(url)  # Whatever is made once (templates, sessions) is made.
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def many_rows(world, count):
    """Rows with all that a row can have, made quickly: copies of one in the database."""
    full = add_row(
        world, activity="Full", leads="Workforce Manager\nSomebody", contributors=[world.trust.pk], priority="high"
    )
    services.post_update(action=full, status="green", words="Going well", by=world.manager)
    rows = [
        Action(
            partnership_id=full.partnership_id, strategy_id=full.strategy_id, aim_id=full.aim_id, activity=f"Row {n}",
            position=full.position + n, reading=full.reading, lead_organisation_id=full.lead_organisation_id,
            latest_update=Action.objects.get(pk=full.pk).latest_update,
        )
        for n in range(1, count)
    ]  # fmt: skip
    for row in Action.objects.bulk_create(rows):
        row.officers.create(position=0, name="Workforce Manager", user=world.manager)


@pytest.mark.parametrize("who", ["observer", "coordinator"])
def test_the_plan_costs_the_same_queries_at_ten_and_at_two_hundred_rows(as_, world, who):
    client = as_(who)
    many_rows(world, 7)
    few = queries(client, PLAN)
    many_rows(world, 190)
    assert len(refs(client.get(PLAN))) == 200
    assert queries(client, PLAN) == few <= MOST_QUERIES


@pytest.mark.parametrize("address", [f"{PLAN}?q=row&ours=on&late=on&mine=on", f"{PLAN}history/", f"{PLAN}removed/"])
def test_other_lists_are_no_dearer(as_, world, address):
    client = as_("manager")
    few = queries(client, address)
    many_rows(world, 60)
    assert queries(client, address) == few <= MOST_QUERIES


def test_the_row_page_costs_no_more_for_a_long_story(as_, world):
    client = as_("coordinator")
    few = queries(client, row_url(world.row))
    for number in range(20):
        services.post_update(action=world.row, status="green", words=f"Update {number}", by=world.manager)
        services.add_comment(action=world.row, words=f"Comment {number}", by=world.observer)
    assert queries(client, row_url(world.row)) <= few <= 25


def test_exports_cost_the_same_however_long_the_plan(as_, world):
    client = as_("observer")
    few = queries(client, f"{PLAN}export/csv/")
    many_rows(world, 60)
    assert queries(client, f"{PLAN}export/csv/") == few <= MOST_QUERIES


# --- Removed rows and history --------------------------------------------------------------------------------------


def test_a_removed_row_leaves_the_plan_and_can_be_put_back(as_, world):
    client = as_("coordinator")
    assert "No row has been removed" in words(client.get(f"{PLAN}removed/"))
    assert client.post(row_url(world.row, "remove/")).url == PLAN
    assert refs(client.get(PLAN)) == ["2", "3"]
    assert "1 Map leadership courses" in words(client.get(f"{PLAN}removed/"))
    page = words(client.get(row_url(world.row)))
    assert "This row was removed from the plan" in page and "Restore it" in page
    assert "Post an update" not in page
    client.post(row_url(world.row, "restore/"))
    assert refs(client.get(PLAN)) == ["1", "2", "3"]
    assert "No row has been removed" in words(client.get(f"{PLAN}removed/"))


def test_editing_or_reporting_on_a_removed_row_keeps_what_was_typed(as_, world):
    services.remove_action(action=world.row, by=world.coordinator)
    client = as_("manager")
    edited = client.post(row_url(world.row, "edit/"), form_of(world.row) | {"activity": "Late words"}, follow=True)
    assert "removed from the plan" in words(edited) and "Late words" in words(edited)
    reported = client.post(row_url(world.row, "update/"), {"status": "green", "words": "Late report"})
    assert "removed from the plan" in words(reported) and "Late report" in words(reported)
    assert not world.row.updates.exists()


def test_the_history_goes_back_page_by_page_and_misses_nothing(as_, world):
    for number in range(120):
        services.add_comment(action=world.row, words=f"Comment {number}", by=world.observer)
    client, address, seen = as_("observer"), f"{PLAN}history/", []
    for _ in range(10):
        page = client.get(address).content.decode()
        seen.append(page.count('class="history__entry"'))
        older = re.search(r'href="(\?before=\d+)"', page)
        if not older:
            break
        address = f"{PLAN}history/{older[1]}"
    rows = world.strategy.actions.values("pk")
    assert sum(seen) == Change.objects.filter(subject="action", subject_id__in=rows).count()
    assert max(seen) == 50


@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 30, "", "1.5", "%00"])
def test_a_place_in_history_that_is_none_is_no_error(as_, before):
    assert as_("observer").get(f"{PLAN}history/?before={before}").status_code == 200


def test_the_history_reads_in_words(as_, world):
    save_cells(
        action=world.row,
        edits={
            "priority": Edit("", "high"),
            "aim": Edit(world.aim.pk, world.second_aim.pk),
            "contributors": Edit([], [world.trust.pk]),
            "timescale_text": Edit("March 2027", "June 2027"),
        },
        by=world.manager,
    )
    services.post_update(action=world.row, status="amber", words="Slow", by=world.manager)
    services.move_action(action=world.row, past=world.trust_row, by=world.coordinator)
    services.attach(action=world.row, upload=ContentFile(b"proof", name="proof.txt"), by=world.manager)
    for address in (row_url(world.row, "history/"), f"{PLAN}history/"):
        page = words(as_("observer").get(address))
        for said in (
            "Priority changed", "High", "Aim changed", "1. Grow our own staff 2. Train together",
            "Contributing partners changed", "Hospital trust", "Timescale changed", "March June 2027",
            "Dates understood afresh", "Progress update added", "At risk. Slow", "Status changed",
            "Place in the plan moved", "Evidence added", "proof.txt", "Workforce Manager", "in a form",
        ):  # fmt: skip
            assert said in page, said


# --- The row's page, role by role ----------------------------------------------------------------------------------

OFFERS = {
    "Post an update": "update",
    "Edit": "edit",
    "Attach evidence": "attach",
    "Duplicate": "duplicate",
    "Move up": "move",
    "Remove from the plan": "remove",
    "Add a comment": "comment",
    "the dates": "timescale",
}
MANAGING = {"Post an update", "Edit", "Attach evidence", "Duplicate", "Add a comment", "the dates"}


@pytest.mark.parametrize(
    ("who", "row", "offered"),
    [
        ("coordinator", "row", set(OFFERS)),
        ("steering", "trust_row", set(OFFERS)),
        ("lead", "row", MANAGING | {"Remove from the plan"}),
        ("lead", "shared_row", MANAGING),
        ("lead", "trust_row", {"Add a comment"}),
        ("manager", "row", MANAGING),
        ("manager", "trust_row", {"Add a comment"}),
        ("trust_manager", "trust_row", MANAGING),
        ("trust_manager", "row", {"Add a comment"}),
        ("observer", "row", {"Add a comment"}),
        ("steward", "row", {"Add a comment"}),
    ],
)
def test_the_page_of_a_row_offers_what_somebody_may_do_and_nothing_else(as_, world, who, row, offered):
    page = as_(who).get(row_url(getattr(world, row))).content.decode()
    found = {label for label, step in OFFERS.items() if f"/actions/{getattr(world, row).pk}/{step}/" in page}
    assert found == offered


@pytest.mark.parametrize(("who", "may"), [("coordinator", True), ("manager", False), ("observer", False)])
def test_the_plan_offers_adding_and_importing_to_those_who_may(as_, who, may):
    page = as_(who).get(PLAN).content.decode()
    assert ("Import a file" in page) is may
    assert ("Add a row" in page) is (who != "observer")


def test_the_page_shows_every_cell_and_the_whole_story(as_, world):
    row = add_row(
        world, ref="7", activity="Everything", expected_outcome="Outcome", evidence="Evidence", leads="Officer",
        resource_requirement="Half a day", priority="low", theme=world.theme.pk, contributors=[world.trust.pk],
    )  # fmt: skip
    services.post_update(action=row, status="red", words="No money", confidence="low", by=world.manager)
    services.add_comment(action=row, words="A question", by=world.observer)
    read = words(as_("observer").get(row_url(row)))
    for said in (
        "7: Everything", "Off track", "Outcome", "Half a day", "Low", "Working in partnership", "Hospital trust",
        "March 2027", "31 March 2027", "No money", "confidence in the outcome low", "A question", "Going by the dates",
        "1. Grow our own staff",
    ):  # fmt: skip
        assert said in read, said


def test_a_row_of_another_partnership_is_not_there(as_, world):
    assert as_("coordinator").get(row_url(world.far_row)).status_code == 404
    assert as_("coordinator").get(row_url(world.row)).status_code == 200  # the control


# --- Editing -----------------------------------------------------------------------------------------------------


def form_of(row):
    """What the form of this row sends when nothing is touched."""
    cells = cells_of(Action.objects.get(pk=row.pk))
    shown = {column.key: cells[column.key] for column in FORM_COLUMNS}
    sent = {key: "" if value is None else value for key, value in shown.items()}
    return sent | {"leads": "\r\n".join(one["name"] for one in shown["leads"]), "seen": json.dumps(shown)}


def test_the_form_shows_the_row_as_it_is_and_an_untouched_one_changes_nothing(as_, world):
    client = as_("manager")
    row = add_row(
        world, ref="7", activity="Two\nlines", leads="Workforce Manager\nSomebody", contributors=[world.trust.pk],
        priority="high", status="amber", evidence="<b>&amp;</b>",
    )  # fmt: skip
    page = client.get(row_url(row, "edit/")).content.decode()
    assert "Two\nlines</textarea>" in page
    before = Change.objects.count()
    seen = unescape(re.search(r'name="seen" value="([^"]*)"', page)[1])
    answer = client.post(row_url(row, "edit/"), form_of(row) | {"seen": seen}, follow=True)
    assert "Nothing had changed." in words(answer)
    assert Change.objects.count() == before


def test_an_edit_is_saved_and_said(as_, world):
    answer = as_("manager").post(
        row_url(world.row, "edit/"), form_of(world.row) | {"activity": "Map all courses"}, follow=True
    )
    assert "Saved." in words(answer)
    assert Action.objects.get(pk=world.row.pk).activity == "Map all courses"


WRONG = [
    ("activity", "  ", "Enter activity"),
    ("activity", "x" * 5001, "“Activity” has 5001 characters. At most 5000 are kept."),
    ("priority", "urgent", "“urgent” is not on the list for “Priority”. Choose from those shown."),
    ("status", "purple", "“purple” is not on the list for “Status”."),
    ("aim", "999999", "“999999” is not on the list for “Aim”."),
    ("lead_organisation", "999999", "“999999” is not on the list for “Lead organisation”."),
    ("contributors", ["999999"], "“999999” is not on the list for “Contributing partners”."),
    ("ref", "x" * 31, "“Reference” has 31 characters. At most 30 are kept."),
    ("timescale_text", "x" * 501, "“Timescale” has 501 characters. At most 500 are kept."),
    ("leads", "x" * 151, "too long for a name. Put each officer on a line of its own."),
    ("aim", "", "Choose the aim this row serves, or a theme or priority."),
]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"), WRONG, ids=[f"{field}-{n}" for n, (field, *_) in enumerate(WRONG)]
)
@pytest.mark.parametrize("step", ["edit", "add"])
def test_a_wrong_answer_gets_its_sentence_and_everything_typed_stays(as_, world, step, field, typed, sentence):
    url = row_url(world.row, "edit/") if step == "edit" else f"{PLAN}add/"
    kept = {"expected_outcome": "Typed and <kept>", "evidence": "This too"}
    before = Change.objects.count()
    answer = as_("coordinator").post(url, form_of(world.row) | kept | {field: typed})
    assert answer.status_code == 200
    read = words(answer)
    assert sentence in read
    assert "There is a problem" in read
    assert "Typed and <kept>" in read and "This too" in read
    assert f'href="#id_{field}' in answer.content.decode()
    if isinstance(typed, str) and typed.strip() and field not in {"priority", "status", "aim", "lead_organisation"}:
        assert typed in answer.content.decode()
    assert Change.objects.count() == before


def test_adding_a_row_through_the_page(as_, world):
    client = as_("manager")
    page = client.get(f"{PLAN}add/").content.decode()
    assert 'value="4"' in page  # the next reference
    sent = {"ref": "4", "aim": world.aim.pk, "activity": "New", "lead_organisation": world.council.pk}
    answer = client.post(f"{PLAN}add/", sent, follow=True)
    assert "The row has been added to the plan." in words(answer)
    assert refs(client.get(PLAN)) == ["1", "2", "3", "4"]


def test_a_manager_cannot_add_a_row_for_somebody_else_and_keeps_the_words(as_, world):
    sent = {"ref": "4", "aim": world.aim.pk, "activity": "New words", "lead_organisation": world.trust.pk}
    answer = as_("manager").post(f"{PLAN}add/", sent)
    assert answer.status_code in (200, 403)
    assert re.search("your own organisation|You may not", words(answer))
    assert "New words" in words(answer)
    assert not Action.objects.filter(activity="New words").exists()


def settle_with(client, page, **decision):
    """Answer the first conflict panel of a page, with what that page showed."""
    html = page.content.decode()
    panel = html[html.index("data-settle") :]
    address = re.search(r'action="([^"]*/held/\d+/settle/)"', html)[1]
    seen = unescape(re.search(r'name="seen" value="([^"]*)"', panel)[1])
    return client.post(address, {"seen": seen} | decision, follow=True)


def two_on_one_cell(as_, world):
    """The manager was first; the coordinator's page, after saving the same cell and another."""
    opened = form_of(world.row)
    as_("manager").post(row_url(world.row, "edit/"), opened | {"activity": "Map all courses"})
    mine = opened | {"activity": "Map no courses", "evidence": "A list of mine"}
    return as_("coordinator").post(row_url(world.row, "edit/"), mine, follow=True)


def test_two_people_on_one_cell_the_second_sees_both_texts_and_keeps_everything(as_, world):
    answer = two_on_one_cell(as_, world)
    for said in (
        "Changed by somebody else while you were typing: Activity", "everything else is saved",
        "Activity was changed while you were typing", "It was Map leadership courses", "Workforce Manager",
    ):  # fmt: skip
        assert said in words(answer), said
    row = Action.objects.get(pk=world.row.pk)
    assert (row.activity, row.evidence) == ("Map all courses", "A list of mine")
    marked = re.sub(r"<br>|\s+", " ", answer.content.decode())
    assert "Map <del>leadership</del><ins>all</ins> courses" in marked
    assert "Map <del>leadership</del><ins>no</ins> courses" in marked


@pytest.mark.parametrize(
    ("decision", "left"),
    [
        ({"settle": "mine"}, "Map no courses"),
        ({"settle": "theirs"}, "Map all courses"),
        ({"settle": "together", "words": "Map all courses or none"}, "Map all courses or none"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_whatever_is_decided_is_done_once_and_both_texts_stay_in_the_history(as_, world, decision, left):
    client = as_("coordinator")
    done = settle_with(client, two_on_one_cell(as_, world), **decision)
    assert "Both texts are in the history" in words(done)
    assert "data-settle" not in done.content.decode()
    assert Action.objects.get(pk=world.row.pk).activity == left
    told = Change.objects.filter(subject_id=world.row.pk, subject="action", field="activity")
    assert {"Map no courses", "Map all courses", left} <= set(told.values_list("after", flat=True))


def test_a_removed_row_keeps_late_words_until_it_is_restored(as_, world):
    opened, client = form_of(world.row), as_("coordinator")
    services.remove_action(action=world.row, by=world.lead)
    page = client.post(row_url(world.row, "edit/"), opened | {"activity": "Late words"}, follow=True)
    assert "The row was removed while you were typing" in words(page) and "Late words" in words(page)
    assert "Use mine" not in words(page)
    restored = client.post(row_url(world.row, "restore/"), follow=True)
    settle_with(client, restored, settle="mine")
    assert Action.objects.get(pk=world.row.pk).activity == "Late words"


def test_a_row_that_changed_since_is_not_removed_unread(as_, world):
    client = as_("coordinator")
    page = client.get(row_url(world.row, "remove/"))
    seen = re.search(r'name="seen" value="(\d+)"', page.content.decode())[1]
    save_cells(action=world.row, edits={"evidence": Edit("", "A survey")}, by=world.manager)
    asked = client.post(row_url(world.row, "remove/"), {"seen": seen})
    assert "Workforce Manager changed this row while you were looking at it" in words(asked)
    assert Action.objects.get(pk=world.row.pk).removed is None
    seen = re.search(r'name="seen" value="(\d+)"', asked.content.decode())[1]
    assert client.post(row_url(world.row, "remove/"), {"seen": seen}).status_code == 302
    assert Action.objects.get(pk=world.row.pk).removed is not None


def test_two_people_in_different_cells_do_not_meet(as_, world):
    opened = form_of(world.row)
    as_("manager").post(row_url(world.row, "edit/"), opened | {"activity": "Map all courses"})
    answer = as_("coordinator").post(row_url(world.row, "edit/"), opened | {"evidence": "A list"})
    assert answer.status_code == 302
    row = Action.objects.get(pk=world.row.pk)
    assert (row.activity, row.evidence) == ("Map all courses", "A list")


def test_a_third_person_between_seeing_and_deciding_is_noticed_too(as_, world):
    client, page = as_("coordinator"), two_on_one_cell(as_, world)
    as_("lead").post(row_url(world.row, "edit/"), form_of(world.row) | {"activity": "A third"})
    again = settle_with(client, page, settle="mine")
    assert "It was changed again meanwhile" in words(again) and "A third" in words(again)
    assert Action.objects.get(pk=world.row.pk).activity == "A third"


NONSENSE = [
    "", "{", "[]", "null", "5", '{"activity": 5}', '{"activity": {"a": 1}}', '{"no such": 1}', '{"leads": [5]}',
    '{"leads": 5}', '{"status": 5}', '{"status": "zzz"}', '{"contributors": 5}', '{"aim": {}}', '{"aim": [1]}',
    '{"activity": "\\ud800"}', "[" * 5000, '"' + "x" * 300_000 + '"',
]  # fmt: skip


def answers_to_nonsense(client, world, seen):
    client.raise_request_exception = False
    new = {
        "activity": "Mine", "status": "red", "aim": world.second_aim.pk, "leads": "Me", "contributors": [world.trust.pk]
    }  # fmt: skip
    untouched, url = form_of(world.row), row_url(world.row, "edit/")
    return [
        client.post(url, untouched | new | {"seen": seen}).status_code,
        client.post(url, untouched | {"activity": "", "seen": seen}).status_code,
    ]


@pytest.mark.parametrize("seen", NONSENSE, ids=lambda seen: seen[:20])
def test_what_was_seen_may_be_nonsense_and_is_no_error_page(as_, world, seen):
    """Only a program sends this; it gets an answer like any other, and nothing is run over."""
    assert max(answers_to_nonsense(as_("coordinator"), world, seen)) < 500


# --- Dates that were understood ------------------------------------------------------------------------------------


def milestone(number, label="", start=None, due=None):
    sent = {f"form-{number}-label": label}
    for name, day in (("start", start), ("due", due)):
        parts = day if isinstance(day, tuple) else (day.day, day.month, day.year) if day else ("", "", "")
        sent |= {f"form-{number}-{name}_{box}": part for box, part in zip(DATE_PARTS, parts, strict=True)}
    return sent


def formset(row, *milestones, initial=1):
    """What the page about the dates of this row sends, as it stands now."""
    row = Action.objects.get(pk=row.pk)
    seen = json.dumps({"reading": row.reading, "timescale_text": row.timescale_text})
    sent = {"form-TOTAL_FORMS": len(milestones), "form-INITIAL_FORMS": initial, "seen": seen}
    for number, one in enumerate(milestones):
        sent |= milestone(number, **one)
    return sent


def test_dates_are_confirmed_and_the_words_stay(as_, world):
    row = add_row(world, activity="Vague", timescale_text="some time in spring 2027")
    assert Action.objects.get(pk=row.pk).due_on is None
    sent = formset(row, {"label": "Done", "due": date(2027, 5, 31)}, initial=0)
    answer = as_("manager").post(row_url(row, "timescale/"), sent, follow=True)
    assert "The dates have been confirmed." in words(answer)
    row.refresh_from_db()
    assert (row.due_on, row.timescale_text) == (date(2027, 5, 31), "some time in spring 2027")
    assert row.reading["confirmed"] is True


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        ((30, "February", 2027), "30 February 2027 is not a date. Enter one that exists"),
        ((31, 13, 2027), "“13” is not a month"),
        (("first", 5, 2027), "“first” is not a day of the month"),
        ((1, 5, "27"), "“27” is not a year in four figures"),
        ((1, "", 2027), "The date needs a month as well"),
    ],
)
def test_an_impossible_date_is_refused_by_name_and_stays_in_its_boxes(as_, world, due, sentence):
    sent = formset(world.row, {"label": "Kept label", "due": due})
    answer = as_("manager").post(row_url(world.row, "timescale/"), sent)
    assert sentence in words(answer)
    assert "Kept label" in answer.content.decode()
    assert all(f'value="{part}"' in answer.content.decode() for part in due if part)
    assert Action.objects.get(pk=world.row.pk).reading["confirmed"] is False


def test_an_end_before_its_start_is_refused(as_, world):
    sent = formset(world.row, {"start": date(2027, 5, 1), "due": date(2027, 4, 1)})
    answer = as_("manager").post(row_url(world.row, "timescale/"), sent)
    assert "This is before the start. Choose a later date." in words(answer)


def test_ongoing_work_has_no_end_and_is_never_late(as_, world):
    row = add_row(world, activity="Endless", timescale_text=when(in_days(-30)))
    as_("manager").post(row_url(row, "timescale/"), formset(row, {}, initial=0) | {"ongoing": "on"})
    row.refresh_from_db()
    assert row.reading["ongoing"] is True
    assert not row.is_late(timezone.localdate())


@pytest.mark.parametrize(
    "management", [{}, {"form-TOTAL_FORMS": "x"}, {"form-TOTAL_FORMS": 9999, "form-INITIAL_FORMS": 0}]
)
def test_a_form_of_dates_that_was_tampered_with_is_no_error_page(as_, world, management):
    assert as_("manager").post(row_url(world.row, "timescale/"), management).status_code < 500


def phases(world):
    return add_row(world, ref="7", activity="Phases", timescale_text="Phase 1: March 2027\nPhase 2: June 2027")


def done_of(row):
    return Action.objects.get(pk=row.pk).reading["done"]


def tick(client, row, place, name, done="yes"):
    return client.post(row_url(row, "milestone-done/"), {"place": place, "name": name, "done": done}, follow=True)


PHASE_2 = ("1", "Phase 2, due 30 June 2027")


def test_milestones_are_ticked_off_and_unticked(as_, world):
    row, client = phases(world), as_("manager")
    assert PHASE_2[1] in words(client.get(row_url(row)))
    for _ in range(2):  # sent twice is done once
        tick(client, row, *PHASE_2)
        assert done_of(row) == {"1": timezone.localdate().isoformat()}
    assert "Milestones ticked off" in words(client.get(row_url(row)))
    tick(client, row, *PHASE_2, done="no")
    assert done_of(row) == {}


def test_a_milestone_that_is_no_longer_the_one_shown_is_not_ticked_off(as_, world):
    row, client = phases(world), as_("manager")
    edits = {"timescale_text": Edit(row.timescale_text, "Phase 0: May 2027\nPhase 1: March 2027\nPhase 2: June 2027")}
    save_cells(action=row, edits=edits, by=world.coordinator)
    assert "The milestones were changed meanwhile" in words(tick(client, row, *PHASE_2))
    assert done_of(row) == {}


@pytest.mark.parametrize("place", ["", "9", "-1", "x", "0.5", "9" * 50, "²"])
def test_ticking_off_what_is_not_there_does_nothing(as_, world, place):
    row = phases(world)
    assert tick(as_("manager"), row, place, "Phase 1, due 31 March 2027").status_code == 200
    assert done_of(row) == {}


def test_dates_of_words_that_changed_meanwhile_are_not_confirmed_unread(as_, world):
    row, client = phases(world), as_("manager")
    sent = formset(row, {"label": "Phase 1", "due": date(2027, 3, 31)}, {"label": "Phase 2", "due": date(2027, 6, 30)})
    save_cells(action=row, edits={"timescale_text": Edit(row.timescale_text, "May 2028")}, by=world.coordinator)
    answer = client.post(row_url(row, "timescale/"), sent)
    assert "Somebody else changed the timescale" in words(answer)
    assert "May 2028" in words(answer) and "Phase 2" in answer.content.decode()
    row.refresh_from_db()
    assert (row.due_on, row.reading["confirmed"]) == (date(2028, 5, 31), False)


def test_dates_confirmed_of_a_row_that_was_removed_are_kept_and_said_to_be(as_, world):
    row, client = phases(world), as_("manager")
    sent = formset(row, {"label": "Phase 1", "due": date(2027, 3, 31)}, {"label": "Phase 2", "due": date(2027, 7, 31)})
    services.remove_action(action=row, by=world.coordinator)
    answer = client.post(row_url(row, "timescale/"), sent)
    assert "This row was removed from the plan. The dates that you confirmed are kept" in words(answer)
    assert "Somebody else changed" not in words(answer)
    held = HeldEdit.objects.get()
    assert (held.column, held.mine["confirmed"]) == ("reading", True)
    assert "Phase 2" in words(client.get(f"/p/marlbrook/held/{held.pk}/"))
    assert f"/p/marlbrook/held/{held.pk}/" in client.get("/p/marlbrook/").content.decode()


def test_ticks_follow_their_milestones_when_dates_are_corrected(as_, world):
    row, client = phases(world), as_("manager")
    tick(client, row, *PHASE_2)
    client.post(row_url(row, "timescale/"), formset(row, {"label": "Phase 2", "due": date(2027, 6, 30)}, initial=1))
    assert set(done_of(row)) == {"0"}


# --- The other forms of a row --------------------------------------------------------------------------------------


def test_an_update_is_posted_and_a_wanting_one_keeps_its_words(as_, world):
    client = as_("manager")
    wanting = client.post(row_url(world.row, "update/"), {"status": "red", "words": "", "confidence": "low"})
    assert "Off track needs a few words. Say what is being done about it." in words(wanting)
    assert re.search(r'value="red"[^>]* checked', wanting.content.decode())
    posted = client.post(
        row_url(world.row, "update/"), {"status": "red", "words": "No money", "confidence": ""}, follow=True
    )
    assert "Your update has been posted." in words(posted)
    assert "No money" in words(posted)


def test_a_comment_is_added_and_an_empty_one_refused(as_, world):
    client = as_("observer")
    assert "Write your comment." in words(client.post(row_url(world.row, "comment/"), {"words": " "}))
    assert "A good question" in words(
        client.post(row_url(world.row, "comment/"), {"words": "A good question"}, follow=True)
    )


def test_a_file_of_a_kind_not_kept_is_refused_in_words(as_, world):
    answer = as_("manager").post(row_url(world.row, "attach/"), {"file": SimpleUploadedFile("run.exe", b"MZ")})
    assert "Files ending in .exe are not kept. Attach a PDF" in words(answer)
    assert "Choose a file." in words(as_("manager").post(row_url(world.row, "attach/"), {}))


def test_a_copy_opens_for_editing(as_, world):
    answer = as_("manager").post(row_url(world.row, "duplicate/"))
    copy = Action.objects.order_by("pk").last()
    assert answer.url == row_url(copy, "edit/")
    assert refs(as_("observer").get(PLAN)) == ["1", "4", "2", "3"]


@pytest.mark.parametrize(
    ("row", "direction", "after", "said"),
    [
        ("row", "down", ["2", "1", "3"], "Moved down."),
        ("shared_row", "up", ["1", "3", "2"], "Moved up."),
        ("row", "up", ["1", "2", "3"], "already the first of its group"),
        ("shared_row", "down", ["1", "2", "3"], "already the last of its group"),
    ],
)
def test_rows_move_within_their_group(as_, world, row, direction, after, said):
    add_row(world, ref="9", activity="Of another aim", aim=world.second_aim.pk)
    client = as_("coordinator")
    answer = client.post(row_url(getattr(world, row), "move/"), {"direction": direction}, follow=True)
    assert said in words(answer)
    assert refs(client.get(PLAN)) == [*after, "9"]


# --- Hostile words -------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'><svg/onload=alert(3)>",
    "</textarea></title></td><iframe src=javascript:alert(4)>",
    "{{ settings.SECRET_KEY }}<b onclick=alert(5)>",
]
RAW = ("<script>alert", "<img src=x", "<svg/onload", "<iframe", "<b onclick")
TEXT_CELLS = ["activity", "expected_outcome", "evidence", "timescale_text", "resource_requirement", "leads"]


def assert_harmless(answer, shown=""):
    page = answer.content.decode()
    assert answer.status_code in (200, 409)
    assert not [raw for raw in RAW if raw in page]
    assert shown in words(answer) or not shown


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_words_in_every_cell_are_shown_as_words_and_never_run(as_, world, payload):
    add_aim(strategy=world.strategy, text=payload, by=world.coordinator)
    world.manager.name = payload
    world.manager.save(update_fields=["name"])
    row = add_row(world, ref=payload[:30], activity="x")
    seen = cells_of(row)
    edits = {key: Edit(seen[key], payload) for key in TEXT_CELLS}
    save_cells(action=row, edits=edits, by=world.manager)
    services.post_update(action=row, status="red", words=payload, by=world.manager)
    services.add_comment(action=row, words=payload, by=world.manager)
    services.attach(action=row, upload=ContentFile(b"proof", name=f"{payload}.txt"), by=world.manager)
    client = as_("manager")
    assert_harmless(client.get(PLAN), payload)
    assert_harmless(client.get(f"{PLAN}?q={'%3Cscript%3Ealert(1)'}&aim={'%22%3E%3Cimg src=x'}"))
    assert_harmless(client.get(row_url(row)), payload)
    assert_harmless(client.get(f"{PLAN}history/"), payload)
    assert_harmless(client.get("/p/marlbrook/"))
    assert_harmless(client.get(row_url(row, "edit/")), payload)
    assert_harmless(client.get(row_url(row, "timescale/")))
    assert_harmless(client.get(row_url(row, "update/")))
    stale = form_of(row) | {"activity": f"{payload} mine", "seen": json.dumps(cells_of(row) | {"activity": "Old"})}
    conflict = client.post(row_url(row, "edit/"), stale, follow=True)
    assert "data-settle" in conflict.content.decode()
    assert_harmless(conflict, f"{payload} mine")
    services.remove_action(action=row, by=world.coordinator)
    assert_harmless(client.get(f"{PLAN}removed/"), payload[:20])


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_words_in_a_file_are_shown_as_words(as_, world, payload):
    rows = [
        ["Ref", "Aim", "Activity", "Outcome", "Timescale", "Lead"],
        ["77", payload, payload, payload, payload, payload],
    ]
    content = csv_file(rows)
    assert read_plan("plan.csv", content).rows  # the control: it is a plan
    upload = ContentFile(content, name=f"{payload}.csv")
    plan_import = start_import(strategy=world.strategy, upload=upload, by=world.coordinator)
    read_import(plan_import.pk)
    assert_harmless(as_("coordinator").get(f"{PLAN}import/{plan_import.pk}/"), payload)


def test_control_unescaped_words_would_be_noticed():
    with pytest.raises(AssertionError):
        assert_harmless(HttpResponse(f"<p>{HOSTILE[0]}</p>"))
