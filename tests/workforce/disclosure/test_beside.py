"""Members of the partnership read the public tables too."""

from workforce.disclosure.beside import hidden_beside
from workforce.disclosure.gate import release
from workforce.disclosure.public import public_tables
from workforce.disclosure.released import Audience, insist_released
from workforce.disclosure.rules import Rules

from .whole_reports import whole_report

RULES = Rules()


def shown_though_hidden(public, partnership):
    """(table, row, column) that the public sees a figure of and the partnership, at the same columns, does not."""
    exact = {(table.measure, table.rows, table.columns): table for table in partnership}
    found = []
    for table in public:
        beside = exact.get((table.measure, table.rows, table.columns))
        for cell in table.cells if beside else ():
            other = beside.cell(cell.row, cell.column)
            if cell.value is not None and other is not None and other.hidden and cell.row is not None:
                found.append((table.key, cell.row, cell.column))
    return found


def test_the_public_sees_nothing_that_the_partnership_does_not():
    counted = whole_report(2, posts=20000)
    partnership = release(counted, audience=Audience.PARTNERSHIP, rules=RULES)
    public = public_tables(counted, RULES)
    assert shown_though_hidden(public, partnership)  # control: by itself it does
    beside = hidden_beside(public, partnership)
    assert not shown_though_hidden(beside, partnership)
    insist_released(*beside)
    assert 2 * sum(table.hidden for table in beside) < sum(len(table.cells) for table in beside)
