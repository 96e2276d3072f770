"""The doors through which rows come, go and move, and through which people report, comment and attach."""

import uuid

from django.db import transaction
from django.db.models import Max, Min, Q
from django.urls import reverse
from django.utils import timezone

from actions.columns import BY_KEY, COLUMNS, cells_of
from actions.commenting import NAMED, OFFICER, concerned_by
from actions.editing import check_row, hold_row, hold_strategy, lookups_for, next_version, refuse_removed
from actions.evidence import check_evidence, keep_evidence
from actions.models import Action, Attachment, Comment, Confidence, ProgressUpdate, Status
from actions.moving import ends_with
from partners.history import name_of, record
from partners.models import Act, Change, Via
from partners.notices import tell
from partners.permissions import ANYTHING, Right, may
from partners.refusals import NotAllowed, Refused
from partners.services import insist
from partners.text import clean_text

GAP = 1024  # Room between neighbours, so that a move seldom touches more than one row.
NOT_COPIED = {"status"}


def suggested_ref(strategy):
    """The next number, when the plan's references are numbers."""
    used = strategy.actions.values_list("ref", flat=True)
    return str(max((int(ref) for ref in used if ref.isdecimal() and len(ref) < 9), default=0) + 1)


@transaction.atomic
def add_action(*, strategy, cells, by, via=Via.FORM, at=None, batch=None, lookups=None, after=None, once=None):
    """A new row with these cells ({column key: value}), at the end or after another row.

    `once` names this request, so that sending it again after a lost answer returns the row that it has added.
    """
    held = hold_strategy(strategy.pk)
    lookups = lookups or lookups_for(strategy)
    action = Action(strategy=strategy, partnership_id=strategy.partnership_id, changed=at or timezone.now())
    values = {column.key: column.clean(cells.get(column.key), lookups) for column in COLUMNS if column.in_form}
    for key, value in values.items():
        BY_KEY[key].write(action, value, lookups)
    check_row(action)
    _insist_on_adding(by, strategy, action, values)
    if once and (before := _added_by(strategy, once)):
        return before
    if after is not None:
        after.refresh_from_db(fields=["position"])
    action.position = _place_after(strategy, after, at)
    action.ends = ends_with([], action.due_on)
    action.version = next_version(held)
    action.save()
    for key, value in values.items():
        BY_KEY[key].write_related(action, value, lookups)
    after = cells_of(Action.objects.get(pk=action.pk)) | {"position": action.position}
    record(action, act=Act.ADDED, by=by, via=via, after=after, at=at, batch=once or batch)
    return action


def _added_by(strategy, once):
    """The row that this very request has added already: its answer was lost on the way."""
    lines = Change.objects.filter(
        partnership=strategy.partnership_id, subject="action", act=Act.ADDED, field="", batch=once
    )
    return strategy.actions.filter(pk__in=lines.values("subject_id")).first()


class _Place:
    """A row that is not there yet, for asking whether it may be added."""

    def __init__(self, strategy, lead_organisation_id, contributor_ids):
        self.partnership_id = strategy.partnership_id
        self.lead_organisation_id = lead_organisation_id
        self.organisation_ids = frozenset({lead_organisation_id, *contributor_ids} - {None})


def _insist_on_adding(by, strategy, action, values):
    place = _Place(strategy, action.lead_organisation_id, values["contributors"])
    insist(by, strategy.partnership, Right.ADD_ROW, on=ANYTHING)
    if by is not None and not may(strategy.partnership.standing_of(by), Right.ADD_ROW, on=place):
        raise NotAllowed(
            "You may add rows that your own organisation leads or contributes to.",
            field="lead_organisation",
            accepted="Choose it as the lead organisation, or tick it as a contributing partner.",
        )


def _place_after(strategy, after, at=None):
    rows = strategy.actions.all()
    if after is None:
        return (rows.aggregate(last=Max("position"))["last"] or 0) + GAP
    following = rows.filter(position__gt=after.position).aggregate(next=Min("position"))["next"]
    if following is None:
        return after.position + GAP
    if following - after.position < 2:
        _spread(strategy, at)
        after.refresh_from_db(fields=["position"])
        return _place_after(strategy, after, at)
    return (after.position + following) // 2


