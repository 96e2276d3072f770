"""A suggested rating from dates alone. Pure: plain values in, a colour and its reason out.

It stands beside the owner's own rating and never replaces it. The arithmetic is that of the BRAG scheme used in
public service delivery plans (blue complete; green will be done by its date; amber late by up to a quarter; red
later than that), so that the same dates give everybody the same colour.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# A quarter of a year, the longest that counts as "a little late".
QUARTER = timedelta(days=92)
# Without any word for this long, an ongoing activity needs a look.
SILENCE = timedelta(days=183)

WORDS = {"": "", "green": "On track", "amber": "At risk", "red": "Off track", "blue": "Complete"}


@dataclass(frozen=True)
class Suggestion:
    """`colour` is red, amber, green or blue, or "" when the dates allow no suggestion; `reason` is one sentence."""

    colour: str
    reason: str

    @property
    def word(self):
        return WORDS[self.colour]


def suggest_rag(*, today, complete, due, milestones=(), ongoing=False, last_word=None):
    """Suggest a rating.

    today: date. complete: whether the owner has reported it complete. due: the certain end, or None.
    milestones: (label, due, done) with done a date or None; only those with a due date count.
    ongoing: no end is intended. last_word: date of the latest report, or None.
    """
    if complete:
        return Suggestion("blue", "Reported complete.")
    missed = [(when, label or "") for label, when, done in milestones if when and not done and when < today]
    # What was missed first counts, so that a row never looks better for its end having passed as well.
    if missed and (due is None or min(missed)[0] < due):
        return _missed(today, *min(missed))
    if due is not None and due < today:
        return _past(today, due)
    if due is not None:
        return Suggestion(
            "green", f"Due {_day(due)}, {_span(due - today)} from now." if due > today else f"Due today, {_day(due)}."
        )
    if ongoing:
        return _ongoing(today, last_word)
    return Suggestion("", "No end date is certain, so no rating can be worked out.")


def _past(today, due):
    late = today - due
    return Suggestion("amber" if late <= QUARTER else "red", f"It was due {_day(due)}, {_span(late)} ago.")


def _missed(today, when, label):
    late = today - when
    name = f"“{label}”" if label else "A milestone"
    return Suggestion(
        "amber" if late <= QUARTER else "red", f"{name} was due {_day(when)}, {_span(late)} ago, and is not ticked off."
    )


def _ongoing(today, last_word):
    if last_word is None:
        return Suggestion("amber", "Ongoing, and nobody has reported yet.")
    if today - last_word > SILENCE:
        return Suggestion("amber", f"Ongoing, and nobody has reported since {_day(last_word)}.")
    return Suggestion("green", f"Ongoing, last reported {_day(last_word)}.")


def _day(when: date):
    return f"{when.day} {when:%B %Y}"


def _span(length: timedelta):
    days = length.days
    return "1 day" if days == 1 else f"{days:,} days" if days < 100 else f"{round(days / 30.44)} months"
