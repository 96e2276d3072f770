"""Returns in these tests: written as files, read by the real reading, and looked at."""

import csv
import io
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from workforce.importing import read_return
from workforce.pseudonyms import Pseudonyms
from workforce.reading import Given

AS_AT, TODAY = date(2026, 9, 30), date(2026, 11, 26)
KEYS = Pseudonyms(b"only for tests, and long enough to be taken", "partner")
FIRST_ROW = 2


@dataclass(frozen=True)
class Issue:
    file: str
    row: int
    column: str
    code: str
    severity: str
    value: str | None


class ReadReturn:
    """What came of a return, with its Parquet files read back."""

    def __init__(self, checked):
        self.checked = checked
        self.snapshot = pq.read_table(checked.snapshot)
        self.posts = self.snapshot.to_pylist()
        self.establishments = pq.read_table(checked.establishments).to_pylist() if checked.establishments else []
        causes = checked.causes
        self.issues = [
            Issue(
                causes[row["cause"]].file, row["row"], *(
                    getattr(causes[row["cause"]], name) for name in ("column", "code", "severity")
                ), row["value"],
            )
            for row in pq.read_table(checked.issues).to_pylist()
        ]  # fmt: skip

    def of(self, severity):
        return [issue for issue in self.issues if issue.severity == severity]

    @property
    def everything_kept(self):
        """Every text that anything written holds, and what is told in messages, as one text."""
        tables = [self.snapshot, pq.read_table(self.checked.issues)]
        if self.checked.establishments:
            tables.append(pq.read_table(self.checked.establishments))
        written = [str(value) for table in tables for column in table.columns for value in column.to_pylist()]
        metadata = [str(table.schema.metadata) for table in tables]
        return "\n".join([*written, *metadata, str(self.checked.causes), str(self.checked.mapping_loss)])


def csv_text(rows, headings=None):
    """Rows, as dictionaries, as a CSV file."""
    out = io.StringIO()
    headings = headings or list({name: None for row in rows for name in row})
    writer = csv.DictWriter(out, headings, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read_files(files, source=None, mapping=None, as_at=AS_AT, **more):
    """Read a return of {name: text, bytes or path}."""
    folder = Path(tempfile.mkdtemp())
    given = []
    for name, content in files.items():
        path = content if isinstance(content, Path) else folder / f"sent-{name}"
        if not isinstance(content, Path):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        given.append(Given(name, path))
    checked = read_return(
        given, as_at=as_at, keys=KEYS, folder=folder, today=TODAY, source=source, mapping=mapping, **more
    )
    return ReadReturn(checked)


def read_folder(folder, names, **more):
    return read_files({name: Path(folder) / name for name in names}, **more)
