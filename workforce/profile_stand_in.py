"""Stands in for counting and gate until they are there: posts by sector, large counts only."""

from collections import Counter

import pyarrow.parquet as pq

from workforce.disclosure.released import Audience, Method, restored
from workforce.profile_engine import Made


def make(asked, alive):
    counts = Counter()
    for one in asked.returns:
        counts[one.sector] += pq.read_metadata(one.posts).num_rows
    alive()
    return Made(tuple(map(restored, [_table(asked, counts)])), version="0")


def _table(asked, counts):
    least = asked.rules.threshold(public=asked.audience == Audience.PUBLIC)
    cells = [[sector, None, count if count >= least else None, count < least] for sector, count in counts.items()]
    method = {Audience.PARTNER: Method.OWN, Audience.PUBLIC: Method.PERTURBED}.get(asked.audience, Method.EXACT)
    labels = {sector: sector.replace("_", " ").capitalize() for sector in counts}
    hidden = any(cell[3] for cell in cells)
    return {
        "measure": "posts", "rows": "sector", "columns": "", "unit": "posts", "row_labels": labels, "column_labels": {},
        "label": "Posts", "note": "Small counts are hidden." if hidden else "", "source": "Returns of the partners",
        "method": method.value, "cells": [[None, None, None if hidden else sum(counts.values()), hidden], *cells],
    }  # fmt: skip
