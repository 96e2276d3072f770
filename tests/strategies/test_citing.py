"""A strategy rests on released figures."""

import pytest
from django.urls import reverse

from partners.models import Change
from partners.refusals import NotAllowed, Refused
from strategies import citing
from tests.workforce.exploring.releases import figure_of, release_of
from workforce.models import Release

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure(world):
    return figure_of(release_of(world.partnership), "marlbrook-council")


def cite(world, figure, **more):
    given = {"strategy": world.strategy, "figure": figure, "words": "We are few.", "by": world.coordinator}
    return citing.cite_figure(**given | more)


def test_what_is_cited_keeps_its_words_and_its_value(world, figure):
    cited = cite(world, figure)
    assert (cited.named, cited.value) == ("Filled posts, Council", "412 posts")
    assert Change.objects.filter(subject="citedfigure", subject_id=cited.pk).count() == 1


def test_a_hidden_figure_cannot_be_cited(world, figure):
    hidden = figure_of(figure.release, "marlbrook-hospitals-nhs-trust")
    with pytest.raises(Refused, match="hidden"):
        cite(world, hidden)


def test_a_withdrawn_one_cannot_be_cited_and_an_earlier_citation_says_so(client, world, figure):
    cite(world, figure)
    Release.objects.update(stage=Release.Stage.WITHDRAWN, withdrawn=figure.at)
    figure.release.refresh_from_db()
    with pytest.raises(Refused, match="withdrawn"):
        cite(world, figure)
    client.force_login(world.observer)
    text = client.get(reverse("strategies:strategy", args=["marlbrook", world.strategy.slug])).text
    assert "412 posts" in text and "The report was withdrawn" in text


def test_once_is_enough_and_it_can_be_taken_back(world, figure):
    cited = cite(world, figure)
    with pytest.raises(Refused, match="already"):
        cite(world, figure)
    citing.remove_citation(cited=cited, by=world.coordinator)
    assert citing.citations_of(world.strategy) == []
    cite(world, figure)


def test_another_partnerships_figure_is_refused(world):
    with pytest.raises(Refused, match="another partnership"):
        cite(world, figure_of(release_of(world.elsewhere)))


def test_a_manager_cites_nothing(world, figure):
    with pytest.raises(NotAllowed):
        cite(world, figure, by=world.manager)


def test_citing_from_the_figures_page(client, world, figure):
    client.force_login(world.coordinator)
    address = reverse("strategies:figure-cite", args=["marlbrook", figure.pk])
    assert "Filled posts, Council" in client.get(address).text
    assert "What does it show" in client.post(address, {"strategy": world.strategy.pk, "words": ""}).text
    answer = client.post(address, {"strategy": world.strategy.pk, "words": "The council is large."}, follow=True)
    assert "The council is large." in answer.text and "412 posts" in answer.text
    (cited,) = citing.citations_of(world.strategy)
    gone = reverse("strategies:citation-remove", args=["marlbrook", world.strategy.slug, cited.pk])
    assert "The council is large." not in client.post(gone, follow=True).text.replace("No longer cited", "")
