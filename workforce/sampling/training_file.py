"""The training file of one date, in the national format of January 2026: 12 columns."""

import numpy as np
import pyarrow as pa

from workforce.sampling import literals
from workforce.sampling.cells import add_months, blanks, choose, constant, dates, numbers, words
from workforce.sampling.drawing import stream
from workforce.sampling.worker_file import place_names, worker_names

HEADINGS = tuple(
    "LOCALESTID UNIQUEWORKERID CATEGORY TRAININGNAME ACCREDITED WHODELIVERED PROVIDERNAME HOWDELIVERED VALIDITY "
    "DATECOMPLETED EXPIRYDATE NOTES".split()
)
CATEGORIES = tuple(literals.TRAINING)
MEAN_RECORDS = 0.8  # a worker, who may have several
ONE_DAY = np.timedelta64(1, "D")


def draw_records(seed, posts, day):
    """For each record: position of the post, category, and the day it was completed: since the start, in four years."""
    rng = stream(seed, "training")
    post = np.repeat(np.arange(len(posts)), rng.poisson(MEAN_RECORDS, len(posts)))
    earliest = np.maximum(posts.start[post], day[post] - np.timedelta64(1460, "D"))
    shown = day[post]
    completed = earliest + np.floor(rng.random(len(post)) * ((shown - earliest).astype(int) + 1)).astype(
        "timedelta64[D]"
    )
    return post, rng.integers(0, len(CATEGORIES), len(post)), completed


def training_table(seed, posts, records):
    """All rows as text; `records` as `draw_records` gives them."""
    post, category, completed = records
    many, rng = len(post), stream(seed, "training answers")
    months = np.array(list(literals.TRAINING.values()))[category]
    lapses, written = months > 0, rng.random(many) < 0.6
    outside = rng.random(many) < 0.4
    expiry = add_months(completed, months) - ONE_DAY
    validity = choose((lapses, numbers(months)), (written, constant("none", many)))
    columns = {heading: blanks(many) for heading in HEADINGS} | {
        "LOCALESTID": place_names(posts.place[post]),
        "UNIQUEWORKERID": worker_names(posts.number[post]),
        "CATEGORY": words(CATEGORIES, category),
        "TRAININGNAME": constant("Refresher course", many, rng.random(many) < 0.2),
        "ACCREDITED": words(("0", "1", "999"), rng.integers(0, 3, many)),
        "WHODELIVERED": words("12", outside.astype(int)),
        "PROVIDERNAME": constant("999", many, outside),
        "HOWDELIVERED": words("12", rng.integers(0, 2, many)),
        "VALIDITY": validity,
        "DATECOMPLETED": dates(completed),
        "EXPIRYDATE": dates(expiry, lapses & written),
    }
    return pa.table(columns)
