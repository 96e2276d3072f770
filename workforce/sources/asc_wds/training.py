"""The training file, and what is kept of it: per worker and topic whether training is current or has run out.

Facts: NMDSdevopsServiceAdm/SopraSteria-SFC (MIT licence), commit b6857156 of 21 August 2026. Before January 2026 the
file had eight columns, with DESCRIPTION for the name of the training.
"""

import numpy as np

from workforce.checking.declaring import Column, FileKind, Rule, Severity, Then
from workforce.checking.kinds import Day, Number, Reference, Text
from workforce.codes import code_list
from workforce.crosswalks import crosswalk
from workforce.deriving import birthday
from workforce.template import TOPICS

from .lists import from_list

ERROR, WARNING = Severity.ERROR, Severity.WARNING
REFERENCE = Reference("At most 50 characters", limit=50)
TOPIC_NAMES = TOPICS.split()
NEVER, EXPIRED, CURRENT = 0, 1, 2  # a later one outweighs an earlier one


def training_file(today):
    columns = (
        Column("LOCALESTID", REFERENCE, "1000", required=ERROR, key=True),
        Column("UNIQUEWORKERID", REFERENCE, "1010", required=ERROR, key=True, shows=False),
        Column("CATEGORY", from_list("training_category"), "1050", required=ERROR),
        Column("TRAININGNAME", Text("At most 120 characters", limit=120), "1040", also=("DESCRIPTION",), shows=False),
        Column("ACCREDITED", from_list("training_accredited"), "1060"),
        Column("WHODELIVERED", from_list("training_who_delivered"), "1080", optional=True),
        Column("PROVIDERNAME", from_list("training_provider"), "1090", optional=True),
        Column("HOWDELIVERED", from_list("training_how_delivered"), "1100", optional=True),
        Column("VALIDITY", Number(accepted="1 to 999 months, or none", low=1, high=999, unknown="none"), "1110",
               optional=True),
        Column("DATECOMPLETED", Day(today=today), "1020"),
        Column("EXPIRYDATE", Day(today=today), "1030"),
        Column("NOTES", Text("At most 1000 characters", limit=1000), "1070", shows=False),
    )  # fmt: skip
    return FileKind("training", "Training file", columns, _rules(), frozenset({"LOCALESTID", "CATEGORY", "EXPIRYDATE"}))


def _rules():
    return (
        Rule("LOCALESTID", "997", "LOCALESTID is not a workplace of the workplace file; the row was left out",
             lambda c: c.context.not_in_file(c), ERROR, "A LOCALESTID of the workplace file", Then.LEAVE_OUT),
        Rule("DATECOMPLETED", "1020", "DATECOMPLETED is in the future",
             lambda c: c.number("DATECOMPLETED") > c.context.today_number, ERROR, "A day up to today", Then.SET_ASIDE),
        Rule("EXPIRYDATE", "1030", "EXPIRYDATE is not after DATECOMPLETED",
             lambda c: c.number("EXPIRYDATE") <= c.number("DATECOMPLETED"), ERROR, "A day after DATECOMPLETED",
             Then.SET_ASIDE),
        Rule("PROVIDERNAME", "2090", "PROVIDERNAME is filled although WHODELIVERED is not 2",
             lambda c: c.filled("PROVIDERNAME") & c.readable("WHODELIVERED") & ~c.is_in("WHODELIVERED", "2"),
             accepted="Blank, unless WHODELIVERED is 2", needs=("WHODELIVERED",)),
        Rule("EXPIRYDATE", "2110", "EXPIRYDATE is filled although VALIDITY is none",
             lambda c: ~np.isnan(c.number("EXPIRYDATE")) & c.unknown("VALIDITY"), accepted="Blank for none"),
        Rule("EXPIRYDATE", "2110", "EXPIRYDATE is not DATECOMPLETED plus VALIDITY months less one day",
             lambda c: ~np.isnan(_runs_out(c)) & ~np.isnan(c.number("EXPIRYDATE"))
             & (c.number("EXPIRYDATE") != _runs_out(c)), accepted="Blank, or the day on which it runs out"),
    )  # fmt: skip


