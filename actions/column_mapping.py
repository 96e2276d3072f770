"""What people have said of headings that nobody knew, remembered for their partnership."""

from django.db import transaction

from actions.columns import BY_KEY, KEY_IN_FILES
from actions.models import PlanImport
from actions.reading.mapping import COLUMN_KEYS
from actions.reading.phrases import phrase
from partners.history import record
from partners.models import Act, Via
from partners.permissions import Right
from partners.refusals import Refused
from partners.services import insist

LEAVE_OUT = "-"  # in forms; kept as a blank
LONGEST_HEADING = 200
OTHERS = {"lead_and_resource": "Lead and resources in one", "start_text": "Start", "progress": "Progress"}
OURS = {key: column for column, key in KEY_IN_FILES.items()}


def column_choices():
    """(key, label) of everything that a column of a file may be."""
    return [(key, OTHERS.get(key) or BY_KEY[OURS.get(key, key)].label) for key in COLUMN_KEYS]


def mapping_of(partnership):
    """{heading: column, "" to leave it out}, as files are read with."""
    return dict(partnership.column_mappings.values_list("heading", "column"))


@transaction.atomic
def map_columns(*, plan_import, columns, by):
    """Say what columns are, by their headings, and have the file read again. None forgets what was said before."""
    held = PlanImport.objects.select_for_update(of=("self",)).select_related("strategy__partnership")
    held = held.get(pk=plan_import.pk)
    partnership = held.strategy.partnership
    insist(by, partnership, Right.IMPORT_PLAN)
    if held.state not in (PlanImport.State.READY, PlanImport.State.UNMAPPED):
        raise Refused("This file can no longer be read again.", accepted="Import it anew.")
    said = {phrase(heading)[:LONGEST_HEADING]: key for heading, key in columns.items()}
    known = set(COLUMN_KEYS)
    if any(key not in (None, "") and key not in known for key in said.values()):
        raise Refused("That is no column of the plan.", accepted="Choose one from the list.")
    before = {heading: column for heading, column in mapping_of(partnership).items() if heading in said}
    for heading, key in said.items():
        if key is None:
            partnership.column_mappings.filter(heading=heading).delete()
        else:
            partnership.column_mappings.update_or_create(heading=heading, defaults={"column": key, "by": by})
    held.state, held.attempts, held.fault = PlanImport.State.WAITING, 0, ""
    held.revision += 1
    held.save(update_fields=["state", "attempts", "fault", "revision"])
    record(held, act=Act.CHANGED, field="columns", before=before, after=said, by=by, via=Via.FORM)
    return held
