"""From the columns of a snapshot to codes of a profile's field: 0 to K - 1 a value, K none, K + 1 does not apply."""

from functools import cache

import numpy as np

from workforce.posts import STATES, vocabulary
from workforce.profile.fields import (
    DERIVED,
    EXPERIENCE,
    experience_band,
    values_of,
    years_since_month,
    years_since_year,
)
from workforce.template import GIVEN, NOT_APPLICABLE


def columns_of(field):
    """The columns of a snapshot that a field is made of."""
    if not field:
        return ()
    return (f"{DERIVED[field]}_state", DERIVED[field]) if field in DERIVED else (field,)


def codes_of(field, read, as_at):
    """(codes, K) along posts. `read`: the columns that `columns_of` names."""
    if field in DERIVED:
        return _experience(field, *read, as_at), len(EXPERIENCE)
    return _along(field)[read[0]], len(values_of(field))


@cache
def _along(field):
    """From positions in the template's vocabulary to codes."""
    values = values_of(field)
    place_of = {value: place for place, value in enumerate(values)} | {NOT_APPLICABLE: len(values) + 1}
    return np.array([place_of.get(word, len(values)) for word in vocabulary(field)], np.int8)


def _experience(field, state, when, as_at):
    given = state == STATES.index(GIVEN)
    years_since = years_since_month if field == "experience_role" else years_since_year
    band = experience_band(years_since(np.where(given, when, 0), as_at))
    codes = np.where(given & (band >= 0), band, len(EXPERIENCE))
    return np.where(state == STATES.index(NOT_APPLICABLE), len(EXPERIENCE) + 1, codes).astype(np.int8)
