"""The workforce returns of the demonstration: made-up files, sent in through the same door as real ones.

The worker reads them like any others, so a site that has just been built fills with returns within a minute.
"""

from datetime import timedelta
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile

from config.demo.cast import Step
from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.council import write_council
from workforce.sampling.esr import write_esr
from workforce.sampling.returns import Recipe
from workforce.uploads import name_columns, send_in, set_sector_size

WRITERS = {"asc_wds": write_asc_wds, "esr": write_esr, "council": write_council}
PLACE = "eddermere"
COUNTED = "Made-up count of the demonstration, September 2026"


def steps(content, cast):
    last = len(content["dates"]) - 1
    for order, series in enumerate(content["return"]):
        for place, dates in enumerate(content["dates"]):
            faults = series.get("faults", 0) if place == last else 0
            sent = dates["sent"] + timedelta(minutes=7 * order)
            yield Step(sent, partial(_send, cast, series, content["dates"], place, faults, sent))
    yield Step(content["columns"]["at"], partial(_name, cast, content["columns"]))
    for place, size in enumerate(content["size"]):
        at = content["dates"][0]["sent"] + timedelta(days=1, minutes=3 * place)
        yield Step(at, partial(_know, cast, size, content["dates"][-1]["as_at"], at))


def _send(cast, series, dates, place, faults, at):
    made = _made(series["source"], series["rows"], series["seed"], dates[-1]["as_at"], len(dates), faults,
                 series.get("responding", False))  # fmt: skip
    send_in(
        partnership=cast.places[PLACE],
        partner=_partner(cast, series["partner"]),
        as_at=dates[place]["as_at"],
        files=[ContentFile(content, name=name) for name, content in made[place]],
        **cast.how({"by": series["by"], "at": at}),
    )


@lru_cache
def _made(source, rows, seed, as_at, returns, faults, responding):
    """The files of a series, earliest return first: (name, bytes) of each."""
    with TemporaryDirectory() as folder:
        WRITERS[source](Recipe(rows, seed, as_at, returns, faults, responding), Path(folder))
        return [
            [(file.name, file.read_bytes()) for file in sorted(made.glob("*.csv"))]
            for made in sorted(Path(folder).iterdir())
        ]


def _partner(cast, key):
    return cast.places[PLACE].partners.get(organisation=cast.organisations[key])


def _name(cast, columns):
    name_columns(partner=_partner(cast, columns["partner"]), mapping=columns["mapping"], **cast.how(columns))


def _know(cast, size, as_at, at):
    how = cast.how({"by": "coordinator", "at": at})
    set_sector_size(partnership=cast.places[PLACE], as_at=as_at, source=COUNTED, **size, **how)
