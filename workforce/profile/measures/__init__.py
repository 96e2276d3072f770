"""Every measure of the profile, declared once. VERSION changes with any definition, so that a change is not misread."""

from workforce.profile.declaring import Kind, Measure

from . import estimated, of_people, of_posts, of_workplaces, summarised

VERSION = "2026.1"

MEASURES: tuple[Measure, ...] = (
    *of_posts.MEASURES,
    *of_people.MEASURES,
    *of_workplaces.MEASURES,
    *summarised.MEASURES,
    *estimated.MEASURES,
)
BY_NAME = {measure.name: measure for measure in MEASURES}


def of_kind(*kinds: Kind) -> tuple[Measure, ...]:
    return tuple(measure for measure in MEASURES if measure.kind in kinds)
