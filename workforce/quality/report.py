"""What is kept of the quality of one upload (rates and counts, no cell), and what a page says of it."""

from dataclasses import asdict, dataclass
from functools import cached_property

from workforce.quality.consistency import CHECKS_BY_NAME
from workforce.quality.figures import (
    MEASURED,
    CarryForward,
    Failed,
    FieldCounts,
    FlowClosure,
    Timeliness,
    consistency,
    uniqueness,
    validity,
)
from workforce.quality.gates import (
    CARRY_FORWARD,
    COMPLETENESS,
    CONSISTENCY,
    DECLARED,
    FLOW_CLOSURE,
    MAPPING,
    RETURN_GATES,
    TIMELINESS,
    UNIQUENESS,
    VALIDITY,
    WORST_FIRST,
    Colour,
    Gate,
    worst,
)
from workforce.quality.mapping import MappingLoss, worst_unmapped
from workforce.quality.showing import is_small, percent, shown_share
from workforce.template import FIELDS

VERSION = 1  # of what is kept; a report of another version is made anew
MOST_RULES = 50
OVER = 50  # years of age


@dataclass(frozen=True)
class Result:
    """One measure of one return: a share `count` of `base`, judged by its gate."""

    gate: Gate
    value: float | None
    count: float = 0
    base: float = 0
    colour: Colour = Colour.NONE
    note: str = ""
    field: str = ""

    def shown(self, *, exact):
        """The value in words."""
        if self.value is None:
            return ""
        if self.gate is FLOW_CLOSURE and not exact and is_small(abs(self.count)):
            return "fewer than 5"
        return percent(self.value) if self.gate is FLOW_CLOSURE else shown_share(self.count, self.base, exact=exact)

    def next_step(self, *, exact):
        return self.gate.next_step(self.colour).format(field=self.field, value=self.shown(exact=exact))


def judged(gate, count, base, **more):
    """A result whose value is count / base."""
    value = count / base if base else None
    return Result(gate, value, count, base, gate.colour(value), **more)


def label_of(name):
    return FIELDS[name].label if name in FIELDS else name


@dataclass(frozen=True)
class FieldQuality:
    """One field of the template in one return."""

    name: str
    counts: FieldCounts
    unreadable: int

    @property
    def field(self):
        return FIELDS[self.name]

    @property
    def completeness(self):
        if not self.counts.eligible:
            return Result(COMPLETENESS, None, note="Does not apply to any post")
        if not self.counts.is_collected:
            return Result(COMPLETENESS, None, note="Nothing is given in these files")
        return judged(COMPLETENESS, self.counts.given, self.counts.eligible, field=self.field.label)

    @property
    def declared(self):
        if self.completeness.value is None:
            return Result(DECLARED, None)
        return judged(DECLARED, self.counts.declared, self.counts.eligible)

    @property
    def read(self):
        return self.counts.given + self.counts.declared

    @property
    def validity(self):
        value = validity(self.read, self.unreadable)
        return Result(VALIDITY, value, self.read, self.read + self.unreadable, VALIDITY.colour(value))


