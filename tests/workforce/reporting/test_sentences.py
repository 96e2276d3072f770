"""What is said of figures: the released ones as they stand, and never anything about a hidden one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workforce.reporting.numbers import labels_of, numbers_in, released_numbers
from tests.workforce.reporting.tables import HIDDEN, about, ages_of, estimate_of, pay_of, share_of, table_of
from workforce.disclosure.released import NotReleasedError
from workforce.reporting.sentences import (
    NOT_RECORDED,
    NOTHING_TO_SAY,
    Figures,
    headlines_of,
    largest_rows,
    level,
    most_common,
    not_recorded,
    of_the_whole_sector,
    pay,
    registered,
    size_of_the_workforce,
    training,
)


def roles_of(**values):
    return table_of("role", {None: values}, rows="sector", columns="role", label="Job roles")


def said(make, *tables):
    return make(Figures(tables))


def test_a_share_is_said_with_what_it_is_a_share_of_and_how_far_it_runs():
    table = share_of(figures={None: 36.5, "council": 41.2, "trust": 27.2})

    assert level(Figures([table]), "share_over_50") == [
        "36.5% of posts are held by people aged 50 or over. By partner organisation it runs from 27.2% (NHS trust) to "
        "41.2% (Council)."
    ]


def test_how_far_it_runs_says_that_some_are_not_shown():
    assert "where it is shown" in level(Figures([share_of()]), "share_over_50")[0]


def test_of_a_hidden_whole_only_the_range_is_said():
    table = share_of(figures={None: HIDDEN, "council": 41, "trust": 27})

    assert level(Figures([table]), "share_over_50") == [
        "Posts held by people aged 50 or over: by partner organisation it runs from 27% (NHS trust) to 41% (Council)."
    ]


@pytest.mark.parametrize("figures", [{None: HIDDEN}, {None: HIDDEN, "council": 40}, {None: None}])
def test_of_what_is_hidden_nothing_is_said(figures):
    assert level(Figures([share_of(figures=figures)]), "share_over_50") == []


def test_equal_figures_are_said_to_be_equal():
    table = share_of(figures={None: 30, "council": 30, "trust": 30})

    assert level(Figures([table]), "share_over_50")[0].endswith("By partner organisation it is 30%.")


def test_the_most_common_is_not_said_where_a_hidden_one_could_be_more_common():
    assert said(lambda f: most_common(f, "role"), roles_of(care_worker=310, manager=40, nurse=20)) == [
        "Most common job role: care worker (310 posts)."
    ]
    assert said(lambda f: most_common(f, "role"), roles_of(care_worker=310, manager=HIDDEN, nurse=20)) == []


@pytest.mark.parametrize(
    "values",
    [
        {"other": 99, "nurse": 4, "manager": 3},
        {"nurse|manager": 99, "driver": 4, "care_worker": 3},
        {"care_worker": 9, "nurse": 4},
        {"care_worker": 0, "nurse": 0, "manager": 0},
    ],
)
def test_a_rest_several_together_or_one_of_two_is_not_the_most_common(values):
    assert said(lambda f: most_common(f, "role"), roles_of(**values)) == []


def test_groups_of_roles_are_no_job_roles():
    groups = table_of("role", {None: {"a": 5, "b": 4, "c": 3}}, rows="sector", columns="role_group")

    assert said(lambda f: most_common(f, "role"), groups) == []


def test_those_without_a_value_are_not_the_most_common():
    table = roles_of(care_worker=10, manager=4, nurse=3, **{NOT_RECORDED: 99})

    assert "care worker (10 posts)" in said(lambda f: most_common(f, "role"), table)[0]
    assert said(not_recorded, table) == ["Most often not recorded, and so in no share: job roles (99 posts)."]


def test_a_range_names_single_rows_and_is_left_out_where_the_whole_lies_beyond_it():
    together = {None: 30, "council": 35, "trust": 28, "homes|d": 5, "not_stated": 90}
    beyond = {None: 14, "council": 35, "trust": 28, "homes": HIDDEN}

    assert "from 28% (NHS trust) to 35% (Council)" in level(Figures([share_of(figures=together)]), "share_over_50")[0]
    assert level(Figures([share_of(figures=beyond)]), "share_over_50") == [
        "14% of posts are held by people aged 50 or over."
    ]


def test_the_largest_row_is_not_said_where_one_is_hidden():
    words = ("posts", "most posts are")

    assert said(lambda f: largest_rows(f, *words), table_of()) == []
    assert said(lambda f: largest_rows(f, *words), table_of(figures={None: 9, "council": 6, "trust": 3})) == [
        "By partner organisation, most posts are in Council: 6 posts."
    ]


def test_the_size_of_the_workforce_is_about_right_where_counts_are_moved():
    moved = table_of(figures={None: 1205, "council": 805}, method="perturbed")

    assert size_of_the_workforce(Figures([moved]), about(audience="public")) == [
        "On 31 March 2026 the partners counted here had about 1,205 filled posts."
    ]
    assert size_of_the_workforce(Figures([table_of()]), about(audience="partner", partner="Council")) == [
        "On 31 March 2026 Council had 1,204 filled posts."
    ]


def test_pay_is_said_by_its_middle():
    assert said(pay, pay_of()) == [
        "Half of the posts are paid £13.05 an hour or less; the lowest tenth £11.45 or less, the highest tenth £24.60 "
        "or more.",
        "By job group, where it is shown, the middle figure runs from £12.10 (Direct care support) to £21.05 "
        "(Regulated).",
    ]


def test_the_bounds_are_said_with_the_estimate():
    assert said(of_the_whole_sector, estimate_of()) == [
        "People aged 50 or over, the whole sector: as sent in 36.5%; weighted to the known size 37.9%; if nothing is "
        "assumed of those who sent nothing, between 21.9% and 61.9%."
    ]
    assert said(of_the_whole_sector, estimate_of(low=HIDDEN, high=HIDDEN, weighted=HIDDEN, unweighted=HIDDEN)) == []


def test_a_part_that_is_left_out_has_no_headline():
    tables = [table_of(), share_of(), pay_of()]

    assert len(headlines_of(tables, about())) == 3
    assert headlines_of(tables, about(), {"posts", "people", "pay"}) == (NOTHING_TO_SAY,)


def test_what_was_merely_counted_is_not_spoken_of():
    with pytest.raises(NotReleasedError):
        headlines_of([object()], about())


SHARES = st.one_of(st.integers(0, 100), st.floats(0, 100).map(lambda share: round(share, 1)), st.just(HIDDEN))


@given(st.fixed_dictionaries({None: SHARES, "council": SHARES, "trust": SHARES, "homes": SHARES}))
@settings(max_examples=60, deadline=None)
def test_whatever_is_hidden_sentences_have_released_numbers_only(figures):
    tables = [table_of(), ages_of(), pay_of(), share_of(figures=figures)]
    text = " ".join(headlines_of(tables, about()) + tuple(level(Figures(tables), "share_over_50")))

    assert numbers_in(text, "31 March 2026", "aged 50", *labels_of(*tables)) <= released_numbers(*tables)


def trained(topic, value):
    return table_of(f"share_trained_{topic}", {None: value}, unit="%", label=f"Trained: {topic}")


def test_of_training_the_topics_at_either_end_are_said():
    tables = [trained("dementia", 41), trained("safeguarding", 88), trained("medication", 60)]

    assert said(training, *tables) == [
        "Training is most often up to date on safeguarding (88% of posts), and least often on dementia (41% of posts)."
    ]
    assert "Training of the topics shown" in said(training, *tables, trained("leadership", HIDDEN))[0]
    assert said(training, trained("dementia", 41), trained("leadership", HIDDEN)) == []


def test_registers_are_named_with_their_posts_as_far_as_they_are_shown():
    values = {None: {"none": 900, "nmc": 300, "gmc": HIDDEN, "swe": 40, NOT_RECORDED: 5}}
    table = table_of("registration", values, rows="sector", columns="registration")

    assert said(registered, table) == ["On a professional register: Nmc (300 posts) and Swe (40 posts)."]
    assert said(registered) == []


def test_where_registers_are_taken_together_only_their_sum_is_said():
    table = table_of("registration", {None: {"none": 900, "registered": 300}}, rows="sector", columns="registration2")

    assert said(registered, table) == ["Posts held by people on a professional register: 300 posts."]


def test_what_is_most_often_not_recorded_comes_first_and_no_more_than_a_few():
    tables = [table_of(f"m{n}", {None: {"x": 9, NOT_RECORDED: n}}, columns="m", label=f"Measure {n}") for n in range(9)]

    assert said(not_recorded, *tables)[0].startswith(
        "Most often not recorded, and so in no share: measure 8 (8 posts),"
    )
    assert "measure 2" not in said(not_recorded, *tables)[0]


def test_a_number_that_was_not_released_would_be_found():
    """The control of the tests that look for them."""
    text = "Of 1,204 posts 43.5% are held by people aged 50 or over, that is 523; on 31 March 2026."

    assert numbers_in(text, "31 March 2026", "aged 50") - released_numbers(table_of()) == {"43.5", "523"}
