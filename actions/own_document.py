"""The partner's own Word document: kept when a plan was brought in from it, and given back with the plan as it stands.

Every row that came in is marked in it, so that its cells can be found again. What is given back is made anew each
time from what was kept; `actions.own_word` knows how.
"""

from collections import Counter

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from actions.column_mapping import mapping_of
from actions.columns import document_headings
from actions.editing import lookups_for
from actions.known_names import KnownNames
from actions.models import PlanDocument
from actions.own_word.document import can_be_changed, marked
from actions.own_word.filling import PlanNow, fill
from actions.past import newest_change
from actions.reading.identity import Identity
from actions.reading.plan import plan_of
from actions.seen import known_identities, seen_by, seen_now
from partners.history import name_of, record
from partners.models import Act, Via
from partners.permissions import Right
from partners.services import insist

WORD = "Word document"


@transaction.atomic
def keep_document(*, strategy, name, content, proposal, became, by, via=Via.IMPORT, at=None):
    """Keep a partner's Word document from which a plan came in. `became`: {place in it: the rows of the plan}.

    One of our own files is nobody's document, and one with less than half of the rows of that which is kept already
    is a part of the plan: neither is kept. Returns what is kept, or None.
    """
    insist(by, strategy.partnership, Right.IMPORT_PLAN)
    kept = PlanDocument.objects.select_for_update().filter(strategy=strategy).first()
    became = _wholly(became, [*proposal["rows"], *proposal.get("left_out", [])])
    rows = sum(map(len, became.values()))
    is_a_part = kept is not None and 2 * rows < kept.rows
    if proposal.get("source") != WORD or proposal["is_ours"] or not rows or is_a_part or not can_be_changed(content):
        return None
    newest = newest_change(strategy)
    marks = {
        place: [Identity(strategy.pk, action, newest, is_own=True) for action in actions]
        for place, actions in became.items()
    }
    if kept:
        _delete(kept)
    document = PlanDocument(
        strategy=strategy, name=name, rows=rows, by=by, by_name=name_of(by), at=at or timezone.now()
    )
    document.file.save(name, ContentFile(marked(content, marks)), save=False)
    document.save()
    record(document, act=Act.ADDED, by=by, via=via, after={"name": name}, at=at)
    return document


def _wholly(became, rows):
    """The places of which every row became one of the plan: of several bullets in a cell, marks go by their order."""
    there = Counter(row["where"] for row in rows)
    return {place: actions for place, actions in became.items() if len(actions) == there[place]}


@transaction.atomic
def forget_document(*, document, by, via=Via.FORM):
    """Delete a partner's own document. The plan that came from it stays as it is."""
    insist(by, document.strategy.partnership, Right.IMPORT_PLAN)
    record(document, act=Act.REMOVED, by=by, via=via, before={"name": document.name})
    _delete(document)


def _delete(document):
    """The bytes go once it is certain that the row has gone."""
    storage, name = document.file.storage, document.file.name
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))


def document_of(strategy):
    return PlanDocument.objects.filter(strategy=strategy).first()


def given_back(document):
    """(the bytes of the document with the plan as it stands, what it could not be let say)."""
    strategy = document.strategy
    lookups, mapping = lookups_for(strategy), mapping_of(strategy.partnership)
    in_plan = list(strategy.actions.for_plan().select_related("aim", "theme", "latest_update"))
    rows = seen_now(strategy, in_plan, lookups)
    known = KnownNames(lookups, [row.values for row in rows.values()])

    def read(opened):
        helped = {"headings": document_headings(), "mapping": mapping, "period": strategy.period}
        plan = plan_of(opened.contents, "word", **helped)
        for row in plan.rows:
            known.put_right(row)
        return plan

    def was(identities):
        known_ones = known_identities(strategy, identities)
        return {pk: seen.as_read for pk, seen in seen_by(strategy, known_ones, lookups).items()}

    names = {action.pk: str(action) for action in strategy.actions.all()}
    with document.file.open("rb") as stored:
        return fill(stored.read(), read, PlanNow(strategy.pk, newest_change(strategy), rows, names, was))
