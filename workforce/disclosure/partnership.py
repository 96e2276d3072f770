"""What the partnership sees: exact counts, small ones and enough others hidden, and what is made of counts shown."""

from dataclasses import dataclass, replace

import numpy as np

from workforce.disclosure.collapsing import OTHERS, TOGETHER, Rows, rows_of, services_together
from workforce.disclosure.earlier import Past, is_repeated, past_of
from workforce.disclosure.explaining import Told, note_of
from workforce.disclosure.figures import estimate_cell, percent, rate, ratio_cell, step_of, summary_cells
from workforce.disclosure.judging import Around, Field, Judged, judge
from workforce.disclosure.linked import EACH_SERVICE
from workforce.disclosure.linking import hidden_with, kinds_of, told_by_others
from workforce.disclosure.released import Cell, Method
from workforce.disclosure.tables import sealed, words_of
from workforce.profile.declaring import PARTNER, ROLE_GROUP, ROWS, SECTOR, SERVICE, Kind
from workforce.profile.fields import GROUPINGS
from workforce.profile.measures import MEASURES

COUNTS = (Kind.POSTS, Kind.PLACES)
# All that is shown where an earlier release of the same returns had a partner more, of whom subtracting would tell.
SIZES = {("posts", rows, "") for rows in (PARTNER, SECTOR)}


@dataclass(eq=False)
class Setting:
    """What all tables of one release have in common."""

    counted: object
    rules: object
    rows: dict[str, Rows]
    forced: dict[str, np.ndarray]  # breakdown -> rows of which nothing may be shown, not even how many posts there are
    judged: dict[str, Judged]  # measure -> its tables
    past: Past

    def rows_by(self, measure, name):
        """The breakdowns of a measure's tables, once its counts are judged."""
        judged = self.judged[name]
        return [rows for rows in measure.rows if rows in judged.counts] or [""]


def tables(counted, rules, earlier=()):
    """Every table that the partnership may see, in the order of the measures. The same counts give the same tables.

    Made again of the very same returns, a release is the same: it tells nothing new, so nothing more has to be asked.
    """
    for number, one in enumerate(earlier):
        if is_repeated(one, counted):
            made = _made(counted, rules, earlier[:number])
            if [(table.key, table.cells) for table in made] == [(table.key, table.cells) for table in one.tables]:
                return made
    return _made(counted, rules, earlier)


def _made(counted, rules, earlier):
    if "posts" not in counted.blocks:
        return ()
    setting = _setting(counted, rules, past_of(earlier, counted))
    for measure in MEASURES:
        if measure.kind in COUNTS and measure.name in counted.blocks and measure.name != "posts":
            setting.judged[measure.name] = _judge(setting, measure)
    made = tuple(table for measure in MEASURES for table in _tables_of(setting, measure))
    return tuple(table for table in made if table.key in SIZES) if setting.past.has_gone else made


def _peopled(block, rows):
    """The block without grains of which nothing was counted anywhere, such as a service that only leavers were in."""
    places = [rows[name].place(block.grains, name) for name in rows if name in block.grains.places]
    kept = np.all([place >= 0 for place in places], axis=0)
    if kept.all():
        return block
    grains = replace(
        block.grains, contributor=block.grains.contributor[kept],
        places={name: place[kept] for name, place in block.grains.places.items()},
    )  # fmt: skip
    along = {name: of[kept] for name in ("counts", "keys", "bases") if (of := getattr(block, name)) is not None}
    return replace(block, grains=grains, **along)


def _setting(counted, rules, past):
    rows = {name: rows_of(counted.blocks.values(), name) for name in ROWS}
    counted = replace(counted, blocks={name: _peopled(block, rows) for name, block in counted.blocks.items()})
    rows[EACH_SERVICE] = rows[SERVICE]
    rows[SERVICE] = services_together(counted.blocks["posts"], rows[SERVICE], rules)
    setting = Setting(counted, rules, rows, {}, {}, past)
    setting.judged["posts"] = _judge(setting, next(measure for measure in MEASURES if measure.name == "posts"))
    posts = setting.judged["posts"]
    for name in ROWS:
        if name not in posts.counts:
            rows[name] = Rows((), {}) if name != PARTNER else rows[name]
    setting.forced = {name: hidden[:, -1] for name, hidden in posts.hidden.items() if hidden.any()}
    return setting


