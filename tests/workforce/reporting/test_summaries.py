"""What stands beside a picture for those who do not see it."""

import pytest

from tests.workforce.reporting.numbers import labels_of, numbers_in, released_numbers
from tests.workforce.reporting.tables import AGES, HIDDEN, ages_of, estimate_of, pay_of, share_of, table_of
from workforce.reporting.summaries import FEW, summary_of, summary_of_matrix


def test_few_figures_are_read_out_one_by_one():
    assert summary_of(share_of()) == (
        "Posts held by people aged 50 or over, by partner organisation. All: 36.5%. Council: 41.2%. NHS trust: 27.2%. "
        "Care homes together: hidden."
    )


def test_of_many_the_largest_of_each_row_is_said():
    assert summary_of(ages_of()) == (
        "Age of people in post, by partner organisation. All: most in 45 to 54, 310. Council: most in 45 to 54, 210. "
        "NHS trust: most of those shown in 45 to 54, 98. Care homes together: hidden. Some figures are hidden. All "
        "figures are in the table."
    )


def test_of_many_rows_the_highest_and_lowest_are_said():
    rows = {f"service_{n}": n for n in range(1, FEW + 2)}

    assert summary_of(table_of(figures={None: 153, **rows}, rows="service")) == (
        "Posts, by service. All: 153. Highest: Service 17, 17. Lowest: Service 1, 1. All figures are in the table."
    )
    assert "Highest shown: Service 16" in summary_of(table_of(figures={**rows, "service_17": HIDDEN}, rows="service"))


def test_of_percentiles_the_middle_is_said():
    assert "Manager: half up to £19.55." in summary_of(pay_of())


@pytest.mark.parametrize("table", [table_of(), share_of(), ages_of(), pay_of(), estimate_of()], ids=lambda t: t.measure)
def test_numbers_said_are_the_released_ones(table):
    besides = [*labels_of(table), *(label.lower() for label in labels_of(table)), table.label]

    assert numbers_in(summary_of(table), *besides) <= released_numbers(table)


def test_a_row_of_noughts_says_nothing_of_what_is_largest():
    row = dict.fromkeys(AGES, 0)
    table = table_of("age_band", {None: row, "council": row, "trust": row, "homes": row}, columns="age_band")

    assert "most" not in summary_of(table)


def test_of_several_topics_together_the_ends_of_each_row_are_said():
    figures = [{None: 41, "council": 30, "trust": HIDDEN}, {None: 88, "council": 90, "trust": HIDDEN}]
    names = ["Trained: dementia", "Trained: safeguarding"]
    tables = [share_of(f"share_trained_{n}", one, label=names[n]) for n, one in enumerate(figures)]

    assert summary_of_matrix(tables) == (
        "Trained: dementia, by partner organisation, and likewise for each topic. All: highest for safeguarding, 88%; "
        "lowest for dementia, 41%. Council: highest for safeguarding, 90%; lowest for dementia, 30%. NHS trust: "
        "hidden. All figures are in the tables."
    )
