"""The strategies of the demonstration: headings, principles, changes of words, and every partner's sign-up."""

from datetime import timedelta
from functools import partial

from config.demo.cast import Step
from principles.frameworks import all_frameworks
from strategies.models import Theme
from strategies.services import (
    add_aim,
    add_theme,
    adopt_principle,
    edit_strategy,
    record_sign_up,
    reword_heading,
    start_strategy,
)

FIELDS = ("title", "slug", "period_start", "period_end", "vision", "scope")


def steps(content, cast):
    for strategy in content["strategy"]:
        yield Step(strategy["started"], partial(_start, cast, strategy))
        for heading in strategy.get("heading", []):
            yield Step(heading["at"], partial(_add_heading, cast, strategy, heading))
        yield from _principles(cast, strategy)
        for edit in strategy.get("edit", []):
            yield Step(edit["at"], partial(_edit, cast, strategy, edit))
        for reword in strategy.get("reword", []):
            yield Step(reword["at"], partial(_reword, cast, reword))
        for partner in strategy.get("sign_up", []):
            for answer in partner["answers"]:
                yield Step(answer["at"], partial(_sign_up, cast, strategy, partner["organisation"], answer))


def _start(cast, strategy):
    cast.strategies[strategy["key"]] = start_strategy(
        partnership=cast.places[strategy["place"]],
        by=cast.people[strategy["by"]],
        at=strategy["started"],
        **{name: strategy[name] for name in FIELDS},
    )


def _add_heading(cast, strategy, heading):
    how = {"strategy": cast.strategies[strategy["key"]], "text": heading["text"]}
    how |= {"by": cast.people[strategy["by"]], "at": heading["at"]}
    cast.headings[heading["key"]] = (
        add_aim(**how) if heading["kind"] == "aim" else add_theme(kind=Theme.Kind(heading["kind"]), **how)
    )


def _principles(cast, strategy):
    """Every statement of the framework, then the partnership's own, a minute apart."""
    chosen = strategy.get("principles")
    if not chosen:
        return
    framework = all_frameworks()[chosen["framework"]]
    adopted = [{"text": one.text, "framework": framework.key, "statement": one.key} for one in framework.principles]
    adopted += [{"text": text} for text in chosen["own"]]
    for minute, principle in enumerate(adopted):
        at = chosen["at"] + timedelta(minutes=minute)
        yield Step(at, partial(_adopt, cast, strategy, principle, at))


def _adopt(cast, strategy, principle, at):
    adopt_principle(strategy=cast.strategies[strategy["key"]], by=cast.people[strategy["by"]], at=at, **principle)


def _edit(cast, strategy, edit):
    subject, name = cast.strategies[strategy["key"]], edit["field"]
    seen, new = {name: getattr(subject, name)}, {name: edit["new"]}
    edit_strategy(strategy=subject, seen=seen, new=new, **cast.how(edit))


def _reword(cast, reword):
    heading = cast.headings[reword["heading"]]
    reword_heading(heading=heading, seen=heading.text, text=reword["text"], **cast.how(reword))


def _sign_up(cast, strategy, organisation, answer):
    record_sign_up(
        strategy=cast.strategies[strategy["key"]],
        organisation=cast.organisations[organisation],
        state=answer["state"],
        note=answer.get("note", ""),
        **cast.how(answer),
    )
