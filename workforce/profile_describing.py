"""What a report says of itself: whom it counts, whom it does not and why, and what is too small to be shown."""

from dataclasses import fields

from django.utils import timezone

from workforce.disclosure.released import Audience
from workforce.disclosure.rules import Rules
from workforce.profile_returns import returns_state, schedule_of
from workforce.returns_in_use import source_name


def rules_of(partnership):
    """What is too small to be shown, as the partnership has set it."""
    schedule = schedule_of(partnership)
    named = {field.name for field in fields(Rules)} & {"partnership_threshold", "public_threshold"}
    return Rules(**{name: getattr(schedule, name) for name in named})


def labels_of(partnership):
    """Partners under the names by which the partnership knows them."""
    return {"partner": dict(partnership.partners.values_list("organisation__slug", "known_as"))}


def about(release, snapshots, made):
    """For `about_of` of workforce/reporting/content.py, as JSON."""
    partnership, rules = release.partnership, rules_of(release.partnership)
    return {
        "partnership": partnership.name,
        "audience": release.audience,
        "as_at": release.as_at.isoformat(),
        "partner": release.partner.known_as if release.partner else "",
        "partners_in": [_sender(snapshot.upload) for snapshot in snapshots],
        "partners_out": _partners_out(release),
        "thresholds": _thresholds(rules, release.audience),
        "built": timezone.localdate().isoformat(),
        "definitions": str(made.version),
        "notes": {measure: list(sentences) for measure, sentences in made.notes.items()},
        "context": [_context(figure) for figure in partnership.context_figures.all()],
    }


def _sender(upload):
    name = upload.partner.known_as
    return {"name": name, "source": source_name(upload.source), "as_at": upload.as_at.isoformat()}


def _partners_out(release):
    """Not the public's to know: what a return waits for."""
    if release.audience == Audience.PARTNER:
        return []
    is_public = release.audience == Audience.PUBLIC
    out = [one for one in returns_state(release.partnership, release.as_at) if not one.is_in]
    return [{"name": str(one.partner), "why": "" if is_public else one.why} for one in out]


def _thresholds(rules, audience):
    public = audience == Audience.PUBLIC
    if audience == Audience.PARTNER:
        return {"posts": 0, "special": 0, "flow": 0, "rounded_to": 0}
    return {
        "posts": rules.threshold(public=public),
        "special": rules.threshold(public=public, special=True),
        "flow": rules.threshold(public=public, flow=True),
        "rounded_to": rules.base if public else 0,
    }


def _context(figure):
    as_at = figure.as_at.isoformat()
    label = figure.get_kind_display()
    return {"kind": figure.kind, "label": label, "value": figure.value, "source": figure.source, "as_at": as_at}
