"""What readers must know of the figures: who is not in them, of which day they are, and what was left out."""

from workforce.profile.completeness import roughly
from workforce.profile.declaring import Kind
from workforce.profile.measures import MEASURES

PERSONAL = {
    "direct_payment_recipients", "direct_payment_employers", "personal_assistants", "unpaid_carers", "volunteers",
}  # fmt: skip


def tell_of_partners(notes, returns, current, as_at):
    """Partners without a return, with one of another day, with several, and those counted for the first time."""
    counted = {one.partner for one in current}
    for partner in notes.names:
        if partner not in counted:
            _tell(notes, f"{notes.name(partner)} is in no figure: there is no return of it for this date.")
    for one in current:
        if one.as_at != as_at:
            day = f"{one.as_at.day} {one.as_at:%B %Y}"
            _tell(notes, f"The figures of {notes.name(one.partner)} describe {day}.")
    _tell_of_newcomers(notes, returns, current)
    for partner in counted:
        if sum(one.partner == partner for one in current) > 1:
            _tell(notes, f"{notes.name(partner)} sent returns from more than one system. Of each service, the "
                      "one with most posts counts, so that nobody counts twice.")  # fmt: skip


def _tell(notes, sentence):
    """With the posts, and with what is about no one measure (under an empty name)."""
    for measure in ("", "posts"):
        notes.add(measure, sentence)


def _tell_of_newcomers(notes, returns, current):
    """Known only where others have an earlier return."""
    first = min((one.as_at for one in returns), default=None)
    for one in current:
        since = min(other.as_at for other in returns if other.partner == one.partner)
        if since == one.as_at and first < one.as_at:
            _tell(notes, f"{notes.name(one.partner)} is counted for the first time, so totals with it do not "
                      "compare with earlier ones.")  # fmt: skip


def tell_of_measures(notes, parts, blocks, context):
    for place, (partner, counting) in enumerate(parts):
        name = notes.name(partner)
        if counting.workplaces.is_closed.any():
            for measure in ("leavers", "turnover_rate", "leave_reason", "leave_destination"):
                notes.add(measure, f"Workplaces of {name} that closed are left out: their people did not choose to go.")
        if counting.pay.too_low_or_high and notes.counts("hourly_pay", place):
            notes.add("hourly_pay", f"Pay below the legal minimum for the person's age, or above £200 an hour, is left "
                      f"out. There is some at {name}.")  # fmt: skip
    if "wte" in blocks:
        bases = blocks["wte"].bases.sum(axis=0)
        notes.add("wte", f"{roughly(bases[0] / bases.sum())} posts have hours; the others add nothing.")
    if PERSONAL & set(map(_kind_of, context)):
        notes.add("", "Personal assistants, unpaid carers and volunteers are in no return. Published figures "
                  "about them stand beside these.")  # fmt: skip


def tell_of_what_is_made_of(notes):
    """What is known of counts holds for the shares, rates and estimates that are made of them."""
    for measure in MEASURES:
        for name in (measure.of, *(measure.over + measure.among if measure.kind is Kind.RATE else ())):
            for sentence in list(notes.of.get(name, ())) if name else ():
                notes.add(measure.name, sentence)


def _kind_of(figure):
    return figure.get("kind") if isinstance(figure, dict) else getattr(figure, "kind", None)
