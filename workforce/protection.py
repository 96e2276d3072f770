"""What is kept of what partners send, for how long, and what is dropped: told from the declarations themselves.

Fields are those of the template, which are the columns of a snapshot. Columns are those that each source declares it
reads; what becomes of each is declared beside them (`BECOMES`), and a test changes each column of a file and looks at
what changes in the snapshot. Columns that nobody declares are never read, so there is nothing to tell of them.
"""

from dataclasses import dataclass

from django.conf import settings

from workforce.retention import ABANDONED_AFTER, SNAPSHOTS_FOR, WITHDRAWN_FOR
from workforce.sources import SOURCES
from workforce.sources.council import COUNCIL_FIELDS
from workforce.template import ESTABLISHMENT_COLUMNS, FIELDS, FIELDS_IN_ORDER, Kind

TRAINING = "training_"
PSEUDONYM, MAPPED, KEPT, DROPPED, UNSAID = "pseudonym", "mapped", "kept", "dropped", "unsaid"
FATES = {
    PSEUDONYM: "Made into a keyed pseudonym, then dropped",
    MAPPED: "Mapped to a common category",
    KEPT: "Kept as a number, month or year",
    DROPPED: "Looked at for faults, then dropped",
    UNSAID: "Read, and nothing is kept of it but the fields above",
}


@dataclass(frozen=True)
class KeptField:
    label: str
    meaning: str
    how: str
    is_special: bool


def kept_of_each_field():
    """Every field of a post, and in what form it is kept; the many about training as one."""
    topics = [field for field in FIELDS_IN_ORDER if field.name.startswith(TRAINING)]
    fields = [
        KeptField(field.label, field.meaning, _how(field), field.special)
        for field in FIELDS_IN_ORDER
        if field not in topics
    ]
    names = ", ".join(field.name.removeprefix(TRAINING).replace("_", " ") for field in topics)
    return [*fields, KeptField("Training by topic", f"Latest training on each topic: {names}", _how(topics[0]), False)]


def _how(field):
    if field.kind is Kind.KEY:
        return "A keyed pseudonym: without the secret key nobody can tell whose it is"
    if field.derived_from:
        sources = ", ".join(FIELDS[name].label.lower() for name in field.derived_from)
        return f"Worked out from {sources}"
    if field.kind is Kind.CATEGORY:
        beside = "; your own code is kept beside it" if field.code_column else ""
        return f"One of {len(field.values)} categories{beside}"
    return {Kind.NUMBER: "A number", Kind.MONTH: "A month, without the day", Kind.YEAR: "A year"}[field.kind]


@dataclass(frozen=True)
class ColumnFate:
    column: str
    fate: str
    words: str
    shows: bool  # whether its cells may stand in the list of faults while the files are kept


@dataclass(frozen=True)
class FileFates:
    label: str
    columns: list

    @property
    def dropped(self):
        return [one for one in self.columns if one.fate == DROPPED]

    @property
    def used(self):
        return [one for one in self.columns if one.fate != DROPPED]


def kept_of_each_column(today):
    """{what a source is called: its files, each with what becomes of every column that it may have}."""
    return {
        module.LABEL: [_file(module, kind) for kind in module.file_kinds(today)] or [_named_columns()]
        for module in SOURCES.values()
    }


def _named_columns():
    """Of lists whose headings are a partner's own: what they can be named as, and what becomes of each then."""
    columns = [
        ColumnFate(field.label, KEPT, field.meaning, field.shows and not field.identifies)
        for field in COUNCIL_FIELDS.values()
    ]
    return FileFates("Columns, as the partner has named them", columns)


def _file(module, kind):
    declared = getattr(module, "BECOMES", None)  # a source that does not say is not said to drop anything
    becomes = (declared or {}).get(kind.name, {})
    return FileFates(
        kind.label,
        [_column(column, becomes.get(column.name, ()) if declared is not None else None) for column in kind.columns],
    )


def _column(column, becomes):
    fate = fate_of(becomes)
    labels = ", ".join(_labels(becomes or ()))
    words = f"{FATES[fate]}: {labels}" if labels else FATES[fate]
    return ColumnFate(column.name, fate, words, column.shows)


def fate_of(becomes):
    """What becomes of a column, from the fields that it fills."""
    if not becomes:
        return UNSAID if becomes is None else DROPPED
    kinds = [FIELDS[name].kind for name in becomes if name in FIELDS]
    if Kind.KEY in kinds:
        return PSEUDONYM
    return MAPPED if Kind.CATEGORY in kinds else KEPT


def _labels(names):
    """The fields in words; the many about training as one."""
    return dict.fromkeys("training by topic" if name.startswith(TRAINING) else _label(name) for name in names)


def _label(name):
    return FIELDS[name].label.lower() if name in FIELDS else ESTABLISHMENT_LABELS.get(name, name.replace("_", " "))


ESTABLISHMENT_LABELS = {"cqc_registered": "whether registered with the CQC"}


def retention():
    """(what, for how long) of everything that is kept, from the settings and the nightly job's own figures."""
    raw = f"{settings.WORKFORCE_RAW_DAYS} days after the return became ready, was sent back or could not be read"
    return [
        (
            "The files as they were sent, and the rows and values of their faults",
            f"{raw}; at once when it is cancelled",
        ),
        ("Files that nobody decides about", f"{ABANDONED_AFTER.days} days; then the upload is cancelled"),
        ("The posts with their pseudonyms", f"{SNAPSHOTS_FOR.days} days, about {SNAPSHOTS_FOR.days // 365} years"),
        ("The posts of a return that was withdrawn", f"{WITHDRAWN_FOR.days} days, in which it can be restored"),
        ("How many faults of which kind there were, and who sent and decided what when", "As long as the partnership"),
    ]


def establishment_columns():
    """What is kept of each workplace as a whole."""
    return [_label(name) for name in ESTABLISHMENT_COLUMNS]
