"""The pages of a PDF as tables and prose. Run as a program: a PDF on standard input, JSON on standard output.

    python -m actions.reading.pdf_pages MOST_PAGES MOST_CELLS

Whatever goes wrong is one of a few words (`pdf.SENTENCES`), or the end of the process when it asks for more memory
or time than it may have.
"""

import io
import itertools
import json
import logging
import resource
import signal
import statistics
import sys
import time
from bisect import bisect_right

from .pdf_text import flowed, lines_of, paragraphs_of

MOST_MEMORY = 190_000_000  # bytes of its own
SECONDS_TO_BEGIN = 1.0  # of the processor, for what a file may need in all
SECONDS_A_PAGE = 0.3  # and for each page more; one of a plan takes a tenth
MOST_ON_A_PAGE = 2_500  # cells; more cannot be read by anybody
LONGEST_TITLE = 150
THIN = 4  # points: a line drawn as a narrow rectangle


class Fault(Exception):
    """What is wrong with a file, as one of the words of `pdf.SENTENCES`."""


def main() -> None:
    most_pages, most_cells = map(int, sys.argv[1:])
    logging.disable()
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = read_pages(sys.stdin.buffer.read(), most_pages, most_cells, before_each=_wind_up)
    except MemoryError:
        found = {"fault": "large"}
    except Fault as fault:
        found = {"fault": str(fault)}
    json.dump(found, sys.stdout)


def _wind_up(pages: int) -> None:
    """Let the system end the process once it has worked for longer than so many pages of a plan would take."""
    left = SECONDS_TO_BEGIN + SECONDS_A_PAGE * pages - time.process_time()
    signal.setitimer(signal.ITIMER_PROF, max(left, 0.01))


def read_pages(content: bytes, most_pages: int, most_cells: int, *, before_each=lambda pages: None) -> dict:
    """{"grids": [[name, title, rows]], "prose": […]}; raises Fault."""
    before_each(0)
    pages = _unbroken(_opened, content, most_pages)
    if len(pages) > most_pages:
        raise Fault("pages")
    found = {"grids": [], "prose": []}
    letters = cells = 0
    for number, page in enumerate(pages, start=1):
        before_each(number)
        grids, prose = _unbroken(_read_page, page)
        letters += len(page.chars)
        on_page = sum(len(row) for _, _, rows in grids for row in rows)
        cells += on_page
        if cells > most_cells or on_page > MOST_ON_A_PAGE:
            raise Fault("large")
        found["grids"] += grids
        found["prose"] += prose
        page.close()
    if not letters:
        raise Fault("scanned")
    return found


def _unbroken(step, *given):
    """What a step gives; a parser breaks on damaged files in more ways than can be listed."""
    try:
        return step(*given)
    except MemoryError:
        raise
    except Exception as error:
        if _is_of_memory(error):
            raise MemoryError from error
        raise Fault("locked" if "Password" in repr(error) else "damaged") from error


def _is_of_memory(error: BaseException | None) -> bool:
    """True where an error was answered with another, and the first was a want of memory."""
    return error is not None and (isinstance(error, MemoryError) or _is_of_memory(error.__cause__ or error.__context__))


def _opened(content: bytes, most_pages: int) -> list:
    import pdfplumber
    from pdfminer.pdfpage import PDFPage
    from pdfplumber.page import Page

    pdf = pdfplumber.open(io.BytesIO(content))
    found = itertools.islice(PDFPage.create_pages(pdf.doc), most_pages + 1)
    return [Page(pdf, page, page_number=number, initial_doctop=0) for number, page in enumerate(found, start=1)]


