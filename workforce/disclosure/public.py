"""The tables that everybody may see: counts with a little noise, rounded, and nothing of one partner but its size.

Hiding is decided on the true counts; what is shown is made of perturbed ones only. Shares and rates are made of such
counts too, so they tell nothing that the counts would not tell.
"""

from workforce.disclosure import figures
from workforce.disclosure.differencing import findings_of_partners
from workforce.disclosure.explaining import Told, estimates_note, note_of, summaries_note
from workforce.disclosure.layout import TOTAL
from workforce.disclosure.public_judging import SIZES, judge
from workforce.disclosure.public_rows import SHOWN_BY, groups_to_show
from workforce.disclosure.released import _SEAL, Cell, Method, ReleasedTable
from workforce.profile.declaring import Kind
from workforce.profile.measures import MEASURES

COUNTED = (Kind.POSTS, Kind.SUM, Kind.PLACES)


SIZES_ONLY = (
    "This time only sizes are shown, because an earlier report was made of the same returns with other partners, and "
    "the two could be subtracted."
)


def public_tables(counted, rules, earlier=()) -> tuple[ReleasedTable, ...]:
    """Every public table of what was counted, in the order of the measures. The same counts give the same tables.

    earlier: public releases so far, with `snapshots`. Where one could be subtracted, sizes only are shown.
    """
    if "posts" not in counted.blocks:
        return ()
    apart = [found for release in earlier for found in findings_of_partners(counted, release.snapshots, rules)]
    groups = {} if apart else groups_to_show(counted.blocks["posts"], rules)
    judged = {}
    for measure in MEASURES:
        if measure.name in counted.blocks and (groups or measure.name in SIZES):
            judged[measure.name] = judge(counted, measure, groups, rules, judged.get("posts"))
    making = Making(counted, judged, groups, rules, (SIZES_ONLY,) if apart else ())
    return tuple(table for measure in MEASURES for table in making.tables_of(measure))


