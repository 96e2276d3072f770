"""The doors by which a strategy cites released figures of the workforce."""

from django.db import transaction
from django.utils import timezone

from partners.history import record
from partners.models import Act, Via
from partners.permissions import Right
from partners.refusals import Refused
from partners.services import insist
from partners.text import clean_text
from strategies.models import CitedFigure, Strategy
from workforce.exploring import readable_figure


@transaction.atomic
def cite_figure(*, strategy, figure, words, by, via=Via.FORM, at=None):
    """Have the strategy rest on a released figure. What was hidden or withdrawn cannot be cited."""
    insist(by, strategy.partnership, Right.EDIT_STRATEGY)
    Strategy.objects.select_for_update().get(pk=strategy.pk)
    words = clean_text(words)
    if figure.release.partnership_id != strategy.partnership_id:
        raise Refused("This figure belongs to another partnership.", accepted="Cite one of your own partnership.")
    said = readable_figure(figure)
    if said is None:
        raise Refused("This figure is hidden, or its report was withdrawn.", accepted="Cite a figure that stands.")
    if not words:
        raise Refused("What is it cited for?", field="words", accepted="Say in a sentence what the figure shows.")
    if strategy.cited_figures.filter(figure=figure, removed=None).exists():
        raise Refused("The strategy cites this figure already.", accepted="Remove that citation first.")
    named, value = said
    cited = CitedFigure.objects.create(
        strategy=strategy, figure=figure, named=named[:300], value=value, words=words, by=by, at=at or timezone.now()
    )
    after = {"figure": figure.pk, "named": cited.named, "value": value, "words": words}
    record(cited, act=Act.ADDED, by=by, via=via, after=after, at=at)
    return cited


@transaction.atomic
def remove_citation(*, cited, by, via=Via.FORM, at=None):
    """The strategy no longer rests on this figure; its history does."""
    insist(by, cited.strategy.partnership, Right.EDIT_STRATEGY)
    if CitedFigure.objects.filter(pk=cited.pk, removed=None).update(removed=at or timezone.now()):
        before = {"named": cited.named, "value": cited.value, "words": cited.words}
        record(cited, act=Act.REMOVED, by=by, via=via, before=before, at=at)


def citations_of(strategy):
    """What the strategy cites, each with whether the report it came from still stands."""
    found = strategy.cited_figures.filter(removed=None)
    return list(found.select_related("figure__release").defer("figure__release__tables", "figure__release__about"))
