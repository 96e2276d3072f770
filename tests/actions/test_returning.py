"""One of our own files comes back after a while: compared with what its editor had seen, and never with less."""

import io
import json

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from actions import services
from actions.applying import apply_proposal
from actions.columns import cells_of
from actions.editing import Edit, save_cells
from actions.exports import PlanExport
from actions.models import Action, HeldEdit
from actions.proposing import counts_of, proposal_for
from actions.reading.identity import HEADING, Identity, read_mark
from partners.models import Change, Via
from strategies.services import reword_heading
from tests.actions.test_imports import command, ready
from tests.actions.test_pages import words
from tests.world import add_row
from workforce.writing import WRITERS

PLAN = "/p/marlbrook/plan/joint-strategy/"


def exported(world, format="xlsx"):
    return WRITERS[format][0](PlanExport(world.strategy))


class Sheet:
    """A workbook of ours as somebody changes it in Excel."""

    def __init__(self, content):
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.page = self.book.active
        self.heads = [cell.value for cell in self.page[1]]

    def row_of(self, action):
        return next(row for row in self.page.iter_rows(min_row=2) if read_mark(row[-1].value).action == action.pk)

    def type(self, action, **cells):
        row = self.row_of(action)
        for label, text in cells.items():
            row[self.heads.index(label.replace("_", " "))].value = text
        return self

    def delete(self, action):
        self.page.delete_rows(self.row_of(action)[0].row)
        return self

    def copy(self, action, **cells):
        self.page.append([cell.value for cell in self.row_of(action)])
        for label, text in cells.items():
            self.page.cell(self.page.max_row, self.heads.index(label.replace("_", " ")) + 1, text)
        return self

    @property
    def content(self):
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def proposed(world, sheet):
    content = sheet if isinstance(sheet, bytes) else sheet.content
    return proposal_for(world.strategy, "plan.xlsx", content)


def brought_back(world, sheet, **more):
    return apply_proposal(strategy=world.strategy, proposal=proposed(world, sheet), by=world.coordinator, **more)


def by_row(proposal):
    return {row["action"]: row for row in proposal["rows"]}


def edit(row, by, **new):
    seen = cells_of(Action.objects.get(pk=row.pk))
    return save_cells(action=row, edits={key: Edit(seen[key], value) for key, value in new.items()}, by=by)


def value(row, key):
    return cells_of(Action.objects.get(pk=row.pk))[key]


# --- Three ways ------------------------------------------------------------------------------------------------------


def test_an_old_file_brought_back_does_not_propose_old_words_over_newer_ones(world):
    sheet = Sheet(exported(world))
    edit(world.row, world.manager, activity="Map leadership courses and mentors", evidence="A map")
    services.post_update(action=world.row, status="amber", words="Slow", by=world.manager)
    assert counts_of(proposed(world, sheet)) == {"added": 0, "changed": 0, "same": 3, "conflict": 0, "removed": 0}


def test_control_compared_with_the_plan_alone_it_would(world, monkeypatch):
    sheet = Sheet(exported(world))
    edit(world.row, world.manager, evidence="A map")
    monkeypatch.setattr("actions.returning.known_identities", lambda *args: set())
    assert by_row(proposed(world, sheet))[world.row.pk]["cells"] == {"evidence": ["A map", None]}


def test_a_cell_changed_in_the_file_alone_is_changed(world):
    sheet = Sheet(exported(world)).type(world.row, Expected_outcome="More leaders")
    edit(world.row, world.manager, resource_requirement="Half a day")
    row = by_row(proposed(world, sheet))[world.row.pk]
    assert (row["change"], row["cells"], row["since"]) == ("changed", {"expected_outcome": [None, "More leaders"]}, {})
    brought_back(world, sheet)
    assert (value(world.row, "expected_outcome"), value(world.row, "resource_requirement")) == (
        "More leaders", "Half a day"
    )  # fmt: skip


def test_changes_of_both_are_put_together_where_both_can_stand(world):
    edit(world.row, world.coordinator, activity="Map all courses that teach people to lead")
    sheet = Sheet(exported(world)).type(world.row, Activity="Map all good courses that teach people to lead")
    edit(world.row, world.manager, activity="Map all courses that teach people to lead well")
    row = by_row(proposed(world, sheet))[world.row.pk]
    assert row["since"] == {"activity": {"by": "Workforce Manager", "becomes": "merged"}}
    assert brought_back(world, sheet).left == []
    assert value(world.row, "activity") == "Map all good courses that teach people to lead well"


