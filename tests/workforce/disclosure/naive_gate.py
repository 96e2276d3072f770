"""A gate that hides small figures and nothing else: what the attack must break."""

import numpy as np

from workforce.disclosure.released import Method, restored
from workforce.profile.declaring import Kind


def release(counted, measures, rules):
    """Tables of every measure, by every breakdown: figures of 1 to the threshold less one are hidden."""
    found = []
    for measure in measures:
        for rows in ("", *measure.rows):
            found.append(_table(counted, measure, rows, rules))
    return tuple(found)


def _table(counted, measure, rows, rules):
    make = {Kind.SHARE: _ratios, Kind.RATE: _ratios, Kind.SUM: _sums}.get(measure.kind, _counts)
    kept = dict.fromkeys(("label", "note", "source"), "")
    kept |= {"measure": measure.name, "rows": rows, "columns": measure.columns, "unit": measure.unit}
    kept |= {"method": Method.EXACT.value, "row_labels": counted.labels.get(rows, {}), "column_labels": {}}
    return restored(kept | {"cells": [list(cell) for cell in make(counted, measure, rows, rules)]})


def _added(block, rows):
    """(row, counts along the block's values): the total first."""
    yield None, block.counts.sum(axis=0)
    if rows:
        for place, value in enumerate(block.grains.values[rows]):
            mine = block.grains.places[rows] == place
            if mine.any():
                yield value, block.counts[mine].sum(axis=0)


def _counts(counted, measure, rows, rules):
    least = rules.threshold(public=False, special=measure.special, flow=measure.flow)
    block = counted.blocks[measure.name]
    for row, counts in _added(block, rows):
        columns = {None: counts.sum()} | (dict(zip(block.values, counts, strict=True)) if measure.columns else {})
        for column, count in columns.items():
            hidden = 0 < count < (least if column or measure.flow else rules.partnership_threshold)
            yield row, column, None if hidden else int(count), bool(hidden)


def _sums(counted, measure, rows, rules):
    posts = dict(_added(counted.blocks["posts"], rows))
    for row, amounts in _added(counted.blocks[measure.name], rows):
        hidden = bool(0 < posts[row].sum() < rules.partnership_threshold)
        yield row, None, None if hidden else round(float(amounts.sum())), hidden


def _ratios(counted, measure, rows, rules):
    over = _parts(counted, measure, measure.over, rows)
    among = _parts(counted, measure, measure.among, rows)
    for row, base in among.items():
        hidden = bool(base < rules.fewest_for_percent or 0 < over[row] < rules.special_threshold)
        places = 1 if base >= rules.fewest_for_decimals else 0
        share = None if hidden else round(100 * over[row] / base, places)
        yield row, None, int(share) if share is not None and not places else share, hidden


def _parts(counted, measure, names, rows):
    """row -> how many have these values, or what these counts of workplaces come to."""
    if measure.kind is Kind.RATE:
        each = [dict(_added(counted.blocks[name], rows)) for name in names]
        return {row: float(np.sum([one[row].sum() for one in each])) for row in each[0]}
    block = counted.blocks[measure.of]
    chosen = [block.values.index(name) for name in names]
    return {row: float(counts[chosen].sum()) for row, counts in _added(block, rows)}
