"""Views of the plan that somebody gave a name: whose they are, who may open, change, share and delete them."""

import pytest

from actions.models import SavedView
from actions.saved_views import change_view, delete_view, save_view, views_for
from partners.models import Change
from partners.refusals import NotAllowed, Refused
from tests.actions.test_pages import HOSTILE, PLAN, assert_harmless, queries, refs, words

SAVE = f"{PLAN}views/save/"


def view_of(world, by="observer", name="Late", query="late=on", **how):
    return save_view(strategy=world.strategy, name=name, query=query, by=world.people[by], **how)


def names(world, who):
    return [view.name for view in views_for(world.strategy, world.people[who])]


# --- Doors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["coordinator", "steering", "lead", "manager", "steward", "observer", "trust_manager"])
def test_everybody_who_reads_the_plan_saves_views_of_their_own(world, who):
    view_of(world, by=who)
    assert names(world, who) == ["Late"]
    assert all(names(world, other) == [] for other in ("coordinator", "observer", "lead") if other != who)


@pytest.mark.parametrize("who", ["stranger", "foreigner"])
def test_somebody_from_outside_saves_nothing(world, who):
    with pytest.raises(NotAllowed):
        view_of(world, by=who)


def test_sharing_takes_the_right_to_edit_something(world):
    with pytest.raises(NotAllowed):
        view_of(world, by="observer", shared=True)
    view_of(world, by="manager", shared=True)
    assert names(world, "observer") == ["Late"]


def test_ones_own_come_first_and_then_those_of_others(world):
    view_of(world, by="manager", name="A shared one", shared=True)
    view_of(world, by="observer", name="Zebra")
    assert names(world, "observer") == ["Zebra", "A shared one"]


def test_a_view_of_the_same_name_is_replaced_only_after_asking(world):
    first = view_of(world, query="late=on")
    with pytest.raises(Refused, match="You have a view called “Late”"):
        view_of(world, name="LATE", query="mine=on")
    assert view_of(world, query="mine=on", replace=True).pk == first.pk
    assert SavedView.objects.get().query == "mine=on"
    view_of(world, by="manager")  # somebody else's of that name stands in nobody's way


def test_a_view_is_renamed_shared_and_taken_back(world):
    view = view_of(world, by="manager")
    view_of(world, by="manager", name="Other")
    with pytest.raises(Refused, match="another view called “other”"):
        change_view(view=view, name="other", shared=False, by=world.manager)
    change_view(view=view, name="Ours and late", shared=True, by=world.manager)
    assert names(world, "observer") == ["Ours and late"]
    change_view(view=view, name="Ours and late", shared=False, by=world.manager)
    assert names(world, "observer") == []


def test_those_who_keep_the_plan_in_order_change_and_delete_shared_views_only(world):
    shared, own = view_of(world, by="manager", shared=True), view_of(world, by="manager", name="Own")
    for door in (
        lambda view, by: change_view(view=view, name="x", shared=True, by=by),
        lambda view, by: delete_view(view=view, by=by),
    ):
        with pytest.raises(NotAllowed):
            door(shared, world.lead)
        with pytest.raises(NotAllowed):
            door(own, world.coordinator)
    change_view(view=shared, name="Everybody’s", shared=True, by=world.steering)
    delete_view(view=shared, by=world.coordinator)
    assert names(world, "manager") == ["Own"]


def test_a_reader_cannot_share_by_changing(world):
    view = view_of(world, by="observer")
    with pytest.raises(NotAllowed):
        change_view(view=view, name="Late", shared=True, by=world.observer)


@pytest.mark.parametrize(("name", "query"), [("", ""), ("  \n", ""), ("x" * 81, ""), ("fine", "q=" + "x" * 2000)])
def test_what_cannot_be_kept_is_refused_in_words(world, name, query):
    with pytest.raises(Refused):
        view_of(world, name=name, query=query)


