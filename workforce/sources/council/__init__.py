"""A council's own personnel or payroll list: any headings, each given a meaning once by somebody who knows them.

The mapping is {heading: name of one of COUNCIL_FIELDS, or "" for a column that is left alone}, and may say how annual
salaries are meant: {"salary_is": "fte" or "actual"}. Columns that are left alone are read by nothing.
"""

from workforce.reading import Unreadable
from workforce.sources.companion import Establishments
from workforce.sources.pipeline import behind

from .columns import LEAVERS, STAFF, kinds_by_meaning, kinds_of_mapping, mapped_kind
from .fields import COUNCIL_FIELDS, IGNORED, REFERENCES, SALARY_IS, CouncilField, fills
from .mapping import faults_of_mapping, has_meaning, headings_without_meaning, is_mapped_heading
from .rows import LEVELS, CouncilContext, CouncilLeavers, CouncilPosts

__all__ = [
    "BECOMES",
    "COUNCIL_FIELDS",
    "IGNORED",
    "LABEL",
    "NAME",
    "POSTS",
    "SALARY_IS",
    "CouncilField",
    "faults_of_mapping",
    "faults_of_sheets",
    "file_kinds",
    "fills",
    "has_meaning",
    "headings_without_meaning",
    "is_mapped_heading",
    "kinds_of",
    "kinds_of_mapping",
    "read",
    "sheets_by_kind",
]

NAME = "council"
LABEL = "A council's own staff list"
POSTS = STAFF  # whose rows are posts


BECOMES = {name: {field.label: fills(field.name) for field in COUNCIL_FIELDS.values()} for name in (STAFF, LEAVERS)}


def file_kinds(today):
    """Kinds that no sheet is recognised as: what columns can mean, for those who ask what is read."""
    return kinds_by_meaning(today)


def kinds_of(sheets, mapping, today):
    """{name: kind} of these sheets (by name of kind), made from what their headings were said to mean."""
    return {name: mapped_kind(name, sheet.headings, mapping, today) for name, sheet in sheets.items()}


def sheets_by_kind(sheets, mapping):
    """({name of kind: sheet}, sheets of which no column has a meaning): staff, and leavers where they come apart."""
    told = [sheet for sheet in sheets if has_meaning(sheet.headings, mapping)]
    leavers = [sheet for sheet in told if has_meaning(sheet.headings, mapping, "leaving_date")]
    staff = [sheet for sheet in told if sheet not in leavers] or leavers
    leavers = [sheet for sheet in leavers if sheet not in staff]
    for found, label in ((staff, "list of staff"), (leavers, "list of leavers")):
        if len(found) > 1:
            raise Unreadable(
                f"Two of the files are a {label}, and it cannot be known which one counts.",
                where=f"{found[0].place} and {found[1].place}",
                accepted="One list of staff and, if they are not in it, one list of leavers with their leaving dates",
            )
    by_kind = {name: found[0] for name, found in ((STAFF, staff), (LEAVERS, leavers)) if found}
    return by_kind, [sheet for sheet in sheets if sheet not in by_kind.values()]


def faults_of_sheets(by_kind, mapping):
    """Sentences on what the mapping lacks for these sheets: job titles are needed of staff, references of everybody."""
    if STAFF not in by_kind:
        return faults_of_mapping(mapping, ())
    faults = faults_of_mapping(mapping, by_kind[STAFF].headings)
    if LEAVERS in by_kind and not has_meaning(by_kind[LEAVERS].headings, mapping, *REFERENCES):
        faults.append("No column of the list of leavers is mapped to a post or a person.")
    return faults


def read(sheets, run):
    """Read a return: `sheets` by kind of file. Staff first, then those who left."""
    if STAFF not in sheets:
        raise Unreadable("There is no list of staff in what was sent, so there are no posts to read.")
    kinds = kinds_of(sheets, run.mapping, run.today)
    context = CouncilContext(run, Establishments(run.keys), _levels(sheets, run.mapping))
    with behind(run.writer.write) as write:
        staff = CouncilPosts(run, run.checker(kinds[STAFF], sheets[STAFF], context), context)
        _read_through(run, staff, write)
        if LEAVERS in sheets:
            checker = run.checker(kinds[LEAVERS], sheets[LEAVERS], context)
            _read_through(run, CouncilLeavers(run, checker, context, staff), write)
    run.establishments = context.establishments.table(run.as_at)


def _levels(sheets, mapping):
    """The fields that tell establishments apart: those that both who is there and who left are given by."""
    return tuple(
        field for field in LEVELS if all(has_meaning(sheet.headings, mapping, field) for sheet in sheets.values())
    )


def _read_through(run, posts, write):
    for cells in run.check(posts.checker):
        write(posts.posts_of(cells))
    posts.close()
