"""Sets one document and ends: `typesetter.py FOLDER`, where main.typ and what it reads lie; the PDF goes beside them.

It is a program of its own, started for each document, because typst keeps what it has set in memory, some 150 MB for
five hundred rows. Only fonts that come with the planner and with typst are used, so that the same plan gives the same
file everywhere. For letters that those lack, the machine's own fonts are tried; and where no font has them, the file is
still tagged but no longer says that it is PDF/UA, because it is not.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # its first page says how old it is
ATTEMPTS = (  # (standards, whether only our own fonts)
    (["ua-1"], True),
    (["ua-1"], False),
    (["1.7"], False),
)
NO_LETTER = ("could not be displayed", "missing codepoints")


def set_document(folder: Path) -> None:
    for standards, only_own in ATTEMPTS:
        try:
            typst.compile(
                folder / "main.typ",
                output=folder / "document.pdf",
                format="pdf",
                pdf_standards=standards,
                font_paths=[FONTS],
                ignore_system_fonts=only_own,
                timestamp=UNDATED,
            )
            return
        except typst.TypstError as fault:
            if standards == ATTEMPTS[-1][0] or not any(sign in str(fault) for sign in NO_LETTER):
                raise


if __name__ == "__main__":
    set_document(Path(sys.argv[1]))
