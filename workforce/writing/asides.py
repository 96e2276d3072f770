"""Words of the planner's own in a Word document, and how they are known again when it comes back."""

import zlib


def label_of(words: str) -> str:
    """What a control in a Word document is called that holds words of the planner's own, worked out from others.

    Programs keep the name when they keep little else, and somebody may type into the control: so the name says which
    words are the planner's.
    """
    return f"Worked out by the planner ({zlib.crc32(' '.join(words.split()).encode(errors='replace')):08x})"
