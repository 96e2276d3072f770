"""Typing over the words of a Word cell: what stays the same stays untouched, the rest takes the look of its place."""

import copy
from difflib import SequenceMatcher
from itertools import accumulate, zip_longest

from lxml import etree

from actions.differences import MOST_PAIRS, pairs_of
from actions.differences import pieces_of as words_of
from actions.reading.grids import tidy
from actions.reading.package import local
from actions.reading.word import blocks_of, is_placeholder, pieces_of
from actions.reading.word_styles import Styles, W, child

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RANGES = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")
# What a cell may hold that typing over its words could break.
DELICATE = {
    "tbl": "it holds a table",
    "fldChar": "Word works it out",
    "fldSimple": "Word works it out",
    "del": "it has tracked changes",
    "ins": "it has tracked changes",
    "moveFrom": "it has tracked changes",
    "moveTo": "it has tracked changes",
    "footnoteReference": "it has a footnote",
    "endnoteReference": "it has a footnote",
}


def el(name: str, /, **attributes):
    element = etree.Element(W + name)
    for key, value in attributes.items():
        element.set(W + key, str(value))
    return element


def why_not(cell) -> str:
    """Why the words of a cell had better be left alone; blank where they can be typed over."""
    for element in cell.iter():
        name = local(element)
        if name in DELICATE:
            return DELICATE[name]
        if name == "sdt" and is_placeholder(element):
            return "it waits for a choice in Word"
    return ""


def type_over(cell, text: str, styles: Styles) -> None:
    """Let a cell say `text`. Lines that it says already keep their paragraphs as they are."""
    paragraphs = [each for each in blocks_of(cell) if local(each) == "p"]
    said = [each for each in paragraphs if _words(each, styles)]
    lines = [line for line in text.split("\n") if line.strip()] or [""]
    if any("\n" in _words(each, styles) for each in said):
        _in_one_paragraph(said, lines, styles)
    else:
        _line_by_line(said or paragraphs[:1], lines, styles)


def _words(paragraph, styles: Styles) -> str:
    return tidy("".join(words for _, words in pieces_of(paragraph, styles)))


def _in_one_paragraph(said, lines, styles):
    """Where lines are broken within paragraphs, all of them go into the first."""
    _retype(said[0], "\n".join(lines), styles)
    for paragraph in said[1:]:
        _take_out(paragraph)


def _line_by_line(said, lines, styles):
    """A paragraph for each line: those that are the same stay, the others are typed over, added or taken out."""
    was, last, gone = [_words(each, styles) for each in said], None, []
    for _, start, end, here, there in SequenceMatcher(None, was, lines, autojunk=False).get_opcodes():
        for paragraph, line in zip_longest(said[start:end], lines[here:there]):
            if line is None:
                gone.append(paragraph)
                continue
            if paragraph is None:
                paragraph = _copied(said[0] if last is None else last)
                said[0].addprevious(paragraph) if last is None else last.addnext(paragraph)
            if _words(paragraph, styles) != line:
                _retype(paragraph, line, styles)
            last = paragraph
    for paragraph in gone:
        _take_out(paragraph)


def _copied(paragraph):
    new = copy.deepcopy(paragraph)
    strip_ids(new)
    for element in [each for each in new.iter() if local(each) in (*RANGES, "drawing", "pict", "object")]:
        element.getparent().remove(element)
    return new


def strip_ids(element) -> None:
    """A copy is no longer the paragraph or control that its numbers name."""
    for each in element.iter():
        for name in [name for name in each.attrib if name.endswith(("}paraId", "}textId"))]:
            del each.attrib[name]
        if local(each) == "sdtPr" and (number := child(each, "id")) is not None:
            each.remove(number)


def _take_out(paragraph):
    """A paragraph goes; bookmarks and comments that begin or end in it stay in the cell. A cell keeps its last one."""
    neighbours = [each for each in (paragraph.getprevious(), paragraph.getnext()) if each is not None]
    beside = next((each for each in neighbours if local(each) == "p"), None)
    if beside is None:
        for run in [each for each in paragraph if local(each) != "pPr" and local(each) not in RANGES]:
            paragraph.remove(run)
        return
    for element in [each for each in paragraph if local(each) in RANGES]:
        beside.append(element)
    paragraph.getparent().remove(paragraph)