def _place_before(strategy, before, at=None):
    above = strategy.actions.filter(position__lt=before.position).order_by("-position", "-pk").first()
    return _place_after(strategy, above, at) if above else before.position - GAP


def _spread(strategy, at=None):
    """Make room between all rows. Their order stays; the new places are recorded, so that it can be rebuilt."""
    rows = list(strategy.actions.order_by("position", "pk").only("pk", "position"))
    for place, row in enumerate(rows, start=1):
        row.position = place * GAP
    Action.objects.bulk_update(rows, ["position"])
    places = {str(row.pk): row.position for row in rows}
    record(strategy, act=Act.MOVED, field="positions", after=places, by=None, via=Via.SYSTEM, at=at)


@transaction.atomic
def duplicate_action(*, action, by, via=Via.FORM, at=None):
    """A copy just below, with the same words and people and no progress."""
    if action.removed:
        raise Refused("This row was removed from the plan.", accepted="Restore it before copying it.")
    cells = {key: value for key, value in cells_of(action).items() if key not in NOT_COPIED}
    cells["ref"] = suggested_ref(action.strategy)
    return add_action(strategy=action.strategy, cells=cells, by=by, via=via, at=at, after=action)


@transaction.atomic
def remove_action(*, action, by, seen=None, via=Via.FORM, at=None, batch=None):
    """Remove a row from the plan. It keeps everything and can be restored.

    `seen` is the version of the row that the person looked at: what somebody has written since is not thrown away
    unread.
    """
    stored = hold_row(action)
    insist(by, stored.partnership, Right.REMOVE_ROW, on=stored)
    if stored.removed:
        return stored
    if seen is not None and seen != stored.version:
        raise Refused(f"{_who_wrote(stored)} changed this row while you were looking at it.", accepted="Look again.")
    stored.removed = at or timezone.now()
    stored.version = next_version(stored.strategy)
    stored.save(update_fields=["removed", "version"])
    record(stored, act=Act.REMOVED, by=by, via=via, before=cells_of(stored), at=at, batch=batch)
    return stored


def _who_wrote(stored):
    last = Change.objects.filter(subject="action", subject_id=stored.pk).exclude(act=Act.HELD).first()
    return last.by_name if last else "Somebody"


@transaction.atomic
def restore_action(*, action, by, aim=None, via=Via.FORM, at=None, batch=None):
    """Put a removed row back where it was, or under another aim when its own is no longer in the strategy."""
    stored = hold_row(action)
    insist(by, stored.partnership, Right.REMOVE_ROW, on=stored)
    if not stored.removed:
        return stored
    before = stored.aim_id
    if aim:
        stored.aim_id = BY_KEY["aim"].clean(aim, lookups_for(stored.strategy))
    check_row(stored)
    stored.removed = None
    stored.version = next_version(stored.strategy)
    stored.save(update_fields=["removed", "aim", "version"])
    how = {"by": by, "via": via, "at": at, "batch": batch or uuid.uuid4()}
    if stored.aim_id != before:
        record(stored, act=Act.CHANGED, field="aim", before=before, after=stored.aim_id, **how)
    record(stored, act=Act.RESTORED, after=cells_of(stored), **how)
    return stored


@transaction.atomic
def move_action(*, action, past, by, via=Via.FORM, at=None):
    """Move a row past one of its neighbours: below it when it stood above, above it when it stood below."""
    insist(by, action.partnership, Right.REORDER_ROWS)
    strategy = hold_strategy(action.strategy_id)
    action.refresh_from_db(fields=["position", "removed"])
    past.refresh_from_db(fields=["position", "removed"])
    if action.removed or past.removed:
        raise Refused("One of the two rows has been removed meanwhile.", accepted="Look at the plan again.")
    if action.position < past.position:
        position = _place_after(strategy, past, at)
    else:
        position = _place_before(strategy, past, at)
    action.refresh_from_db(fields=["position"])  # It may have moved with all the others to make room.
    _put(action, strategy, position, by=by, via=via, at=at)


