"""What is green, amber or red, and what to do next: declared once, walked by the pages and by the tests.

The limits for completeness, validity, carry-forward, flow closure and mapping loss are this planner's own, set after
the practice of the national collections; a partnership should look at them once and keep them. Nothing is coloured
that has no limit: coverage and declared-unknown rates are told as they are.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import inf


class Colour(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NONE = "none"

    @property
    def word(self):
        return {"red": "Red", "amber": "Amber", "green": "Green", "none": "No colour"}[self.value]


WORST_FIRST = tuple(Colour)


def worst(colours):
    """The worst of several colours; what has no colour is the least."""
    return min(colours, key=WORST_FIRST.index, default=Colour.NONE)


@dataclass(frozen=True)
class Gate:
    """A measure with its limits: green up to (or from) one value, amber up to (or from) another, else red."""

    name: str
    label: str
    meaning: str
    green: float | None = None  # None: told, not judged
    amber: float | None = None
    at_least: bool = True  # whether more is better
    limits: str = ""
    amber_next: str = ""
    red_next: str = ""
    absent: str = "Nothing in these files to measure it by."

    def colour(self, value):
        if value is None or self.green is None:
            return Colour.NONE
        sign = 1 if self.at_least else -1
        if sign * value >= sign * self.green:
            return Colour.GREEN
        return Colour.AMBER if sign * value >= sign * self.amber else Colour.RED

    def next_step(self, colour):
        return {Colour.AMBER: self.amber_next, Colour.RED: self.red_next}.get(colour, "")


COMPLETENESS = Gate(
    "completeness",
    "Completeness",
    "Posts that have a value, of those to which the field applies",
    green=0.90,
    amber=0.75,
    limits="Green from 90%, amber from 75%; under 75% no figure is broken down by the field",
    amber_next="Fill in “{field}”: {value} of posts have it, and 90% are needed.",
    red_next="Fill in “{field}”: {value} of posts have it. Until 75% do, no figure is broken down by it.",
)
DECLARED = Gate(
    "declared_unknown",
    "Said to be unknown",
    "Posts of which it is recorded that nobody knows, or that the person would not say",
    limits="Told, without a colour",
)
VALIDITY = Gate(
    "validity",
    "Validity",
    "Filled cells that could be read: right kind, on the list, within the range",
    green=0.98,
    amber=0.95,
    limits="Green from 98%, amber from 95%",
    amber_next="Correct the cells that could not be read: the faults of this upload name rows and columns.",
    red_next="Correct the cells that could not be read before these figures are used: more than 1 in 20 was lost.",
)
CONSISTENCY = Gate(
    "consistency",
    "Consistency",
    "Posts, less the contradictions found in them",
    green=1.0,
    amber=0.95,
    limits="Green where there is none, amber up to 5 for each 100 posts",
    amber_next="Look at the posts that contradict themselves: the checks below say how.",
    red_next="Look at the posts that contradict themselves first: more than 5 for each 100 posts is often one habit.",
)
UNIQUENESS = Gate(
    "uniqueness",
    "Uniqueness",
    "Rows whose reference no earlier row has",
    green=1.0,
    amber=1.0,
    limits="Green at 100%, red otherwise",
    red_next="Give each post a reference of its own: rows that repeat one were left out.",
)
TIMELINESS = Gate(
    "timeliness",
    "Timeliness",
    "Workplaces that were changed or confirmed in the last 24 months",
    green=1.0,
    amber=0.80,
    limits="Green where all were, amber from 80%; the others are left out of figures",
    amber_next="Ask the workplaces not touched for over 24 months to confirm their records: they are left out.",
    red_next="Ask workplaces to confirm their records: more than 1 in 5 is over 24 months old and is left out.",
    absent="The files do not say when workplaces were last changed.",
)
CARRY_FORWARD = Gate(
    "carry_forward",
    "Carry-forward",
    "Workplaces with the very same starters, leavers and vacancies as in an earlier return",
    green=0.20,
    amber=inf,
    at_least=False,
    limits="Green up to 20%, amber above",
    amber_next="Ask the workplaces whose starters, leavers and vacancies never change whether they are counted anew.",
    absent="It needs an earlier return, and starters, leavers and vacancies of workplaces in both.",
)
FLOW_CLOSURE = Gate(
    "flow_closure",
    "Flow closure",
    "Change in employees that starters less leavers do not explain, as a share of employees",
    green=0.03,
    amber=inf,
    at_least=False,
    limits="Green up to 3% either way, amber beyond",
    amber_next="Compare starters and leavers with the change in employees: somebody is counted in only one of them.",
    absent="It needs an earlier return, and employees, starters and leavers of workplaces in both.",
)
MAPPING = Gate(
    "mapping_loss",
    "Mapping",
    "Rows whose code no crosswalk knows, in the field that loses most",
    green=0.0,
    amber=0.005,
    at_least=False,
    limits="Green at none, amber up to 0.5%, red above",
    amber_next="Tell the coordinator which codes of “{field}” are not known, so that the crosswalk learns them.",
    red_next="“{field}” loses {value} of its rows to codes that are not known. Correct them, or have them added to the "
    "crosswalk, before figures are broken down by it.",
    absent="No codes were translated.",
)
BALANCE = Gate(
    "balance",
    "Balance",
    "The largest standardised difference between workplaces that sent data and all that are known",
    green=0.20,
    amber=inf,
    at_least=False,
    limits="Green up to 0.2, amber above",
    amber_next="Use weighted figures, and ask more of the kinds of workplace that are marked below to take part.",
    absent="It needs the known size of the sector.",
)

# What the quality of one return is judged by, in the order of the pages.
RETURN_GATES = (
    COMPLETENESS, DECLARED, VALIDITY, CONSISTENCY, UNIQUENESS, TIMELINESS, CARRY_FORWARD, FLOW_CLOSURE, MAPPING,
)  # fmt: skip
JUDGED_GATES = tuple(gate for gate in RETURN_GATES if gate.green is not None)
