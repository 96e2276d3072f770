"""What the figures say, in sentences. Only of figures that are shown: of a hidden one there is nothing to say.

Sentences name figures of released tables as they stand there; none is worked out here, because a difference of two
shown figures can give away a third that is hidden.
"""

from collections.abc import Iterable

from workforce.disclosure.released import Audience, ReleasedTable, insist_released

from .parts import is_estimate
from .wording import ROWS, counted, figure, is_about, listed, middle_of, name_of, topic_of, within

TRAINED = "share_trained_"
MOST_NAMED = 6
FEWEST_GROUPS = 3  # of which one is the most common
NOT_STATED = "not_stated"  # the row of posts that are in none of the breakdown
REST = ("other", "otherwise", "elsewhere")  # columns of whatever is in no other column
NOT_RECORDED = "no_value"  # the column of posts without a value
BY_SECTOR = ("sector", "partner", "service", "role_group", "role")
BY_PARTNER = ("partner", "sector", "service", "role_group", "role")

# What a share or rate says; its figure stands at {}.
SAYS = {
    "share_over_50": "{} of posts are held by people aged 50 or over",
    "share_over_55": "{} of posts are held by people aged 55 or over",
    "share_women": "{} of posts are held by women",
    "share_non_white": "{} of posts are held by people of ethnic groups other than White",
    "share_non_british": "{} of posts are held by people who are not British",
    "share_disabled": "{} of posts are held by people who have told their employer that they are disabled",
    "share_permanent": "{} of posts are permanent",
    "share_part_time": "{} of posts are part time",
    "share_zero_hours": "{} of posts have a zero hours contract",
    "share_apprentice": "{} of posts are apprenticeships",
    "share_recruited_within": "{} of posts are held by people who came from social care or from the same employer",
    "share_level_2": "{} of posts that provide care are held by people qualified to level 2 or above",
    "share_care_certificate": "{} of posts that provide care are held by people with a completed Care Certificate",
    "vacancy_rate": "{} of posts for employees are vacant",
    "turnover_rate": "Those who left in the twelve months before come to {} of employees",
    "starters_rate": "Those who started in the twelve months before come to {} of employees",
    "stability": "{} of those employed a year before still are",
    "sickness_rate": "{} of working time was lost to sickness, where that is recorded",
    "native_turnover": "{} is the leaver rate as the NHS reports it",
}
# What the most common of a list of values is.
MOST = {
    "role": "Most common job role",
    "workplaces": "Most common size of a workplace",
    "contract": "Most common kind of contract",
    "recruit_source": "Where people in post came from most often",
    "leave_reason": "Most common reason for leaving",
    "leave_destination": "Where those who left went most often",
    "experience_role": "Most common time in the role",
    "experience_sector": "Most common time in the sector",
    "qual_level": "Most common level of qualification",
}
HEADLINES = (  # (measure, the part that it belongs to)
    ("share_over_50", "people"),
    ("vacancy_rate", "flows"),
    ("turnover_rate", "flows"),
    ("share_zero_hours", "terms"),
    ("share_level_2", "skills"),
    ("sickness_rate", "sickness"),
)
NOTHING_TO_SAY = "None of the figures in this report can be given as a headline. The tables show what may be shown."


class Figures:
    """The tables of one release, found by measure and breakdown."""

    def __init__(self, tables: Iterable[ReleasedTable]):
        self.tables = tuple(tables)
        insist_released(*self.tables)

    def of(self, measure: str) -> tuple[ReleasedTable, ...]:
        return tuple(table for table in self.tables if table.measure == measure)

    def whole(self, measure: str, column: str | None = None):
        """(table, value) of the whole, if it may be seen in any table of the measure; otherwise None."""
        for table in self.of(measure):
            cell = table.cell(None, column)
            if cell and cell.value is not None:
                return table, cell.value
        return None

    def by(self, measure: str, order=BY_PARTNER) -> ReleasedTable | None:
        """The first breakdown in this order in which two rows or more may be seen."""
        rank = {rows: place for place, rows in enumerate(order)}
        found = [table for table in self.of(measure) if table.rows in rank and len(plain_rows(table)) > 1]
        return min(found, key=lambda table: rank[table.rows], default=None)


def shown_rows(table: ReleasedTable, column: str | None = None) -> dict:
    """{row: value} of those rows that may be seen, without the total."""
    cells = {row: table.cell(row, column) for row in table.row_labels}
    return {row: cell.value for row, cell in cells.items() if cell and cell.value is not None}


def plain_rows(table: ReleasedTable, column: str | None = None) -> dict:
    """As `shown_rows`, without rows that are several taken together or of which it is not known."""
    return {row: value for row, value in shown_rows(table, column).items() if is_plain(row)}


