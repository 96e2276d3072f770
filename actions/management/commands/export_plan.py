"""Give a plan away as a file, as the pages do."""

from pathlib import Path

from actions.exports import PlanExport
from actions.own_document import document_of, given_back
from partners.management.planner_command import PlannerCommand
from partners.refusals import Refused
from strategies.models import Strategy
from workforce.writing import WRITERS

OWN = "own"  # the partner's own Word document


class Command(PlannerCommand):
    help = "Write a strategy's plan to a file."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--strategy", required=True, metavar="SLUG")
        parser.add_argument("--format", required=True, choices=[*WRITERS, OWN])
        parser.add_argument("--out", required=True, type=Path)

    def act(self, strategy, format, out, **options):
        plan = Strategy.objects.filter(slug=strategy).first()
        if plan is None:
            self.wrong_usage(f"There is no strategy called {strategy}.")
        write = self._own if format == OWN else WRITERS[format][0]
        export = PlanExport(plan)
        try:
            out.write_bytes(write(export))
        except OSError as fault:
            raise Refused(f"{out} cannot be written: {fault.strerror}.") from fault
        self.say(f"Written to {out}.")
        return {"strategy": strategy, "format": format, "out": str(out), "rows": plan.actions.in_plan().count()}

    def _own(self, export):
        document = document_of(export.strategy)
        if document is None:
            raise Refused("No Word document of the partnership's own is kept.", accepted="Import one, or use docx.")
        content, left = given_back(document)
        for each in left:
            self.say(f"Not in the document: {each.key or 'the row'} of row {each.action} ({each.why or 'as a whole'}).")
        return content
