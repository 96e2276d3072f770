"""Bring a workforce return in from files, as the pages do: sent in, read, and then ready or to be decided on."""

import time
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from partners.management.planner_command import PlannerCommand
from partners.models import Partner, User, Via
from partners.refusals import Refused
from workforce import engine, faults, receiving, telling, uploads
from workforce.lifecycle import UNFINISHED, State
from workforce.models import Upload

MOST_SHOWN = 1_000
SHOWN = faults.HEADINGS[:-1]  # all but the value
FIGURES = ("source", "rows_read", "rows_accepted", "rows_rejected")
REFUSING = {State.UNREADABLE, State.PARKED, State.SENT_BACK, State.NEEDS_MAPPING, State.CANCELLED}


class Command(PlannerCommand):
    help = "Read workforce files and take them in as a return of a partner; --dry-run only says what is wrong."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--partner", required=True, metavar="SLUG", help="the organisation whose files they are")
        parser.add_argument("--partnership", metavar="SLUG", help="needed where the organisation is in several")
        parser.add_argument("--as-at", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--source", default="", metavar="NAME", help="default: worked out from the headings")
        parser.add_argument("--dry-run", action="store_true", help="read and check, and keep nothing")
        parser.add_argument("--issues", type=Path, metavar="FILE.csv", help="write all faults there")
        parser.add_argument("--by", metavar="EMAIL", help="whose rights and name it is done with")

    def act(self, files, partner, partnership, as_at, source, dry_run, issues, by, **options):
        self.began, self.options, self.issues_file = time.monotonic(), options, issues
        person = self._person(by)
        place = self._partner(partner, partnership)
        self._insist_on(files, issues)
        if dry_run:
            return self._look_at(files, place, as_at, source)
        return self._take_in(files, place, as_at, source, person)

    def _person(self, email):
        person = User.objects.filter(email=email.lower()).first() if email else None
        if email and person is None:
            self.wrong_usage(f"Nobody here signs in with {email}.")
        return person

    def _partner(self, slug, partnership):
        places = Partner.objects.filter(organisation__slug=slug).select_related("partnership", "organisation")
        places = places.filter(partnership__slug=partnership) if partnership else places
        if len(places) > 1:
            self.wrong_usage(f"{slug} is a partner in several partnerships: say which, with --partnership.")
        return places[0] if places else self.wrong_usage(f"There is no partner called {slug}.")

    def _insist_on(self, files, issues):
        missing = [file for file in files if not file.is_file()]
        if missing:
            self.wrong_usage(f"{missing[0]} cannot be opened.")
        if issues and not issues.absolute().parent.is_dir():
            self.wrong_usage(f"The folder of {issues} is not there.")

    # --- Only looked at -----------------------------------------------------------------------------------------------

    def _look_at(self, files, partner, as_at, source):
        ours, document = engine.current(), self._document()
        with TemporaryDirectory(prefix="workforce-") as folder:
            try:
                checked = self._read(ours, files, partner, as_at, source, Path(folder))
            except ours.unreadable as fault:
                issue = _issue(fault.where, fault.sentence, fault.accepted)
                self._refuse(receiving.sentence_of(fault), document | {"issues": [issue]})
            except ours.needs_mapping as fault:
                lacking = " ".join(getattr(fault, "faults", ()))
                headings = ", ".join(fault.headings)
                self._refuse(f"Somebody has to say what these columns are: {headings}. {lacking}".strip(), document)
            document |= {name: getattr(checked, name) for name in FIGURES}
            document["issues"] = self._issues(checked.issues, checked.causes)
        self._say(document, checked.errors, checked.warnings)
        if not checked.rows_accepted:
            self._refuse(receiving.NO_ROWS, document)
        return document | self._seconds()

    def _read(self, ours, files, partner, as_at, source, folder):
        return ours.read(
            [ours.given(file.name, file) for file in files],
            as_at=as_at,
            source=source or None,
            mapping=uploads.mapping_of(partner) or None,
            keys=ours.keys(settings.PSEUDONYM_SECRET, partner),
            folder=folder,
            today=timezone.localdate(),
            progress=Progress(self.stderr),
        )

    # --- Taken in -----------------------------------------------------------------------------------------------------

    def _take_in(self, files, partner, as_at, source, person):
        upload = self._send(files, partner, as_at, source, person)
        if upload.sent_before:
            self.say("These files were sent before, so nothing was done twice.")
        upload = self._read_now(upload)
        document = self._document() | {name: getattr(upload, name) for name in FIGURES}
        document |= {"source": upload.source or None, "quality": upload.quality}
        document |= {"upload": upload.pk, "state": upload.state}
        if upload.fault:
            document["issues"] = [_issue("", upload.fault, "")]
        if upload.issues_stored:
            with faults.issues_of(upload) as path:
                document["issues"] = self._issues(path, list(upload.causes.order_by("position")))
        self._say(document, upload.errors, upload.warnings)
        self.say(f"{telling.headline(upload, whose='The')}.")
        if upload.state in REFUSING:
            self._refuse(upload.fault or f"{upload.get_state_display()}.", document)
        return document | self._seconds()

    def _send(self, files, partner, as_at, source, person):
        opened = [File(file.open("rb"), name=file.name) for file in files]
        try:
            return uploads.send_in(
                partnership=partner.partnership, partner=partner, as_at=as_at, files=opened, by=person, source=source,
                via=Via.COMMAND,
            )  # fmt: skip
        except Refused as refusal:
            self._refuse(refusal.sentence, self._document() | {"field": refusal.field})
        finally:
            for file in opened:
                file.close()

    def _read_now(self, upload):
        """Read it here, unless a worker was quicker; then wait for that."""
        while True:
            receiving.read_upload(upload.pk)
            upload = Upload.objects.select_related("partner", "partnership").get(pk=upload.pk)
            if upload.state not in UNFINISHED:
                return upload
            time.sleep(0.5)

    # --- What is said -------------------------------------------------------------------------------------------------

    def _document(self):
        return {"source": None, "rows_read": 0, "rows_accepted": 0, "rows_rejected": 0, "issues": [], "quality": None}

    def _seconds(self):
        return {"seconds": round(time.monotonic() - self.began, 3)}

    def _issues(self, path, causes):
        """The first of the faults for the document, and all of them for the file that was asked for."""
        if self.issues_file:
            with self.issues_file.open("w", encoding="utf-8", newline="") as target:
                target.writelines(faults.as_csv(faults.lines_of(path, causes)))
        lines = islice(faults.lines_of(path, causes), MOST_SHOWN)
        return [dict(zip(SHOWN, line, strict=False)) for line in lines]

    def _say(self, document, errors, warnings):
        left = f"{document['rows_accepted']:,} of {document['rows_read']:,} rows accepted"
        self.say(f"{left}; {telling.counted(errors, 'error')}, {telling.counted(warnings, 'warning')}.")

    def _refuse(self, sentence, document):
        self.refuse(sentence, self.options, document | self._seconds())


def _issue(where, message, accepted):
    """A fault of a whole file in the shape of the others."""
    return dict(zip(SHOWN, (where, None, "", "unreadable", "error", message, accepted), strict=True))


class Progress:
    """Rows read, on one line of a terminal; silent elsewhere."""

    def __init__(self, out):
        self.out, self.last = out, 0.0

    def __call__(self, phase, rows_done, bytes_done=0, bytes_total=0):
        if self.out.isatty() and time.monotonic() - self.last > 0.2:
            self.last = time.monotonic()
            share = f" {100 * bytes_done / bytes_total:.0f}%" if bytes_total else ""
            self.out.write(f"\r{phase}: {rows_done:,} rows{share}", ending="")
            self.out.flush()
