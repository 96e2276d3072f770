"""Text as it is stored, whoever typed it and wherever."""

import re
import unicodedata

# Control characters and the marks that turn text round have no place in a plan; line breaks and tabs do.
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean_text(value, *, keep_lines=True):
    """One kind of line break, no control characters, no space at line ends or around. The words stay as they are."""
    text = unicodedata.normalize("NFC", str(value or ""))
    text = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not keep_lines:
        text = " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
