"""Codes that share a value, and codes that nobody knows."""

from hypothesis import given
from hypothesis import strategies as st

from workforce.quality.mapping import CodeCount, MappingLoss, mapping_loss, worst_unmapped


def code(field, code, value, rows, *, merged=False, known=True):
    return CodeCount(field, code, value, rows, merged, known)


def test_rows_of_merged_and_of_unknown_codes_are_counted_by_field():
    counts = [
        code("role", "1", "senior_manager", 10, merged=True), code("role", "2", "senior_manager", 5, merged=True),
        code("role", "8", "care_worker", 84), code("role", "99", "unknown", 1, known=False),
        code("sex", "1", "male", 50),
    ]  # fmt: skip
    assert mapping_loss(counts) == [MappingLoss("role", 100, 15, 1), MappingLoss("sex", 50, 0, 0)]


def test_codes_that_all_mean_not_known_lose_nothing_by_being_one():
    counts = [code("sex", "3", "unknown", 7, merged=True), code("sex", "9", "unknown", 2, merged=True)]
    assert mapping_loss(counts) == [MappingLoss("sex", 9, 0, 0)]


def test_control_codes_of_values_that_are_merged_are_a_loss():
    assert mapping_loss([code("role", "1", "senior_manager", 7, merged=True)])[0].merged_rate == 1


def test_the_field_that_loses_most_by_its_share_is_the_worst():
    large, small = MappingLoss("role", 1000, 0, 6), MappingLoss("sex", 10, 0, 1)
    assert worst_unmapped([large, small]) == small
    assert worst_unmapped([]) is None
    assert MappingLoss("sex", 0, 0, 0).unmapped_rate is None


CODES = st.builds(
    code, st.sampled_from(["role", "sex"]), st.text(max_size=3), st.sampled_from(["unknown", "male"]),
    st.integers(1, 50), merged=st.booleans(), known=st.booleans(),
)  # fmt: skip


@given(st.lists(CODES, max_size=20))
def test_no_row_is_lost_twice(counts):
    losses = mapping_loss(counts)
    assert sum(loss.rows for loss in losses) == sum(count.rows for count in counts)
    assert all(loss.merged + loss.unmapped <= loss.rows for loss in losses)
