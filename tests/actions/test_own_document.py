"""A partner's own Word document comes back with the plan as it stands, and otherwise as the partner wrote it."""

import copy
import io
import zipfile
from pathlib import Path

import docx
import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from docx.oxml.ns import qn
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from actions import services
from actions.models import PlanDocument
from actions.own_document import document_of, forget_document, given_back
from actions.own_word import filling
from actions.proposing import counts_of, proposal_for
from actions.reading.identity import NOTE, read_mark
from partners.models import Change
from partners.refusals import NotAllowed
from tests.actions.reading.files import saved, shade, word_file
from tests.actions.round_trips import AWKWARD, Undone
from tests.actions.test_imports import apply, command, ready
from tests.actions.test_pages import words
from tests.actions.test_returning import edit, exported

PLAN = "/p/marlbrook/plan/joint-strategy/"
SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ["cheshire", "dudley", "hospital-trust"]
HEAD = ["Ref", "Aim", "Action", "Expected outcome", "By when", "Lead", "RAG"]
FAIR = ["8", "Recruit", "Hold a fair", "More staff", "March 2027", "HR Lead", "Green"]
TALK = ["9", "Recruit", "Talk to schools", "Interest", "June 2027", "HR Lead", "Amber"]


@pytest.fixture
def empty(world):
    """A strategy whose rows were all taken out, so that a document is the whole of its plan."""
    for row in world.strategy.actions.in_plan():
        services.remove_action(action=row, by=world.coordinator)
    return world


def brought_in(world, content, name="ours.docx"):
    apply(world, ready(world, content=content, name=name))
    return document_of(world.strategy)


def sample(world, name):
    return brought_in(world, (SAMPLES / f"{name}.docx").read_bytes(), f"{name}.docx")


def rows(world):
    return list(world.strategy.actions.for_plan())


def row_called(world, ref):
    return world.strategy.actions.in_plan().get(ref=ref)


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def without_marks(content):
    """The document's own part without our bookmarks."""
    root = etree.fromstring(parts_of(content)["word/document.xml"])
    marked = [one for one in root.iter(qn("w:bookmarkStart")) if read_mark(one.get(qn("w:name")))]
    gone = {one.get(qn("w:id")) for one in marked}
    for one in marked + [end for end in root.iter(qn("w:bookmarkEnd")) if end.get(qn("w:id")) in gone]:
        one.getparent().remove(one)
    return root


def canonical(element):
    return etree.tostring(element, method="c14n")


def cells_of_document(content):
    return [canonical(cell) for cell in without_marks(content).iter(qn("w:tc"))]


def text_of(content):
    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(io.BytesIO(content)).tables
    ]


def end_of(content):
    paragraphs = [each.text for each in docx.Document(io.BytesIO(content)).paragraphs]
    return paragraphs[paragraphs.index("Not in this document") :] if "Not in this document" in paragraphs else []


def differences(world, content):
    proposal = proposal_for(world.strategy, "back.docx", content)
    changed = [(row["where"], row["cells"], row["why"]) for row in proposal["rows"] if row["change"] != "same"]
    return changed + proposal["removed"] + proposal["problems"]


# --- Nothing has changed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_without_a_change_it_is_the_document_that_was_brought_in(empty, name):
    content, left = given_back(sample(empty, name))
    original = (SAMPLES / f"{name}.docx").read_bytes()
    assert left == []
    assert canonical(without_marks(content)) == canonical(without_marks(original))
    theirs, ours = parts_of(original), parts_of(content)
    assert [key for key in theirs if key != "word/document.xml" and theirs[key] != ours.get(key)] == []
    assert differences(empty, content) == []


# --- Cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_only_the_cells_that_changed_are_written_again(empty, name):
    document = sample(empty, name)
    with document.file.open("rb") as stored:
        before = cells_of_document(stored.read())
    first, second = rows(empty)[0], rows(empty)[4]
    edit(first, empty.coordinator, activity=f"{first.activity} and more")
    edit(second, empty.coordinator, activity="Quite another thing\nin two lines", leads="Somebody New")
    content, left = given_back(document)
    after = cells_of_document(content)
    assert left == [] and len(after) == len(before)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 3
    assert differences(empty, content) == []


