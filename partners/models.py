"""Who we are: people, organisations, the partnerships they form, and the history of every change."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils import timezone

from partners.permissions import Post, Role, Standing


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("e-mail address", unique=True, error_messages={"unique": "This address is in use."})
    name = models.CharField("name", max_length=150)
    job_title = models.CharField("job title", max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name


class Sector(models.TextChoices):
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    NHS = "nhs", "NHS"
    INDEPENDENT = "independent", "Independent sector"
    VOLUNTARY = "voluntary", "Voluntary sector"
    PERSONAL_ASSISTANTS = "personal_assistants", "Employer of personal assistants"
    OTHER = "other", "Other"


class Organisation(models.Model):
    """An employer or body. It exists once, however many partnerships it belongs to."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    sector = models.CharField(max_length=30, choices=Sector)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class PartnershipQuerySet(models.QuerySet):
    def for_user(self, user):
        """The partnerships that this person belongs to today."""
        current = Membership.objects.filter(user=user, ended=None)
        return self.filter(pk__in=current.values("partnership"))


class Partnership(models.Model):
    """The joint body, such as a health and wellbeing partnership. Everything a partnership owns hangs on it."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    wider = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="places", verbose_name="sits inside"
    )
    organisations = models.ManyToManyField(Organisation, through="Partner", related_name="partnerships")

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def partnership_id(self):
        """So that a right can be asked about the partnership itself as about its rows."""
        return self.pk

    def organisations_nearby(self):
        """Organisations of the wider partnership and of the places inside this one that are not partners here yet."""
        near = Q(partnerships=self.wider_id) | Q(partnerships__wider=self.pk)
        return Organisation.objects.filter(near).exclude(partnerships=self.pk).distinct()

    def standing_of(self, user):
        """What this person is here, read from the database each time so that a removed role bites at once."""
        posts = self.memberships.filter(user=user, ended=None).values_list("role", "organisation_id").order_by("pk")
        return Standing(user.pk, self.pk, tuple(Post(*row) for row in posts))


class Partner(models.Model):
    """An organisation's place in a partnership, under the name by which the partnership knows it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="places")
    known_as = models.CharField("known as", max_length=80)
    joined = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["known_as"]
        constraints = [UniqueConstraint(fields=["partnership", "organisation"], name="partner_once")]

    def __str__(self):
        return self.known_as

    @property
    def lead_organisation_id(self):
        return self.organisation_id

    @property
    def organisation_ids(self):
        return frozenset({self.organisation_id})


class Membership(models.Model):
    """A person's role in a partnership, usually for one of its organisations."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)
    started = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["user__name", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["user", "partnership", "organisation", "role"],
                condition=Q(ended=None),
                name="membership_once",
            ),
            UniqueConstraint(
                fields=["user", "partnership", "role"],
                condition=Q(ended=None, organisation=None),
                name="membership_once_without_organisation",
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display().lower()}"

    @property
    def lead_organisation_id(self):
        return self.organisation_id

    @property
    def organisation_ids(self):
        return frozenset({self.organisation_id} - {None})


class Invitation(models.Model):
    """An invitation by e-mail link. The link is signed and names this row; this row says whether it still opens."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    email = models.EmailField("e-mail address")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    nonce = models.UUIDField(default=uuid.uuid4)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    accepted = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created"]

    def __str__(self):
        return f"Invitation to {self.partnership}"

    @property
    def lead_organisation_id(self):
        return self.organisation_id

    @property
    def organisation_ids(self):
        return frozenset({self.organisation_id} - {None})

    def is_open(self, now):
        return not (self.accepted or self.revoked) and now < self.expires


class Act(models.TextChoices):
    ADDED = "added", "added"
    CHANGED = "changed", "changed"
    MERGED = "merged", "merged with another change"
    HELD = "held", "set aside"
    MOVED = "moved", "moved"
    REMOVED = "removed", "removed"
    RESTORED = "restored", "restored"


class Via(models.TextChoices):
    FORM = "form", "in a form"
    TABLE = "table", "in the table"
    IMPORT = "import", "from a file"
    LINK = "link", "by link"
    COMMAND = "command", "by a command"
    SYSTEM = "system", "by itself"


class AppendOnly(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("History is only ever added to.")

    def delete(self):
        raise TypeError("History is only ever added to.")


class Change(models.Model):
    """One change to one field of one thing: who, when, by what way, from what to what. Only ever added."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="changes")
    subject = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=200)
    act = models.CharField(max_length=10, choices=Act)
    field = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=150)
    via = models.CharField(max_length=10, choices=Via)
    batch = models.UUIDField(default=uuid.uuid4)
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["subject", "subject_id", "-id"], name="change_of_subject"),
            models.Index(fields=["partnership", "-at"], name="change_in_time"),
        ]

    def __str__(self):
        return f"{self.subject_label}: {self.field} {self.act}"

    def save(self, **kwargs):
        if self.pk:
            raise TypeError("History is only ever added to.")
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise TypeError("History is only ever added to.")


class NoticeQuerySet(models.QuerySet):
    def unread_by(self, user):
        return self.filter(to=user, read=None)


class Notice(models.Model):
    """One sentence for one person about something that concerns them. Never the words that somebody else wrote."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="notices")
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)  # the name of its template
    sentence = models.CharField(max_length=400)
    path = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    read = models.DateTimeField(null=True)
    # The e-mail about it: who is sending it since when, how often that was tried, and when it went out.
    claimed = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["to", "partnership"], condition=Q(read=None), name="notice_unread"),
            models.Index(fields=["at"], condition=Q(sent=None), name="notice_unsent"),
        ]

    def __str__(self):
        return f"Notice of {timezone.localdate(self.at):%-d %B %Y}"
