"""Comments as people see them, and who is told about a new one.

Those whom its author names, behind an @ or from the list, and the row's responsible officers, who carry it. Names
are kept with the comment as they were that day, so that it reads the same when somebody leaves or changes theirs.
"""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from actions.mentions import mentions_in, pieces_of

NAMED, OFFICER = "named", "officer"


@dataclass(frozen=True)
class Member:
    pk: int
    name: str
    place: str  # the organisation, as it is known here


def members_of(partnership):
    """Everybody who belongs here today: once each, with the organisation of their first role."""
    seats = partnership.memberships.filter(ended=None, user__is_active=True).select_related("user")
    known_as = dict(partnership.partners.values_list("organisation_id", "known_as"))
    members = {}
    for seat in seats:
        place = known_as.get(seat.organisation_id, "For no organisation")
        members.setdefault(seat.user_id, Member(seat.user_id, seat.user.name, place))
    return list(members.values())


def called_in(words, members):
    """The members named behind an @. Where two share a name both are meant: one too many is told, never one too few."""
    names = {mention.name.casefold() for mention in mentions_in(words, [member.name for member in members])}
    return {member.pk for member in members if member.name.casefold() in names}


def concerned_by(action, words, picked, by):
    """[(member, why)] of everybody to be told, each once and never the author: those named first, then officers."""
    members = {member.pk: member for member in members_of(action.partnership)}
    named = (called_in(words, members.values()) | set(picked)) - {by.pk}
    officers = {officer.user_id for officer in action.officers.all()} - named - {by.pk}
    return [(one, NAMED if pk in named else OFFICER) for pk, one in members.items() if pk in named | officers]


@dataclass(frozen=True)
class Said:
    """One comment, ready to be shown."""

    comment: object
    html: str
    told: str  # names


def comments_of(action):
    return [_said(comment) for comment in action.comments.all()]


def _said(comment):
    names = [person["name"] for person in comment.told]
    named = [person["name"] for person in comment.told if person["why"] == NAMED]
    html = "".join(
        f'<strong class="mention">{escape(piece)}</strong>' if marked else escape(piece)
        for piece, marked in pieces_of(comment.words, named)
    )
    return Said(comment, SafeString(html.replace("\n", "<br>")), "; ".join(names))
