"""Which keys are the same: by hashing, which is several times as fast as the sorting that numpy does."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def numbered(keys):
    """(the different keys in order, the number of each key among them): as numpy's unique with its inverse."""
    different, met = _in_order_of_meeting(keys)
    order = np.argsort(different)
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return different[order], number[met]


def _in_order_of_meeting(keys):
    encoded = pa.array(keys).dictionary_encode()
    return encoded.dictionary.to_numpy(), encoded.indices.to_numpy()


def is_among(keys, others):
    """True for keys that are among others: as numpy's isin."""
    found = pc.is_in(pa.array(keys), value_set=pa.array(others))
    return found.to_numpy(zero_copy_only=False).copy()


def first_of_each(keys):
    """True where a key is met for the first time."""
    met = _in_order_of_meeting(keys)[1]
    most = np.maximum.accumulate(np.append(np.int32(-1), met))
    return met > most[:-1]
