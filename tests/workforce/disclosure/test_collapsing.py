"""Values are put together before anything is hidden, on the fixed levels first."""

import numpy as np

from workforce.disclosure.collapsing import LONGEST, OTHERS, choose_columns, joined_key, levels_of
from workforce.disclosure.rules import Rules
from workforce.profile.fields import values_of

RULES = Rules()


def chosen(field, by_partner, threshold=5, special=False):
    values = (*values_of(field), "no_value")
    name, columns = choose_columns(levels_of(field, values), np.array(by_partner), RULES, threshold, special=special)
    return name, [column.key for column in columns]


def test_the_finest_level_is_kept_where_it_will_do():
    assert chosen("age_band", [[100] * 13] * 3)[0] == "age_band"


def test_small_bands_are_joined_by_the_next_level():
    one = [100] * 12 + [50]
    one[10] = one[11] = 1  # 65 to 69 and 70 and over
    assert chosen("age_band", [one] * 3, threshold=10)[0] == "age10"


def test_what_all_partners_but_one_have_is_not_small_either():
    most, rest = [100] * 13, [100] * 13
    rest[10] = 1
    assert chosen("age_band", [most, rest, rest])[0] == "age10"  # the first would know that the others have two


def test_without_a_wider_level_small_values_are_put_with_other():
    assert chosen("sex", [[800, 200, 1, 60]] * 3, threshold=10) == ("sex", ["female", "male", "other|no_value"])


def test_nothing_is_told_where_only_having_a_value_would_be():
    assert chosen("sex", [[800, 2, 0, 0]] * 3, threshold=10)[1] == []


def test_a_key_names_its_parts_if_there_is_room():
    assert joined_key(["a", "b"]) == "a|b"
    assert joined_key(["x" * LONGEST, "b"]) == OTHERS
