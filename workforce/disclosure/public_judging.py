"""One measure on its way to the public: grouped, perturbed, and what is hidden decided on the true counts."""

import zlib

import numpy as np

from workforce.disclosure.layout import TOTAL, by_groups, laid_out, single
from workforce.disclosure.perturbing import shown, shown_sums
from workforce.disclosure.public_hiding import Judged, hide
from workforce.disclosure.public_rows import SHOWN_BY, rows_allowed
from workforce.profile.declaring import Kind
from workforce.profile.fields import GROUPINGS
from workforce.profile.measures import MEASURES
from workforce.profile.words import NO_VALUE

SIZES = ("posts", "people", "wte", "employees")  # shown by partner too
FEW_HIDDEN = 0.2  # of the cells at a level of a grouping at most


def judge(counted, measure, groups, rules, posts=None) -> Judged:
    """`groups`: of `groups_to_show`; `posts`: the measure of all posts, judged before. Sizes need no employers behind
    them; everything else does.
    """
    threshold = rules.threshold(public=True, special=measure.special, flow=measure.flow)
    is_size = measure.name in SIZES
    level, layout = _layout(counted, measure, groups, rules, threshold)
    values, hidden = _perturbed(counted, measure, layout, rules, threshold)
    noughts = not (measure.special or measure.flow or measure.kind is Kind.SUM)
    judged = Judged(layout, level, values, hidden, noughts, _sizes(layout, posts))
    hidden[judged.exact] = False
    allowed = np.array([value != "" for _, value in layout.rows]) if is_size else rows_allowed(layout, groups)
    hide(judged, allowed, rules, threshold, about_employers=not is_size)
    return judged


def _sizes(layout, posts):
    """Totals of rows whose very posts stand in the table of all posts."""
    if posts is None:
        return {}
    total = [key for key, _ in layout.columns].index(None)
    counts = dict(zip(posts.layout.rows, posts.layout.counts[:, 0], strict=True))
    same = [at for at, row in enumerate(layout.rows) if row[1] != "" and counts.get(row) == layout.counts[at, total]]
    shown = {at: posts.shown(layout.rows[at]) for at in same}
    return {at: value for at, value in shown.items() if value is not None}


def _layout(counted, measure, groups, rules, threshold):
    """(level, layout) at the finest level of its grouping at which all totals and most other cells may be shown."""
    block = counted.blocks[measure.name]
    breakdowns = [name for name in measure.rows if name in SHOWN_BY or measure.name in SIZES]
    sums = _sums(measure)
    if not measure.columns:
        return "", laid_out(block, breakdowns, single(block))
    levels = ((level, by_groups(block, grouping) + sums) for level, grouping in GROUPINGS[measure.field])
    found = [(level, laid_out(block, breakdowns, columns)) for level, columns in levels]
    return next((one for one in found if _is_coarse_enough(one[1], groups, rules, threshold)), found[-1])


def _sums(measure):
    """Columns that stand in no table: what the shares of this measure are made of."""
    shares = [share for share in MEASURES if share.kind is Kind.SHARE and share.of == measure.name]
    return [(("sum", values), values) for share in shares for values in (share.over, share.among)]


def _is_coarse_enough(layout, groups, rules, threshold):
    places = [place for place, (key, _) in enumerate(layout.columns) if type(key) is str and key != NO_VALUE]
    counts = layout.counts[:, places]
    small = (counts > 0) & (counts < threshold)
    rows = rows_allowed(layout, groups)
    rows[TOTAL] = False
    return not small[TOTAL].any() and small[rows].sum() <= FEW_HIDDEN * small[rows].size


def _perturbed(counted, measure, layout, rules, threshold):
    keys = layout.keys if layout.keys is not None else _borrowed_keys(counted, measure, layout)
    if np.issubdtype(layout.counts.dtype, np.integer):
        return shown(layout.counts, keys, rules, threshold)
    bases = np.ceil(layout.counts).astype(np.int64) if layout.bases is None else layout.bases
    return shown_sums(layout.counts, bases, keys, rules, threshold)


def _borrowed_keys(counted, measure, layout):
    """For counts without record keys, such as vacancies: those of all posts of the row, turned for each column."""
    posts = counted.blocks["posts"]
    of = laid_out(posts, layout.breakdowns(), single(posts))
    by_row = {} if of.keys is None else dict(zip(of.rows, of.keys[:, 0].tolist(), strict=True))
    own = [zlib.crc32(f"{measure.name} {sorted(values)}".encode()) for _, values in layout.columns]
    return np.array([by_row.get(row, 0) for row in layout.rows])[:, None] + np.array(own)[None, :]
