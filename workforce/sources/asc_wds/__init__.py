"""ASC-WDS bulk upload files (before 2019: NMDS-SC): workplace, staff and training."""

import numpy as np

from workforce.checking.declaring import Severity
from workforce.reading import Unreadable

from .context import Return, owners_of
from .establishments import Workplaces, establishment_table, totals_checks
from .staff import Staff
from .training import TrainingRecords, training_file
from .worker import worker_file
from .workplace import workplace_file

NAME = "asc_wds"
LABEL = "ASC-WDS bulk upload files"


def file_kinds(today):
    return (workplace_file(today), worker_file(today), training_file(today))


def read(sheets, run):
    """Read a return: `sheets` are its sheets by kind of file. Workplaces first, then training, then staff."""
    if not sheets.get("worker"):
        raise Unreadable(
            "There is no staff file in what was sent, so there are no posts to read.",
            accepted="A workplace file and a staff file; a training file if there is one",
        )
    kinds = {kind.name: kind for kind in file_kinds(run.today)}
    workplaces, workplace_checker = _read_workplaces(sheets, kinds["workplace"], run)
    context = Return(run, workplaces)
    training, parts = _read_training(sheets, kinds["training"], run, context)
    staff = Staff(run, context, training)
    checkers = _read_staff(sheets, kinds["worker"], run, context, staff)
    _say_no_workplaces(workplaces, checkers)
    leave_out = staff.finish(checkers[-1])
    staff.check_training(parts)
    run.writer.close(leave_out)
    _count_staff(run, kinds["worker"], checkers, staff)
    if workplaces is not None:
        for cause, rows in totals_checks(workplaces, staff.posts_in_file, staff.has_manager):
            run.log.add(workplace_checker.cause(*cause), rows)
        counts = {"posts_in_file": staff.posts_in_file, "employees": staff.employees}
        run.establishments = establishment_table(workplaces, counts, run.keys, run.as_at)
