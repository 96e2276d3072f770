"""Did you mean …? For references that no workplace of the return has: the one that is nearly the same, if there is one.

Worked out when the page is shown, from the workplace file as it was sent, and only where that is small: nothing of it
is stored.
"""

from difflib import get_close_matches
from tempfile import TemporaryDirectory

from workforce import vault
from workforce.checking.engine import heading_key
from workforce.reading import Given, Unreadable, open_files

REFERS_TO_WORKPLACES = "A LOCALESTID of the workplace file"  # how such a cause says what would be accepted
REFERENCE = "LOCALESTID"
MOST_BYTES, MOST_WORKPLACES = 2_000_000, 5_000
ALIKE = 0.75  # of 1, as difflib compares texts


def nearest(value, references):
    """The reference that this was probably meant to be: the same but for case and signs, or else very much alike."""
    plain = {heading_key(reference): reference for reference in references}
    found = get_close_matches(heading_key(value), list(plain), n=1, cutoff=ALIKE)
    return plain[found[0]] if found and heading_key(value) else ""


def nearest_to_examples(upload, causes):
    """{position of the cause: what its first example was probably meant to be}."""
    asking = [cause for cause in causes if cause.accepted == REFERS_TO_WORKPLACES and cause.examples]
    references = _references(upload) if asking else []
    found = {cause.position: nearest(cause.examples[0][1] or "", references) for cause in asking}
    return {position: reference for position, reference in found.items() if reference}


def _references(upload):
    read = upload.files.filter(kind="workplace", rows_read__lte=MOST_WORKPLACES).first()
    if read is None:
        return []
    sent = [one for one in upload.files.exclude(stored="") if f"{read.name}: ".startswith(f"{one.name}: ")]
    return _first_column_called(REFERENCE, sent[0]) if sent and sent[0].size <= MOST_BYTES else []


def _first_column_called(heading, file):
    with TemporaryDirectory(prefix="workplaces-") as folder, vault.at_hand(file.stored, folder) as path:
        try:
            sheets = [sheet for sheet in open_files([Given(file.name, path)]) if heading in sheet.headings]
            blocks = [block for sheet in sheets[:1] for block in sheet.blocks(MOST_WORKPLACES)]
        except Unreadable:
            return []
        place = sheets[0].headings.index(heading) if sheets else 0
        return [text for block in blocks for text in block.cells[place].to_pylist()]
