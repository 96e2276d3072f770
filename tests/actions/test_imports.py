"""Plans on their way in from files and out again: the life of an import, applying, the commands, the exports."""

import csv
import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from actions import services
from actions.columns import cells_of
from actions.editing import Edit, save_cells
from actions.imports import (
    MOST_ATTEMPTS,
    apply_import,
    drop_import,
    forget_old_files,
    move,
    read_import,
    start_import,
)
from actions.models import Action, HeldEdit, PlanImport
from config.housekeeping import sweep
from partners.models import Change, Via
from partners.refusals import NotAllowed, Refused
from strategies.models import Aim, Theme
from tests.actions.reading.files import csv_file, excel_file
from tests.actions.test_pages import words
from tests.workforce.writing.documents import opened
from tests.world import add_row
from workforce.writing import WRITERS
from workforce.writing.delimited import harmless

State = PlanImport.State
PLAN = "/p/marlbrook/plan/joint-strategy/"
HEAD = ["Ref", "Aim", "Activity", "Outcome", "Timescale", "Lead"]
NEW = ["8", "Grow our own staff", "Hold a fair", "More staff", "March 2027", "Workforce Manager"]


def waiting(world, rows=(HEAD, NEW), *, content=None, name="plan.csv", by=None):
    upload = ContentFile(content if content is not None else csv_file(rows), name=name)
    return start_import(strategy=world.strategy, upload=upload, by=by or world.coordinator)


def ready(world, *args, **more):
    plan_import = waiting(world, *args, **more)
    read_import(plan_import.pk)
    plan_import.refresh_from_db()
    assert plan_import.state == State.READY, plan_import.fault
    return plan_import


def apply(world, plan_import, by=None):
    return apply_import(plan_import=plan_import, by=by or world.coordinator)


def state_of(plan_import):
    return PlanImport.objects.get(pk=plan_import.pk).state


def refs(world):
    return [row.ref for row in world.strategy.actions.in_plan().in_order()]


# --- The life of an import -----------------------------------------------------------------------------------------


def test_every_state_has_its_moves_and_can_be_reached_and_left():
    assert set(PlanImport.MOVES) == set(State)
    reachable, found = set(), {State.WAITING}
    while found:
        reachable |= found
        found = {to for state in found for to in PlanImport.MOVES[state]} - reachable
    assert reachable == set(State)
    ends = {state for state, moves in PlanImport.MOVES.items() if not moves}
    assert ends == {State.UNDONE, State.DROPPED}


@pytest.mark.parametrize("start", State)
@pytest.mark.parametrize("end", State)
def test_only_the_moves_of_the_table_are_made(world, start, end):
    plan_import = waiting(world)
    PlanImport.objects.filter(pk=plan_import.pk).update(state=start)
    if end in PlanImport.MOVES[start]:
        assert move(plan_import.pk, start, end)
        assert state_of(plan_import) == end
    else:
        with pytest.raises(ValueError, match="does not go from"):
            move(plan_import.pk, start, end)
        assert state_of(plan_import) == start


def test_a_move_is_made_by_one_only(world):
    plan_import = waiting(world)
    assert [move(plan_import.pk, State.WAITING, State.READING) for _ in range(3)] == [True, False, False]


def test_a_file_is_kept_under_a_name_of_our_own(world):
    plan_import = waiting(world, name="../../our plan.csv")
    folder, _, stored_as = plan_import.file.name.rpartition("/")
    assert (folder, len(stored_as)) == ("plans", 32)
    assert ".." not in plan_import.file.name


def test_a_file_too_big_is_refused_and_not_kept(world, settings):
    settings.MAX_PLAN_FILE_BYTES = 10
    with pytest.raises(Refused, match="MB"):
        waiting(world)
    assert not PlanImport.objects.exists()


