"""Text as it is stored, whoever typed it and wherever."""

import re
import unicodedata

# Control characters, the marks that turn text round and halves of characters have no place in a plan; line breaks and
# tabs do.
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def clean_text(value, *, keep_lines=True):
    """One kind of line break, no control characters, no space at line ends or around. The words stay as they are."""
    text = _UNWANTED.sub("", str(value or "").replace("\r\n", "\n").replace("\r", "\n"))
    # After taking signs out, which can bring a letter and its accent together: cleaning twice changes nothing.
    text = unicodedata.normalize("NFC", text)
    if not keep_lines:
        text = " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def number_in(text):
    """The whole number that a piece of an address or a form is; None for anything else, or one no row could have."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
