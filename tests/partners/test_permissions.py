"""One list of rights, one table of roles, one question."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.permissions import ANYTHING, ROLES, Post, Reach, Right, Role, Standing, may

COUNCIL, TRUST = 1, 2


def row(lead=COUNCIL, contributors=(), partnership=1):
    return SimpleNamespace(
        partnership_id=partnership, lead_organisation_id=lead, organisation_ids=frozenset({lead, *contributors})
    )


def standing(role, organisation=COUNCIL):
    return Standing(user_id=1, partnership_id=1, posts=(Post(role, organisation),))


def test_every_role_has_a_place_in_the_table_and_only_known_rights():
    assert set(ROLES) == set(Role)
    assert all(set(grants) <= set(Right) for grants in ROLES.values())


def test_every_right_is_held_by_somebody():
    assert {right for grants in ROLES.values() for right in grants} == set(Right)


@pytest.mark.parametrize("role", Role)
def test_everybody_in_the_partnership_reads_the_plan_and_comments(role):
    assert may(standing(role), Right.READ_PLAN, row(lead=TRUST))
    assert may(standing(role), Right.COMMENT, row(lead=TRUST))


def test_a_manager_edits_what_the_organisation_leads_or_contributes_to():
    manager = standing(Role.MANAGER)
    assert may(manager, Right.EDIT_ROW, row())
    assert may(manager, Right.EDIT_ROW, row(lead=TRUST, contributors=[COUNCIL]))
    assert not may(manager, Right.EDIT_ROW, row(lead=TRUST))


def test_a_partner_lead_removes_only_rows_its_organisation_leads():
    lead = standing(Role.PARTNER_LEAD)
    assert may(lead, Right.REMOVE_ROW, row())
    assert not may(lead, Right.REMOVE_ROW, row(lead=TRUST, contributors=[COUNCIL]))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STEERING_MEMBER])
def test_coordinators_and_steering_members_edit_all_rows(role):
    assert may(standing(role, None), Right.EDIT_ROW, row(lead=TRUST))


ON_WORKFORCE = {Right.SEND_WORKFORCE, Right.READ_QUALITY, Right.EDIT_SECTOR_SIZE, Right.READ_PROFILE}


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.DATA_STEWARD])
def test_observers_and_data_stewards_only_read_the_plan_and_comment(role):
    held = {right for right in Right if may(standing(role), right, row())}
    assert held - ON_WORKFORCE == {Right.READ_PLAN, Right.EXPORT_PLAN, Right.COMMENT, Right.READ_MEMBERS}


@pytest.mark.parametrize("role", Role)
def test_only_a_partners_own_data_steward_sees_its_files(role):
    assert may(standing(role), Right.SEND_WORKFORCE, row()) == (role == Role.DATA_STEWARD)
    assert not may(standing(role), Right.SEND_WORKFORCE, row(lead=TRUST))
    assert not may(standing(role, None), Right.SEND_WORKFORCE, ANYTHING)


def test_how_good_the_data_are_is_for_those_who_steer_and_for_the_partner_itself():
    everywhere = {role for role in Role if may(standing(role), Right.READ_QUALITY, row(lead=TRUST))}
    own = {role for role in Role if may(standing(role), Right.READ_QUALITY, row())}
    assert everywhere == {Role.COORDINATOR, Role.STEERING_MEMBER}
    assert own == everywhere | {Role.PARTNER_LEAD, Role.DATA_STEWARD}


def test_the_known_size_of_the_sector_is_the_coordinators():
    assert {role for role in Role if may(standing(role), Right.EDIT_SECTOR_SIZE, ANYTHING)} == {Role.COORDINATOR}


def test_a_right_without_a_thing_is_held_only_when_it_reaches_everything():
    manager = standing(Role.MANAGER)
    assert not may(manager, Right.EDIT_ROW)
    assert may(manager, Right.EDIT_ROW, ANYTHING)
    assert may(standing(Role.COORDINATOR), Right.EDIT_ROW)


@given(st.sampled_from(Role), st.sampled_from(Right), st.integers(2, 9))
def test_nobody_has_a_right_in_another_partnership(role, right, partnership):
    assert not may(standing(role), right, row(partnership=partnership))


@given(st.sampled_from(Right))
def test_no_role_no_rights(right):
    assert not may(Standing(1, 1), right, ANYTHING)
    assert not may(None, right, ANYTHING)
    assert not may(standing("a role that is no more"), right, ANYTHING)


@given(st.lists(st.sampled_from(Role), min_size=1, max_size=3), st.sampled_from(Right))
def test_several_roles_give_the_sum_of_their_rights(roles, right):
    several = Standing(1, 1, tuple(Post(role, COUNCIL) for role in roles))
    assert may(several, right, row()) == any(may(standing(role), right, row()) for role in roles)


def test_reaches_widen():
    """What reaches only led rows reaches no others, and what reaches own rows reaches led ones."""
    for role, grants in ROLES.items():
        for right, reach in grants.items():
            if reach is not Reach.ALL:
                assert may(standing(role), right, row()), f"{role} {right}"
