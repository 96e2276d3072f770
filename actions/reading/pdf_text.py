"""Letters that stand on a page as lines, and the lines of a cell as the text that was broken to fit it.

A line break is the page's own, and goes, where the first word of the next line would not have fitted behind it.
Bullets are no part of the wording; they become the level of their line, as in Word.
"""

import itertools
import re
from dataclasses import dataclass

BULLET = re.compile(r"^([•‣▪●○◦·\uf0b7\uf0a7\uf0d8])\s*|^(o)\s+(?=\S)")
WORDS = {"x_tolerance_ratio": 0.15, "y_tolerance": 2, "extra_attrs": ["fontname", "size"]}
SPARE = 1.0  # points by which a word may miss
LARGEST_PADDING = 12
PARAGRAPH = 1.7  # line heights from one line to the next that begin a new paragraph


@dataclass
class Line:
    text: str
    left: float
    right: float
    top: float
    size: float
    is_bold: bool
    first_word: float  # its width
    letter: float  # the width of a letter of it

    @property
    def space(self) -> float:
        return self.size * 0.25


def lines_of(chars: list[dict]) -> list[Line]:
    """The lines of text in reading order."""
    from pdfplumber.utils import extract_words

    words = extract_words([char for char in chars if char.get("upright", True)], **WORDS)
    lines: list[list[dict]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if lines and abs(word["bottom"] - lines[-1][0]["bottom"]) <= word["size"] * 0.4:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=lambda word: word["x0"])) for line in lines]


def _line(words: list[dict]) -> Line:
    pieces = [words[0]["text"]]
    for before, word in itertools.pairwise(words):
        pieces += ["" if word["x0"] - before["x1"] < word["size"] * 0.08 else " ", word["text"]]
    return Line(
        "".join(pieces),
        words[0]["x0"],
        words[-1]["x1"],
        min(word["top"] for word in words),
        max(word["size"] for word in words),
        all("bold" in word["fontname"].casefold() for word in words),
        words[0]["x1"] - words[0]["x0"],
        (words[0]["x1"] - words[0]["x0"]) / len(words[0]["text"]),
    )


def flowed(chars: list[dict], box: tuple) -> tuple[str, list[int | None]]:
    """(the text of a cell, for each of its lines the level in a list or None)."""
    lines = lines_of(chars)
    if not lines:
        return "", []
    padding = min(max(min(line.left for line in lines) - box[0], 0), LARGEST_PADDING)
    texts: list[str] = []
    indents: list[float | None] = []
    for index, line in enumerate(lines):
        bullet = BULLET.match(line.text)
        text = BULLET.sub("", line.text)
        if index and not bullet and text and _was_broken(lines[index - 1], line, box[2] - padding):
            is_inside_word = _is_word_cut(lines[index - 1], line, box[2] - padding)
            texts[-1] += text if is_inside_word or _is_joined(texts[-1]) else f" {text}"
        elif text or bullet:
            texts.append(text)
            indents.append(line.left if bullet else None)
    return "\n".join(texts), _levels(indents)


def _was_broken(before: Line, line: Line, right: float) -> bool:
    """True where the next word did not fit, so that the break is only the page's."""
    if line.top - before.top > PARAGRAPH * max(before.size, line.size):
        return False
    return before.right + before.space + line.first_word > right - SPARE


def _is_word_cut(before: Line, line: Line, right: float) -> bool:
    """True where a word that is wider than the cell filled its line to the last letter."""
    return " " not in before.text and before.right + line.letter > right - SPARE


def _is_joined(text: str) -> bool:
    """True where a word was broken at its own hyphen or stroke."""
    return bool(re.search(r"\w[-/]$", text))


def _levels(indents: list[float | None]) -> list[int | None]:
    steps: list[float] = []
    for indent in sorted(indent for indent in indents if indent is not None):
        if not steps or indent - steps[-1] > 3:
            steps.append(indent)
    return [None if each is None else sum(each - step > 3 for step in steps) for each in indents]


def paragraphs_of(lines: list[Line]) -> list[str]:
    """Lines outside of tables put together where they follow closely."""
    found: list[str] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if before and 0 <= line.top - before.top <= PARAGRAPH * line.size and line.is_bold == before.is_bold:
            found[-1] += f" {line.text}"
        else:
            found.append(line.text)
    return found
