"""What the kinds of fault in national files ask about a row beyond its own cells."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workforce.sampling.cells import whole, words


def about_workers(made):
    posts, table = made.posts, made.tables["worker"]
    first = np.append(True, posts.place[1:] != posts.place[:-1])
    names = whole(table["UNIQUEWORKERID"])
    before = pa.concat_arrays([names[:1], names[:-1]])
    _, where, count = np.unique(posts.person, return_inverse=True, return_counts=True)
    trained = pc.is_in(names, whole(made.tables["training"]["UNIQUEWORKERID"]))
    asked = pc.fill_null(pc.is_in(made.tables["workplace"]["DHA"], pa.array(["1", "999"])), False)
    willing = pc.filter(made.tables["workplace"]["LOCALESTID"], asked).combine_chunks()
    return {
        "_before": pc.if_else(pa.array(first), pa.scalar(None, pa.string()), before),
        "_alone": _flags(count[where] == 1),
        "_trained": _flags(np.asarray(trained)),
        "_regulated": _flags(made.places.regulated[posts.place]),
        "_healthcare": _flags(np.asarray(pc.is_in(table["LOCALESTID"], willing))),
    }


def about_places(made):
    """`_donor`: the number of the first regulated location, for all the others; that one must stay as it is."""
    numbers = whole(made.tables["workplace"]["LOCATIONID"])
    known = pc.drop_null(numbers)
    donor = known[0] if len(known) else pa.scalar("", pa.string())
    other = pc.fill_null(pc.not_equal(numbers, donor), False)
    reserved = np.asarray(pc.fill_null(pc.equal(numbers, donor), False))
    return {"_donor": pc.if_else(other, donor, pa.scalar(None, pa.string())), "_reserved": reserved}


def _flags(mask):
    return words("01", mask.astype(int))
