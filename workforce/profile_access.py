"""Who comes to which page of the workforce profile: drafts are for those who build and release, and a partner's own
report is for its own data stewards alone."""

from functools import wraps

from django.core.exceptions import PermissionDenied

from partners import access
from partners.permissions import Right
from workforce.profile_lifecycle import MOVES, Stage
from workforce.profiles import SHOWN_TO_ALL

ABOUT = ("partnership", "partner__organisation", "partner__partnership")


def release_in(partnership, pk, key="", format=""):
    """Without its tables, which are read where they are shown; with the part or the kind of file that was asked for."""
    release = partnership.profile_releases.select_related(*ABOUT).defer("tables").get(pk=pk)
    release.part, release.format = key, format
    return release


def holds(standing, right, release):
    """Whether this person uses a right on this report; of a partner's own report its data stewards hold them all."""
    if release.partner_id:
        return access.may(standing, Right.SEND_WORKFORCE, release.partner)
    return access.may(standing, right)


def works_on(standing, release):
    """Whether this person makes or releases such reports."""
    return any(holds(standing, right, release) for right in (Right.BUILD_PROFILE, Right.RELEASE_PROFILE))


def sees(standing, release):
    """Whether this person may know of this report at all."""
    if release.partner_id or release.stage in SHOWN_TO_ALL:
        return holds(standing, Right.READ_PROFILE, release)
    return works_on(standing, release)


def sees_figures(standing, release):
    """What was withdrawn is no longer shown to those who only read."""
    return sees(standing, release) and (release.stage != Stage.WITHDRAWN or works_on(standing, release))


def moves_of(standing, release):
    """Where this person may take the report from where it is."""
    ways = MOVES[release.stage].items()
    found = {to.value for to, who in ways if any(right and holds(standing, right, release) for right in who)}
    return found - {Stage.RELEASED.value} if release.partner_id else found


def release_page(right=Right.READ_PROFILE):
    """Guard a page about one report: for those who may know of it and hold this right on it."""

    def guard(view):
        @wraps(view)
        def seen(request, release):
            if not (sees(request.standing, release) and holds(request.standing, right, release)):
                raise PermissionDenied
            return view(request, release)

        return access.within(Right.READ_PROFILE, load=release_in, on_it=False)(seen)

    return guard
