"""What the pages of this app are about, fetched through the partnership."""

from partners.access import within
from partners.permissions import Right


def upload_in(partnership, pk):
    related = partnership.uploads.select_related("partner__organisation", "partner__partnership", "partnership")
    return related.get(pk=pk)


def cause_in(partnership, pk, position):
    upload = upload_in(partnership, pk)
    upload.cause = upload.causes.get(position=position)
    return upload


def file_in(partnership, pk, position):
    upload = upload_in(partnership, pk)
    upload.file = upload.files.get(position=position)
    return upload


def upload_page(load=upload_in):
    """Guard a page about one upload: for its own partner's data steward alone, because cells are seen there."""
    return within(Right.SEND_WORKFORCE, load=load)
