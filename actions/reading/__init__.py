"""Reading an action plan out of a Word, Excel, OpenDocument, PDF or CSV file, or a table pasted into a box.

Facts flow one way: `guards` and `package` refuse what is not safe to open; `word`, `excel`, `opendocument`, `pdf`,
`delimited` and `pasted` turn bytes into neutral grids of cells; `recognise` finds the plans among the grids (`outline`
where there is no table); `rows` and `values` read a plan's rows; `plan.read_plan` is the front door, and `mapping` has
what a person may say of headings. `proposal` compares what was read with what is stored. Nothing here imports Django,
touches the database or reads the clock.
"""