@pytest.mark.parametrize("who", ["lead", "manager", "observer", "stranger", "foreigner"])
def test_only_those_who_may_import_do(world, who):
    with pytest.raises(NotAllowed):
        waiting(world, by=world.people[who])
    plan_import = ready(world)
    for act in (apply_import, drop_import):
        with pytest.raises(NotAllowed):
            act(plan_import=plan_import, by=world.people[who])
    assert state_of(plan_import) == State.READY
    assert refs(world) == ["1", "2", "3"]


def test_reading_writes_nothing_to_the_plan(world):
    before = Change.objects.exclude(subject="planimport").count()
    plan_import = ready(world)
    assert Change.objects.exclude(subject="planimport").count() == before
    assert [row["change"] for row in plan_import.proposal["rows"]] == ["added"]


def test_read_twice_is_read_once(world):
    plan_import = ready(world)
    for _ in range(2):
        read_import(plan_import.pk)
    plan_import.refresh_from_db()
    assert (plan_import.attempts, plan_import.state) == (1, State.READY)


def test_an_import_that_another_worker_holds_is_left_alone(world):
    plan_import = waiting(world)
    move(plan_import.pk, State.WAITING, State.READING)
    read_import(plan_import.pk)
    assert state_of(plan_import) == State.READING


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"\x00\x01\x02\xff" * 100, "noise.docx"),
        (b"PK\x03\x04 not really", "broken.xlsx"),
        (b"Dear all,\n\nplease find nothing attached.\n", "letter.csv"),
        (b"%PDF-1.7 plan", "plan.pdf"),
    ],
)
def test_an_unreadable_file_gets_a_sentence_that_says_what_would_do(world, as_, content, name):
    plan_import = waiting(world, content=content, name=name)
    read_import(plan_import.pk)
    plan_import.refresh_from_db()
    assert plan_import.state == State.UNREADABLE
    assert len(plan_import.fault) > 40 and not plan_import.fault[0].islower()
    page = words(as_("coordinator").get(f"{PLAN}import/{plan_import.pk}/"))
    assert " ".join(plan_import.fault.split()) in page
    with pytest.raises(Refused):
        apply(world, plan_import)


def fail_to_read(plan_import):
    """The worker dies over it: here because the bytes have gone. It stays claimed, as after a power cut."""
    default_storage.delete(plan_import.file.name)
    with pytest.raises(FileNotFoundError):
        read_import(plan_import.pk)
    assert state_of(plan_import) == State.READING


def an_hour_passes(plan_import):
    long_ago = timezone.now() - timedelta(hours=1)
    PlanImport.objects.filter(pk=plan_import.pk).update(claimed=long_ago, at=long_ago)


def test_after_three_failed_attempts_it_is_parked_with_a_sentence(world):
    plan_import = waiting(world)
    fail_to_read(plan_import)
    for attempt in range(2, MOST_ATTEMPTS + 1):
        an_hour_passes(plan_import)
        with pytest.raises(FileNotFoundError):
            sweep()  # The tests' worker works at once, so its fault is ours.
        plan_import.refresh_from_db()
        assert (plan_import.attempts, plan_import.state) == (attempt, State.READING)
    an_hour_passes(plan_import)
    swept = sweep()
    assert swept.sent_again == []
    (sentence,) = swept.parked
    plan_import.refresh_from_db()
    assert plan_import.state == State.UNREADABLE
    assert "failed three times" in plan_import.fault
    assert sentence == f"plan file {plan_import.pk}: {plan_import.fault}"
    assert sweep().parked == []


def test_an_import_whose_message_was_lost_is_read_after_the_next_sweep(world):
    plan_import = waiting(world)
    assert sweep().sent_again == []  # Its message may still be on its way.
    an_hour_passes(plan_import)
    assert sweep().sent_again == [f"plan file {plan_import.pk}"]
    assert state_of(plan_import) == State.READY


