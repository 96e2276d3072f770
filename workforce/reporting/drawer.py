"""Draws charts and ends: `drawer.py FOLDER`, where wanted.json says which; the pictures go beside it.

It is a program of its own for what a file takes, dozens of charts: each keeps the process that draws it from doing
anything else for a fifth of a second, and what draws them stays in memory, some 150 MB. Several run side by side.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
LONGEST_WAIT = 300  # seconds
WORTH_STARTING = 8  # charts, for which one more program is started
MOST = 4  # programs


@dataclass(frozen=True)
class Wanted:
    """One picture: of a chart, or of an SVG that was drawn already and is wanted as PNG."""

    chart: dict
    title: str
    summary: str
    svg: str = ""
    as_png: bool = False


@dataclass(frozen=True)
class Drawn:
    svg: str
    png: bytes = b""


def draw_here(wanted: list[Wanted]) -> list[Drawn]:
    """In this process."""
    from workforce.reporting.drawing import png_from, svg_of

    def draw(one):
        svg = one.svg or svg_of(one.chart, one.title, one.summary)
        return Drawn(svg, png_from(svg) if one.as_png else b"")

    return [draw(one) for one in wanted]


def draw_apart(wanted: list[Wanted]) -> list[Drawn]:
    """In programs of their own, at most as many as there are processors; each takes every so-manieth chart."""
    programs = max(min(MOST, os.cpu_count() or 1, len(wanted) // WORTH_STARTING), 1)
    with ThreadPoolExecutor(programs) as pool:
        hands = list(pool.map(_in_a_program, [wanted[each::programs] for each in range(programs)]))
    return [hands[place % programs][place // programs] for place in range(len(wanted))]


def _in_a_program(wanted):
    if not wanted:
        return []
    with TemporaryDirectory() as folder:
        Path(folder, "wanted.json").write_text(json.dumps([vars(one) for one in wanted]), encoding="utf-8")
        program = [sys.executable, "-I", __file__, folder]
        done = subprocess.run(program, capture_output=True, text=True, timeout=LONGEST_WAIT)
        if done.returncode:
            raise RuntimeError(f"The charts could not be drawn: {done.stderr.strip()[-2000:]}")
        return [_taken_up(Path(folder), number, one) for number, one in enumerate(wanted)]


def _taken_up(folder, number, one):
    svg = one.svg or (folder / f"{number}.svg").read_text(encoding="utf-8")
    return Drawn(svg, (folder / f"{number}.png").read_bytes() if one.as_png else b"")


def draw_folder(folder: Path) -> None:
    wanted = [Wanted(**one) for one in json.loads((folder / "wanted.json").read_text(encoding="utf-8"))]
    for number, drawn in enumerate(draw_here(wanted)):
        (folder / f"{number}.svg").write_text(drawn.svg, encoding="utf-8")
        (folder / f"{number}.png").write_bytes(drawn.png)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    draw_folder(Path(sys.argv[1]))
