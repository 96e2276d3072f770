"""Where workforce files come from: one module or package for each source, recognised from the headings of its files."""
