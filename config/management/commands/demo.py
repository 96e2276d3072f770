"""Build the demonstration, or the large one for load tests. Running it again changes nothing."""

import json

from django.core.management.base import BaseCommand, CommandError

from config.demo import large, story
from config.demo.summary import summary
from partners.refusals import Refused

WIDTH = 40


class Command(BaseCommand):
    help = (
        f"Build the demonstration partnership, at /p/{story.SLUG}/, with a year of history. With --large: instead a "
        f"partnership of 200 organisations, at /p/{large.SLUG}/, with two plans of 1,000 actions, "
        f"{' and '.join(large.PLANS)}. What is there already is left as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument("--large", action="store_true", help="build the large partnership for load tests instead")
        parser.add_argument("--json", action="store_true", help="print one JSON document on standard output")

    def handle(self, *args, **options):
        which, coordinator = _which(options["large"])
        try:
            built = which.build(self._tell if self.stderr.isatty() else None)
            answer = {"built": built, **summary(which.SLUG), "password": _password(coordinator)}
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        self._answer(answer, as_json=options["json"])

    def _tell(self, done, of):
        """A bar on the terminal, drawn a hundred times at most."""
        if done % max(of // 100, 1) == 0 or done == of:
            bar = "#" * (WIDTH * done // of)
            self.stderr.write(f"\r[{bar:<{WIDTH}}] {100 * done // of}%", ending="\n" if done == of else "")

    def _answer(self, answer, *, as_json):
        for line in _lines(answer):
            self.stderr.write(line)
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _which(is_large):
    return (large, large.coordinator_address()) if is_large else (story, story.COORDINATOR)


def _password(coordinator):
    """The password of all sign-ins, or None when it has been set afresh since they were made."""
    return story.password() if story.is_open_to(coordinator) else None


def _lines(answer):
    counts = answer["counts"]
    yield f"The demonstration {'has been built' if answer['built'] else 'is already there: nothing was changed'}."
    yield (
        f"/p/{answer['partnership']}/ has {counts['organisations']} organisations, {counts['people']} people, "
        f"{counts['actions']:,} actions and {counts['updates']:,} reports."
    )
    yield "Sign in with any of these addresses:"
    for one in answer["sign_ins"]:
        yield f"  {one['email']:<42} {one['name']}"
    known = answer["password"]
    yield f"Password: {known}" if known else "Password: the one they were made with; DEMO_PASSWORD has changed since."
