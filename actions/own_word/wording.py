"""How a partner's document words what the plan says: by its own words and colours wherever it has any."""

from collections import Counter, defaultdict

from actions.reading.owners import split_owners
from actions.reading.phrases import phrase
from actions.reading.plan import ReadPlan
from actions.reading.proposal import SeenRow

WORDED_BY_HOUSE = ("aim", "theme", "status", "priority", "lead_organisation")
LISTS = ("leads", "partners")
COLOURS = {"red": "FF0000", "amber": "FFC000", "green": "00B050", "blue": "0070C0"}
LABELS = {
    "ref": "reference", "aim": "aim", "theme": "theme", "activity": "activity", "expected_outcome": "expected outcome",
    "evidence": "evidence", "timescale_text": "timescale", "resource_requirement": "resource requirement",
    "priority": "priority", "leads": "responsible officers", "lead_organisation": "lead organisation",
    "partners": "contributing partners", "status": "status", "progress": "progress",
}  # fmt: skip


class HouseWords:
    def __init__(self, plan: ReadPlan, places):
        self.words, self.colours = defaultdict(Counter), defaultdict(Counter)
        for row in plan.rows:
            for key in WORDED_BY_HOUSE:
                if row.values[key] and (words := (row.cells or {}).get(key)):
                    self.words[key, row.values[key]][words] += 1
            place = places.cell_of(row, "status") if row.place in places.plans else None
            shading = places.grid_cell(place).shading if place else None
            if shading and row.values["status"]:
                self.colours[row.values["status"]][shading] += 1

    def of(self, key: str, now: SeenRow, said: str = "") -> tuple[str, str | None]:
        """(the words for a cell that says `said` now, the colour of its ground)."""
        value = now.values.get(key)
        if key == "status":
            return self._status(value), self._colour(value)
        if key in LISTS:
            return _listed(value or [], said), None
        if key in WORDED_BY_HOUSE and value:
            return self._usual(key, value) or self._in_kind(key, value, now), None
        return self.plain(key, now), None

    def plain(self, key: str, now: SeenRow) -> str:
        return next(iter(now.wordings.get(key, ())), None) or ""

    @staticmethod
    def label(key: str) -> str:
        return LABELS[key]

    def _usual(self, key: str, value: str) -> str:
        found = self.words.get((key, value))
        return found.most_common(1)[0][0] if found else ""

    def _in_kind(self, key: str, value: str, now: SeenRow) -> str:
        """The plan's word, or as short as the document's words of its kind are: a letter for a letter."""
        shown = [(known, words) for (kind, known), found in self.words.items() if kind == key for words in found]
        if key == "priority" and any(phrase(words) == known[0] for known, words in shown):
            return value[0].upper()
        return self.plain(key, now)

    def _status(self, value: str | None) -> str:
        if not value:
            return ""
        shown = [
            (known, phrase(words)) for (kind, known), found in self.words.items() if kind == "status" for words in found
        ]
        if (usual := self._usual("status", value)) or not shown:
            return usual or ("" if self.colours else STATUS_LABELS[value])
        if any(words == known[0] for known, words in shown):
            return value[0].upper()
        return value.capitalize() if any(words == known for known, words in shown) else STATUS_LABELS[value]

    def _colour(self, value: str | None) -> str | None:
        found = self.colours.get(value) if value else None
        return found.most_common(1)[0][0] if found else COLOURS.get(value) if self.colours else None


STATUS_LABELS = {"red": "Off track", "amber": "At risk", "green": "On track", "blue": "Complete"}


def _listed(names: list[str], said: str) -> str:
    """Names on lines, or in one line where the cell has them so and they can be told apart again."""
    line = "; ".join(names)
    in_one_line = bool(said) and "\n" not in said and len(split_owners(said)) > 1
    return line if in_one_line and split_owners(line) == names else "\n".join(names)
