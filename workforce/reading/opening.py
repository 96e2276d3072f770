"""The files of one return, each opened as what it is."""

from io import BytesIO

from .archives import members_of, tables_in
from .delimited import delimited_sheet
from .encodings import Source
from .guards import check_size, kind_of
from .shapes import LIMITS, Given, Limits, Recognise, Sheet, Unreadable
from .workbooks import TYPES, workbook_sheets


def open_files(files: list[Given], limits: Limits = LIMITS, recognise: Recognise = None) -> list[Sheet]:
    """Every table of the files, in their order; members of zip files and sheets of workbooks count as tables.

    The heading row is the first of a table's first 30 rows for which `recognise` is true, else its first row that is
    not blank. Raises Unreadable for a file that cannot be read, its name in `where`.
    """
    sources = [
        Source(given.name, given.path.stat().st_size, lambda given=given: given.path.open("rb")) for given in files
    ]
    return [sheet for source in sources for sheet in _opened(source, recognise, limits)]


def _opened(source: Source, recognise: Recognise, limits: Limits, packed: bool = False) -> list[Sheet]:
    """The sheets of one file, or of one member of a zip file (`packed`)."""
    try:
        if _kind(source, limits) == "text":
            return [delimited_sheet(source, recognise, limits)]
        if packed:
            source = _in_memory(source, limits)
        members = members_of(source, limits)
        names = {member.filename for member in members}
        if TYPES in names:
            return workbook_sheets(source, members, recognise, limits)
        if {"mimetype", "content.xml"} & names:
            raise Unreadable("This is an OpenDocument file (such as .ods), which is not read here. Save it as .xlsx.")
        if packed:
            raise Unreadable("This is a zip file inside a zip file. Unpack it and send what is in it.")
        tables = tables_in(source, members, limits)
    except Unreadable as refusal:
        raise refusal.within(source.name) from refusal
    return [sheet for table in tables for sheet in _opened(table, recognise, limits, packed=True)]


def _kind(source: Source, limits: Limits) -> str:
    with source.open() as stream:
        return kind_of(stream.read(65_536), source.size, limits)


def _in_memory(source: Source, limits: Limits) -> Source:
    """A workbook inside a zip file, unpacked so that its own parts can be reached."""
    check_size(source.size, limits.workbook_bytes, "A workbook")
    with source.open() as stream:
        content = stream.read()
    return Source(source.name, source.size, lambda: BytesIO(content))
