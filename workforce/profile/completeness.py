"""Whose posts a measure counts: partners whose files say enough of the field. Of the others the notes tell."""

from workforce.profile.declaring import Kind
from workforce.profile.measures import BY_NAME, forms
from workforce.quality.gates import COMPLETENESS

FEWEST = COMPLETENESS.amber  # below this share no figure is broken down by a field
TRAINED = 2  # of the values of training, those that somebody who was trained has


class Notes:
    """What is to be known of a measure's figures, in sentences without figures: {measure: sentences}."""

    def __init__(self, names):
        self.names, self.of, self._left_out = names, {}, set()

    def name(self, partner):
        return self.names.get(partner, partner)

    def add(self, measure, sentence):
        sentences = self.of.setdefault(measure, [])
        if sentence not in sentences:
            sentences.append(sentence)

    def leave_out(self, measure, place):
        self._left_out.add((measure, place))

    def counts(self, measure, place):
        """Whether the return at this place counts in a measure."""
        return (measure, place) not in self._left_out


def admitted(measure, parts, notes):
    """Those of (partner, counts) whose return says enough. `counts` has `given` and `eligible`: posts with a value,
    and posts that could have one.
    """
    enough = []
    for place, (partner, counts) in enumerate(parts):
        given = counts.given if is_recorded(measure, counts) else 0
        if _is_enough(measure, given, counts.eligible):
            enough.append((partner, counts))
            continue
        notes.leave_out(measure, place)
        if why := _why(BY_NAME[measure], given, counts.eligible):
            notes.add(measure, f"{_whose(partner, parts, notes)} not counted here: {why}.")
    return enough


def _whose(partner, parts, notes):
    several = sum(one == partner for one, _ in parts) > 1
    return f"Posts of {notes.name(partner)} from one of its systems are" if several else f"{notes.name(partner)} is"


def is_recorded(measure, counts):
    """Where nobody at all was ever trained on a topic, the system does not record it."""
    return not measure.startswith("training_") or bool(counts.counts[:, :TRAINED].any())


def _is_enough(measure, given, eligible):
    if BY_NAME[measure].kind is Kind.PLACES:
        return given > 0
    return eligible > 0 and given >= FEWEST * eligible


def _why(measure, given, eligible):
    if measure.kind is Kind.PLACES:
        return "no workplace in its return says this"
    if eligible and not given:
        return "its files do not say this"
    if eligible:
        return "too few of its posts have a value (fewer than 75%)"
    return "its files name nobody who left" if measure.population == forms.LEFT else ""


def roughly(share):
    """A share in words that give no figure away."""
    for least, words in ((0.97, "Nearly all"), (0.87, "About nine in ten"), (0.7, "About three quarters")):
        if share >= least:
            return words
    return "Fewer than three quarters"
