"""What the demonstration holds, as one plain document: for the command's answer and for scripts."""

from itertools import groupby

from actions.models import Comment, ProgressUpdate
from partners.models import Membership, Partnership


def summary(slug):
    """The partnership's address, its strategies, who can sign in, and how much of everything there is."""
    partnership = Partnership.objects.get(slug=slug)
    strategies = list(partnership.strategies.order_by("pk").values_list("slug", flat=True))
    return {
        "partnership": slug,
        "strategy": strategies[0],
        "strategies": strategies,
        "sign_ins": sign_ins(partnership),
        "counts": _counts(partnership),
    }


def sign_ins(partnership):
    """Each person with a password once, by their first role: this partnership's people, then the wider one's."""
    places = [partnership.pk, *filter(None, [partnership.wider_id])]
    posts = Membership.objects.filter(partnership__in=places, ended=None).order_by("user_id", "pk")
    by_person = groupby(posts.select_related("user", "organisation", "partnership"), key=lambda post: post.user)
    found = [_sign_in(user, list(held)) for user, held in by_person if user.has_usable_password()]
    return sorted(found, key=lambda one: one["partnership"] != partnership.slug)


def _sign_in(user, posts):
    """Somebody who works for two organisations is shown with both."""
    organisations = dict.fromkeys(post.organisation.name for post in posts if post.organisation)
    return {
        "email": user.email,
        "name": user.name,
        "role": posts[0].role,
        "organisation": " / ".join(organisations) or None,
        "partnership": posts[0].partnership.slug,
    }


def _counts(partnership):
    rows = partnership.actions
    return {
        "organisations": partnership.partners.count(),
        "people": partnership.memberships.filter(ended=None).values("user").distinct().count(),
        "actions": rows.in_plan().count(),
        "updates": ProgressUpdate.objects.filter(action__partnership=partnership).count(),
        "comments": Comment.objects.filter(action__partnership=partnership).count(),
        "changes": partnership.changes.count(),
    }
