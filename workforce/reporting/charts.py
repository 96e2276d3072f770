"""Charts of released tables as Vega-Lite 5 dictionaries, for `workforce.reporting.drawing`.

Every figure drawn is a figure of the table, and is written beside its mark; what is hidden has no number anywhere in
the dictionary, and its word stands at the start of the axis, where it says nothing about size. All axes begin at 0. One
colour of marks (dark, 7:1 against white), shapes where two kinds of marks meet, no legend: black and white is enough.
"""

from textwrap import wrap

from workforce.disclosure.released import ReleasedTable, insist_released
from workforce.writing.shapes import writable

from .parts import is_estimate
from .wording import ALL, cell_words, listed, middle_of, topic_of

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
INK, SOFT, MARK, WHOLE = "#0b0c0c", "#484949", "#0c5a66", "#484949"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH = 640  # of a whole chart, about, in pixels
LABEL, SMALL_LABEL, NAME = 36, 24, 26  # characters in a line of a label, of one in a panel, of a panel's name
THICK, LESS_THICK = 17, 13  # bars, in pixels
FEWEST, MOST_ROWS = 2, 24
MOST_IN_MATRIX = 120
MOST_IN_PANELS = 48  # bars; more make a wall of them, and the whole says more
PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
ENDS = ("low", "high")
BOUNDS = (*ENDS, "unweighted", "weighted")
OWN_SCALES = "Each small chart has a scale of its own: compare shapes here, and sizes by the numbers."
SPREAD = (
    "Thick bar and bold figure: half are paid this or less. Box: the half in the middle. "
    "Line: all but the lowest tenth and the highest tenth."
)
CONFIG = {
    "font": FONT,
    "lineBreak": "\n",
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "labelColor": INK,
        "labelLimit": 0,
        "title": None,
        "grid": False,
        "ticks": False,
        "domain": False,
        "labelPadding": 6,
    },
    "axisY": {"domain": True, "domainColor": SOFT},
    "header": {
        "title": None,
        "labelFontSize": 12,
        "labelColor": INK,
        "labelFontWeight": "bold",
        "labelAnchor": "start",
        "labelLimit": 0,
        "labelOrient": "top",
    },
    "text": {"fontSize": 12, "color": INK},
    "aria": False,
}


def chart_of(table: ReleasedTable) -> dict | None:
    """The chart for a table by its shape, or None where there are too few or too many figures to compare."""
    insist_released(table)
    if is_estimate(table.measure, table.columns):
        return range_of_the_whole(table)
    if middle_of(table):
        return spreads(table)
    if not table.column_labels:
        return bars(table)
    return panels(table) if _fits_panels(table) else bars_of_the_total(table)


def _fits_panels(table):
    return len(table.row_labels) > 1 and len(table.row_labels) * len(table.column_labels) <= MOST_IN_PANELS


def _is_level(table):
    """Whether the total is like its rows, as of rates and shares, and not their sum."""
    return table.unit in ("%", "days") or table.unit.startswith("£")


def _lines(words, width=LABEL):
    return "\n".join(wrap(writable(words), width) or [""])


def _point(table, label, cell, **more):
    """One mark: its label and words, and its value if it may be seen."""
    words = cell_words(cell, table.unit)
    shown = {} if cell.value is None else {"value": cell.value}
    return {"label": label, "words": words} | shown | more


# --- bars ------------------------------------------------------------------------------------------------------------


def bars(table):
    """One bar for each row; of shares and rates also one for all, and a thin line through it to compare with."""
    points = [_point(table, _lines(label), cell) for row, label in _named(table) if (cell := table.cell(row))]
    total = table.cell()
    if total and _is_level(table):
        points.insert(0, _point(table, ALL, total, whole=True))
    return _bars(points)


def bars_of_the_total(table):
    """One bar for each column, of the whole: for tables with too many rows to draw each."""
    labels = table.column_labels.items()
    points = [_point(table, _lines(label), cell) for key, label in labels if (cell := table.cell(None, key))]
    return _bars(points)


def _named(table):
    return table.row_labels.items()


def _bars(points):
    """Bars with their words, and a line down from the whole where there are others to compare with it."""
    if not _is_worth_drawing(points):
        return None
    order = [point["label"] for point in points]
    whole = [point["value"] for point in points if point.get("whole") and "value" in point]
    layers = [_bar(THICK), *map(_line_of_the_whole, whole), _shown_words(), _unseen_words()]
    return _drawn(points, {"encoding": {"y": _labels(order)}, "layer": layers, "width": _room(order)}, _step(order))


