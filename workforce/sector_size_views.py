"""Pages on which the coordinator keeps how large the sector is known to be."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from partners.access import form_page, within
from partners.forms import ConfirmForm, posted
from partners.permissions import Right, may
from partners.refusals import Refused
from workforce import uploads
from workforce.quality.showing import in_order, in_words
from workforce.sector_size_forms import SectorSizeEditForm, SectorSizeForm


def _size(partnership, pk):
    return _named(partnership.sector_sizes.select_related("partnership").get(pk=pk))


def _named(size):
    """With the words for its service and size, and its numbers as people write them."""
    size.service_words = in_words(size.service)
    size.band_words = in_words(size.size_band) if size.size_band else "All sizes"
    size.establishments_words, size.posts_words = (
        "Not known" if count is None else f"{count:,}" for count in (size.establishments, size.posts)
    )
    return size


def _to_list(request):
    return redirect("quality:sector-size", request.partnership.slug)


@require_safe
@within(Right.READ_QUALITY)
def sector_size(request):
    sizes = sorted(request.partnership.sector_sizes.all(), key=lambda size: in_order(size.service, size.size_band))
    sizes = [_named(size) for size in sizes]
    context = {"sizes": sizes, "may_edit": may(request.standing, Right.EDIT_SECTOR_SIZE)}
    return render(request, "workforce/sector_size.html", context)


@form_page
@within(Right.EDIT_SECTOR_SIZE)
def sector_size_add(request):
    form = SectorSizeForm(posted(request), partnership=request.partnership)
    if form.is_valid() and _saved(request, form, **form.cleaned_data):
        messages.success(request, f"{in_words(form.cleaned_data['service'])} has been added.")
        return _to_list(request)
    return render(request, "workforce/sector_size_add.html", {"form": form})


@form_page
@within(Right.EDIT_SECTOR_SIZE, load=_size)
def sector_size_edit(request, size):
    stored = {name: getattr(size, name) for name in uploads.SIZE_FIELDS}
    form = SectorSizeEditForm(posted(request), initial=stored)
    kind = {"service": size.service, "size_band": size.size_band, "as_at": size.as_at}
    if form.is_valid() and _saved(request, form, **kind, **form.cleaned_data):
        messages.success(request, f"{size.service_words} has been saved.")
        return _to_list(request)
    return render(request, "workforce/sector_size_edit.html", {"form": form, "size": size})


def _saved(request, form, **line):
    try:
        return uploads.set_sector_size(partnership=request.partnership, by=request.user, **line)
    except Refused as refusal:
        form.refuse(refusal)


@form_page
@within(Right.EDIT_SECTOR_SIZE, load=_size)
def sector_size_remove(request, size):
    form = ConfirmForm(posted(request), button="Remove from the table")
    if form.is_valid():
        try:
            uploads.remove_sector_size(size=size, by=request.user)
            messages.success(request, f"{size.service_words} has been removed.")
            return _to_list(request)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "workforce/sector_size_remove.html", {"form": form, "size": size})
