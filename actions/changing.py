"""One column of many rows: what each cell becomes when something is put in, added, taken away or replaced. Pure."""

REPLACE, ADD, TAKE, FIND = "replace", "add", "take", "find"
HOW = {
    REPLACE: "Replace what is there",
    ADD: "Add to what is there",
    TAKE: "Take away from what is there",
    FIND: "Find some words and replace only those",
}
# The ways there are for a kind of column; where there is no choice, the cell is replaced.
HOW_OF_KIND = {
    "text": (REPLACE, FIND), "long": (REPLACE, FIND), "officers": (ADD, TAKE, REPLACE), "many": (ADD, TAKE, REPLACE)
}  # fmt: skip


def changed_cell(stored, new, *, how=REPLACE, find=""):
    """The new value of one cell. Names and members keep their order; a name is known whatever its capitals."""
    if how == FIND:
        return stored.replace(find, new)
    if how == ADD:
        have = {_name(one) for one in stored}
        return [*stored, *(one for one in new if _name(one) not in have)]
    if how == TAKE:
        gone = {_name(one) for one in new}
        return [one for one in stored if _name(one) not in gone]
    return new


def _name(one):
    return one["name"].casefold() if isinstance(one, dict) else one
