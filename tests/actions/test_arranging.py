"""How somebody wants to see the plan: columns, order, headings, and the address that says so."""

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.arrangement_forms import asked_for
from actions.arranging import CHOOSABLE, FREEZES, USUAL_COLUMNS, Arrangement
from actions.columns import Lookups
from actions.editing import lookups_for
from actions.models import Action, Priority, Status
from actions.ordering import GROUPINGS, SORTS, in_groups, natural
from tests.actions.test_pages import PLAN, many_rows, queries, refs, words
from tests.world import add_row

KEYS = [column.key for column in CHOOSABLE]


def read(query, **chosen):
    return Arrangement.read(QueryDict(query), chosen)


# --- Addresses ---------------------------------------------------------------------------------------------------


def test_the_plan_as_it_usually_is_needs_no_words_in_the_address():
    assert read("") == Arrangement() and read("").query == ""
    assert read(f"columns={','.join(USUAL_COLUMNS)}&freeze=1&sort=plan&group=aim").query == ""


@pytest.mark.parametrize(
    "query",
    [
        "columns=purple", "columns=", "columns=ref,,ref", "freeze=9", "freeze=-1", "freeze=²", "sort=colour",
        "sort=--status", "sort=-", "group=moon", "group=", "view=1", "view=x", "columns=%00&sort=%F0%9F%A9%BA",
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_used(query):
    assert read(query).query in ("", "sort=-plan")


def test_columns_come_in_the_order_asked_for_and_the_reference_is_always_first():
    drawn = read("columns=status,aim,activity,status,ref").drawn_columns
    assert [column.key for column in drawn] == ["ref", "status", "aim", "activity"]


@settings(deadline=None)
@given(
    columns=st.lists(st.sampled_from(KEYS), unique=True, min_size=1),
    freeze=st.sampled_from(list(FREEZES)),
    sort=st.sampled_from(["plan", *SORTS]),
    reverse=st.booleans(),
    group=st.sampled_from(list(GROUPINGS)),
)
def test_an_address_says_all_of_it(columns, freeze, sort, reverse, group):
    asked = Arrangement(tuple(columns), int(freeze), sort, reverse, group)
    assert read(asked.query) == asked


@settings(deadline=None)
@given(
    was=st.lists(st.sampled_from(KEYS), unique=True),
    shown=st.lists(st.sampled_from(KEYS), unique=True),
    places=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["", "0", "1", "3", "99", "x", "-2", "9" * 30])),
)
def test_ticked_and_numbered_columns_are_each_shown_once(was, shown, places):
    query = QueryDict(mutable=True)
    query["was"] = ",".join(was)
    query.setlist("show", shown)
    query.update({f"place-{key}": place for key, place in places.items()})
    assert sorted(Arrangement.read(query, {}).columns) == sorted(shown or USUAL_COLUMNS)


@pytest.mark.parametrize(
    ("moved", "to", "order"),
    [("c", 1, "cabd"), ("a", 3, "bcad"), ("d", 2, "adbc"), ("b", 9, "acdb"), ("a", 4, "bcda")],
)
def test_a_column_given_anothers_place_pushes_it_aside(moved, to, order):
    keys = dict(zip("abcd", KEYS, strict=False))
    query = QueryDict(mutable=True)
    query["was"] = ",".join(keys.values())
    query.setlist("show", list(keys.values()))
    query.update({f"place-{key}": str(place) for place, key in enumerate(keys.values(), start=1)})
    query[f"place-{keys[moved]}"] = str(to)
    assert Arrangement.read(query, {}).columns == tuple(keys[letter] for letter in order)


