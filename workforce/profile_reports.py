"""A kept release as the report that people read: its tables, what it says of itself, and the partnership's words."""

from dataclasses import replace

from django.utils import timezone

from workforce.profile_lifecycle import Stage
from workforce.profiles import arrangement_of, tables_of
from workforce.reporting.content import Arranged, about_of, content_of


def report_of(release):
    """The report of a release that has been made, beside the one that its readers had before it."""
    previous = _before(release)
    told = (tables_of(previous), about_of(previous.about)) if previous else None
    return content_of(tables_of(release), about_release(release), arranged(release), previous=told)


def arranged(release):
    """The parts as the partnership has put them."""
    parts = arrangement_of(release.partnership)
    return [Arranged(part.key, part.position, part.words, part.is_left_out) for part in parts]


def about_release(release):
    """What a release says of itself, with what came of it after it was made."""
    about = about_of(release.about)
    released = timezone.localdate(release.released) if release.released else None
    return replace(
        about, stage=release.stage, number=release.number, released=released, released_by=release.released_by_name
    )


def _before(release):
    """The newest report of an earlier day that the same readers have."""
    same = release.partnership.profile_releases.filter(
        audience=release.audience, partner=release.partner_id, as_at__lt=release.as_at
    )
    stage = Stage.DRAFT if release.partner_id else Stage.RELEASED
    return same.filter(stage=stage).newest_first().first()
