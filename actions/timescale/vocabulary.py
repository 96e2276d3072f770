"""The words of timescales, as tables: adding a word here is all it takes to have it read."""

from enum import Enum, auto


class Role(Enum):
    """What a piece of the text does."""

    DATE = auto()
    UNREAD = auto()  # looks like a date and was not understood
    WORD = auto()
    NUMBER = auto()
    NUMBERED = auto()  # "Phase 2": a noun with its number
    QUALIFIER = auto()
    THIRD = auto()  # early, mid, late
    WEEK = auto()
    WEEKDAY = auto()
    FILLER = auto()
    LINK = auto()  # between two dates
    AFTERWORD = auto()  # qualifies the date before it: onwards, at the latest
    CHANGE = auto()  # a date replaced by another
    ONGOING = auto()
    RECURS = auto()
    RELATIVE = auto()
    UNKNOWN = auto()
    NOT_APPLICABLE = auto()
    DONE = auto()
    URGENT = auto()
    DOUBT = auto()
    SOFT = auto()  # comma, full stop
    HARD = auto()  # new line, semicolon
    COLON = auto()
    OPEN = auto()
    CLOSE = auto()
    OTHER = auto()


def _table(role: Role, words: dict[object, str]) -> dict[str, tuple[Role, object]]:
    return {phrase.strip(): (role, value) for value, phrases in words.items() for phrase in phrases.split(",")}


MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = ("spring", "summer", "autumn", "winter")
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
}