def test_a_changed_cell_keeps_its_look(empty):
    made = docx.Document(io.BytesIO(word_file([HEAD, FAIR, TALK])))
    cell = made.tables[0].cell(1, 2)
    cell.paragraphs[0].runs[0].text = "Hold "
    cell.paragraphs[0].add_run("a big").bold = True
    cell.paragraphs[0].add_run(" fair").italic = True
    document = brought_in(empty, saved(made))
    edit(row_called(empty, "8"), empty.coordinator, activity="Hold two big fairs")
    content, _ = given_back(document)
    runs = docx.Document(io.BytesIO(content)).tables[0].cell(1, 2).paragraphs[0].runs
    assert [(run.text, run.bold, run.italic) for run in runs] == [
        ("Hold ", None, None), ("two big", True, None), (" fairs", None, True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "shown"), [("red", "FF0000"), ("amber", "AABB00"), ("", "auto")], ids=["usual", "as elsewhere", "none"]
)
def test_a_status_given_by_colour_alone_changes_its_colour(empty, status, shown):
    made = docx.Document(io.BytesIO(word_file([HEAD, [*FAIR[:-1], ""], [*TALK[:-1], ""]])))
    shade(made.tables[0].cell(1, 6), "00B050")
    shade(made.tables[0].cell(2, 6), "AABB00")
    document = brought_in(empty, saved(made))
    edit(row_called(empty, "8"), empty.coordinator, status=status)
    content, left = given_back(document)
    cell = docx.Document(io.BytesIO(content)).tables[0].cell(1, 6)
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == shown
    assert (cell.text, left, differences(empty, content)) == ("", [], [])


@pytest.mark.parametrize(
    ("written", "becomes"), [("Green", "Red"), ("G", "R"), ("On track", "Off track")], ids=["colour", "letter", "words"]
)
def test_a_status_is_worded_as_the_document_words_it(empty, written, becomes):
    document = brought_in(empty, word_file([HEAD, [*FAIR[:-1], written], [*TALK[:-1], ""]]))
    edit(row_called(empty, "8"), empty.coordinator, status="red")
    content, _ = given_back(document)
    assert text_of(content)[0][1][6] == becomes
    assert differences(empty, content) == []


def test_an_aim_is_worded_as_the_document_words_it(empty):
    document = brought_in(
        empty, word_file([HEAD, [FAIR[0], "1. Recruit", *FAIR[2:]], [TALK[0], "2. Retain", *TALK[2:]]])
    )
    row = row_called(empty, "9")
    edit(row, empty.coordinator, aim=row_called(empty, "8").aim_id)
    content, _ = given_back(document)
    assert text_of(content)[0][2][1] == "1. Recruit"
    assert differences(empty, content) == []


def merged(made, top, bottom, column):
    text = made.tables[0].cell(top, column).text
    joint = made.tables[0].cell(top, column).merge(made.tables[0].cell(bottom, column))
    joint.text = text
    return made


def two_rows_with_one_outcome():
    return saved(merged(docx.Document(io.BytesIO(word_file([HEAD, FAIR, TALK]))), 1, 2, 3))


def test_a_merged_cell_is_written_once_when_all_its_rows_agree(empty):
    document = brought_in(empty, two_rows_with_one_outcome())
    for ref in "89":
        edit(row_called(empty, ref), empty.coordinator, expected_outcome="More people")
    content, left = given_back(document)
    assert (left, text_of(content)[0][1][3], differences(empty, content)) == ([], "More people", [])


def test_a_merged_cell_whose_rows_now_differ_is_not_guessed(empty):
    document = brought_in(empty, two_rows_with_one_outcome())
    edit(row_called(empty, "8"), empty.coordinator, expected_outcome="More people", activity="Hold a big fair")
    content, _ = given_back(document)
    assert end_of(content)[1] == "8 Hold a big fair – expected outcome: More people (its cell is that of several rows)."
    assert text_of(content)[0][1][2:4] == ["Hold a big fair", "More staff"]
    assert differences(empty, content) == []


