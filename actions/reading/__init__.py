"""Reading an action plan out of a Word, Excel, OpenDocument or CSV file.

Facts flow one way: `guards` and `package` refuse what is not safe to open; `word`, `excel`, `opendocument` and
`delimited` turn bytes into neutral grids of cells; `recognise` finds the plans among the grids; `rows` and `values`
read a plan's rows; `plan.read_plan` is the front door. `proposal` compares what was read with what is stored. Nothing
here imports Django, touches the database or reads the clock.
"""
