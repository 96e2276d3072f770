"""Writing what a proposal says, through the same doors as a person's edits."""

import uuid
from dataclasses import dataclass, field

from django.db import transaction

from actions import services
from actions.columns import BY_KEY, READING, ticks_kept
from actions.editing import Edit, hold_strategy, lookups_for, save_cells
from actions.interface import cells_from
from actions.models import Action
from actions.proposing import LONGEST_HEADING, same_words
from partners.models import Via
from partners.permissions import Right
from partners.refusals import Refused
from partners.services import insist
from partners.text import clean_text
from strategies.services import add_aim, add_theme


@dataclass
class Applied:
    added: int = 0
    changed: int = 0
    removed: int = 0
    became: dict = field(default_factory=dict)  # {place in the file: the rows of the plan that are there}
    left: list = field(default_factory=list)  # rows that somebody edited meanwhile, with why


@transaction.atomic
def apply_proposal(*, strategy, proposal, by, via=Via.IMPORT, at=None, batch=None, take_out=False):
    """Every added and changed row of a proposal, through the same doors as a person's edits, as one batch.

    `take_out`: the rows that the file has no more are taken out of the plan as well.
    """
    insist(by, strategy.partnership, Right.IMPORT_PLAN)
    hold_strategy(strategy.pk)
    since = {
        same_words(text)
        for text in strategy.actions.in_plan().filter(pk__gt=proposal["newest"]).values_list("activity", flat=True)
    }
    applied, how = Applied(), {"by": by, "via": via, "at": at, "batch": batch or uuid.uuid4()}
    hangers = _Hangers(strategy, **how)
    for row in proposal["rows"]:
        if row["change"] == "added" and same_words(row["activity"]) in since:
            applied.left.append(f"{row['where']}: a row with this activity was added after the file was read.")
        elif row["change"] == "added":
            _add(strategy, row, hangers, how, applied)
        elif row["change"] == "changed" or row.get("to_hold"):
            _change(strategy, row, hangers, how, applied)
        if row["action"]:
            applied.became.setdefault(row["where"], []).append(row["action"])
    for row in proposal.get("removed", []) if take_out else []:
        _take_out(strategy, row, how, applied)
    return applied


def _take_out(strategy, row, how, applied):
    """A row that is missing from the file, unless somebody has written to it since the file was made."""
    action = strategy.actions.get(pk=row["action"])
    try:
        if row["by"]:
            raise Refused(f"{row['by']} changed this row after the file was made.", accepted="It stays.")
        with transaction.atomic():
            was_in_plan = action.removed is None
            services.remove_action(action=action, seen=row["seen"], **how)
    except Refused as refusal:
        applied.left.append(f"{row['name']}: {refusal.sentence}")
    else:
        applied.removed += was_in_plan


def _add(strategy, row, hangers, how, applied):
    before = hangers.known
    try:
        with transaction.atomic():
            cells = _cells(row["values"], row["values"], hangers)
            action = services.add_action(strategy=strategy, cells=cells, lookups=hangers.lookups, **how)
            _understand(action, row, hangers.lookups, how)
            _report(action, row["values"], how)
    except Refused as refusal:
        hangers.known = before
        applied.left.append(f"{row['where']}: {refusal.sentence}")
    else:
        applied.added += 1
        applied.became.setdefault(row["where"], []).append(action.pk)


def _change(strategy, row, hangers, how, applied):
    action = strategy.actions.filter(pk=row["action"]).first()
    if action is None:
        applied.left.append(f"{row['where']}: its row in the plan is gone.")
        return
    before = hangers.known
    try:
        with transaction.atomic():
            is_changed = _change_cells(action, row, hangers, how, applied)
    except Refused as refusal:
        hangers.known = before
        applied.left.append(f"{row['where']}: {refusal.sentence}")
    else:
        applied.changed += is_changed


