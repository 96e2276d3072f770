"""The one way from what was counted to what may be shown, for one audience.

A partner's own stewards get its own figures as they are. The partnership gets exact counts of which small ones are
hidden, and enough others that none of those can be worked out. The public gets counts with noise, rounded.
"""

from workforce.disclosure import own, partnership
from workforce.disclosure.beside import hidden_beside
from workforce.disclosure.earlier import Earlier
from workforce.disclosure.public import public_tables
from workforce.disclosure.released import Audience, ReleasedTable
from workforce.disclosure.rules import Rules
from workforce.profile.counted import Counted


def release(
    counted: Counted, *, audience: Audience, rules: Rules, earlier=(), partner=None
) -> tuple[ReleasedTable, ...]:
    """All tables that this audience may see.

    counted   what was counted of one partnership on one day
    rules     thresholds and limits of the partnership
    earlier   `Earlier` releases that somebody has seen; those made of some of the same snapshots are taken into account
    partner   slug; for the audience of one partner only
    """
    if audience is Audience.PARTNER:
        return own.tables(counted, partner)
    if audience is Audience.PARTNERSHIP:
        return partnership.tables(counted, rules, earlier)
    members = tuple(one for one in earlier if one.audience == Audience.PARTNERSHIP)
    everybodys = tuple(one for one in earlier if one.audience == Audience.PUBLIC)
    return hidden_beside(public_tables(counted, rules, everybodys), partnership.tables(counted, rules, members))


__all__ = ["Earlier", "release"]
