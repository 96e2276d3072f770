"""Rules of words: how one row of a crosswalk recognises many texts.

~social work + manager   both phrases stand in the text, in either order
~nurse / midwife         one of the two is enough
~therap*                 a word that begins so
^c                       the text begins with the code c, alone or with one more character ("C2 White ...")
*                        whatever stands there, blank included
staff group|job role     two cells, each plain or a rule
"""

import re

EITHER, BOTH, CELLS = "/", "+", "|"


class Rules:
    """Rules in their order, and the values they give.

    A file may hold a million different job titles, so a rule is tried only on texts that hold one of its words.
    """

    def __init__(self, values):
        """`values` is {rule: value}; earlier rules win."""
        self._rules = [(_as_test(code), value) for code, value in values.items()]
        self._words, self._beginnings, self._always = {}, {}, []
        for place, code in enumerate(values):
            self._note_words(place, code)

    def value_of(self, cells):
        """The value of the first rule that recognises these normalised cells, or None."""
        for place in sorted(self._worth_trying(cells)):
            recognises, value = self._rules[place]
            if recognises(cells):
                return value
        return None

    def _note_words(self, place, code):
        worded = next((cell for cell in code.split(CELLS) if cell.startswith("~")), None)
        if worded is None:
            self._always.append(place)
            return
        for phrases in alternatives_of(worded):
            word = phrases[0].split()[0]
            index = self._beginnings if word.endswith("*") else self._words
            index.setdefault(word.removesuffix("*"), []).append(place)

    def _worth_trying(self, cells):
        found = set(self._always)
        for word in {word for cell in cells for word in cell.split()}:
            found.update(self._words.get(word, ()))
            for end in range(1, len(word) + 1):
                found.update(self._beginnings.get(word[:end], ()))
        return found


def is_rule(code):
    return any(cell == "*" or cell.startswith(("~", "^")) for cell in code.split(CELLS))


def alternatives_of(cell):
    """The phrases of each alternative: "~nurse / social work + manager" has [["nurse"], ["social work", "manager"]]."""
    return [
        [phrase.strip() for phrase in alternative.split(BOTH)] for alternative in cell.removeprefix("~").split(EITHER)
    ]


def _as_test(code):
    tests = [_test_of_cell(cell) for cell in code.split(CELLS)]
    return lambda cells: all(test(cell) for test, cell in zip(tests, cells, strict=True))


def _test_of_cell(cell):
    if cell == "*":
        return lambda text: True
    if cell.startswith("^"):
        return re.compile(rf"{re.escape(cell[1:])}\w?\b").match
    if not cell.startswith("~"):
        return lambda text: text == cell
    patterns = [[_pattern(phrase) for phrase in phrases] for phrases in alternatives_of(cell)]
    return lambda text: any(all(pattern.search(text) for pattern in each) for each in patterns)


def _pattern(phrase):
    """Whole words, one after the other; a word that ends in * may go on."""
    words = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in phrase.split())
    return re.compile(r"\b" + " ".join(words) + r"\b")
