"""Charts drawn once for all who look at them, on pages and in files: drawing takes longer than all else about them."""

import hashlib
import json
from dataclasses import replace

from django.core.cache import cache

from workforce.reporting.drawer import Drawn, Wanted, draw_apart

KEPT_FOR = 30 * 24 * 3600  # seconds


def drawings_of(shown):
    """The SVG of each of these, an empty one where there is no chart."""
    drawn = iter(_svgs([Wanted(one.chart, one.title, one.summary) for one in shown if one.chart]))
    return [next(drawn) if one.chart else "" for one in shown]


def draw_kept(wanted: list[Wanted]) -> list[Drawn]:
    """What files need of charts: only what is wanted as PNG is drawn from SVG once more."""
    svgs = [one.svg or svg for one, svg in zip(wanted, _svgs(wanted), strict=True)]
    as_png = [replace(one, svg=svg) for one, svg in zip(wanted, svgs, strict=True) if one.as_png]
    pngs = iter(draw_apart(as_png) if as_png else ())
    return [next(pngs) if one.as_png else Drawn(svg) for one, svg in zip(wanted, svgs, strict=True)]


def _svgs(wanted):
    """From the cache if the same were drawn before; the others all together."""
    keys = [_key(one) for one in wanted]
    kept = cache.get_many(keys) if keys else {}
    missing = {key: one for key, one in zip(keys, wanted, strict=True) if key not in kept}
    if missing:
        plain = [replace(one, as_png=False) for one in missing.values()]
        drawn = dict(zip(missing, (one.svg for one in draw_apart(plain)), strict=True))
        cache.set_many(drawn, KEPT_FOR)
        kept |= drawn
    return [kept[key] for key in keys]


def _key(one):
    said = json.dumps([one.chart, one.title, one.summary], sort_keys=True)
    return f"profile-chart-{hashlib.sha256(said.encode()).hexdigest()}"