class Making:
    """Makes the tables of each measure of what was judged."""

    def __init__(self, counted, judged, groups, rules, more=()):
        self.counted, self.judged, self.groups, self.rules = counted, judged, groups, rules
        self.more = more  # sentences for every note

    def tables_of(self, measure):
        if not measure.is_shown:
            return ()
        if measure.kind in COUNTED:
            return self._of_counts(measure)
        if measure.kind in (Kind.SHARE, Kind.RATE):
            return self._of_ratios(measure)
        if not self.groups:
            return ()
        return self._of_estimates(measure) if measure.kind is Kind.ESTIMATE else self._of_summaries(measure)

    # --- counts ---

    def _of_counts(self, measure):
        judged = self.judged.get(measure.name)
        for breakdown in judged.layout.breakdowns() or [""] if judged else ():
            places = _rows(judged.layout, breakdown)
            columns = [place for place, (key, _) in enumerate(judged.layout.columns) if type(key) is not tuple]
            cells = [_cell(judged, row, column) for row in places for column in columns]
            keys = [judged.layout.columns[column][0] for column in columns]
            merged = judged.level != measure.columns
            yield self._table(measure, breakdown, judged.level, cells, keys, note=self._note(measure, cells, merged))

    # --- shares and rates ---

    def _of_ratios(self, measure):
        made = figures.percent if measure.kind is Kind.SHARE else figures.rate
        of = self._share if measure.kind is Kind.SHARE else self._rate
        base = self.judged.get(measure.of or measure.among[0])
        for breakdown in base.layout.breakdowns() if base else ():
            rows = [base.layout.rows[place] for place in _rows(base.layout, breakdown)]
            parts = [of(measure, row) for row in rows]
            cells = [
                figures.ratio_cell(row[1], *part, self.rules, made=made, least=measure.minimum_base)
                for row, part in zip(rows, parts, strict=True)
            ]
            yield self._table(measure, breakdown, "", cells, (), note=self._note(measure, cells, False))

    def _share(self, measure, row):
        judged = self.judged[measure.of]
        return [judged.shown(row, measure.over)], [judged.shown(row, measure.among)]

    def _rate(self, measure, row):
        return tuple([self._single(name, row) for name in names] for names in (measure.over, measure.among))

    def _single(self, name, row):
        judged = self.judged.get(name)
        return None if judged is None else judged.shown(row)

    # --- summaries and estimates ---

    def _of_summaries(self, measure):
        summaries = self.counted.summaries.get(measure.name, ())
        columns = self._columns_of_summaries(measure)
        for breakdown in [name for name in measure.rows if name != "partner"] or [""]:
            chosen = [one for one in summaries if one.row is None or (one.rows == breakdown and one.row is not None)]
            ordered = self._in_order(breakdown, chosen)
            cells = [cell for one in ordered for cell in self._summarised(measure, breakdown, one, columns)]
            if cells:
                note = summaries_note(measure.unit, self.rules, self.counted.notes.get(measure.name, ()))
                yield self._table(measure, breakdown, measure.columns, cells, columns.values(), note=note)

    def _columns_of_summaries(self, measure):
        """Name of a figure -> its key in the table."""
        if not measure.columns:
            return {"mean": None}
        return {name: name for name in self.counted.labels[measure.columns] if name != "no_value"}

    def _in_order(self, breakdown, summaries):
        """Those with a row in the order of the page, then one total."""
        order = {row: place for place, row in enumerate(self.counted.labels.get(breakdown, {}))}
        with_row = sorted((one for one in summaries if one.row in order), key=lambda one: order[one.row])
        totals = sorted((one for one in summaries if one.row is None), key=lambda one: one.rows != breakdown)
        return with_row + totals[:1]

    def _summarised(self, measure, breakdown, summary, columns):
        """Its cells, hidden where the public may not see more than the size of that group."""
        cells = figures.summary_cells(
            [summary], columns, self.rules, step=figures.step_of(measure.unit), least=measure.minimum_base
        )
        if breakdown in SHOWN_BY and summary.row is not None and summary.row not in self.groups[breakdown]:
            return [Cell(cell.row, cell.column, None, hidden=True) for cell in cells]
        return cells

    def _of_estimates(self, measure):
        for estimate in self.counted.estimates:
            if estimate.measure in (measure.name, measure.of):
                keys = ("unweighted", "weighted", "low", "high")
                cells = [
                    figures.estimate_cell(estimate, key, getattr(estimate, key), self.rules, whole_per_cents=True)
                    for key in keys
                ]
                note = estimates_note(self.rules, self.counted.notes.get(measure.name, ()))
                yield self._table(measure, "", measure.columns, cells, keys, note=note)

    # --- tables ---

    def _note(self, measure, cells, merged):
        hidden = {cell.row for cell in cells} - {cell.row for cell in cells if not cell.hidden}
        told = Told(
            Method.PERTURBED,
            hidden=sum(cell.hidden for cell in cells),
            rows_hidden=len(hidden),
            merged=merged,
            special=measure.special,
            flow=measure.flow,
            percentages=measure.kind in (Kind.SHARE, Kind.RATE),
            size_only=measure.name in SIZES,
        )
        return note_of(told, self.rules, [*self.counted.notes.get(measure.name, ()), *self.more])

    def _table(self, measure, breakdown, columns, cells, keys, *, note):
        words, names = self.counted.labels.get(breakdown, {}), self.counted.labels.get(columns, {})
        rows = dict.fromkeys(cell.row for cell in cells if cell.row is not None)
        return ReleasedTable(
            measure.name,
            breakdown,
            columns,
            measure.unit,
            Method.PERTURBED,
            {row: words.get(row, row) for row in rows},
            {key: names.get(key, key) for key in keys if key is not None},
            tuple(cells),
            measure.label,
            note,
            self._source(measure),
            _SEAL,
        )

    def _source(self, measure):
        partners = [self.counted.labels["partner"].get(slug, slug) for slug in self.counted.partners]
        sentences = [f"Returns of {_listed(partners)}."]
        return " ".join(sentences + ([f"Definition: {measure.source}."] if measure.source else []))


def _rows(layout, breakdown):
    """Positions of a table's rows, the total last."""
    return [row for row in layout.rows_of(breakdown) if layout.rows[row][1] not in ("", None)] + [TOTAL]


def _cell(judged, row, column):
    keys = judged.layout.rows[row][1], judged.layout.columns[column][0]
    if judged.hidden[row, column]:
        return Cell(*keys, None, hidden=True)
    return Cell(*keys, int(judged.values[row, column]))


def _listed(words):
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else "nobody"
