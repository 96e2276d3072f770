"""Any column may be missing from any file: that is told, or the file is not recognised, and nothing breaks."""

import pytest

from workforce.reading import Unreadable

from .returns import Form, clean_return, read, rows_of, save, write

FILES = ("workplace", "worker", "training")
COLUMNS = [(file, column) for file in FILES for column in clean_return(20, 6).tables[file].column_names]


@pytest.mark.parametrize(("file", "column"), COLUMNS)
def test_a_missing_column_is_told(tmp_path, file, column):
    tables = dict(clean_return(20, 6).tables)
    tables[file] = tables[file].drop_columns([column])
    written = [write(name, table.column_names, rows_of(table), Form("plain")) for name, table in tables.items()]
    given = save(written, tmp_path, Form("plain"))
    try:
        checked = read(given, tmp_path / "out")
    except Unreadable as refusal:
        assert file == "worker" and refusal.sentence.endswith(".")
    else:
        told = {(cause.code, cause.column) for cause in checked.causes}
        assert ("heading_missing", column) in told or "sheet_unknown" in dict(told) or _is_optional(file, column)


def _is_optional(file, column):
    from workforce.sources import asc_wds

    from .returns import TODAY

    (kind,) = (kind for kind in asc_wds.file_kinds(TODAY) if kind.name == file)
    return kind.column(column).optional
