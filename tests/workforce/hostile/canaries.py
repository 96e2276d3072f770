"""Words that stand nowhere else, put where people are named in a return, and looked for afterwards wherever anything
is kept: tables, stored files, the queue, logs, messages, temporary files."""

import io
import logging
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client

from workforce import engine, receiving, retention, uploads
from workforce.lifecycle import State
from workforce.models import Upload

from .returns import Form, clean_return, rows_of, write

# Columns in which people, or places where one person may work, are named; of each the way its canaries look.
WORD, NUMBER, POSTCODE, BIRTH = "word", "number", "postcode", "birth"
IDENTIFYING = {
    "workplace": {"ESTNAME": WORD, "ADDRESS1": WORD, "POSTTOWN": WORD, "Owner's telephone": WORD},
    "worker": {
        "DISPLAYID": WORD, "NINUMBER": NUMBER, "POSTCODE": POSTCODE, "DOB": BIRTH,
        "MAINJRDESC": WORD, "QUALACH01NOTES": WORD, "Surname": WORD, "Notes to ourselves": WORD,
    },
    "training": {"TRAININGNAME": WORD, "NOTES": WORD, "Trainer's name": WORD},
}  # fmt: skip
CODED = ("GENDER", "ETHNICITY", "NATIONALITY", "MAINJOBROLE", "NMCREG", "SALARY", "STARTDATE", "QUALACH01", "STATUS",
         "LOCALESTID", "CONTHOURS", "EMPLSTATUS", "SCQUAL")  # fmt: skip
ROWS, PLAIN = 60, Form("plain")
LOOKS = re.compile(rb"qzxvy\d{5}kwert|qq\d{6}c|zy\d\d \dzq|\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d")  # of all canaries


class Flock:
    """Hands out canaries and remembers them."""

    def __init__(self):
        self.words = []

    def one(self, look=WORD):
        number = len(self.words) + 1
        word = {
            WORD: f"Qzxvy{number:05}kwert",
            NUMBER: f"QQ{number:06}C",
            POSTCODE: f"ZY{number % 100:02} {number // 100 % 10}ZQ",
            BIRTH: f"{number % 28 + 1:02}/{number % 12 + 1:02}/{1928 + number % 40}",
        }[look]
        self.words.append(word)
        return word

    @property
    def needles(self):
        """What is looked for, in any case; days also as databases write them."""
        days = ["-".join(reversed(word.split("/"))) for word in self.words if "/" in word]
        return {word.casefold().encode() for word in [*self.words, *days]}


