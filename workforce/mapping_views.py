"""The page on which somebody says what the columns of a partner's own extract are."""

from django.shortcuts import redirect, render

from partners.access import form_page
from partners.forms import posted
from partners.refusals import Refused
from workforce import uploads
from workforce.access import upload_page
from workforce.mapping_forms import ColumnsForm


@form_page
@upload_page()
def upload_columns(request, upload):
    known = uploads.mapping_of(upload.partner, upload.source or "council") | (upload.mapping or {})
    headings = dict.fromkeys([*upload.unmapped_headings, *upload.suggested_columns, *(upload.mapping or {})])
    form = ColumnsForm(posted(request), headings=headings, suggested=upload.suggested_columns, known=known)
    if form.is_valid():
        try:
            uploads.remember_mapping(upload=upload, mapping=form.mapping, by=request.user)
            return redirect(upload)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "workforce/upload_columns.html", {"form": form, "upload": upload})