def test_filters_are_said_as_their_form_would_send_them(world):
    lookups = lookups_for(world.strategy)
    asked = f"q=fairs+%26+more&status=none&mine=on&aim=a{world.aim.pk}&sort=-status"
    arrangement, filters = asked_for(QueryDict(asked), lookups)
    assert asked_for(QueryDict(arrangement.query), lookups)[0] == arrangement
    assert arrangement.chosen == {
        "q": "fairs & more", "status": "none", "mine": True, "aim": f"a{world.aim.pk}"
    }  # fmt: skip
    assert arrangement.without_filters().query == "sort=-status"
    assert filters["status"].value() == "none"


def test_a_saved_view_is_opened_and_what_else_the_address_says_wins(world):
    saved = [SimpleNamespace(pk=7, query="sort=-status&status=red&columns=aim")]
    lookups = lookups_for(world.strategy)

    def query_of(asked):
        return asked_for(QueryDict(asked), lookups, saved)[0].query

    assert query_of("view=7") == "status=red&sort=-status&columns=aim"
    assert query_of("view=7&sort=leads") == "status=red&sort=leads&columns=aim"
    assert query_of("view=7&status=") == "sort=-status&columns=aim"
    assert query_of("view=8") == ""


# --- Sorting -----------------------------------------------------------------------------------------------------


def test_figures_in_references_count_as_numbers():
    mixed = ["10", "2", "2b", "A10", "A9", "1.10", "1.9", "b", "²"]
    assert sorted(mixed, key=natural) == ["1.9", "1.10", "2", "2b", "10", "A9", "A10", "b", "²"]


@pytest.fixture
def mixed(world):
    """One row with everything and one with as little as may be, beside the three of the world."""
    add_row(
        world, ref="10", activity="Zebra", aim=world.second_aim.pk, priority="low", status="red", leads="Zoe\nAnn",
        timescale_text="1 December 2026", contributors=[world.trust.pk], evidence="b",
    )  # fmt: skip
    add_row(
        world, ref="", activity="Aardvark", aim=None, theme=world.theme.pk, lead_organisation=None, timescale_text="",
        priority="high", status="green", evidence="A",
    )  # fmt: skip
    return world


def activities(world, query):
    arrangement, _ = asked_for(QueryDict(f"{query}&group=none"), lookups_for(world.strategy))
    return [row.activity.split()[0] for row in arrangement.ordered(world.strategy.actions.for_plan(), lookups(world))]


def lookups(world):
    return lookups_for(world.strategy)


PLAN_ORDER = ["Map", "Pool", "Run", "Zebra", "Aardvark"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("plan", PLAN_ORDER),
        ("-plan", PLAN_ORDER[::-1]),
        ("ref", ["Map", "Pool", "Run", "Zebra", "Aardvark"]),
        ("-ref", ["Zebra", "Run", "Pool", "Map", "Aardvark"]),
        ("activity", ["Aardvark", "Map", "Pool", "Run", "Zebra"]),
        ("evidence", ["Aardvark", "Zebra", "Map", "Pool", "Run"]),
        ("-evidence", ["Zebra", "Aardvark", "Map", "Pool", "Run"]),
        ("aim", ["Map", "Pool", "Run", "Zebra", "Aardvark"]),
        ("-aim", ["Zebra", "Map", "Pool", "Run", "Aardvark"]),
        ("theme", ["Aardvark", "Map", "Pool", "Run", "Zebra"]),
        ("timescale_text", ["Zebra", "Map", "Pool", "Run", "Aardvark"]),
        ("-timescale_text", ["Map", "Pool", "Run", "Zebra", "Aardvark"]),
        ("priority", ["Aardvark", "Zebra", "Map", "Pool", "Run"]),
        ("-priority", ["Zebra", "Aardvark", "Map", "Pool", "Run"]),
        ("status", ["Zebra", "Aardvark", "Map", "Pool", "Run"]),
        ("lead_organisation", ["Map", "Zebra", "Pool", "Run", "Aardvark"]),
        ("-lead_organisation", ["Pool", "Run", "Map", "Zebra", "Aardvark"]),
        ("leads", ["Map", "Zebra", "Pool", "Run", "Aardvark"]),
        ("contributors", ["Run", "Zebra", "Map", "Pool", "Aardvark"]),
        ("-contributors", ["Zebra", "Run", "Map", "Pool", "Aardvark"]),
    ],
)
def test_each_sort_and_blanks_come_last_whichever_way_round(mixed, sort, expected):
    assert activities(mixed, f"sort={sort}") == expected


