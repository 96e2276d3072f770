"""One return or a series of them: the three national files of a date, with what is true of them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from workforce.sampling.cells import add_months
from workforce.sampling.drawing import compact
from workforce.sampling.flows import cut
from workforce.sampling.places import draw_places
from workforce.sampling.posts import draw_posts, known_at
from workforce.sampling.training_file import draw_records, training_table
from workforce.sampling.worker_answers import draw_answers
from workforce.sampling.worker_file import worker_table
from workforce.sampling.workplace_file import healthcare_answers, workplace_table

LIMITS = {
    "rows": (20, 2_500_000),
    "seed": (0, 2**32 - 1),
    "as_at": (date(2010, 1, 1), date(2080, 12, 31)),
    "returns": (1, 6),
    "faults": (0, 2_500_000),
    "qualifications": (3, 99),
}
HALF_YEAR = 6


@dataclass(frozen=True)
class Recipe:
    """What to make. `rows`: workers at the last date; `returns`: half-yearly, the last of them on `as_at`."""

    rows: int
    seed: int
    as_at: date
    returns: int = 1
    faults: int | None = None  # None: about one row in a hundred
    responding: bool = False
    qualifications: int = 3  # pairs of columns, three in the current file

    def __post_init__(self):
        for name, (least, most) in LIMITS.items():
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise ValueError(f"{name.replace('_', ' ')} must be from {least} to {most}.")

    @property
    def days(self):
        """The dates of the returns, earliest first: half-years apart, each the last day of its month."""
        months = np.datetime64(self.as_at, "M") - HALF_YEAR * np.arange(self.returns - 1, 0, -1)
        return np.append((months + 1).astype("M8[D]") - np.timedelta64(1, "D"), np.datetime64(self.as_at, "D"))


@dataclass(frozen=True)
class Return:
    """The files of one date as tables of text, and what they were cut from."""

    day: np.datetime64
    tables: dict  # workplace, worker, training
    places: object
    posts: object  # those in the worker file
    answers: dict
    flows: object


def make_returns(recipe):
    """The returns of a series one by one, earliest first."""
    first, last = recipe.days[0], recipe.days[-1]
    places = draw_places(recipe.seed, recipe.rows)
    posts = draw_posts(recipe.seed, places, first, last)
    answers = draw_answers(recipe.seed, places, posts, first)
    training = compact(draw_records(recipe.seed, posts, known_at(places, last, last)[posts.place]))
    for day in recipe.days:
        yield _make_return(recipe, places, posts, answers, training, day)


def _make_return(recipe, places, posts, answers, training, day):
    flows = cut(recipe.seed, places, posts, day, recipe.days[-1])
    kept = places.responding if recipe.responding else np.ones(len(places), dtype=bool)
    rows = flows.present & kept[posts.place]
    shown = known_at(places, day, recipe.days[-1])[posts.place]
    there, said = posts.take(rows), {name: column[rows] for name, column in answers.items()}
    tables = {
        "workplace": workplace_table(recipe.seed, places, flows).filter(pa.array(kept)),
        "worker": worker_table(
            places, there, said, healthcare_answers(recipe.seed, places), day,
            since=add_months(np.array([day]), -HALF_YEAR)[0], messy=recipe.faults != 0,
            qualifications=recipe.qualifications,
        ),
        "training": training_table(posts, training, rows, shown),
    }  # fmt: skip
    return Return(day, tables, places, there, said, flows)
