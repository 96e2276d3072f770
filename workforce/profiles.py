"""The doors of the profile report: asking for one, releasing and withdrawing it, its dates, its order and its words.

What the worker does is in workforce/profile_building.py; what is done by the clock in workforce/scheduling.py.
"""

from datetime import date

from celery import signature
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from partners.history import name_of, plain, record, record_fields
from partners.models import Act, Via
from partners.permissions import Right, may
from partners.queue import hand_over
from partners.refusals import Refused
from partners.services import insist
from partners.text import clean_text
from workforce.disclosure.released import Audience
from workforce.disclosure.rules import Rules
from workforce.lifecycle import State
from workforce.models import ContextFigure, ProfileSchedule, Release
from workforce.profile_describing import KEYS, arrangement_of, report_of, tables_of  # noqa: F401 - readers look here
from workforce.profile_lifecycle import MOVES, UNFINISHED, Stage
from workforce.profile_moving import hold, hold_profiles_of, move
from workforce.profile_returns import chosen_snapshots, returns_state, schedule_of, since  # noqa: F401 - readers look here

# By name, because tasks stand above services: the task calls what is written in this app.
BUILD = signature("workforce.tasks.build_profile")

LONGEST_WORDS = 5_000
SHOWN_TO_ALL = frozenset({Stage.RELEASED, Stage.WITHDRAWN})


@transaction.atomic
def ask_for_profile(
    *, partnership, as_at, audience, by, partner=None, is_scheduled=False, via=Via.FORM, at=None, in_background=True
):
    """Have a report made; the worker does it once this is committed. A draft of the same is put away for the new one.

    One that is waiting or being made already is answered instead of making it twice. `in_background=False`: whoever
    asks makes it here and now.
    """
    audience = Audience(audience)
    _insist(by, partnership, Right.BUILD_PROFILE, audience, partner)
    hold_profiles_of(partnership.pk)
    _check(partnership, as_at, audience, partner)
    same = Release.objects.filter(partnership=partnership, as_at=as_at, audience=audience, partner=partner)
    if under_way := same.filter(stage__in=UNFINISHED).first():
        return under_way
    for draft in same.filter(stage=Stage.DRAFT).select_related("partnership", "partner"):
        move(draft, Stage.DISCARDED, by=None, at=at)
    release = Release.objects.create(
        partnership=partnership, partner=partner, as_at=as_at, audience=audience, is_scheduled=is_scheduled,
        asked=at or timezone.now(), by=by, by_name=name_of(by),
    )  # fmt: skip
    after = {"as_at": as_at.isoformat(), "audience": audience.value, "partner": partner and partner.pk}
    record(release, act=Act.ADDED, by=by, via=via, after=after, at=at)
    if in_background:
        hand_over(BUILD, release.pk)
    return release


def _insist(by, partnership, right, audience, partner):
    """A report of exact figures about one partner is its own stewards' alone, from asking for it to putting it away."""
    if audience == Audience.PARTNER:
        insist(by, partnership, Right.SEND_WORKFORCE, partner)
    else:
        insist(by, partnership, right)


def _check(partnership, as_at, audience, partner):
    if (audience == Audience.PARTNER) != (partner is not None):
        raise Refused("A partner is named where the report is its own, and only there.", field="partner")
    if partner and partner.partnership_id != partnership.pk:
        raise Refused("That organisation is not a partner here.", field="partner")
    if as_at > timezone.localdate():
        raise Refused("This date is in the future.", field="as_at", accepted="Give the date that the returns describe.")
    if not chosen_snapshots(partnership, as_at, partner):
        after = date_format(since(partnership, as_at), "j F Y")
        raise Refused(
            "No return is ready for this date.", field="as_at",
            accepted=f"One is needed that describes this date, or one before it and after {after}.",
        )  # fmt: skip


# --- What becomes of a report -------------------------------------------------------------------------------------


def _held_for(release, to, by, right):
    """The release as it is now, held, if this person may take it there from where it is."""
    _insist(by, release.partnership, right, Audience(release.audience), release.partner)
    held = hold(release)
    if to not in MOVES[held.stage]:
        raise Refused(f"This report is at another stage by now: {held.get_stage_display().lower()}.")
    return held


@transaction.atomic
def release_profile(*, release, by, via=Via.FORM, at=None):
    """Let those whom a draft was made for read it. Somebody else than who had it made looks at it first."""
    held = _held_for(release, Stage.RELEASED, by, Right.RELEASE_PROFILE)
    if held.audience == Audience.PARTNER:
        raise Refused("This report is for the organisation's own data stewards and goes no further.")
    if by is None or by == held.by:
        raise Refused(
            "You had this report made, so you do not release it.",
            accepted="Ask somebody else who may release reports to check it.",
        )
    _refuse_over_lost_returns(held)
    now = at or timezone.now()
    last = Release.objects.filter(partnership=held.partnership_id).aggregate(last=Max("number"))["last"] or 0
    how = {"released": now, "released_by": by, "released_by_name": name_of(by), "number": last + 1}
    move(held, Stage.RELEASED, by=by, via=via, at=at, **how)
    return held


