"""The parts that a Word file is made of besides its words, and their packing.

The package is put together here rather than by python-docx: its template brings the styles of another document, and its
cells cost a hundred times more than elements do.
"""

import io
import struct
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from .shapes import LANGUAGE, Document, Picture, writable

TEMPLATES = Path(__file__).parent / "templates"
EPOCH = (1980, 1, 1, 0, 0, 0)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
VENDOR = "application/vnd.openxmlformats"
RELATIONS = "http://schemas.openxmlformats.org/package/2006"
WORD = f"{VENDOR}-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LONGEST_PROPERTY = 255

CONTENT_TYPES = f"""{HEAD}<Types xmlns="{RELATIONS}/content-types">
<Default Extension="rels" ContentType="{VENDOR}-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="{WORD}.settings+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{WORD}.numbering+xml"/>
<Override PartName="/word/footer1.xml" ContentType="{WORD}.footer+xml"/>
<Override PartName="/word/header1.xml" ContentType="{WORD}.header+xml"/>
<Override PartName="/docProps/core.xml" ContentType="{VENDOR}-package.core-properties+xml"/>
<Override PartName="/docProps/app.xml" ContentType="{VENDOR}-officedocument.extended-properties+xml"/>
</Types>"""

PACKAGE_RELATIONS = f"""{HEAD}<Relationships xmlns="{RELATIONS}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{RELATIONS}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
<Relationship Id="rId3" Type="{OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>
</Relationships>"""

PROGRAM = f"""{HEAD}<Properties xmlns="{OFFICE}/extended-properties">
<Application>Joint workforce planner</Application></Properties>"""

CORE = """{head}<cp:coreProperties xmlns:cp="{relations}/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>
<dc:creator>{author}</dc:creator><dc:language>{language}</dc:language></cp:coreProperties>"""


@dataclass
class Pictures:
    """The pictures of a document, each under the number of its relation."""

    found: list[Picture] = field(default_factory=list)

    def add(self, picture: Picture) -> str:
        self.found.append(picture)
        return f"rIdPicture{len(self.found)}"


def pack(document: Document, body: bytes, edges: dict[str, bytes], pictures: Pictures) -> bytes:
    """The whole file; `edges` are its header and footer. The same parts give the same bytes."""
    parts = {
        "[Content_Types].xml": _content_types(edges),
        "_rels/.rels": PACKAGE_RELATIONS,
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _relations(edges, pictures),
        "word/styles.xml": (TEMPLATES / "word-styles.xml").read_bytes(),
        "word/settings.xml": (TEMPLATES / "word-settings.xml").read_bytes(),
        "word/numbering.xml": (TEMPLATES / "word-numbering.xml").read_bytes(),
        "docProps/core.xml": _core(document),
        "docProps/app.xml": PROGRAM,
    }
    parts |= {f"word/{name}.xml": content for name, content in edges.items()}
    parts |= {f"word/media/{number}.png": each.content for number, each in enumerate(pictures.found, start=1)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return out.getvalue()


def _content_types(edges) -> str:
    """Without those of a header that is not there."""
    header = f'<Override PartName="/word/header1.xml" ContentType="{WORD}.header+xml"/>\n'
    return CONTENT_TYPES if "header1" in edges else CONTENT_TYPES.replace(header, "")


def _relations(edges, pictures: Pictures) -> str:
    own = {"rIdStyles": "styles.xml", "rIdSettings": "settings.xml", "rIdNumbering": "numbering.xml"}
    own |= {f"rId{name.rstrip('1').capitalize()}": f"{name}.xml" for name in edges}
    links = [(name, target.removesuffix(".xml").rstrip("1"), target) for name, target in own.items()]
    links += [(f"rIdPicture{number}", "image", f"media/{number}.png") for number in range(1, len(pictures.found) + 1)]
    lines = "\n".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for name, kind, target in links
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}/relationships">\n{lines}\n</Relationships>'


def _core(document: Document) -> str:
    words = {key: escape(writable(getattr(document, key))[:LONGEST_PROPERTY]) for key in ("title", "subject", "author")}
    return CORE.format(head=HEAD, relations=RELATIONS, language=LANGUAGE, **words)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the first chunk says."""
    return struct.unpack(">II", png[16:24])
