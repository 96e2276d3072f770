"""A workplace row that is right in every column, single changes to it, and what each must draw."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa

from workforce.checking.engine import SheetChecker
from workforce.checking.issues import IssueLog
from workforce.sources.asc_wds.workplace import workplace_file

TODAY = date(2026, 3, 31)
ERROR, WARNING = "error", "warning"

# Made up. A regulated domiciliary service that also runs a day centre and another community service.
RIGHT = {
    "LOCALESTID": "DUD-001",
    "STATUS": "UNCHECKED",
    "ESTNAME": "Example Home Care",
    "ADDRESS1": "1 Example Street",
    "ADDRESS2": "Example Estate",
    "ADDRESS3": "Exampleton",
    "POSTTOWN": "Dudley",
    "POSTCODE": "DY1 1AA",
    "ESTTYPE": "8",
    "OTHERTYPE": "Social enterprise",
    "PERMCQC": "1",
    "PERMLA": "0",
    "REGTYPE": "2",
    "PROVNUM": "1-101234567",
    "LOCATIONID": "1-1012345678",
    "MAINSERVICE": "8",
    "ALLSERVICES": "8;6;21",
    "CAPACITY": ";20;",
    "UTILISATION": "31;18;",
    "SERVICEDESC": ";;Befriending",
    "SERVICEUSERS": "1;9",
    "OTHERUSERDESC": ";Adults in a crisis",
    "DHA": "1",
    "DHAACTIVITIES": "1;4",
    "TOTALPERMTEMP": "42",
    "ALLJOBROLES": "8;7;4",
    "STARTERS": "9;1;0",
    "LEAVERS": "7;1;0",
    "VACANCIES": "3;0;1",
    "REASONS": "1;5",
    "REASONNOS": "3;5",
    "REPEATTRAINING": "3",
    "CWPAWARE": "2",
    "CWPUSE": "1;3;10",
    "CWPUSEDESC": "For supervision",
    "SICKPAY": "1",
    "PENSION": "1",
    "ACTUALCONT": "5.25",
    "OPTOUTPEN": "2",
    "HOLIDAY": "28",
    "SLEEPINS": "1",
    "SLEEPINPAY": "2",
    "TRAVELTIME": "3",
    "TTDIFFRATE": "11.75",
}
NO_NUMBERS = {"REGTYPE": "0", "PROVNUM": "", "LOCATIONID": ""}
NO_PAY_QUESTIONS = {"SLEEPINS": "", "SLEEPINPAY": "", "TRAVELTIME": "", "TTDIFFRATE": ""}
NO_PLACES = {"CAPACITY": "", "UTILISATION": "", "SERVICEDESC": ""}
NO_REASONS = {"REASONS": "", "REASONNOS": ""}
NO_DHA = {"DHA": "", "DHAACTIVITIES": ""}
DAY_CENTRE = {"MAINSERVICE": "6", **NO_NUMBERS, **NO_PAY_QUESTIONS, "VACANCIES": "3;0;0"}
CARE_HOME = {"MAINSERVICE": "1", "ALLSERVICES": "1;0", "CAPACITY": "40", "UTILISATION": "38", "SERVICEDESC": "",
             "TRAVELTIME": "", "TTDIFFRATE": ""}  # fmt: skip
HEAD_OFFICE = {"MAINSERVICE": "72", "ALLSERVICES": "72;0", **NO_PLACES, **NO_DHA, **NO_PAY_QUESTIONS}
HOME_HELP = {"MAINSERVICE": "10", "ALLSERVICES": "10", **NO_NUMBERS, **NO_PLACES, **NO_DHA, **NO_PAY_QUESTIONS,
             "VACANCIES": "3;0;0"}  # fmt: skip
TWICE_A_SERVICE = {"CAPACITY": ";20;;", "UTILISATION": "31;18;;", "SERVICEDESC": ";;;"}
EXPORTED = {"ALLSERVICES": "8;74;75", "CAPACITY": "", "UTILISATION": "", "SERVICEDESC": "", **NO_PAY_QUESTIONS}


@dataclass(frozen=True)
class Case:
    """One cell of a right row changed to `text`, and the one finding that it must draw."""

    column: str
    text: str
    code: str
    severity: str = ERROR
    told: str = ""  # the column that is named, where it is another
    on: dict = field(default_factory=dict)  # how the right row differs from RIGHT before the change

    @property
    def right(self):
        return RIGHT | self.on

    @property
    def row(self):
        return self.right | {self.column: self.text}

    @property
    def finding(self):
        return self.told or self.column, self.code, self.severity

    def __str__(self):
        return f"{self.column}={self.text[:12]}:{self.code}"


def warns(column, text, code, told="", on=None):
    return Case(column, text, code, WARNING, told, on or {})


CELLS = [
    Case("LOCALESTID", "", "1010"),
    Case("LOCALESTID", "x" * 50, "1010"),
    Case("STATUS", "", "1020"),
    Case("STATUS", "GONE", "1020"),
    Case("STATUS", "CHGSUB", "1020"),
    Case("ESTNAME", "", "1030"),
    Case("ESTNAME", "x" * 121, "1030"),
    Case("ADDRESS1", "", "1040"),
    Case("ADDRESS1", "x" * 41, "1040"),
    Case("ADDRESS2", "x" * 41, "1045"),
    Case("ADDRESS3", "x" * 41, "1050"),
    Case("POSTTOWN", "x" * 41, "1055"),
    Case("POSTCODE", "", "1060"),
    Case("POSTCODE", "DUDLEY", "1060"),
    Case("POSTCODE", "DY1     1AA", "1060"),
    Case("ESTTYPE", "", "1070"),
    Case("ESTTYPE", "2", "1070"),
    Case("ESTTYPE", "6x", "1070"),
    Case("OTHERTYPE", "x" * 241, "1070"),
    Case("PERMCQC", "2", "1080"),
    Case("PERMCQC", "1x", "1080"),
    warns("PERMCQC", "1.0", "1080"),
    Case("PERMLA", "yes", "1090"),
    Case("REGTYPE", "", "1100"),
    Case("REGTYPE", "1", "1100"),
    Case("PROVNUM", "1-1234567", "1105"),
    Case("LOCATIONID", "101234567", "1110"),
    Case("MAINSERVICE", "", "1000"),
    Case("MAINSERVICE", "99", "1000"),
    Case("MAINSERVICE", "8x", "1000"),
    Case("ALLSERVICES", "", "1120"),
    Case("ALLSERVICES", "8;99;21", "1120"),
    Case("ALLSERVICES", "8;six;21", "1120"),
    Case("ALLSERVICES", "8;;21", "1120"),
    Case("CAPACITY", ";x;", "1140"),
    Case("CAPACITY", ";9999;", "1140"),
    Case("UTILISATION", "31;1.5;", "1140"),
    Case("SERVICEDESC", ";;" + "x" * 121, "1120"),
    warns("SERVICEUSERS", "1;99", "1130"),
    warns("SERVICEUSERS", "1;x", "2130"),
    warns("SERVICEUSERS", "1;;9", "2130"),
    Case("OTHERUSERDESC", ";" + "x" * 121, "1130"),
    warns("DHA", "3", "2510"),
    warns("DHAACTIVITIES", "1;12", "2530"),
    Case("TOTALPERMTEMP", "", "1200"),
    Case("TOTALPERMTEMP", "1000", "1200"),
    Case("TOTALPERMTEMP", "about 40", "1200"),
    Case("ALLJOBROLES", "8;7;99", "1280"),
    Case("ALLJOBROLES", "8;7;4x", "1280"),
    Case("STARTERS", "9;1;1000", "1310"),
    Case("STARTERS", "9;;0", "1310"),
    Case("LEAVERS", "7;1;none", "1320"),
    Case("VACANCIES", "3;0;-1", "1300"),
    Case("REASONS", "1;pay", "1360"),
    Case("REASONNOS", "3;five", "1360"),
    warns("REPEATTRAINING", "5", "2420"),
    warns("CWPAWARE", "5", "2480"),
    warns("CWPUSE", "3", "2490"),
    warns("CWPUSE", "1;11", "2490"),
    warns("CWPUSE", "2;3", "2490"),
    warns("CWPUSEDESC", "x" * 121, "2500"),
    warns("SICKPAY", "2", "2450"),
    warns("PENSION", "yes", "2460"),
    warns("ACTUALCONT", "3", "2540"),
    warns("ACTUALCONT", "100.01", "2540"),
    warns("ACTUALCONT", "5%", "2540"),
    warns("OPTOUTPEN", "3", "2550"),
    warns("HOLIDAY", "28.5", "2470"),
    warns("HOLIDAY", "5.6 weeks", "2470"),
    warns("SLEEPINS", "yes", "2560"),
    warns("SLEEPINPAY", "3", "2570"),
    warns("TRAVELTIME", "7", "2580"),
    warns("TTDIFFRATE", "2.49", "2590"),
    warns("TTDIFFRATE", "200.01", "2590"),
]
RULES = [
    warns("STATUS", "DELETE", "deleted"),
    warns("POSTCODE", "DY11AA", "1060"),
    warns("POSTCODE", "dy1 1aa", "1060"),
    warns("OTHERTYPE", "", "2070"),
    warns("ESTTYPE", "6", "2070", told="OTHERTYPE"),
    warns("OTHERTYPE", "x" * 121, "stored_shorter"),
    Case("ALLSERVICES", "8;6;0", "1121"),
    Case("ALLSERVICES", "1;6;21", "1120"),
    Case("ALLSERVICES", "0", "1120"),
    Case("MAINSERVICE", "1", "1120", told="ALLSERVICES"),
    warns("ALLSERVICES", "8;6;21;6", "repeated", on={**TWICE_A_SERVICE, "ALLSERVICES": "8;6;21;52"}),
    warns("MAINSERVICE", "77", "exported_code", on=EXPORTED),
    warns("ALLSERVICES", "8;77;75", "exported_code", on=EXPORTED),
    warns("ALLSERVICES", "8;74;76", "exported_code", on=EXPORTED),
    warns("MAINSERVICE", "76", "exported_code", on={**EXPORTED, **DAY_CENTRE, "MAINSERVICE": "75", **NO_DHA}),
    Case("REGTYPE", "0", "1100"),
    Case("REGTYPE", "2", "1100", on=DAY_CENTRE),
    Case("MAINSERVICE", "6", "1100", told="REGTYPE"),
    Case("PROVNUM", "", "1105"),
    warns("PROVNUM", "1-101234567", "2105", on=DAY_CENTRE),
    Case("LOCATIONID", "", "1110"),
    warns("LOCATIONID", "1-101234567", "2110", on=DAY_CENTRE),
    Case("CAPACITY", ";20", "1140"),
    Case("CAPACITY", "5;20;", "1140"),
    Case("CAPACITY", "40;1", "1140", on={**CARE_HOME, "UTILISATION": ""}),
    Case("UTILISATION", "31;18", "1140"),
    Case("UTILISATION", "31;18;4", "1140"),
    Case("UTILISATION", "38;", "1140", on=CARE_HOME),
    warns("CAPACITY", ";1200;", "above_stored"),
    warns("UTILISATION", "1200;18;", "above_stored"),
    Case("SERVICEDESC", "Befriending", "1120"),
    Case("OTHERUSERDESC", "Adults in a crisis", "1130"),
    warns("OTHERUSERDESC", "Adults;", "2130"),
    warns("OTHERUSERDESC", "", "2130"),
    warns("SERVICEUSERS", "3;4", "2130", told="OTHERUSERDESC"),
    Case("TOTALPERMTEMP", "0", "1200"),
    warns("TOTALPERMTEMP", "999", "not_known"),
    Case("ALLJOBROLES", "", "1280"),
    warns("ALLJOBROLES", "8;4;8", "repeated"),
    warns("ALLJOBROLES", "8;7;22", "withdrawn"),
    Case("STARTERS", "9;1", "1310"),
    Case("STARTERS", "0", "1310"),
    warns("STARTERS", "9;1;999", "not_known_among_others"),
    Case("LEAVERS", "7;1", "1320"),
    warns("LEAVERS", "7;1;999", "not_known_among_others", on=NO_REASONS),
    Case("VACANCIES", "3;0;1;1", "1300"),
    warns("VACANCIES", "999;0;1", "not_known_among_others"),
    warns("VACANCIES", "3;0;1", "2180", on=DAY_CENTRE),
    warns("LEAVERS", "0;0;0", "without_leavers", told="REASONS"),
    warns("LEAVERS", "999", "without_leavers", told="REASONS"),
    warns("LEAVERS", "", "without_leavers", told="REASONS"),
    warns("REASONNOS", "3", "without_leavers", on={**NO_REASONS, "LEAVERS": "0;0;0"}),
    Case("REASONS", "", "1360"),
    Case("REASONNOS", "", "1360"),
    Case("REASONS", "1", "1360", told="REASONNOS"),
    Case("REASONNOS", "8", "1360"),
    Case("REASONNOS", "3;4", "1360"),
    Case("LEAVERS", "7;1;1", "1360", told="REASONNOS"),
    warns("REASONS", "1;77", "not_listed"),
    warns("DHA", "2", "2520", on=HOME_HELP),
    warns("DHA", "2", "2530", told="DHAACTIVITIES"),
    warns("DHA", "", "2530", told="DHAACTIVITIES"),
    warns("CWPUSE", "1;3", "2500", told="CWPUSEDESC"),
    warns("CWPUSE", "2", "2500", told="CWPUSEDESC"),
    warns("PENSION", "0", "2541", told="ACTUALCONT"),
    warns("HOLIDAY", "400", "more_than_a_year"),
    warns("SLEEPINS", "1", "2561", on=DAY_CENTRE),
    warns("SLEEPINPAY", "1", "2571", on=DAY_CENTRE),
    warns("SLEEPINS", "2", "2572", told="SLEEPINPAY"),
    warns("TRAVELTIME", "1", "2581", on=DAY_CENTRE),
    warns("TTDIFFRATE", "12", "2591", on=DAY_CENTRE),
    warns("TRAVELTIME", "1", "2592", told="TTDIFFRATE"),
]
CASES = CELLS + RULES


@dataclass(frozen=True)
class Sheet:
    """The shape of a sheet that was read, as far as the checker looks at it."""

    headings: tuple[str, ...]
    file: str = "workplace.csv"
    sheet: str = ""


@dataclass(frozen=True)
class Block:
    rows: np.ndarray
    cells: list
    oddities: tuple = ()


def as_csv(rows):
    headings = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, headings, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_blocks(text, size):
    """(headings, blocks of `size` rows), rows counted as Excel counts them."""
    headings, *rows = csv.reader(io.StringIO(text))
    blocks = []
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        columns = [pa.array([row[place].strip() for row in part], pa.string()) for place in range(len(headings))]
        blocks.append(Block(np.arange(start + 2, start + 2 + len(part), dtype=np.int32), columns))
    return tuple(headings), blocks


class Checked:
    """Rows, put through a CSV file and the real check. `kind` may be one that lacks something."""

    def __init__(self, folder, *rows, kind=None, size=65_536, then=None):
        self.log = IssueLog(folder / "issues.parquet")
        headings, blocks = as_blocks(as_csv(rows), size)
        checker = SheetChecker(kind or workplace_file(TODAY), Sheet(headings), self.log, None)
        self.cells = []
        for block in blocks:
            self.cells.append(checker.check(block))
            if then is not None:
                then.add(self.cells[-1], checker.file)
        if then is not None:
            then.finish()
        self.path = self.log.path

    @property
    def causes(self):
        return self.log.causes

    @property
    def findings(self):
        """(column, code, severity) of every issue; a cause that was found twice stands twice."""
        return [(cause.column, cause.code, cause.severity) for cause in self.causes for _ in range(cause.count)]