@transaction.atomic
def place_action(*, action, by, after=None, before=None, seen=None, via=Via.FORM, at=None):
    """Put a row directly after, or directly before, another row of the plan.

    `seen` is the position the row had when the person took hold of it: somebody else's move meanwhile is not undone
    unknowingly.
    """
    stored = hold_row(action)
    insist(by, stored.partnership, Right.REORDER_ROWS)
    beside = stored.strategy.actions.get(pk=(after or before).pk)
    if stored.removed or beside.removed:
        raise Refused("One of the two rows has been removed meanwhile.", accepted="Look at the plan again.")
    if stored.pk == beside.pk:
        return stored
    _refuse_if_moved_from(stored, seen)
    position = (_place_after if after else _place_before)(stored.strategy, beside, at)
    stored.refresh_from_db(fields=["position"])
    _put(stored, stored.strategy, position, by=by, via=via, at=at)
    return stored


def _refuse_if_moved_from(stored, seen):
    """Places also change when room is made between rows: only what somebody did since the row stood there counts."""
    if seen is None or seen == stored.position:
        return
    for line, before, after in _places_of(stored):
        if after == seen:
            return
        if line.field == "position" or (line.by_id and before != after):
            raise Refused(
                f"{line.by_name} moved this row meanwhile.", accepted="Look where it stands now, and move it again."
            )


def _places_of(stored):
    """The lines of the history that gave this row a place, newest first: (line, the place before, the one after)."""
    own = Q(subject="action", subject_id=stored.pk, field="position")
    of_all = Q(subject="strategy", subject_id=stored.strategy_id, field="positions")
    for line in Change.objects.filter(own | of_all, partnership=stored.partnership_id).iterator():
        if line.field == "position":
            yield line, line.before, line.after
        else:
            yield line, *((places or {}).get(str(stored.pk)) for places in (line.before, line.after))


def _put(action, strategy, position, *, by, via, at, batch=None):
    before, action.position = action.position, position
    action.version = next_version(strategy)
    action.save(update_fields=["position", "version"])
    how = {"by": by, "via": via, "at": at, "batch": batch}
    record(action, act=Act.MOVED, field="position", before=before, after=position, **how)


@transaction.atomic
def post_update(*, action, status, words, by, confidence="", via=Via.FORM, at=None, batch=None):
    """Report progress: status, words and confidence, dated and signed. Earlier reports stay as they are."""
    stored = hold_row(action)
    insist(by, stored.partnership, Right.POST_UPDATE, on=stored)
    refuse_removed(stored)
    words = clean_text(words)
    _check_update(status, words, confidence)
    now = at or timezone.now()
    update = ProgressUpdate.objects.create(
        action=stored, status=status, words=words, confidence=confidence, by=by, by_name=name_of(by), at=now
    )
    before = stored.status
    newest = stored.updates.filter(withdrawn=None).first()
    stored.latest_update, stored.status = newest, newest.status or stored.status
    stored.version = next_version(stored.strategy)
    stored.changed = now
    stored.save(update_fields=["latest_update", "status", "version", "changed"])
    how = {"by": by, "via": via, "at": now, "batch": batch or uuid.uuid4()}
    report = {"status": status, "words": words, "confidence": confidence, "update": update.pk}
    record(stored, act=Act.ADDED, field="update", after=report, **how)
    if stored.status != before:
        record(stored, act=Act.CHANGED, field="status", before=before, after=stored.status, **how)
    return update


@transaction.atomic
def withdraw_update(*, update, by, via=Via.FORM, at=None, batch=None):
    """Take a report back. It stays among the row's reports, marked; the one before it counts again."""
    stored = hold_row(update.action)
    insist(by, stored.partnership, Right.POST_UPDATE, on=stored)
    update = stored.updates.get(pk=update.pk)
    if update.withdrawn:
        return
    update.withdrawn = at or timezone.now()
    update.save(update_fields=["withdrawn"])
    stored.latest_update = stored.updates.filter(withdrawn=None).first()
    stored.version = next_version(stored.strategy)
    stored.save(update_fields=["latest_update", "version"])
    report = {"status": update.status, "words": update.words, "update": update.pk}
    record(stored, act=Act.REMOVED, field="update", before=report, by=by, via=via, at=at, batch=batch)


