"""People come and go: each act asks the right, is done once, and is recorded."""

import pytest
from django.core import mail

from partners import services
from partners.mail import send_invitation
from partners.models import Change, Invitation, Membership, Organisation, Sector
from partners.permissions import Role
from partners.refusals import NotAllowed, Refused


def invite(world, by=None, **given):
    given = {"email": "new.person@example.org", "role": Role.MANAGER, "organisation": world.council} | given
    return services.invite(partnership=world.partnership, by=by or world.coordinator, **given)


def test_an_invitation_makes_an_account_and_a_role(world):
    invitation = invite(world)
    user = services.accept_invitation(invitation=invitation, name="New Manager", password="three random words")
    seat = Membership.objects.get(user=user)
    assert (seat.role, seat.organisation) == (Role.MANAGER, world.council)
    assert user.check_password("three random words")


def test_an_invitation_works_once(world):
    invitation = invite(world)
    services.accept_invitation(invitation=invitation, name="New Manager", password="three random words")
    with pytest.raises(Refused):
        services.accept_invitation(invitation=invitation, user=world.stranger)
    assert services.open_invitation(services.invitation_token(invitation)) is None


@pytest.mark.parametrize("how", ["revoked", "old", "altered"])
def test_a_link_that_no_longer_opens(world, how):
    invitation = invite(world)
    token = services.invitation_token(invitation)
    assert services.open_invitation(token) == invitation  # the control: untouched, it opens
    if how == "revoked":
        services.revoke_invitation(invitation=invitation, by=world.coordinator)
    elif how == "old":
        Invitation.objects.filter(pk=invitation.pk).update(expires=invitation.created)
    else:
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert services.open_invitation(token) is None


def test_a_partner_lead_invites_into_its_own_organisation_only(world):
    assert invite(world, by=world.lead)
    with pytest.raises(NotAllowed):
        invite(world, by=world.lead, organisation=world.trust)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STEERING_MEMBER])
def test_a_partner_lead_cannot_hand_out_roles_above_its_own(world, role):
    with pytest.raises(NotAllowed):
        invite(world, by=world.lead, role=role)


def test_a_role_for_an_organisation_needs_one_that_is_a_partner_here(world):
    with pytest.raises(Refused):
        invite(world, organisation=None)
    with pytest.raises(Refused):
        invite(world, organisation=world.far_council)


def test_the_message_names_the_link_and_is_sent_once(world):
    invitation = invite(world)
    send_invitation(invitation.pk)
    invitation.refresh_from_db()
    assert invitation.sent
    send_invitation(invitation.pk)
    assert len(mail.outbox) == 1
    assert services.invitation_token(invitation) in mail.outbox[0].body
    assert mail.outbox[0].to == ["new.person@example.org"]


def test_a_message_that_fails_is_tried_three_times_and_then_left(world, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("mail server is down")

    monkeypatch.setattr("partners.mail.send_mail", broken)
    invitation = invite(world)
    for _ in range(5):
        try:
            send_invitation(invitation.pk)
        except OSError:
            continue
    invitation.refresh_from_db()
    assert invitation.attempts == 3
    assert invitation.sent is None


def test_the_last_coordinator_stays(world):
    seat = Membership.objects.get(user=world.coordinator)
    with pytest.raises(Refused, match="last coordinator"):
        services.end_membership(membership=seat, by=world.coordinator)


def test_a_role_that_ended_bites_on_the_next_request(world, as_):
    client = as_("manager")
    assert client.get("/p/marlbrook/").status_code == 200
    services.end_membership(membership=Membership.objects.get(user=world.manager), by=world.coordinator)
    assert client.get("/p/marlbrook/").status_code == 404


def test_somebody_may_belong_to_two_organisations(world):
    services.add_member(
        user=world.manager, partnership=world.partnership, role=Role.MANAGER, organisation=world.trust, by=None
    )
    assert world.partnership.standing_of(world.manager).organisation_ids == {world.council.pk, world.trust.pk}


def test_the_same_role_twice_is_one_role(world):
    for _ in range(2):
        services.add_member(
            user=world.manager, partnership=world.partnership, role=Role.MANAGER, organisation=world.council, by=None
        )
    assert Membership.objects.filter(user=world.manager).count() == 1


def test_a_partnership_may_sit_inside_a_wider_one_and_share_an_organisation(world):
    wider = services.start_partnership(name="Wider Care Partnership")
    world.partnership.wider = wider
    world.partnership.save(update_fields=["wider"])
    services.join(partnership=wider, organisation=world.council, by=None)
    assert list(wider.places.all()) == [world.partnership]
    assert Organisation.objects.get(slug="council").partnerships.count() == 2


def test_an_organisation_of_the_wider_partnership_joins_and_exists_once(world, as_):
    wider = services.start_partnership(name="Wider Care Partnership")
    ambulance = services.add_partner(partnership=wider, name="Ambulance Trust", sector=Sector.NHS, by=None).organisation
    page = "/p/marlbrook/partners/add/"
    assert "Ambulance Trust" not in as_("coordinator").get(page).content.decode()  # the control: not related yet
    world.partnership.wider = wider
    world.partnership.save(update_fields=["wider"])
    assert "Ambulance Trust" in as_("coordinator").get(page).content.decode()
    answer = as_("coordinator").post(page, {"nearby-organisation": ambulance.pk, "nearby-known_as": "Ambulance"})
    assert answer.status_code == 302
    assert world.partnership.partners.get(known_as="Ambulance").organisation == ambulance
    assert Organisation.objects.filter(name="Ambulance Trust").count() == 1


def test_an_organisation_of_an_unrelated_partnership_cannot_be_taken_in(world, as_):
    answer = as_("coordinator").post(
        "/p/marlbrook/partners/add/", {"nearby-organisation": world.far_council.pk, "nearby-known_as": ""}
    )
    assert answer.status_code == 200
    assert not world.partnership.organisations.filter(pk=world.far_council.pk).exists()


def test_two_partners_of_one_name_are_refused(world):
    with pytest.raises(Refused):
        services.add_partner(partnership=world.partnership, name="council", sector=Sector.OTHER, by=world.coordinator)


def test_history_is_only_ever_added_to(world):
    change = Change.objects.first()
    for act in (change.save, change.delete, Change.objects.all().delete):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(TypeError):
        Change.objects.update(by_name="Somebody else")


def test_every_act_here_is_recorded_with_its_author(world):
    before = Change.objects.count()
    invitation = invite(world)
    services.revoke_invitation(invitation=invitation, by=world.coordinator)
    newest = list(Change.objects.all()[:2])
    assert Change.objects.count() == before + 2
    assert {change.by for change in newest} == {world.coordinator}
