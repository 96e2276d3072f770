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
ONE_DAY, FOUR_YEARS = np.timedelta64(1, "D"), np.timedelta64(1460, "D")


def draw_records(seed, posts, until):
    """All training over the years, by name of the answer: each was completed in the post, in its last four years.

    `until`: for each post the last day that its records show; those who left before took no more training.
    """
    rng = stream(seed, "training")
    post = np.repeat(np.arange(len(posts)), rng.poisson(MEAN_RECORDS, len(posts)))
    last = np.where(np.isnat(posts.end), until, np.minimum(posts.end, until))[post]
    earliest = np.maximum(posts.start[post], last - FOUR_YEARS)
    many, days = len(post), (last - earliest).astype(int)
    return {
        "post": post,
        "category": rng.integers(0, len(CATEGORIES), many),
        "completed": earliest + np.floor(rng.random(many) * (days + 1)).astype("timedelta64[D]"),
        "written": rng.random(many) < 0.6,
        "outside": rng.random(many) < 0.4,
        "titled": rng.random(many) < 0.2,
        "accredited": rng.integers(0, 3, many),
        "how": rng.integers(0, 2, many),
    }


def training_table(posts, records, present, shown):
    """The records of those who are `present`, completed by the day that is `shown` (one element a post), as text."""
    kept = present[records["post"]] & (records["completed"] <= shown[records["post"]])
    chosen = {name: column[kept] for name, column in records.items()}
    post, many = chosen["post"], int(kept.sum())
    months = np.array(list(literals.TRAINING.values()))[chosen["category"]]
    lapses = months > 0
    expiry = add_months(chosen["completed"], months) - ONE_DAY
    columns = {heading: blanks(many) for heading in HEADINGS} | {
        "LOCALESTID": place_names(posts.place[post]),
        "UNIQUEWORKERID": worker_names(posts.number[post]),
        "CATEGORY": words(CATEGORIES, chosen["category"]),
        "TRAININGNAME": constant("Refresher course", many, chosen["titled"]),
        "ACCREDITED": words(("0", "1", "999"), chosen["accredited"]),
        "WHODELIVERED": words("12", chosen["outside"].astype(int)),
        "PROVIDERNAME": constant("999", many, chosen["outside"]),
        "HOWDELIVERED": words("12", chosen["how"]),
        "VALIDITY": choose((lapses, numbers(months)), (chosen["written"], constant("none", many))),
        "DATECOMPLETED": dates(chosen["completed"]),
        "EXPIRYDATE": dates(expiry, lapses & chosen["written"]),
    }
    return pa.table(columns)