def test_an_import_that_is_being_read_is_not_sent_again(world):
    plan_import = waiting(world)
    move(plan_import.pk, State.WAITING, State.READING, claimed=timezone.now())
    PlanImport.objects.filter(pk=plan_import.pk).update(at=timezone.now() - timedelta(hours=1))
    assert sweep().sent_again == []


def test_old_files_are_forgotten_once_they_have_served(world):
    applied, dropped, still = ready(world), ready(world), waiting(world)
    apply(world, applied)
    drop_import(plan_import=dropped, by=world.coordinator)
    fresh = ready(world)
    for one in (applied, dropped, still):
        PlanImport.objects.filter(pk=one.pk).update(at=timezone.now() - timedelta(days=31))
    forget_old_files()
    kept = {one.pk: default_storage.exists(one.file.name) for one in (applied, dropped, still, fresh)}
    assert kept == {applied.pk: False, dropped.pk: False, still.pk: True, fresh.pk: True}


# --- Applying ----------------------------------------------------------------------------------------------------


def test_what_was_proposed_is_written_as_one_batch_from_a_file(world):
    applied = apply(world, ready(world))
    assert (applied.added, applied.changed, applied.left) == (1, 0, [])
    row = Action.objects.get(ref="8")
    assert (row.activity, row.expected_outcome, row.aim) == ("Hold a fair", "More staff", world.aim)
    assert row.officers.get().user == world.manager
    line = Change.objects.get(subject="action", subject_id=row.pk)
    assert (line.via, line.by) == (Via.IMPORT, world.coordinator)


def test_the_same_file_again_changes_nothing(world):
    rows = [HEAD, NEW, ["9", "A new aim", "Second", "", "Ongoing", "Somebody; Somebody Else"]]
    apply(world, ready(world, rows))
    before = Change.objects.exclude(subject="planimport").count()
    again = ready(world, rows)
    assert [row["change"] for row in again.proposal["rows"]] == ["same", "same"]
    apply(world, again)
    assert Change.objects.exclude(subject="planimport").count() == before


def test_apply_twice_is_refused(world):
    plan_import = ready(world)
    apply(world, plan_import)
    with pytest.raises(Refused, match="applied or dropped already"):
        apply(world, plan_import)
    assert refs(world) == ["1", "2", "3", "8"]


def test_a_dropped_import_is_not_applied(world):
    plan_import = ready(world)
    drop_import(plan_import=plan_import, by=world.coordinator)
    assert state_of(plan_import) == State.DROPPED
    with pytest.raises(Refused):
        apply(world, plan_import)
    assert refs(world) == ["1", "2", "3"]


def test_an_applied_import_cannot_be_dropped(world):
    plan_import = ready(world)
    apply(world, plan_import)
    drop_import(plan_import=plan_import, by=world.coordinator)
    assert state_of(plan_import) == State.APPLIED


CHANGED = [
    HEAD,
    ["1", "Grow our own staff", "Map leadership courses", "From the file", "March 2027", "Workforce Manager"],
]


def test_a_changed_row_changes_only_the_cells_that_differ(world):
    plan_import = ready(world, CHANGED)
    (row,) = plan_import.proposal["rows"]
    assert (row["change"], row["cells"]) == ("changed", {"expected_outcome": [None, "From the file"]})
    apply(world, plan_import)
    told = Change.objects.filter(subject="action", subject_id=world.row.pk, via=Via.IMPORT)
    assert [line.field for line in told] == ["expected_outcome"]


def edit(row, by, **new):
    seen = cells_of(Action.objects.get(pk=row.pk))
    return save_cells(action=row, edits={key: Edit(seen[key], value) for key, value in new.items()}, by=by)


