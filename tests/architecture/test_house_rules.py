"""The rules of the house that a machine can hold: see docs/ARCHITECTURE.md."""

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A module imports its own app and those before it; nobody imports config.
ORDER = ["partners", "workforce", "principles", "strategies", "actions", "reviews", "config"]
# Inside an app: models, pure modules, services, imports and exports (0), then forms and tasks, views, addresses.
LAYERS = {
    "saved_views": 0,
    "forms": 1,
    "tasks": 1,
    "calendar_feed": 1,
    "views": 2,
    "gallery": 2,
    "urls": 3,
    "account_urls": 3,
}


def layer_of(module):
    """By its name: `import_forms` is a module of forms, `import_views` one of views."""
    return LAYERS.get(module, LAYERS.get(module.rpartition("_")[2], 0))


PURE = [
    "actions/timescale",
    "actions/reading",
    "workforce/writing",
    "actions/rag.py",
    "principles/frameworks",
    "partners/text.py",
]
PURE += ["actions/mentions.py"]
PURE += ["actions/gantt.py"]
PURE += ["actions/pasting.py", "actions/changing.py"]
PURE += ["actions/rebuilding.py"]
PURE += ["actions/ical.py", "actions/moving.py", "actions/own_word"]
PURE += ["workforce/template.py", "workforce/codes", "workforce/crosswalks", "workforce/reading", "workforce/checking"]
PURE += ["workforce/sources", "workforce/sampling", "workforce/posts.py", "workforce/deriving.py"]
PURE += ["workforce/pseudonyms.py", "workforce/importing.py", "workforce/quality"]
PURE += ["workforce/profile", "workforce/disclosure", "workforce/reporting"]


def modules(*folders):
    for folder in folders:
        path = ROOT / folder
        found = [path] if path.is_file() else sorted(path.rglob("*.py"))
        yield from (file for file in found if "migrations" not in file.parts)


def imports_of(file, source=None):
    """(line, dotted name) of every import, functions' own ones included; relative ones made whole."""
    package = ".".join(file.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(source or file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            whole = ".".join(filter(None, [base, node.module]))
            yield from ((node.lineno, f"{whole}.{name.name}") for name in node.names)


def faults_against_order(file, source=None):
    """Imports of an app to the right, or of config from outside it."""
    app = file.relative_to(ROOT).parts[0]
    to_the_right = set(ORDER[ORDER.index(app) + 1 :])
    return [
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for line, name in imports_of(file, source)
        if name.split(".")[0] in to_the_right
    ]


@pytest.mark.parametrize("app", ORDER)
def test_imports_point_left(app):
    faults = [fault for file in modules(app) for fault in faults_against_order(file)]
    assert faults == []


def test_control_an_import_to_the_right_is_noticed():
    file = ROOT / "partners" / "models.py"
    assert faults_against_order(file, "from actions.models import Action")
    assert faults_against_order(file, "def late():\n    import reviews.views")


def faults_against_layers(file, source=None):
    """Models, pure modules and services never import forms, tasks or views of their own app."""
    app, inside = file.relative_to(ROOT).parts[0], file.stem
    faults = []
    for line, name in imports_of(file, source):
        parts = name.split(".")
        if parts[0] == app and len(parts) > 1 and layer_of(parts[1]) > layer_of(inside):
            faults.append(f"{file.relative_to(ROOT)}:{line} imports {name}")
    return faults


@pytest.mark.parametrize("app", ORDER[:-1])
def test_inside_an_app_imports_point_one_way(app):
    assert [fault for file in modules(app) for fault in faults_against_layers(file)] == []


def test_control_a_service_that_imports_a_form_is_noticed():
    assert faults_against_layers(ROOT / "actions" / "services.py", "from actions.forms import ActionForm")


WRITES = {"save", "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create"}


def writes_in(file, source=None):
    """Calls on rows that write, in a module that should only translate. `request.session` and dicts are not rows."""
    found = []
    for node in ast.walk(ast.parse(source or file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            found.append(f"{file.relative_to(ROOT)}:{node.lineno} .{node.func.attr}()")
    return found


def view_files():
    return [file for file in modules(*ORDER) if layer_of(file.stem) in (1, 2)]


def test_views_and_tasks_write_nothing_themselves():
    assert [write for file in view_files() for write in writes_in(file)] == []


def test_views_reach_rows_through_the_partnership():
    """`Model.objects` of a tenant's rows in a view would be one forgotten filter from a leak."""
    allowed = {"Partnership", "Change", "User"}
    faults = []
    for file in view_files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "objects" and node.value.id not in allowed:
                faults.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.value.id}.objects")
    assert faults == []


def test_control_a_write_in_a_view_is_noticed():
    assert writes_in(ROOT / "actions" / "views.py", "def page(request):\n    request.row.save()")


@pytest.mark.parametrize("place", PURE)
def test_pure_modules_know_nothing_of_django(place):
    pure = set(sys.stdlib_module_names) | {
        "docx",
        "openpyxl",
        "lxml",
        "defusedxml",
        "python_calamine",
        "icalendar",
        "xlsxwriter",
        "typst",
        "vl_convert",
        "pdfplumber",
        "pdfminer",
        "numpy",
        "pandas",
        "pyarrow",
    }
    pure |= {"actions", "principles", "partners", "workforce"}
    faults = [
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for file in modules(place)
        for line, name in imports_of(file)
        if name.split(".")[0] not in pure or {"models", "services"} & set(name.split("."))
    ]
    assert faults == []


@pytest.mark.parametrize("place", PURE)
def test_pure_modules_do_not_read_the_clock(place):
    clock = re.compile(r"\.now\(|\.today\(|(?<!date)time\.time\(|utcnow\(")
    faults = [
        f"{file.relative_to(ROOT)}: {found}"
        for file in modules(place)
        for found in clock.findall(file.read_text(encoding="utf-8"))
    ]
    assert faults == []


def test_only_settings_read_the_environment():
    readers = [
        str(file.relative_to(ROOT))
        for file in modules(*ORDER)
        if {"os.environ.get", "os.getenv", "environ["} & set(_environment_reads(file))
    ]
    assert readers == []


def _environment_reads(file):
    text = file.read_text(encoding="utf-8")
    return [name for name in ("os.environ.get", "os.getenv", "environ[") if name in text]


# What was counted is secret: only counting, the gate, and the module that hands it from one to the other see it.
SEE_COUNTS = ("workforce/profile/", "workforce/disclosure/", "workforce/profile_making.py")
DECLARED = {f"workforce.profile.{name}" for name in ("declaring", "fields", "measures", "words")}  # no figures in these


def looks_behind_the_gate(file, source=None):
    """Imports of what was counted, or of the gate's seal, from where they are not allowed."""
    place = str(file.relative_to(ROOT))
    for line, name in imports_of(file, source):
        secret = f"{name}.".startswith("workforce.profile.") and ".".join(name.split(".")[:3]) not in DECLARED
        if secret and not place.startswith(SEE_COUNTS):
            yield f"{place}:{line} imports {name}"
        if name.endswith("released._SEAL") and not place.startswith("workforce/disclosure/"):
            yield f"{place}:{line} imports {name}"


def test_nothing_that_shows_sees_what_was_counted():
    assert [fault for app in ORDER for file in modules(app) for fault in looks_behind_the_gate(file)] == []


@pytest.mark.parametrize(
    "line", ["from workforce.profile.counting import count", "from workforce.disclosure.released import _SEAL"]
)
def test_control_a_page_that_looks_behind_the_gate_is_noticed(line):
    assert list(looks_behind_the_gate(ROOT / "workforce" / "profile_views.py", line))
