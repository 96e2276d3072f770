"""Works out how good the data of an upload are, and keeps that with the upload. Nobody asks for it: the worker does.

The same snapshot and the same earlier returns always give the same report, so it can be worked out again at any time.
What is kept are counts; no cell of anybody's file is among them.
"""

import logging
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from workforce import vault
from workforce.models import Snapshot, Upload
from workforce.quality import establishments as of_workplaces
from workforce.quality import faults as of_files
from workforce.quality.consistency import CHECKS
from workforce.quality.mapping import CodeCount, mapping_loss
from workforce.quality.measures import count_duplicates, count_fields, count_over, run_check
from workforce.quality.report import OVER, VERSION, kept_report
from workforce.returns_in_use import is_known
from workforce.sources import SOURCES

logger = logging.getLogger(__name__)

MOST_EARLIER = 4  # returns to compare with: two years of half-yearly ones


def assess_when_read(upload):
    """For the worker, after an upload has been read. A fault in here is never a reason not to have the upload.

    Only its kind is logged, because the words of an exception may be a cell. Every night's round tries again.
    """
    try:
        assess(upload)
    except Exception as fault:  # noqa: BLE001 - as the docstring says
        logger.warning("The quality of upload %s could not be worked out: %s", upload.pk, type(fault).__name__)


def assess(upload):
    """Work out and keep the quality of an upload that has been read; the report, or None where nothing is kept of it.

    It is derived from what is stored and changes nothing that anybody decided, so no right is asked and no history
    written.
    """
    snapshot = Snapshot.objects.filter(upload=upload).exclude(stored="").select_related("upload").first()
    if snapshot is None:
        return None
    earlier = earlier_than(snapshot.upload)
    with _at_hand([snapshot, *earlier]) as found:
        report = _report(snapshot, earlier, *found)
    Upload.objects.filter(pk=snapshot.upload_id).update(quality=report)
    return report


def assess_outdated():
    """Every upload in use whose report is missing, was made in an earlier way, or compares with other returns."""
    for snapshot in Snapshot.objects.ready().select_related("upload").order_by("upload__as_at"):
        if is_outdated(snapshot.upload):
            assess_when_read(snapshot.upload)


def is_outdated(upload):
    kept = upload.quality
    if not kept or kept.get("version") != VERSION:
        return True
    return kept["compared"] != [snapshot.upload_id for snapshot in earlier_than(upload)]


def earlier_than(upload):
    """The snapshots of the same partner and source for earlier days that are in use, the newest first."""
    of_same = Snapshot.objects.ready().filter(upload__partner=upload.partner_id, upload__source=upload.source)
    before = of_same.filter(upload__as_at__lt=upload.as_at).select_related("upload")
    return list(before.order_by("-upload__as_at")[:MOST_EARLIER])


@contextmanager
def _at_hand(snapshots):
    """(path of the newest one's posts, table of its workplaces, tables of the earlier ones' workplaces)."""
    with tempfile.TemporaryDirectory(prefix="quality-") as folder:
        newest, *earlier = snapshots
        with vault.at_hand(newest.stored, folder) as posts:
            yield posts, _workplaces(newest, posts, folder), [_companion(one, folder) for one in earlier]


def _companion(snapshot, folder):
    if not snapshot.establishments_stored:
        return None
    with vault.at_hand(snapshot.establishments_stored, folder) as path:
        return of_workplaces.read_establishments(Path(path))


def _workplaces(snapshot, posts, folder):
    table = _companion(snapshot, folder)
    return of_workplaces.establishments_from_posts(Path(posts)) if table is None else table


def _report(snapshot, earlier, posts, workplaces, before):
    upload = snapshot.upload
    faults = faults_of(upload)
    rows, repeated = count_duplicates(posts)
    return kept_report(
        as_at=upload.as_at,
        counts=count_fields(posts),
        unreadable=of_files.unreadable_cells(faults, fields_of(upload)),
        checks=[run_check(check, posts, upload.as_at) for check in CHECKS],
        rules=of_files.contradictions(faults),
        rows=rows,
        repeated=repeated,
        left_out_as_repeated=of_files.rows_left_out_as_repeated(faults),
        losses=mapping_loss(code_counts(snapshot)),
        strata=of_workplaces.strata_of(workplaces),
        over_50=count_over(posts, OVER),
        compared=[one.upload_id for one in earlier],
        **_over_time(upload, workplaces, earlier, before),
    )


def _over_time(upload, workplaces, earlier, before):
    """What needs a companion, and mostly an earlier one."""
    if "last_changed" not in workplaces:
        return dict.fromkeys(("timeliness", "carry_forward", "flows"))
    known = {one.upload.as_at: table for one, table in zip(earlier, before, strict=True) if table is not None}
    changed = of_workplaces.last_known_change(workplaces, list(known.values()))
    day = of_workplaces.earlier_to_compare(upload.as_at, list(known))
    months = of_workplaces.months_between(day, upload.as_at) if day else None
    return {
        "timeliness": of_workplaces.timeliness(changed, upload.as_at),
        "carry_forward": of_workplaces.carry_forward(workplaces, list(known.values())) if known else None,
        "flows": of_workplaces.flow_closure(workplaces, known[day], months) if day else None,
    }


def faults_of(upload):
    """The causes of an upload's faults, each with the kind of file that it was found in."""
    source, kinds = SOURCES.get(upload.source), kinds_of(upload)
    kind_of = dict(upload.files.exclude(kind="").values_list("name", "kind"))
    return [
        of_files.Fault(
            column=cause.column, code=cause.code, message=cause.message, accepted=cause.accepted, count=cause.count,
            kind=kinds.get(kind_of.get(cause.file)),
            of_posts=not source or kind_of.get(cause.file) == source.POSTS,
        )
        for cause in upload.causes.all()
    ]  # fmt: skip


@dataclass(frozen=True)
class Headings:
    """The headings of a sheet, without the sheet."""

    headings: tuple[str, ...]


def kinds_of(upload):
    """{name: kind of file} of the source of an upload; of headings that were given a meaning, as it was read then."""
    source, today = SOURCES.get(upload.source), timezone.localdate()
    if source and upload.mapping and hasattr(source, "kinds_of"):
        headings = Headings(tuple(upload.mapping))
        names = set(upload.files.exclude(kind="").values_list("kind", flat=True))
        return source.kinds_of(dict.fromkeys(names, headings), upload.mapping, today)
    return {kind.name: kind for kind in source.file_kinds(today)} if source else {}


def fields_of(upload):
    """{column of the sender's: field of the template that it fills}."""
    return of_files.mapped_columns(upload.mapping) if upload.mapping else of_files.columns_of(upload.source)


def code_counts(snapshot):
    """What became of each of the sender's codes, and whether a crosswalk knew it."""
    source = snapshot.upload.source
    return [CodeCount(**one, known=is_known(one["field"], source, one["code"])) for one in snapshot.mapping_loss]
