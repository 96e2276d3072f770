"""Evidence on a row: attached, handed out, taken off."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from actions import services
from actions.access import attachment_in, row_page
from actions.forms import AttachForm
from partners.access import form_page, within
from partners.forms import posted, posted_files
from partners.permissions import Right
from partners.refusals import Refused


def _to_row(action):
    return redirect("actions:action", action.partnership.slug, action.pk)


@form_page
@row_page(Right.ATTACH)
def attachment_add(request, action):
    if action.removed and request.method != "POST":
        return _to_row(action)
    form = AttachForm(posted(request), posted_files(request))
    if form.is_valid():
        try:
            services.attach(action=action, upload=form.cleaned_data["file"], by=request.user)
            messages.success(request, "The file has been attached.")
            return _to_row(action)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "actions/attachment_add.html", {"form": form, "action": action})


@require_safe
@within(Right.READ_PLAN, load=attachment_in)
def attachment(request, attachment):
    """Always a download of no particular type: a browser never shows what somebody attached."""
    try:
        stored = attachment.file.open("rb")
    except FileNotFoundError:
        return render(request, "actions/attachment_gone.html", {"attachment": attachment}, status=404)
    response = FileResponse(
        stored, as_attachment=True, filename=attachment.name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@within(Right.ATTACH, load=attachment_in)
def attachment_remove(request, attachment):
    services.remove_attachment(attachment=attachment, by=request.user)
    messages.success(request, f"{attachment.name} has been taken off this row.")
    return _to_row(attachment.action)
