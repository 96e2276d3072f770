"""What stands on the front of a report, whatever it is shown as: whom it describes, for whom, and its state."""

from workforce.disclosure.released import Audience

from .content import About, Report
from .wording import listed

RELEASED, WITHDRAWN = "released", "withdrawn"
DRAFT = "Draft: these figures have not been checked and released"
GONE = "Withdrawn: do not use these figures"
SHORT = {DRAFT: "Draft, not released", GONE: "Withdrawn"}


def mark_of(about: About) -> str:
    """What must be seen first: that this is no released report, or "" if it is one."""
    if about.stage == RELEASED:
        return ""
    return GONE if about.stage == WITHDRAWN else DRAFT


def whom_for(about: About) -> str:
    """Who may have it."""
    if about.audience is Audience.PARTNER:
        return f"For {about.partner or 'one partner'} only: its own exact figures"
    if about.audience is Audience.PARTNERSHIP:
        return "For members of the partnership: not to be published"
    return "For everybody"


def header_of(about: About) -> str:
    """For the top of every page: what keeps it from being passed on; "" if nothing does."""
    whom = "" if about.audience is Audience.PUBLIC else whom_for(about)
    return " · ".join(filter(None, [SHORT.get(mark_of(about)), whom]))


def front_of(report: Report) -> tuple[str, ...]:
    """The lines below the title."""
    about = report.about
    lines = [about.partnership, f"Workforce as at {day(about.as_at)}", whom_for(about)]
    return tuple(filter(None, [*lines, released_line(about)]))


def released_line(about: About) -> str:
    """Its number, and when it was released and by whom, as far as they are there."""
    if about.released is None:
        return f"Made on {day(about.built)}" if about.built else ""
    number = f"Report {about.number}, released" if about.number else "Released"
    by = f" by {about.released_by}" if about.released_by else ""
    return f"{number} on {day(about.released)}{by}"


def senders_of(about: About) -> tuple[str, ...]:
    """Who is counted and who is not, and how much of the workforce that is, in sentences."""
    return tuple(filter(None, [_counted(about), _not_counted(about), about.coverage]))


def _counted(about):
    if not about.partners_in:
        return ""
    return f"Counted here: {listed([_with(one.name, one.source, one.as_at, about) for one in about.partners_in])}."


def _with(name, source, as_at, about):
    said = [source, day(as_at) if as_at and as_at != about.as_at else ""]
    more = ", ".join(filter(None, said))
    return f"{name} ({more})" if more else name


def _not_counted(about):
    if not about.partners_out:
        return ""
    names = [f"{one.name} ({one.why.rstrip('.')})" if one.why else one.name for one in about.partners_out]
    return f"Not counted here: {listed(names)}."


def day(value) -> str:
    return f"{value:%-d %B %Y}" if value else ""
