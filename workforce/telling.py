"""An upload in words: what has become of it, how far it is, and what people did with it."""

from datetime import timedelta

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format

from partners.models import Act
from workforce.lifecycle import State
from workforce.retention import ABANDONED_AFTER, DONE
from workforce.sources import SOURCES


def source_label(name):
    """What people call a source; nothing while it is not known."""
    return SOURCES[name].LABEL if name in SOURCES else name


def counted(number, one, many=None):
    return f"{intcomma(number)} {one if number == 1 else many or one + 's'}"


def return_name(upload):
    """September 2026 return: how people speak of it."""
    return f"{date_format(upload.as_at, 'F Y')} return"


def rows_left_out(upload):
    """Rows of all its files that are not taken, whether they are posts or not."""
    return sum(file.rows_rejected for file in upload.files.all())


def cells_missing(upload):
    """At most so many cells count as missing: each fault that did not cost a whole row is one of them."""
    return max(0, upload.errors - rows_left_out(upload))


def headline(upload, whose="Your"):
    """The one sentence that says where a return stands."""
    return f"{whose} {return_name(upload)} {_where_it_stands(upload)}"


def _where_it_stands(upload):
    rows = f"{intcomma(upload.rows_accepted)} of {counted(upload.rows_read, 'row')}"
    if upload.state == State.TO_DECIDE:
        needing = counted(upload.errors, "fault needs", "faults need")
        return f"has been read. {rows} can be used; {needing} your decision"
    if upload.state == State.READY:
        known = f". {counted(upload.errors, 'known fault needs', 'known faults need')} fixing" if upload.errors else ""
        return f"is ready: {rows}{known}"
    return STANDS[upload.state]


STANDS = {
    State.WAITING: "is waiting to be read",
    State.READING: "is being read",
    State.NEEDS_MAPPING: "needs its columns named",
    State.SENT_BACK: "was sent back: none of it is used",
    State.UNREADABLE: "could not be read",
    State.PARKED: "could not be read in three attempts",
    State.CANCELLED: "was cancelled: none of it is used",
    State.SUPERSEDED: "was replaced by a later upload",
    State.WITHDRAWN: "was withdrawn: none of it is used",
}
# How a state is marked; the word is always there too.
TAGS = {
    State.READY: "govuk-tag--green",
    State.TO_DECIDE: "govuk-tag--yellow",
    State.NEEDS_MAPPING: "govuk-tag--yellow",
    State.UNREADABLE: "govuk-tag--red",
    State.PARKED: "govuk-tag--red",
    State.WAITING: "govuk-tag--blue",
    State.READING: "govuk-tag--blue",
}


def tag_of(upload):
    return TAGS.get(upload.state, "govuk-tag--grey")


# --- While it is being read -----------------------------------------------------------------------------------------


def share_done(upload):
    """How much of the bytes has been read, from 0 to 1; None while that is not known."""
    if upload.state != State.READING or not (upload.bytes_done and upload.bytes_total):
        return None
    return min(1.0, upload.bytes_done / upload.bytes_total)


def time_left(upload, now):
    """A sentence made of the time since reading began: what is left takes as long for each byte. Blank if unknown."""
    share = share_done(upload)
    if share is None or share < 0.05:
        return ""
    seconds = (now - upload.moved).total_seconds() * (1 - share) / share
    if seconds < 10:
        return "A few seconds left"
    if seconds < 90:
        return f"About {round(seconds, -1):.0f} seconds left"
    return f"About {round(seconds / 60):.0f} minutes left"


# --- How long the files are kept ------------------------------------------------------------------------------------


def files_kept_until(upload):
    """The day on which the files as they were sent are deleted if nothing happens; None when they are gone."""
    if upload.raw_deleted:
        return None
    for_days = timedelta(days=settings.WORKFORCE_RAW_DAYS)
    if upload.state in DONE:
        return (upload.ready_at or upload.moved) + for_days
    return upload.moved + ABANDONED_AFTER


# --- What people did ------------------------------------------------------------------------------------------------

MOVED = {
    State.WAITING: "To be read again, with its columns named",
    State.NEEDS_MAPPING: "Read: its columns have to be named",
    State.TO_DECIDE: "Read: it has faults to decide on",
    State.READY: "Read: ready to use",
    State.SENT_BACK: "Sent back",
    State.UNREADABLE: "Could not be read",
    State.PARKED: "Put aside after three attempts to read it",
    State.CANCELLED: "Cancelled",
    State.SUPERSEDED: "Replaced by a later upload",
    State.WITHDRAWN: "Withdrawn",
}
OF_THE_FILES = {"files": "The files as they were sent were deleted", "snapshot": "What was kept of it was deleted"}


def history_of(upload):
    """(what happened, the line of the history) of an upload, the latest first."""
    lines = upload.partnership.changes.filter(subject="upload", subject_id=upload.pk)
    return [(_what_happened(line), line) for line in lines]


def _what_happened(line):
    if line.act == Act.ADDED:
        return f"{counted((line.after or {}).get('files', 1), 'file')} sent in"
    if line.field in OF_THE_FILES:
        return OF_THE_FILES[line.field]
    if line.act == Act.RESTORED:
        return "Restored: in use again"
    if line.after == State.READY and line.before == State.TO_DECIDE:
        return "Accepted with its known faults"
    return MOVED.get(line.after, str(line))
