"""Who has the plan open, and where in it they are. Not history: forgotten within a minute, and nothing rests on it."""

from datetime import timedelta

from django.db import transaction

from actions.models import Presence

FRESH = timedelta(seconds=45)  # A tab says every twenty seconds that it is still there.


@transaction.atomic
def note_presence(*, strategy, user, tab, action, column, is_editing, now):
    """This tab of this person is at that cell, or (without a row) nowhere any more."""
    Presence.objects.filter(at__lt=now - FRESH).delete()
    if action is None:
        Presence.objects.filter(strategy=strategy, user=user, tab=tab).delete()
        return
    where = {"action": action, "column": column, "is_editing": is_editing, "at": now}
    here = Presence(strategy=strategy, user=user, tab=tab, **where)
    # In one statement: this is the most frequent write of all.
    Presence.objects.bulk_create(
        [here], update_conflicts=True, unique_fields=["strategy", "user", "tab"], update_fields=list(where)
    )


def others_in(strategy, user, now):
    """The other people who are in the plan now: one entry for each place they are at, in a fixed order."""
    fresh = strategy.presences.filter(at__gte=now - FRESH).exclude(user=user).select_related("user")
    places = {
        (one.user_id, one.action_id, one.column): {
            "name": one.user.name,
            "initials": initials_of(one.user.name),
            "row": one.action_id,
            "column": one.column,
            "editing": one.is_editing,
        }
        for one in fresh
    }
    return [places[key] for key in sorted(places)]


def initials_of(name):
    """At most three capitals, enough to tell colleagues apart at the edge of a cell."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in words if word[0].isupper() or len(words) < 3)[:3].upper() or name[:1].upper()
