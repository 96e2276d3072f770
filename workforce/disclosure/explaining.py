"""What is hidden and why, in sentences for people: with the rules' numbers, never how large the noise is or its key.

A table's note is made of those sentences that hold for it; the page "What is hidden and why" has all of one audience.
"""

from dataclasses import dataclass

from workforce.disclosure.released import Audience, Method


@dataclass(frozen=True)
class Told:
    """What a table's note has to tell of the table."""

    method: Method
    hidden: int = 0  # cells
    rows_hidden: int = 0  # whole rows of which nothing is shown
    merged: bool = False  # whether small categories were joined
    special: bool = False
    flow: bool = False
    percentages: bool = False
    size_only: bool = True  # whether the rules about employers do not matter


def note_of(told: Told, rules, more=()):
    """The sentences of a table's note, those of `more` last."""
    sentences = [
        _method(told, rules),
        _merged(told),
        _hidden(told, rules),
        _rows(told, rules),
        _percentages(told, rules),
    ]
    return " ".join([sentence for sentence in sentences if sentence] + list(more))


def _method(told, rules):
    if told.method is not Method.PERTURBED or told.percentages:
        return ""
    return (
        f"Figures are changed a little at random and rounded to the nearest {rules.base}, each by itself, so they may "
        "not add up to the totals."
    )


def _merged(told):
    return "Small categories are taken together so that fewer figures need hiding." if told.merged else ""


def _hidden(told, rules):
    if not told.hidden:
        return ""
    least = rules.threshold(public=told.method is Method.PERTURBED, special=told.special, flow=told.flow)
    sentence = f"Hidden: figures of fewer than {least}"
    if not told.size_only:
        sentence += (
            f", figures that fewer than {_number(rules.fewest_contributors)} employers or mostly one stand behind"
        )
    return f"{sentence}, and others from which these could be worked out."


def _rows(told, rules):
    if not told.rows_hidden:
        return ""
    one = told.rows_hidden == 1
    count = "One row is" if one else f"{_number(told.rows_hidden).capitalize()} rows are"
    return f"{count} hidden whole."


def _percentages(told, rules):
    if not told.percentages:
        return ""
    made = (
        "Percentages are worked out from rounded counts"
        if told.method is Method.PERTURBED
        else ("Percentages are worked out from the counts shown")
    )
    return (
        f"{made}: to the whole per cent, with one decimal from {rules.fewest_for_decimals} posts on, and not at all of "
        f"fewer than {rules.fewest_for_percent}."
    )


def summaries_note(unit, rules, more=()):
    """The note of a table of means or percentiles."""
    finely = "to the nearest five pence" if unit.startswith("£") else "to one decimal"
    sentence = (
        f"Given {finely}. The middle figure and the mean need at least {rules.fewest_for_mean} posts from "
        f"{_number(rules.fewest_contributors)} employers, quarters {rules.fewest_for_quartiles} posts, tenths "
        f"{rules.fewest_for_deciles}; others are hidden."
    )
    return " ".join([sentence, *more])


def estimates_note(rules, more=()):
    sentence = (
        f"To the whole per cent; hidden where fewer than {rules.fewest_for_percent} posts or "
        f"{_number(rules.fewest_contributors)} employers stand behind it."
    )
    return " ".join([sentence, *more])


def what_is_hidden_and_why(audience: Audience, rules):
    """Paragraphs for the page, each (heading, text)."""
    return {
        Audience.PUBLIC: _for_the_public,
        Audience.PARTNERSHIP: _for_the_partnership,
        Audience.PARTNER: _for_a_partner,
    }[audience](rules)


