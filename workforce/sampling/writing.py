"""Made-up files on disk: a folder with the files and `truth.json`, or such a folder for each date of a series."""

import json

from workforce.sampling.cells import write_csv
from workforce.sampling.faults import plant, usual_number
from workforce.sampling.returns import make_returns
from workforce.sampling.truth import frame, totals


def write_returns(recipe, folder):
    """The return of `recipe`, or its series in a folder for each date. Gives the truth of each, earliest first."""
    truths = []
    for made in make_returns(recipe):
        here = folder if recipe.returns == 1 else folder / str(made.day)
        truths.append(write_return(recipe, made, here))
    return truths


def write_return(recipe, made, folder):
    wanted = usual_number(len(made.posts)) if recipe.faults is None else recipe.faults
    tables, faults = plant(made, wanted, recipe.seed)
    truth = {
        "source": "asc_wds",
        "seed": recipe.seed,
        "as_at": str(made.day),
        "rows": len(made.posts),
        "files": {name: f"{name}.csv" for name in tables},
        "faults": [fault.as_dict() for fault in faults],
        "counts": totals(made, recipe.responding),
        "frame": frame(made),
    }
    write_folder(folder, tables, truth)
    return truth


def write_folder(folder, tables, truth):
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        write_csv(table, folder / truth["files"][name])
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