def _change_cells(action, row, hangers, how, applied):
    """A row's changes. What somebody changed meanwhile and cannot be merged is held for whoever applies the file."""
    new = _cells(row["values"], row["cells"], hangers)
    edits = {key: Edit(row["seen"][key], value) for key, value in new.items() if key in row["seen"]}
    outcome = save_cells(action=action, edits=edits, lookups=hangers.lookups, **how)
    if "timescale_text" in outcome.saved and "timescale_text" not in outcome.merged:
        _understand(action, row, hangers.lookups, how)
    if outcome.removed:
        applied.left.append(f"{row['where']}: the row was removed from the plan meanwhile. What the file says is held.")
    elif outcome.conflicts:
        columns = ", ".join(BY_KEY[conflict.column].label.lower() for conflict in outcome.conflicts)
        who = outcome.conflicts[0].by_name or "Somebody"
        applied.left.append(
            f"{row['where']}: {who} changed this row after the file was {_when(row)} ({columns}). It stays as it is; "
            "what the file says is held until you decide."
        )
    reported = "progress" in row["cells"] and not outcome.removed and _report_unless_newer(action, row, how, applied)
    return bool(outcome.saved) or reported


def _understand(action, row, lookups, how):
    """What the file's headings or its key add to the words of a timescale, such as what each milestone is."""
    stored = Action.objects.get(pk=action.pk).reading
    wanted = row.get("reading")
    if wanted and wanted["milestones"] and wanted != {key: stored.get(key) for key in wanted}:
        wanted = wanted | {"confirmed": False, "done": ticks_kept(stored, wanted)}
        save_cells(action=action, edits={READING.key: Edit(stored, wanted)}, lookups=lookups, **how)


def _when(row):
    return "made" if row.get("is_returned") else "read"


def _report_unless_newer(action, row, how, applied):
    """The progress of the file, unless somebody has reported since it was read: theirs is the later word."""
    if action.latest_update_id != row["latest_update"]:
        who = action.latest_update.by_name
        sentence = f"{who} reported progress after the file was {_when(row)}; the file's is left out."
        applied.left.append(f"{row['where']}: {sentence}")
        return False
    _report(action, row["values"], how)
    return True


def _cells(values, wanted, hangers):
    return cells_from(values, wanted, hangers.lookups) | hangers.for_row(values, wanted)


def _report(action, values, how):
    if values.get("progress"):
        services.post_update(action=action, status="", words=values["progress"], **how)


class _Hangers:
    """The aims and themes that imported rows hang on: found by their words, added when the strategy lacks them."""

    def __init__(self, strategy, **how):
        self.strategy, self.how = strategy, how
        self.aims = {same_words(aim.text): aim.pk for aim in strategy.aims.filter(removed=None)}
        self.themes = {same_words(theme.text): theme.pk for theme in strategy.themes.filter(removed=None)}
        self.lookups = lookups_for(strategy)

    @property
    def known(self):
        """What is known so far, so that a row that is refused can be forgotten with the aims it would have added."""
        return dict(self.aims), dict(self.themes), self.lookups

    @known.setter
    def known(self, before):
        self.aims, self.themes, self.lookups = dict(before[0]), dict(before[1]), before[2]

    def for_row(self, values, wanted):
        """What a row hangs on, for the keys wanted. A plan with themes only repeats the theme as the aim: such rows
        hang on the theme."""
        aim, theme = values.get("aim"), values.get("theme")
        repeated = theme and (not aim or same_words(aim) == same_words(theme))
        hung = {}
        if theme and "theme" in wanted:
            hung["theme"] = self._find(self.themes, theme, add_theme)
        if not repeated and "aim" in wanted:
            hung["aim"] = self._find(self.aims, aim or "No aim given", add_aim)
        return hung

    def _find(self, known, words, add):
        key = same_words(words)
        if key not in known:
            text = clean_text(words, keep_lines=False)[:LONGEST_HEADING]
            known[key] = add(strategy=self.strategy, text=text, **self.how).pk
            self.lookups = lookups_for(self.strategy)
        return known[key]