QUALIFIERS = _table(
    Role.QUALIFIER,
    {
        "by": (
            "by, no later than, not later than, until, untill, till, til, up to, up until, to, end of, end, ends, "
            "ending, end date, finish, finishes, finish date, finished by, year ending, year ended, quarter "
            "ending, month ending, year to, quarter to, year end, through to, completion by, complete by, "
            "completed by, to be completed by, to be complete by, to be finished by"
        ),
        "before": "before, prior to, ahead of, in advance of",
        "from": "from, as of, as from, with effect from, wef, w.e.f, w.e.f., effective from, since, ever since",
        "starting": (
            "starting, starting from, starting in, start, starts, start date, start from, commencing, commences, "
            "commence, begin, begins, beginning in, starts from, commencing from, to start, to commence, to begin"
        ),
        "not before": "not before, no earlier than, not earlier than, not until, earliest",
        "after": "after, following",
        "about": (
            "about, around, approx, approx., approximately, circa, c., ca., roughly, ~, week of, second half of, "
            "first half of, first week of, second week of, third week of, last week of, first week in, last week "
            "in, 1st week of, 2nd week of, 3rd week of, 4th week of, 1st week in, 2nd week in, 3rd week in, 4th "
            "week in, final week of"
        ),
        "between": "between",
        "throughout": "throughout, all of, the whole of, all through",
    },
)
THIRDS = _table(
    Role.THIRD,
    {
        0: (
            "early, early in, beg, beg., beg of, start of year, beginning, beginning of, the beginning of, start "
            "of, the start of"
        ),
        1: "mid, middle of, the middle of, halfway through, half way through",
        2: "late, late in, latter part of",
    },
)
WEEKS = _table(
    Role.WEEK,
    {
        "week from": (
            "w/c, w/b, wc, week commencing, week beginning, week starting, week of the, wk commencing, wk beginning"
        ),
        "fortnight from": "fortnight commencing, fortnight beginning, fortnight starting",
        "week to": "week ending, w/e, wk ending",
        "week unclear": "week",
    },
)
WEEKDAY_WORDS = _table(
    Role.WEEKDAY,
    {
        0: "monday, mon",
        1: "tuesday, tue, tues",
        2: "wednesday, wed, weds",
        3: "thursday, thu, thur, thurs",
        4: "friday, fri",
        5: "saturday, sat",
        6: "sunday, sun",
    },
)
FILLERS = _table(
    Role.FILLER,
    {
        "": (
            "as at, the, in, on, at, of, for, during, within, due, due by, due date, target, target date, date, "
            "dates, deadline, planned, planned for, scheduled, scheduled for, expected, set for, over, across, "
            "is, year, financial year, month of"
        ),
    },
)
LINKS = _table(
    Role.LINK,
    {
        "range": "-, through, thru",
        "list": "and, &, +, /, then, plus",
        "choice": "or, and/or, alternatively",
        "arrow": ">",
    },
)
AFTERWORDS = _table(
    Role.AFTERWORD,
    {
        "onwards": (
            "onwards, onward, and onwards, and onward, and beyond, and after, and thereafter, forward, forwards"
        ),
        "open": "to date, to present, to the present, present, - present",
        "latest": "at the latest, latest, or sooner, or earlier, or before",
        "earliest": "at the earliest, earliest",
        "or later": "or later, or after",
    },
)
CHANGES = _table(
    Role.CHANGE,
    {
        "old": (
            "revised from, changed from, moved from, slipped from, extended from, deferred from, delayed from, "
            "postponed from, rescheduled from, brought forward from, pushed back from, amended from, updated "
            "from, was, were, originally, original, original date, previously, previous, formerly, initially, "
            "carried forward from, carried over from, rolled over from, old date, put back from"
        ),
        "rejected": "not, no longer, instead of, rather than",
        "new": (
            "revised to, changed to, moved to, slipped to, extended to, extended until, extended till, deferred "
            "to, deferred until, delayed to, delayed until, postponed to, postponed until, rescheduled to, "
            "rescheduled for, brought forward to, pushed back to, amended to, updated to, now, revised, revised "
            "date, new date, new target, new deadline, slipped, rescheduled, put back to, put back until, carried "
            "forward to, carried over to, revised target, moved, deferred, postponed, slipping to, becomes, "
            "became"
        ),
        "mention": (
            "changed, extended, delayed, amended, superseded, replaced, replaces, cancelled, canceled, withdrawn, "
            "paused, on hold, stopped, missed, overdue, pushed back, brought forward, slippage, slip, slips, "
            "extension, carried forward, carried over, rolled over, put back, abandoned, except, unless, "
            "excluding, isn't, won't, wasn't"
        ),
    },
)
ONGOING = _table(
    Role.ONGOING,
    {
        "": (
            "ongoing, on-going, on going, continuous, continuously, continuing, continual, continually, "
            "continues, rolling, rolling programme, open-ended, open ended, business as usual, bau, until further "
            "notice, indefinite, indefinitely, no end date, all year round, permanent"
        ),
    },
)
RECURRENCES = _table(
    Role.RECURS,
    {
        "weekly": "weekly, every week, each week, once a week, every 7 days",
        "fortnightly": (
            "fortnightly, every fortnight, each fortnight, every two weeks, every 2 weeks, every other week, once "
            "a fortnight"
        ),
        "monthly": "monthly, every month, each month, once a month, every 4 weeks, every four weeks",
        "quarterly": (
            "quarterly, every quarter, each quarter, once a quarter, every 3 months, every three months, three "
            "monthly, three-monthly, 3 monthly, 3-monthly, four times a year, 4 times a year"
        ),
        "six-monthly": (
            "six-monthly, six monthly, 6-monthly, 6 monthly, sixmonthly, 6monthly, half-yearly, half yearly, "
            "twice a year, twice yearly, every 6 months, every six months, twice per year, two times a year, 2 "
            "times a year"
        ),
        "annual": (
            "annual, annually, yearly, every year, each year, once a year, every 12 months, every twelve months, "
            "12 monthly, 12-monthly, once per year"
        ),
        "": (
            "bi-annual, biannual, bi-annually, biannually, bi annual, bi annually, bi-monthly, bimonthly, bi "
            "monthly, bi-weekly, biweekly, bi weekly, biennial, biennially, daily, termly, every term, each term, "
            "twice a month, twice monthly, twice weekly, every two years, every 2 years, every three years, every "
            "3 years, two-yearly, every five years, every 5 years, every other month, every other year, every 2 "
            "months, every two months, two monthly, 2 monthly, every day, periodic, periodically, regularly, "
            "regular, 4 monthly, four monthly, three times a year, 3 times a year, every 4 months, every four "
            "months, every other quarter"
        ),
    },
)
UNKNOWNS = _table(
    Role.UNKNOWN,
    {
        "": (
            "tbc, tba, tbd, t.b.c, t.b.c., t.b.a, t.b.a., t.b.d, t.b.d., to be confirmed, to be agreed, to be "
            "determined, to be decided, to be advised, to be set, to be arranged, to be announced, to be "
            "scheduled, to be identified, to be finalised, to follow, not known, not yet known, unknown, not yet "
            "agreed, not yet set, not yet confirmed, awaiting confirmation, awaiting date, date to follow, to "
            "confirm, no date, none set, to be established"
        ),
    },
)
NOT_APPLICABLES = _table(
    Role.NOT_APPLICABLE,
    {
        "": "n/a, na, n.a, n.a., not applicable, non applicable, not relevant",
    },
)
DONES = _table(
    Role.DONE,
    {
        "": "complete, completed, done, delivered, achieved, closed, finished",
    },
)
URGENTS = _table(
    Role.URGENT,
    {
        "": (
            "immediate, immediately, asap, a.s.a.p, a.s.a.p., as soon as possible, urgent, urgently, now, "
            "straight away, with immediate effect"
        ),
    },
)
DOUBTS = _table(
    Role.DOUBT,
    {
        "likely": (
            "provisional, provisionally, tentative, tentatively, indicative, estimated, est, est., estimate, "
            "anticipated, possibly, possible, probably, hopefully, likely, subject to, dependent on, depending "
            "on, if, aim for, ideally, proposed, perhaps, maybe, pending"
        ),
        "unclear": "?, unsure, uncertain",
    },
)
NAMED_TIMES = _table(
    Role.UNREAD,
    {
        "": (
            "easter, christmas, xmas, new year, half term, half-term, autumn term, spring term, summer term, "
            "michaelmas, ramadan, eid, diwali, bank holiday, term time, fall"
        ),
    },
)
YEARLY = {
    f"{each} {month[:n]}": (Role.RECURS, "annual") for each in ("every", "each") for month in MONTHS for n in (3, 4, 9)
}
WEEKLY = {f"{each} {day}": (Role.RECURS, "weekly") for each in ("every", "each") for day in WEEKDAYS}
PUNCTUATION = {
    **dict.fromkeys(",.", (Role.SOFT, ",")),
    **dict.fromkeys(";\n|•", (Role.HARD, ";")),
    **dict.fromkeys(":=", (Role.COLON, ":")),
    "(": (Role.OPEN, "("),
    ")": (Role.CLOSE, ")"),
}

# Later tables win: "now" is a change beside another date and urgency when alone, which the reader settles.
PHRASES = {
    **FILLERS, **QUALIFIERS, **THIRDS, **WEEKS, **WEEKDAY_WORDS, **LINKS, **AFTERWORDS, **ONGOING, **RECURRENCES,
    **UNKNOWNS, **NOT_APPLICABLES, **DONES, **URGENTS, **CHANGES, **DOUBTS, **NAMED_TIMES, **YEARLY, **WEEKLY,
    **PUNCTUATION,
}  # fmt: skip

# Nouns that carry a number, so that "Phase 2 March 2025" is not read as the second of March.
NUMBERED_NOUNS = (
    "phase|phases|stage|step|level|part|tranche|wave|cohort|priority|aim|action|objective|theme|workstream|strand|band|"
    "grade|group|tier|number|no|version|option|round|module|section|appendix|unit|goal|item|pillar|outcome|site|team|"
    "ward|area|locality|recommendation|sprint|nvq|rqf|level"
)
NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty|twenty-four|thirty|sixty|ninety"
)
