"""Bring a plan in from a file, as the pages do: read, propose, apply."""

from pathlib import Path

from actions.applying import apply_proposal
from actions.own_document import keep_document
from actions.proposing import counts_of, proposal_for, removable
from actions.reading.grids import Unreadable
from partners.management.planner_command import PlannerCommand
from partners.models import User
from strategies.models import Strategy

SHOWN = (
    "ref", "aim", "theme", "activity", "expected_outcome", "evidence", "timescale_text", "milestones", "ongoing",
    "recurs", "resource_requirement", "priority", "leads", "status", "progress", "change",
)  # fmt: skip


class Command(PlannerCommand):
    help = "Read a plan file and bring it into a strategy; --dry-run only says what would change."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--strategy", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument(
            "--keep-missing", action="store_true", help="leave rows in the plan that our own file no longer has"
        )
        parser.add_argument("--by", metavar="EMAIL", help="whose rights and name it is done with")

    def act(self, file, strategy, dry_run, keep_missing, by, **options):
        plan = Strategy.objects.filter(slug=strategy).first()
        person = User.objects.filter(email=by.lower()).first() if by else None
        if plan is None:
            self.wrong_usage(f"There is no strategy called {strategy}.")
        if by and person is None:
            self.wrong_usage(f"Nobody here signs in with {by}.")
        try:
            content = self._content(file)
            proposal = proposal_for(plan, file.name, content)
        except Unreadable as fault:
            problem = {"where": fault.where, "message": fault.message, "accepted": fault.accepted}
            self.refuse(f"{fault.message} {fault.accepted}", options, {"rows": [], "problems": [problem]})
        document = {
            "rows": [{key: row[key] for key in SHOWN} for row in proposal["rows"]],
            "problems": proposal["problems"],
            "removed": [row["name"] for row in removable(proposal)],
        }
        self._say_what(proposal)
        if not dry_run:
            take_out = proposal["take_out"] and not keep_missing
            applied = apply_proposal(strategy=plan, proposal=proposal, by=person, via="command", take_out=take_out)
            self.say(f"{applied.added} rows added, {applied.changed} changed, {applied.removed} taken out.")
            document["left"] = applied.left
            kept = {"name": file.name, "content": content, "became": applied.became, "via": "command"}
            keep_document(strategy=plan, proposal=proposal, by=person, **kept)
        return document

    def _content(self, file):
        try:
            return file.read_bytes()
        except OSError:
            self.wrong_usage(f"{file} cannot be opened.")

    def _say_what(self, proposal):
        counts = counts_of(proposal)
        self.say(", ".join(f"{count} {kind}" for kind, count in counts.items()))
        for problem in proposal["problems"]:
            self.say(f"{problem['where']}: {problem['message']} {problem['accepted']}")
