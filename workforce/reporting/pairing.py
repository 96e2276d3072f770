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

    A chart with the first table of each measure, and with every one of a few; of training one for all topics. How a
    measure is made is said with its first table.
    """
    firsts = {table.measure: table for table in reversed(tables)}
    topics = _topics(tables)
    for table in tables:
        is_first = firsts[table.measure] is table
        chart, summary = _together(topics) if topics and table is topics[0] else _alone(table, is_first)
        yield table, title_of(table), chart, summary, method_of(table.measure) if is_first else ""


def _topics(tables):
    """The tables of all topics, in the first breakdown that there is."""
    trained = [table for table in tables if table.measure.startswith(TOGETHER)]
    return [table for table in trained if table.rows == trained[0].rows]


def _together(topics):
    chart = matrix(topics)
    return (chart, summary_of_matrix(topics)) if chart else _alone(topics[0], is_first=True)


def _alone(table, is_first):
    is_drawn = (is_first and not table.measure.startswith((*NEVER_DRAWN, TOGETHER))) or table.measure in ALWAYS_DRAWN
    return chart_of(table) if is_drawn else None, summary_of(table)
