"""What the planner's commands share: one JSON document on standard output, words for people on standard error."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from partners.refusals import Refused


class PlannerCommand(BaseCommand):
    """Exit 0: done. Exit 1: refused, with the reasons. Exit 2: wrong usage."""

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print one JSON document on standard output")

    def handle(self, *args, **options):
        try:
            document = self.act(**options)
        except Refused as refusal:
            self.refuse(refusal.sentence, options, {"field": refusal.field})
        else:
            self.print_json(document, options)

    def say(self, words):
        self.stderr.write(words, self.style.NOTICE if self.stderr.isatty() else lambda text: text)

    def print_json(self, document, options):
        if options["json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))

    def refuse(self, sentence, options, extra=None):
        """Say why not, and leave with 1."""
        self.say(sentence)
        self.print_json({"refused": sentence} | (extra or {}), options)
        sys.exit(1)

    def wrong_usage(self, sentence):
        raise CommandError(sentence, returncode=2)
