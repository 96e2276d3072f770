"""Charts: drawn numbers are the table's, hidden ones are nowhere, and black and white is enough."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workforce.reporting.numbers import points_of, released_numbers, values_in
from tests.workforce.reporting.tables import AGES, HIDDEN, ages_of, estimate_of, pay_of, share_of, table_of
from workforce.disclosure.released import NotReleasedError
from workforce.reporting import charts
from workforce.reporting.charts import chart_of, matrix
from workforce.reporting.wording import figure

SHAPES = [table_of(), share_of(), ages_of(), pay_of(), estimate_of()]
CELLS = st.one_of(st.integers(0, 10**6), st.just(HIDDEN))
ROWS = st.dictionaries(st.sampled_from(["council", "trust", "homes", "d", "e"]), CELLS, min_size=1)
GRIDS = st.dictionaries(
    st.sampled_from(["council", "trust", "homes"]), st.fixed_dictionaries(dict.fromkeys(AGES, CELLS)), min_size=1
)


def shown(table):
    return {cell.value for cell in table.cells if cell.value is not None}


@pytest.mark.parametrize("table", SHAPES, ids=lambda table: table.measure)
def test_every_number_of_a_chart_is_a_figure_of_its_table(table):
    chart = chart_of(table)

    assert values_in(chart) <= shown(table)
    assert values_in(chart)


@given(st.one_of(ROWS, GRIDS))
@settings(max_examples=60, deadline=None)
def test_whatever_is_hidden_a_chart_has_released_numbers_only(figures):
    table = table_of(figures={None: HIDDEN} | figures, columns="age_band")
    chart = chart_of(table)

    assert chart is None or values_in(chart) <= shown(table)


def test_a_number_that_is_no_figure_of_the_table_would_be_found():
    """The control: a chart whose points were added to."""
    chart = chart_of(table_of())
    chart["layer"][0]["data"] = {"values": [{"value": 999}]}

    assert values_in(chart) - shown(table_of()) == {999}


def test_the_same_chart_is_drawn_whatever_stands_behind_a_hidden_cell():
    one, other = (table_of(figures={None: 900, "council": 800, "trust": HIDDEN, "homes": 60}) for _ in range(2))

    assert json.dumps(chart_of(one)) == json.dumps(chart_of(other))
    points = points_of(chart_of(one))
    assert [point for point in points if point["label"] == "NHS trust"] == [{"label": "NHS trust", "words": "hidden"}]


def test_each_mark_has_its_figure_beside_it_in_words():
    points = points_of(chart_of(table_of(figures={None: 12042, "council": 8042, "trust": 4000})))

    assert [(point["value"], point["words"]) for point in points] == [(8042, "8,042"), (4000, "4,000")]


def test_of_shares_the_whole_is_drawn_and_of_counts_not():
    assert chart_of(share_of())["data"]["values"][0]["label"] == "All"
    assert "All" not in [point["label"] for point in chart_of(table_of())["data"]["values"]]


def test_rows_stand_in_the_table_s_order_so_that_the_order_tells_nothing():
    table = share_of(figures={None: 30, "trust": HIDDEN, "council": 40, "homes": 20})

    assert chart_of(table)["encoding"]["y"]["sort"] == ["All", "NHS trust", "Council", "Care homes together"]


def test_a_row_that_is_all_hidden_gets_no_panel_and_is_named_below():
    chart = chart_of(ages_of())

    assert "Care homes together" not in chart["facet"]["sort"]
    assert "Care homes together" in " ".join(chart["title"]["text"])


def test_bars_and_boxes_begin_at_nought():
    for table in SHAPES:
        scales = [part["scale"] for part in _parts(chart_of(table)) if "scale" in part and "zero" in part["scale"]]
        assert scales
        assert all(scale["zero"] for scale in scales)


def _parts(chart):
    found = [chart] if isinstance(chart, dict) else []
    inside = chart.values() if isinstance(chart, dict) else chart if isinstance(chart, list) else []
    return found + [part for value in inside for part in _parts(value)]


def test_nothing_is_told_by_colour_alone():
    """No scale of colours and no legend anywhere. Only the whole is darker, and its word says that it is the whole."""
    for table in SHAPES:
        drawn = json.dumps(chart_of(table))
        assert "legend" not in drawn
        assert '"color": {"field"' not in drawn


def test_one_figure_and_that_of_the_whole_are_nothing_to_compare():
    assert chart_of(share_of(figures={None: 30, "council": 40, "trust": HIDDEN})) is None
    assert chart_of(share_of(figures={None: 30, "council": 40, "trust": 20}))


def test_where_no_row_may_be_seen_the_whole_is_drawn():
    row = dict.fromkeys(AGES, 20)
    table = table_of(
        "age_band", {None: row, "council": dict.fromkeys(AGES, HIDDEN), "trust": dict.fromkeys(AGES, HIDDEN)}
    )

    assert [point["value"] for point in points_of(chart_of(table))] == [20] * len(AGES)


def test_a_table_with_nothing_to_show_has_no_chart():
    assert chart_of(table_of(figures={None: HIDDEN, "council": HIDDEN})) is None
    assert chart_of(table_of(figures={None: None, "council": None})) is None


def test_too_many_rows_for_small_charts_leave_the_whole():
    row = dict.fromkeys(AGES, 20)
    table = table_of("age_band", {None: row, **{f"r{n}": row for n in range(30)}}, columns="age_band", rows="role")

    assert [point["label"] for point in chart_of(table)["data"]["values"]] == list(AGES.values())


def test_percentiles_are_drawn_as_far_as_they_are_shown():
    points = {point["label"]: point for point in chart_of(pay_of())["data"]["values"]}

    assert points["Manager"] == {
        "label": "Manager", "words": "£19.55", "value": 19.55, "p25": 17.2, "p50": 19.55, "p75": 23.1,
        "p25_words": "£17.20", "p50_words": "£19.55", "p75_words": "£23.10",
    }  # fmt: skip
    assert points["Other"] == {"label": "Other", "words": "hidden"}


def test_an_estimate_without_its_bounds_is_not_drawn():
    assert chart_of(estimate_of(low=HIDDEN)) is None
    assert values_in(chart_of(estimate_of(weighted=None))) == {36.5, 21.9, 61.9}


def test_what_was_merely_counted_cannot_be_drawn():
    class Counted:
        cells, measure, columns = (), "posts", ""

    with pytest.raises(NotReleasedError):
        chart_of(Counted())


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(colour):
    return 1.05 / (luminance(colour) + 0.05)


def test_marks_and_words_stand_out_from_white():
    assert contrast("#000000") == 21  # the control of the measure
    assert all(contrast(colour) >= 3 for colour in (charts.MARK, charts.WHOLE))
    assert all(contrast(colour) >= 4.5 for colour in (charts.INK, charts.SOFT))


def test_numbers_are_written_alike_in_charts_and_tables():
    written = {(1204, "posts"): "1,204", (36.0, "%"): "36.0%", (37, "%"): "37%", (12.1, "£ an hour"): "£12.10"}

    assert {pair: figure(*pair) for pair in written} == written
    assert (figure(5.25, "days"), figure(983.0, "WTE")) == ("5.25", "983")
    assert released_numbers(share_of()) == {"36.5", "41.2", "27.2"}


def trained(topic, **values):
    return share_of(f"share_trained_{topic}", {None: 50, **values}, label=f"Trained: {topic}")


def test_topics_of_training_stand_together_on_one_scale():
    tables = [trained("dementia", council=30, trust=HIDDEN), trained("safeguarding", council=90, trust=40)]
    chart = matrix(tables)

    assert {(point["row"], point["label"]): point.get("value") for point in points_of(chart)} == {
        ("All", "Dementia"): 50, ("All", "Safeguarding"): 50,
        ("Council", "Dementia"): 30, ("Council", "Safeguarding"): 90,
        ("NHS trust", "Dementia"): None, ("NHS trust", "Safeguarding"): 40,
    }  # fmt: skip
    assert "independent" not in json.dumps(chart)
    assert "independent" in json.dumps(chart_of(ages_of()))


def test_one_topic_is_not_put_together():
    assert matrix([trained("dementia", council=30)]) is None
    with pytest.raises(NotReleasedError):
        matrix([trained("dementia"), object()])


def test_names_of_panels_take_as_many_lines_each_so_that_bars_stand_beside_each_other():
    long = "Northbridge Hospitals NHS Foundation Trust"
    chart = chart_of(ages_of(row_labels={"council": "Council", "trust": long, "homes": "Homes"}))

    assert {row.count("\n") for row in chart["facet"]["sort"]} == {1}


def test_a_wall_of_bars_is_left_to_the_table():
    rows = {f"r{n}": dict.fromkeys(AGES, 20) for n in range(10)}

    assert "facet" not in chart_of(table_of("age_band", {None: dict.fromkeys(AGES, 200), **rows}, columns="age_band"))
    assert "facet" in chart_of(ages_of())
