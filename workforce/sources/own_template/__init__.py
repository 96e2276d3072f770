"""Our own template: a table with a column for each given field of the common template, and references in place of keys.

A blank one can be downloaded; columns may stand in any order and may be missing, and headings may be the fields' labels
or their names.
"""

from workforce.reading import Unreadable
from workforce.sources.companion import Establishments
from workforce.sources.pipeline import behind

from .blank import FORMATS, blank_template
from .columns import BECOMES, GUIDANCE, guidance_sheet, posts_sheet
from .rows import TemplateContext, TemplatePosts

__all__ = ["BECOMES", "FORMATS", "LABEL", "NAME", "POSTS", "blank_template", "file_kinds", "read"]

NAME = "template"
LABEL = "The planner's own template"
POSTS = "posts"


def file_kinds(today):
    return (posts_sheet(today), guidance_sheet())


def read(sheets, run):
    """Read a return: `sheets` by kind of sheet. The guidance of the blank template is known and not read."""
    if POSTS not in sheets:
        raise Unreadable("There is only the guidance of the template in what was sent, and no sheet of posts.")
    kinds = {kind.name: kind for kind in file_kinds(run.today) if kind.name != GUIDANCE}
    context = TemplateContext(run, Establishments(run.keys))
    posts = TemplatePosts(run, run.checker(kinds[POSTS], sheets[POSTS], context), context)
    with behind(run.writer.write) as write:
        for cells in run.check(posts.checker):
            write(posts.posts_of(cells))
        posts.close()
    run.establishments = context.establishments.table(run.as_at)
