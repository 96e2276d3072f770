"""History, the past and what would be put back, as people read them."""

from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from actions.columns import BY_KEY, COLUMNS
from actions.differences import word_changes
from actions.models import HeldEdit, Status
from actions.timescale import from_json
from partners.models import Act, Change

OTHER_FIELDS = {
    "position": "Place in the plan", "positions": "Order of the rows", "update": "Progress update",
    "comment": "Comment", "attachment": "Evidence",
}  # fmt: skip
WHOLE_WORDS = ("text", "long")  # kinds of columns whose words are compared one by one


@dataclass
class HistoryLine:
    change: object
    title: str
    before: str = ""
    after: str = ""
    column: object = None  # of the cell it concerns
    said: str = ""  # a sentence about how it came to be
    held: object = None  # the held edit it tells of
    choices: list = field(default_factory=list)  # values that may be put back: (which, words of the link)

    @property
    def words(self):
        """From the one to the other, with the changed words marked."""
        return changed_words(self.column, self.before, self.after)


def changed_words(column, before, after):
    if column is None or column.kind in WHOLE_WORDS:
        return word_changes(before, after)
    return [(kind, words) for kind, words in (("gone", before), ("added", after)) if words]


def history_lines(changes, lookups):
    """Changes as people read them: which field, from which words to which."""
    changes = list(changes)
    held = _held_edits(changes)
    theirs = _whose_words(changes)
    return [_history_line(change, lookups, held, theirs) for change in changes]


def _history_line(change, lookups, held, theirs):
    act = change.get_act_display()
    if change.field == "reading" and change.act not in (Act.HELD, Act.MERGED):
        return _reading_line(change, lookups)
    column = BY_KEY.get(change.field)
    if column:
        before, after = (column.in_words(value, lookups) if value else "" for value in (change.before, change.after))
        title = f"{column.label} {'changed' if change.act == Act.MERGED else act}"
        aside = held.get((change.batch, change.subject_id, change.field))
        return HistoryLine(
            change, title, before, after, column, _said(change, aside, theirs.get(change.pk)), held=aside
        )  # fmt: skip
    title = f"{OTHER_FIELDS.get(change.field, 'Row')} {act}"
    if change.field == "update":
        return HistoryLine(change, title, after=_update_words(change.after or change.before))
    if change.field == "attachment":
        return HistoryLine(change, title, after=(change.after or change.before)["name"])
    return HistoryLine(change, title)


def _said(change, held, theirs):
    if change.act == Act.MERGED:
        return f"Put together with what {theirs or 'somebody else'} wrote."
    if change.act != Act.HELD:
        return ""
    if held and held.why == HeldEdit.Why.REMOVED:
        why = "the row had been removed from the plan"
    else:
        why = f"{theirs or 'somebody else'} had changed the same words"
    return f"Set aside: {why}. {_what_became(held)}"


def _what_became(held):
    if held is None or not held.settled:
        return "It is kept until somebody decides."
    day = f"{timezone.localtime(held.settled):%-d %B %Y}"
    return f"{held.settled_by_name} decided on {day}: {held.get_settled_as_display()}."


def _held_edits(changes):
    """The held edits that these changes tell of: {(batch, row, column): held edit}."""
    batches = {change.batch for change in changes if change.act == Act.HELD}
    found = HeldEdit.objects.filter(edit__in=batches) if batches else ()
    return {(held.edit, held.action_id, held.column): held for held in found}


def _whose_words(changes):
    """Who had written what a merged or held edit met: {change: name}."""
    asked = [change.pk for change in changes if change.act in (Act.MERGED, Act.HELD)]
    if not asked:
        return {}
    same = Change.objects.filter(
        subject=OuterRef("subject"), subject_id=OuterRef("subject_id"), field=OuterRef("field"), pk__lt=OuterRef("pk")
    )
    last = same.exclude(act=Act.HELD).order_by("-pk").values("by_name")[:1]
    return dict(Change.objects.filter(pk__in=asked).annotate(whose=Subquery(last)).values_list("pk", "whose"))


