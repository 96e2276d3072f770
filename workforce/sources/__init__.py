"""Where workforce files come from: one module or package for each source, recognised from the headings of its files.

A source has NAME, LABEL, POSTS (the kind of file whose rows are posts), `file_kinds(today)` and `read(sheets, run)`.
The lists of councils have no headings of their own: they are recognised by what each heading was said to mean.
"""

from workforce.sources import asc_wds, council, esr, own_template

SOURCES = {module.NAME: module for module in (asc_wds, esr, council, own_template)}