def test_a_cell_that_word_works_out_is_not_typed_over(empty):
    made = docx.Document(io.BytesIO(word_file([HEAD, FAIR, TALK])))
    run = made.tables[0].cell(1, 4).paragraphs[0].runs[0]._r
    for kind in ("begin", "end"):
        mark = docx.oxml.OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run.append(mark)
    document = brought_in(empty, saved(made))
    edit(row_called(empty, "8"), empty.coordinator, timescale_text="May 2028")
    content, _ = given_back(document)
    assert end_of(content)[1] == "8 Hold a fair – timescale: May 2028 (Word works it out)."
    assert differences(empty, content) == []


def test_a_column_that_the_document_lacks_is_said_at_its_end(empty):
    document = brought_in(empty, word_file([HEAD, FAIR, TALK]))
    edit(row_called(empty, "8"), empty.coordinator, evidence="A list\nof names")
    content, _ = given_back(document)
    assert end_of(content)[1:] == ["8 Hold a fair – evidence: A list / of names (the document has no column for it)."]
    assert differences(empty, content) == []


def test_bullets_that_are_rows_of_their_own_are_said_at_the_end(empty):
    bullets = [*FAIR[:2], "• Hold a fair\n• Talk to schools", *FAIR[3:]]
    document = brought_in(empty, word_file("Each bullet is a separate action.", [HEAD, bullets, TALK]))
    talk = empty.strategy.actions.in_plan().get(activity="Talk to schools", ref="8")
    edit(talk, empty.coordinator, activity="Talk to colleges")
    content, _ = given_back(document)
    assert "(its cell is that of several rows)" in end_of(content)[1]
    assert text_of(content)[0][1][2] == "• Hold a fair\n• Talk to schools"
    assert differences(empty, content) == []


def test_an_organisation_that_is_no_partner_stays_in_the_document(empty):
    head, row = [*HEAD, "Partners"], [*FAIR, "Hospital trust; Acme Ltd"]
    document = brought_in(empty, word_file([head, row, [*TALK, ""]]))
    edit(row_called(empty, "8"), empty.coordinator, activity="Hold a big fair")
    content, _ = given_back(document)
    assert text_of(content)[0][1][7] == "Hospital trust; Acme Ltd"


# --- Rows that come and go -------------------------------------------------------------------------------------------


def test_a_row_that_was_taken_out_of_the_plan_leaves_the_document(empty):
    document = brought_in(empty, word_file([HEAD, FAIR, TALK]))
    services.remove_action(action=row_called(empty, "8"), by=empty.coordinator)
    content, left = given_back(document)
    assert [row[0] for row in text_of(content)[0]] == ["Ref", "9"]
    assert (left, differences(empty, content)) == ([], [])


def test_what_its_merged_cell_said_stays_with_the_row_below(empty):
    document = brought_in(empty, two_rows_with_one_outcome())
    services.remove_action(action=row_called(empty, "8"), by=empty.coordinator)
    content, left = given_back(document)
    assert text_of(content)[0][1][:4] == ["9", "Recruit", "Talk to schools", "More staff"]
    assert (left, differences(empty, content)) == ([], [])


def test_a_new_row_is_like_the_last_one_of_its_aim(empty):
    other = ["10", "Retain", "Thank people", "Joy", "May 2027", "HR Lead", "Blue"]
    document = brought_in(empty, word_file([HEAD, FAIR, TALK, other]))
    cells = {"ref": "11", "activity": "Hold\nanother", "aim": row_called(empty, "8").aim_id, "status": "red"}
    services.add_action(strategy=empty.strategy, cells=cells | {"leads": "One\nTwo"}, by=empty.coordinator)
    content, left = given_back(document)
    assert [row[0] for row in text_of(content)[0]] == ["Ref", "8", "9", "11", "10"]
    assert text_of(content)[0][3] == ["11", "Recruit", "Hold\nanother", "", "", "One\nTwo", "Red"]
    assert (left, differences(empty, content)) == ([], [])


