"""Which sentences stand in which part."""

from . import circumstances as said_of
from . import sentences as say
from .changes import changes_of
from .wording import listed, name_of, table_shows, topic_of, within

NO_FIGURES = "There are no figures on this: the returns do not hold them, or too little of them to be shown."
LEFT_OUT = "Tables of which every figure is hidden are left out here."


def sentences_of(key: str, own, tables, about, previous) -> list[str]:
    """Of one part. `own`: the tables that stand in it; `tables`: all; `previous`: (tables, about) of the one before."""
    if key in BESIDE_FIGURES:
        return list(BESIDE_FIGURES[key](say.Figures(tables), about, previous))
    figures = say.Figures(own)
    said = [sentence for make in OF_PARTS.get(key, ()) for sentence in make(figures, about)]
    for measure in dict.fromkeys(table.measure for table in own):
        said += say.level(figures, measure) + say.most_common(figures, measure)
    return [*said, *of_the_unseen(own)] if own else [NO_FIGURES]


def of_the_unseen(tables) -> list[str]:
    """That tables without a figure are left out, and of which measures there is none at all."""
    seen = {table.measure for table in tables if table_shows(table)}
    names = dict.fromkeys(_subject(table) for table in tables if table.measure not in seen)
    if names:
        return [f"Nothing may be shown of {listed(names)}."]
    return [LEFT_OUT] if not all(map(table_shows, tables)) else []


def _subject(table):
    return f"training on {within(topic_of(table))}" if ": " in name_of(table) else within(name_of(table))


BESIDE_FIGURES = {
    "scope": lambda figures, about, previous: said_of.scope(about),
    "direct_payments": lambda figures, about, previous: said_of.context("direct_payments", about),
    "carers": lambda figures, about, previous: said_of.context("carers", about),
    "gap": lambda figures, about, previous: [said_of.NO_SCENARIO],
    "trend": lambda figures, about, previous: changes_of(figures.tables, about, previous),
    "quality": lambda figures, about, previous: said_of.quality(
        about, say.of_the_whole_sector(figures) + say.not_recorded(figures)
    ),
    "disclosure": lambda figures, about, previous: said_of.disclosure(about),
}
OF_PARTS = {
    "employers": (lambda figures, about: say.workplaces(figures),),
    "posts": (say.size_of_the_workforce, lambda figures, about: say.largest_rows(figures, "posts", "most posts are")),
    "pay": (lambda figures, about: say.pay(figures),),
    "skills": (lambda figures, about: say.training(figures),),
    "registration": (lambda figures, about: say.registered(figures),),
    "sickness": (lambda figures, about: say.mean_of_sick_days(figures),),
}
