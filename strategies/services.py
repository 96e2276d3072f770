"""The doors through which a strategy changes. Each compares nothing away: what was there stays in the history."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partners.history import plain, record, record_fields
from partners.models import Act, Change, Via
from partners.permissions import Right
from partners.refusals import Refused
from partners.services import insist, unused_slug
from strategies.models import AdoptedPrinciple, Aim, SignUp, SignUpState, Strategy, Theme

STRATEGY_FIELDS = ("title", "period_start", "period_end", "vision", "scope")


@transaction.atomic
def start_strategy(
    *, partnership, title, period_start, period_end, by, vision="", scope="", slug=None, via=Via.FORM, at=None
):
    insist(by, partnership, Right.EDIT_STRATEGY)
    _check_period(period_start, period_end)
    strategy = Strategy.objects.create(
        partnership=partnership,
        title=title,
        slug=slug or unused_slug(Strategy, title, reserved={"start", "cite"}),
        period_start=period_start,
        period_end=period_end,
        vision=vision,
        scope=scope,
    )
    after = {field: plain(getattr(strategy, field)) for field in STRATEGY_FIELDS}
    record(strategy, act=Act.ADDED, by=by, via=via, after=after, at=at)
    for partner in partnership.partners.all():
        _invite_to_sign(strategy, partner.organisation_id, by=by, via=via, at=at)
    return strategy


def _invite_to_sign(strategy, organisation_id, *, by, via, at):
    sign_up = SignUp.objects.create(strategy=strategy, organisation_id=organisation_id, dated=timezone.localdate(at))
    after = {"organisation": organisation_id, "state": sign_up.state, "dated": plain(sign_up.dated), "note": ""}
    record(sign_up, act=Act.ADDED, by=by, via=via, after=after, at=at)


def _check_period(start, end):
    if end <= start:
        raise Refused(
            "The period ends before it starts.", field="period_end", accepted=f"Choose a date after {start:%-d %B %Y}."
        )


@transaction.atomic
def edit_strategy(*, strategy, seen, new, by, via=Via.FORM, at=None):
    """Write the fields that this person changed, unless somebody else changed the same ones meanwhile.

    `seen` and `new` map field names to the value shown (as plain JSON) and the value wanted. Returns the names of
    the fields written.
    """
    insist(by, strategy.partnership, Right.EDIT_STRATEGY)
    stored = Strategy.objects.select_for_update().get(pk=strategy.pk)
    wanted = {field: new[field] for field in STRATEGY_FIELDS if field in new and plain(new[field]) != seen[field]}
    _check_period(wanted.get("period_start", stored.period_start), wanted.get("period_end", stored.period_end))
    changes = {}
    for field, value in wanted.items():
        now = getattr(stored, field)
        if now != value:
            _check_seen(field, seen[field], now)
            setattr(stored, field, value)
            changes[field] = (plain(now), plain(value))
    if changes:
        stored.save(update_fields=list(changes))
        record_fields(stored, changes, act=Act.CHANGED, by=by, via=via, at=at)
    return list(changes)


def _check_seen(field, seen, now):
    if plain(now) != seen:
        raise Refused(
            f"Somebody else changed this while you were typing. It now says: “{_in_words(now)}”.",
            field=field,
            accepted="What you wrote is still below: save again to use it instead.",
        )


def _in_words(value):
    if isinstance(value, SignUpState):
        return value.label
    return f"{value:%-d %B %Y}" if hasattr(value, "isoformat") else value


def _hold(pk):
    """One writer at a time, as for the plan."""
    return Strategy.objects.select_for_update().get(pk=pk)


def _tell_plan(model, held):
    """Aims and themes stand in the plan's table: those who have it open hear of the change as of any write to it."""
    if hasattr(model, "actions"):
        held.plan_version += 1
        held.headings_version = held.plan_version
        held.save(update_fields=["plan_version", "headings_version"])


def _add_heading(model, strategy, *, text, by, via, at, batch=None, **fields):
    insist(by, strategy.partnership, Right.EDIT_STRATEGY)
    held = _hold(strategy.pk)
    last = model.objects.filter(strategy=strategy, removed=None).aggregate(last=Max("position"))["last"] or 0
    heading = model.objects.create(strategy=strategy, text=text, position=last + 1, **fields)
    after = {"text": text, "position": heading.position, **fields}
    record(heading, act=Act.ADDED, by=by, via=via, after=after, at=at, batch=batch)
    _tell_plan(model, held)
    return heading


@transaction.atomic
def add_aim(*, strategy, text, by, via=Via.FORM, at=None, batch=None):
    return _add_heading(Aim, strategy, text=text, by=by, via=via, at=at, batch=batch)


@transaction.atomic
def add_theme(*, strategy, text, by, kind=Theme.Kind.THEME, via=Via.FORM, at=None, batch=None):
    return _add_heading(Theme, strategy, text=text, by=by, via=via, at=at, batch=batch, kind=kind)


