"""What partners send in about their workforce, what was read of it, and what is kept. All of a partnership's own."""

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils import timezone
from django.utils.formats import date_format

from partners.models import Partner, Partnership, User
from workforce.lifecycle import OVER, UNFINISHED, State
from workforce.profile_models import (  # noqa: F401 - Django finds models here
    ContextFigure,
    ProfileSchedule,
    Release,
    ReleasedFigure,
    ReportPart,
)


class UploadQuerySet(models.QuerySet):
    def of(self, partner):
        return self.filter(partner=partner)

    def of_return(self, upload):
        """All that was ever sent for the return that this upload is of: same partner, source and date."""
        return self.filter(partner=upload.partner_id, source=upload.source, as_at=upload.as_at)

    def unfinished(self):
        return self.filter(state__in=UNFINISHED)

    def ready(self):
        return self.filter(state=State.READY)


class Upload(models.Model):
    """One return of one partner: the files sent together for one date. Its state is the truth about it."""

    State = State

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="uploads")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="uploads")
    as_at = models.DateField("as at")
    source = models.CharField(max_length=20, blank=True)  # blank until it is recognised
    state = models.CharField(max_length=15, choices=State, default=State.WAITING)
    digest = models.CharField(max_length=64)  # of the files' digests in their order, and the date
    mapping = models.JSONField(null=True)  # heading to field of the template, as it was read with
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    moved = models.DateTimeField(default=timezone.now)  # into the state that it is in
    ready_at = models.DateTimeField(null=True)  # the first time
    decided = models.DateTimeField(null=True)  # to take it with its faults, or not
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="supersedes")

    # The work: counted before it is begun, held by one worker, who says once a second that it lives.
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed = models.DateTimeField(null=True)  # the last sign of life
    phase = models.CharField(max_length=60, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    bytes_done = models.PositiveBigIntegerField(default=0)
    bytes_total = models.PositiveBigIntegerField(default=0)
    fault = models.TextField(blank=True)  # the sentence, when it could not be read

    # What came of it.
    rows_read = models.PositiveIntegerField(default=0)
    rows_accepted = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)
    errors = models.PositiveBigIntegerField(default=0)
    warnings = models.PositiveBigIntegerField(default=0)
    unmapped_headings = models.JSONField(default=list)
    suggested_columns = models.JSONField(default=dict)  # heading to field, where the columns have to be named
    crosswalk_version = models.CharField(max_length=20, blank=True)
    quality = models.JSONField(null=True)
    issues_stored = models.CharField(max_length=200, blank=True)  # row, cause and value of each fault
    raw_deleted = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()
    sent_before = False  # set by `send_in` on the upload of which the same files were sent again

    class Meta:
        ordering = ["-pk"]
        constraints = [
            UniqueConstraint(
                fields=["partner", "source", "as_at"], condition=Q(state=State.READY), name="one_ready_upload"
            ),
            UniqueConstraint(
                fields=["partner", "digest"], condition=~Q(state__in=sorted(OVER)), name="same_files_once"
            ),
        ]

    def __str__(self):
        return f"{self.partner} as at {date_format(self.as_at, 'j F Y')}"

    def get_absolute_url(self):
        return f"/p/{self.partnership.slug}/workforce/uploads/{self.pk}/"

    @property
    def lead_organisation_id(self):
        return self.partner.organisation_id

    @property
    def organisation_ids(self):
        return frozenset({self.partner.organisation_id})


class UploadFile(models.Model):
    """A file as it was sent, or (without a stored name) a part found in one: a member of a ZIP, a sheet."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)  # as sent: to be shown, never to be opened
    stored = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=200, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_accepted = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["upload", "position"]
        constraints = [UniqueConstraint(fields=["upload", "position"], name="file_has_its_place")]

    def __str__(self):
        return self.name


class Cause(models.Model):
    """One kind of fault in one column of one file, with how often and where first. The rows are in the issues file."""

    class Severity(models.TextChoices):
        ERROR = "error", "Error"
        WARNING = "warning", "Warning"

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="causes")
    position = models.PositiveSmallIntegerField()  # its number in the issues file
    file = models.CharField(max_length=300)
    column = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=10, choices=Severity)
    message = models.TextField()
    accepted = models.TextField(blank=True)
    count = models.PositiveBigIntegerField()
    first_row = models.PositiveIntegerField(null=True)
    examples = models.JSONField(default=list)  # [row, value or null]; cleared with the raw files

    class Meta:
        ordering = ["upload", "position"]
        constraints = [UniqueConstraint(fields=["upload", "position"], name="cause_has_its_place")]

    def __str__(self):
        return f"{self.column or self.file}: {self.code}"


class SnapshotQuerySet(models.QuerySet):
    def ready(self):
        """Those that figures may be made from. One that a steward has yet to decide on is not there for readers."""
        return self.filter(upload__state=State.READY).exclude(stored="")


class Snapshot(models.Model):
    """The pseudonymised posts of one upload: an immutable Parquet file under the name of its content."""

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="snapshot")
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=200, blank=True)  # blank when its time was over
    rows = models.PositiveIntegerField()
    size = models.PositiveBigIntegerField(default=0)
    establishments_sha256 = models.CharField(max_length=64, blank=True)
    establishments_stored = models.CharField(max_length=200, blank=True)
    establishments_rows = models.PositiveIntegerField(default=0)
    mapping_loss = models.JSONField(default=list)  # field, code, value, rows, merged
    crosswalk_version = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=timezone.now)
    deleted = models.DateTimeField(null=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"Snapshot of {self.upload}"


class ColumnMapping(models.Model):
    """What a heading in a partner's own extracts means: a field of the template, or nothing (blank)."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="column_mappings")
    source = models.CharField(max_length=20, default="council")
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["heading"]
        constraints = [UniqueConstraint(fields=["partner", "source", "heading"], name="partner_heading_mapped_once")]

    def __str__(self):
        return self.heading


class SectorSize(models.Model):
    """How many establishments and posts of a kind are known to exist, whoever sends data about them."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="sector_sizes")
    service = models.CharField(max_length=60)
    size_band = models.CharField("size band", max_length=40, blank=True)
    establishments = models.PositiveIntegerField(null=True)
    posts = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=300)
    as_at = models.DateField("as at")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["service", "size_band", "-as_at"]
        constraints = [
            UniqueConstraint(fields=["partnership", "service", "size_band", "as_at"], name="sector_size_once")
        ]

    def __str__(self):
        return " ".join(filter(None, [self.service, self.size_band]))