def _check_update(status, words, confidence):
    if status and status not in Status:
        raise Refused("That is not a status.", field="status", accepted=f"Use {', '.join(Status.labels)}.")
    if confidence and confidence not in Confidence:
        raise Refused("That is not a confidence.", field="confidence", accepted=f"Use {', '.join(Confidence.labels)}.")
    if not status and not words:
        raise Refused("The update is empty.", field="words", accepted="Choose a status or write what has happened.")
    if status in {Status.RED, Status.AMBER} and not words:
        raise Refused(
            f"{Status(status).label} needs a few words.", field="words", accepted="Say what is being done about it."
        )
    if len(words) > 5000:
        raise Refused(f"The update has {len(words):,} characters.", field="words", accepted="At most 5,000 are kept.")


MOST_NAMED = 30  # A comment is no circular.


@transaction.atomic
def add_comment(*, action, words, by, people=(), via=Via.FORM, at=None):
    """Say something about a row. Whom it names (behind an @, or in `people`) and the row's officers are told."""
    stored = Action.objects.select_related("partnership").get(pk=action.pk)
    insist(by, stored.partnership, Right.COMMENT, on=stored)
    refuse_removed(stored)
    words = clean_text(words)
    concerned = concerned_by(stored, words, people, by)
    _check_comment(words, [person for person, why in concerned if why == NAMED])
    told = [{"user": person.pk, "name": person.name, "why": why} for person, why in concerned]
    comment = Comment.objects.create(
        action=stored, words=words, by=by, by_name=by.name, at=at or timezone.now(), told=told
    )
    record(stored, act=Act.ADDED, field="comment", after={"comment": comment.pk}, by=by, via=via, at=at)
    _tell_about(comment, concerned)
    return comment


def _check_comment(words, named):
    if not words:
        raise Refused("The comment is empty.", field="words", accepted="Write something.")
    if len(words) > 4000:
        raise Refused(f"The comment has {len(words):,} characters.", field="words", accepted="At most 4,000 are kept.")
    if len(named) > MOST_NAMED:
        raise Refused(
            f"{len(named)} people are named.", field="people", accepted=f"Name at most {MOST_NAMED} in one comment."
        )


def _tell_about(comment, concerned):
    """One notice for each; somebody who is named is told so, also when they are an officer."""
    action = comment.action
    page = reverse("actions:action", args=[action.partnership.slug, action.pk])
    for why, kind in ((NAMED, "mentioned"), (OFFICER, "commented")):
        tell(
            partnership=action.partnership, to=[person for person, reason in concerned if reason == why], kind=kind,
            about=action, path=f"{page}#comment-{comment.pk}", by=comment.by, at=comment.at,
        )  # fmt: skip


@transaction.atomic
def attach(*, action, upload, by, via=Via.FORM, at=None):
    """Keep a file as evidence, under a name of our own."""
    stored = hold_row(action)
    insist(by, stored.partnership, Right.ATTACH, on=stored)
    refuse_removed(stored)
    name = check_evidence(upload)
    attachment = Attachment(action=stored, name=name, size=upload.size, by=by, by_name=by.name, at=at or timezone.now())
    keep_evidence(attachment, upload)
    attachment.save()
    after = {"attachment": attachment.pk, "name": name}
    record(stored, act=Act.ADDED, field="attachment", after=after, by=by, via=via, at=at)
    return attachment


@transaction.atomic
def remove_attachment(*, attachment, by, via=Via.FORM):
    """Take evidence off the row. The file itself is kept with the history."""
    stored = hold_row(attachment.action)
    insist(by, stored.partnership, Right.ATTACH, on=stored)
    refuse_removed(stored)
    if Attachment.objects.filter(pk=attachment.pk, removed=None).update(removed=timezone.now()):
        before = {"attachment": attachment.pk, "name": attachment.name}
        record(stored, act=Act.REMOVED, field="attachment", before=before, by=by, via=via)
