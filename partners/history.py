"""Writing the history. Services call `record` inside the transaction that makes the change."""

import uuid

from django.utils import timezone

from partners.models import Change

MACHINE_NAME = "The planner"


def name_of(user):
    """Who did it, as a name that stays when the account is gone; None is the planner itself."""
    return user.name if user else MACHINE_NAME


def plain(value):
    """A value as JSON has it, so that what a form carried, what is stored and what history keeps compare equal."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def record(subject, *, act, by, via, field="", before=None, after=None, batch=None, at=None, partnership_id=None):
    """Add one change of one thing to the history of its partnership."""
    how = {"act": act, "by": by, "via": via, "batch": batch, "at": at, "partnership_id": partnership_id}
    (line,) = record_fields(subject, {field: (before, after)}, **how)
    return line


def record_fields(subject, changes, *, act, by, via, batch=None, at=None, partnership_id=None):
    """Record several changed fields of one thing, in one go: {field: (before, after)}."""
    same = {
        "partnership_id": partnership_id or subject.partnership_id,
        "subject": subject._meta.model_name,
        "subject_id": subject.pk,
        "subject_label": str(subject)[:200],
        "act": act,
        "by": by,
        "by_name": name_of(by),
        "via": via,
        "batch": batch or uuid.uuid4(),
        "at": at or timezone.now(),
    }
    lines = [Change(field=name, before=old, after=new, **same) for name, (old, new) in changes.items()]
    return Change.objects.bulk_create(lines)
