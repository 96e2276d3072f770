"""ASC-WDS bulk upload files (before 2019: NMDS-SC): workplace, staff and training."""

from workforce.reading import Unreadable
from workforce.sources.pipeline import behind, one_behind

from .becoming import BECOMES
from .context import Return, owners_of
from .establishments import StaffCounts, Workplaces, establishment_table, totals_checks
from .staff import Staff
from .training import TrainingRecords, training_file
from .worker import worker_file
from .workplace import workplace_file

NAME = "asc_wds"
LABEL = "ASC-WDS bulk upload files"
POSTS = "worker"  # whose rows are posts
__all__ = ["BECOMES", "LABEL", "NAME", "POSTS", "file_kinds", "read"]


def file_kinds(today):
    return (workplace_file(today), worker_file(today), training_file(today))


def read(sheets, run):
    """Read a return: `sheets` by kind of file, one of each. Workplaces first, then training, then staff."""
    if "worker" not in sheets:
        raise Unreadable(
            "There is no staff file in what was sent, so there are no posts to read.",
            accepted="A workplace file and a staff file; a training file if there is one",
        )
    kinds = {kind.name: kind for kind in file_kinds(run.today)}
    workplaces = _read_workplaces(sheets, kinds, run)
    context = Return(run, workplaces)
    training = _read_training(sheets, kinds, run, context)
    staff = _read_staff(sheets["worker"], kinds["worker"], run, context, training)
    staff.close()
    if workplaces is not None:
        _compare(workplaces, staff, run)


def _read_workplaces(sheets, kinds, run):
    if "workplace" not in sheets:
        return None
    checker = run.checker(kinds["workplace"], sheets["workplace"], Return(run))
    workplaces = Workplaces()
    for cells in run.check(checker):
        workplaces.add(cells, checker.file)
    workplaces.finish()
    workplaces.tell(run.log)
    run.done_with(checker, len(workplaces))
    return workplaces


def _compare(workplaces, staff, run):
    """The workplaces' own figures against the staff file, and the snapshot's companion."""
    for cause, rows in totals_checks(workplaces, staff.posts_in_file, staff.has_manager):
        run.log.add(cause, rows)
    counts = StaffCounts(staff.posts_in_file, staff.employees)
    run.establishments = establishment_table(workplaces, counts, run.keys, run.as_at)


def _read_training(sheets, kinds, run, context):
    if "training" not in sheets:
        return None
    training = TrainingRecords(run.checker(kinds["training"], sheets["training"], context), run.as_at_number)
    for cells in run.check(training.checker):
        training.add(cells, owners_of(cells, run.keys, cells.column("UNIQUEWORKERID").texts)[1])
    training.finish()
    return training


def _read_staff(sheet, kind, run, context, training):
    staff = Staff(run, run.checker(kind, sheet, context), context, training)
    if context.workplaces is None:
        staff.tell_no_workplaces()
    with behind(run.writer.write) as write:
        for asked in one_behind(staff.ask(cells) for cells in run.check(staff.checker)):
            write(staff.posts_of(asked))
    return staff