def test_otherwise_the_files_is_held_and_says_what_its_editor_saw(world, as_):
    sheet = Sheet(exported(world)).type(world.row, Timescale="June 2027")
    edit(world.row, world.manager, timescale_text="May 2027")
    plan_import = ready(world, content=sheet.content, name="plan.xlsx")
    page = words(as_("coordinator").get(f"{PLAN}import/{plan_import.pk}/"))
    assert "Also changed by Workforce Manager since the file was made. Yours will be kept aside." in page
    as_("coordinator").post(f"{PLAN}import/{plan_import.pk}/apply/")
    held = HeldEdit.objects.get(action=world.row)
    assert (held.base, held.theirs, held.mine, held.via) == ("March 2027", "May 2027", "June 2027", Via.IMPORT)
    assert value(world.row, "timescale_text") == "May 2027"


def test_what_the_plan_has_come_to_say_as_well_is_no_change(world):
    sheet = Sheet(exported(world)).type(world.row, Timescale="June 2027")
    edit(world.row, world.manager, timescale_text="June 2027")
    assert by_row(proposed(world, sheet))[world.row.pk]["change"] == "same"


def test_an_aim_that_was_reworded_meanwhile_is_the_same_aim(world):
    sheet = Sheet(exported(world))
    reword_heading(heading=world.aim, seen=world.aim.text, text="Grow and keep our own staff", by=world.coordinator)
    proposal = proposed(world, sheet)
    assert counts_of(proposal)["same"] == 3
    assert proposal["new_headings"] == []


def test_progress_reported_before_the_file_was_made_is_not_reported_again(world):
    services.post_update(action=world.row, status="amber", words="Slow", by=world.manager)
    sheet = Sheet(exported(world))
    services.post_update(action=world.row, status="green", words="Faster", by=world.manager)
    assert counts_of(proposed(world, sheet))["same"] == 3
    sheet.type(world.row, Latest_update="From the meeting")
    (sentence,) = brought_back(world, sheet).left
    assert "Workforce Manager reported progress after the file was made" in sentence


def test_a_blank_report_takes_nothing_back(world):
    services.post_update(action=world.row, status="amber", words="Slow", by=world.manager)
    assert counts_of(proposed(world, Sheet(exported(world)).type(world.row, Latest_update=None)))["same"] == 3


def test_officers_that_were_left_alone_stay_whole_beside_a_new_one(world):
    edit(world.row, world.coordinator, leads="Head of HR and OD Manager, Trust\nWorkforce Manager")
    names = "Head of HR and OD Manager, Trust\nWorkforce Manager\nSomebody New"
    brought_back(world, Sheet(exported(world)).type(world.row, Responsible_officers=names))
    assert [one["name"] for one in value(world.row, "leads")] == names.split("\n")


def test_only_the_words_that_somebody_changed_change(world):
    edit(world.row, world.coordinator, activity="One\ttwo  three\n\nfour")
    brought_back(world, Sheet(exported(world)).type(world.row, Activity="One two three\nfour and five"))
    assert value(world.row, "activity") == "One\ttwo  three\n\nfour and five"


# --- Rows that come and go -------------------------------------------------------------------------------------------


def test_a_row_missing_from_the_file_is_taken_out_and_can_be_left_in(world):
    sheet = Sheet(exported(world)).delete(world.trust_row)
    proposal = proposed(world, sheet)
    assert [(row["action"], row["by"]) for row in proposal["removed"]] == [(world.trust_row.pk, "")]
    assert proposal["take_out"] and proposal["not_in_file"] == []
    assert brought_back(world, sheet).removed == 0
    assert brought_back(world, sheet, take_out=True).removed == 1
    assert not world.strategy.actions.in_plan().filter(pk=world.trust_row.pk).exists()


def test_it_stays_when_somebody_wrote_to_it_after_the_file_was_made(world):
    sheet = Sheet(exported(world)).delete(world.trust_row)
    edit(world.trust_row, world.coordinator, evidence="New")
    applied = brought_back(world, sheet, take_out=True)
    assert (applied.removed, applied.left) == (
        0, ["2 Pool our assessors: Coordinator changed this row after the file was made. It stays."]
    )  # fmt: skip


