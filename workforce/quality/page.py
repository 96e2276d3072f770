"""What the pages about quality say, line by line, from a report or from the sector as a whole.

`exact` is true for the partner's own data steward, who sent the data; to everybody else small counts do not show.
"""

from dataclasses import dataclass

from workforce.quality.gates import BALANCE, Colour, Gate
from workforce.quality.representativeness import Difference, Stratum
from workforce.quality.showing import in_words, is_small, percent, shown_count, shown_share


@dataclass(frozen=True)
class Line:
    """One measure as a page shows it."""

    gate: Gate
    shown: str
    colour: Colour
    note: str = ""


def line_of(result, *, exact):
    shown = result.shown(exact=exact)
    return Line(result.gate, shown or "Not measured", result.colour, result.note if shown else result.gate.absent)


def lines(report, *, exact):
    """Every measure of a return."""
    return [line_of(result, exact=exact) for result in report.results]


@dataclass(frozen=True)
class FieldLine:
    label: str
    completeness: str
    colour: Colour
    declared: str
    validity: str
    validity_colour: Colour
    note: str


def field_lines(report, *, exact):
    """Every field of the template; those that the files say nothing of stand last."""
    found = [_field_line(field, exact) for field in report.fields]
    return sorted(found, key=lambda line: bool(line.note))


def _field_line(field, exact):
    completeness = field.completeness
    note = completeness.note
    valid = field.validity
    return FieldLine(
        label=field.field.label, completeness=completeness.shown(exact=exact), colour=completeness.colour,
        declared=field.declared.shown(exact=exact), validity="" if note else valid.shown(exact=exact),
        validity_colour=Colour.NONE if note else valid.colour, note=note,
    )  # fmt: skip


@dataclass(frozen=True)
class Contradiction:
    says: str
    do: str
    count: str


def contradictions(report, *, exact):
    """What contradicts itself, by the planner's own checks and by the rules of the sender's columns; most first."""
    own = [(check.says, check.do, failed.failed) for check, failed in report.checks if failed.failed]
    told = [(rule["message"], rule["accepted"], rule["count"]) for rule in report.rules]
    found = sorted((*own, *told), key=lambda one: -one[2])
    return [Contradiction(says, do, shown_count(count, exact=exact)) for says, do, count in found]


@dataclass(frozen=True)
class LossLine:
    label: str
    rows: str
    merged: str
    unmapped: str
    colour: Colour


def loss_lines(report, gate, label_of, *, exact):
    """Mapping loss of each field that was translated from codes; those that lose most to unknown codes first."""
    losses = sorted(report.losses, key=lambda loss: (-(loss.unmapped_rate or 0), -(loss.merged_rate or 0)))
    return [
        LossLine(
            label=label_of(loss.field), rows=shown_count(loss.rows, exact=exact),
            merged=shown_share(loss.merged, loss.rows, exact=exact),
            unmapped=shown_share(loss.unmapped, loss.rows, exact=exact), colour=gate.colour(loss.unmapped_rate),
        )
        for loss in losses
    ]  # fmt: skip


def flow_sentence(report, *, exact):
    """How starters and leavers go with the change in employees, in a sentence; empty where it cannot be told."""
    flows = report.flows
    if flows is None or flows.share is None:
        return ""
    before, after, starters, leavers = (
        shown_count(count, exact=exact) for count in (flows.before, flows.after, flows.starters, flows.leavers)
    )
    return (
        f"In the workplaces that are in both returns, employees went from {before} to {after}. "
        f"In the time between, {starters} are said to have started and {leavers} to have left."
    )


def age_sentence(report, *, exact):
    """How old the records of workplaces are; empty where nothing is known of it."""
    age = report.age_of_records
    if age is None or not age.known:
        return ""
    six, twelve, older = (
        shown_share(count, age.known, exact=exact) for count in (age.within_6, age.within_12, age.over_24)
    )
    return (
        f"Changed or confirmed in the last 6 months: {six} of workplaces; last 12 months: {twelve}; over 24: {older}."
    )


# --- The sector ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StratumLine:
    service: str
    size_band: str
    known: str
    sent: str
    coverage: str
    known_posts: str
    coverage_of_posts: str


def stratum_lines(sector, *, exact):
    """Each kind of workplace whose size is known."""
    return [_stratum_line(stratum, exact) for stratum in sector.strata]


