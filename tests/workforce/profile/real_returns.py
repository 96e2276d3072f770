"""Made-up returns of each source, read by the real import: two dates a year apart of each."""

from datetime import date
from pathlib import Path

from workforce.importing import NeedsMapping, read_return
from workforce.profile.counting import Return
from workforce.pseudonyms import Pseudonyms
from workforce.reading import Given
from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.council import write_council
from workforce.sampling.esr import write_esr
from workforce.sampling.returns import Recipe

TODAY, AS_AT = date(2026, 11, 26), date(2026, 9, 30)
SENDERS = {
    "elm": ("asc_wds", "la", write_asc_wds),
    "oak": ("esr", "nhs", write_esr),
    "birch": ("council", "la", write_council),
}


def read_returns(folder: Path, rows, seed=1, senders=tuple(SENDERS)):
    """Returns of each sender, of the day and of a year before."""
    made = []
    for partner in senders:
        source, sector, write = SENDERS[partner]
        write(Recipe(rows=rows, seed=seed, as_at=AS_AT, returns=3), folder / partner)
        for day in ("2025-09-30", "2026-09-30"):
            posts, places = _read(folder / partner / day, date.fromisoformat(day), partner, source)
            made.append(Return(partner, sector, source, posts, places, date.fromisoformat(day), len(made) + 1))
    return made


def _read(folder, as_at, partner, source):
    out = folder / "read"
    out.mkdir()
    given = [Given(path.name, path) for path in sorted(folder.glob("*.csv"))]
    how = {"as_at": as_at, "today": TODAY, "folder": out, "source": source}
    how["keys"] = Pseudonyms(b"a secret of tests, made up by us", partner)
    try:
        checked = read_return(given, **how)
    except NeedsMapping as needs:
        checked = read_return(given, **how, mapping=needs.suggestions)
    return checked.snapshot, checked.establishments