def _is_worth_drawing(points):
    """Two figures to compare, beside that of the whole, and no more than can be looked at."""
    compared = [point for point in points if "value" in point and not point.get("whole")]
    return len(compared) >= FEWEST and len(points) <= MOST_ROWS


def _bar(thick):
    return {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "bar", "height": thick},
        "encoding": {
            "x": _along("value"),
            "color": {"condition": {"test": "datum.whole", "value": WHOLE}, "value": MARK},
        },
    }


def _line_of_the_whole(value):
    mark = {"type": "rule", "color": WHOLE, "strokeDash": [4, 3]}
    return {"data": {"values": [{"whole": value}]}, "mark": mark, "encoding": {"x": _along("whole"), "y": None}}


def _shown_words():
    return {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "text", "align": "left", "dx": 5},
        "encoding": {"x": _along("value"), "text": {"field": "words"}},
    }


def _unseen_words():
    """Cells without a value say so where the axis begins."""
    return {
        "transform": [{"filter": "!isValid(datum.value)"}],
        "mark": {"type": "text", "align": "left", "dx": 5, "fontStyle": "italic", "color": SOFT},
        "encoding": {"x": {"value": 0}, "text": {"field": "words"}},
    }


def _labels(order, size=12):
    return {"field": "label", "type": "nominal", "sort": list(order), "axis": {"labelFontSize": size}}


def _along(field):
    return {"field": field, "type": "quantitative", "scale": {"zero": True, "nice": False}, "axis": None}


def _room(order):
    """What the labels leave of the width, in pixels."""
    return max(220, WIDTH - 7 * _longest(order) - 60)


def _longest(labels):
    return max(len(line) for label in labels for line in label.split("\n"))


def _step(order, least=26):
    """Room for the longest label, in pixels of the height."""
    return max(least, 15 * max(label.count("\n") + 1 for label in order) + 4)


def _drawn(points, spec, step=None):
    height = {"height": {"step": step}} if step else {}
    return {"$schema": SCHEMA, "config": CONFIG, "data": {"values": points}} | height | spec


# --- small charts side by side ----------------------------------------------------------------------------------------


def panels(table):
    """A small bar chart for all and for each row, each on a scale of its own: shapes compare, numbers say the sizes."""
    rows = {row: label for row, label in [(None, ALL), *_named(table)] if _has_figures(table, row)}
    points = [
        _point(table, _lines(name, SMALL_LABEL), cell, row=label)
        for row, label in rows.items()
        for key, name in table.column_labels.items()
        if (cell := table.cell(row, key))
    ]
    if len(rows) < FEWEST:
        return bars_of_the_total(table)
    unseen = [label for row, label in _named(table) if row not in rows]
    words = [OWN_SCALES, *([f"Not drawn, because all is hidden: {listed(unseen)}."] if unseen else [])]
    return _drawn(points, _facets(points) | _below(*words))


def _has_figures(table, row):
    cells = [table.cell(row, key) for key in table.column_labels]
    return any(cell and cell.value is not None for cell in cells)


def _facets(points):
    """A panel for each `row` of the points, three in a line where labels are short."""
    _level_names(points)
    order = list(dict.fromkeys(point["label"] for point in points))
    across = 2 if _longest(order) > 14 else 3
    room = WIDTH // across - (6 * _longest(order)) // across - 60
    small = {
        "width": max(70, room),
        "height": {"step": _step(order, least=18)},
        "encoding": {"y": _labels(order, 11)},
        "layer": [_bar(LESS_THICK), _shown_words(), _unseen_words()],
    }
    return {
        "facet": {"field": "row", "type": "nominal", "sort": list(dict.fromkeys(point["row"] for point in points))},
        "columns": across,
        "spacing": {"row": 14, "column": 52},
        "resolve": {"scale": {"x": "independent"}},
        "spec": small,
    }


def _level_names(points):
    """Names of panels in as many lines each, so that the bars of neighbours stand beside each other."""
    names = {row: wrap(writable(row), NAME) or [""] for row in {point["row"] for point in points}}
    most = max(map(len, names.values()))
    for point in points:
        lines = names[point["row"]]
        point["row"] = "\n".join([" "] * (most - len(lines)) + lines)


def _below(*sentences):
    """What is to be known for reading the chart, below it."""
    text = [line for sentence in sentences for line in wrap(sentence, 95)]
    title = {"text": text, "orient": "bottom", "anchor": "start", "fontSize": 11, "fontWeight": "normal"}
    return {"title": title | {"color": SOFT, "offset": 12}}


