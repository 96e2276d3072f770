"""The rows of the joint action plan, their officers, held edits, updates, comments and evidence."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q, UniqueConstraint
from django.utils import timezone
from django.utils.text import Truncator

from partners.models import Organisation, Partnership, User, Via
from strategies.models import Aim, Strategy, Theme


class Priority(models.TextChoices):
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Status(models.TextChoices):
    """How the owner rates progress. Blank means that nobody has reported."""

    GREEN = "green", "On track"
    AMBER = "amber", "At risk"
    RED = "red", "Off track"
    BLUE = "blue", "Complete"


class Confidence(models.TextChoices):
    """How sure the owner is that the outcome will be reached: a judgement, kept apart from progress."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class ActionQuerySet(models.QuerySet):
    def in_plan(self):
        return self.filter(removed=None)

    def taken_out(self):
        return self.exclude(removed=None)

    def in_order(self):
        """As the plan is read: aim by aim, then theme by theme, and by place within each."""
        return self.order_by(
            F("aim__position").asc(nulls_last=True), F("theme__position").asc(nulls_last=True), "position", "pk"
        )

    def for_table(self):
        """All that the plan's table shows of a row, in a fixed number of queries."""
        return self.in_plan().in_order().select_related("latest_update").with_officers()

    def for_plan(self):
        """The table's, and the partners that contribute: every cell of every row."""
        return self.in_plan().in_order().with_cells()

    def with_cells(self):
        """Every cell of these rows, wherever they stand."""
        return self.select_related("latest_update").with_officers().with_contributors()

    def with_officers(self):
        return self._with("officers", ResponsibleOfficer.objects.all())

    def with_contributors(self):
        """Only who they are: what a partnership calls them is looked up."""
        return self._with("contributors", Organisation.objects.only("pk").order_by())

    def _with(self, relation, rows):
        """Fetched as a plain list, which `Action.related` knows: a queryset for each of a thousand rows takes long."""
        return self.prefetch_related(models.Prefetch(relation, rows, to_attr=f"fetched_{relation}"))

    def of_user(self, user):
        """Rows on which this person is named."""
        named = ResponsibleOfficer.objects.filter(action=models.OuterRef("pk"), user=user)
        return self.filter(models.Exists(named))

    def of_organisations(self, organisation_ids):
        return self.filter(
            Q(lead_organisation__in=organisation_ids)
            | Q(pk__in=Action.contributors.through.objects.filter(organisation__in=organisation_ids).values("action"))
        )

    def late(self, today):
        """Past an end that is certain, and not reported complete."""
        return self.filter(due_on__lt=today).exclude(status=Status.BLUE)


class Action(models.Model):
    """One row of the plan. Its cells are declared in `actions.columns` and written by `actions.editing` only."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="actions")
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="actions")
    position = models.BigIntegerField(default=0)

    ref = models.CharField(max_length=30, blank=True)
    aim = models.ForeignKey(Aim, on_delete=models.PROTECT, null=True, related_name="actions")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, related_name="actions")
    activity = models.TextField()
    expected_outcome = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    timescale_text = models.TextField(blank=True)
    # What was understood of the timescale (see actions.timescale) and whether a person has confirmed it.
    reading = models.JSONField(default=dict)
    resource_requirement = models.TextField(blank=True)
    priority = models.CharField(max_length=10, choices=Priority, blank=True)
    lead_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="actions_led")
    contributors = models.ManyToManyField(Organisation, related_name="actions_contributed")
    status = models.CharField(max_length=10, choices=Status, blank=True)
    latest_update = models.ForeignKey("ProgressUpdate", on_delete=models.PROTECT, null=True, related_name="+")

    # Derived from `reading` when it is certain, so that the database can find what is late.
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    # Every `due_on` it has had, oldest first (see actions.moving), so that nobody has to read the history for it.
    ends = models.JSONField(default=list)

    # The plan's version when this row was last written, so that "what is new since version n" is one comparison.
    version = models.PositiveBigIntegerField(default=0)
    changed = models.DateTimeField(default=timezone.now)
    removed = models.DateTimeField(null=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["strategy", "position"], name="action_in_order"),
            models.Index(fields=["strategy", "version"], name="action_by_version"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(aim__isnull=False) | Q(theme__isnull=False), name="action_hangs_on_aim_or_theme"
            )
        ]

    def __str__(self):
        return Truncator(f"{self.ref} {self.activity.splitlines()[0].rstrip(';,:')}".strip()).chars(100)

    def related(self, relation):
        """Its officers or contributors: those that were fetched with it, if they were."""
        fetched = self.__dict__.get(f"fetched_{relation}")
        return getattr(self, relation).all() if fetched is None else fetched

    @property
    def organisation_ids(self):
        """Those that lead or contribute: whose people may edit the row."""
        contributing = {organisation.pk for organisation in self.related("contributors")}
        return frozenset((contributing | {self.lead_organisation_id}) - {None})

    @property
    def moves(self):
        """How often its end has been moved, if it has a certain one now."""
        return len(self.ends[1:]) if self.due_on else 0

    def is_late(self, today: date):
        return self.due_on is not None and self.due_on < today and self.status != Status.BLUE


class ResponsibleOfficer(models.Model):
    """A person or post named on a row. The first (position 0) carries the duty to update."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="officers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [UniqueConstraint(fields=["action", "position"], name="officer_in_place")]

    def __str__(self):
        return self.name