def test_a_new_row_that_would_be_read_otherwise_is_said_at_the_end(empty):
    plain = [[HEAD[0], *HEAD[2:]], [FAIR[0], *FAIR[2:]], [TALK[0], *TALK[2:]]]
    document = brought_in(empty, word_file(("Theme 1: Recruit", 1), plain))
    cells = {"ref": "11", "activity": "Keep people", "aim": empty.second_aim.pk}
    services.add_action(strategy=empty.strategy, cells=cells, by=empty.coordinator)
    content, _ = given_back(document)
    assert len(text_of(content)[0]) == 3
    assert end_of(content)[1] == "11 Keep people: the row is not in this document."
    assert differences(empty, content) == []


# --- Whatever happens ------------------------------------------------------------------------------------------------


def test_control_what_does_not_read_back_is_undone_and_said(empty, monkeypatch):
    document = brought_in(empty, word_file([HEAD, FAIR, TALK]))
    edit(row_called(empty, "8"), empty.coordinator, activity="Hold two fairs", timescale_text="May 2028")
    honest = filling.type_over
    monkeypatch.setattr(
        filling, "type_over", lambda cell, text, styles: honest(cell, text.replace("two", "three"), styles)
    )
    content, left = given_back(document)
    assert [(each.key, each.why) for each in left] == [("activity", "it could not be told apart there")]
    assert text_of(content)[0][1][2:5] == ["Hold a fair", "More staff", "May 2028"]
    assert differences(empty, content) == []


