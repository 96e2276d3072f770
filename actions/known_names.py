"""Names in files put right by what the planner knows: officers that splitting took apart, partners by their names."""

from actions.reading.owners import rejoin, split_owners


class KnownNames:
    def __init__(self, lookups, rows):
        """`rows` are values of rows of the plan, as files have them: whoever they name is known."""
        self.officers = {name.casefold() for row in rows for name in row["leads"]}
        self.officers |= {name.casefold() for name in lookups.people.values()}
        self.partners = {name.casefold(): name for name in lookups.organisations.values()}

    def put_right(self, row):
        """Change the names in a row of a file; returns {column: the organisations that are no partner here}."""
        values = row.values
        values["leads"] = _names_known(row, "leads", self.officers)
        named = {
            "partners": _names_known(row, "partners", self.partners),
            "lead_organisation": [values["lead_organisation"]] if values["lead_organisation"] else [],
        }
        found = {
            key: [self.partners[name.casefold()] for name in names if name.casefold() in self.partners]
            for key, names in named.items()
        }
        values["partners"] = sorted(found["partners"])
        values["lead_organisation"] = next(iter(found["lead_organisation"]), None)
        strangers = {
            key: [name for name in names if name.casefold() not in self.partners] for key, names in named.items()
        }
        return {key: names for key, names in strangers.items() if names}


def _names_known(row, key, known):
    """Names as the plan has them already: line by line where every line is one, else put together again.

    In a row that the planner wrote, each name has a line: only a line that nobody is called by is split.
    """
    lines = [line.strip() for line in row.words.get(key, "").split("\n") if line.strip()]
    if lines and all(line.casefold() in known for line in lines):
        return lines
    if row.identity and not row.identity.is_own:
        return [name for line in lines for name in ([line] if line.casefold() in known else split_owners(line))]
    return rejoin(row.values[key], known)