class HeldEdit(models.Model):
    """What somebody typed and could not be saved at once, kept until a person decides about it."""

    class Why(models.TextChoices):
        CONFLICT = "conflict", "somebody else changed the same words"
        REMOVED = "removed", "the row was removed from the plan"

    class Settled(models.TextChoices):
        MINE = "mine", "used"
        THEIRS = "theirs", "given up for theirs"
        TOGETHER = "together", "put together with theirs"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="held_edits")
    column = models.CharField(max_length=40)
    base = models.JSONField(null=True)  # what its author saw
    theirs = models.JSONField(null=True)  # what stood there when it was held
    mine = models.JSONField(null=True)
    why = models.CharField(max_length=10, choices=Why)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="held_edits")
    by_name = models.CharField(max_length=150)
    via = models.CharField(max_length=10, choices=Via)
    edit = models.UUIDField(default=uuid.uuid4)
    at = models.DateTimeField(default=timezone.now)
    settled = models.DateTimeField(null=True)
    settled_as = models.CharField(max_length=10, choices=Settled, blank=True)
    settled_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["by"], condition=Q(settled=None), name="held_open_of_author")]

    def __str__(self):
        return f"Held edit of {timezone.localdate(self.at):%-d %B %Y}"

    @property
    def partnership_id(self):
        return self.action.partnership_id

    @property
    def lead_organisation_id(self):
        return self.action.lead_organisation_id

    @property
    def organisation_ids(self):
        return self.action.organisation_ids


class ProgressUpdate(models.Model):
    """What somebody reported on a row, dated and signed. Later reports stand after it, never over it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    status = models.CharField(max_length=10, choices=Status, blank=True)
    words = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    withdrawn = models.DateTimeField(null=True)  # it stays to be read, and no longer says how the row is going

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.get_status_display() or 'Not rated'}, {timezone.localdate(self.at):%-d %B %Y}"


class Comment(models.Model):
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="comments")
    words = models.TextField(max_length=4000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    told = models.JSONField(default=list)  # who was told about it, as they were called: [{user, name, why}]

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"Comment of {timezone.localdate(self.at):%-d %B %Y}"


def attachment_name(attachment, filename):
    """A name of our own: nothing of the sender's file name reaches the storage."""
    return f"attachments/{attachment.action_id}/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """Evidence for a row. Kept under a name of our own and always handed out as a download, never shown inline."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=attachment_name, max_length=200)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    removed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.name

    @property
    def partnership_id(self):
        return self.action.partnership_id

    @property
    def lead_organisation_id(self):
        return self.action.lead_organisation_id

    @property
    def organisation_ids(self):
        return self.action.organisation_ids
