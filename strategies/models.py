"""Where we are going: the strategy, its aims and themes, the principles it adopts, and who has signed up."""

from django.db import models
from django.db.models import F, Q, UniqueConstraint
from django.utils import timezone

from partners.models import Organisation, Partner, Partnership, User
from workforce.models import ReleasedFigure


class StrategyQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-period_start", "-pk")


class Strategy(models.Model):
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="strategies")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    period_start = models.DateField("period starts")
    period_end = models.DateField("period ends")
    vision = models.TextField(blank=True, max_length=5000)
    scope = models.TextField(blank=True, max_length=10000)
    # Counts the writes to its action plan, one by one: see `hold_strategy` in actions/editing.py.
    plan_version = models.PositiveBigIntegerField(default=0, editable=False)
    # The one of them that last changed an aim or a theme: their words stand above many rows, and are picked in cells.
    headings_version = models.PositiveBigIntegerField(default=0, editable=False)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "strategies"
        ordering = ["-period_start", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="strategy_period_runs_forward")
        ]

    def __str__(self):
        return self.title

    @property
    def period(self):
        return self.period_start, self.period_end


class Heading(models.Model):
    """Something of a strategy that rows hang on. Removed ones are kept, so that history can name them."""

    text = models.CharField(max_length=500)
    position = models.PositiveIntegerField()
    removed = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text

    @property
    def partnership_id(self):
        return self.strategy.partnership_id


class Aim(Heading):
    """A strategic aim. Its number is its place in the strategy's list, so reordering renumbers."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="aims")

    def __str__(self):
        return f"{self.position}. {self.text}"


class Theme(Heading):
    class Kind(models.TextChoices):
        THEME = "theme", "Theme"
        PRIORITY = "priority", "Priority"

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="themes")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.THEME)


class AdoptedPrinciple(Heading):
    """A principle the partnership works by: its own words, or a statement of a published framework."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="principles")
    framework = models.CharField(max_length=80, blank=True)
    statement = models.CharField(max_length=80, blank=True)


class SignUpState(models.TextChoices):
    INVITED = "invited", "Invited"
    IN_DISCUSSION = "in_discussion", "In discussion"
    AGREED_WITH_CONDITIONS = "agreed_with_conditions", "Agreed with conditions"
    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Declined"


class SignUp(models.Model):
    """Where one partner stands towards the strategy. The plan works while some are still in discussion."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="sign_ups")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sign_ups")
    state = models.CharField(max_length=30, choices=SignUpState, default=SignUpState.INVITED)
    dated = models.DateField("date", default=timezone.localdate)
    note = models.TextField(blank=True, max_length=2000)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [UniqueConstraint(fields=["strategy", "organisation"], name="sign_up_once")]

    def __str__(self):
        return f"Sign-up of {self.organisation}"

    @property
    def partnership_id(self):
        return self.strategy.partnership_id

    @property
    def lead_organisation_id(self):
        return self.organisation_id

    @property
    def organisation_ids(self):
        return frozenset({self.organisation_id})

    @property
    def partner(self):
        """The organisation under the name this partnership uses."""
        return Partner.objects.get(partnership_id=self.partnership_id, organisation_id=self.organisation_id)


class CitedFigure(models.Model):
    """A released figure that the strategy rests on, with what it is cited for. It keeps saying what was released."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="cited_figures")
    figure = models.ForeignKey(ReleasedFigure, on_delete=models.PROTECT, related_name="citations")
    named = models.CharField(max_length=300)  # what it counts, in words
    value = models.CharField(max_length=60)  # as it was read
    words = models.TextField(max_length=1000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    removed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(fields=["strategy", "figure"], condition=Q(removed=None), name="figure_cited_once")
        ]

    def __str__(self):
        return self.named

    @property
    def partnership_id(self):
        return self.strategy.partnership_id