def is_plain(key: str) -> bool:
    """Whether a row or column is one thing: not several taken together, nor those of which it is not known."""
    return "|" not in key and key not in (NOT_RECORDED, NOT_STATED)


def shown_columns(table: ReleasedTable, row: str | None = None) -> dict:
    """{column: value} of one row, those without a value aside."""
    cells = {key: table.cell(row, key) for key in table.column_labels if key != NOT_RECORDED}
    return {key: cell.value for key, cell in cells.items() if cell and cell.value is not None}


# --- headlines --------------------------------------------------------------------------------------------------------


def headlines_of(tables: Iterable[ReleasedTable], about, left_out=frozenset()) -> tuple[str, ...]:
    """The few sentences that the report begins with; none about a part that the partnership leaves out."""
    figures = Figures(tables)
    said = [] if "posts" in left_out else size_of_the_workforce(figures, about)
    for measure, part in HEADLINES:
        said += [] if part in left_out else level(figures, measure, BY_SECTOR)
    said += [] if "pay" in left_out else pay(figures)[:1]
    return tuple(said) or (NOTHING_TO_SAY,)


def size_of_the_workforce(figures, about):
    """Such as: On 31 March 2026 the partners had 1,204 filled posts, or 983 whole-time equivalents."""
    posts, wte = figures.whole("posts"), figures.whole("wte")
    if not posts:
        return []
    who = about.partner if about.audience is Audience.PARTNER else "the partners counted here"
    also = f", or {_counted(*wte)}" if wte else ""
    number = f"{_roughly(posts[0])}{figure(posts[1], 'posts')}"
    return [f"On {about.as_at:%-d %B %Y} {who} had {number} filled posts{also}."]


def workplaces(figures):
    """Such as: Workplaces: 214. Employees, that is people with a permanent or temporary contract: 3,020."""
    places, employees = figures.whole("workplaces"), figures.whole("employees")
    said = [f"Workplaces with filled posts: {_roughly(places[0])}{figure(places[1], '')}."] if places else []
    if employees:
        words = "People with a permanent or temporary contract"
        said.append(f"{words}: {_roughly(employees[0])}{figure(employees[1], '')}.")
    return said


def _roughly(table):
    return "about " if is_about(table) else ""


def _counted(table, value):
    return f"{_roughly(table)}{counted(value, table.unit)}"


# --- shares, rates and means ------------------------------------------------------------------------------------------


def level(figures: Figures, measure: str, order=BY_PARTNER) -> list[str]:
    """A share or rate of the whole, and between which figures it lies by the first breakdown that shows enough."""
    found, by, saying = figures.whole(measure), figures.by(measure, order), SAYS.get(measure)
    if not saying or not (found or by):
        return []
    if not found:
        return [f"{name_of(by)}: {within(_range(by))}"]
    return [f"{saying.format(counted(found[1], found[0].unit))}. {_around(by, found[1])}".strip()]


def _around(by, whole):
    """The range, unless the whole lies outside of what is shown: then those that are hidden made it what it is."""
    values = plain_rows(by) if by else {}
    return _range(by) if values and min(values.values()) <= whole <= max(values.values()) else ""


def training(figures: Figures) -> list[str]:
    """For which topic most and fewest have training that is up to date, where the whole may be seen of two or more."""
    measures = dict.fromkeys(table.measure for table in figures.tables if table.measure.startswith(TRAINED))
    found = [pair for measure in measures if (pair := figures.whole(measure))]
    if len(found) < 2:
        return []
    seen = " of the topics shown" if len(found) < len(measures) else ""
    ends = max(found, key=lambda pair: pair[1]), min(found, key=lambda pair: pair[1])
    high, low = (f"{within(topic_of(table))} ({figure(value, table.unit)} of posts)" for table, value in ends)
    return [f"Training{seen} is most often up to date on {high}, and least often on {low}."]


def _range(table, column=None, what="it"):
    """Such as: By sector it runs from 27.2% (NHS) to 41.2% (Council)."""
    values = plain_rows(table, column)
    least, most = min(values, key=values.get), max(values, key=values.get)
    seen = ", where it is shown," if len(values) < len(table.row_labels) else ""
    by = f"By {ROWS.get(table.rows, table.rows.replace('_', ' '))}{seen}"
    if values[least] == values[most]:
        return f"{by} {what} is {figure(values[most], table.unit)}."
    low, high = (f"{figure(values[row], table.unit)} ({table.row_labels[row]})" for row in (least, most))
    return f"{by} {what} runs from {low} to {high}."


def mean_of_sick_days(figures):
    found = figures.whole("sick_days")
    return [f"The mean is {counted(found[1], 'days')} sick in the last twelve months for each post."] if found else []


