"""The attack on many invented partnerships, each released twice. Used by the tests and by the bench."""

from dataclasses import dataclass, field

import numpy as np

from workforce.disclosure.earlier import Earlier
from workforce.disclosure.gate import release
from workforce.disclosure.released import Audience
from workforce.disclosure.rules import Rules

from .findings import Judge
from .naive_gate import release as naive_release
from .over_time import told_differently
from .partnerships import PARTNERS, counted_of, facts_of, invent, measures, moved_on, truths_of, view_of

FIELDS = ("age_band", "ethnicity", "sex", "zero_hours", "contract", "disability", "nationality", "role", "leave_reason")
RULES = Rules()
LATER, FEWER = "half a year later, one partner silent", "the same day, without one partner"
BESIDE = "the same day, the public view beside the partnership's"
SLACK = {Audience.PARTNERSHIP: 0, Audience.PUBLIC: 4}  # noise of 2, and rounding to 5


@dataclass
class Trial:
    """One partnership, what was released of it, and what the attack came to. `untrue`: statements that are not so."""

    seed: int
    second: str
    audience: Audience
    views: list
    facts: object
    truths: object
    findings: list = field(default_factory=list)
    untrue: list = field(default_factory=list)
    averaged: list = field(default_factory=list)

    @property
    def hidden(self):
        cells = [cell for view in self.views for table in view.tables for cell in table["cells"]]
        return sum(cell["suppressed"] for cell in cells), len(cells)

    def attacked(self, *, insiders=True):
        """By nobody and each insider, with both releases."""
        self.untrue = self.truths.contradicted(self.views, self.facts)
        judge = Judge(self.facts, self.truths, RULES, public=self.audience is Audience.PUBLIC)
        self.findings = judge.all_findings(self.views, insiders=insiders)
        self.averaged = told_differently(self.views, self.facts)
        return self


def the_gate(counted, audience, before):
    return release(counted, audience=audience, rules=RULES, earlier=before)


def small_ones_only(counted, audience, before):
    """The control: hides figures below the threshold and nothing else."""
    fields = [name for name in FIELDS if name in counted.blocks]
    return naive_release(counted, measures(fields), RULES)


def trial(seed, *, audience=Audience.PARTNERSHIP, second=None, gate=the_gate, many=2, releases=2):
    """A partnership by its number: its size, fields and second release follow from the seed."""
    draw = np.random.default_rng([seed, 7])
    fields = tuple(sorted(map(str, draw.choice(FIELDS, many, replace=False))))
    truth = invent(seed, fields=fields, size=float(draw.choice([0.4, 1, 2])))
    second = second or (LATER, FEWER)[seed % 2]
    days = [(truth, None, audience), _second_day(truth, seed, second, audience)][:releases]
    views, before = [], []
    for there, numbers, seen_by in days:
        counted = counted_of(there, numbers=numbers)
        tables = gate(counted, seen_by, tuple(before))
        before.append(Earlier(seen_by, tables, counted.snapshots))
        views.append(view_of(tables, counted, slack=SLACK[seen_by]))
    truths = truths_of(*[(there, numbers) for there, numbers, _ in days])
    return Trial(seed, second, audience, views, facts_of(truth), truths)


def _second_day(truth, seed, second, audience):
    """(what there is, numbers of snapshots, who sees it)."""
    if second == BESIDE:
        return truth, None, Audience.PUBLIC
    one = truth.partners[seed % len(truth.partners)]
    if second == FEWER:
        return truth.without(one), None, audience
    numbers = {name: 10 + place for place, name in enumerate(PARTNERS) if name != one}
    return moved_on(truth, seed, still=(one,)), numbers, audience
