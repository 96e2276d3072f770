"""The returns that figures are made from, as the pages about quality need them."""

from dataclasses import dataclass

from partners.permissions import Right, may
from workforce.checking.kinds_of_words import UNLISTED
from workforce.crosswalks import crosswalk
from workforce.models import Upload
from workforce.quality.report import VERSION, Report, label_of
from workforce.quality.sector import KnownSize, Sent, sector_of
from workforce.quality.showing import in_words
from workforce.template import ABSENT

SOURCE_NAMES = {"asc_wds": "ASC-WDS", "esr": "ESR", "council": "Personnel system", "template": "Common template"}


def source_name(source):
    return SOURCE_NAMES.get(source, source or "Files")


def returns_of(partnership, partner=None):
    """Uploads that are in use, the newest day first."""
    found = Upload.objects.ready().filter(partnership=partnership).exclude(snapshot=None)
    found = found.filter(partner=partner) if partner else found
    return list(found.select_related("partner__organisation", "snapshot").order_by("-as_at", "source", "-pk"))


def newest_of_each(uploads):
    """Of each partner and source the newest return; `uploads` newest first."""
    newest = {}
    for upload in uploads:
        newest.setdefault((upload.partner_id, upload.source), upload)
    return list(newest.values())


def report_of(upload):
    """The report that is kept of an upload; None until one has been made in today's way."""
    kept = upload.quality
    return Report(kept) if kept and kept.get("version") == VERSION else None


def sizes_of(partnership):
    return [
        KnownSize(size.service, size.as_at, size.size_band, size.establishments, size.posts)
        for size in partnership.sector_sizes.all()
    ]


def sector(partnership, uploads):
    """The known size of the sector beside these returns."""
    reports = [(upload, report_of(upload)) for upload in uploads]
    sent = [
        Sent(upload.partner_id, tuple(report.kept["strata"]), tuple(report.kept["over_50"]))
        for upload, report in reports
        if report
    ]
    return sector_of(sizes_of(partnership), sent)


def sees_small_counts(standing, partner):
    """Only the stewards of a partner's own organisation, who sent the data, are told counts of one to four."""
    return may(standing, Right.SEND_WORKFORCE, on=partner)


@dataclass(frozen=True)
class CodeLine:
    """One of the sender's codes, for the sender."""

    field: str
    code: str
    value: str
    rows: int
    is_known: bool
    is_lost: bool


def lost_codes(upload):
    """Codes that share a value with others or that no crosswalk knows: for the eyes of their sender only."""
    lines = [_code_line(upload.source, **one) for one in upload.snapshot.mapping_loss]
    lost = [line for line in lines if line.is_lost]
    return sorted(lost, key=lambda line: (line.is_known, line.field, -line.rows))


def _code_line(source, *, field, code, value, rows, merged):
    known = is_known(field, source, code)
    return CodeLine(label_of(field), code, in_words(value), rows, known, not known or (merged and value not in ABSENT))


def is_known(field, source, code):
    """Whether a crosswalk knows a code. Without a crosswalk the source says the template's own words."""
    if code == UNLISTED:
        return False
    try:
        return crosswalk(field, source).of(code) is not None
    except KeyError:
        return True
