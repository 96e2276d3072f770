"""What makes the tables of a profile, as the worker sees it: one object that a test can put another in place of."""

from collections.abc import Callable
from dataclasses import dataclass

from workforce.profile_order import Asked, Made


@dataclass(frozen=True)
class Engine:
    make: Callable[[Asked, Callable], Made]  # the second is called between steps: a sign of life


def our_engine():
    """The real one. Imported when first needed: a web server never counts, and need not hold what does in memory."""
    from workforce.profile_making import make

    return Engine(make)


current = our_engine  # what `profile_building` calls
