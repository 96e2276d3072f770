"""Make a profile report here and now, as the worker would, and write it to a file."""

import sys
import time
from datetime import date
from pathlib import Path

from partners.management.planner_command import PlannerCommand
from partners.models import Partnership, User, Via
from workforce import profile_building, profile_files, profiles
from workforce.disclosure.released import Audience
from workforce.models import Release
from workforce.profile_lifecycle import UNFINISHED, Stage


class Command(PlannerCommand):
    help = (
        "Make the workforce profile of a partnership and write it to a file; its ending says which kind: "
        f"{', '.join(profile_files.ENDINGS)}. The report is kept as a draft that somebody may release."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--partnership", required=True, metavar="SLUG")
        parser.add_argument("--as-at", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--audience", required=True, choices=[audience.value for audience in Audience])
        parser.add_argument("--partner", metavar="SLUG", help="the organisation, with --audience partner")
        parser.add_argument("--out", type=Path, metavar="FILE", help="without it the report is made and not written")
        parser.add_argument("--by", metavar="EMAIL", help="whose rights and name it is done with")

    def act(self, partnership, as_at, audience, partner, out, by, **options):
        place = self._partnership(partnership)
        of = self._partner(place, partner, Audience(audience))
        self._insist_on(out)
        release = self._made(
            profiles.ask_for_profile(
                partnership=place, as_at=as_at, audience=audience, partner=of, by=self._person(by), via=Via.COMMAND,
                in_background=False,
            )
        )  # fmt: skip
        if release.stage != Stage.DRAFT:
            self.refuse(release.fault or f"{release.get_stage_display()}.", options, {"release": release.pk})
        return self._written(release, out)

    # --- What was asked for -----------------------------------------------------------------------------------------

    def _partnership(self, slug):
        found = Partnership.objects.filter(slug=slug).first()
        return found or self.wrong_usage(f"There is no partnership called {slug}.")

    def _partner(self, partnership, slug, audience):
        if (audience == Audience.PARTNER) != bool(slug):
            self.wrong_usage("Say whose with --partner where the audience is partner, and only there.")
        if not slug:
            return None
        found = partnership.partners.select_related("organisation", "partnership").filter(organisation__slug=slug)
        return found.first() or self.wrong_usage(f"There is no partner called {slug} in {partnership.slug}.")

    def _person(self, email):
        person = User.objects.filter(email=email.lower()).first() if email else None
        if email and person is None:
            self.wrong_usage(f"Nobody here signs in with {email}.")
        return person

    def _insist_on(self, out):
        if out and out.suffix not in profile_files.ENDINGS:
            self.wrong_usage(f"{out} ends in none of {', '.join(profile_files.ENDINGS)}.")
        if out and not out.absolute().parent.is_dir():
            self.wrong_usage(f"The folder of {out} is not there.")

    # --- Making and writing it ----------------------------------------------------------------------------------------

    def _made(self, release):
        """Made here, unless a worker was quicker or makes another one of this partnership; then after that."""
        while True:
            profile_building.build_profile(release.pk)
            release = Release.objects.select_related("partnership", "partner__organisation").get(pk=release.pk)
            if release.stage not in UNFINISHED:
                return release
            time.sleep(0.5)

    def _written(self, release, out):
        tables = profiles.tables_of(release)
        hidden = sum(table.hidden for table in tables)
        cells = sum(len(table.cells) for table in tables)
        self.say(f"{release}: {len(tables)} tables, {cells:,} figures, {hidden:,} of them hidden.")
        if out:
            try:
                out.write_bytes(profile_files.file_of(release, out.suffix))
            except OSError as fault:
                self.say(f"{out} cannot be written: {fault.strerror}.")
                sys.exit(1)
            self.say(f"Written to {out}.")
        document = {"release": release.pk, "stage": release.stage, "as_at": release.as_at.isoformat()}
        return document | {"audience": release.audience, "tables": len(tables), "figures": cells, "hidden": hidden}
