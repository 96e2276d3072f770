"""The first page: what is asked of me, and how the partnership is doing."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from actions.editing import lookups_for
from actions.telling import history_lines
from partners.access import within
from partners.models import Partnership
from partners.notices import mark_read
from partners.permissions import Right, may
from partners.text import number_in
from reviews.attention import held_of, needs_of, picture_of, unread_of


@require_safe
def start(request):
    """Where signing in leads: straight home for most people, a choice for those in several partnerships."""
    partnerships = list(Partnership.objects.for_user(request.user))
    if len(partnerships) == 1:
        return redirect("reviews:home", partnerships[0].slug)
    return render(request, "reviews/start.html", {"partnerships": partnerships})


@require_safe
@within(Right.READ_PLAN)
def home(request):
    now = timezone.now()
    partnership = request.partnership
    strategy = partnership.strategies.newest_first().first()
    sign_ups = strategy.sign_ups.count() if strategy else 0
    agreed = strategy.sign_ups.filter(state__startswith="agreed").count() if strategy else 0
    changes = partnership.changes.filter(subject="action").exclude(field="reading")[:8]
    context = {
        "needs": [
            (need, may(request.standing, Right.POST_UPDATE, on=need.action))
            for need in needs_of(request.user, partnership.actions, now)
        ],
        "held": held_of(request.user, partnership),
        "notices": unread_of(request.user, partnership.notices),
        "picture": picture_of(partnership.actions, now),
        "strategy": strategy,
        "sign_ups": sign_ups,
        "agreed": agreed,
        "changes": history_lines(changes, lookups_for(strategy)) if strategy else [],
        "now": now,
    }
    return render(request, "reviews/home.html", context)


@require_POST
@within(Right.READ_PLAN)
def notices_read(request):
    """One's own notices; a number that is nobody's, or somebody else's, marks nothing."""
    chosen = {name: number_in(request.POST.get(name, "")) for name in ("notice", "up_to")}
    mark_read(partnership=request.partnership, by=request.user, **chosen)
    return redirect("reviews:home", request.partnership.slug)
