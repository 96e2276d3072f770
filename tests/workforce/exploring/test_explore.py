"""Members look through released figures, and find where each comes from."""

from datetime import date

import pytest
from django.urls import reverse

from tests.workforce.exploring.releases import figure_of, release_of
from workforce.models import Release

pytestmark = pytest.mark.django_db


def page(client, person, name, *args, **asked):
    client.force_login(person)
    return client.get(reverse(name, args=["marlbrook", *args]), asked)


def test_without_a_release_the_page_says_what_to_wait_for(client, world):
    answer = page(client, world.manager, "explore:explore")
    assert "No profile has been released" in answer.text


def test_a_member_chooses_figures_and_gets_chart_and_table(client, world):
    release_of(world.partnership)
    text = page(client, world.manager, "explore:explore", figures="posts-partner").text
    assert "412" in text and "987" in text and "hidden" in text and "<svg" in text
    assert "Returns of two partners." in text


def test_several_dates_stand_beside_each_other(client, world):
    release_of(world.partnership, date(2026, 3, 31), plus=-12)
    release_of(world.partnership)
    asked = {"figures": "posts-partner", "dates": ["2026-03-31", "2026-09-30"]}
    text = page(client, world.manager, "explore:explore", **asked).text
    assert "400" in text and "412" in text and "Mar 2026" in text


def test_organisations_are_chosen_from_figures_by_organisation(client, world):
    release_of(world.partnership)
    asked = {"figures": "sex-partner", "partners": ["marlbrook-hospitals-nhs-trust"]}
    assert "301" not in page(client, world.manager, "explore:explore", **asked).text
    assert "301" in page(client, world.manager, "explore:explore", figures="sex-partner").text


@pytest.mark.parametrize("stage", [Release.Stage.DRAFT, Release.Stage.WITHDRAWN, Release.Stage.DISCARDED])
def test_only_what_is_released_can_be_explored(client, world, stage):
    release_of(world.partnership, stage=stage)
    assert "412" not in page(client, world.manager, "explore:explore", figures="posts-partner").text


def test_the_publics_and_a_partners_own_figures_are_not_mixed_in(client, world):
    release_of(world.partnership, audience="public")
    assert "No profile has been released" in page(client, world.manager, "explore:explore").text


def test_figures_that_nobody_released_are_refused_with_a_sentence(client, world):
    release_of(world.partnership)
    answer = page(client, world.manager, "explore:explore", figures="pay-of-the-mayor")
    assert answer.status_code == 200 and "govuk-error-message" in answer.text


def test_a_figure_says_where_it_comes_from(client, world):
    figure = figure_of(release_of(world.partnership), "marlbrook-council")
    text = page(client, world.manager, "explore:figure", figure.pk).text
    assert "Filled posts, Council" in text and "412" in text and "Personnel system" in text and "2026.1" in text


def test_a_hidden_figure_stays_hidden_and_one_that_was_withdrawn_says_so(client, world):
    release = release_of(world.partnership)
    hidden = figure_of(release, "marlbrook-hospitals-nhs-trust")
    assert "hidden" in page(client, world.coordinator, "explore:figure", hidden.pk).text
    assert "Cite it" not in page(client, world.coordinator, "explore:figure", hidden.pk).text
    Release.objects.update(stage=Release.Stage.WITHDRAWN, withdrawn=release.released)
    text = page(client, world.coordinator, "explore:figure", figure_of(release).pk).text
    assert "was withdrawn" in text and "Cite it" not in text


@pytest.mark.parametrize(("audience", "stage"), [("partner", "released"), ("partnership", "draft")])
def test_figures_of_drafts_and_of_a_partners_own_report_have_no_page(client, world, audience, stage):
    figure = figure_of(release_of(world.partnership, audience=audience, stage=stage))
    assert page(client, world.coordinator, "explore:figure", figure.pk).status_code == 404


def test_another_partnerships_figure_is_not_there(client, world):
    figure = figure_of(release_of(world.elsewhere))
    assert page(client, world.coordinator, "explore:figure", figure.pk).status_code == 404


def test_the_public_reads_what_is_released_for_it_without_a_cookie(client, world):
    address = reverse("explore:public-profile", args=["marlbrook"])
    assert client.get(address).status_code == 404
    release_of(world.partnership)
    assert client.get(address).status_code == 404
    release_of(world.partnership, audience="public")
    answer = client.get(address)
    assert answer.status_code == 200 and "987" in answer.text
    assert not answer.cookies and "public" in answer["Cache-Control"] and "Cookie" not in answer.get("Vary", "")