def test_a_row_edited_after_the_file_was_read_stays_as_it_was_made_and_is_named(world, as_):
    plan_import = ready(world, [*CHANGED, NEW])
    edit(world.row, world.manager, expected_outcome="By a person meanwhile")
    answer = as_("coordinator").post(f"{PLAN}import/{plan_import.pk}/apply/", follow=True)
    assert Action.objects.get(pk=world.row.pk).expected_outcome == "By a person meanwhile"
    assert refs(world) == ["1", "2", "3", "8"]  # the others are written
    read = words(answer)
    assert "1 rows added and 0 changed" in read or "1 row added" in read
    assert "Workforce Manager changed this row after the file was read (expected outcome)" in read
    held = HeldEdit.objects.get(action=world.row)
    assert (held.column, held.mine, held.by, held.via) == (
        "expected_outcome", "From the file", world.coordinator, Via.IMPORT
    )  # fmt: skip


def test_another_cell_edited_meanwhile_does_not_stop_the_file(world):
    plan_import = ready(world, CHANGED)
    edit(world.row, world.manager, resource_requirement="Half a day")
    assert apply(world, plan_import).changed == 1
    row = Action.objects.get(pk=world.row.pk)
    assert (row.expected_outcome, row.resource_requirement) == ("From the file", "Half a day")


def test_a_row_taken_out_after_the_file_was_read_is_left_out_and_named(world):
    plan_import = ready(world, CHANGED)
    services.remove_action(action=world.row, by=world.coordinator)
    (sentence,) = apply(world, plan_import).left
    assert "removed from the plan" in sentence
    assert HeldEdit.objects.get(action=world.row).mine == "From the file"


def test_a_row_that_the_plan_cannot_keep_is_named_before_anything_is_written_and_left_out(world):
    plan_import = ready(world, [HEAD, ["7", "Grow our own staff", "x" * 6000, "", "", ""], NEW])
    left_out, added = plan_import.proposal["rows"]
    assert (left_out["change"], added["change"]) == ("conflict", "added")
    assert left_out["where"] == "Row 2" and "6,000 characters" in left_out["why"]
    assert apply(world, plan_import).added == 1
    assert refs(world) == ["1", "2", "3", "8"]


def test_rows_that_only_the_plan_has_are_left_alone(world):
    apply(world, ready(world))
    assert refs(world) == ["1", "2", "3", "8"]


# --- What rows hang on -----------------------------------------------------------------------------------------------


def test_aims_are_found_by_their_words_and_added_once(world):
    rows = [
        HEAD,
        ["8", "1. GROW our  own staff", "A", "", "", ""],
        ["9", "Train together", "B", "", "", ""],
        ["10", "Something quite new", "C", "", "", ""],
        ["11", "3. Something quite new", "D", "", "", ""],
    ]
    apply(world, ready(world, rows))
    found = {row.ref: row.aim.text for row in world.strategy.actions.in_plan()}
    assert (found["8"], found["9"]) == ("Grow our own staff", "Train together")
    assert found["10"] == found["11"] == "Something quite new"
    assert Aim.objects.filter(strategy=world.strategy, removed=None).count() == 3


def test_a_plan_of_themes_alone_hangs_on_themes(world):
    rows = [["Theme", "Activity", "Timescale"], ["working in PARTNERSHIP", "A", "2027"], ["A new theme", "B", "2027"]]
    apply(world, ready(world, rows))
    assert Action.objects.get(activity="A").theme == world.theme
    assert Action.objects.get(activity="A").aim is None
    assert Theme.objects.filter(strategy=world.strategy).count() == 2


def test_rows_without_any_aim_get_one_that_says_so(world):
    apply(world, ready(world, [["Activity", "Timescale"], ["A", "2027"], ["B", "2028"]]))
    assert {Action.objects.get(activity=one).aim.text for one in "AB"} == {"No aim given"}


# --- Progress ----------------------------------------------------------------------------------------------------

REPORTING = [
    ["Ref", "Activity", "Timescale", "Progress", "RAG"],
    ["1", "Map leadership courses", "March 2027", "Half done", "Amber"],
]


