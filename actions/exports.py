"""What of a plan is given away as a file. An export yields rows; `actions.writers` knows the formats."""

from django.utils import timezone

from actions.columns import COLUMNS
from actions.editing import lookups_for
from actions.interface import interface_row

WIDTHS = {"ref": 8, "activity": 50, "expected_outcome": 45, "evidence": 35, "aim": 40}


class PlanExport:
    """The whole plan, a line per row and a column per column, with the latest update at the end."""

    def __init__(self, strategy):
        self.strategy = strategy
        self.lookups = lookups_for(strategy)
        self.columns = [column for column in COLUMNS if column.key != "reading"]
        self.sheet_name = "Action plan"

    @property
    def file_stem(self):
        return f"{self.strategy.slug}-action-plan"

    def actions(self):
        return self.strategy.actions.for_plan().select_related("aim", "theme", "latest_update")

    def headings(self):
        return [*(column.label for column in self.columns), "Understood end", "Latest update", "Updated on"]

    def widths(self):
        return [*(WIDTHS.get(column.key, 22) for column in self.columns), 18, 45, 18]

    def rows(self):
        for action in self.actions():
            update = action.latest_update
            cells = [self._words(column, action) for column in self.columns]
            yield [
                *cells,
                action.due_on,
                update.words if update else "",
                timezone.localdate(update.at) if update else None,
            ]

    def _words(self, column, action):
        """The cell's words; an aim without its number, which is its place in the strategy and not part of it."""
        if column.key == "aim":
            return action.aim.text if action.aim_id else ""
        return column.in_words(column.stored(action), self.lookups)

    def document(self):
        rows = [interface_row(action, self.lookups) for action in self.actions()]
        return {"strategy": self.strategy.slug, "title": self.strategy.title, "rows": rows}
