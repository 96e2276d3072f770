"""The sixteen parts, and which table stands in which."""

import pytest

from workforce.reporting.parts import BY_KEY, OUTLINES, place_of


def test_all_sixteen_have_a_question_and_no_measure_stands_twice():
    measures = [measure for outline in OUTLINES for measure in outline.measures]

    assert len(BY_KEY) == len(OUTLINES) == 16
    assert all(outline.answers.endswith("?") for outline in OUTLINES)
    assert len(measures) == len(set(measures))


@pytest.mark.parametrize(
    ("measure", "columns", "key"),
    [
        ("posts", "", "posts"),
        ("hourly_pay", "percentiles", "pay"),
        ("training_dementia", "training_dementia", "skills"),
        ("share_trained_dementia", "", "skills"),
        ("share_over_50", "", "people"),
        ("estimate_share_over_50", "estimate", "quality"),
        ("share_over_50", "estimate", "quality"),
        ("something_new", "", "quality"),
    ],
)
def test_a_table_stands_where_its_measure_belongs(measure, columns, key):
    assert place_of(measure, columns)[0] == key


def test_the_order_of_measures_is_that_of_the_part():
    assert place_of("posts") < place_of("wte")
    assert place_of("share_trained_dementia")[1] < place_of("training_dementia")[1]