@dataclass
class Scene:
    """A partner's steward who sends returns with canaries in them, and what came of each."""

    partnership: object
    partner: object
    steward: object
    flock: Flock = field(default_factory=Flock)
    states: list = field(default_factory=list)
    months: int = 0

    def files(self, coded=0, form=PLAIN, spoil=lambda name, content: content):
        """A return of three files, canaries in every cell that names somebody; `coded` of them where codes belong."""
        tables = clean_return(ROWS, 3).tables
        cells = {name: [dict(zip(table.column_names, row, strict=True)) for row in rows_of(table)]
                 for name, table in tables.items()}  # fmt: skip
        names = {row["UNIQUEWORKERID"]: self.flock.one() for row in cells["worker"]}
        for name, rows in cells.items():
            for row in rows:
                self._hide(name, row, names)
        for number in range(coded):
            cells["worker"][number % ROWS][CODED[number % len(CODED)]] = self.flock.one()
        written = [write(name, list(rows[0]), [list(row.values()) for row in rows], form)
                   for name, rows in cells.items()]  # fmt: skip
        return [ContentFile(spoil(file.name, file.content), name=file.name) for file in written]

    def _hide(self, name, row, names):
        for column, look in IDENTIFYING[name].items():
            row[column] = self.flock.one(look)
        if "UNIQUEWORKERID" in row:
            row["UNIQUEWORKERID"] = names[row["UNIQUEWORKERID"]]

    def send(self, files):
        self.months += 1
        as_at = date(2020 + self.months // 12, self.months % 12 + 1, 28)
        sent = {"partnership": self.partnership, "partner": self.partner, "as_at": as_at, "by": self.steward}
        return uploads.send_in(files=files, **sent)

    def receive(self, files, times=1):
        upload = self.send(files)
        for _ in range(times):
            receiving.read_upload(upload.pk)
        upload.refresh_from_db()
        self.states.append(str(upload.state))
        return upload

    # --- The ways that a return can go ---

    def succeed(self):
        return self.receive(self.files())

    def be_decided(self):
        """With faults, looked at by its steward, and accepted."""
        upload = self.receive(self.files(coded=40))
        pages = self.look_at(upload)
        if upload.state == State.TO_DECIDE:
            uploads.accept_with_faults(upload=Upload.objects.get(pk=upload.pk), by=self.steward)
        return pages

    def be_refused(self):
        """As a whole: cut short in a cell, no text at all, no headings, and no row that can be taken."""
        self.receive(self.files(spoil=lambda name, content: content + b'"' + self.flock.one().encode()))
        self.receive(self.files(spoil=lambda name, content: content[:2000] + b"\0" + content[2000:]))
        self.receive(self.files(spoil=lambda name, content: content.partition(b"\n")[2]))
        self.receive(self.files(spoil=lambda name, content: content.replace(b"W0", b"w" * 60)))
        self.receive(self.files(form=Form("a workbook", book=True), spoil=lambda name, content: content[:-300]))

    def be_a_list_nobody_knows(self):
        headings = ["Payroll No", "Surname", "Forename", "Job Title", "Weekly Hours", "Date of Birth", "Start Date"]
        cells = [[self.flock.one(), self.flock.one(), self.flock.one(), "Care worker", "37", "01/02/1980", "03/04/2019"]
                 for _ in range(5)]  # fmt: skip
        for rows in ([headings, *cells], cells):
            content = "\n".join(map(",".join, rows)).encode()
            upload = self.receive([ContentFile(content, name="staff.csv")])
            if upload.state in (State.NEEDS_MAPPING, State.WAITING):
                uploads.cancel(upload=Upload.objects.get(pk=upload.pk), by=self.steward)

    def crash(self):
        """The reader breaks over a cell, and says which in its exception."""
        word, real = self.flock.one(), engine.current

        def breaks(given, **more):
            raise ValueError(f"could not convert {word!r}: {given[0].path.read_bytes()[:3000]!r}")

        engine.current = lambda: _with(real(), read=breaks)
        try:
            self.receive(self.files(), times=3)
        finally:
            engine.current = real

    def be_cancelled(self):
        upload = self.send(self.files())
        uploads.cancel(upload=upload, by=self.steward)

    def look_at(self, upload):
        """What the steward is shown of it. The marked copy is left out: it is the file that was sent."""
        client = Client(SERVER_NAME="localhost")
        client.force_login(self.steward)
        home = upload.get_absolute_url()
        paths = [home, f"{home}faults.csv", *(f"{home}faults/{cause.position}/" for cause in upload.causes.all())]
        answers = [client.get(path) for path in paths]
        return {
            path: answer.getvalue() for path, answer in zip(paths, answers, strict=True) if answer.status_code < 300
        }


def _with(ours, **changes):
    from dataclasses import replace

    return replace(ours, **changes)


def act(scene):
    """All ways once; what pages showed on the way."""
    scene.succeed()
    pages = scene.be_decided()
    scene.be_refused()
    scene.be_a_list_nobody_knows()
    scene.crash()
    scene.be_cancelled()
    return pages


# --- Where anything could be kept ------------------------------------------------------------------------------------


@contextmanager
def heard():
    """Everything that is logged meanwhile, whoever logs it and however quietly."""
    text = io.StringIO()
    handler, root = logging.StreamHandler(text), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield text
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def clear_up_at_once():
    """As the night does it when all days have passed."""
    days, settings.WORKFORCE_RAW_DAYS = settings.WORKFORCE_RAW_DAYS, 0
    try:
        retention.clear_up()
    finally:
        settings.WORKFORCE_RAW_DAYS = days


def stores(*, sent_too):
    """(place, bytes) of everything that is kept anywhere; `sent_too`: also the files as they were sent."""
    yield from _tables()
    yield from _database_files()
    yield "outbox", b"".join(message.message().as_bytes() for message in getattr(mail, "outbox", []))
    yield "cache", repr(getattr(cache, "_cache", {})).encode()
    yield from _redis()
    folders = {"storage": _storage(), "data": settings.DATA_DIR, "work": settings.WORK_DIR, "temporary": temporary()}
    for name, folder in folders.items():
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and "sqlite3" not in path.name and (sent_too or "workforce/sent/" not in str(path)):
                yield f"{name}: {path.name}", _content(path)


def temporary():
    return Path(tempfile.gettempdir()) if _is_own(tempfile.gettempdir()) else settings.DATA_DIR


def _is_own(folder):
    return Path(folder).name.startswith("canaries-")


def _storage():
    return settings.STORAGES["default"]["OPTIONS"]["location"]


def _content(path):
    """The bytes; of Parquet what is packed in it as well."""
    content = path.read_bytes()
    if content[:4] != b"PAR1":
        return content
    table = pq.read_table(pa.BufferReader(content))
    return content + str(table.schema.metadata).encode() + repr(table.to_pydict()).encode()


def _tables():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield f"table {table}", repr(cursor.fetchall()).encode()


def _database_files():
    """What the database itself has written, rows that are gone included."""
    if connection.vendor == "sqlite" and Path(str(connection.settings_dict["NAME"])).is_file():
        for path in Path(connection.settings_dict["NAME"]).parent.glob(
            f"{Path(connection.settings_dict['NAME']).name}*"
        ):
            yield f"database: {path.name}", path.read_bytes()


def _redis():
    if not settings.REDIS_URL:
        return
    import redis

    client = redis.Redis.from_url(settings.REDIS_URL)
    read = {b"string": client.get, b"hash": client.hgetall, b"set": client.smembers,
            b"list": lambda key: client.lrange(key, 0, -1), b"zset": lambda key: client.zrange(key, 0, -1)}  # fmt: skip
    for key in client.scan_iter():
        yield "redis", repr((key, read[client.type(key)](key))).encode()


def sightings(flock, kept):
    """(place, canary) of every canary that is found."""
    needles = flock.needles
    return [
        (place, found.decode()) for place, content in kept for found in set(LOOKS.findall(content.lower())) & needles
    ]


def hunt(scene):
    """Act, and look everywhere: on the way, while the files are kept, and after the night that deletes them."""
    with heard() as log:
        pages = act(scene)
        early = sightings(scene.flock, [*pages.items(), *stores(sent_too=False)])
        clear_up_at_once()
    late = sightings(scene.flock, [("log", log.getvalue().encode()), *stores(sent_too=True)])
    return {"pages": len(pages), "canaries": len(scene.flock.words), "states": sorted(set(scene.states)),
            "while kept": early, "afterwards": late}  # fmt: skip


# --- Ways of leaking, which the hunt has to notice ------------------------------------------------------------


@contextmanager
def logged_rows():
    """What an exception says is logged."""
    real = receiving.give_back

    def leaks(upload, fault):
        logging.getLogger("workforce").warning("Upload %s: %s", upload.pk, fault)
        real(upload, fault)

    receiving.give_back = leaks
    try:
        yield
    finally:
        receiving.give_back = real


@contextmanager
def shown_texts():
    """A cell at fault is shown whatever stands in it."""
    from workforce.checking import issues

    real = issues.shown
    issues.shown = lambda text, reference: text
    try:
        yield
    finally:
        issues.shown = real


@contextmanager
def kept_files():
    """The files as they were sent are never deleted."""
    real = retention.delete_raw_files
    retention.delete_raw_files = lambda: None
    try:
        yield
    finally:
        retention.delete_raw_files = real


LEAKS = (logged_rows, shown_texts, kept_files)
