"""What the plan's pages are about, loaded through the partnership."""

from django.db.models import Prefetch

from actions.models import HeldEdit
from partners.access import within
from partners.models import Organisation


def plan_of(partnership, strategy):
    return partnership.strategies.select_related("partnership", "plan_document").get(slug=strategy)


def action_in(partnership, pk):
    """A row of this partnership, removed ones included: their history stays to be read."""
    rows = partnership.actions.select_related("strategy__partnership", "partnership", "latest_update", "aim", "theme")
    return rows.prefetch_related("officers", Prefetch("contributors", Organisation.objects.only("pk").order_by())).get(
        pk=pk
    )


def attachment_in(partnership, pk, attachment):
    action = action_in(partnership, pk)
    found = action.attachments.get(pk=attachment, removed=None)
    found.action = action
    return found


def held_in(partnership, pk):
    held = HeldEdit.objects.select_related("action__strategy__partnership").get(pk=pk, action__partnership=partnership)
    held.action = action_in(partnership, held.action_id)
    return held


def import_in(partnership, strategy, pk):
    plan = plan_of(partnership, strategy)
    found = plan.plan_imports.select_related("by").get(pk=pk)
    found.strategy = plan
    return found


def view_in(partnership, strategy, pk):
    plan = plan_of(partnership, strategy)
    found = plan.saved_views.select_related("by").get(pk=pk)
    found.strategy = plan
    return found


def row_page(right):
    """Guard a page about one row."""
    return within(right, load=action_in)
