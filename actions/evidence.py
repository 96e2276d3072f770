"""What may be attached to a row as evidence, and how its bytes are kept.

A file is judged by what is in it as well as by its name, is never opened by any program of ours, lies in the storage
under a name of our own, and leaves as a download of no particular type.
"""

import math

from django.conf import settings

from actions.models import attachment_name
from partners.refusals import Refused
from partners.text import clean_text

ZIP = b"PK\x03\x04"
# What files of each ending begin with, and (for Office documents, which are all archives) what they must hold.
# Nothing that a browser or an Office program would run.
KINDS = {
    "pdf": (b"%PDF", b""),
    "docx": (ZIP, b"word/"),
    "xlsx": (ZIP, b"xl/"),
    "pptx": (ZIP, b"ppt/"),
    "csv": (None, b""),
    "txt": (None, b""),
    "png": (b"\x89PNG\r\n\x1a\n", b""),
    "jpg": (b"\xff\xd8\xff", b""),
    "jpeg": (b"\xff\xd8\xff", b""),
}
MACROS = b"vbaProject.bin"
TWO_BYTE_TEXT = (b"\xff\xfe", b"\xfe\xff")  # How Windows writes “Unicode text”; half of its bytes are zero.
LONGEST_NAME = 200
CHOOSE = "Attach a PDF, Word, Excel, PowerPoint, CSV, text, PNG or JPEG file."


def _refuse(message, accepted):
    raise Refused(message, field="file", accepted=accepted)


def check_evidence(upload):
    """The name under which people will see this file; Refused when it is not evidence we keep."""
    name = clean_text(upload.name, keep_lines=False).replace("/", "_").replace("\\", "_")[-LONGEST_NAME:]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in KINDS:
        _refuse(f"Files ending in .{ending[:10]} are not kept." if ending else "The file has no ending.", CHOOSE)
    if upload.size > settings.MAX_ATTACHMENT_BYTES:
        # Rounded up, so that a little too much never reads as just enough.
        _refuse(f"The file has {math.ceil(upload.size / 104_857.6) / 10:.1f} MB.", "At most 10 MB are kept.")
    if not upload.size:
        _refuse("The file is empty.", "Choose another.")
    if not _is_what_it_says(upload, ending):
        _refuse(f"Its name ends in .{ending}, but it is no such file.", "Save it again and attach that.")
    return name


def _is_what_it_says(upload, ending):
    beginning, inside = KINDS[ending]
    start = _start_of(upload)
    if beginning is None:
        return start.startswith(TWO_BYTE_TEXT) or b"\0" not in start
    return start.startswith(beginning) and (not inside or (_holds(upload, inside) and not _holds(upload, MACROS)))


def _start_of(upload):
    upload.seek(0)
    start = upload.read(4096)
    upload.seek(0)
    return start


def _holds(upload, words):
    """Whether these bytes are somewhere in it. An archive names its parts as they are, so it need not be opened."""
    before = b""
    for piece in upload.chunks():
        near = before + piece
        if words in near:
            return True
        before = near[-len(words) :]
    return False


def keep_evidence(attachment, upload):
    """Write the bytes. When they do not fit, nothing of them stays behind and the person is told."""
    upload.seek(0)
    name, storage = attachment_name(attachment, upload.name), attachment.file.storage
    try:
        attachment.file.name = storage.save(name, upload)
    except OSError as fault:
        storage.delete(name)
        raise Refused(
            "The file could not be kept: the planner’s storage did not take it.",
            field="file",
            accepted="Try again later, and tell whoever runs the planner if it happens twice.",
        ) from fault