# --- counts -----------------------------------------------------------------------------------------------------------


def largest_rows(figures: Figures, measure: str, words: str) -> list[str]:
    """Such as: By sector, most posts are in Council: 804 posts. Nothing where a row is hidden or several are one."""
    said = []
    for table in figures.of(measure):
        values = shown_rows(table)
        most = max(values, key=values.get, default="|")
        if 1 < len(values) == len(table.row_labels) and is_plain(most):
            by, where = ROWS.get(table.rows, table.rows), table.row_labels[most]
            said.append(f"By {by}, {words} in {where}: {_counted(table, values[most])}.")
    return said


def most_common(figures: Figures, measure: str) -> list[str]:
    """Such as: Most common job role: care worker (310 posts). Nothing where a hidden one could be more common, where it
    is a rest, or where so few groups are left that it says nothing."""
    table = next(iter(figures.of(measure)), None)
    if not table or measure not in MOST or (measure == "role" and table.columns != "role"):
        return []
    values, keys = shown_columns(table), set(table.column_labels) - {NOT_RECORDED}
    most = max(values, key=values.get, default="|")
    if len(values) < max(len(keys), FEWEST_GROUPS) or most in REST or not is_plain(most) or not values[most]:
        return []
    return [f"{MOST[measure]}: {within(table.column_labels[most])} ({_counted(table, values[most])})."]


# --- pay --------------------------------------------------------------------------------------------------------------


def pay(figures: Figures) -> list[str]:
    """Such as: Half of the posts pay £13.05 an hour or less, and between which figures that lies by job group."""
    tables = [table for table in figures.of("hourly_pay") if middle_of(table)]
    whole = next((table for table in tables if _seen(table.cell(None, middle_of(table)))), None)
    said = [_half(whole)] if whole else []
    several = [table for table in tables if len(plain_rows(table, middle_of(table))) > 1]
    return said + [_range(table, middle_of(table), "the middle figure") for table in several]


def _seen(cell):
    return cell is not None and cell.value is not None


def _half(table):
    middle = table.cell(None, middle_of(table)).value
    return f"Half of the posts are paid {counted(middle, table.unit)} or less{_tenths(table)}."


def _tenths(table):
    ends = [table.cell(None, key) for key in ("p10", "p90")]
    if not all(map(_seen, ends)):
        return ""
    low, high = (figure(cell.value, table.unit) for cell in ends)
    return f"; the lowest tenth {low} or less, the highest tenth {high} or more"


# --- quality ----------------------------------------------------------------------------------------------------------


def of_the_whole_sector(figures: Figures) -> list[str]:
    """Each estimate: as sent in, weighted, and the bounds if nothing is assumed of those who sent nothing."""
    tables = [table for table in figures.tables if is_estimate(table.measure, table.columns)]
    return [sentence for table in tables if (sentence := _estimated(table))]


def _estimated(table):
    values = {key: figure(value, table.unit) for key, value in shown_columns(table).items()}
    said = [f"{words} {values[key]}" for key, words in _ESTIMATES.items() if key in values]
    if {"low", "high"} <= values.keys():
        said.append(
            f"if nothing is assumed of those who sent nothing, between {values['low']} and {values['high']}"
        )  # fmt: skip
    return f"{name_of(table).replace(': ', ', ')}: {'; '.join(said)}." if said else ""


_ESTIMATES = {"unweighted": "as sent in", "weighted": "weighted to the known size"}


def not_recorded(figures: Figures) -> list[str]:
    """What the returns leave open for most posts, as far as that may be shown; training has tables of its own."""
    measures = dict.fromkeys(table.measure for table in figures.tables if not table.measure.startswith("training_"))
    found = [pair for measure in measures if (pair := figures.whole(measure, NOT_RECORDED)) and pair[1]]
    most = sorted(found, key=lambda pair: -pair[1])[:MOST_NAMED]
    said = [f"{within(name_of(table))} ({_counted(table, value)})" for table, value in most]
    return [f"Most often not recorded, and so in no share: {listed(said)}."] if said else []


def registered(figures: Figures) -> list[str]:
    """How many posts are held by people on each register, and by approved mental health professionals."""
    table = next(iter(figures.of("registration")), None)
    values = {key: value for key, value in shown_columns(table).items() if key != "none" and value} if table else {}
    if list(values) == ["registered"]:
        return [f"Posts held by people on a professional register: {_counted(table, values['registered'])}."]
    said = [f"{table.column_labels[key]} ({_counted(table, value)})" for key, value in values.items()]
    approved = figures.whole("amhp", "yes")
    return [f"On a professional register: {listed(said)}."] * bool(said) + (
        [f"Approved mental health professionals: {_counted(*approved)}."] if approved else []
    )