def _judge(setting, measure):
    counted, rules = setting.counted, setting.rules
    past, block = setting.past, counted.blocks[measure.name]
    if past.would_tell_of_the_gone(measure.name) or (
        measure.special and past.is_changed_by_few(measure, block, rules.flow_threshold)
    ):
        return Judged((), 0, nothing=True)
    others = measure.flow or measure.kind is Kind.PLACES or measure.name == "posts"
    posts = None if others else counted.blocks["posts"]
    names = ROWS if posts is None else setting.judged["posts"].counts
    asked = Field(
        block, measure.field, tuple(name for name in measure.rows if name in names),
        rules.threshold(public=False, special=measure.special, flow=measure.flow), special=measure.special,
        sums=_sums_for_shares(measure), told=told_by_others(measure.name, counted), kinds=kinds_of(measure, counted),
        by_size=others, posts=posts, single=not measure.columns,
    )  # fmt: skip
    hidden, known = hidden_with(measure.name, setting)
    forced = setting.forced if posts is not None else {}
    views = tuple(setting.past.views(measure, counted.blocks[measure.name].values))
    partners = len(setting.rows[PARTNER].keys)
    around = Around(setting.rows, partners, forced, hidden, known, setting.past, views)
    return judge(asked, around, rules)


def _sums_for_shares(measure):
    shares = [share for share in MEASURES if share.kind is Kind.SHARE and share.of == measure.name]
    return tuple(dict.fromkeys(values for share in shares for values in (share.over, share.among)))


def _tables_of(setting, measure):
    make = {
        Kind.POSTS: _count_tables, Kind.PLACES: _count_tables, Kind.SUM: _sum_tables, Kind.SHARE: _share_tables,
        Kind.RATE: _rate_tables, Kind.MEAN: _summary_tables, Kind.PERCENTILES: _summary_tables,
        Kind.ESTIMATE: _estimate_tables,
    }[measure.kind]  # fmt: skip
    return make(setting, measure)


def _table(setting, measure, rows, cells, *, columns="", keys=(), merged=False):
    known, row_keys = setting.counted.labels, dict.fromkeys(cell.row for cell in cells if cell.row is not None)
    levels = [name for name, _ in GROUPINGS.get(measure.field, ())]
    labels = words_of(known, (rows,), row_keys), words_of(known, (columns, *levels), keys)
    merged = merged or any(TOGETHER in key or key == OTHERS for key in row_keys)
    note = note_of(_told(measure, rows, cells, row_keys, merged), setting.rules)
    return sealed(
        measure, rows, columns, cells, labels=labels, note=note, kept=setting.counted.notes.get(measure.name, ())
    )


def _told(measure, rows, cells, row_keys, merged):
    whole = [all(cell.hidden for cell in cells if cell.row == key) for key in row_keys]
    return Told(
        Method.EXACT, hidden=sum(cell.hidden for cell in cells), rows_hidden=sum(whole) if keys_of(cells) else 0,
        merged=merged, special=measure.special, flow=measure.flow, percentages=measure.unit == "%",
        size_only=measure.kind is Kind.PLACES or rows not in (SERVICE, ROLE_GROUP),
    )  # fmt: skip


def keys_of(cells):
    """The columns that are not the total."""
    return {cell.column for cell in cells} - {None}


# --- counts ------------------------------------------------------------------


def _count_tables(setting, measure):
    judged = setting.judged.get(measure.name)
    if judged is None or judged.nothing or not measure.is_shown:
        return []
    keys = [column.key for column in judged.columns[: judged.shown]]
    places = {key: place for place, key in enumerate(keys)} | {None: len(judged.columns) - 1}
    how = {"columns": judged.level, "keys": keys, "merged": judged.coarse and bool(keys)}
    return [
        _table(setting, measure, rows, _count_cells(setting, judged, rows, places), **how)
        for rows in setting.rows_by(measure, measure.name)
    ]


def _count_cells(setting, judged, rows, places):
    found = [Cell(None, key, int(judged.total[place])) for key, place in places.items()]
    for row, key in enumerate(setting.rows[rows].keys if rows else ()):
        if judged.counts[rows][row, -1] or judged.single:
            found += [_cell(judged, rows, row, key, column, place) for column, place in places.items()]
    return found


def _cell(judged, rows, row, key, column, place):
    hidden = bool(judged.hidden[rows][row, place])
    return Cell(key, column, None if hidden else int(judged.counts[rows][row, place]), hidden)


def _sum_tables(setting, measure):
    """WTE and people: hidden wherever the posts are, and where few people are behind them."""
    block = setting.counted.blocks.get(measure.name)
    if block is None:
        return []
    posts = setting.judged["posts"]
    return [
        _table(setting, measure, rows, _sum_cells(setting, block, posts, rows))
        for rows in [name for name in measure.rows if name in posts.counts] or [""]
    ]


