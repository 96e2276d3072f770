"""Headings in two languages, "Arweinydd / Lead": the side of them that is known here."""

import re
from collections.abc import Mapping

from .columns import key_of
from .grids import Row

BETWEEN = re.compile(r"\s*(?:/|\||\n)\s*|\s[–—-]\s")
FEWEST = 3
LONGEST = 150  # characters of a heading in both languages


def readings(row: Row, table: Mapping[str, str]) -> dict[str, str]:
    """{heading: the half of it that is known}, where most headings are made of two halves and one side is known."""
    texts = [cell.own_text for cell in row.cells if cell.own_text]
    if max(map(len, texts), default=0) > LONGEST:
        return {}
    halves = {text: BETWEEN.split(text, maxsplit=1) for text in texts}
    pairs = {text: half for text, half in halves.items() if len(half) == 2 and all(half)}
    if len(pairs) < FEWEST or len(pairs) * 2 < len(halves):
        return {}
    known = [sum(bool(key_of(half[side], table)) for half in pairs.values()) for side in (0, 1)]
    side = int(known[1] > known[0])
    is_clear = known[side] * 3 >= len(pairs) * 2 and known[1 - side] * 4 <= len(pairs)
    return {text: " ".join(half[side].split()) for text, half in pairs.items()} if is_clear else {}
