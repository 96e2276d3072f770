"""Released tables put together from cells that may be shown; the seal is set here and nowhere else."""

from workforce.disclosure.collapsing import NOT_STATED, OTHERS, TOGETHER
from workforce.disclosure.released import _SEAL, Method, ReleasedTable
from workforce.profile.words import NO_VALUE, NOT_RECORDED


def sealed(measure, rows, columns, cells, *, labels, method=Method.EXACT, note="", kept=()):
    """`labels`: words of rows and of columns. `kept`: the same in sentences of the counting, which come first."""
    row_labels, column_labels = labels
    return ReleasedTable(
        measure=measure.name, rows=rows, columns=columns, unit=measure.unit, method=method, row_labels=row_labels,
        column_labels=column_labels, cells=tuple(cells), label=measure.label, note=" ".join([*kept, note]).strip(),
        source=source_of(measure), seal=_SEAL,
    )  # fmt: skip


def source_of(measure):
    """Whose definition, and of whom."""
    parts = [
        f"Definition: {measure.source}." if measure.source else "",
        f"{measure.population}." if measure.population else "",
    ]
    return " ".join(part for part in parts if part)


def words_of(labels, names, keys):
    """Key -> words; what was put together is called by its parts, or by how many there are."""
    known = {}
    for name in reversed(names):
        known |= labels.get(name, {})
    known |= {NO_VALUE: NOT_RECORDED, NOT_STATED: "Not stated", OTHERS: "All others"}
    return {key: _words(known, key) for key in keys}


def _words(known, key):
    parts = [known.get(part, part.replace("_", " ").capitalize()) for part in key.split(TOGETHER)]
    if len(parts) > 3:
        return f"All {len(parts)} others"
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " or " + parts[-1]