def _reading_line(change, lookups):
    """What was understood: new dates, a person's confirmation, or a milestone ticked off."""
    before, after = change.before or {}, change.after or {}
    say, column = BY_KEY["reading"].in_words, BY_KEY["reading"]
    old, new = say(before, lookups), say(after, lookups)
    if old != new:
        return HistoryLine(change, "Dates understood afresh", old, new, column)
    if before.get("done", {}) != after.get("done", {}):
        return HistoryLine(change, "Milestones ticked off", _ticked(before), _ticked(after), column)
    return HistoryLine(change, "Dates confirmed", after=new, column=column)


def _ticked(reading):
    milestones = from_json(reading).milestones if reading else ()
    return ", ".join(milestones[int(place)].label or f"milestone {int(place) + 1}" for place in reading.get("done", {}))


def _update_words(after):
    status = Status(after["status"]).label if after.get("status") else "No rating"
    return f"{status}. {after.get('words', '')}".strip()


# --- What would be put back ----------------------------------------------------------------------------------------


def cells_in_words(step, lookups):
    """The cells of a step: (column, pieces of words from what it says to what it said)."""
    shown = []
    for key, pair in step.cells.items():
        column = BY_KEY[key]
        now, then = (column.in_words(value, lookups) if value else "" for value in pair)
        shown.append((column, changed_words(column, now, then) if now != then else [("same", f"{now} (as confirmed)")]))
    return shown


def order_in_words(order, actions, now):
    """Rows that come to stand behind another one: (row, the row above it or None for the top)."""
    shown = [pk for pk in order if pk in actions]
    above_now = _above([pk for pk in now if pk in set(shown)])
    above_then = _above(shown)
    return [(actions[pk], actions.get(above)) for pk, above in above_then.items() if above != above_now.get(pk, above)]


def _above(order):
    return dict(zip(order, [None, *order], strict=False))


def _count(number, one, many=None):
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def button_of(restoration):
    """The button that puts it back says all that it will do."""
    parts, changed = [], [step for step in restoration.steps if step.cells]
    if restoration.cells:
        parts.append(f"put back {_count(restoration.cells, 'cell')} in {_count(len(changed), 'row')}")
    restored, removed = (len(restoration.rows_that(does)) for does in ("restore", "remove"))
    parts += [f"restore {_count(restored, 'removed row')}"] if restored else []
    parts += [f"remove {_count(removed, 'row')}"] if removed else []
    parts += ["put back the order of the rows"] if restoration.order else []
    return _listed(parts)


def what_was_done(result):
    parts = [f"put back {_count(result.cells, 'cell')} in {_count(len(result.rows), 'row')}"] if result.cells else []
    parts += [f"restored {_count(result.restored, 'row')}"] if result.restored else []
    parts += [f"removed {_count(result.removed, 'row')}"] if result.removed else []
    parts += ["put the order of the rows back"] if result.is_reordered else []
    return f"{_listed(parts)}." if parts else "Nothing was changed."


def _listed(parts):
    words = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return words[:1].upper() + words[1:]


# --- The plan as it was ----------------------------------------------------------------------------------------------


@dataclass
class PastGroup:
    title: str
    rows: list = field(default_factory=list)


PAST_COLUMNS = tuple(column for column in COLUMNS if column.in_table)


def past_groups(plan):
    """The rows of a plan as it was, under their aims (then themes): each row its number and the words of its cells."""
    groups = {}
    for pk in plan.order:
        row = plan.rows[pk]
        title = _title_of(row, plan.lookups)
        cells = [
            (column, column.in_words(row[column.key], plan.lookups) if row.get(column.key) else "")
            for column in PAST_COLUMNS
        ]
        groups.setdefault(title, PastGroup(title)).rows.append((pk, cells))
    return list(groups.values())


def _title_of(row, lookups):
    if row["aim"]:
        return f"Aim {lookups.aims.get(row['aim'], '(no longer known)')}"
    return lookups.themes.get(row["theme"], "(no longer known)")