def _retype(paragraph, new: str, styles: Styles) -> None:
    """Change only the words of a paragraph that change, so that the others keep their look."""
    old = "".join(words for _, words in pieces_of(paragraph, styles))
    for start, end, fresh in reversed(_changes(old, new)):
        begin = _alike(old[start:end], fresh)
        finish = _alike(old[start + begin : end][::-1], fresh[begin:][::-1])
        _replace(paragraph, start + begin, end - finish, fresh[begin : len(fresh) - finish], styles)


def _changes(old: str, new: str) -> list[tuple[int, int, str]]:
    """(from, to, the words instead) for each run of words that differ, by letters of the old text."""
    was, now = words_of(old), words_of(new)
    if pairs_of(was, now) > MOST_PAIRS:
        return [(0, len(old), new)]
    ends = [0, *accumulate(map(len, was))]
    codes = SequenceMatcher(str.isspace, was, now, autojunk=False).get_opcodes()
    return [(ends[i1], ends[i2], "".join(now[j1:j2])) for kind, i1, i2, j1, j2 in codes if kind != "equal"]


def _replace(paragraph, begin: int, end: int, fresh: str, styles: Styles) -> None:
    letters = [(node, letter) for node, words in pieces_of(paragraph, styles) for letter in words]
    place = _place_for(letters, begin, end) if fresh else None
    if fresh and place is None:
        _add_run(paragraph, fresh)
        fresh = ""
    _rewrite(letters, range(begin, end), fresh, place)


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (letter, mine) in pairs if letter != mine), min(len(one), len(other)))


def _place_for(letters, begin, end):
    """(the element that takes new words, before which letter): where they replace some, else after what precedes."""
    for index in [*range(begin, end), begin - 1, end]:
        if 0 <= index < len(letters) and local(letters[index][0]) == "t":
            return letters[index][0], begin
    return None


def _rewrite(letters, gone, fresh, place):
    texts: dict = {}
    for index, (node, letter) in enumerate(letters):
        if local(node) != "t":
            if index in gone:
                node.getparent().remove(node)
            continue
        words = texts.setdefault(node, [])
        if place and node is place[0] and index >= place[1] and fresh:
            words.append(fresh)
            fresh = ""
        if index not in gone:
            words.append(letter)
    if fresh:
        texts.setdefault(place[0], []).append(fresh)
    for node, words in texts.items():
        if "".join(words) != (node.text or ""):
            _put(node, "".join(words))


def _put(node, text):
    """Words into a text element; line breaks and tabs become elements beside it."""
    lines = text.split("\n")
    node.text = lines[0]
    node.set(SPACE, "preserve")
    for line in lines[1:]:
        following = el("t")
        following.text = line
        following.set(SPACE, "preserve")
        line_break = el("br")
        node.addnext(line_break)
        line_break.addnext(following)
        node = following


def _add_run(paragraph, text):
    """The first words of a paragraph, in the look that its end has."""
    run, look = el("r"), child(paragraph, "pPr", "rPr")
    if look is not None:
        own = copy.deepcopy(look)
        for change in [each for each in own if local(each) in ("ins", "del", "moveFrom", "moveTo", "rPrChange")]:
            own.remove(change)
        run.append(own)
    node = el("t")
    run.append(node)
    _put(node, text)
    paragraph.append(run)


def shade(cell, colour: str | None) -> bool:
    """Give a cell's ground another colour, or none. False where the colour is not the cell's own but its words'."""
    properties = child(cell, "tcPr")
    shading = child(properties, "shd")
    if shading is None:
        inside = [each for each in cell.iter() if local(each) in ("shd", "highlight")]
        if inside or colour is None:
            return not inside
        shading = el("shd")
        _put_shading(cell, properties, shading)
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour or "auto")):
        shading.set(W + key, value)
    for theme in [name for name in shading.attrib if local_name(name).startswith("theme")]:
        del shading.attrib[theme]
    return True


def local_name(name: str) -> str:
    return name.rpartition("}")[2]


BEFORE_SHADING = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders")


def _put_shading(cell, properties, shading):
    """In the place that the order of a cell's properties asks for."""
    if properties is None:
        properties = el("tcPr")
        cell.insert(0, properties)
    place = sum(local(each) in BEFORE_SHADING for each in properties)
    properties.insert(place, shading)
