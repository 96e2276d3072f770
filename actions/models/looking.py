"""Who is looking at a plan, and the ways of looking that people gave a name or an address."""

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils import timezone

from actions.models.plan import Action
from partners.models import Partnership, User
from strategies.models import Strategy


class Presence(models.Model):
    """Who has a plan open, and where in it they are. Forgotten within a minute; nothing depends on it."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    tab = models.UUIDField()
    action = models.ForeignKey(Action, on_delete=models.CASCADE, null=True, related_name="+")
    column = models.CharField(max_length=40, blank=True)
    is_editing = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [UniqueConstraint(fields=["strategy", "user", "tab"], name="presence_of_tab")]

    def __str__(self):
        return f"{self.user}, {timezone.localtime(self.at):%H:%M:%S}"


class SavedView(models.Model):
    """A way of looking at the plan that somebody named: columns, order, grouping and filters, as a page's address has
    them."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    shared = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [UniqueConstraint(fields=["strategy", "by", "name"], name="saved_view_once")]

    def __str__(self):
        return self.name

    @property
    def partnership_id(self):
        return self.strategy.partnership_id


class CalendarFeed(models.Model):
    """An address under which one person's calendar program reads dates of the plan. Of the secret in the address only
    a hash is kept, so nobody can read it here. A feed that is stopped is deleted."""

    class Rows(models.TextChoices):
        MINE = "mine", "My actions"
        OURS = "ours", "My actions and my organisation’s"
        VIEW = "view", "A saved view"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="calendar_feeds")
    rows = models.CharField(max_length=10, choices=Rows)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, null=True, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    last_read = models.DateField(null=True)  # the day and no more: when somebody's calendar program asks is theirs

    class Meta:
        ordering = ["made", "pk"]
        constraints = [
            UniqueConstraint(fields=["user", "partnership", "rows"], condition=Q(view=None), name="feed_once"),
            UniqueConstraint(fields=["user", "view"], condition=Q(rows="view"), name="feed_of_view_once"),
        ]

    def __str__(self):
        return self.view.name if self.view else self.get_rows_display()