def _for_the_public(rules):
    least, few = rules.threshold(public=True), _number(rules.fewest_contributors)
    return (
        ("Why anything is hidden", _why()),
        (
            "Small figures",
            f"A count of fewer than {least} is hidden. Of age, sex, ethnic group, nationality, disability, pay, "
            "sickness and people who start or leave, a nought is hidden as well: that nobody of a group is of some "
            "kind tells something of everybody in it.",
        ),
        (
            "Why figures are not exact",
            f"Every count is changed a little at random and then rounded to the nearest {rules.base}. The change is "
            "made once: the same posts give the same figure in every table and however often the report is made. "
            "Totals are treated like any other figure, so the parts of a table may not add up to its total. Small "
            "differences between two figures, or between two reports, mean nothing.",
        ),
        (
            "Employers",
            "Of a single employer the public sees its size only. Any other figure is shown only if at least "
            f"{few} employers stand behind it, and if the second largest of them could not work out the largest to "
            f"within {_per_cent(rules.p_percent)}.",
        ),
        (
            "Figures that can be worked out from others",
            "A figure is also hidden where it would allow a hidden one to be worked out by subtraction: a total less "
            "all the other rows, a sector less one of its services, one report less an earlier one. What is left after "
            f"such a subtraction must itself hold at least {least} posts and {few} employers.",
        ),
        ("Categories taken together", _together()),
        ("Percentages, means and pay", _finely(rules)),
    )


def _for_the_partnership(rules):
    least, few = rules.threshold(public=False), _number(rules.fewest_contributors)
    special = rules.threshold(public=False, special=True)
    return (
        ("Why anything is hidden", _why()),
        (
            "Small figures",
            f"Counts are exact. One of fewer than {least} is hidden; of age, sex, ethnic group, nationality, "
            f"disability, pay and sickness one of fewer than {special}, and of people who start or leave one of fewer "
            f"than {rules.threshold(public=False, flow=True)}. In a table of people's characteristics a nought is "
            "hidden as well, unless nobody at all is in that column.",
        ),
        (
            "Why larger figures are hidden too",
            "A single hidden figure can be worked out from its row or column by subtraction. So further figures are "
            f"hidden until each small one could be any of at least {_number(rules.width + 1)} numbers, even for a "
            "partner who knows its own figures. Which ones are hidden is chosen so that as little as possible is lost.",
        ),
        (
            "Employers",
            f"A figure about anything but size that several partners stand behind is shown only if at least {few} "
            "employers contribute to it, and if the second largest of them could not work out the largest to within "
            f"{_per_cent(rules.p_percent)}.",
        ),
        ("Categories taken together", _together()),
        ("Percentages, means and pay", _finely(rules)),
        (
            "Earlier reports",
            "A new report is compared with all earlier ones. What would tell, together with an earlier report, "
            "something that neither tells alone is hidden.",
        ),
    )


def _for_a_partner(rules):
    return (
        (
            "Nothing is hidden here",
            "These are your own organisation's figures as they are, for your own use. Small figures may point to "
            "single people. Only those who send your organisation's returns see this page; please do not pass it on.",
        ),
        (
            "What others see",
            "The rest of the partnership and the public see tables in which small figures, and others from which these "
            "could be worked out, are hidden.",
        ),
    )


def _why():
    return (
        "The figures are about people, who must not be recognised in them, and about employers, whose affairs are "
        "their own. Somebody who knows a few people or one organisation well should learn nothing more about them here."
    )


def _together():
    return (
        "Before anything is hidden, small categories are taken together: single roles into groups of roles, five-year "
        "age bands into wider ones, detailed ethnic groups into broad ones. A table says so in its note."
    )


def _finely(rules):
    return (
        f"Percentages are made of the counts shown, never of hidden ones: to the whole per cent if at least "
        f"{rules.fewest_for_percent} posts are behind them, with one decimal from {rules.fewest_for_decimals} on. "
        f"A mean or middle figure needs at least {rules.fewest_for_mean} posts and "
        f"{_number(rules.fewest_contributors)} employers, a quarter {rules.fewest_for_quartiles} posts, "
        f"a tenth {rules.fewest_for_deciles}. "
        "Pay is given to the nearest five pence, and the lowest and highest are never given."
    )


def _number(number):
    words = "nought one two three four five six seven eight nine".split()
    return words[number] if number < len(words) else str(number)


def _per_cent(share):
    return f"{100 * share:g} per cent"
