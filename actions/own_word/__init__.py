"""A partner's own Word document, given back with the plan as it stands now. Pure.

`cells` types over the words of one cell as a careful person would; `document` knows the rows, their marks and the
package; `filling` decides which cells of which rows are to say something else, tries it, and reads the result as any
file is read. What does not read back as the plan is undone and said at the end of the document.
"""
