"""Plans on their way in from files: what was read of them, what their headings mean, a partner's own document."""

import uuid

from django.db import models
from django.db.models import UniqueConstraint
from django.utils import timezone

from partners.models import Partnership, User
from strategies.models import Strategy


class ColumnMapping(models.Model):
    """What a heading in a partnership's own documents means: one of the plan's columns, or nothing (blank)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="column_mappings")
    heading = models.CharField(max_length=200)  # as `phrase` makes it
    column = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["heading"]
        constraints = [UniqueConstraint(fields=["partnership", "heading"], name="heading_mapped_once")]

    def __str__(self):
        return self.heading


def plan_file_name(plan_import, filename):
    return f"plans/{uuid.uuid4().hex}"


class PlanImport(models.Model):
    """A plan file on its way in: stored, read by the worker, looked at by a person, applied or dropped."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        READING = "reading", "Being read"
        UNMAPPED = "unmapped", "Needs its columns named"
        READY = "ready", "Ready to look at"
        UNREADABLE = "unreadable", "Could not be read"
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Undone"
        DROPPED = "dropped", "Dropped"

    # Which states may follow which: the whole life of an import.
    MOVES = {
        State.WAITING: {State.READING, State.UNREADABLE, State.DROPPED},
        State.READING: {State.WAITING, State.UNMAPPED, State.READY, State.UNREADABLE},
        State.UNMAPPED: {State.WAITING, State.DROPPED},
        State.READY: {State.WAITING, State.APPLIED, State.DROPPED},
        State.UNREADABLE: {State.DROPPED},
        State.APPLIED: {State.UNDONE},
        State.UNDONE: set(),
        State.DROPPED: set(),
    }

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="plan_imports")
    file = models.FileField(upload_to=plan_file_name, max_length=200, blank=True)
    name = models.CharField(max_length=200)
    is_pasted = models.BooleanField(default=False)  # the file holds what somebody copied, not a document
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed = models.DateTimeField(null=True)
    draft = models.JSONField(null=True)  # the plan as read, with people's corrections
    proposal = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=0)  # of draft and proposal
    fault = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    applied = models.DateTimeField(null=True)
    batch = models.UUIDField(null=True)  # all that applying wrote, in the history
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return self.name

    @property
    def partnership_id(self):
        return self.strategy.partnership_id


def plan_document_name(document, filename):
    return f"documents/{uuid.uuid4().hex}"


class PlanDocument(models.Model):
    """The Word document that a strategy's plan was last brought in from, with the marks of the rows it became.

    Kept under a name of our own so that the plan can be given back in it; a later document takes its place.
    """

    strategy = models.OneToOneField(Strategy, on_delete=models.CASCADE, related_name="plan_document")
    file = models.FileField(upload_to=plan_document_name, max_length=200)
    name = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.name

    @property
    def partnership_id(self):
        return self.strategy.partnership_id
