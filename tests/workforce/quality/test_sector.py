"""Returns beside the known size of the sector: what counts once, what lies outside, and what follows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.quality import page
from workforce.quality.sector import KnownSize, Sent, counted_once, sector_of, sizes_in_force

JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 1)


def figures(service, establishments, posts=None, *, size_band="10_to_49", employees=0, leavers=0):
    return {
        "service": service, "size_band": size_band, "establishments": establishments,
        "posts": 20 * establishments if posts is None else posts, "unsettled": 0, "employees": employees,
        "leavers": leavers,
    }  # fmt: skip


def known(service, establishments=None, *, size_band="", as_at=JANUARY, posts=None):
    return KnownSize(service, as_at, size_band, establishments, posts)


def test_the_newest_size_of_a_kind_counts():
    assert sizes_in_force([known("day", 9), known("day", 11, as_at=JUNE)]) == [known("day", 11, as_at=JUNE)]


@pytest.mark.parametrize(("whole", "by_size", "counts"), [(JANUARY, JUNE, "by_size"), (JUNE, JANUARY, "whole")])
def test_a_service_is_counted_whole_or_by_size_and_never_both(whole, by_size, counts):
    sizes = [known("day", 9, as_at=whole)]
    sizes += [known("day", 4, size_band=band, as_at=by_size) for band in ("1_to_9", "10_to_49")]
    assert sizes_in_force(sizes) == (sizes[:1] if counts == "whole" else sizes[1:])


def test_sizes_of_one_service_may_be_of_different_days():
    sizes = [known("day", 4, size_band="1_to_9"), known("day", 5, size_band="10_to_49", as_at=JUNE)]
    assert sizes_in_force(sizes) == sizes


def test_a_partner_that_sends_the_same_workplaces_in_two_formats_counts_once():
    small, large = Sent(1, (figures("day", 3),)), Sent(1, (figures("day", 5),))
    assert counted_once([small, large]) == [figures("day", 5)]


def test_control_two_partners_with_the_same_service_count_both():
    assert len(counted_once([Sent(1, (figures("day", 3),)), Sent(2, (figures("day", 5),))])) == 2


def test_workplaces_of_a_kind_that_nobody_knows_lie_outside():
    sector = sector_of([known("day", 10)], [Sent(1, (figures("day", 5), figures("other", 2)))])
    assert [one["service"] for one in sector.outside] == ["other"]
    assert sector.coverage == 0.5


def test_a_size_known_by_band_takes_only_workplaces_of_that_band():
    sent = Sent(1, (figures("day", 5), figures("day", 3, size_band="1_to_9")))
    sector = sector_of([known("day", 10, size_band="10_to_49")], [sent])
    assert (sector.strata[0].sent, len(sector.outside)) == (5, 1)
    assert sector_of([known("day", 10)], [sent]).strata[0].sent == 8


def test_posts_may_be_known_where_workplaces_are_not():
    sector = sector_of([known("acute", posts=4000)], [Sent(1, (figures("acute", 1, posts=1000),))])
    assert sector.coverage is None
    assert sector.coverage_of_posts == 0.25
    assert sector.r_indicator is None


def test_the_worked_example_by_way_of_returns():
    sizes = [known("day", 60, size_band="1_to_9"), known("day", 50, size_band="10_to_49")]
    sizes.append(known("day", 90, size_band="50_and_over"))
    made = [(48, 24, 0.22, "1_to_9"), (35, 14, 0.25, "10_to_49"), (37, 12, 0.36, "50_and_over")]
    strata = tuple(
        figures("day", sent, sent * posts, size_band=band, employees=sent * posts, leavers=sent * posts * rate)
        for sent, posts, rate, band in made
    )
    sector = sector_of(sizes, [Sent(1, strata, over_50=(730, 2000))])
    assert sector.coverage == 0.6
    assert round(sector.coverage_of_posts, 3) == 0.648
    assert [round(one, 4) for one in sector.turnover] == [0.2568, 0.2735]
    assert round(sector.r_indicator, 3) == 0.650
    coverage = 2000 / 3220
    assert sector.bounds_over_50 == pytest.approx((coverage * 0.365, coverage * 0.365 + 1 - coverage))
    told = " ".join(page.sector_sentences(sector, exact=True))
    for figure in ("60% of known workplaces", "64.8% of posts", "0.65", "27.3% weighted", "25.7% without"):
        assert figure in told


def test_without_known_sizes_nothing_is_said():
    told = page.sector_page(sector_of([], [Sent(1, (figures("day", 5),))]), exact=True)
    assert (told.strata, told.sentences, told.differences) == ([], [], [])


def test_where_nobody_sent_anything_coverage_is_nought():
    sector = sector_of([known("day", 10)], [])
    assert sector.coverage == 0
    assert (sector.turnover, sector.effective_sample, sector.r_indicator) == ((None, None), None, None)
    assert sector.bounds_over_50 is None


def test_uneven_response_is_amber_and_even_response_green():
    sizes = [known("day", 50), known("care_home", 50)]
    uneven = sector_of(sizes, [Sent(1, (figures("day", 40), figures("care_home", 10)))])
    even = sector_of(sizes, [Sent(1, (figures("day", 20), figures("care_home", 20)))])
    assert (uneven.colour, even.colour) == ("amber", "green")
    assert page.sector_page(uneven, exact=True).next_step
    assert not page.sector_page(even, exact=True).next_step


SERVICES = ("day", "care_home", "domiciliary")


@given(
    st.dictionaries(st.sampled_from(SERVICES), st.integers(1, 200), min_size=1),
    st.dictionaries(st.sampled_from(SERVICES), st.integers(1, 200)),
)
def test_no_workplace_is_counted_twice_or_lost(sizes, sent):
    sector = sector_of(
        [known(service, count) for service, count in sizes.items()],
        [Sent(1, tuple(figures(service, count) for service, count in sent.items()))],
    )
    outside = sum(one["establishments"] for one in sector.outside)
    assert sum(one.sent for one in sector.strata) + outside == sum(sent.values())
    assert all(line.coverage for line in page.stratum_lines(sector, exact=True))


def told_of(exact):
    sizes = [known("day", 50), known("care_home", 50)]
    sent = Sent(1, (figures("day", 3, employees=60, leavers=3), figures("care_home", 40)), over_50=(2, 60))
    return page.sector_page(sector_of(sizes, [sent]), exact=exact)


def test_small_counts_of_workplaces_show_to_their_sender_only():
    assert [line.sent for line in told_of(True).strata] == ["40", "3"]
    assert [line.sent for line in told_of(False).strata] == ["40", "fewer than 5"]
    assert [line.difference != "" for line in told_of(False).differences] == [True, False]


def test_shares_made_of_small_counts_are_told_to_their_sender_only():
    assert any("Turnover" in one for one in told_of(True).sentences)
    assert any("aged 50 and over: 3.3%" in one for one in told_of(True).sentences)
    assert not any("Turnover" in one or "over: " in one for one in told_of(False).sentences)
