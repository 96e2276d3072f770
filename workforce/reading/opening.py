"""The files of one return, each opened as what it is."""

from .delimited import delimited_sheet
from .encodings import Source
from .guards import kind_of
from .shapes import LIMITS, Given, Limits, Recognise, Sheet, Unreadable


def open_files(files: list[Given], limits: Limits = LIMITS, recognise: Recognise = None) -> list[Sheet]:
    """Every table of the files, in their order; members of zip files and sheets of workbooks count as tables.

    The heading row is the first of a table's first 30 rows for which `recognise` is true, else its first row that is
    not blank. Raises Unreadable for a file that cannot be read, its name in `where`.
    """
    return [sheet for given in files for sheet in _sheets(given, limits, recognise)]


def _sheets(given: Given, limits: Limits, recognise: Recognise) -> list[Sheet]:
    source = Source(given.name, given.path.stat().st_size, lambda: given.path.open("rb"))
    try:
        return _sheets_of(source, limits, recognise)
    except Unreadable as refusal:
        raise refusal.within(given.name) from refusal


def _sheets_of(source: Source, limits: Limits, recognise: Recognise) -> list[Sheet]:
    with source.open() as stream:
        head = stream.read(65_536)
    kind = kind_of(head, source.size, limits)
    if kind == "zip":
        raise Unreadable("Zip files are not read yet.")
    return [delimited_sheet(source, recognise, limits)]
