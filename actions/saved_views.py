"""The doors of saved views: ways of looking at the plan that somebody gave a name.

A view belongs to whoever saved it and is nobody else's business until they share it. A shared one stands on everybody's
page, so those who keep the plan in order may change or delete it as well.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actions.models import SavedView
from partners.history import record, record_fields
from partners.models import Act, Via
from partners.permissions import ANYTHING, Right
from partners.refusals import NotAllowed, Refused
from partners.services import insist
from partners.text import clean_text

LONGEST_NAME = SavedView._meta.get_field("name").max_length
LONGEST_QUERY = SavedView._meta.get_field("query").max_length


def views_for(strategy, user):
    """The views this person can open: their own, then those that others share."""
    seen = strategy.saved_views.filter(Q(by=user) | Q(shared=True)).select_related("by")
    return sorted(seen, key=lambda view: (view.by_id != user.pk, view.name.casefold(), view.pk))


def is_open_to(view, user):
    """Whether this member of the partnership can open it."""
    return view.shared or view.by_id == user.pk


@transaction.atomic
def save_view(*, strategy, name, query, by, shared=False, replace=False, via=Via.FORM, at=None):
    """Keep an arrangement under a name. `replace` says that this person knows they have one of that name."""
    insist(by, strategy.partnership, Right.READ_PLAN)
    if shared:
        insist(by, strategy.partnership, Right.EDIT_ROW, on=ANYTHING)
    name = _good_name(name)
    if len(query) > LONGEST_QUERY:
        raise Refused("There is too much in this view to keep it.", accepted="Shorten what you search for.")
    old = strategy.saved_views.select_for_update().filter(by=by, name__iexact=name).first()
    if old and not replace:
        raise Refused(f"You have a view called “{old.name}”.", field="replace", accepted=REPLACE_OR_RENAME)
    view = old or SavedView(strategy=strategy, by=by)
    before = _said(old) if old else None
    view.name, view.query, view.shared, view.at = name, query, shared, at or timezone.now()
    view.save()
    record(view, act=Act.CHANGED if old else Act.ADDED, before=before, after=_said(view), by=by, via=via, at=at)
    return view


REPLACE_OR_RENAME = "Replace it, or choose another name."


@transaction.atomic
def change_view(*, view, name, shared, by, via=Via.FORM, at=None):
    """Give a view another name; share it, or take it back."""
    stored = _held(view, by)
    if shared and not stored.shared:
        insist(by, stored.strategy.partnership, Right.EDIT_ROW, on=ANYTHING)
    name = _good_name(name)
    if stored.strategy.saved_views.filter(by=stored.by_id, name__iexact=name).exclude(pk=stored.pk).exists():
        raise Refused(f"There is another view called “{name}”.", field="name", accepted="Choose another name.")
    wanted = {"name": name, "shared": shared}
    changes = {key: (getattr(stored, key), new) for key, new in wanted.items() if getattr(stored, key) != new}
    stored.name, stored.shared = name, shared
    stored.save(update_fields=["name", "shared"])
    record_fields(stored, changes, act=Act.CHANGED, by=by, via=via, at=at)
    return stored


@transaction.atomic
def delete_view(*, view, by, via=Via.FORM, at=None):
    stored = _held(view, by)
    record(stored, act=Act.REMOVED, before=_said(stored), by=by, via=via, at=at)
    stored.delete()


def _held(view, by):
    """The view as it is now, if this person may change it: their own, or a shared one of a plan they keep in order."""
    stored = SavedView.objects.select_for_update(of=("self",)).select_related("strategy__partnership").get(pk=view.pk)
    is_own = by is not None and stored.by_id == by.pk
    if not is_own and not stored.shared:
        raise NotAllowed("This view is somebody else's.")
    insist(by, stored.strategy.partnership, Right.READ_PLAN if is_own else Right.REORDER_ROWS)
    return stored


def _good_name(name):
    name = clean_text(name, keep_lines=False)
    if not name:
        raise Refused("The view needs a name.", field="name", accepted="Such as Late and ours.")
    if len(name) > LONGEST_NAME:
        raise Refused(
            f"The name has {len(name)} characters.", field="name", accepted=f"At most {LONGEST_NAME} are kept."
        )
    return name


def _said(view):
    return {"name": view.name, "query": view.query, "shared": view.shared}
