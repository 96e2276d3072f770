"""Whose posts a measure counts: partners whose files say enough of the field. Of the others the notes tell."""

from workforce.profile.declaring import Kind
from workforce.profile.measures import BY_NAME, forms
from workforce.quality.gates import COMPLETENESS

FEWEST = COMPLETENESS.amber  # below this share no figure is broken down by a field


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

    def leave_out(self, measure, partner):
        self._left_out.add((measure, partner))

    def counts(self, measure, partner):
        """Whether the posts of a partner count in a measure."""
        return (measure, partner) not in self._left_out


def admitted(measure, parts, notes):
    """Those of (partner, counts) that say enough. `counts` has `given` and `eligible`: posts with a value, and posts
    that could have one. Of a partner with several returns they are taken together.
    """
    given, eligible = {}, {}
    for partner, counts in parts:
        given[partner] = given.get(partner, 0) + counts.given
        eligible[partner] = eligible.get(partner, 0) + counts.eligible
    enough = {partner for partner in given if _is_enough(measure, given[partner], eligible[partner])}
    for partner in sorted(given.keys() - enough, key=notes.name):
        notes.leave_out(measure, partner)
        _tell(measure, partner, given[partner], eligible[partner], notes)
    return [one for one in parts if one[0] in enough]


def _is_enough(measure, given, eligible):
    if BY_NAME[measure].kind is Kind.PLACES:
        return given > 0
    return eligible > 0 and given >= FEWEST * eligible


def _tell(measure, partner, given, eligible, notes):
    of, name = BY_NAME[measure], notes.name(partner)
    if of.kind is Kind.PLACES:
        notes.add(measure, f"{name} is not counted here: no workplace in its return says this.")
    elif eligible and not given:
        notes.add(measure, f"{name} is not counted here: its files do not say this.")
    elif eligible:
        notes.add(measure, f"{name} is not counted here: too few of its posts have a value (fewer than 75%).")
    elif of.population == forms.LEFT:
        notes.add(measure, f"{name} is not counted here: its files name nobody who left.")


def roughly(share):
    """A share in words that give no figure away."""
    for least, words in ((0.97, "Nearly all"), (0.87, "About nine in ten"), (0.7, "About three quarters")):
        if share >= least:
            return words
    return "Fewer than three quarters"