def _refuse_over_lost_returns(release):
    lost = release.snapshots.exclude(upload__state=State.READY).select_related("upload__partner")
    if names := sorted({str(snapshot.upload.partner) for snapshot in lost}):
        raise Refused(
            f"A return that this draft is made from was withdrawn or replaced since: {', '.join(names)}.",
            accepted="Have the report made again.",
        )


@transaction.atomic
def withdraw_profile(*, release, reason, by, via=Via.FORM, at=None):
    """Say that a released report is not to be used any more, and why. Its figures stay in the register."""
    held = _held_for(release, Stage.WITHDRAWN, by, Right.RELEASE_PROFILE)
    reason = clean_text(reason)[:LONGEST_WORDS]
    if not reason:
        raise Refused("Why is it withdrawn?", field="reason", accepted="Say it in a sentence: everybody reads it.")
    now = at or timezone.now()
    how = {"withdrawn": now, "withdrawn_by_name": name_of(by), "reason": reason}
    move(held, Stage.WITHDRAWN, by=by, via=via, at=at, **how)
    return held


@transaction.atomic
def discard_profile(*, release, by, via=Via.FORM, at=None):
    """Put away a draft, or one that waits or could not be made. What a draft showed stays in the register."""
    held = _held_for(release, Stage.DISCARDED, by, Right.BUILD_PROFILE)
    move(held, Stage.DISCARDED, by=by, via=via, at=at, claim=None)
    return held


@transaction.atomic
def try_again(*, release, by, via=Via.FORM, at=None):
    """Have a report made that could not be made before."""
    held = _held_for(release, Stage.WAITING, by, Right.BUILD_PROFILE)
    same = Release.objects.filter(
        partnership=held.partnership, as_at=held.as_at, audience=held.audience, partner=held.partner
    )
    if same.filter(stage__in=[*UNFINISHED, Stage.DRAFT]).exists():
        raise Refused("The same report has been asked for since.", accepted="Look at that one.")
    move(held, Stage.WAITING, by=by, via=via, at=at, attempts=0, claim=None, fault="")
    hand_over(BUILD, held.pk)
    return held


# --- Its dates ----------------------------------------------------------------------------------------------------

LIMITS = {"months": (1, 24), "days_to_send": (0, 180), "remind_days": (0, 180)}
# Stricter than our own rules as a partnership likes, never looser.
LIMITS |= {
    "partnership_threshold": (Rules.partnership_threshold, 100),
    "public_threshold": (Rules.public_threshold, 100),
}
SCHEDULED = ("first", *LIMITS, "is_on")


@transaction.atomic
def set_schedule(
    *, partnership, by, first: date, months=6, days_to_send=30, remind_days=10,
    partnership_threshold=Rules.partnership_threshold, public_threshold=Rules.public_threshold, is_on=True,
    via=Via.FORM, at=None,
):  # fmt: skip
    """Say for which dates reports are made, by when returns are to be in, and which counts are too small to show."""
    insist(by, partnership, Right.BUILD_PROFILE)
    new = {
        "first": first, "months": months, "days_to_send": days_to_send, "remind_days": remind_days,
        "partnership_threshold": partnership_threshold, "public_threshold": public_threshold, "is_on": is_on,
    }  # fmt: skip
    _check_schedule(new)
    hold_profiles_of(partnership.pk)
    before = ProfileSchedule.objects.filter(partnership=partnership).first()
    schedule, _ = ProfileSchedule.objects.update_or_create(
        partnership=partnership, defaults=new | {"by": by, "at": at or timezone.now()}
    )
    changes = {name: (before and plain(getattr(before, name)), plain(new[name])) for name in SCHEDULED}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    record_fields(schedule, changes, act=Act.CHANGED if before else Act.ADDED, by=by, via=via, at=at)
    return schedule


def _check_schedule(new):
    for name, (least, most) in LIMITS.items():
        if not least <= new[name] <= most:
            label = ProfileSchedule._meta.get_field(name).verbose_name
            raise Refused(f"{new[name]} {label} will not do.", field=name, accepted=f"Give {least} to {most}.")
    if new["remind_days"] > new["days_to_send"]:
        raise Refused(
            "The reminder would go out before the date that is described.", field="remind_days",
            accepted=f"Give at most {new['days_to_send']}.",
        )  # fmt: skip


# --- Its parts ----------------------------------------------------------------------------------------------------


def _insist_on_keys(keys, field):
    if unknown := sorted(set(keys) - set(KEYS)):
        raise Refused(f"The report has no part called {unknown[0]}.", field=field, accepted=", ".join(KEYS))


