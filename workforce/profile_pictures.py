"""Charts of a page, drawn once for all who look at it: drawing takes longer than everything else about the page."""

import hashlib
import json

from django.core.cache import cache

from workforce.reporting.drawer import Wanted, draw_apart

KEPT_FOR = 30 * 24 * 3600  # seconds


def drawings_of(shown):
    """The SVG of each of these (an empty one where there is no chart), from the cache if the same were drawn before."""
    wanted = [Wanted(one.chart, one.title, one.summary) for one in shown if one.chart]
    drawn = iter(_drawn(wanted) if wanted else ())
    return [next(drawn) if one.chart else "" for one in shown]


def _drawn(wanted):
    said = [[one.chart, one.title, one.summary] for one in wanted]
    key = f"profile-drawings-{hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = [one.svg for one in draw_apart(wanted)]
        cache.set(key, drawn, KEPT_FOR)
    return drawn
