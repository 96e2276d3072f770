"""Charts of a page, drawn once for all who look at it: drawing takes longer than everything else about the page."""

import hashlib
import json

from django.core.cache import cache

from workforce.reporting.drawing import svg_of

KEPT_FOR = 30 * 24 * 3600  # seconds


def drawings_of(shown):
    """The SVG of each of these (an empty one where there is no chart), from the cache if the same were drawn before."""
    key = f"profile-drawings-{_digest(shown)}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = [svg_of(one.chart, one.title, one.summary) if one.chart else "" for one in shown]
        cache.set(key, drawn, KEPT_FOR)
    return drawn


def _digest(shown):
    said = [[one.chart, one.title, one.summary] for one in shown]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