def test_progress_in_a_file_becomes_an_update(world):
    earlier = services.post_update(action=world.row, status="green", words="Begun", by=world.manager)
    applied = apply(world, ready(world, REPORTING))
    assert applied.changed == 1
    row = Action.objects.get(pk=world.row.pk)
    assert (row.status, row.latest_update.words) == ("amber", "Half done")
    assert list(row.updates.all()) == [row.latest_update, earlier]
    assert [one["change"] for one in ready(world, REPORTING).proposal["rows"]] == ["same"]


def test_progress_of_a_new_row_is_its_first_update(world):
    apply(world, ready(world, [REPORTING[0], ["77", "Quite new", "2027", "Just begun", ""]]))
    row = Action.objects.get(ref="77")
    assert row.latest_update.words == "Just begun"
    assert row.latest_update.by == world.coordinator


# --- The pages -----------------------------------------------------------------------------------------------------


def test_a_file_brought_in_through_the_page(world, as_, django_capture_on_commit_callbacks):
    client = as_("coordinator")
    with django_capture_on_commit_callbacks(execute=True):
        started = client.post(f"{PLAN}import/", {"file": ContentFile(csv_file([HEAD, NEW]), name="plan.csv")})
    preview = client.get(started.url)
    read = words(preview)
    assert "What plan.csv would change" in read
    assert "1 to add, 0 to change, 0 the same" in read
    assert "Hold a fair" in read and "31 March 2027" in read
    applied = client.post(f"{started.url}apply/", follow=True)
    assert "Hold a fair" in words(applied)
    again = client.post(f"{started.url}apply/", follow=True)
    assert "applied or dropped already" in words(again)
    assert refs(world) == ["1", "2", "3", "8"]


def test_while_it_is_being_read_the_page_says_so(world, as_):
    plan_import = waiting(world)
    page = as_("coordinator").get(f"{PLAN}import/{plan_import.pk}/")
    assert "Reading plan.csv" in words(page)
    assert "Apply" not in words(page)


def test_no_file_gets_a_sentence(world, as_):
    assert "Choose a file, or paste the table" in words(as_("coordinator").post(f"{PLAN}import/", {}))


def test_dropping_through_the_page(world, as_):
    plan_import = ready(world)
    answer = as_("coordinator").post(f"{PLAN}import/{plan_import.pk}/drop/", follow=True)
    assert "The file has been dropped" in words(answer)
    assert state_of(plan_import) == State.DROPPED


@pytest.mark.parametrize("state", [State.APPLIED, State.READING])
def test_dropping_what_cannot_be_dropped_does_not_say_that_it_was(world, as_, state):
    plan_import = ready(world)
    PlanImport.objects.filter(pk=plan_import.pk).update(state=state)
    answer = as_("coordinator").post(f"{PLAN}import/{plan_import.pk}/drop/", follow=True)
    assert state_of(plan_import) == state
    assert "The file has been dropped. Nothing was changed." not in words(answer)


# --- The commands ----------------------------------------------------------------------------------------------------

KEYS = {
    "ref", "aim", "theme", "activity", "expected_outcome", "evidence", "timescale_text", "milestones", "ongoing",
    "recurs", "resource_requirement", "priority", "leads", "status", "progress", "change",
}  # fmt: skip


