"""What a report says of itself: whom it counts and whom not, what it does not know yet, how good its sources are, and
what is hidden. No figure of the workforce is made here."""

from collections.abc import Iterable

from workforce.disclosure.released import Audience

from .wording import listed

NO_SCENARIO = (
    "No scenario of future demand has been made yet, so this report says nothing about the gap between the workforce "
    "that there is and the one that will be needed."
)
NO_CONTEXT = "No published figure about them has been entered yet."
APART = "They are in no partner's return, and so in none of the other figures of this report."
CONTEXT = {
    "direct_payments": ("direct_payment_recipients", "direct_payment_employers", "personal_assistants"),
    "carers": ("unpaid_carers", "volunteers"),
}
NOTHING_KNOWN = "Nothing has been noted about the returns behind this report."


def day(date) -> str:
    return f"{date:%-d %B %Y}"


# --- scope ------------------------------------------------------------------------------------------------------------


def scope(about) -> list[str]:
    """The day, the readers, who is in and who is not."""
    counted = f"It counts posts that were filled on {day(about.as_at)}, on the same definitions for all partners."
    said = [_readers(about), counted, *_partners_in(about), *_partners_out(about)]
    return said + [about.coverage] * bool(about.coverage)


def _readers(about):
    return {
        Audience.PARTNER: f"This report is about {about.partner} alone, and for {about.partner} alone.",
        Audience.PARTNERSHIP: f"This report is for the members of {about.partnership}.",
        Audience.PUBLIC: "This report is for everybody.",
    }[about.audience]


def _partners_in(about):
    """Each with its source, and with its day where that is another than the report's."""
    said = [f"{one.name}{_in_brackets(one.source, _other_day(one, about))}" for one in about.partners_in]
    return [f"It is made of the returns of {listed(said)}."] if said else []


def _other_day(one, about):
    return day(one.as_at) if one.as_at and one.as_at != about.as_at else ""


def _partners_out(about):
    """One sentence for each reason."""
    names = {}
    for one in about.partners_out:
        names.setdefault(one.why.rstrip("."), []).append(one.name)
    return [f"Not counted{_in_brackets(why)}: {listed(out)}." for why, out in names.items()]


def _in_brackets(*words):
    given = [word for word in words if word]
    return f" ({', '.join(given)})" if given else ""


# --- people whom no return counts -------------------------------------------------------------------------------------


def context(key: str, about) -> list[str]:
    """The published figures of one part, each with its source and day; the newest of each kind."""
    newest = {}
    for one in sorted(about.context, key=lambda one: str(one.as_at or "")):
        newest[one.kind] = one
    said = [_published(newest[kind]) for kind in CONTEXT[key] if kind in newest]
    return [*said, APART] if said else [NO_CONTEXT, APART]


def _published(one):
    when = one.as_at and day(one.as_at)
    return f"{one.label}: {one.value:,}{_in_brackets(one.source, when)}."


# --- quality ----------------------------------------------------------------------------------------------------------


def quality(about, others: Iterable[str]) -> list[str]:
    """What was noted about each partner's return, and about the returns together; `others` made of figures."""
    said = [f"{one.name}: {' '.join(one.sentences)}" for one in about.quality if one.sentences]
    said += [*(about.notes or {}).get("", ()), *others]
    return said or [NOTHING_KNOWN]


# --- what is hidden ---------------------------------------------------------------------------------------------------


def disclosure(about) -> list[str]:
    """How people are protected in the view that these readers have."""
    return {Audience.PARTNER: _own, Audience.PARTNERSHIP: _hiding, Audience.PUBLIC: _rounding}[about.audience](about)


def _own(about):
    return [
        f"These are {about.partner}'s own figures as they are. Small numbers can give people away.",
        f"Do not pass this report on outside {about.partner}.",
    ]


def _hiding(about):
    return [
        *_small(about.thresholds),
        "Where a hidden figure could be worked out from others, enough of the others are hidden too.",
        *_MADE_OF_SHOWN,
        "A figure that says 'hidden' may be nought, a small number, or a larger one that protects others.",
    ]


def _rounding(about):
    step = about.thresholds.rounded_to
    return [
        *_small(about.thresholds),
        f"Counts are moved a little at random and then rounded to the nearest {step}, always in the same way for the "
        "same people, so columns do not always add up.",
        *_MADE_OF_SHOWN,
        "No figure of a single partner is shown beyond its size.",
    ]


def _small(thresholds):
    return [
        f"Counts under {thresholds.posts} are hidden.",
        f"What concerns age, sex, ethnic group, nationality, disability, pay or sickness is hidden under "
        f"{thresholds.special}; starters, leavers and vacancies under {thresholds.flow}.",
    ]


_MADE_OF_SHOWN = (
    "Percentages are made of counts that are shown, and are not given where they would stand on few people.",
)