def test_last_changed(mixed):
    Action.objects.filter(pk=mixed.row.pk).update(changed=timezone.now() + timedelta(hours=1))
    assert activities(mixed, "sort=-changed")[0] == "Map"
    assert activities(mixed, "sort=changed")[-1] == "Map"


def test_every_column_can_be_sorted_by_and_says_so(mixed):
    assert {"ref", *KEYS} <= set(SORTS)
    for key in SORTS:
        assert len(activities(mixed, f"sort={key}")) == 5


# --- Groups ------------------------------------------------------------------------------------------------------


def headings(world, query):
    arrangement, _ = asked_for(QueryDict(query), lookups(world))
    rows = list(world.strategy.actions.for_plan())
    return [
        (title, [row.activity.split()[0] for row in inside])
        for _, title, inside in in_groups(arrangement.ordered(rows, lookups(world)), arrangement.group, lookups(world))
    ]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("aim", [("Aim 1. Grow our own staff", ["Map", "Pool", "Run"]), ("Aim 2. Train together", ["Zebra"]),
                 ("Working in partnership", ["Aardvark"])]),
        ("theme", [("Working in partnership", ["Aardvark"]),
                   ("No theme or priority", ["Map", "Pool", "Run", "Zebra"])]),
        ("organisation", [("Council", ["Map", "Zebra"]), ("Hospital trust", ["Pool", "Run"]),
                          ("No lead organisation", ["Aardvark"])]),
        ("officer", [("Workforce Manager", ["Map"]), ("Zoe", ["Zebra"]),
                     ("No responsible officer", ["Pool", "Run", "Aardvark"])]),
        ("status", [("Off track", ["Zebra"]), ("On track", ["Aardvark"]), ("Not reported", ["Map", "Pool", "Run"])]),
        ("priority", [("High priority", ["Aardvark"]), ("Low priority", ["Zebra"]),
                      ("No priority set", ["Map", "Pool", "Run"])]),
        ("none", [("", PLAN_ORDER)]),
    ],
)  # fmt: skip
def test_each_grouping(mixed, group, expected):
    assert headings(mixed, f"group={group}") == expected


def test_rows_are_sorted_within_their_groups(mixed):
    assert headings(mixed, "group=organisation&sort=-activity")[0] == ("Council", ["Zebra", "Map"])


def test_a_row_whose_aim_has_gone_is_still_shown(mixed):
    mixed.second_aim.removed = timezone.now()
    mixed.second_aim.save()
    assert headings(mixed, "")[-1] == ("No longer in the strategy", ["Zebra"])


@settings(deadline=None)
@given(name=st.text(min_size=1))
def test_keys_of_groups_are_plain_whatever_officers_are_called(name):
    officer = SimpleNamespace(name=name)
    row = SimpleNamespace(related={"officers": [officer]}.get)
    ((key, title, _),) = in_groups([row], "officer", Lookups())
    assert key.replace("-", "").isalnum() and key.isascii() and title == name


# --- What the live feed asks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", *(f"sort=-{key}" for key in SORTS), *(f"group={key}" for key in GROUPINGS)])
def test_the_order_without_drawing_is_that_of_the_page(mixed, as_, query, django_assert_max_num_queries):
    arrangement, _ = asked_for(QueryDict(query), lookups(mixed))
    known = lookups(mixed)
    with django_assert_max_num_queries(2):
        order = arrangement.order(arrangement.light(mixed.strategy.actions.in_plan()), known)
    groups = as_("observer").get(f"{PLAN}?{query}").context["groups"]
    assert order == [(group.key, group.title, [row.pk for row in group.rows]) for group in groups]


