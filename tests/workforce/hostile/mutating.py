"""Files that something happened to on their way: some forty returns, and how bytes, cells and parts change."""

import io
import tempfile
import zipfile
import zlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from workforce.sampling.asc_wds import plant_in
from workforce.sampling.council import write_council
from workforce.sampling.esr import write_esr
from workforce.sampling.returns import Recipe

from .returns import AS_AT, FORMS, Form, clean_return, rows_of, save, write

ROWS = 40
FIELDS = {"Payroll No": "person_ref", "Post No": "post_ref", "Job Title": "role", "Weekly Hours": "hours_contracted"}
MORE_FORMS = (
    Form("Windows-1252", encoding="cp1252"),
    Form("UTF-16, the other way round", encoding="utf-16-be", mark=b"\xfe\xff"),
    Form("bars", separator="|"),
    Form("line by line as long ago", ending="\r"),
)


@dataclass(frozen=True)
class Mutant:
    """A return of which one file was changed. `touched`: how many of its records at most, where that is known."""

    seed: str
    way: str
    files: tuple[tuple[str, bytes], ...]
    touched: int | None = None


@cache
def seeds():
    """{name: files} of returns as people send them, right and wrong."""
    found = {}
    for form in (*FORMS, *MORE_FORMS):
        for what, tables in _tables().items():
            found[f"{what}, {form.name}"] = _files(tables, form)
    found |= {f"{name} extracts": files for name, files in _extracts()}
    return found


def _tables():
    made = clean_return(ROWS, 5)
    faulty, _ = plant_in(made, 12, 5)
    return {
        "a return": made.tables,
        "a return with faults": faulty,
        "a staff file": {"worker": made.tables["worker"]},
    }


def _files(tables, form):
    with tempfile.TemporaryDirectory() as folder:
        written = [write(name, table.column_names, rows_of(table), form) for name, table in tables.items()]
        return tuple((given.name, given.path.read_bytes()) for given in save(written, Path(folder), form))


def _extracts():
    for name, writes in (("esr", write_esr), ("council", write_council)):
        for faults in (0, 8):
            with tempfile.TemporaryDirectory() as folder:
                writes(Recipe(rows=ROWS, seed=5, as_at=AS_AT, faults=faults), Path(folder))
                files = sorted(Path(folder).glob("*.csv"))
                yield f"{name} {faults}", tuple((file.name, file.read_bytes()) for file in files)


# --- What can happen to bytes ----------------------------------------------------------------------------------------

