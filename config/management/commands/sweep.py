"""`manage.py sweep`: what the clock does each minute, by hand."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand

from config.housekeeping import sweep


class Command(BaseCommand):
    help = "Send unfinished background work again; say what was parked and why."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")

    def handle(self, **options):
        swept = sweep()
        for sentence in swept.sent_again:
            self.stderr.write(f"Sent again: {sentence}", style_func=str)
        for sentence in swept.parked:
            self.stderr.write(f"Parked: {sentence}", style_func=str)
        if not (swept.sent_again or swept.parked):
            self.stderr.write("Nothing was left unfinished.", style_func=str)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(swept)))