def thousand():
    now = timezone.now()
    return [
        Action(
            pk=n, ref=str(n), activity=f"Activity {n % 7}", aim_id=1 + n % 5, status=Status.values[n % 4],
            priority=Priority.values[n % 3], due_on=now.date() + timedelta(days=n % 90), changed=now,
        )
        for n in range(1000)
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["", "sort=ref&group=none", "sort=-activity&group=status", "sort=timescale_text"])
def test_a_thousand_rows_are_put_in_order_quickly(query):
    rows, known = thousand(), Lookups(aims={n: f"{n}. Aim" for n in range(1, 6)})
    arrangement = read(query)
    took = []
    for _ in range(5):
        began = time.process_time()
        order = arrangement.order(rows, known)
        took.append(time.process_time() - began)
    assert sum(len(inside) for _, _, inside in order) == 1000
    assert min(took) < 0.015


# --- The page ----------------------------------------------------------------------------------------------------


def test_the_table_shows_the_columns_asked_for(as_, mixed):
    page = as_("observer").get(f"{PLAN}?columns=aim,evidence,contributors&freeze=3")
    read_page = words(page)
    assert "Ref Aim Evidence Contributing partners" in read_page
    assert 'class="plan-table plan-table--freeze-3 plan-table--second-notes"' in page.content.decode()
    assert refs(page) == ["1", "2", "3", "10", "Open"]


def test_a_heading_sorts_then_turns_round_then_leads_back(as_, world):
    client = as_("observer")

    def heading(query):
        page = client.get(f"{PLAN}?{query}").content.decode()
        cell = page[page.index('data-c="priority"') :].partition("</th>")[0]
        return ("aria-sort" in cell and cell.split('aria-sort="')[1].split('"')[0]), cell.split('href="?')[1].split(
            '"'
        )[0]

    assert heading("status=none") == (False, "status=none&amp;sort=priority")
    assert heading("sort=priority") == ("ascending", "sort=-priority")
    assert heading("sort=-priority") == ("descending", "")


def test_the_form_leads_to_the_shortest_address(as_, world):
    client = as_("observer")
    page = client.get(f"{PLAN}?columns=aim,status&late=on").content.decode()
    assert 'name="was" value="aim,status"' in page
    sent = {
        "was": "aim,status", "show": ["aim", "status"], "place-aim": "1", "place-status": "1", "q": "", "aim": "",
        "sort": "status", "reverse": "on", "group": "aim", "freeze": "1", "late": "on",
    }  # fmt: skip
    answer = client.get(PLAN, sent)
    assert answer.status_code == 302
    assert answer.url == f"{PLAN}?late=on&sort=-status&columns=status,aim"


def test_columns_hold_hostile_values(as_, world):
    hostile = '"><script>alert(1)</script>'
    page = as_("observer").get(PLAN, {"columns": hostile, "sort": hostile, "group": hostile, "freeze": hostile})
    assert "<script>alert" not in page.content.decode()
    assert refs(page) == ["1", "2", "3"]


@pytest.mark.parametrize("query", ["", f"?columns={','.join(KEYS)}&group=officer&sort=-contributors"])
def test_however_it_is_arranged_the_page_asks_no_more(as_, world, query):
    client = as_("coordinator")
    few = queries(client, PLAN + query)
    many_rows(world, 60)
    assert queries(client, PLAN + query) == few <= 13


def test_filters_by_lead_organisation_and_by_officer(as_, world):
    client = as_("observer")
    assert refs(client.get(f"{PLAN}?lead={world.trust.pk}")) == ["2", "3"]
    assert refs(client.get(f"{PLAN}?named={world.manager.pk}")) == ["1"]
    assert refs(client.get(f"{PLAN}?lead={world.far_council.pk}&named=x")) == ["1", "2", "3"]
