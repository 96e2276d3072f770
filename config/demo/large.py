"""The large partnership for load tests: many organisations and two long plans, the same every time it is built."""

from datetime import timedelta
from functools import partial
from itertools import product
from random import Random

from django.conf import settings
from django.db import transaction

from actions.editing import lookups_for
from actions.services import add_action, post_update
from config.demo import story
from config.demo.cast import Step
from config.demo.content import read
from partners.models import Via
from partners.permissions import Role
from partners.services import accept_invitation, add_partner, invite, start_partnership
from strategies.services import add_aim, add_theme, start_strategy

SLUG = "large"
PLANS = ("large-plan-1", "large-plan-2")
REPORTED = 0.6  # share of rows with a report
ON_AN_AIM = 0.7


def coordinator_address():
    return f"coordinator@large.{settings.DEMO_MAIL_DOMAIN}"


def build(tell=None):
    """Build the large partnership unless it is there already. Returns whether it was built."""
    with transaction.atomic():
        if story.is_there(SLUG, coordinator_address()):
            return False
        story.run(Crowd(read("large"), story.password()).steps(), tell)
    return True


def reported_at(words, number):
    """When the report of this number was made: they spread over most of a year."""
    return words["reported"] + number * timedelta(hours=5)


class Crowd:
    """The large partnership while it is being built."""

    def __init__(self, words, password):
        self.words = words
        self.password = password
        self.chance = Random(words["seed"])  # noqa: S311 (to be the same every time)
        self.organisations = []
        self.rows = []

    def steps(self):
        """All that is to be done, in order; each step draws from the same seeded chance when it is done."""
        words = self.words
        names = [(f"{stem} {kind['name']}", kind["sector"]) for stem, kind in product(words["stems"], words["kinds"])]
        steps = [self._start, *self._people_without_organisation()]
        for number, (name, sector) in enumerate(names):
            steps += [partial(self._add_organisation, name, sector), *self._people_of(number, name)]
        for slug in PLANS:
            steps += [partial(self._start_plan, slug), *[partial(self._add_row, n + 1) for n in range(words["rows"])]]
        steps += [partial(self._report, n) for n in range(int(len(PLANS) * words["rows"] * REPORTED))]
        return [Step(words["started"], do) for do in steps]

    # --- People and organisations ----------------------------------------------------------------------------

    def _start(self):
        words = self.words
        self.place = start_partnership(name=words["name"], slug=SLUG, at=words["started"])
        self.coordinator = self._welcome(Role.COORDINATOR, "coordinator", "Coordinator", host=None)

    def _people_without_organisation(self):
        words = self.words
        for number in range(1, words["steering"] + 1):
            yield partial(self._welcome, Role.STEERING_MEMBER, f"steering.{number}", f"Steering Member {number}")
        for number in range(1, words["observers"] + 1):
            yield partial(self._welcome, Role.OBSERVER, f"observer.{number}", f"Observer {number}")

    def _add_organisation(self, name, sector):
        partner = add_partner(
            partnership=self.place, name=name, sector=sector, by=self.coordinator, at=self.words["started"]
        )
        self.organisations.append(partner.organisation)

    def _people_of(self, number, name):
        """A partner lead everywhere, managers and data stewards in some."""
        words = self.words
        kinds = [(Role.PARTNER_LEAD, "lead", "Partner Lead", 1)]
        kinds += [(Role.MANAGER, "manager", "Workforce Manager", words["manager_every"])]
        kinds += [(Role.DATA_STEWARD, "steward", "Data Steward", words["steward_every"])]
        known = number < words["with_password"]
        for role, address, title, every in kinds:
            if number % every == 0:
                yield partial(self._welcome, role, f"{address}.{number + 1:03}", f"{title}, {name}", number, known)

    def _welcome(self, role, address, title, number=None, known=True, host=True):
        """Invite somebody and have them accept; those not `known` get no password and cannot sign in."""
        invitation = invite(
            partnership=self.place,
            email=f"{address}@{self.words['domain']}.{settings.DEMO_MAIL_DOMAIN}",
            role=role,
            organisation=None if number is None else self.organisations[number],
            by=self.coordinator if host else None,
            via=Via.FORM if host else Via.COMMAND,
            at=self.words["started"],
        )
        password = self.password if known else None
        return accept_invitation(invitation=invitation, name=title, password=password, at=self.words["started"])

    # --- Plans -----------------------------------------------------------------------------------------------

    def _start_plan(self, slug):
        words, how = self.words, {"by": self.coordinator, "at": self.words["written"]}
        self.strategy = start_strategy(
            partnership=self.place,
            title=slug.replace("-", " ").capitalize(),
            slug=slug,
            period_start=words["written"].date().replace(day=1),
            period_end=words["written"].date().replace(year=2029, month=3, day=31),
            **how,
        )
        self.aims = [add_aim(strategy=self.strategy, text=text, **how) for text in words["aims"]]
        self.themes = [add_theme(strategy=self.strategy, text=text, **how) for text in words["themes"]]
        self.lookups = lookups_for(self.strategy)

    def _add_row(self, number):
        at = self.words["written"] + timedelta(seconds=len(self.rows))
        cells = {"ref": str(number), **self._hanging(), **self._words_of_a_row(), **self._owners()}
        self.rows.append(
            add_action(strategy=self.strategy, cells=cells, by=self.coordinator, at=at, lookups=self.lookups)
        )

    def _hanging(self):
        if self.chance.random() < ON_AN_AIM:
            return {"aim": self.chance.choice(self.aims).pk}
        return {"theme": self.chance.choice(self.themes).pk}

    def _words_of_a_row(self):
        return {
            "activity": " ".join(self._one(name) for name in ("verbs", "things", "scopes")),
            "expected_outcome": self._one("outcomes"),
            "evidence": self._one("evidence"),
            "timescale_text": self._one("timescales"),
            "resource_requirement": self._one("resources"),
            "priority": self._one("priorities"),
        }

    def _owners(self):
        """A leading organisation with up to three others, and its partner lead with a post."""
        number = self.chance.randrange(len(self.organisations))
        others = self.chance.sample(self.organisations, self.chance.randrange(4))
        return {
            "lead_organisation": self.organisations[number].pk,
            "contributors": [one.pk for one in others],
            "leads": f"Partner Lead, {self.organisations[number].name}\n{self._one('posts')}",
        }

    def _one(self, name):
        return self.chance.choice(self.words[name])

    def _report(self, number):
        post_update(
            action=self.chance.choice(self.rows),
            status=self._one("statuses"),
            words=self._one("words"),
            confidence=self.chance.choice(["high", "medium", "low"]),
            by=self.coordinator,
            at=reported_at(self.words, number),
        )