def _sum_cells(setting, block, posts, rows):
    amounts = block.counts[:, [place for place, value in enumerate(block.values) if value != "no_value"]].sum(axis=1)
    found = [Cell(None, None, round(float(amounts.sum())))]
    along = setting.rows[rows].place(block.grains, rows) if rows else None
    for row, key in enumerate(setting.rows[rows].keys if rows else ()):
        hidden = bool(posts.hidden[rows][row, -1])
        found.append(Cell(key, None, None if hidden else round(float(amounts[along == row].sum())), hidden))
    return found


# --- made of counts shown ------------------------------------------------------


def _share_tables(setting, measure):
    judged = setting.judged.get(measure.of)
    if judged is None or judged.nothing:
        return []
    over, among = (_place(setting, judged, measure, values) for values in (measure.over, measure.among))
    if over is None or among is None:
        return []
    parts = [(judged, over)], [(judged, among)]
    return [
        _table(setting, measure, rows, _ratio_cells(setting, measure, rows, *parts, percent))
        for rows in setting.rows_by(measure, measure.of)
    ]


def _place(setting, judged, measure, values):
    known = setting.counted.blocks[measure.of].values
    return judged.place(known.index(value) for value in values if value in known)


def _rate_tables(setting, measure):
    parts = [[setting.judged.get(name) for name in names] for names in (measure.over, measure.among)]
    if any(judged is None or judged.nothing for judged in parts[0] + parts[1]):
        return []
    parts = [[(judged, -1) for judged in side] for side in parts]
    names = [rows for rows in measure.rows if all(rows in judged.counts for side in parts for judged, _ in side)]
    return [
        _table(setting, measure, rows, _ratio_cells(setting, measure, rows, *parts, rate)) for rows in names or [""]
    ]


def _ratio_cells(setting, measure, rows, over, among, made):
    def at(row):
        return [[_value(judged, rows, row, place) for judged, place in side] for side in (over, among)]

    found = [ratio_cell(None, *at(None), setting.rules, made=made, least=measure.minimum_base)]
    for row, key in enumerate(setting.rows[rows].keys if rows else ()):
        found.append(ratio_cell(key, *at(row), setting.rules, made=made, least=measure.minimum_base))
    return found


def _value(judged, rows, row, place):
    if row is None:
        return int(judged.total[place])
    return None if judged.hidden[rows][row, place] else int(judged.counts[rows][row, place])


# --- means, percentiles, estimates ---------------------------------------------


def _summary_tables(setting, measure):
    summaries = setting.counted.summaries.get(measure.name, ())
    found = []
    for rows in measure.rows:
        chosen = [_by_agreement(one) for one in summaries if _is_shown(setting, measure, rows, one)]
        if chosen:
            columns = _summary_columns(measure, chosen)
            cells = summary_cells(
                chosen, columns, setting.rules, step=step_of(measure.unit), least=measure.minimum_base
            )
            keys = [key for key in columns.values() if key]
            found.append(_table(setting, measure, rows, cells, columns=measure.columns if keys else "", keys=keys))
    return found


def _is_shown(setting, measure, rows, summary):
    """Pay never by partner; rows that are put together, or of which nothing may be shown, are left out."""
    if summary.row is None:
        return True
    if summary.rows != rows or (rows == PARTNER and measure.kind is Kind.PERCENTILES):
        return False
    if rows not in setting.rows:
        return True
    keys = setting.rows[rows].keys
    hidden = setting.forced.get(rows)
    return summary.row in keys and not (hidden is not None and hidden[keys.index(summary.row)])


def _by_agreement(summary):
    """Partners agreed to show each other their own figures: the rule about employers is not about those."""
    return replace(summary, contributors=1 << 30, largest_share=0.0) if summary.rows == PARTNER else summary


def _summary_columns(measure, summaries):
    names = dict.fromkeys(name for one in summaries for name in one.figures)
    return dict.fromkeys(names) if measure.kind is Kind.MEAN else {name: name for name in names}


def _estimate_tables(setting, measure):
    estimate = next((one for one in setting.counted.estimates if one.measure in (measure.name, measure.of)), None)
    if estimate is None:
        return []
    names = ("unweighted", "weighted", "low", "high")
    cells = [
        estimate_cell(estimate, name, getattr(estimate, name), setting.rules, whole_per_cents=False) for name in names
    ]
    return [_table(setting, measure, "", cells, columns=measure.columns, keys=names)]
