"""Rules of words: how a row of a crosswalk recognises many texts at once."""

import re


def is_rule(code):
    return any(part == "*" or part.startswith("~") for part in code.split("|"))


def as_rule(code):
    """A test of normalised parts, from a code such as "~social work + manager" or "students|*"."""
    tests = [_test_of_part(part) for part in code.split("|")]
    return lambda parts: all(test(part) for test, part in zip(tests, parts, strict=True))


def phrases_of(part):
    """The phrases of one part of a rule: "~social work + manager" has two."""
    return [phrase.strip() for phrase in part.removeprefix("~").split("+")]


def _test_of_part(part):
    if part == "*":
        return lambda text: True
    if not part.startswith("~"):
        return lambda text: text == part
    patterns = [_pattern(phrase) for phrase in phrases_of(part)]
    return lambda text: all(pattern.search(text) for pattern in patterns)


def _pattern(phrase):
    """Whole words, one after the other; a word that ends in * may go on."""
    words = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in phrase.split())
    return re.compile(r"\b" + " ".join(words) + r"\b")