def _runs_out(cells):
    """DATECOMPLETED + VALIDITY months - 1 day, as days since 1970; the 31st of a shorter month is its last day."""
    completed, months = cells.number("DATECOMPLETED"), cells.number("VALIDITY")
    known = ~np.isnan(completed) & ~np.isnan(months)
    day = np.where(known, completed, 0).astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    target = month + np.where(known, months, 0).astype("timedelta64[M]")
    last = (target + 1).astype("datetime64[D]") - 1
    same_day = target.astype("datetime64[D]") + (day - month.astype("datetime64[D]"))
    return np.where(known, np.minimum(same_day, last).astype(int) - 1, np.nan)


class TrainingRecords:
    """The training of all workers, kept small: which row is whose, on what topic, and whether it is still current."""

    def __init__(self, checker, as_at_number):
        self.checker, self.as_at_number = checker, as_at_number
        labels = crosswalk("training_topic", "asc_wds")
        topic_of = [TOPIC_NAMES.index(labels.of(code)) for code in code_list("training_category").codes]
        self._topic_of = np.array([*topic_of, -1], np.int8)
        self._parts = []
        self.owners = self.standing = None

    def add(self, cells, owners):
        """`owners`: the short pseudonym of the worker of each row. Rows that are left out are nobody's."""
        owners = np.where(cells.left_out, 0, owners)
        category = cells.number("CATEGORY")
        topic = self._topic_of[np.where(np.isnan(category), -1, category).astype(int)]
        expiry = np.where(np.isnan(cells.number("EXPIRYDATE")), _runs_out(cells), cells.number("EXPIRYDATE"))
        standing = np.where(expiry < self.as_at_number, EXPIRED, CURRENT).astype(np.int8)
        topic = np.where(cells.number("DATECOMPLETED") > self.as_at_number, -1, topic)  # not yet, on that day
        completed = cells.number("DATECOMPLETED").astype(np.float32)
        self._parts.append((owners, topic, standing, cells.rows.copy(), completed))

    def finish(self):
        """Put one line per worker: the best standing on each topic."""
        owners, topic, standing, self.rows, self.completed = self._joined()
        self.row_owners = owners
        counts = (owners != 0) & (topic >= 0)
        self.owners, places = np.unique(owners[counts], return_inverse=True)
        self.standing = np.zeros((len(self.owners), len(TOPIC_NAMES)), np.int8)
        np.maximum.at(self.standing, (places, topic[counts]), standing[counts])
        self._parts = []

    def _joined(self):
        if not self._parts:
            empty = np.array([], np.int32)
            return np.array([], np.uint64), empty, empty, empty, np.array([], np.float32)
        return tuple(np.concatenate(part) for part in zip(*self._parts, strict=True))

    def of(self, owners):
        """(workers, topics): the standing of each of these workers on every topic."""
        if not len(self.owners):
            return np.zeros((len(owners), len(TOPIC_NAMES)), np.int8)
        places = np.minimum(np.searchsorted(self.owners, owners), len(self.owners) - 1)
        return np.where((self.owners[places] == owners)[:, None], self.standing[places], NEVER)

    def compare(self, workers, births, tell):
        """Tell training of nobody in the staff file, and training before its worker was 14; returns rows that count.

        `workers` are the short pseudonyms of the staff file's rows, `births` their days of birth since 1970.
        """
        order = np.argsort(workers, kind="stable")
        known = workers[order]
        if not len(known):
            known, order = np.array([0], np.uint64), np.array([0])
            births = np.array([np.nan])
        places = np.minimum(np.searchsorted(known, self.row_owners), len(known) - 1)
        found = (known[places] == self.row_owners) & (self.row_owners != 0)
        tell("UNIQUEWORKERID", "996", ERROR, self.rows[(self.row_owners != 0) & ~found],
             "UNIQUEWORKERID is not a worker of this workplace in the staff file",
             "The reference of a worker in the staff file")  # fmt: skip
        too_young = self.completed < birthday(births[order][places], 14)
        tell("DATECOMPLETED", "1080", ERROR, self.rows[found & too_young],
             "DATECOMPLETED is before the worker's 14th birthday", "A day after that birthday")  # fmt: skip
        return int(found.sum())
