"""Extracts of one employer for each date of a series, with planted faults and their truth."""

from dataclasses import dataclass

import numpy as np

from workforce.sampling.drawing import stream
from workforce.sampling.faults import plant, usual_number
from workforce.sampling.writing import folder_of, write_folder


@dataclass(frozen=True)
class Extract:
    day: np.datetime64
    tables: dict
    counts: dict


def write_series(source, recipe, folder, draw_history, make_extract, kinds):
    """One folder, or one for each date. Gives the truth of each, earliest first."""
    history = draw_history(recipe)
    truths = []
    for day in recipe.days:
        extract = make_extract(recipe, history, day)
        truths.append(_write_extract(source, recipe, extract, kinds, folder_of(recipe, folder, day)))
    return truths


def _write_extract(source, recipe, extract, kinds, folder):
    rows = len(next(iter(extract.tables.values())))
    wanted = usual_number(rows, kinds) if recipe.faults is None else recipe.faults
    tables, faults = plant(extract.tables, kinds, wanted, stream(recipe.seed, source, "faults", extract.day))
    truth = {
        "source": source,
        "seed": recipe.seed,
        "as_at": str(extract.day),
        "rows": rows,
        "files": {name: f"{name}.csv" for name in tables},
        "faults": [fault.as_dict() for fault in faults],
        "counts": extract.counts,
    }
    write_folder(folder, tables, truth, quoted=True)
    return truth
