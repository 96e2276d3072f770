"""The places of the demonstration, the organisations that join them and the people who take up an invitation."""

from functools import partial

from config.demo.cast import Step
from partners.models import Via
from partners.permissions import Role
from partners.services import accept_invitation, add_member, add_partner, invite, join, start_partnership


def steps(content, cast):
    coordinators = {place["key"]: place["coordinator"] for place in content["place"]}
    for place in content["place"]:
        yield Step(place["started"], partial(_start, cast, place))
    for organisation in content["organisation"]:
        for place, at in organisation["joined"].items():
            yield Step(at, partial(_seat, cast, organisation, place, coordinators[place], at))
    for person in content["person"]:
        first, *further = person["posts"]
        host = coordinators[first["place"]]
        yield Step(person["invited"], partial(_invite, cast, person, first, host))
        yield Step(person["accepted"], partial(_accept, cast, person))
        for post in further:
            yield Step(post["at"], partial(_appoint, cast, person, post, coordinators[post["place"]]))


def _start(cast, place):
    cast.places[place["key"]] = start_partnership(
        name=place["name"],
        slug=place["slug"],
        wider=cast.places.get(place.get("inside")),
        by=cast.people.get(place.get("started_by")),
        at=place["started"],
    )


def _seat(cast, organisation, place, coordinator, at):
    """A new organisation is added to its first place and joins every further one."""
    how = {"partnership": cast.places[place], "known_as": organisation["known_as"]}
    how |= {"by": cast.people[coordinator], "at": at}
    known = cast.organisations.get(organisation["key"])
    if known:
        join(organisation=known, **how)
    else:
        partner = add_partner(name=organisation["name"], sector=organisation["sector"], **how)
        cast.organisations[organisation["key"]] = partner.organisation


def _invite(cast, person, post, host):
    """Invited by the place's coordinator; the first coordinator by the operator, since there is nobody yet."""
    first = person["key"] == host
    cast.invitations[person["key"]] = invite(
        email=f"{person['email']}@{cast.mail_domain}",
        by=None if first else cast.people[host],
        via=Via.COMMAND if first else Via.FORM,
        at=person["invited"],
        **_post(cast, post),
    )


def _accept(cast, person):
    cast.people[person["key"]] = accept_invitation(
        invitation=cast.invitations[person["key"]],
        name=person["name"],
        job_title=person.get("job_title", ""),
        password=cast.password,
        at=person["accepted"],
    )


def _appoint(cast, person, post, host):
    add_member(user=cast.people[person["key"]], by=cast.people[host], at=post["at"], **_post(cast, post))


def _post(cast, post):
    return {
        "partnership": cast.places[post["place"]],
        "role": Role(post["role"]),
        "organisation": cast.organisations.get(post.get("organisation")),
    }