@transaction.atomic
def arrange_parts(*, partnership, by, order: list[str], left_out: set[str], via=Via.FORM, at=None):
    """Put the parts of the report in this order, and leave some out. Parts that are not named follow as they were."""
    insist(by, partnership, Right.BUILD_PROFILE)
    _insist_on_keys(order, "order")
    _insist_on_keys(left_out, "left_out")
    hold_profiles_of(partnership.pk)
    parts = {part.key: part for part in arrangement_of(partnership)}
    for position, key in enumerate(dict.fromkeys([*order, *parts])):
        new = {"position": position, "is_left_out": key in left_out}
        _change_part(parts[key], new, by=by, via=via, at=at)
    return arrangement_of(partnership)


@transaction.atomic
def write_words(*, partnership, key, words, by, seen=None, via=Via.FORM, at=None):
    """The partnership's own words in a part, kept from report to report; blank takes them out.

    `seen`: what the person was shown; words that somebody else wrote since are not replaced.
    """
    insist(by, partnership, Right.BUILD_PROFILE)
    _insist_on_keys([key], "key")
    words = clean_text(words)
    if len(words) > LONGEST_WORDS:
        raise Refused(f"These are {len(words):,} characters.", field="words", accepted=f"At most {LONGEST_WORDS:,}.")
    hold_profiles_of(partnership.pk)
    part = next(part for part in arrangement_of(partnership) if part.key == key)
    if seen is not None and part.words not in (seen, words):
        raise Refused(
            f"Somebody else changed these words while you were typing. They now say: “{part.words}”.", field="words",
            accepted="What you wrote is still below: save again to use it instead.",
        )  # fmt: skip
    _change_part(part, {"words": words}, by=by, via=via, at=at)
    return part


def _change_part(part, new, *, by, via, at):
    """Write a part that is new or says something else now; only what people would notice goes to the history."""
    changes = {name: (getattr(part, name), value) for name, value in new.items() if getattr(part, name) != value}
    if part.pk and not changes:
        return
    for name, value in new.items():
        setattr(part, name, value)
    part.by, part.at = by, at or timezone.now()
    part.save()
    record_fields(part, changes, act=Act.CHANGED, by=by, via=via, at=at)


# --- Figures about people whom no return counts -------------------------------------------------------------------

CONTEXT_FIELDS = ("value", "source")


@transaction.atomic
def set_context_figure(*, partnership, kind, value, source, as_at, by, via=Via.FORM, at=None):
    """A published figure, such as of unpaid carers, and who says so."""
    insist(by, partnership, Right.BUILD_PROFILE)
    if kind not in ContextFigure.Kind.values:
        raise Refused("The report has no such figure.", field="kind", accepted=", ".join(ContextFigure.Kind.labels))
    source = clean_text(source, keep_lines=False)
    if not source:
        raise Refused("Where does the number come from?", field="source", accepted="Such as a census and its date.")
    new = {"value": value, "source": source}
    figure, is_new = ContextFigure.objects.select_for_update().get_or_create(
        partnership=partnership, kind=kind, as_at=as_at, defaults=new | {"by": by, "at": at or timezone.now()}
    )
    before = {name: None if is_new else getattr(figure, name) for name in CONTEXT_FIELDS}
    changes = {name: (before[name], new[name]) for name in CONTEXT_FIELDS if before[name] != new[name]}
    if changes and not is_new:
        ContextFigure.objects.filter(pk=figure.pk).update(**new, by=by, at=at or timezone.now())
        figure.refresh_from_db()
    record_fields(figure, changes, act=Act.ADDED if is_new else Act.CHANGED, by=by, via=via, at=at)
    return figure


@transaction.atomic
def remove_context_figure(*, figure, by, via=Via.FORM, at=None):
    insist(by, figure.partnership, Right.BUILD_PROFILE)
    before = {name: plain(getattr(figure, name)) for name in ("kind", "as_at", *CONTEXT_FIELDS)}
    record(figure, act=Act.REMOVED, by=by, via=via, before=before, at=at)
    ContextFigure.objects.filter(pk=figure.pk).delete()


# --- What readers see ---------------------------------------------------------------------------------------------


def releases_for(standing, partnership):
    """The reports that a person may know of, the newest first: what is released, drafts for those who make or release.

    A partner's own report is there for its own data stewards and nobody else.
    """
    own = partnership.partners.filter(organisation__in=standing.organisation_ids_with(Right.SEND_WORKFORCE))
    found = partnership.profile_releases.exclude(audience=Audience.PARTNER)
    if not may(standing, Right.READ_PROFILE):
        found = found.none()
    elif not (may(standing, Right.BUILD_PROFILE) or may(standing, Right.RELEASE_PROFILE)):
        found = found.filter(stage__in=SHOWN_TO_ALL)
    of_own = partnership.profile_releases.filter(audience=Audience.PARTNER, partner__in=own)
    return (found | of_own).select_related("partner__organisation", "partnership").newest_first()
