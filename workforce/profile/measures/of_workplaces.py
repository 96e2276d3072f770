"""Workplaces and what they say of themselves: employees, starters, leavers and vacancies, and the rates of these.

Rates follow Skills for Care for every partner. A rate's denominator counts the employees of the same workplaces that
its numerator comes from, so a workplace that says nothing of its vacancies is in neither.
"""

from workforce.profile.declaring import Kind, Measure

from .forms import PLACES, SKILLS_FOR_CARE

_FLOWS = "flows"
_SAID = "Workplaces that do not say, or do not know, are left out with their employees"
_YEAR = "in the twelve months before the day"


def _places(name, label, meaning, *, unit, population, part=_FLOWS, field="", **more):
    return Measure(
        name, label, meaning, part, Kind.PLACES, unit, population, missing=_SAID, source=SKILLS_FOR_CARE,
        field=field or name, rows=PLACES, **more,
    )  # fmt: skip


def _asked(flow, words):
    """Employees where a flow is known: the base of its rate."""
    return _places(
        f"employees_of_{flow}", f"Employees where {words} are known",
        f"Employees of the workplaces whose {words} are counted: what their rate is a share of.", unit="people",
        population=f"Workplaces whose {words} and employees are known", field="employees", is_shown=False,
    )  # fmt: skip


def _rate(name, label, meaning, flow, among, numerator, denominator):
    return Measure(
        name, label, meaning, _FLOWS, Kind.RATE, "%", "Workplaces of which both are known", numerator=numerator,
        denominator=denominator, missing=_SAID, source=SKILLS_FOR_CARE, rows=PLACES, over=(flow,), among=among,
        flow=True,
    )  # fmt: skip


MEASURES = (
    _places("workplaces", "Workplaces", "Workplaces by how many people work there. For the NHS and councils these are "
            "the units that their systems name.", unit="workplaces", part="employers", field="size_band",
            columns="size_band", population="Workplaces with filled posts on the day"),
    _places("employees", "Employees", "People with a permanent or temporary contract; not bank or agency staff.",
            unit="people", part="employers", population="Workplaces with filled posts on the day"),
    _places("starters", "Starters", f"Employees who started {_YEAR}.", unit="people", flow=True,
            population="Workplaces that say how many started"),
    _places("leavers", "Leavers", f"Employees who left {_YEAR}. A workplace that closed is left out: its people did "
            "not choose to go.", unit="people", flow=True, population="Workplaces that say how many left"),
    _places("vacancies", "Vacancies", "Posts that are vacant on the day.", unit="posts", flow=True,
            population="Workplaces that say how many posts are vacant"),
    _asked("starters", "starters"),
    _asked("leavers", "leavers"),
    _asked("vacancies", "vacancies"),
    _rate("vacancy_rate", "Vacancy rate", "Vacant posts as a share of employees and vacant posts together.",
          "vacancies", ("employees_of_vacancies", "vacancies"), "Vacancies on the day",
          "Employees and vacancies of the same workplaces"),
    _rate("turnover_rate", "Turnover rate", "Leavers of a year as a share of the employees at its end.", "leavers",
          ("employees_of_leavers",), f"Employees who left {_YEAR}", "Employees of the same workplaces on the day"),
    _rate("starters_rate", "Starters rate", "Starters of a year as a share of the employees at its end.", "starters",
          ("employees_of_starters",), f"Employees who started {_YEAR}",
          "Employees of the same workplaces on the day"),
)  # fmt: skip