def matrix(tables) -> dict | None:
    """Shares of several tables of the same rows: a panel for all and each row, a bar for each table, one scale."""
    insist_released(*tables)
    rows = _rows_of(tables)
    rows = rows if len(rows) * len(tables) <= MOST_IN_MATRIX else {}
    points = [
        _point(table, _lines(topic_of(table), SMALL_LABEL), cell, row=label)
        for row, label in [(None, ALL), *rows.items()]
        for table in tables
        if (cell := table.cell(row)) and any(_seen(other.cell(row)) for other in tables)
    ]
    return _drawn(points, _facets(points) | {"resolve": {}}) if len(tables) > 1 and points else None


def _rows_of(tables):
    return {row: label for table in tables for row, label in _named(table)}


def _seen(cell):
    return cell is not None and cell.value is not None


# --- ranges -----------------------------------------------------------------------------------------------------------


def spreads(table):
    """Percentiles: a line from P10 to P90, a box from P25 to P75, a bar across it at the middle value."""
    rows = [(None, ALL), *((row, _lines(label)) for row, label in _named(table))]
    points = [point for row, label in rows if (point := _spread(table, row, label))]
    if not _is_worth_drawing(points):
        return None
    order = [point["label"] for point in points]
    spec = {"encoding": {"y": _labels(order)}, "layer": _spread_layers(), "width": _room(order)}
    return _drawn(points, spec | _below(SPREAD), _step(order, least=46))


def _spread(table, row, label):
    middle = table.cell(row, middle_of(table))
    if middle is None:
        return None
    cells = {key: table.cell(row, key) for key in PERCENTILES}
    shown = {key: cell for key, cell in cells.items() if cell and cell.value is not None}
    texts = {f"{key}_words": cell_words(cell, table.unit) for key, cell in shown.items()}
    return _point(table, label, middle) | {key: cell.value for key, cell in shown.items()} | texts


def _spread_layers():
    line = _span("p10", "p90", {"type": "rule", "strokeWidth": 2, "color": MARK})
    box = _span("p25", "p75", {"type": "bar", "height": 12, "fill": "white", "stroke": MARK, "strokeWidth": 2})
    middle = _at("value", {"type": "tick", "color": INK, "thickness": 4, "size": 18, "opacity": 1})
    median = _at("value", {"type": "text", "dy": -17, "fontWeight": "bold"}, "words")
    first = _at("p10", {"type": "text", "align": "right", "dx": -6, "color": SOFT}, "p10_words")
    last = _at("p90", {"type": "text", "align": "left", "dx": 6, "color": SOFT}, "p90_words")
    return [line, box, middle, median, first, last, _unseen_words()]


def _span(start, end, mark):
    known = f"isValid(datum.{start}) && isValid(datum.{end})"
    return {"transform": [{"filter": known}], "mark": mark, "encoding": {"x": _along(start), "x2": {"field": end}}}


def _at(field, mark, words=None):
    text = {"text": {"field": words}} if words else {}
    filtered = [{"filter": f"isValid(datum.{field})"}]
    return {"transform": filtered, "mark": mark, "encoding": {"x": _along(field)} | text}


def range_of_the_whole(table):
    """A share of the whole sector: between which bounds it lies for certain; as sent in (ring), weighted (diamond)."""
    cells = {key: cell for key in BOUNDS if (cell := table.cell(None, key))}
    shown = {key: cell.value for key, cell in cells.items() if cell.value is not None}
    if not {"low", "high"} <= shown.keys():
        return None
    words = {f"{key}_words": f"{table.column_labels[key]}\n{cell_words(cells[key], table.unit)}" for key in shown}
    return _drawn([shown | words], {"layer": _range_layers(), "width": WIDTH - 180, "height": 100})


def _range_layers():
    line = _span("low", "high", {"type": "rule", "strokeWidth": 3, "color": MARK, "y": 50})
    ends = [
        _at(key, {"type": "tick", "color": MARK, "thickness": 3, "size": 22, "opacity": 1, "y": 50}) for key in ENDS
    ]
    ring = {"type": "point", "shape": "circle", "size": 140, "fill": "white", "stroke": INK, "strokeWidth": 2.5}
    diamond = {"type": "point", "shape": "diamond", "size": 170, "fill": INK, "stroke": INK}
    points = [_at("unweighted", ring | {"y": 50, "opacity": 1}), _at("weighted", diamond | {"y": 50, "opacity": 1})]
    text = {"type": "text", "baseline": "middle"}
    words = [
        _at("low", text | {"align": "right", "dx": -8, "y": 43}, "low_words"),
        _at("high", text | {"align": "left", "dx": 8, "y": 43}, "high_words"),
        _at("unweighted", text | {"y": 76}, "unweighted_words"),
        _at("weighted", text | {"y": 12}, "weighted_words"),
    ]
    return [line, *ends, *points, *words]
