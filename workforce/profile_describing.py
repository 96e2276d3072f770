"""What a report says of itself: whom it counts, whom it does not and why, and what is too small to be shown."""

from dataclasses import fields

from django.utils import timezone

from workforce.disclosure.released import Audience, restored
from workforce.disclosure.rules import Rules
from workforce.models import ReportPart
from workforce.profile_returns import returns_state, schedule_of
from workforce.quality.gates import Colour
from workforce.reporting.content import Arranged, about_of, content_of
from workforce.reporting.parts import OUTLINES
from workforce.returns_in_use import report_of as quality_of
from workforce.returns_in_use import source_name


def rules_of(partnership):
    """What is too small to be shown, as the partnership has set it."""
    schedule = schedule_of(partnership)
    named = {field.name for field in fields(Rules)} & {"partnership_threshold", "public_threshold"}
    return Rules(**{name: getattr(schedule, name) for name in named})


def labels_of(partnership, partner=None):
    """Partners under the names by which the partnership knows them; in a partner's own report only itself."""
    partners = partnership.partners.filter(pk=partner.pk) if partner else partnership.partners
    return {"partner": dict(partners.values_list("organisation__slug", "known_as"))}


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
        "notes": _notes(release, made),
        "quality": [] if release.audience == Audience.PUBLIC else [_quality(snapshot.upload) for snapshot in snapshots],
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


def _notes(release, made):
    """The public is told what was left out, and not at which partner."""
    names = release.partnership.partners.values_list("known_as", flat=True)
    unsaid = tuple(names) if release.audience == Audience.PUBLIC else ()
    return {
        measure: [sentence for sentence in sentences if not any(name in sentence for name in unsaid)]
        for measure, sentences in made.notes.items()
    }


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


def _quality(upload):
    """What a return is too empty for, in words: its figures are for those who may see how good it is."""
    name = f"{upload.partner.known_as}, {source_name(upload.source)}"
    report = quality_of(upload)
    if report is None:
        return {"name": name, "sentences": ["How good this return is has not been worked out yet."]}
    sentences = [f"Its quality as a whole is {report.colour.word.lower()}."]
    by_colour = {colour: _fields_of(report, colour) for colour in (Colour.RED, Colour.AMBER)}
    if red := by_colour[Colour.RED]:
        sentences.append(f"Fewer than 75% of posts say, so nothing is broken down by: {red}.")
    if amber := by_colour[Colour.AMBER]:
        sentences.append(f"75% to 90% of posts say: {amber}.")
    return {"name": name, "sentences": sentences}


def _fields_of(report, colour):
    return ", ".join(field.field.label.lower() for field in report.collected if field.completeness.colour == colour)


# --- As readers see it --------------------------------------------------------------------------------------------

KEYS = tuple(outline.key for outline in OUTLINES)


def arrangement_of(partnership):
    """The parts as the partnership has put them; a part that it never touched stands in its usual place."""
    kept = {part.key: part for part in partnership.report_parts.all()}
    parts = [kept.get(key) or ReportPart(partnership=partnership, key=key, position=n) for n, key in enumerate(KEYS)]
    return sorted(parts, key=lambda part: (part.position, KEYS.index(part.key)))


def tables_of(release):
    """The released tables of a report, as they were kept."""
    return tuple(restored(kept) for kept in release.tables)


def about_release(release):
    """What a report says of itself, with what became of it since it was made."""
    since = {"stage": release.stage, "number": release.number, "released_by": release.released_by_name}
    released = release.released and timezone.localdate(release.released).isoformat()
    return about_of(release.about | since | {"released": released})


def previous_of(release):
    """The report released before this one for the same readers; None for the first."""
    same = release.partnership.profile_releases.released().filter(audience=release.audience, partner=release.partner)
    return same.filter(as_at__lt=release.as_at).newest_first().first()


def report_of(release):
    """The report itself: released tables in the partnership's order, with its words, beside the report before."""
    arranged = [
        Arranged(part.key, part.position, part.words, part.is_left_out) for part in arrangement_of(release.partnership)
    ]
    before = previous_of(release)
    previous = (tables_of(before), about_release(before)) if before else None
    return content_of(tables_of(release), about_release(release), arranged, previous=previous)
