"""The parts of the report as a partnership has put them, and what a pressed button makes of their order."""

from dataclasses import dataclass

from workforce.reporting.parts import OUTLINES


@dataclass(frozen=True)
class PutPart:
    """A part with its place, whether it is left out, and the partnership's own words."""

    key: str
    title: str
    answers: str
    words: str = ""
    is_left_out: bool = False


def parts_in_order(partnership):
    """All parts: those that were arranged at their places, the others where they usually stand."""
    kept = {part.key: part for part in partnership.report_parts.all()}
    places = {outline.key: place for place, outline in enumerate(OUTLINES)}
    places |= {key: part.position for key, part in kept.items() if key in places}
    ordered = sorted(OUTLINES, key=lambda outline: places[outline.key])
    return [_put(outline, kept.get(outline.key)) for outline in ordered]


def _put(outline, part):
    told = {"words": part.words, "is_left_out": part.is_left_out} if part else {}
    return PutPart(outline.key, outline.title, outline.answers, **told)


def moved(order, pressed):
    """The order after a button "up" or "down" was pressed, and the button that is meant next ("" after saving)."""
    for direction, step in (("up", -1), ("down", 1)):
        key = pressed.get(direction)
        if key in order:
            return _swapped(order, order.index(key), step, direction)
    return order, ""


def _swapped(order, place, step, direction):
    there = min(max(0, place + step), len(order) - 1)
    order = list(order)
    order[place], order[there] = order[there], order[place]
    is_at_end = there in (0, len(order) - 1) and (there == 0) == (direction == "up")
    other = "down" if direction == "up" else "up"
    return order, f"{other if is_at_end else direction}-{order[there]}"
