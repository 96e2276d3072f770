"""What a chart shows, in words, for people who do not see it: with the table's numbers, and never a hidden one."""

from workforce.disclosure.released import ReleasedTable, insist_released

from .wording import ALL, HIDDEN, cell_words, figure, listed, middle_of, title_of, topic_of, within

FEW = 16  # figures that are read out one by one


def summary_of(table: ReleasedTable) -> str:
    """The text beside the picture: every figure if there are few, otherwise the whole and what is largest in each row.

    Such as "Posts, by sector. All: 1,204. Council: 804. NHS: hidden."
    """
    insist_released(table)
    figures = [cell for cell in table.cells if cell.value is not None or cell.hidden]
    said = _each(table) if len(figures) <= FEW else _most(table)
    rest = ["All figures are in the table."] if len(figures) > FEW else []
    hidden = ["Some figures are hidden."] if table.hidden and len(figures) > FEW else []
    return " ".join([f"{title_of(table)}.", *said, *hidden, *rest])


def summary_of_matrix(tables) -> str:
    """Beside the one picture of several tables: for each row the highest and the lowest that are shown."""
    insist_released(*tables)
    labels = {row: label for table in tables for row, label in _rows(table)}
    said = [f"{label}: {ends}." for row, label in labels.items() if (ends := _ends_of_matrix(tables, row))]
    return " ".join([f"{title_of(tables[0])}, and likewise for each topic.", *said, "All figures are in the tables."])


def _ends_of_matrix(tables, row):
    cells = [(cell.value, table) for table in tables if (cell := table.cell(row)) and cell.value is not None]
    if not cells:
        return HIDDEN
    ends = max(cells, key=lambda pair: pair[0]), min(cells, key=lambda pair: pair[0])
    high, low = (f"{within(topic_of(table))}, {figure(value, table.unit)}" for value, table in ends)
    return f"highest for {high}; lowest for {low}"


def _rows(table):
    return [(None, ALL), *table.row_labels.items()]


def _each(table):
    columns = [(None, "all"), *table.column_labels.items()] if table.column_labels else [(None, "")]
    sentences = []
    for row, label in _rows(table):
        cells = [(name, table.cell(row, column)) for column, name in columns]
        said = [f"{name} {cell_words(cell, table.unit)}".strip() for name, cell in cells if cell is not None]
        sentences += [f"{label}: {', '.join(said)}."] if said else []
    return sentences


def _most(table):
    if not table.column_labels:
        return _ends(table)
    of_row = _middle if middle_of(table) else _largest
    return [f"{label}: {said}." for row, label in _rows(table) if (said := of_row(table, row))]


def _middle(table, row):
    cell = table.cell(row, middle_of(table))
    return f"{table.column_labels[middle_of(table)].lower()} {cell_words(cell, table.unit)}" if cell else ""


def _largest(table, row):
    cells = {column: cell for column in table.column_labels if (cell := table.cell(row, column))}
    shown = {column: cell.value for column, cell in cells.items() if cell.value is not None}
    if not shown:
        return HIDDEN if cells else ""
    most = max(shown.values())
    names = listed([table.column_labels[column] for column, value in shown.items() if value == most])
    word = "most of those shown" if len(shown) < len(cells) else "most"
    return f"{word} in {names}, {figure(most, table.unit)}" if most else ""


def _ends(table):
    shown = {row: cell.value for row in table.row_labels if (cell := table.cell(row)) and cell.value is not None}
    if not shown:
        return []
    ends = (("Highest", max(shown, key=shown.get)), ("Lowest", min(shown, key=shown.get)))
    word = " shown" if table.hidden else ""
    said = [f"{end}{word}: {table.row_labels[row]}, {figure(shown[row], table.unit)}." for end, row in ends]
    total = table.cell()
    return ([f"{ALL}: {cell_words(total, table.unit)}."] if total else []) + said