@transaction.atomic
def adopt_principle(*, strategy, text, by, framework="", statement="", via=Via.FORM, at=None):
    return _add_heading(
        AdoptedPrinciple, strategy, text=text, by=by, via=via, at=at, framework=framework, statement=statement
    )


@transaction.atomic
def reword_heading(*, heading, seen, text, by, via=Via.FORM, at=None):
    """Change the words of an aim, theme or principle, if they are still the ones that were shown."""
    insist(by, heading.strategy.partnership, Right.EDIT_STRATEGY)
    held = _hold(heading.strategy_id)
    changed = type(heading).objects.filter(pk=heading.pk, text=seen, removed=None).update(text=text)
    if not changed:
        now = type(heading).objects.get(pk=heading.pk)
        gone = "It has been removed." if now.removed else f"It now says: {now.text}"
        raise Refused(f"Somebody else changed this while you were typing. {gone}", field="text")
    heading.text = text
    if text != seen:
        record(heading, act=Act.CHANGED, field="text", before=seen, after=text, by=by, via=via, at=at)
        _tell_plan(type(heading), held)


@transaction.atomic
def move_heading(*, heading, step, by, via=Via.FORM, at=None):
    """Move an aim, theme or principle up (-1) or down (+1) among its neighbours, and renumber the list."""
    insist(by, heading.strategy.partnership, Right.EDIT_STRATEGY)
    held = _hold(heading.strategy_id)
    listed = list(type(heading).objects.filter(strategy=heading.strategy_id, removed=None))
    if heading not in listed:
        raise Refused("It has been removed meanwhile.", accepted="Reload the page.")
    place = listed.index(heading)
    target = min(max(place + step, 0), len(listed) - 1)
    listed.insert(target, listed.pop(place))
    _renumber(listed, by=by, via=via, at=at)
    if target != place:
        _tell_plan(type(heading), held)


def _renumber(listed, **how):
    for position, one in enumerate(listed, start=1):
        if one.position != position:
            before, one.position = one.position, position
            one.save(update_fields=["position"])
            record(one, act=Act.MOVED, field="position", before=before, after=position, **how)


@transaction.atomic
def remove_heading(*, heading, by, via=Via.FORM, at=None):
    """Take an aim, theme or principle out of the strategy. Refused while rows of the plan hang on it."""
    insist(by, heading.strategy.partnership, Right.EDIT_STRATEGY)
    held = _hold(heading.strategy_id)
    rows = heading.actions.filter(removed=None).count() if hasattr(heading, "actions") else 0
    if rows:
        raise Refused(
            f"{rows} rows of the plan hang on it." if rows > 1 else "One row of the plan hangs on it.",
            accepted=f"Give {'them' if rows > 1 else 'it'} another aim or theme first.",
        )
    if type(heading).objects.filter(pk=heading.pk, removed=None).update(removed=at or timezone.now()):
        record(heading, act=Act.REMOVED, by=by, via=via, before={"text": heading.text}, at=at)
        _renumber(type(heading).objects.filter(strategy=heading.strategy_id, removed=None), by=by, via=via, at=at)
        _tell_plan(type(heading), held)


def headings_added(strategy, batch):
    """The aims and themes that came into a strategy together with other things, and are in it still."""
    lines = Change.objects.filter(partnership=strategy.partnership_id, act=Act.ADDED, batch=batch)
    of = {kind: lines.filter(subject=kind).values("subject_id") for kind in ("aim", "theme")}
    return [
        *strategy.aims.filter(pk__in=of["aim"], removed=None),
        *strategy.themes.filter(pk__in=of["theme"], removed=None),
    ]


@transaction.atomic
def record_sign_up(*, strategy, organisation, state, by, dated=None, note="", seen=None, via=Via.FORM, at=None):
    """Where a partner stands now. Earlier answers stay in the history.

    `seen` is what the person was shown, as plain JSON; a field that somebody else changed since is not replaced.
    """
    sign_up = SignUp.objects.select_for_update().filter(strategy=strategy, organisation=organisation).first()
    if sign_up is None:
        sign_up = SignUp(strategy=strategy, organisation=organisation)
    insist(by, strategy.partnership, Right.SIGN_UP, on=sign_up)
    if state not in SignUpState:
        raise Refused("That is not a kind of sign-up.", field="state", accepted=", ".join(SignUpState.labels))
    new = {"state": state, "dated": dated or timezone.localdate(at), "note": note}
    if new["dated"] > timezone.localdate():
        raise Refused("That day has not come yet.", field="dated", accepted="Give the day on which it was said.")
    changes = {}
    for field, value in new.items():
        now = getattr(sign_up, field)
        if now != value and not (seen and plain(value) == seen.get(field)):
            if seen:
                _check_seen(field, seen.get(field), now)
            setattr(sign_up, field, value)
            changes[field] = (plain(now), plain(value))
    sign_up.save()
    record_fields(sign_up, changes, act=Act.CHANGED, by=by, via=via, at=at)
    return sign_up
