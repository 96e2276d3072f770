"""Where workforce files come from: one module or package for each source, recognised from the headings of its files.

A source has NAME, LABEL, POSTS (the kind of file whose rows are posts), `file_kinds(today)` and `read(sheets, run)`.
"""

from workforce.sources import asc_wds, esr

SOURCES = {module.NAME: module for module in (asc_wds, esr)}
