"""The rows of the plan as first written, a block at a time."""

from datetime import timedelta
from functools import partial

from actions.services import add_action
from config.demo.cast import Step

BETWEEN_ROWS = timedelta(minutes=6)


def steps(content, cast):
    cast.posts |= content["posts"]
    for block in content["block"]:
        for place, row in enumerate(block["row"]):
            at = block["written"] + place * BETWEEN_ROWS
            event = {"by": block["by"], "at": at}
            yield Step(at, partial(write_row, cast, block["strategy"], row, event))


def write_row(cast, strategy, row, event):
    cast.rows[row["ref"]] = add_action(strategy=cast.strategies[strategy], cells=cast.cells(row), **cast.how(event))