@pytest.fixture
def file(tmp_path):
    def write(content, name="plan.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return write


def command(name, *args):
    """(exit code, what it printed for machines, what for people)"""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(name, *args, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    except CommandError as fault:
        return fault.returncode, out.getvalue(), f"{err.getvalue()}{fault}"
    return 0, out.getvalue(), err.getvalue()


def test_import_plan_prints_one_document_in_the_shape_promised(world, file):
    path = file(csv_file([[*HEAD, "Priority", "RAG", "Progress"], [*NEW, "High", "Green", "Begun"]]))
    code, out, err = command("import_plan", path, "--strategy", "joint-strategy", "--json")
    assert code == 0
    document = json.loads(out)
    assert {"rows", "problems"} <= set(document)
    (row,) = document["rows"]
    assert set(row) >= KEYS
    assert row["milestones"] == [{"label": None, "start": None, "due": "2027-03-31"}]
    assert (row["change"], row["priority"], row["status"], row["progress"]) == ("added", "high", "green", "Begun")
    assert (row["ongoing"], row["recurs"], row["leads"]) == (False, None, ["Workforce Manager"])
    assert "1 added" in err
    assert Action.objects.get(ref="8").latest_update.words == "Begun"
    assert set(
        Change.objects.filter(subject="action", act="added", via=Via.COMMAND).values_list("by_name", flat=True)
    ) == {"The planner"}


def test_import_plan_names_places_of_problems(world, file):
    path = file(csv_file([[*HEAD, "Priority"], [*NEW, "Urgent-ish"]]))
    _, out, _ = command("import_plan", path, "--strategy", "joint-strategy", "--json", "--dry-run")
    problems = json.loads(out)["problems"]
    assert problems
    assert all(set(one) == {"where", "message", "accepted"} for one in problems)
    assert any("2" in one["where"] for one in problems)


def test_a_dry_run_writes_nothing(world, file):
    before = Change.objects.count()
    code, out, _ = command(
        "import_plan", file(csv_file([HEAD, NEW])), "--strategy", "joint-strategy", "--dry-run", "--json"
    )
    assert (code, json.loads(out)["rows"][0]["change"]) == (0, "added")
    assert Change.objects.count() == before
    assert refs(world) == ["1", "2", "3"]


def test_the_command_may_act_for_somebody_with_their_rights(world, file):
    path = file(csv_file([HEAD, NEW]))
    code, out, _ = command("import_plan", path, "--strategy", "joint-strategy", "--by", "manager@example.org", "--json")
    assert code == 1
    assert "You may not" in json.loads(out)["refused"]
    code, _, _ = command("import_plan", path, "--strategy", "joint-strategy", "--by", "Coordinator@Example.org")
    assert code == 0
    assert Change.objects.filter(by=world.coordinator, via=Via.COMMAND).exists()


def test_an_unreadable_file_ends_with_one_and_its_reason(world, file):
    code, out, err = command("import_plan", file(b"nothing"), "--strategy", "joint-strategy", "--json")
    assert code == 1
    document = json.loads(out)
    assert document["rows"] == []
    (problem,) = document["problems"]
    assert problem["message"] and problem["accepted"]
    assert problem["message"] in err


@pytest.mark.parametrize(
    "args",
    [
        ("no such file.csv", "--strategy", "joint-strategy"),
        ("{file}", "--strategy", "no-such-strategy"),
        ("{file}", "--strategy", "joint-strategy", "--by", "nobody@example.org"),
    ],
)
def test_wrong_usage_ends_with_two_and_a_sentence(world, file, args):
    path = file(csv_file([HEAD, NEW]))
    code, out, err = command("import_plan", *(arg.replace("{file}", path) for arg in args))
    assert (code, out) == (2, "")
    assert err.strip().endswith(".")
    assert refs(world) == ["1", "2", "3"]


@pytest.mark.parametrize("format", WRITERS)
def test_export_plan_writes_the_file(world, tmp_path, format):
    out = tmp_path / f"plan.{format}"
    code, document, _ = command(
        "export_plan", "--strategy", "joint-strategy", "--format", format, "--out", str(out), "--json"
    )
    assert code == 0
    assert json.loads(document)["rows"] == 3
    assert b"Map leadership courses" in out.read_bytes() or format in ("docx", "xlsx", "pdf")


def test_export_plan_refuses_in_words(world, tmp_path):
    there = ("--strategy", "joint-strategy", "--out", str(tmp_path / "no such folder" / "plan.csv"), "--format", "csv")
    code, _, err = command("export_plan", *there)
    assert code == 1 and "cannot be written" in err
    code, _, err = command("export_plan", "--strategy", "none", "--out", str(tmp_path / "x"), "--format", "csv")
    assert code == 2 and "There is no strategy called none." in err


# --- Exports ---------------------------------------------------------------------------------------------------------


def exported(client, format):
    answer = client.get(f"{PLAN}export/{format}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="joint-strategy-action-plan.{format}"'
    return answer.content


def csv_rows(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def one_called(ref, rows):
    return next(row for row in rows if row["Reference"] == ref)


def xlsx_rows(content):
    """What each cell holds and of what type, as a spreadsheet program sees it."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    head, *rows = sheet.iter_rows()
    return [{title.value: cell for title, cell in zip(head, row, strict=True)} for row in rows]


def test_a_csv_export_holds_every_cell(world, as_, full_row):
    row = one_called("7", csv_rows(exported(as_("observer"), "csv")))
    assert row["Reference"] == "7"
    assert row["Activity"] == 'Two\nlines, “quoted” "twice"'
    assert (row["Aim"], row["Theme or priority"]) == ("Grow our own staff", "Working in partnership")
    assert (row["Priority"], row["Status"], row["Latest update"]) == ("High", "At risk", "Slow")
    assert (row["Lead organisation"], row["Contributing partners"]) == ("Council", "Hospital trust")
    assert row["Responsible officers"] == "Workforce Manager\nSomebody"
    assert (row["Understood end"], row["Updated on"]) == ("2027-06-30", timezone.localdate().isoformat())


def test_a_workbook_holds_the_same_cells_and_real_dates(world, as_, full_row):
    row = next(row for row in xlsx_rows(exported(as_("observer"), "xlsx")) if row["Reference"].value == "7")
    assert row["Activity"].value == 'Two\nlines, “quoted” "twice"'
    assert row["Understood end"].is_date and row["Understood end"].value.date().isoformat() == "2027-06-30"
    assert row["Timescale"].value == "Phase 1: March 2027\nPhase 2: June 2027"


def test_json_has_the_keys_of_the_interface(world, as_, full_row):
    document = json.loads(exported(as_("observer"), "json"))
    assert document["strategy"] == "joint-strategy"
    row = next(row for row in document["rows"] if row["ref"] == "7")
    assert KEYS - {"change"} <= set(row)
    assert [one["due"] for one in row["milestones"]] == ["2027-03-31", "2027-06-30"]
    assert (row["leads"], row["status"], row["progress"]) == (["Workforce Manager", "Somebody"], "amber", "Slow")


def test_exports_follow_the_order_of_the_plan_and_leave_removed_rows_out(world, as_):
    services.move_action(action=world.row, past=world.trust_row, by=world.coordinator)
    services.remove_action(action=world.shared_row, by=world.coordinator)
    assert [row["Reference"] for row in csv_rows(exported(as_("observer"), "csv"))] == ["2", "1"]


@pytest.mark.parametrize("format", ["doc", "exe", "html", "CSV"])
def test_a_format_that_is_none_is_not_found(as_, format):
    assert as_("observer").get(f"{PLAN}export/{format}/").status_code == 404


FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "  =1+1", "\t=1+1", "\r=1+1", "\n=1+1",
    '=HYPERLINK("http://x","y")', "-2+3+cmd|' /C calc'!A0", "\u00a0=1+1",
]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_anybody_typed_becomes_a_formula(world, as_, formula):
    cells = ["activity", "expected_outcome", "evidence", "resource_requirement", "timescale_text", "leads"]
    row = add_row(world, ref="=1+2", **dict.fromkeys(cells, f"x{formula}"))
    seen = cells_of(row)
    save_cells(action=row, edits={key: Edit(seen[key], formula) for key in cells}, by=world.coordinator)
    services.post_update(action=row, status="", words=formula, by=world.manager)
    client = as_("observer")
    for line in csv_rows(exported(client, "csv")):
        for cell in line.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@")), cell
    for line in xlsx_rows(exported(client, "xlsx")):
        assert all(cell.data_type != "f" for cell in line.values())
    assert xlsx_rows(exported(client, "xlsx"))[-1]["Activity"].value == formula.strip()
    assert formula.strip() in opened(exported(client, "docx")).tables[0].cell(4, 1).text


def test_control_a_formula_written_as_one_would_be_noticed():
    content = excel_file([["Activity"], ["=1+1"]])
    assert xlsx_rows(content)[0]["Activity"].data_type == "f"


@pytest.mark.parametrize("value", ["-5", "-0.5", "+5", "12", "1e3", -5, 0])
def test_numbers_stay_numbers_negative_ones_too(value):
    assert harmless(value) == str(value)


@pytest.mark.parametrize(
    ("value", "kept"), [("-", "'-"), ("- a point", "'- a point"), ("-5 staff", "'-5 staff"), (None, "")]
)
def test_what_only_begins_like_a_number_does_not(value, kept):
    assert harmless(value) == kept


@pytest.mark.parametrize("format", ["csv", "xlsx", "docx"])
def test_what_is_taken_away_can_be_brought_back_and_changes_nothing(world, as_, full_row, format):
    edit(full_row, world.coordinator, theme=None)
    plan_import = ready(world, content=exported(as_("observer"), format), name=f"plan.{format}")
    assert [(row["change"], row["cells"]) for row in plan_import.proposal["rows"]] == [("same", {})] * 4


@pytest.mark.parametrize("format", ["csv", "xlsx", "docx"])
def test_and_so_can_a_plan_of_which_only_some_rows_have_a_theme(world, as_, full_row, format):
    plan_import = ready(world, content=exported(as_("observer"), format), name=f"plan.{format}")
    assert [(row["change"], row["cells"]) for row in plan_import.proposal["rows"]] == [("same", {})] * 4


WITH_PROGRESS = b"Ref,Aim,Activity,Progress\n1,A brand new aim,Map leadership courses,Half done\n"


def test_progress_reported_meanwhile_is_the_later_word_and_the_cells_are_written_all_the_same(world):
    plan_import = ready(world, content=WITH_PROGRESS, name="plan.csv")
    services.post_update(action=world.row, status="green", words="Reported meanwhile", by=world.manager)
    applied = apply_import(plan_import=plan_import, by=world.coordinator)
    assert "Workforce Manager reported progress after the file was read" in applied.left[0]
    assert [update.words for update in world.row.updates.all()] == ["Reported meanwhile"]
    assert Action.objects.get(pk=world.row.pk).aim.text == "A brand new aim"


def test_a_row_that_is_left_out_leaves_no_aim_behind(world, monkeypatch):
    plan_import = ready(world, content=WITH_PROGRESS, name="plan.csv")

    def refuse(**given):
        raise Refused("Not today.")

    monkeypatch.setattr(services, "post_update", refuse)
    applied = apply_import(plan_import=plan_import, by=world.coordinator)
    assert applied.left == ["Row 2: Not today."]
    assert not world.strategy.aims.filter(text="A brand new aim").exists()


def test_aims_that_differ_only_in_a_number_of_their_own_stay_two(world):
    rows = b"Aim,Activity\n3 year plan,Plan three years\n5 year plan,Plan five years\n"
    plan_import = ready(world, content=rows, name="plan.csv")
    apply_import(plan_import=plan_import, by=world.coordinator)
    assert world.strategy.aims.filter(text__endswith="year plan").count() == 2


def test_an_aim_that_had_to_be_cut_is_known_again(world):
    rows = b"Aim,Activity\n" + b"A very long aim " * 40 + b",Do it\n"
    for _ in range(2):
        plan_import = ready(world, content=rows, name="plan.csv")
        apply_import(plan_import=plan_import, by=world.coordinator)
    assert world.strategy.aims.filter(text__startswith="A very long aim").count() == 1
