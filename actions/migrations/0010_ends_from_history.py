"""Rows that are there already get the ends that their history tells of."""

from django.db import migrations

from actions.moving import ends_with
from actions.timescale import from_json


def certain_end(told):
    reading = from_json(told) if told else None
    return reading.end if reading and (told.get("confirmed") or reading.is_unambiguous) else None


def readings_of(changes, row):
    """What was understood of its timescale, one reading after the other."""
    lines = changes.filter(subject="action", subject_id=row.pk, field__in=["", "reading"]).exclude(act="held")
    for field, after in lines.order_by("pk").values_list("field", "after"):
        if after:
            yield after if field else after.get("reading")


def tell_ends(apps, schema_editor):
    rows, changes = apps.get_model("actions", "Action"), apps.get_model("partners", "Change")
    for row in rows.objects.only("pk", "due_on").iterator():
        ends = []
        for reading in readings_of(changes.objects, row):
            ends = ends_with(ends, certain_end(reading))
        rows.objects.filter(pk=row.pk).update(ends=ends_with(ends, row.due_on))


class Migration(migrations.Migration):
    dependencies = [("actions", "0009_ends"), ("partners", "0003_notices")]

    operations = [migrations.RunPython(tell_ends, migrations.RunPython.noop)]