def test_and_when_somebody_wrote_to_it_after_the_file_was_read(world):
    proposal = proposed(world, Sheet(exported(world)).delete(world.trust_row))
    edit(world.trust_row, world.coordinator, evidence="New")
    applied = apply_proposal(strategy=world.strategy, proposal=proposal, by=world.coordinator, take_out=True)
    assert applied.removed == 0 and "changed this row while you were looking at it" in applied.left[0]


def test_a_row_added_to_the_plan_after_the_file_was_made_is_not_missing(world):
    sheet = Sheet(exported(world))
    add_row(world, ref="9", activity="Added meanwhile")
    proposal = proposed(world, sheet)
    assert (proposal["removed"], proposal["not_in_file"]) == ([], ["9 Added meanwhile"])


def test_a_part_of_the_plan_takes_nothing_out_unless_somebody_says_so(world):
    sheet = Sheet(exported(world)).delete(world.trust_row).delete(world.shared_row)
    proposal = proposed(world, sheet)
    assert len(proposal["removed"]) == 2 and not proposal["take_out"]


def test_another_file_takes_nothing_out(world):
    proposal = ready(world).proposal
    assert (proposal["removed"], len(proposal["not_in_file"])) == ([], 3)


def test_rows_hidden_by_a_filter_are_read(world):
    sheet = Sheet(exported(world)).type(world.trust_row, Evidence="Written, then filtered away")
    sheet.page.row_dimensions[sheet.row_of(world.trust_row)[0].row].hidden = True
    proposal = proposed(world, sheet)
    assert proposal["removed"] == []
    assert by_row(proposal)[world.trust_row.pk]["cells"] == {"evidence": [None, "Written, then filtered away"]}


def test_a_row_taken_out_meanwhile_stays_out_and_what_the_file_says_is_held(world, as_):
    sheet = Sheet(exported(world)).type(world.row, Evidence="From the file")
    for row in (world.row, world.trust_row):
        services.remove_action(action=row, by=world.coordinator)
    rows = by_row(proposed(world, sheet))
    assert (rows[world.row.pk]["change"], rows[world.trust_row.pk]["change"]) == ("conflict", "same")
    assert "stays out" in rows[world.trust_row.pk]["why"]
    brought_back(world, sheet, take_out=True)
    held = HeldEdit.objects.get(action=world.row)
    assert (held.mine, held.why) == ("From the file", HeldEdit.Why.REMOVED)
    assert [row.ref for row in world.strategy.actions.in_plan()] == ["3"]


def test_of_a_row_and_its_copy_the_one_more_like_it_keeps_the_mark(world):
    sheet = Sheet(exported(world)).copy(world.row, Activity="Something else altogether")
    proposal = proposed(world, sheet)
    assert [(row["change"], row["activity"]) for row in proposal["rows"]][-1] == ("added", "Something else altogether")
    assert by_row(proposal)[world.row.pk]["change"] == "same"
    assert any("is a copy of the one in" in problem["message"] for problem in proposal["problems"])


def test_it_keeps_it_wherever_it_stands(world):
    sheet = Sheet(exported(world)).copy(world.row).type(world.row, Activity="Something else altogether")
    changes = {row["activity"]: row["change"] for row in proposed(world, sheet)["rows"]}
    assert (changes["Something else altogether"], changes["Map leadership courses"]) == ("added", "same")


def test_rows_in_another_order_change_nothing(world):
    sheet = Sheet(exported(world))
    rows = [[cell.value for cell in row] for row in sheet.page.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), start=2):
        for column, text in enumerate(row, start=1):
            sheet.page.cell(number, column).value = text
    before = Change.objects.count()
    brought_back(world, sheet, take_out=True)
    assert Change.objects.count() == before


# --- Marks that mean nothing here ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mark",
    [
        lambda world: Identity(world.far_strategy.pk, world.row.pk, 1),
        lambda world: Identity(world.strategy.pk, world.far_row.pk, 1),
        lambda world: Identity(world.strategy.pk, 10**9, 1),
        lambda world: Identity(world.strategy.pk, world.row.pk, 10**12),
        lambda world: Identity(world.strategy.pk, world.row.pk, 1),
    ],
    ids=["another plan", "a row of another plan", "no row", "a change that never was", "before the row was there"],
)
def test_such_a_mark_is_ignored_and_the_row_found_by_its_words(world, mark):
    sheet = Sheet(exported(world))
    sheet.row_of(world.row)[-1].value = mark(world).mark
    row = by_row(proposed(world, sheet))[world.row.pk]
    assert (row["change"], row["is_returned"]) == ("same", False)


