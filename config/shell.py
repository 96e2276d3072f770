"""What every page shows around its content: the navigation of the partnership one is in, and the foot."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from partners.models import User
from partners.permissions import ANYTHING, Right, may

# One line of navigation: label, address name, and the beginnings of the address names that count as being there.
NAVIGATION = (
    ("Home", "reviews:home", ("reviews:",)),
    ("Plan", "actions:plan-current", ("actions:",)),
    ("Strategy", "strategies:strategy-current", ("strategies:",)),
    ("Workforce", "workforce:upload-list", ("workforce:", "quality:", "profile:", "explore:")),
    ("Partners", "partners:partner-list", ("partners:",)),
)

# What stands under Workforce, for those who hold the right.
SECTIONS = (
    ("Returns", "workforce:upload-list", ("workforce:",), Right.READ_PLAN),
    ("Quality", "quality:quality", ("quality:",), Right.READ_QUALITY),
    ("Profile", "profile:release-list", ("profile:",), Right.READ_PROFILE),
    ("Explore", "explore:explore", ("explore:",), Right.READ_PROFILE),
)


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


def shell(request):
    partnership = getattr(request, "partnership", None)
    return {
        "partnership": partnership,
        "nav": _navigation(request, partnership) if partnership else [],
        "sections": _sections(request, partnership) if partnership else [],
        # Called by the template only where it is shown: on the sign-in page of a demonstration.
        "demo_sign_ins": _demo_sign_ins,
        "demo_password": settings.DEMO_PASSWORD,
        "footer_links": [
            Link("Accessibility", reverse("partners:accessibility")),
            *([Link("Who may do what", reverse("partners:who-may-do-what"))] if _signed_in(request) else []),
        ],
    }


def _demo_sign_ins():
    if not settings.DEMO_PASSWORD:
        return []
    return User.objects.filter(email__endswith=f"@{settings.DEMO_MAIL_DOMAIN}", is_active=True).order_by("pk")


def _signed_in(request):
    return hasattr(request, "user") and request.user.is_authenticated


def _navigation(request, partnership):
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [Link(label, reverse(name, args=[partnership.slug]), here.startswith(to)) for label, name, to in NAVIGATION]


def _sections(request, partnership):
    """The second line of navigation, where there is one. With fewer than two places to go there is none."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    if not any(here.startswith(to) for _, _, to, _ in SECTIONS):
        return []
    links = [
        Link(label, reverse(name, args=[partnership.slug]), here.startswith(to))
        for label, name, to, right in SECTIONS
        if may(getattr(request, "standing", None), right, ANYTHING)
    ]
    return links if len(links) > 1 else []
