"""Who may do what: one list of rights, one table of roles, one question (`may`).

A grant has a reach: every row of the partnership (ALL), rows that the person's own organisation leads or
contributes to (OWN), or only those it leads (LEADS). Nothing is granted by default.
"""

from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices


class Right(TextChoices):
    READ_PLAN = "read_plan", "Read the strategy, the plan and its history"
    EXPORT_PLAN = "export_plan", "Take the plan away as a file"
    COMMENT = "comment", "Comment on a row"
    ADD_ROW = "add_row", "Add or duplicate a row"
    EDIT_ROW = "edit_row", "Edit a row"
    SHARE_ROW = "share_row", "Change who leads and contributes to a row"
    POST_UPDATE = "post_update", "Report progress on a row"
    ATTACH = "attach", "Attach evidence to a row"
    REMOVE_ROW = "remove_row", "Remove and restore a row"
    REORDER_ROWS = "reorder_rows", "Change the order of rows"
    IMPORT_PLAN = "import_plan", "Import a plan from a file"
    EDIT_STRATEGY = "edit_strategy", "Edit the strategy, its aims and themes"
    SIGN_UP = "sign_up", "Record an organisation's sign-up to the strategy"
    READ_MEMBERS = "read_members", "See the partners and their people"
    INVITE = "invite", "Invite people and end their membership"
    EDIT_PARTNERS = "edit_partners", "Add partner organisations"
    SEND_WORKFORCE = "send_workforce", "Send in workforce files and see their faults"
    READ_QUALITY = "read_quality", "See how good the workforce data are"
    EDIT_SECTOR_SIZE = "edit_sector_size", "Keep the known size of the sector"
    READ_PROFILE = "read_profile", "Read the workforce profile"
    BUILD_PROFILE = "build_profile", "Have the workforce profile made, put it in order and write beside it"
    RELEASE_PROFILE = "release_profile", "Release a workforce profile that somebody else made, and withdraw it"


class Role(TextChoices):
    COORDINATOR = "coordinator", "Coordinator"
    STEERING_MEMBER = "steering_member", "Steering member"
    PARTNER_LEAD = "partner_lead", "Partner lead"
    MANAGER = "manager", "Manager"
    DATA_STEWARD = "data_steward", "Data steward"
    OBSERVER = "observer", "Observer"


class Reach(Enum):
    ALL = "every row"
    OWN = "rows their organisation leads or contributes to"
    LEADS = "rows their organisation leads"


_EVERYBODY = {
    Right.READ_PLAN: Reach.ALL,
    Right.EXPORT_PLAN: Reach.ALL,
    Right.COMMENT: Reach.ALL,
    Right.READ_MEMBERS: Reach.ALL,
}
_MANAGER = _EVERYBODY | {
    Right.READ_PROFILE: Reach.ALL,
    Right.ADD_ROW: Reach.OWN,
    Right.EDIT_ROW: Reach.OWN,
    Right.SHARE_ROW: Reach.LEADS,
    Right.POST_UPDATE: Reach.OWN,
    Right.ATTACH: Reach.OWN,
}
_PARTNER_LEAD = _MANAGER | {
    Right.REMOVE_ROW: Reach.LEADS,
    Right.SIGN_UP: Reach.OWN,
    Right.INVITE: Reach.OWN,
    Right.READ_QUALITY: Reach.OWN,
}
# Whoever sends in files sees their cells, so nobody does but a partner's own data steward: not even the coordinator.
_DATA_STEWARD = _EVERYBODY | {
    Right.READ_PROFILE: Reach.ALL,
    Right.SEND_WORKFORCE: Reach.OWN,
    Right.READ_QUALITY: Reach.OWN,
}
_COORDINATOR = {right: Reach.ALL for right in Right if right is not Right.SEND_WORKFORCE}
_NOT_STEERING = {Right.INVITE, Right.EDIT_PARTNERS, Right.EDIT_SECTOR_SIZE, Right.BUILD_PROFILE}
_STEERING = {right: reach for right, reach in _COORDINATOR.items() if right not in _NOT_STEERING} | {
    Right.SIGN_UP: Reach.OWN
}

ROLES = {
    Role.COORDINATOR: _COORDINATOR,
    Role.STEERING_MEMBER: _STEERING,
    Role.PARTNER_LEAD: _PARTNER_LEAD,
    Role.MANAGER: _MANAGER,
    Role.DATA_STEWARD: _DATA_STEWARD,
    Role.OBSERVER: _EVERYBODY,
}


@dataclass(frozen=True)
class Post:
    """One role in one partnership, held for an organisation or (a chair, say) for none."""

    role: str
    organisation_id: int | None = None


@dataclass(frozen=True)
class Standing:
    """All that one person is in one partnership."""

    user_id: int | None
    partnership_id: int
    posts: tuple[Post, ...] = ()

    @property
    def organisation_ids(self):
        return frozenset(post.organisation_id for post in self.posts if post.organisation_id)

    def organisation_ids_with(self, right):
        """The organisations this person may use a right for."""
        return frozenset(
            post.organisation_id for post in self.posts if post.organisation_id and right in ROLES.get(post.role, {})
        )


class _Anything:
    """Asks whether a right is held for anything at all: enough to show a page, never enough to write."""


ANYTHING = _Anything()


def may(standing, right, on=None):
    """The one question: may this person use this right on this thing?

    `on` is a thing with `partnership_id`, `lead_organisation_id` and `organisation_ids` (whose leads and
    contributors they are). Without it only a right that reaches everything says yes; ANYTHING asks whether the
    right is held for anything at all.
    """
    if standing is None:
        return False
    if on is not None and on is not ANYTHING and on.partnership_id != standing.partnership_id:
        return False
    return any(_post_grants(post, right, on) for post in standing.posts)


def _post_grants(post, right, on):
    reach = ROLES.get(post.role, {}).get(right)
    if reach is None:
        return False
    if reach is Reach.ALL:
        return True
    if on is None or post.organisation_id is None:
        return False
    if on is ANYTHING:
        return True
    if reach is Reach.LEADS:
        return on.lead_organisation_id == post.organisation_id
    return post.organisation_id in on.organisation_ids
