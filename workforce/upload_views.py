"""Pages through which a partner sends in its return, reads what is wrong with it, and decides about it."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from partners.access import form_page, within
from partners.forms import posted, posted_files
from partners.middleware import takes_up_to
from partners.permissions import ANYTHING, Right, may
from partners.refusals import Refused
from partners.text import number_in
from workforce import faults, telling, uploads
from workforce.access import cause_in, file_in, upload_page
from workforce.lifecycle import MOVES, STEWARD, UNFINISHED
from workforce.marking import marked_copy
from workforce.models import Cause
from workforce.nearest import nearest_to_examples
from workforce.protection import establishment_columns, kept_of_each_column, kept_of_each_field, retention
from workforce.returns import last_half_year, partners_sent_for, returns_seen_by
from workforce.sources.own_template import FORMATS, blank_template
from workforce.upload_forms import ReturnForm

CAUSES_SHOWN = 100
ROWS_SHOWN = 100
BLANK_FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_safe
@within(Right.READ_PLAN)
def upload_list(request):
    """Where every return stands that this person may know about."""
    today = timezone.localdate()
    returns = returns_seen_by(request.partnership, request.standing, today)
    for one in returns:
        for upload in one.uploads:
            _put_in_words(upload)
    own = [one for one in returns if one.is_own]
    context = {
        "returns": returns,
        "own": own,
        "due": last_half_year(today),
        "many": len(returns) > 1,
        "silent": [one.partner for one in returns if not one.uploads and not one.is_own],
        "first": own[0] if len(own) == 1 else None,
        "headline": telling.headline(own[0].latest) if len(own) == 1 and own[0].latest else "",
        "ready": sum(one.is_ready for one in returns),
        "sees_quality": may(request.standing, Right.READ_QUALITY, on=ANYTHING),
    }
    return render(request, "workforce/upload_list.html", context)


def _put_in_words(upload):
    upload.tag = telling.tag_of(upload)
    upload.source_label = telling.source_label(upload.source)


# --- Sending --------------------------------------------------------------------------------------------------------


def _reminded_of(query):
    """What the link in a reminder asks for; without one, the half-year that is due."""
    try:
        as_at = date.fromisoformat(query.get("as_at", ""))
    except ValueError:
        as_at = last_half_year(timezone.localdate())
    return {"as_at": as_at, "partner": number_in(query.get("partner", ""))}


@takes_up_to("MAX_WORKFORCE_BYTES")
@form_page
@within(Right.SEND_WORKFORCE)
def upload_send(request):
    partners = partners_sent_for(request.partnership, request.standing)
    form = ReturnForm(
        posted(request), posted_files(request), partners=partners,
        initial=_reminded_of(request.GET),
    )  # fmt: skip
    if form.is_valid():
        try:
            upload = uploads.send_in(partnership=request.partnership, by=request.user, **form.wanted)
            if upload.sent_before:
                messages.info(request, "These files were sent before, so nothing was done twice. This is that upload.")
            return redirect(upload)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "workforce/upload_send.html", {"form": form})


@require_safe
@upload_page()
def upload_progress(request, upload):
    """The part of the page that moves while files are read; 304 while nothing has moved."""
    mark = f'"{upload.state}-{upload.phase}-{upload.rows_done}-{upload.bytes_done}"'.encode("ascii", "ignore").decode()
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified()
    response = render(request, "workforce/_upload_progress.html", _progress_of(upload))
    response["ETag"] = mark
    return response


def _progress_of(upload):
    share = telling.share_done(upload)
    return {
        "upload": upload,
        "is_over": upload.state not in UNFINISHED,
        "per_cent": None if share is None else round(share * 100),
        "time_left": telling.time_left(upload, timezone.now()),
    }


# --- What was found -------------------------------------------------------------------------------------------------


@require_safe
@upload_page()
def upload(request, upload):
    _put_in_words(upload)
    context = {"upload": upload, "headline": telling.headline(upload), "history": telling.history_of(upload)}
    if upload.state in UNFINISHED:
        return render(request, "workforce/upload_reading.html", context | _progress_of(upload))
    causes = _causes_of(upload)
    files = _files_of(upload)
    context |= {
        "files": files,
        "downloads": [file for file in files if file.stored and file.has_faults and upload.issues_stored],
        "errors": [cause for cause in causes if cause.severity == Cause.Severity.ERROR][:CAUSES_SHOWN],
        "warnings": [cause for cause in causes if cause.severity == Cause.Severity.WARNING][:CAUSES_SHOWN],
        "has_more": len(causes) > 2 * CAUSES_SHOWN,
        "left_out": telling.rows_left_out(upload),
        "cells_missing": telling.cells_missing(upload),
        "raw_days": settings.WORKFORCE_RAW_DAYS,
        "kept_until": telling.files_kept_until(upload),
        "may": {to.value for to, who in MOVES[upload.state].items() if STEWARD in who},
        "is_decided": bool(upload.ready_at),
    }
    return render(request, "workforce/upload.html", context)


def _causes_of(upload):
    causes = sorted(upload.causes.all(), key=lambda cause: (-cause.count, cause.position))
    meant = nearest_to_examples(upload, causes)
    for cause in causes:
        row, value = cause.examples[0] if cause.examples else (cause.first_row, None)
        cause.example_row, cause.example, cause.meant = row, value, meant.get(cause.position, "")
    return causes


def _files_of(upload):
    """The files with what was read of each; parts found inside one stand under it."""
    counts = {}
    for name, severity, count in upload.causes.values_list("file", "severity", "count"):
        counts.setdefault(name, {Cause.Severity.ERROR: 0, Cause.Severity.WARNING: 0})[severity] += count
    files = list(upload.files.all())
    for file in files:
        found = counts.get(file.name, {})
        file.errors, file.warnings = found.get(Cause.Severity.ERROR, 0), found.get(Cause.Severity.WARNING, 0)
        file.has_faults = any(name == file.name or name.startswith(f"{file.name}: ") for name in counts)
    return files


@require_safe
@upload_page(cause_in)
def upload_cause(request, upload):
    """The rows of one cause, some at a time."""
    cause, page = upload.cause, _page_number(request, upload.cause)
    _insist_on_issues(upload)
    with faults.issues_of(upload) as path:
        rows = faults.rows_of(path, cause.position, (page - 1) * ROWS_SHOWN, ROWS_SHOWN)
    context = {
        "upload": upload, "cause": cause, "rows": rows, "page": page, "pages": _pages_of(cause),
        "first": (page - 1) * ROWS_SHOWN + 1, "last": (page - 1) * ROWS_SHOWN + len(rows),
        "has_values": any(value is not None for _, value in rows),
    }  # fmt: skip
    return render(request, "workforce/upload_cause.html", context)


def _pages_of(cause):
    return max(1, -(-cause.count // ROWS_SHOWN))


def _page_number(request, cause):
    asked = request.GET.get("page", "")[:9]
    return min(max(1, int(asked)), _pages_of(cause)) if asked.isdecimal() else 1


def _insist_on_issues(upload):
    if not upload.issues_stored:
        raise Refused(
            "The rows and values of these faults have been deleted with the files.",
            accepted="Send the files again to see them.",
        )


@require_safe
@upload_page()
def upload_faults(request, upload):
    """All faults as CSV."""
    _insist_on_issues(upload)
    response = StreamingHttpResponse(
        (line.encode() for line in faults.csv_of(upload)), content_type="text/csv; charset=utf-8"
    )
    name = f"faults {telling.return_name(upload)}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_safe
@upload_page(file_in)
def upload_marked(request, upload):
    """One of the files that were sent, with its faults marked."""
    _insist_on_issues(upload)
    if not upload.file.stored:
        raise Refused("This file is not kept any more.", accepted="Send the files again to have it marked.")
    copy = marked_copy(upload, upload.file)
    return FileResponse(copy.opened, as_attachment=True, filename=copy.name, content_type=copy.content_type)


# --- What becomes of it ---------------------------------------------------------------------------------------------


def _decision(door, said):
    """A view that goes through one door and says what came of it."""

    @require_POST
    @upload_page()
    def decide(request, upload):
        try:
            door(upload=upload, by=request.user)
            messages.success(request, said)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect(upload)

    return decide


upload_cancel = _decision(uploads.cancel, "Cancelled. Nothing of these files is used.")
upload_accept = _decision(
    uploads.accept_with_faults, "Accepted. The faulty cells count as missing; the other rows are in use."
)
upload_send_back = _decision(uploads.send_back, "Sent back. Put the faults right and send the files again.")
upload_withdraw = _decision(uploads.withdraw, "Withdrawn. No figure is made from it any more.")
upload_restore = _decision(uploads.restore, "Restored. Figures are made from it again.")


# --- Beside uploads -------------------------------------------------------------------------------------------------


@require_safe
@within(Right.READ_PLAN)
def template_blank(request, format):
    if format not in FORMATS:
        raise Refused("There is no blank template of this kind.", accepted="Choose Excel or CSV.")
    response = HttpResponse(blank_template(format), content_type=BLANK_FORMATS[format])
    response["Content-Disposition"] = content_disposition_header(True, f"workforce template.{format}")
    return response


@require_safe
@within(Right.READ_PLAN)
def data_protection(request):
    """What is kept of what partners send, made from the declarations that the reading itself goes by."""
    context = {
        "fields": kept_of_each_field(),
        "sources": kept_of_each_column(timezone.localdate()),
        "establishment": establishment_columns(),
        "retention": retention(),
    }
    return render(request, "workforce/data_protection.html", context)
