"""The world that tests live in, built through services only.

    Marlbrook partnership                       Elsewhere partnership
      Council ── lead, manager, steward,          Far Council ── foreign coordinator
                 observer, coordinator
      Trust ──── other partner's manager
      (no organisation) ── steering member
      one strategy, two aims, a theme             one strategy, one aim
      council row · trust row · shared row        one row

Stranger: has an account and belongs nowhere.
"""

from datetime import date
from types import SimpleNamespace

from actions import services as actions
from partners import services as partners
from partners.models import Sector, User
from partners.permissions import Role
from strategies import services as strategies

CAST = {
    "coordinator": ("Coordinator", Role.COORDINATOR, "council"),
    "steering": ("Steering Member", Role.STEERING_MEMBER, None),
    "lead": ("Director of Adult Social Care", Role.PARTNER_LEAD, "council"),
    "manager": ("Workforce Manager", Role.MANAGER, "council"),
    "steward": ("Data Steward", Role.DATA_STEWARD, "council"),
    "observer": ("Observer", Role.OBSERVER, "council"),
    "trust_manager": ("Trust Workforce Manager", Role.MANAGER, "trust"),
}


def person(key, name):
    return User.objects.create_user(f"{key}@example.org", name=name)


def build_world():
    world = SimpleNamespace(people={})
    world.partnership = partners.start_partnership(name="Marlbrook Health and Care Partnership", slug="marlbrook")
    orgs = {
        "council": ("Marlbrook Council", Sector.LOCAL_AUTHORITY, "Council"),
        "trust": ("Marlbrook Hospitals NHS Trust", Sector.NHS, "Hospital trust"),
    }
    for key, (name, sector, known_as) in orgs.items():
        partner = partners.add_partner(
            partnership=world.partnership, name=name, sector=sector, known_as=known_as, by=None
        )
        setattr(world, key, partner.organisation)
    for key, (name, role, organisation) in CAST.items():
        user = person(key, name)
        at = getattr(world, organisation) if organisation else None
        partners.add_member(user=user, partnership=world.partnership, role=role, organisation=at, by=None)
        world.people[key] = user
        setattr(world, key, user)
    world.stranger = world.people["stranger"] = person("stranger", "Stranger")
    _build_plan(world)
    _build_elsewhere(world)
    return world


def _build_plan(world):
    world.strategy = strategies.start_strategy(
        partnership=world.partnership,
        title="Joint workforce strategy",
        slug="joint-strategy",
        period_start=date(2025, 4, 1),
        period_end=date(2029, 3, 31),
        by=world.coordinator,
    )
    world.aim = strategies.add_aim(strategy=world.strategy, text="Grow our own staff", by=world.coordinator)
    world.second_aim = strategies.add_aim(strategy=world.strategy, text="Train together", by=world.coordinator)
    world.theme = strategies.add_theme(strategy=world.strategy, text="Working in partnership", by=world.coordinator)
    world.principle = strategies.adopt_principle(strategy=world.strategy, text="Work together", by=world.coordinator)
    world.row = add_row(world, ref="1", activity="Map leadership courses", leads="Workforce Manager")
    world.trust_row = add_row(world, ref="2", activity="Pool our assessors", lead_organisation=world.trust.pk)
    world.shared_row = add_row(
        world,
        ref="3",
        activity="Run joint recruitment fairs",
        lead_organisation=world.trust.pk,
        contributors=[world.council.pk],
    )


def add_row(world, **cells):
    """A row led by the council unless said otherwise."""
    given = {"aim": world.aim.pk, "lead_organisation": world.council.pk, "timescale_text": "March 2027"} | cells
    return actions.add_action(strategy=world.strategy, cells=given, by=world.coordinator)


def _build_elsewhere(world):
    far = partners.start_partnership(name="Elsewhere Partnership", slug="elsewhere")
    partner = partners.add_partner(partnership=far, name="Far Council", sector=Sector.LOCAL_AUTHORITY, by=None)
    world.elsewhere, world.far_council = far, partner.organisation
    world.foreigner = world.people["foreigner"] = person("foreigner", "Foreign Coordinator")
    partners.add_member(
        user=world.foreigner, partnership=far, role=Role.COORDINATOR, organisation=partner.organisation, by=None
    )
    world.far_strategy = strategies.start_strategy(
        partnership=far,
        title="Far strategy",
        slug="far-strategy",
        period_start=date(2025, 4, 1),
        period_end=date(2029, 3, 31),
        by=world.foreigner,
    )
    world.far_aim = strategies.add_aim(strategy=world.far_strategy, text="A far aim", by=world.foreigner)
    world.far_theme = strategies.add_theme(strategy=world.far_strategy, text="A far theme", by=world.foreigner)
    world.far_row = actions.add_action(
        strategy=world.far_strategy, cells={"ref": "1", "activity": "A far row", "aim": world.far_aim.pk}, by=None
    )
