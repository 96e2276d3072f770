"""A year of life: reports, edits, rows that come and go, dates confirmed and ticked off, comments and evidence."""

from functools import partial

from django.core.files.base import ContentFile

from actions.columns import BY_KEY, READING
from actions.editing import Edit, save_cells
from actions.services import add_comment, attach, duplicate_action, post_update, remove_action
from config.demo.cast import Step
from config.demo.plan import write_row

ABOUT_AN_EVENT = ("at", "by", "strategy")


def steps(content, cast):
    for kind, do in EVENTS.items():
        for event in content.get(kind, []):
            yield Step(event["at"], partial(do, cast, event))


def report_steps(content, cast):
    for row in content["progress"]:
        for report in row["reports"]:
            yield Step(report["at"], partial(_report, cast, row["row"], report))


def _report(cast, ref, report):
    said = {name: report[name] for name in ("status", "confidence", "words")}
    post_update(action=cast.row(ref), **said, **cast.how(report))


def _add(cast, event):
    row = {key: value for key, value in event.items() if key not in ABOUT_AN_EVENT}
    write_row(cast, event["strategy"], row, event)


def _duplicate(cast, event):
    cast.rows[event["ref"]] = duplicate_action(action=cast.row(event["row"]), **cast.how(event))


def _remove(cast, event):
    remove_action(action=cast.row(event["row"]), **cast.how(event))


def _edit(cast, event):
    _save(cast, event, cast.cells(event["cells"]))


def _confirm(cast, event):
    """A person says that the timescale was understood rightly."""
    _save(cast, event, {READING.key: cast.row(event["row"]).reading | {"confirmed": True}})


def _tick(cast, event):
    """A milestone (counted from one, as people count) has been reached."""
    reading = cast.row(event["row"]).reading
    reached = event.get("reached", event["at"].date()).isoformat()
    done = reading["done"] | {str(event["milestone"] - 1): reached}
    _save(cast, event, {READING.key: reading | {"done": done}})


def _save(cast, event, cells):
    """Save what somebody who sees the row as it is now wants it to say."""
    action = cast.row(event["row"])
    edits = {key: Edit(seen=BY_KEY[key].stored(action), new=new) for key, new in cells.items()}
    save_cells(action=action, edits=edits, **cast.how(event))


def _comment(cast, event):
    add_comment(action=cast.row(event["row"]), words=event["words"], **cast.how(event))


def _attach(cast, event):
    upload = ContentFile(event["words"].encode(), name=event["name"])
    attach(action=cast.row(event["row"]), upload=upload, **cast.how(event))


EVENTS = {
    "add": _add,
    "duplicate": _duplicate,
    "edit": _edit,
    "confirm": _confirm,
    "tick": _tick,
    "comment": _comment,
    "attach": _attach,
    "remove": _remove,
}
