"""Profile reports: when they are made, what was released, and the partnership's own words beside them."""

from datetime import timedelta

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils import timezone
from django.utils.formats import date_format

from partners.models import Partner, Partnership, User
from workforce.profile_lifecycle import UNFINISHED, Stage


class AppendOnly(models.QuerySet):
    """Only ever added to, by whatever way somebody tries."""

    def update(self, **_):
        raise TypeError("The register is only ever added to.")

    def delete(self):
        raise TypeError("The register is only ever added to.")


class ProfileSchedule(models.Model):
    """When a partnership's profile is made, and what is small enough to be hidden."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="profile_schedule")
    first = models.DateField("first date")  # the day that the first report describes
    months = models.PositiveSmallIntegerField("months between reports", default=6)
    days_to_send = models.PositiveSmallIntegerField("days to send returns", default=30)  # after the date described
    remind_days = models.PositiveSmallIntegerField("days before that to remind", default=10)
    partnership_threshold = models.PositiveSmallIntegerField(default=5)
    public_threshold = models.PositiveSmallIntegerField(default=10)
    is_on = models.BooleanField(default=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"Profile every {self.months} months"

    def last_day(self, as_at):
        """By when returns for a date are to be in; the report is made on the day after."""
        return as_at + timedelta(days=self.days_to_send)


class ReleaseQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(stage__in=UNFINISHED)

    def released(self):
        return self.filter(stage=Stage.RELEASED)

    def newest_first(self):
        return self.order_by("-as_at", "-pk")


class Release(models.Model):
    """One profile report for one audience. Its tables are kept as they were released, and never change."""

    Stage = Stage

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="profile_releases")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, related_name="profile_releases")
    as_at = models.DateField("as at")
    audience = models.CharField(max_length=12)  # workforce.disclosure.released.Audience
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    number = models.PositiveIntegerField(null=True)  # in the partnership, given on release
    is_scheduled = models.BooleanField(default=False)
    # The work: as for uploads, the attempt counted before it is begun and held by one worker.
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)  # the sentence, when it could not be made
    # What came of it: `about` says whom and what it describes, `tables` the released tables.
    about = models.JSONField(default=dict)
    tables = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)  # of about and tables
    snapshots = models.ManyToManyField("workforce.Snapshot", related_name="profile_releases")
    asked = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # None: the schedule
    by_name = models.CharField(max_length=150, blank=True)
    built = models.DateTimeField(null=True)
    released = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    released_by_name = models.CharField(max_length=150, blank=True)
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by_name = models.CharField(max_length=150, blank=True)
    reason = models.TextField(blank=True)  # of a withdrawal

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-as_at", "-pk"]
        constraints = [
            UniqueConstraint(
                fields=["partnership", "number"], condition=Q(number__isnull=False), name="release_number_once"
            ),
            UniqueConstraint(
                fields=["partnership", "as_at", "audience"],
                condition=Q(stage__in=[*sorted(UNFINISHED), Stage.DRAFT], partner=None),
                name="one_draft_at_a_time",
            ),
        ]

    def __str__(self):
        return f"Workforce profile, {date_format(self.as_at, 'j F Y')}"

    def get_absolute_url(self):
        return f"/p/{self.partnership.slug}/workforce/profile/{self.pk}/"


class ReleasedFigure(models.Model):
    """The release register: one line for each cell that anybody was shown, only ever added to."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=60)
    rows = models.CharField(max_length=40, blank=True)
    columns = models.CharField(max_length=40, blank=True)
    row = models.CharField(max_length=100, null=True)
    column = models.CharField(max_length=100, null=True)
    value = models.FloatField(null=True)
    hidden = models.BooleanField(default=False)
    method = models.CharField(max_length=12)
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["release", "measure"], name="figure_of_measure")]

    def __str__(self):
        return f"{self.measure}: {self.row or 'all'}, {self.column or 'all'}"

    def save(self, **kwargs):
        if self.pk:
            raise TypeError("The register is only ever added to.")
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise TypeError("The register is only ever added to.")


class ReportPart(models.Model):
    """Where a part of the report stands, and the partnership's own words in it. Kept from release to release."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="report_parts")
    key = models.CharField(max_length=40)  # of workforce/reporting/parts.py
    position = models.PositiveSmallIntegerField()
    is_left_out = models.BooleanField(default=False)
    words = models.TextField(blank=True, max_length=5000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [UniqueConstraint(fields=["partnership", "key"], name="report_part_once")]

    def __str__(self):
        return self.key


class ContextFigure(models.Model):
    """A published figure about people whom no return counts: carers, volunteers, people who employ assistants."""

    class Kind(models.TextChoices):
        RECIPIENTS = "direct_payment_recipients", "People who receive a direct payment"
        EMPLOYERS = "direct_payment_employers", "People who employ their own staff"
        ASSISTANTS = "personal_assistants", "Personal assistants"
        CARERS = "unpaid_carers", "Unpaid carers"
        VOLUNTEERS = "volunteers", "Volunteers"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="context_figures")
    kind = models.CharField(max_length=40, choices=Kind)
    value = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    as_at = models.DateField("as at")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "-as_at"]
        constraints = [UniqueConstraint(fields=["partnership", "kind", "as_at"], name="context_figure_once")]

    def __str__(self):
        return self.get_kind_display()