def _stratum_line(stratum: Stratum, exact):
    estimated = stratum.estimated_posts
    posts = "" if estimated is None else f"{estimated:,.0f}" if exact or stratum.known_posts else _about(estimated)
    return StratumLine(
        service=in_words(stratum.service),
        size_band=in_words(stratum.size_band) if stratum.size_band else "All sizes",
        known=f"{stratum.known:,}" if stratum.known else "Not known",
        sent=shown_count(stratum.sent, exact=exact),
        coverage=shown_share(stratum.sent, stratum.known, exact=exact),
        known_posts=posts or "Not known",
        coverage_of_posts=shown_share(stratum.posts, estimated, exact=exact) if estimated else "",
    )


def _about(count):
    return shown_count(count, exact=False)


def sector_sentences(sector, *, exact):
    """What the returns stand for, and how far they can be trusted to: one sentence for each thing that is known."""
    made = [
        _covered(sector, exact),
        _balance(sector),
        _sample(sector),
        _turnover(sector, exact),
        _bounds(sector, exact),
    ]
    return [sentence for sentence in made if sentence]


def _covered(sector, exact):
    known, sent = (sum(getattr(one, name) for one in sector.framed) for name in ("known", "sent"))
    if not known:
        return ""
    posts = shown_share(sum(one.posts for one in sector.strata), sector.estimated_posts, exact=exact)
    and_posts = f" and {posts} of posts" if posts else ""
    return f"Coverage: {shown_share(sent, known, exact=exact)} of known workplaces{and_posts}."


def _balance(sector):
    if sector.r_indicator is None:
        return ""
    bias = sector.most_bias_over_50
    balance = f"Balance of response (R-indicator): {sector.r_indicator:.2f}, where 1 is fully balanced."
    if not bias:
        return balance
    return (
        f"{balance} Without weights, a share such as that of people aged 50 and over may be out by up to "
        f"{100 * bias:.1f} percentage points."
    )


def _sample(sector):
    if not sector.weighted:
        return ""
    low, high = min(sector.weights), max(sector.weights)
    each = f"{low:.1f} to {high:.1f} known ones" if round(low, 1) != round(high, 1) else f"{low:.1f} known ones"
    groups = f", in {len(sector.weighted)} groups" if len(sector.weighted) > 1 else ""
    return (
        f"Weights: each workplace that sent data stands for {each}{groups}; together they tell as much as "
        f"{sector.effective_sample:.0f} of equal weight."
    )


def _turnover(sector, exact):
    plain, weighted = sector.turnover
    leavers = sum(one.leavers for one in sector.weighted)
    if weighted is None or (is_small(leavers) and not exact):
        return ""
    return f"Turnover: {percent(weighted)} weighted to the known sector, {percent(plain)} without weights."


def _bounds(sector, exact):
    over, known = sector.over_50
    if sector.bounds_over_50 is None or (not exact and (is_small(over) or is_small(known - over))):
        return ""
    low, high = sector.bounds_over_50
    return (
        f"People aged 50 and over: {percent(sector.share_over_50)} of posts with a known age. Whatever all others are, "
        f"the share in the whole sector lies between {percent(low)} and {percent(high)}."
    )


@dataclass(frozen=True)
class DifferenceLine:
    kind: str
    share: str
    frame_share: str
    difference: str
    colour: Colour


def difference_lines(sector, *, exact):
    """How often each kind of workplace is met among those that sent data and among all that are known."""
    return [_difference_line(one, exact) for one in sector.differences]


def _difference_line(one: Difference, exact):
    told = exact or not is_small(one.sent)
    return DifferenceLine(
        kind=in_words(one.value), share=shown_share(one.sent, one.of, exact=exact),
        frame_share=percent(one.frame_share),
        difference=f"{one.difference:+.2f}".replace("-", "−") if told else "",
        colour=BALANCE.colour(abs(one.difference)),
    )  # fmt: skip


@dataclass(frozen=True)
class SectorPage:
    """All that a page says of the returns beside the known size of the sector."""

    strata: list[StratumLine]
    sentences: list[str]
    differences: list[DifferenceLine]
    next_step: str
    unestimated: int
    outside: str
    unsettled: str


def sector_page(sector, *, exact):
    outside = sum(one["establishments"] for one in sector.outside)
    return SectorPage(
        strata=stratum_lines(sector, exact=exact), sentences=sector_sentences(sector, exact=exact),
        differences=difference_lines(sector, exact=exact), next_step=BALANCE.next_step(sector.colour),
        unestimated=len(sector.unestimated), outside=shown_count(outside, exact=exact) if outside else "",
        unsettled=shown_count(sector.unsettled, exact=exact) if sector.unsettled else "",
    )  # fmt: skip
