"""Means and percentiles, and what is followed from one return to the one a year later."""

from workforce.profile.declaring import PARTNER, ROWS, SECTOR, Kind, Measure

from .forms import COMMON_LIST, FILLED, NHS, SKILLS_FOR_CARE

_ANSWERED = "Posts without a value are in neither the sum nor the number of posts"
_STAYED = "Partners of which there is a return of a year before; workplaces that are in both returns"

MEASURES = (
    Measure(
        "hourly_pay", "Hourly pay", "Basic pay an hour; annual pay is divided by 52.143 weeks of 37 hours. Half of the "
        "posts are paid the middle figure or less.", "pay", Kind.PERCENTILES, "£ an hour",
        "Posts filled on the day by employees, with pay from £5 to £200 an hour", missing=_ANSWERED, source=COMMON_LIST,
        field="hourly_pay", columns="percentiles", rows=("role_group", "role", SECTOR, PARTNER), special=True,
    ),
    Measure(
        "sick_days", "Sick days", "The mean number of days sick in the last twelve months.", "sickness", Kind.MEAN,
        "days", FILLED, numerator="Days sick in twelve months", denominator="Posts of which they are known",
        missing=_ANSWERED, source=SKILLS_FOR_CARE, field="sick_days", special=True,
    ),
    Measure(
        "sickness_rate", "Sickness rate", "Whole-time-equivalent days lost to sickness as a share of those available.",
        "sickness", Kind.MEAN, "%", FILLED, numerator="WTE days lost to sickness in twelve months",
        denominator="WTE days available, sick or not", missing="Posts without both figures are in neither", source=NHS,
        field="fte_days_lost", rows=ROWS, special=True,
    ),
    Measure(
        "stability", "Still in post after a year", "The share of employees of a year ago who still are: a hundred "
        "less those who left or moved on.", "flows", Kind.MEAN, "%", _STAYED, numerator="Employees of a year ago who "
        "still are employed", denominator="Employees a year ago", missing="Who is in no earlier return is in neither",
        source=NHS, field="person_key", rows=(PARTNER,), flow=True,
    ),
    Measure(
        "native_turnover", "Leaver rate as the NHS reports it", "Leavers of a year as a share of the mean of the "
        "headcounts at its start and end. Beside the turnover rate on the common definition, for those who know the "
        "NHS figure.", "flows", Kind.MEAN, "%", "NHS partners of which there is a return of a year before",
        numerator="People who left in the twelve months", denominator="Mean of the headcounts a year ago and now",
        source=NHS, field="leave_month", rows=(PARTNER,), flow=True,
    ),
)  # fmt: skip
