"""The worker's side of a profile report: claimed, counted, sent through the gate, and kept as a draft at once or not.

One report of a partnership is made at a time, because each is compared with all that somebody has seen before. The
row is the truth, as for uploads: the attempt is counted before it is begun, and a worker that was silent for too long
loses its claim, so that whatever it does afterwards changes nothing.
"""

import hashlib
import hmac
import json
import logging
import threading
import time
import uuid
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from partners.queue import hand_over
from workforce import profile_engine, vault
from workforce.disclosure.released import Audience, insist_released, restored
from workforce.models import Release, ReleasedFigure
from workforce.profile_describing import about, labels_of, rules_of
from workforce.profile_lifecycle import SEEN, Stage
from workforce.profile_moving import hold, hold_profiles_of, move
from workforce.profile_order import Asked, Given, Seen
from workforce.profile_returns import chosen_snapshots, earlier_snapshots
from workforce.profiles import BUILD
from workforce.returns_in_use import sizes_of

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
SILENT_FOR = timedelta(minutes=2)  # A worker that gave no sign of life for so long is taken to have died.
SIGN_OF_LIFE_EVERY = 10.0  # seconds
LONGEST = 12 * 60  # seconds; longer than the task may take, for workers that no clock stops

NO_RETURNS = "The returns that this report was to be made from are not there any more. Ask for it again when one is."
TOO_LONG = "Making this report took longer than ten minutes, three times. Tell whoever runs this site its number."
TOO_LARGE = "There was not enough memory to make this report, three times. Tell whoever runs this site its number."
FAILED = "Making this report failed three times. Try again; if that fails too, tell whoever runs this site its number."


class Stop(Exception):
    """The report is somebody else's to make by now, or nobody's."""


class NoReturnsError(Exception):
    """What was there when the report was asked for has been withdrawn since."""


def build_profile(pk):
    """Make one waiting report, then see to the next of the same partnership. Safe to call twice and by two workers."""
    release = claim(pk)
    if release is None:
        return
    try:
        with _folder_of(release) as folder:
            _build(release, folder)
    except Stop:
        return
    except NoReturnsError:
        _refuse(release, NO_RETURNS)
    except Exception as fault:  # noqa: BLE001 - whatever it was, the row says so and nothing of its words is kept
        give_back(release, fault)
    hand_on(release.partnership_id)


@transaction.atomic
def claim(pk):
    """The report, if it waits, no other of the partnership is being made, and this call is the one to take it."""
    waiting = Release.objects.filter(pk=pk, stage=Stage.WAITING, attempts__lt=MOST_ATTEMPTS)
    release = waiting.select_related("partnership", "partner__organisation", "partner__partnership").first()
    if release is None:
        return None
    hold_profiles_of(release.partnership_id)
    if Release.objects.filter(partnership=release.partnership_id, stage=Stage.BUILDING).exists():
        return None
    counted = {"claim": uuid.uuid4(), "claimed": timezone.now(), "attempts": F("attempts") + 1}
    if not waiting.update(stage=Stage.BUILDING, **counted):
        return None
    release.refresh_from_db(fields=["stage", "attempts", "claim", "claimed"])
    return release


def hand_on(partnership_id):
    """The next one of the partnership that waits, the earliest date first, goes to the worker."""
    waiting = Release.objects.filter(partnership=partnership_id, stage=Stage.WAITING, attempts=0)
    if following := waiting.order_by("as_at", "pk").first():
        hand_over(BUILD, following.pk)


@contextmanager
def _folder_of(release):
    folder = vault.make_folder(f"profile-{release.pk}", release.claim)
    try:
        yield folder
    finally:
        vault.forget_folder(folder)


def _build(release, folder):
    snapshots = chosen_snapshots(release.partnership, release.as_at, release.partner)
    if not snapshots:
        raise NoReturnsError
    asked = _asked(release)
    earlier = earlier_snapshots(release.partnership, release.as_at, release.partner)
    with ExitStack() as copies, SignOfLife(release) as alive:
        asked.returns.extend(_given(snapshot, folder, copies) for snapshot in [*snapshots, *earlier])
        made = profile_engine.current().make(asked, alive)
    insist_released(*made.tables)
    _keep(release, [snapshot for snapshot in snapshots if snapshot.pk in made.snapshots], made)


def _asked(release):
    return Asked(
        as_at=release.as_at, audience=Audience(release.audience), returns=[], rules=rules_of(release.partnership),
        key_secret=key_secret(release.partnership), partner=release.partner and release.partner.organisation.slug,
        labels=labels_of(release.partnership, release.partner), sizes=tuple(sizes_of(release.partnership)),
        context=tuple(release.partnership.context_figures.all()), earlier=_earlier_than(release),
    )  # fmt: skip


def key_secret(partnership):
    """What record keys of a partnership are made with: always the same, and of no use in another partnership."""
    return hmac.digest(settings.PROFILE_SECRET.encode(), f"record keys\x1f{partnership.pk}".encode(), "sha256")