@dataclass(frozen=True)
class Report:
    """The quality of one return, as it is kept."""

    kept: dict

    @cached_property
    def fields(self):
        return [
            FieldQuality(field.name, FieldCounts(*self.kept["fields"][field.name]), self._unreadable(field.name))
            for field in MEASURED
            if field.name in self.kept["fields"] and not field.derived_from
        ]

    def _unreadable(self, name):
        return self.kept["unreadable"].get(name, 0)

    @property
    def rows(self):
        return self.kept["rows"]

    @property
    def collected(self):
        """Fields of which the files say something and that apply to somebody."""
        return [field for field in self.fields if field.completeness.value is not None]

    @cached_property
    def results(self):
        """Every measure of a return, in the order of its gates."""
        return [getattr(self, gate.name) for gate in RETURN_GATES]

    @property
    def colour(self):
        return worst(result.colour for result in self.results)

    @property
    def completeness(self):
        """Over all fields; its colour is that of the worst field, which is what somebody has to do something about."""
        given = sum(field.counts.given for field in self.collected)
        eligible = sum(field.counts.eligible for field in self.collected)
        colours = [field.completeness.colour for field in self.collected]
        low = sum(colour in (Colour.RED, Colour.AMBER) for colour in colours)
        note = f"{low} of {len(colours)} fields are under 90%" if low else f"All {len(colours)} fields have 90% or more"
        value = given / eligible if eligible else None
        return Result(COMPLETENESS, value, given, eligible, worst(colours), note if colours else "")

    @property
    def declared_unknown(self):
        declared = sum(field.counts.declared for field in self.collected)
        return judged(DECLARED, declared, sum(field.counts.eligible for field in self.collected))

    @property
    def validity(self):
        read, unreadable = sum(field.read for field in self.fields), sum(self.kept["unreadable"].values())
        value = validity(read, unreadable)
        return Result(VALIDITY, value, read, read + unreadable, VALIDITY.colour(value))

    @property
    def checks(self):
        """(check, posts that failed, posts looked at)."""
        return [(CHECKS_BY_NAME[one["check"]], Failed(**one)) for one in self.kept["checks"]]

    @property
    def rules(self):
        """What the reading found to contradict itself, in the sender's own columns."""
        return self.kept["rules"]

    @property
    def consistency(self):
        """Found by the planner's own checks and by the sender's rules for rows of posts."""
        found = [one["failed"] for one in self.kept["checks"]]
        found += [rule["count"] for rule in self.rules if rule["of_posts"]]
        kinds, failed = sum(map(bool, found)), min(sum(found), self.rows)
        value = consistency(failed, self.rows)
        note = f"{kinds} kind{'s' if kinds > 1 else ''} of contradiction" if kinds else ""
        return Result(CONSISTENCY, value, self.rows - failed, self.rows, CONSISTENCY.colour(value), note)

    @property
    def uniqueness(self):
        rows, repeated = self.kept["rows"] + self.kept["left_out_as_repeated"], self._repeated
        value = uniqueness(rows, repeated)
        return Result(UNIQUENESS, value, rows - repeated, rows, UNIQUENESS.colour(value))

    @property
    def _repeated(self):
        return self.kept["repeated"] + self.kept["left_out_as_repeated"]

    @property
    def age_of_records(self):
        return Timeliness(**self.kept["timeliness"]) if self.kept["timeliness"] else None

    @property
    def timeliness(self):
        age = self.age_of_records
        if age is None or not age.known:
            return Result(TIMELINESS, None)
        note = f"Half of the workplaces were changed in the last {age.median_days:.0f} days"
        return judged(TIMELINESS, age.known - age.over_24, age.known, note=note if age.median_days else "")

    @property
    def carry_forward(self):
        kept = CarryForward(**self.kept["carry_forward"]) if self.kept["carry_forward"] else CarryForward(0, 0)
        return judged(CARRY_FORWARD, kept.same, kept.compared)

    @property
    def flows(self):
        return FlowClosure(**self.kept["flows"]) if self.kept["flows"] else None

    @property
    def flow_closure(self):
        flows = self.flows
        if flows is None or flows.share is None:
            return Result(FLOW_CLOSURE, None)
        colour = FLOW_CLOSURE.colour(abs(flows.share))
        return Result(FLOW_CLOSURE, flows.share, flows.residual, flows.after, colour)

    @property
    def losses(self):
        return [MappingLoss(**loss) for loss in self.kept["mapping"]]

    @property
    def mapping_loss(self):
        most = worst_unmapped(self.losses)
        if most is None:
            return Result(MAPPING, None)
        merged = sum(bool(loss.merged) for loss in self.losses)
        note = f"In {merged} of {len(self.losses)} fields some codes share a value" if merged else ""
        return judged(MAPPING, most.unmapped, most.rows, note=note, field=label_of(most.field))

    def steps(self, *, exact):
        """(colour, sentence) of everything to do next, the worst first; each field that is too empty by itself."""
        by_field = [field.completeness for field in self.collected]
        others = [result for result in self.results if result.gate is not COMPLETENESS]
        found = [(one.colour, one.next_step(exact=exact)) for one in (*by_field, *others)]
        return sorted((step for step in found if step[1]), key=lambda step: WORST_FIRST.index(step[0]))


def kept_report(
    *, as_at, counts, unreadable, checks, rules, rows, repeated, left_out_as_repeated, timeliness, carry_forward,
    flows, losses, strata, over_50, compared,
):  # fmt: skip
    """The report as it is kept: JSON of counts, with the numbers of the uploads that this one was compared with."""
    return {
        "version": VERSION,
        "as_at": as_at.isoformat(),
        "rows": rows,
        "fields": {name: list(asdict(one).values()) for name, one in counts.items()},
        "unreadable": unreadable,
        "checks": [asdict(one) for one in checks],
        "rules": [
            {name: getattr(one, name) for name in ("column", "message", "accepted", "count", "of_posts")}
            for one in rules[:MOST_RULES]
        ],
        "repeated": repeated,
        "left_out_as_repeated": left_out_as_repeated,
        "timeliness": timeliness and asdict(timeliness),
        "carry_forward": carry_forward and asdict(carry_forward),
        "flows": flows and asdict(flows),
        "mapping": [asdict(one) for one in losses],
        "strata": strata,
        "over_50": list(over_50),
        "compared": list(compared),
    }
