"""An Office file as a zip of parts: opened under guard, read part by part, nothing else ever unpacked.

Macros, embedded objects, pictures and external links are never read, so `.xlsm` and `.docm` are accepted for their
tables alone. A macro inside a file that says it has none is a disguise and is refused.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from .grids import Unreadable
from .guards import ACCEPTED, LIMITS, Limits, check_tags, check_xml, too_long

DAMAGED = "The file is damaged or was cut short on its way. Open it, save it again and send the new copy."
LOCKED = "The file is protected with a password. Remove the password and try again."
WORD_TYPES = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroenabled",
)
EXCEL_TYPES = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml", "ms-excel.sheet.macroenabled")
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OPEN_KINDS = {
    "text": "This is an OpenDocument text (.odt). Open it and save it as a Word document (.docx).",
    "presentation": "This is a presentation. Copy the plan's table into Word or Excel and send that.",
    "graphics": "This is an OpenDocument drawing. Send the plan's table in a document or workbook.",
}
OTHER_TYPES = (
    ("ms-excel.sheet.binary", "This is a binary workbook (.xlsb). Open it and save it as .xlsx."),
    ("presentationml", "This is a presentation. Copy the plan's table into Word or Excel and send that."),
)


def parse_xml(part: bytes) -> etree._Element:
    """Parse without entities, network or unlimited sizes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(DAMAGED, accepted=ACCEPTED) from error


def local(element) -> str:
    """An element's name without its namespace, so that strict and ordinary Office files read alike."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class Package:
    def __init__(self, content: bytes, limits: Limits = LIMITS):
        self.limits = limits
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            self._members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable(DAMAGED, accepted=ACCEPTED) from error
        self._check_members()
        self.names = {member.filename for member in self._members}
        self.kind, self.main_part = self._main()

    def _check_members(self) -> None:
        if len(self._members) > self.limits.members:
            raise Unreadable(
                f"The file is made of {len(self._members):,} parts, far more than a plan.", accepted=ACCEPTED
            )
        if sum(member.file_size for member in self._members) > self.limits.unpacked_bytes:
            raise Unreadable(
                "Unpacked, the file would be far larger than any plan. It was not opened.", accepted=ACCEPTED
            )
        if any(member.flag_bits & 1 for member in self._members):
            raise Unreadable(LOCKED, accepted=ACCEPTED)
        if len({member.filename for member in self._members}) < len(self._members):
            raise Unreadable(DAMAGED, accepted=ACCEPTED)

    def part(self, name: str) -> bytes | None:
        """The bytes of one part, or None where the file has no such part."""
        content = self._unpacked(name)
        if content is not None:
            check_xml(content, name)
            check_tags(content, name, self.limits)
        return content

    def _unpacked(self, name: str) -> bytes | None:
        if name not in self.names:
            return None
        if self._zip.getinfo(name).file_size > self.limits.part_bytes:
            raise Unreadable(
                "Unpacked, one part of the file would be far larger than any plan. It was not opened.",
                where=f"Part {name} of the file",
                accepted=ACCEPTED,
            )
        try:
            return self._zip.read(name)
        except Exception as error:  # the zip, deflate, bzip2 and lzma modules each raise their own
            raise Unreadable(DAMAGED, accepted=ACCEPTED) from error

    def xml(self, name: str) -> etree._Element | None:
        content = self.part(name)
        return None if content is None else parse_xml(content)

    def stream(self, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """The elements with these names as they end, each forgotten with its contents once it has been used.

        A cell is kept until its row ends: the reader asks its parent for the row's number.
        """
        source = BytesIO(self.part(name) or b"")
        wanted = tuple(f"{{*}}{tag}" for tag in tags)
        try:
            events = etree.iterparse(source, tag=wanted, resolve_entities=False, no_network=True, huge_tree=False)
            for count, (_, element) in enumerate(events):
                if count >= self.limits.elements:
                    raise too_long(name)
                yield element
                if local(element) != "c":
                    element.clear(keep_tail=False)
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise Unreadable(DAMAGED, where=f"Part {name} of the file", accepted=ACCEPTED) from error

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: {id: (kind, part name)}. Links to outside the file are left out."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for link in root if root is not None else ():
            if local(link) != "Relationship" or link.get("TargetMode") == "External":
                continue
            target = link.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[link.get("Id", "")] = (link.get("Type", "").rpartition("/")[2], path)
        return found

    def related_part(self, name: str, kind: str) -> str | None:
        return next((path for found, path in self.related(name).values() if found == kind), None)

    def _main(self) -> tuple[str, str]:
        if "[Content_Types].xml" not in self.names and {"mimetype", "content.xml"} & self.names:
            return self._open_document()
        types = self.xml("[Content_Types].xml")
        if types is None:
            raise Unreadable(self._not_office(), accepted=ACCEPTED)
        main = self.related_part("", "officeDocument") or ""
        declared = {item.get("PartName", "").lstrip("/"): item.get("ContentType", "") for item in types}
        content_type = declared.get(main, "").casefold()
        for start, sentence in OTHER_TYPES:
            if start in content_type:
                raise Unreadable(sentence, accepted=ACCEPTED)
        self._refuse_disguised_macros(content_type)
        if main in self.names and any(known in content_type for known in WORD_TYPES):
            return "word", main
        if main in self.names and any(known in content_type for known in EXCEL_TYPES):
            return "excel", main
        raise Unreadable(DAMAGED, accepted=ACCEPTED)

    def _open_document(self) -> tuple[str, str]:
        """An OpenDocument workbook; its other kinds, and what is locked, are refused."""
        declared = (self._unpacked("mimetype") or b"")[:200].decode("ascii", "replace").strip()
        if b"encryption-data" in (self._unpacked("META-INF/manifest.xml") or b""):
            raise Unreadable(LOCKED, accepted=ACCEPTED)
        kind = declared.removeprefix(OPEN_DOCUMENT).removesuffix("-template")
        if declared.startswith(OPEN_DOCUMENT) and kind == "spreadsheet" and "content.xml" in self.names:
            return "opendocument", "content.xml"
        usual = "This is an OpenDocument file of a kind that holds no plan. Open it and save it as .docx or .xlsx."
        raise Unreadable(OPEN_KINDS.get(kind, usual), accepted=ACCEPTED)

    def _refuse_disguised_macros(self, content_type: str) -> None:
        has_macros = any(posixpath.basename(name).casefold() == "vbaproject.bin" for name in self.names)
        if has_macros and "macroenabled" not in content_type:
            raise Unreadable(
                "The file hides macros although it says that it has none. It was not opened. "
                "Copy the plan into a new document and send that.",
                accepted=ACCEPTED,
            )

    def _not_office(self) -> str:
        if any(name.casefold().endswith((".docx", ".xlsx", ".csv")) for name in self.names):
            return "This is a compressed folder. Unpack it and send the plan itself."
        return "This is neither a Word document nor an Excel workbook."
