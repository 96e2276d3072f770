"""What a partner's own stewards see: its figures as they are."""

import numpy as np

from workforce.disclosure.collapsing import rows_of
from workforce.disclosure.figures import DAYS, nearest, step_of
from workforce.disclosure.released import Cell, Method
from workforce.disclosure.tables import sealed, words_of
from workforce.profile.counted import Block, Grains
from workforce.profile.declaring import PARTNER, Kind
from workforce.profile.measures import MEASURES
from workforce.profile.words import NO_VALUE

NOTE = "Your own figures as they are. Small ones may point to single people: do not pass them on."


def tables(counted, partner):
    """One table for each measure and breakdown of the partner's own posts; exact."""
    blocks = {name: _of(block, partner) for name, block in counted.blocks.items()}
    blocks = {name: block for name, block in blocks.items() if len(block.grains)}
    found = []
    for measure in MEASURES:
        for rows in [name for name in measure.rows if name != PARTNER] or [""]:
            cells, columns = _cells(measure, blocks, counted, partner, rows)
            if cells:
                found.append(_table(counted, measure, rows, cells, columns))
    return tuple(found)


def _of(block, partner):
    grains = block.grains
    own = grains.places[PARTNER] == (grains.values[PARTNER].index(partner) if partner in grains.values[PARTNER] else -2)
    places = {name: along[own] for name, along in grains.places.items()}
    kept = Grains(grains.values, places, grains.contributor[own])
    return Block(kept, block.values, block.counts[own], None, None if block.bases is None else block.bases[own])


def _table(counted, measure, rows, cells, columns):
    words = words_of(counted.labels, (rows,), dict.fromkeys(cell.row for cell in cells if cell.row is not None))
    names = words_of(counted.labels, (measure.columns, measure.field), columns)
    return sealed(
        measure, rows, measure.columns, cells, labels=(words, names), method=Method.OWN, note=NOTE,
        kept=counted.notes.get(measure.name, ()),
    )  # fmt: skip


def _cells(measure, blocks, counted, partner, rows):
    """(cells, keys of columns)."""
    if measure.kind in (Kind.POSTS, Kind.SUM, Kind.PLACES) and measure.name in blocks:
        return _counts(measure, blocks[measure.name], rows)
    if measure.kind is Kind.SHARE and measure.of in blocks:
        block = blocks[measure.of]
        return _ratios(_amounts(block, rows, measure.over), _amounts(block, rows, measure.among)), ()
    if measure.kind is Kind.RATE and all(name in blocks for name in (*measure.over, *measure.among)):
        return _ratios(_together(blocks, measure.over, rows), _together(blocks, measure.among, rows)), ()
    if measure.kind in (Kind.MEAN, Kind.PERCENTILES):
        return _summaries(measure, counted, partner, rows)
    return (), ()


def _by_row(block, rows):
    """(keys of rows, None for all; counts of each)."""
    yield None, block.counts.sum(axis=0)
    if rows:
        along = rows_of([block], rows)
        place = along.place(block.grains, rows)
        for number, key in enumerate(along.keys):
            yield key, block.counts[place == number].sum(axis=0)


def _counts(measure, block, rows):
    used = block.counts.any(axis=0)
    columns = [value for value, any_ in zip(block.values, used, strict=True) if any_ or value != NO_VALUE]
    cells = []
    for key, counts in _by_row(block, rows):
        named = dict(zip(block.values, counts, strict=True))
        if not measure.columns:
            cells.append(Cell(key, None, _plain(sum(v for name, v in named.items() if name != NO_VALUE), measure)))
            continue
        cells += [Cell(key, column, int(named[column])) for column in columns]
        cells.append(Cell(key, None, int(counts.sum())))
    return cells, columns if measure.columns else ()


def _plain(number, measure):
    return nearest(float(number), 0.1) if measure.kind is Kind.SUM and measure.unit == "WTE" else round(float(number))


def _amounts(block, rows, values):
    places = [place for place, value in enumerate(block.values) if value in values]
    return {key: float(counts[places].sum()) for key, counts in _by_row(block, rows)}


def _together(blocks, names, rows):
    each = [dict(_by_row(blocks[name], rows)) for name in names]
    keys = dict.fromkeys(key for one in each for key in one)
    return {
        key: float(sum(np.sum(one[key][:-1]) if len(one[key]) > 1 else one[key].sum() for one in each if key in one))
        for key in keys
    }


def _ratios(over, among):
    return [
        Cell(key, None, nearest(100 * over.get(key, 0) / base, 0.1) if base else None) for key, base in among.items()
    ]


def _summaries(measure, counted, partner, rows):
    """Its own mean or percentiles, where the counting made them."""
    own = [one for one in counted.summaries.get(measure.name, ()) if one.rows == PARTNER and one.row == partner]
    if not own or rows not in ("", next(iter([name for name in measure.rows if name != PARTNER]), "")):
        return (), ()
    single, step = measure.kind is Kind.MEAN, DAYS if measure.kind is Kind.MEAN else step_of(measure.unit)
    figures = own[0].figures
    cells = [Cell(None, None if single else name, nearest(value, step)) for name, value in figures.items()]
    return cells, () if single else tuple(figures)