def _read_page(page) -> tuple[list, list[str]]:
    tables = [table for table in page.find_tables() if len({cell[0] for cell in table.cells}) > 1]
    tables.sort(key=lambda table: table.bbox[1])
    outside = lines_of([char for char in page.chars if not any(_is_inside(char, table.bbox) for table in tables)])
    grids = []
    for number, table in enumerate(tables, start=1):
        name = f"Page {page.page_number}, table {number}"
        top = tables[number - 2].bbox[3] if number > 1 else 0
        title = _title([line for line in outside if top <= line.top < table.bbox[1]], outside)
        grids.append([name, title, _rows(page, table)])
    return grids, paragraphs_of(outside)


def _is_inside(char: dict, box: tuple) -> bool:
    across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= across < box[2] and box[1] <= down < box[3]


def _title(above: list, outside: list) -> str | None:
    """The last line above a table that stands out from the other lines of its page."""
    usual = statistics.median(line.size for line in outside) if outside else 0
    titles = [line.text for line in above if line.is_bold or line.size > usual * 1.15]
    return titles[-1] if titles and len(titles[-1]) <= LONGEST_TITLE else None


def _rows(page, table) -> list[list]:
    """The cells of a table in rows and columns, merged ones spread over every place that they cover."""
    lefts, tops = sorted({cell[0] for cell in table.cells}), sorted({cell[1] for cell in table.cells})
    rows = [[["", None, [], False, False, 1] for _ in lefts] for _ in tops]
    letters = _letters_by_cell(page, table, lefts, tops)
    fills = [rect for rect in page.rects if _is_fill(rect)]
    for cell in table.cells:
        left, top = lefts.index(cell[0]), tops.index(cell[1])
        right, bottom = bisect_right(lefts, cell[2] - 1), bisect_right(tops, cell[3] - 1)
        text, levels = flowed(letters.get(cell, []), cell)
        for row, column in itertools.product(range(top, bottom), range(left, right)):
            rows[row][column] = [text, _fill_of(cell, fills), levels, row > top, column > left, max(right - left, 1)]
    return rows


def _letters_by_cell(page, table, lefts: list, tops: list) -> dict[tuple, list]:
    """{cell: the characters whose middle is in it}."""
    places = {}
    for cell in table.cells:
        columns = range(lefts.index(cell[0]), bisect_right(lefts, cell[2] - 1))
        for row in range(tops.index(cell[1]), bisect_right(tops, cell[3] - 1)):
            places.update({(row, column): cell for column in columns})
    found: dict[tuple, list] = {}
    for char in page.chars:
        column = bisect_right(lefts, (char["x0"] + char["x1"]) / 2) - 1
        row = bisect_right(tops, (char["top"] + char["bottom"]) / 2) - 1
        cell = places.get((row, column))
        if cell is not None and _is_inside(char, cell):
            found.setdefault(cell, []).append(char)
    return found


def _is_fill(rect: dict) -> bool:
    return bool(rect.get("fill")) and rect["width"] > THIN and rect["height"] > THIN


def _fill_of(cell: tuple, fills: list[dict]) -> str | None:
    """The colour last painted over the middle of a cell."""
    across, down = (cell[0] + cell[2]) / 2, (cell[1] + cell[3]) / 2
    over = (
        each for each in reversed(fills) if each["x0"] <= across <= each["x1"] and each["top"] <= down <= each["bottom"]
    )
    found = next(over, None)
    return _hex(found["non_stroking_color"]) if found else None


def _hex(colour) -> str | None:
    """Grey, red-green-blue or cyan-magenta-yellow-black, each part from 0 to 1, as six hex digits."""
    parts = [colour] if isinstance(colour, int | float) else list(colour or ())
    if not all(isinstance(part, int | float) for part in parts):
        return None
    if len(parts) == 1:
        parts = parts * 3
    elif len(parts) == 4:
        parts = [(1 - min(part, 1)) * (1 - min(parts[3], 1)) for part in parts[:3]]
    if len(parts) != 3:
        return None
    return "".join(f"{round(min(max(part, 0), 1) * 255):02X}" for part in parts)


if __name__ == "__main__":
    main()