PLAIN_SIGNS = b"ABCxyz0123456789.-/ %&"
BAD_SIGNS = (
    *(b"\0", b'"', b"\n", b"\r", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x80", b"\x1a", b"\xc3", b"\t", b";", b","),
    *(b'""', b'="', "\u202e".encode(), "\ud800".encode("utf-8", "surrogatepass"), b"\x01", b"PK\x03\x04"),
)


def flip_bytes(content, rng):
    changed = bytearray(content)
    for _ in range(int(rng.integers(1, 20))):
        changed[int(rng.integers(len(changed)))] = int(rng.integers(256))
    return bytes(changed)


def cut_short(content, rng):
    return content[: int(rng.integers(len(content)))]


def cut_the_beginning(content, rng):
    return content[int(rng.integers(len(content))) :]


def repeat_a_part(content, rng):
    begin, end = sorted(rng.integers(len(content), size=2).tolist())
    return content[:end] + content[begin:end] * int(rng.integers(1, 4)) + content[end:]


def drop_a_part(content, rng):
    begin, end = sorted(rng.integers(len(content), size=2).tolist())
    return content[:begin] + content[min(end, begin + 4000) :]


def put_something_in(content, rng):
    for _ in range(int(rng.integers(1, 5))):
        at = int(rng.integers(len(content)))
        content = content[:at] + BAD_SIGNS[int(rng.integers(len(BAD_SIGNS)))] + content[at:]
    return content


def nothing_but_noise(content, rng):
    return rng.bytes(int(rng.integers(1, 5000)))


# --- What can happen to lines and cells ------------------------------------------------------------------------------


def other_separator(content, rng):
    one, other = rng.choice([b",", b";", b"\t", b"|", b" ", b":"], 2, replace=False).tolist()
    return (
        content.replace(b",", other) if one not in content else content.replace(one, other, int(rng.integers(1, 900)))
    )


def huge_cell(content, rng):
    at = int(rng.integers(len(content)))
    sign = [b"x", b'"', b"\n", b",", b" ", b"9"][int(rng.integers(6))]
    return content[:at] + sign * int(rng.choice([1_000, 70_000, 400_000, 9_000_000])) + content[at:]


def mix_lines_up(content, rng):
    lines = content.splitlines(keepends=True)
    for _ in range(3):
        one, other = rng.integers(len(lines), size=2).tolist()
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def headings_spoiled(content, rng):
    first, _, rest = content.partition(b"\n")
    headings = first.split(b",")
    place = int(rng.integers(len(headings)))
    headings[place] = [b"", headings[0], headings[place].lower(), b"  " + headings[place] + b" ", b"x" * 5000, b'"',
                       headings[place] + b"\xc3\xa9"][int(rng.integers(7))]  # fmt: skip
    if rng.integers(3) == 0:
        rng.shuffle(headings)
    return b",".join(headings) + b"\n" + rest


def in_another_encoding(content, rng):
    name = ["utf-16", "utf-16-le", "utf-32", "cp037", "cp1252", "utf-7"][int(rng.integers(6))]
    return content.decode("latin-1").encode(name, "replace")


# --- What can happen to packed files ---------------------------------------------------------------------------


def part_changed(content, rng):
    """One part of a zip file or workbook changed, and packed again as if nothing were wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        parts = {}
    if not parts:
        return flip_bytes(content, rng)
    name = list(parts)[int(rng.integers(len(parts)))]
    ways = (*BYTE_WAYS, tag_changed, tag_changed, part_gone)
    parts[name] = ways[int(rng.integers(len(ways)))](parts[name] or b"x", rng)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, part in parts.items():
            if part is not None:
                archive.writestr(member, part)
    return packed.getvalue()


def part_gone(content, rng):
    return None


TAGS = (b"<c ", b"<row ", b"</row>", b"</c>", b' r="', b' t="', b"<v>", b"<is>", b"</sheetData>", b"<si>", b'Id="')
OTHERS = (
    *(b"", b"<x>", b"<c>", b'<c r="XFD1048576">', b'<row r="99999999">', b' r="A0"', b' t="d"', b' t="s"', b"&bad;"),
    *(b"<!DOCTYPE x>", b"<v>1e999</v>", b"<v>NaN</v>", b"<v>-1</v>", b"<f>1/0</f>", b'<c r="A1" t="e"><v>#N/A</v></c>'),
    *(b"<![CDATA[", b"\xff", b"<v>99999999999999999999</v>", b' s="999999"'),
)


def tag_changed(content, rng):
    for _ in range(int(rng.integers(1, 4))):
        tag = TAGS[int(rng.integers(len(TAGS)))]
        many = content.count(tag)
        if many:
            at = -1
            for _ in range(int(rng.integers(1, min(many, 400) + 1))):
                at = content.index(tag, at + 1)
            content = content[:at] + OTHERS[int(rng.integers(len(OTHERS)))] + content[at + len(tag) :]
    return content


BYTE_WAYS = (flip_bytes, cut_short, cut_the_beginning, repeat_a_part, drop_a_part, put_something_in, nothing_but_noise)
TEXT_WAYS = (other_separator, huge_cell, mix_lines_up, headings_spoiled, in_another_encoding)


def _one_cell(content, rng):
    """A single sign of a single data row: whatever comes of it, the other rows are what they were."""
    at = 0
    while content[at] not in PLAIN_SIGNS or content.rfind(b"\n", 0, at) < 0:
        at = int(rng.integers(content.index(b"\n") + 1, len(content)))
    return content[:at] + bytes([PLAIN_SIGNS[int(rng.integers(len(PLAIN_SIGNS)))]]) + content[at + 1 :]


def mutants(many, rng):
    """So many of them: of each seed in turn one file, changed in one or two ways."""
    names = list(seeds())
    for number in range(many):
        name = names[number % len(names)]
        files = seeds()[name]
        if number % 5 == 0 and name.endswith(", plain"):
            yield _touched(name, files, rng)
            continue
        place = int(rng.integers(len(files)))
        file, content = files[place]
        ways = _ways(content, rng)
        for way in ways:
            content = way(content or b"x", rng)
        if rng.integers(25) == 0:
            file = ["a.xlsx", "a.csv", "a.zip", "../../x", "con", "é" * 100, "a\nb.csv"][int(rng.integers(7))]
        changed = (*files[:place], (file, content), *files[place + 1 :])
        yield Mutant(name, " and ".join(way.__name__ for way in ways), changed)


def _touched(name, files, rng):
    place = [file for file, _ in files].index("worker.csv")
    file, content = files[place]
    changed = (*files[:place], (file, _one_cell(content, rng)), *files[place + 1 :])
    return replace(Mutant(name, "one sign of one cell", changed), touched=1)


def _ways(content, rng):
    kinds = (*BYTE_WAYS, part_changed, part_changed, part_changed) if content[:2] == b"PK" else (*BYTE_WAYS, *TEXT_WAYS)
    return [kinds[place] for place in rng.integers(len(kinds), size=int(rng.integers(1, 3)))]
