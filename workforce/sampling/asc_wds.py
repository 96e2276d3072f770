"""Made-up national returns on disk, with planted faults and their truth."""

from workforce.sampling.drawing import stream
from workforce.sampling.fault_context import about_places, about_workers
from workforce.sampling.faults import plant, usual_number
from workforce.sampling.kinds import KINDS
from workforce.sampling.returns import make_returns
from workforce.sampling.truth import frame, totals
from workforce.sampling.writing import folder_of, write_folder


def write_asc_wds(recipe, folder):
    """The return of `recipe`, or its series in a folder for each date. Gives the truth of each, earliest first."""
    return [write_return(recipe, made, folder_of(recipe, folder, made.day)) for made in make_returns(recipe)]


def plant_in(made, many, seed, kinds=KINDS):
    """The tables of a return with faults, and the faults."""
    about = {"worker": about_workers(made), "workplace": about_places(made)}
    return plant(made.tables, kinds, many, stream(seed, "faults", made.day), about)


def write_return(recipe, made, folder):
    wanted = usual_number(len(made.posts), KINDS) if recipe.faults is None else recipe.faults
    tables, faults = plant_in(made, wanted, recipe.seed)
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
