"""Write made-up workforce files with known faults, for trials, demonstrations and benches."""

from datetime import date
from pathlib import Path

from partners.management.planner_command import PlannerCommand
from partners.refusals import Refused
from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.council import write_council
from workforce.sampling.esr import write_esr
from workforce.sampling.returns import Recipe

WRITERS = {"asc_wds": write_asc_wds, "esr": write_esr, "council": write_council}


def latest_half_year(today):
    """The last 31 March or 30 September before today."""
    ends = (date(year, month, day) for year in (today.year, today.year - 1) for month, day in ((9, 30), (3, 31)))
    return next(end for end in ends if end < today)


class Command(PlannerCommand):
    help = "Write made-up workforce files in the formats of our sources, with known faults listed in truth.json."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--rows", type=int, required=True, metavar="N", help="workers at the last date")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed makes the same files")
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
        parser.add_argument("--source", choices=list(WRITERS), default="asc_wds")
        parser.add_argument(
            "--as-at", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: the last half-year"
        )
        parser.add_argument(
            "--faults", type=int, metavar="N", help="default: about one row in a hundred; 0: none at all"
        )
        parser.add_argument("--returns", type=int, default=1, metavar="N", help="half-yearly, a folder for each date")
        parser.add_argument(
            "--responding", action="store_true", help="national files: leave out those who do not respond"
        )
        parser.add_argument(
            "--qualifications", type=int, default=3, metavar="N", help="national files: pairs of QUALACH (3 to 99)"
        )

    def act(self, out, source, as_at, **options):
        asked = {name: options[name] for name in ("rows", "seed", "faults", "returns", "responding", "qualifications")}
        try:
            recipe = Recipe(as_at=as_at or latest_half_year(date.today()), **asked)
        except ValueError as fault:
            self.wrong_usage(str(fault))
        try:
            truths = WRITERS[source](recipe, out)
        except OSError as fault:
            raise Refused(f"{out} cannot be written: {fault.strerror}.") from fault
        return self._summary(truths, recipe, out)

    def _summary(self, truths, recipe, out):
        for truth in truths:
            planted = len(truth["faults"])
            self.say(f"{truth['as_at']}: {truth['rows']:,} rows, {planted:,} known faults.")
            if recipe.faults and planted < recipe.faults:
                self.say(f"There were not enough rows for {recipe.faults:,} faults.")
        self.say(f"Written to {out}.")
        kept = ("source", "seed", "as_at", "rows", "files", "counts")
        return {
            "out": str(out),
            "returns": [{key: truth[key] for key in kept} | {"faults": len(truth["faults"])} for truth in truths],
        }
