"""Where files about the workforce lie: as they were sent, the faults found in them, and snapshots.

    workforce/sent/<name of ours>                      the bytes of a partner, until they have served their purpose
    workforce/issues/<name of ours>                    row, cause and value of each fault, as long as the bytes
    workforce/snapshots/<partner>/<sha256>.parquet     what is kept, under the name of its content

No name that somebody gave is ever part of a path. A file is whole before anything names it: it is written under a
name of its own first and then moved, or (in a bucket) appears when its last byte has arrived.
"""

import hashlib
import shutil
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.utils import timezone

SENT, ISSUES, SNAPSHOTS = "workforce/sent", "workforce/issues", "workforce/snapshots"
PIECE = 1 << 20


@dataclass(frozen=True)
class Kept:
    """A file in the storage."""

    stored: str
    size: int
    sha256: str


NOTHING = Kept("", 0, "")


def digest_of(upload):
    """The SHA-256 of an open file, read in pieces and left at its beginning."""
    digest = hashlib.sha256()
    for piece in upload.chunks(PIECE):
        digest.update(piece)
    upload.seek(0)
    return digest.hexdigest()


def keep_sent(upload, sha256):
    """Store the bytes that somebody sent."""
    return Kept(_save(f"{SENT}/{uuid.uuid4().hex}", upload), upload.size, sha256)


def keep_issues(path):
    return _keep(path, lambda sha256: f"{ISSUES}/{uuid.uuid4().hex}")


def keep_snapshot(path, partner_id):
    """Store a snapshot or its companion under the name of its content: twice the same is one file."""
    return _keep(path, lambda sha256: f"{SNAPSHOTS}/{partner_id}/{sha256}.parquet")


def _keep(path, name_for):
    with path.open("rb") as opened:
        content = File(opened)
        sha256 = digest_of(content)
        return Kept(_save(name_for(sha256), content), content.size, sha256)


def _save(name, content):
    """Store under exactly this name. What is there already has the same content, and only looks new again."""
    if not is_local():
        return default_storage.save(name, content)
    target = Path(default_storage.path(name))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"part-{uuid.uuid4().hex}")
    with part.open("xb") as written:
        part.chmod(0o600)
        for piece in content.chunks(PIECE):
            written.write(piece)
    part.replace(target)
    return name


def partner_of(stored):
    """The number of the partner whose snapshot this is; None for other files."""
    parts = stored.removeprefix(f"{SNAPSHOTS}/").split("/")
    return int(parts[0]) if stored.startswith(SNAPSHOTS) and parts[0].isdecimal() else None


def is_local():
    """Whether the storage is a folder, so that its files can be opened where they lie."""
    return isinstance(storages["default"], FileSystemStorage)


def exists(stored):
    return default_storage.exists(stored)


def open_stored(stored):
    """A stored file, opened for reading."""
    return default_storage.open(stored, "rb")


def forget(stored):
    """Delete a file; one that is gone already is as good."""
    if stored:
        default_storage.delete(stored)


@contextmanager
def at_hand(stored, folder):
    """Where a stored file can be read by its path: in place, or as a copy in this private folder."""
    if is_local():
        yield Path(default_storage.path(stored))
        return
    copy = Path(folder) / uuid.uuid4().hex
    with open_stored(stored) as source, copy.open("xb") as written:
        shutil.copyfileobj(source, written, PIECE)
    try:
        yield copy
    finally:
        copy.unlink()


# --- The private folder of one attempt ----------------------------------------------------------------------------


def make_folder(pk, claim):
    """A folder that only this program's user may look into, named after the attempt it belongs to."""
    folder = settings.WORK_DIR / f"{pk}-{claim.hex}"
    settings.WORK_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    return folder


def forget_folder(folder):
    shutil.rmtree(folder, ignore_errors=True)


def folders():
    """(folder, hex of its claim) of every attempt that has left one on this machine."""
    if settings.WORK_DIR.is_dir():
        for folder in settings.WORK_DIR.iterdir():
            yield folder, folder.name.rpartition("-")[2]


# --- Looking round, for the nightly clearing ------------------------------------------------------------------------


def stored_names(*, older_than):
    """Every file of ours that has lain there for so long."""
    before = timezone.now() - older_than
    for place in (SENT, ISSUES, *_places_of_snapshots()):
        for name in _names_in(place):
            if default_storage.get_modified_time(name) < before:
                yield name


def _places_of_snapshots():
    return [f"{SNAPSHOTS}/{partner}" for partner in _list(SNAPSHOTS)[0]]


def _names_in(place):
    return [f"{place}/{name}" for name in _list(place)[1]]


def _list(place):
    try:
        return default_storage.listdir(place)
    except FileNotFoundError:  # Nothing was ever stored there.
        return [], []
