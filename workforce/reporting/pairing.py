"""Which tables are drawn, and as what. A chart for every table would hide what matters."""

from .charts import chart_of, matrix
from .methods import method_of
from .summaries import summary_of, summary_of_matrix
from .wording import title_of

ALWAYS_DRAWN = ("posts", "vacancy_rate", "turnover_rate", "share_over_50", "share_zero_hours", "hourly_pay")
NEVER_DRAWN = ("training_", "employees_of_")  # their shares and rates are
TOGETHER = "share_trained_"  # one chart for all topics


def pairs_of(tables):
    """For each table of a part, in order: (table, title, chart or None, summary, method).

    A chart for the first table of each measure that can be drawn, and for every one of a few; of training one for all
    topics. How a measure is made is said with its first table.
    """
    topics, drawn, said = _topics(tables), set(), set()
    for table in tables:
        is_wanted = table.measure in ALWAYS_DRAWN or table.measure not in drawn
        chart, summary = _together(topics) if topics and table is topics[0] else _alone(table, is_wanted)
        method = method_of(table.measure) if table.measure not in said else ""
        drawn |= {table.measure} if chart else set()
        said.add(table.measure)
        yield table, title_of(table), chart, summary, method


def _topics(tables):
    """The tables of all topics, in the first breakdown that there is."""
    trained = [table for table in tables if table.measure.startswith(TOGETHER)]
    return [table for table in trained if table.rows == trained[0].rows]


def _together(topics):
    chart = matrix(topics)
    return chart, summary_of_matrix(topics) if chart else summary_of(topics[0])


def _alone(table, is_wanted):
    is_drawn = is_wanted and not table.measure.startswith((*NEVER_DRAWN, TOGETHER))
    return chart_of(table) if is_drawn else None, summary_of(table)
