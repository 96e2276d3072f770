"""Words compared as people compare them, and the short vocabularies of status, priority and nothing."""

import colorsys
import re

BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

STATUS_WORDS = {
    "red": ("red", "r", "off track", "off target", "not on track", "not on target", "miss", "missed", "not achieved"),
    "amber": (
        "amber",
        "a",
        "yellow",
        "y",
        "at risk",
        "some issues",
        "some issues narrative disclosure",
        "minor delay",
        "a g",
        "g a",
        "a r",
        "r a",
        "amber green",
        "green amber",
        "amber red",
        "red amber",
    ),
    "green": ("green", "g", "on track", "on target", "on schedule", "on course"),
    "blue": ("blue", "b", "complete", "completed", "delivered", "done", "achieved", "closed", "finished"),
}
NO_STATUS = ("not started", "not yet started", "not reported", "not yet rated", "not rated", "not due", "not yet due",
             "not available", "no rating", "to be rated", "grey", "gray", "white", "none")  # fmt: skip
STATUS_SIGNS = {"🔴": "red", "🟥": "red", "🟠": "amber", "🟧": "amber", "🟡": "amber", "🟨": "amber",
                "🟢": "green", "🟩": "green", "🔵": "blue", "🟦": "blue"}  # fmt: skip
PRIORITY_WORDS = {
    "high": ("high", "h", "hi"),
    "medium": ("medium", "med", "m", "moderate"),
    "low": ("low", "l", "lo"),
}
NOTHING = ("n a", "na", "tbc", "tba", "tbd", "to be confirmed", "to be agreed", "to be decided", "none", "nil",
           "not applicable", "not known", "unknown", "vacant")  # fmt: skip
COLOURS = {"red", "amber", "yellow", "orange", "green", "blue", "grey", "gray", "white", "purple", "black"}
SIGNS = COLOURS | {"r", "a", "g", "b", "y"}
OTHER_COLOURS = {"orange": "amber", "purple": "purple", "grey": "grey", "gray": "grey", "black": "black"}
HUES = ((18, "red"), (68, "amber"), (172, "green"), (265, "blue"), (330, "purple"), (361, "red"))
PALEST = 0.12  # saturation of the lightest red, amber or green in Excel's own styles


def phrase(text: str) -> str:
    """A phrase for comparing: no case, hyphens, slashes, punctuation or double spaces."""
    text = (
        text.casefold().replace("(s)", "s").replace("'", "").replace("’", "").replace("&", " and ").replace("%", " % ")
    )
    return " ".join(re.sub(r"[^\w%#]+", " ", text.replace("_", " ")).split())


def without_brackets(text: str) -> str:
    return BRACKETED.sub(" ", text.replace("(s)", "s"))


def is_nothing(text: str) -> bool:
    """True for N/A, TBC, a dash and their like."""
    return not phrase(text) or phrase(text) in NOTHING


def _word_in(vocabulary: dict[str, tuple[str, ...]], text: str) -> str | None:
    """The value that a text names: its whole phrase, or the words before a bracket, dash, colon or full stop."""
    known = {word: value for value, words in vocabulary.items() for word in words}
    for candidate in (text, without_brackets(text), re.split(r"[(\[–—:;,.\n]| - ", text.strip(), maxsplit=1)[0]):
        found = known.get(re.sub(r" (priority|status|rating|rag|to deliver|to be delivered)$", "", phrase(candidate)))
        if found:
            return found
    return None


def status_of(text: str) -> tuple[str | None, bool]:
    """(status, understood): blank and "not started" are understood as no status."""
    signs = {STATUS_SIGNS[sign] for sign in text if sign in STATUS_SIGNS}
    if len(signs) == 1:
        return signs.pop(), True
    if is_nothing(text):
        return None, True
    unset = _word_in({"none": NO_STATUS}, text)
    return (None, True) if unset else (_word_in(STATUS_WORDS, text), bool(_word_in(STATUS_WORDS, text)))


def priority_of(text: str) -> tuple[str | None, bool]:
    """(priority, understood)."""
    if is_nothing(text):
        return None, True
    found = _word_in(PRIORITY_WORDS, text)
    return found, found is not None


def hue_of(shading: str | None) -> str | None:
    """The colour that a fill is called: a traffic light's, "purple", "grey" or "black"; None for white."""
    if shading is None:
        return None
    red, green, blue = (int(shading[index : index + 2], 16) / 255 for index in (0, 2, 4))
    hue, saturation, brightness = colorsys.rgb_to_hsv(red, green, blue)
    if brightness < 0.25:
        return "black"
    if saturation < PALEST:
        return "grey" if brightness < 0.9 else None
    return next(colour for limit, colour in HUES if hue * 360 < limit)


def colour_of(shading: str | None) -> str | None:
    """The traffic light that a fill stands for; None for white, grey, black and purple."""
    hue = hue_of(shading)
    return hue if hue in STATUS_WORDS else None


def colour_named(word: str) -> str | None:
    """The colour that a word or letter of a key names, as `hue_of` calls it."""
    wanted = phrase(word)
    if wanted in OTHER_COLOURS:
        return OTHER_COLOURS[wanted]
    return next((colour for colour, words in STATUS_WORDS.items() if wanted in words and wanted in SIGNS), None)