def test_the_history_has_what_happened_to_a_view(world):
    view = view_of(world, by="manager")
    change_view(view=view, name="New", shared=True, by=world.manager)
    delete_view(view=view, by=world.manager)
    told = Change.objects.filter(subject="savedview").order_by("pk").values_list("act", "field", "by_name")
    assert list(told) == [
        ("added", "", "Workforce Manager"),
        ("changed", "name", "Workforce Manager"),
        ("changed", "shared", "Workforce Manager"),
        ("removed", "", "Workforce Manager"),
    ]


# --- Pages -------------------------------------------------------------------------------------------------------


def test_what_the_page_shows_is_saved_opened_and_deleted(as_, world):
    client = as_("manager")
    assert (
        f'href="{SAVE}?lead={world.trust.pk}&amp;sort=-ref"'
        in client.get(f"{PLAN}?lead={world.trust.pk}&sort=-ref").content.decode()
    )
    saved = client.post(f"{SAVE}?lead={world.trust.pk}&sort=-ref&page=9", {"name": "The trust’s", "shared": "on"})
    view = SavedView.objects.get()
    assert saved.url == f"{PLAN}?view={view.pk}"
    assert (view.query, view.shared) == (f"lead={world.trust.pk}&sort=-ref", True)
    opened = as_("observer").get(saved.url)
    assert refs(opened) == ["3", "2"]
    assert "View: The trust’s" in words(opened) and "shared by Workforce Manager" in words(opened)
    client.post(f"{PLAN}views/{view.pk}/delete/")
    assert refs(as_("observer").get(saved.url)) == ["1", "2", "3"]


def test_the_page_asks_before_it_replaces(as_, world):
    client = as_("observer")
    for _ in range(2):
        answer = client.post(f"{SAVE}?late=on", {"name": "Mine"})
    assert "Replace my view of this name" in words(answer)
    assert client.post(f"{SAVE}?mine=on", {"name": "Mine", "replace": "on"}).status_code == 302
    assert SavedView.objects.get().query == "mine=on"


def test_a_reader_is_not_offered_to_share(as_, world):
    assert "Everybody in the partnership" not in words(as_("observer").get(SAVE))
    assert "Everybody in the partnership" in words(as_("manager").get(SAVE))  # the control
    as_("observer").post(SAVE, {"name": "Mine", "shared": "on"})
    assert not SavedView.objects.get().shared


def test_somebody_elses_own_view_is_as_if_it_were_not_there(as_, world):
    view = view_of(world, by="manager")
    client = as_("coordinator")
    assert client.get(f"{PLAN}views/{view.pk}/edit/").status_code == 404
    assert client.post(f"{PLAN}views/{view.pk}/delete/").status_code == 404
    assert refs(as_("observer").get(f"{PLAN}?view={view.pk}")) == ["1", "2", "3"]
    assert ">Late</a>" not in client.get(PLAN).content.decode()


def test_a_view_is_renamed_on_its_page(as_, world):
    view = view_of(world, by="manager")
    client = as_("manager")
    answer = client.post(f"{PLAN}views/{view.pk}/edit/", {"name": "", "shared": "on"})
    assert "Enter name" in words(answer)
    client.post(f"{PLAN}views/{view.pk}/edit/", {"name": "Behind", "shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Behind", True)


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_names_are_shown_as_names(as_, world, payload):
    view = view_of(world, by="manager", name=payload, query=f"q={'%22%3E%3Cscript%3Ealert(1)'}", shared=True)
    for who in ("manager", "observer"):
        assert_harmless(as_(who).get(PLAN), payload)
        assert_harmless(as_(who).get(f"{PLAN}?view={view.pk}"), payload)
    assert_harmless(as_("manager").get(f"{PLAN}views/{view.pk}/edit/"), payload)
    assert_harmless(as_("manager").get(f"{PLAN}views/{view.pk}/delete/"), payload)


def test_views_cost_the_plan_one_query_however_many(as_, world):
    client = as_("manager")
    few = queries(client, PLAN)
    for number in range(20):
        view_of(world, by="lead", name=f"View {number}", shared=True)
    assert queries(client, PLAN) == few
