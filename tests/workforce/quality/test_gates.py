"""Red, amber and green at their limits, and that each colour says what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.quality import gates
from workforce.quality.gates import BALANCE, JUDGED_GATES, RETURN_GATES, Colour, worst

AT_LIMITS = [
    ("COMPLETENESS", 0.90, "green"), ("COMPLETENESS", 0.8999, "amber"), ("COMPLETENESS", 0.75, "amber"),
    ("COMPLETENESS", 0.7499, "red"),
    ("VALIDITY", 0.98, "green"), ("VALIDITY", 0.9799, "amber"), ("VALIDITY", 0.9499, "red"),
    ("CONSISTENCY", 1.0, "green"), ("CONSISTENCY", 0.999, "amber"),
    ("UNIQUENESS", 1.0, "green"), ("UNIQUENESS", 0.9999, "red"),
    ("TIMELINESS", 1.0, "green"), ("TIMELINESS", 0.99, "amber"), ("TIMELINESS", 0.79, "red"),
    ("CARRY_FORWARD", 0.20, "green"), ("CARRY_FORWARD", 0.21, "amber"), ("CARRY_FORWARD", 1.0, "amber"),
    ("FLOW_CLOSURE", 0.03, "green"), ("FLOW_CLOSURE", 0.031, "amber"),
    ("MAPPING", 0.0, "green"), ("MAPPING", 0.005, "amber"), ("MAPPING", 0.0051, "red"),
    ("BALANCE", 0.2, "green"), ("BALANCE", 0.21, "amber"),
    ("DECLARED", 0.99, "none"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "colour"), AT_LIMITS)
def test_colours_at_their_limits(name, value, colour):
    assert getattr(gates, name).colour(value) == colour


@pytest.mark.parametrize("gate", [*RETURN_GATES, BALANCE], ids=lambda gate: gate.name)
def test_what_was_not_measured_has_no_colour(gate):
    assert gate.colour(None) == Colour.NONE
    assert gate.absent


@pytest.mark.parametrize("gate", [*JUDGED_GATES, BALANCE], ids=lambda gate: gate.name)
@given(value=st.floats(0, 1))
def test_whatever_is_red_or_amber_says_what_to_do_next(gate, value):
    colour = gate.colour(value)
    assert bool(gate.next_step(colour)) == (colour in (Colour.RED, Colour.AMBER))


@pytest.mark.parametrize("gate", JUDGED_GATES, ids=lambda gate: gate.name)
@given(one=st.floats(0, 1), other=st.floats(0, 1))
def test_better_is_never_judged_worse(gate, one, other):
    better, worse = (max, min) if gate.at_least else (min, max)
    colours = gate.colour(better(one, other)), gate.colour(worse(one, other))
    assert worst(colours) == colours[1]


def test_the_worst_of_several_colours():
    assert worst([Colour.GREEN, Colour.AMBER, Colour.NONE]) == Colour.AMBER
    assert worst([Colour.NONE, Colour.GREEN]) == Colour.GREEN
    assert worst([]) == Colour.NONE
    assert all(colour.word for colour in Colour)


def test_every_limit_that_is_told_is_the_one_that_judges():
    """The words name the numbers that the gates hold."""
    for gate in JUDGED_GATES:
        for limit in (gate.green, gate.amber):
            if limit not in (0.0, 1.0, float("inf")) and gate.name != "consistency":
                assert f"{limit:.1%}".replace(".0%", "%") in gate.limits
