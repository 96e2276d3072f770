"""The tables of a profile: counted, and then let through the gate for one audience. What is counted stays in here."""

from workforce.disclosure.gate import release
from workforce.profile.counting import VERSION, Return, count
from workforce.profile_order import Made


def make(asked, alive):
    """`alive` is called between the steps."""
    returns = [
        Return(one.partner, one.sector, one.source, one.posts, one.establishments, one.as_at, one.snapshot)
        for one in asked.returns
    ]
    counted = count(
        returns, as_at=asked.as_at, key_secret=asked.key_secret, labels=asked.labels, sizes=asked.sizes,
        context=asked.context,
    )  # fmt: skip
    alive()
    tables = release(
        counted, audience=asked.audience, rules=asked.rules, earlier=asked.earlier, partner=asked.partner
    )  # fmt: skip
    alive()
    counted_ones = frozenset(pk for numbers in counted.snapshots.values() for pk in numbers)
    return Made(tables, counted.notes, str(VERSION), counted_ones)
