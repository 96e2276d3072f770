"""How a view is entered: through the partnership, with one permission question.

`within(right)` finds the partnership among those the person belongs to (anybody else gets 404, as if it did not
exist), loads the thing the page is about *through* it, and asks `may` once. The view gets the thing.
"""

from functools import wraps

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from partners.models import Partnership
from partners.permissions import ANYTHING, may

# A page that is shown and sent back. HEAD as well: link checkers of mail programs ask so.
form_page = require_http_methods(["GET", "HEAD", "POST"])


def within(right, *, load=None, on_it=True):
    """Guard a view that lives under /p/<partnership>/.

    `load(partnership, **url_parts)` fetches what the page is about; raising ObjectDoesNotExist means 404. With
    `on_it=False` the right is asked in general (as for adding a row to a plan), not about the loaded thing.
    """

    def guard(view):
        @wraps(view)
        def entered(request, partnership, **parts):
            place = get_object_or_404(
                Partnership.objects.for_user(request.user).select_related("wider"), slug=partnership
            )
            request.partnership, request.standing = place, place.standing_of(request.user)
            thing = _loaded(load, place, parts) if load else None
            if not may(request.standing, right, thing if load and on_it else ANYTHING):
                raise PermissionDenied
            return view(request, thing) if load else view(request, **parts)

        entered.right = right
        return entered

    return guard


def _loaded(load, place, parts):
    try:
        return load(place, **parts)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