def _earlier_than(release):
    """All that people have had before their eyes, drafts that were discarded included; a partner's own are its own.
    The public has seen only what was released to it, and may yet see what is a draft.
    """
    if release.audience == Audience.PARTNER:
        return ()
    seen = Release.objects.filter(partnership=release.partnership, stage__in=SEEN).exclude(audience=Audience.PARTNER)
    if release.audience == Audience.PUBLIC:
        seen = seen.exclude(audience=Audience.PUBLIC, stage=Stage.DISCARDED)
    return tuple(
        Seen(
            Audience(one.audience), tuple(restored(table) for table in one.tables),
            _by_partner(one.snapshots.all()), one.as_at,
        )
        for one in seen.exclude(built=None).prefetch_related("snapshots__upload__partner__organisation").order_by("pk")
    )  # fmt: skip


def _by_partner(snapshots):
    found = {}
    for snapshot in snapshots:
        found.setdefault(snapshot.upload.partner.organisation.slug, []).append(snapshot.pk)
    return {slug: tuple(sorted(numbers)) for slug, numbers in found.items()}


def _given(snapshot, folder, copies):
    upload, companion = snapshot.upload, snapshot.establishments_stored
    return Given(
        partner=upload.partner.organisation.slug, sector=upload.partner.organisation.sector, source=upload.source,
        posts=copies.enter_context(vault.at_hand(snapshot.stored, folder)),
        establishments=copies.enter_context(vault.at_hand(companion, folder)) if companion else None,
        as_at=upload.as_at, snapshot=snapshot.pk,
    )  # fmt: skip


class SignOfLife:
    """Tells the row that its maker lives, from a thread of its own: neither counting nor gate stops to say so.

    Called by the engine between its steps, it raises when that is not to go on.
    """

    def __init__(self, release):
        self.mine = Release.objects.filter(pk=release.pk, claim=release.claim, stage=Stage.BUILDING)
        self.over, self.thread = threading.Event(), threading.Thread(target=self._beat, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def __call__(self):
        if not self.mine.update(claimed=timezone.now()):
            raise Stop

    def _beat(self):
        last = time.monotonic() + LONGEST
        try:
            while not self.over.wait(SIGN_OF_LIFE_EVERY) and time.monotonic() < last:
                with suppress(DatabaseError):  # The next one may come through.
                    self.mine.all().update(claimed=timezone.now())
        finally:
            connection.close()


# --- What was made is kept ----------------------------------------------------------------------------------------


@transaction.atomic
def _keep(release, snapshots, made):
    """The draft and its lines in the register, all or nothing: from now on somebody may see it."""
    held = hold(release)
    if held.stage != Stage.BUILDING or held.claim != release.claim:
        raise Stop
    now = timezone.now()
    kept = {"about": about(held, snapshots, made), "tables": [table.kept() for table in made.tables]}
    ReleasedFigure.objects.bulk_create(_lines(held, made.tables, now), batch_size=1_000)
    held.snapshots.set(snapshots)
    move(held, Stage.DRAFT, by=None, holding=release.claim, claim=None, built=now, digest=digest_of(**kept), **kept)


def digest_of(about, tables):
    """By which a report is known to be as it was made."""
    return hashlib.sha256(json.dumps([about, tables], sort_keys=True).encode()).hexdigest()


def _lines(release, tables, now):
    for table in tables:
        same = {"measure": table.measure, "rows": table.rows, "columns": table.columns, "method": table.method.value}
        for cell in table.cells:
            figure = {"row": cell.row, "column": cell.column, "value": cell.value, "hidden": cell.hidden}
            yield ReleasedFigure(release=release, at=now, **same, **figure)


# --- When it went wrong -------------------------------------------------------------------------------------------


def give_back(release, fault):
    """Making it failed: somebody tries again, or it is given up. Only what kind of fault it was is logged."""
    logger.warning("Profile report %s could not be made: %s", release.pk, type(fault).__name__)
    with suppress(Release.DoesNotExist), transaction.atomic():
        _put_away(release, _sentence_for(fault))


def _sentence_for(fault):
    if isinstance(fault, SoftTimeLimitExceeded):
        return TOO_LONG
    return TOO_LARGE if isinstance(fault, MemoryError) else FAILED


@transaction.atomic
def _refuse(release, sentence):
    release.stage = Stage.BUILDING
    move(release, Stage.FAILED, by=None, holding=release.claim, claim=None, fault=sentence)


def _put_away(release, sentence):
    """Back among those that wait, or given up after the last attempt. True when it was given up."""
    release.stage = Stage.BUILDING
    if release.attempts >= MOST_ATTEMPTS:
        return move(release, Stage.FAILED, by=None, holding=release.claim, fault=sentence, claim=None)
    move(release, Stage.WAITING, by=None, holding=release.claim, claim=None)
    return False


def fail_or_free_silent():
    """Those whose worker died: back among those that wait, or given up after three attempts. Returns the given up."""
    related = Release.objects.select_related("partnership", "partner__organisation", "partner__partnership")
    silent = related.filter(stage=Stage.BUILDING, claimed__lt=timezone.now() - SILENT_FOR)
    failed = []
    for release in silent:
        with transaction.atomic():
            if _put_away(release, FAILED):
                failed.append(release)
    return failed


def unfinished_profiles(*, older_than):
    """What the sweeper sends again: those that wait for longer than a message takes, and those that failed once."""
    waiting = Release.objects.filter(stage=Stage.WAITING)
    return waiting.filter(Q(asked__lt=timezone.now() - older_than) | Q(attempts__gt=0)).order_by("as_at", "pk")
