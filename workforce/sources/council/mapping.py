"""What a mapping of headings says, and what it lacks. Headings are compared without case, spaces and punctuation."""

from workforce.checking.engine import heading_key

from .fields import COUNCIL_FIELDS, NEEDED, REFERENCES, SALARIES, SALARY_IS

MOST_KNOWN = 0.6  # share of a row's cells that are mapped headings, from which on the row is taken for the headings


def fields_of(headings, mapping):
    """{field: heading} of a sheet; of two headings with one meaning the first counts."""
    meant = _by_key(mapping)
    found = {}
    for heading in headings:
        field = meant.get(heading_key(heading))
        if field:
            found.setdefault(field, heading)
    return found


def _by_key(mapping):
    return {heading_key(heading): field for heading, field in (mapping or {}).items() if heading != SALARY_IS}


def headings_without_meaning(headings, mapping):
    """Headings that the mapping does not have, in their order; blank ones need none."""
    known = _by_key(mapping)
    return [heading for heading in dict.fromkeys(headings) if heading and heading_key(heading) not in known]


def has_meaning(headings, mapping, *fields):
    """Whether one of the headings means one of these fields; without any, whether one means anything."""
    found = fields_of(headings, mapping)
    return any(field in found for field in fields) if fields else bool(found)


def is_mapped_heading(cells, mapping):
    """Whether a row of cells is the row of headings that a mapping is about."""
    known, filled = _by_key(mapping), [heading_key(cell) for cell in cells if cell]
    return len(filled) > 1 and sum(key in known for key in filled) >= MOST_KNOWN * len(filled)


def faults_of_mapping(mapping, headings=None):
    """Sentences on what keeps a mapping from being used, on a list with these headings; none where it can be."""
    meant = list(fields_of(mapping if headings is None else headings, mapping))
    faults = [
        f"“{heading[:80]}” is mapped to something that is not on the list."
        for heading, field in mapping.items()
        if heading != SALARY_IS and field and field not in COUNCIL_FIELDS
    ]
    labels = [COUNCIL_FIELDS[name].label for name in NEEDED if name not in meant]
    faults += [f"No column is mapped to “{label}”." for label in labels]
    if not set(REFERENCES) & set(meant):
        either = " or ".join(f"“{COUNCIL_FIELDS[name].label}”" for name in REFERENCES)
        faults.append(f"No column is mapped to {either}, so posts cannot be told from each other.")
    if mapping.get(SALARY_IS, "fte") not in SALARIES:
        faults.append("How annual salaries are meant must be “fte” or “actual”.")
    return faults
