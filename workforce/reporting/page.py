"""The report as one page of its own, to be kept or sent: no scripts, nothing fetched, readable without its styles."""

from html import escape
from pathlib import Path

from workforce.disclosure.released import insist_released

from .content import Part, Report, Shown
from .documents import IN_SHORT, notes_of
from .fronts import front_of, mark_of, senders_of
from .grids import grid_of
from .pictures import SVG, Pictures

WIDE = 4  # columns of figures
STYLES = Path(__file__).with_name("page.css")


def page_of(report: Report, pictures: Pictures) -> bytes:
    insist_released(*report.tables)
    pictures.prepare(report, SVG)
    body = "\n".join([*_front(report), *_contents(report), *_headlines(report), *_parts(report, pictures)])
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(report.title)}</title>
<style>
{STYLES.read_text(encoding="utf-8")}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
""".encode(errors="replace")


def _front(report):
    yield f"<h1>{escape(report.title)}</h1>"
    mark = mark_of(report.about)
    if mark:
        yield f'<p class="mark"><strong>{escape(mark)}</strong></p>'
    for line in front_of(report):
        yield f'<p class="front">{escape(line)}</p>'
    for sentence in senders_of(report.about):
        yield _paragraph(sentence)


def _contents(report):
    items = "".join(f'<li><a href="#{escape(part.key)}">{escape(part.title)}</a></li>' for part in report.parts)
    yield f'<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>{items}</ol></nav>'


def _headlines(report):
    if report.headlines:
        yield f"<h2>{IN_SHORT}</h2>"
        yield f"<ul>{''.join(f'<li>{escape(words)}</li>' for words in report.headlines)}</ul>"


def _parts(report, pictures):
    for part in report.parts:
        yield from _part(part, pictures)


def _part(part: Part, pictures):
    yield f'<section aria-labelledby="{escape(part.key)}"><h2 id="{escape(part.key)}">{escape(part.title)}</h2>'
    yield f'<p class="question">{escape(part.answers)}</p>'
    yield from (_paragraph(words) for words in (part.words, *part.sentences) if words)
    for shown in part.shown:
        yield from _shown(shown, pictures)
    yield "</section>"


def _paragraph(words):
    return "\n".join(f"<p>{escape(line)}</p>" for line in words.split("\n") if line.strip())


def _shown(shown: Shown, pictures):
    yield f"<h3>{escape(shown.title)}</h3>"
    picture = pictures.of(shown, SVG)
    if picture:
        yield f'<div class="chart">{picture.content.decode()}</div>'
    grid = grid_of(shown.table)
    yield f'<div class="table"{_reach(grid, shown)}><table><caption>{escape(shown.title)}</caption>'
    yield from _rows(grid)
    yield "</table></div>"
    yield from (f'<p class="note">{escape(note)}</p>' for note in notes_of(shown.table))


def _reach(grid, shown):
    """So that what is too wide for a screen can be moved with the keyboard."""
    is_wide = len(grid.headings) >= WIDE
    return f' tabindex="0" role="region" aria-label="{escape(shown.title)}"' if is_wide else ""


def _rows(grid):
    headings = "".join(f'<th scope="col" class="figure">{escape(words)}</th>' for words in grid.headings)
    yield f'<thead><tr><th scope="col">{escape(grid.corner)}</th>{headings}</tr></thead>'
    yield '<tbody class="with-total">' if grid.has_total else "<tbody>"
    for label, *figures in grid.words():
        cells = "".join(f'<td class="figure">{escape(words)}</td>' for words in figures)
        yield f'<tr><th scope="row">{escape(label)}</th>{cells}</tr>'
    yield "</tbody>"