# --- Word ------------------------------------------------------------------------------------------------------------


def word_rows(document):
    return [row for table in document.tables for row in table.rows[1:]]


def word_proposal(world, document):
    out = io.BytesIO()
    document.save(out)
    return proposal_for(world.strategy, "plan.docx", out.getvalue())


@pytest.fixture
def document(world):
    return docx.Document(io.BytesIO(exported(world, "docx")))


@pytest.mark.parametrize("place", ["between rows", "between cells", "in another cell"])
def test_a_bookmark_that_the_program_moved_is_still_its_rows(world, document, place):
    row = word_rows(document)[1]._tr
    start = next(row.iter(qn("w:bookmarkStart")))
    if place == "between rows":
        row.addprevious(start)
    elif place == "between cells":
        row.findall(qn("w:tc"))[1].addprevious(start)
    else:
        row.findall(qn("w:tc"))[2].find(qn("w:p")).append(start)
    assert all(row["is_returned"] and row["change"] == "same" for row in word_proposal(world, document)["rows"])


def test_a_row_that_was_emptied_is_missing(world, document):
    for text in list(word_rows(document)[1]._tr.iter(qn("w:t"))):
        text.text = ""
    assert [row["action"] for row in word_proposal(world, document)["removed"]] == [world.trust_row.pk]


def test_a_row_deleted_with_tracked_changes_is_missing(world, document):
    row = word_rows(document)[1]._tr
    row.get_or_add_trPr().append(docx.oxml.parse_xml(f'<w:del xmlns:w="{row.nsmap["w"]}" w:id="900" w:author="A"/>'))
    assert [row["action"] for row in word_proposal(world, document)["removed"]] == [world.trust_row.pk]


def test_a_row_in_a_table_that_lost_its_headings_is_not_missing(world, document):
    add_row(world, ref="8", aim=world.second_aim.pk, activity="Under another aim")
    document = docx.Document(io.BytesIO(exported(world, "docx")))
    heads = document.tables[1].rows[0]._tr
    heads.getparent().remove(heads)
    document.tables[1]._tbl.addprevious(document.add_paragraph("Something between them")._p)
    assert word_proposal(world, document)["removed"] == []


def test_the_mark_is_never_a_column_nor_a_word(world):
    for format in ("csv", "xlsx", "docx"):
        proposal = proposal_for(world.strategy, "plan", exported(world, format))
        assert HEADING not in str(proposal) and "planner_" not in str(proposal)
        assert proposal["problems"] == []


# --- The page and the command ----------------------------------------------------------------------------------------


def test_the_page_lists_missing_rows_with_a_box_to_leave_them_in(world, as_):
    sheet = Sheet(exported(world)).delete(world.trust_row).type(world.row, Evidence="New")
    plan_import = ready(world, content=sheet.content, name="plan.xlsx")
    address = f"{PLAN}import/{plan_import.pk}/"
    page = as_("coordinator").get(address)
    assert "Also take this row out of the plan" in words(page) and "2 Pool our assessors" in words(page)
    assert b'name="take_out" form="apply" checked' in page.content
    as_("coordinator").post(f"{address}apply/")
    assert world.strategy.actions.in_plan().count() == 3


def test_a_ticked_box_takes_them_out(world, as_):
    sheet = Sheet(exported(world)).delete(world.trust_row)
    plan_import = ready(world, content=sheet.content, name="plan.xlsx")
    answer = as_("coordinator").get(f"{PLAN}import/{plan_import.pk}/")
    assert "Take 1 row out of the plan" in words(answer)
    answer = as_("coordinator").post(f"{PLAN}import/{plan_import.pk}/apply/", {"take_out": "on"}, follow=True)
    assert "0 rows added and 0 changed, 1 taken out." in words(answer)


@pytest.mark.parametrize(("more", "left"), [([], 2), (["--keep-missing"], 3)])
def test_the_command_takes_them_out_unless_told_otherwise(world, tmp_path, more, left):
    file = tmp_path / "plan.xlsx"
    file.write_bytes(Sheet(exported(world)).delete(world.trust_row).content)
    code, document, _ = command("import_plan", str(file), "--strategy", "joint-strategy", "--json", *more)
    assert (code, json.loads(document)["removed"]) == (0, ["2 Pool our assessors"])
    assert world.strategy.actions.in_plan().count() == left
