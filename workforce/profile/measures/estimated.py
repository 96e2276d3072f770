"""Shares of the whole sector: as sent in, weighted to its known size, and how far off they could be at most."""

from workforce.profile.declaring import Kind, Measure

from . import of_people, of_posts, of_workplaces
from .forms import COMMON_LIST

ESTIMATED = ("share_over_50", "share_women", "share_zero_hours", "turnover_rate", "vacancy_rate")
_DECLARED = {measure.name: measure for of in (of_posts, of_people, of_workplaces) for measure in of.MEASURES}


def _estimate(of):
    return Measure(
        f"estimate_{of.name}", f"{of.label}: the whole sector", f"{of.meaning} As sent in, weighted to the number of "
        "workplaces that are known to exist, and the least and most that it can be if nothing is assumed of those that "
        "sent nothing.", "quality", Kind.ESTIMATE, "%", "Workplaces of services whose size is known",
        numerator=of.numerator, denominator=of.denominator, missing=of.missing, source=COMMON_LIST, field=of.field,
        columns="estimate", rows=(), of=of.name, over=of.over, among=of.among, special=of.special, flow=of.flow,
    )  # fmt: skip


MEASURES = tuple(_estimate(_DECLARED[name]) for name in ESTIMATED)