new_texts = st.sampled_from(AWKWARD) | st.just("") | st.text(max_size=20)
changes = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.sampled_from(["activity", "expected_outcome", "timescale_text", "resource_requirement", "status", "leads"]),
        new_texts,
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_changed_what_is_given_back_reads_as_the_plan(empty, name):
    document = sample(empty, name)
    some = settings(
        max_examples=6, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    @some
    @given(changes=changes, gone=st.integers(0, 30), comes=new_texts)
    def check(changes, gone, comes):
        try:
            with transaction.atomic():
                _change(empty, changes, gone, comes)
                content, _ = given_back(document)
                assert differences(empty, content) == []
                raise Undone
        except Undone:
            pass

    check()


def _change(world, changes, gone, comes):
    there = rows(world)
    for place, key, text in changes:
        value = {"status": "red" if text else "", "activity": text.strip() or "x", "leads": text[:140]}.get(key, text)
        edit(there[place % len(there)], world.coordinator, **{key: value[:500] if key == "timescale_text" else value})
    services.remove_action(action=there[gone % len(there)], by=world.coordinator)
    cells = {"activity": comes.strip() or "New", "aim": there[0].aim_id, "theme": there[0].theme_id}
    services.add_action(strategy=world.strategy, cells=cells, by=world.coordinator)


# --- Kept, replaced, deleted -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_what_is_given_back_can_be_brought_in_and_given_back_again(empty, name):
    document = sample(empty, name)
    edit(rows(empty)[0], empty.coordinator, evidence="Told at the end or in its cell", status="red")
    content, _ = given_back(document)
    again = brought_in(empty, content)
    assert PlanDocument.objects.count() == 1
    edit(rows(empty)[1], empty.coordinator, activity="Changed after all that")
    content, _ = given_back(again)
    assert differences(empty, content) == []
    marks = [one.get(qn("w:name")) for one in etree.fromstring(parts_of(content)["word/document.xml"]).iter(
        qn("w:bookmarkStart"))]  # fmt: skip
    assert len(marks) == len(set(marks))
    assert sum(name.startswith(NOTE) for name in marks) == len(end_of(content))


def test_a_later_document_takes_the_place_of_the_first_and_the_first_is_deleted(
    empty, django_capture_on_commit_callbacks
):
    first = brought_in(empty, word_file([HEAD, FAIR, TALK]))
    with django_capture_on_commit_callbacks(execute=True):
        second = brought_in(empty, word_file([HEAD, [*FAIR[:3], "Many more", *FAIR[4:]], TALK]), "new.docx")
    assert (PlanDocument.objects.get().name, second.name) == ("new.docx", "new.docx")
    assert not default_storage.exists(first.file.name) and default_storage.exists(second.file.name)


def test_a_part_of_the_plan_does_not_take_the_place_of_the_whole(empty):
    more = [["10", "Retain", f"Thank {n}", "Joy", "May 2027", "HR Lead", ""] for n in range(3)]
    brought_in(empty, word_file([HEAD, FAIR, TALK, *more]), "whole.docx")
    assert brought_in(empty, word_file([HEAD, FAIR, TALK]), "part.docx").name == "whole.docx"


@pytest.mark.parametrize("format", ["docx", "xlsx", "csv"])
def test_one_of_our_own_files_is_nobodys_document(world, format):
    assert brought_in(world, exported(world, format), f"plan.{format}") is None


def test_marks_are_kept_only_where_every_row_of_a_place_came_in(empty):
    bullets = [*FAIR[:2], "• Hold a fair\n• " + "x" * 6_000, *FAIR[3:]]
    document = brought_in(empty, word_file("Each bullet is a separate action.", [HEAD, bullets, TALK]))
    assert document.rows == 1


def test_it_is_deleted_on_demand_and_the_plan_stays(empty, as_, django_capture_on_commit_callbacks):
    document = brought_in(empty, word_file([HEAD, FAIR, TALK]))
    page = words(as_("coordinator").get(f"{PLAN}import/"))
    assert "ours.docx was brought in on" in page
    with django_capture_on_commit_callbacks(execute=True):
        as_("coordinator").post(f"{PLAN}document/forget/")
    assert not default_storage.exists(document.file.name)
    assert len(rows(empty)) == 2
    assert "Our own document" not in words(as_("coordinator").get(f"{PLAN}import/"))
    assert Change.objects.filter(subject="plandocument", act="removed").count() == 1


def test_the_plan_page_offers_it_and_gives_it_under_its_name(empty, as_):
    assert as_("observer").get(f"{PLAN}export/own/").status_code == 404
    brought_in(empty, word_file([HEAD, FAIR, TALK]), "Plan über alles.docx")
    assert "Word, in the layout of Plan über alles.docx" in words(as_("observer").get(PLAN))
    answer = as_("observer").get(f"{PLAN}export/own/")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Plan%20%C3%BCber%20alles.docx"
    assert differences(empty, answer.content) == []


def test_counts_of_a_file_of_ours_brought_in_again(empty):
    document = brought_in(empty, word_file([HEAD, FAIR, TALK]))
    content, _ = given_back(document)
    made = docx.Document(io.BytesIO(content))
    made.tables[0].cell(2, 3).paragraphs[0].runs[0].text = "Much interest"
    new = copy.deepcopy(made.tables[0].rows[2]._tr)
    made.tables[0].rows[1]._tr.getparent().remove(made.tables[0].rows[1]._tr)
    for mark in [*new.iter(qn("w:bookmarkStart")), *new.iter(qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    made.tables[0]._tbl.append(new)
    made.tables[0].cell(2, 2).text, made.tables[0].cell(2, 0).text = "Another thing", "12"
    counts = counts_of(proposal_for(empty.strategy, "back.docx", saved(made)))
    assert counts == {"added": 1, "changed": 1, "same": 0, "conflict": 0, "removed": 1}


def test_forgetting_takes_the_right(empty):
    with pytest.raises(NotAllowed):
        forget_document(document=brought_in(empty, word_file([HEAD, FAIR, TALK])), by=empty.manager)


def test_the_commands_bring_a_document_in_and_give_it_back(empty, tmp_path):
    file, back = tmp_path / "ours.docx", tmp_path / "back.docx"
    asked = ("--strategy", "joint-strategy", "--format", "own", "--out", str(back))
    code, _, said = command("export_plan", *asked)
    assert code == 1 and "No Word document of the partnership's own is kept." in said
    file.write_bytes(word_file([HEAD, FAIR, TALK]))
    assert command("import_plan", str(file), "--strategy", "joint-strategy")[0] == 0
    edit(row_called(empty, "8"), empty.coordinator, evidence="A list")
    code, _, said = command("export_plan", *asked)
    assert code == 0 and "Not in the document: evidence of row" in said
    assert differences(empty, back.read_bytes()) == []
