"""The plan as files for people: what of it is in them, in which order, and that all of it comes back as it went."""

import io

import openpyxl
import pytest

from actions import services
from actions.exports import PlanExport
from actions.past import newest_change
from actions.proposing import proposal_for
from actions.reading.identity import HEADING, Identity, read_mark
from strategies import services as strategies
from strategies.models import Theme
from tests.actions.test_imports import csv_rows, exported
from tests.workforce.writing.documents import W, opened, part, pdf_text
from tests.world import add_row
from workforce.writing import DOWNLOADS, WRITERS

PLAN = "/p/marlbrook/plan/joint-strategy/"


def written(world, format):
    write, _ = WRITERS[format]
    return write(PlanExport(world.strategy))


def tables_of(content):
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in opened(content).tables]


def marks_in(content):
    names = (each.get(f"{W}name") for each in part(content, "word/document.xml").iter(f"{W}bookmarkStart"))
    return [identity for identity in map(read_mark, names) if identity]


def test_the_plan_page_offers_every_format(as_):
    page = as_("observer").get(PLAN).content.decode()
    places = [page.index(f'href="{PLAN}export/{format}/">{label}</a>') for format, label in DOWNLOADS]
    assert places == sorted(places)
    assert {format for format, _ in DOWNLOADS} == set(WRITERS)


def test_aims_are_headings_and_all_tables_have_the_same_columns(world, as_):
    add_row(world, ref="4", activity="Share trainers", aim=world.second_aim.pk)
    content = exported(as_("observer"), "docx")
    headings = [each.text for each in opened(content).paragraphs if each.style.name == "Heading 1"]
    assert headings == ["Aim 1: Grow our own staff", "Aim 2: Train together"]
    first, second = tables_of(content)
    assert first[0] == second[0]
    assert [row[1] for row in first[1:] + second[1:]] == [
        "Map leadership courses", "Pool our assessors", "Run joint recruitment fairs", "Share trainers",
    ]  # fmt: skip


def test_a_column_that_nobody_has_filled_does_not_take_up_paper(world, as_):
    assert "Evidence" not in tables_of(exported(as_("observer"), "docx"))[0][0]
    add_row(world, activity="Count", evidence="A figure")
    assert "Evidence" in tables_of(exported(as_("observer"), "docx"))[0][0]


def test_word_and_pdf_say_the_same(world, as_, full_row):
    client = as_("observer")
    text = " ".join(pdf_text(exported(client, "pdf")).split())
    for table in tables_of(exported(client, "docx")):
        for row in table:
            for cell in row:
                assert all(word in text for word in cell.split()), cell


def test_the_first_page_says_whose_plan_it_is_and_how_it_stands(world, full_row):
    text = pdf_text(written(world, "pdf"))
    assert "Joint workforce strategy: action plan" in text
    assert "Marlbrook Health and Care Partnership" in text
    assert "4 actions: 1 at risk, 3 not reported." in text


def test_removed_rows_are_in_no_file(world):
    services.remove_action(action=world.shared_row, by=world.coordinator)
    for format in ("docx", "xlsx", "pdf", "csv", "json"):
        content = written(world, format)
        assert b"recruitment fairs" not in content
    assert "recruitment fairs" not in pdf_text(written(world, "pdf"))
    assert "Run joint recruitment fairs" not in str(tables_of(written(world, "docx")))


def test_every_row_carries_its_mark_in_word_excel_and_csv(world):
    newest = newest_change(world.strategy)
    wanted = [Identity(world.strategy.pk, row.pk, newest) for row in (world.row, world.trust_row, world.shared_row)]
    assert marks_in(written(world, "docx")) == wanted
    assert [read_mark(row[HEADING]) for row in csv_rows(written(world, "csv"))] == wanted
    *_, column = openpyxl.load_workbook(io.BytesIO(written(world, "xlsx"))).active.columns
    assert [column[0].value, *map(read_mark, (cell.value for cell in column[1:]))] == [HEADING, *wanted]


def test_the_understood_date_stands_below_the_words_and_is_no_part_of_them(world):
    add_row(world, ref="9", activity="Meet", timescale_text="by 2028")
    cell = next(row[3] for table in tables_of(written(world, "docx")) for row in table if row[0] == "9")
    assert cell == "by 2028\n"
    assert "31 December 2028" in pdf_text(written(world, "pdf"))


def test_the_rows_of_a_workbook_offer_the_names_of_this_plan(world):
    lists = openpyxl.load_workbook(io.BytesIO(written(world, "xlsx")))["Lists"]
    offered = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in lists.columns}
    assert offered == {
        "Aim": ["Grow our own staff", "Train together"],
        "Priority": ["High", "Medium", "Low"],
        "Lead organisation": ["Council", "Hospital trust"],
        "Status": ["On track", "At risk", "Off track", "Complete"],
    }


def test_a_plan_without_rows_is_a_file_that_says_so(world):
    for row in world.strategy.actions.in_plan():
        services.remove_action(action=row, by=world.coordinator)
    for format in WRITERS:
        assert written(world, format)
    assert "There are no actions in this plan yet." in pdf_text(written(world, "pdf"))


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_a_longer_plan_takes_no_more_queries(world, format, django_assert_max_num_queries):
    for number in range(30):
        add_row(world, activity=f"Row {number}", contributors=[world.trust.pk], leads="A\nB")
    with django_assert_max_num_queries(12):
        written(world, format)


# --- And back again --------------------------------------------------------------------------------------------------


def changes_of(world, format):
    """What bringing the file straight back would do, were somebody to apply it."""
    proposal = proposal_for(world.strategy, f"plan.{format}", written(world, format))
    return [(row["change"], row["cells"]) for row in proposal["rows"] if row["change"] != "same"], len(proposal["rows"])


def theme(world, text, kind=Theme.Kind.THEME):
    return strategies.add_theme(strategy=world.strategy, text=text, kind=kind, by=world.coordinator).pk


def aim(world, text):
    return strategies.add_aim(strategy=world.strategy, text=text, by=world.coordinator).pk


def under_a_theme(world, text, **more):
    add_row(world, ref="8", activity="Share a rota", aim=None, theme=theme(world, text, **more))
    add_row(world, ref="9", activity="Share another", aim=None, theme=world.theme.pk)


def under_an_aim(world, text):
    add_row(world, ref="8", activity="Share a rota", aim=aim(world, text))


SHAPES = {
    "rows under themes": lambda world: under_a_theme(world, "Numbers we can trust"),
    "rows under a priority": lambda world: under_a_theme(world, "Home care", kind=Theme.Kind.PRIORITY),
    "a priority that says so": lambda world: under_a_theme(world, "Priority: home care", kind=Theme.Kind.PRIORITY),
    "a theme that says so": lambda world: under_a_theme(world, "Theme: home care"),
    "a numbered theme": lambda world: under_a_theme(world, "Theme 2: home care"),
    "a theme like a title": lambda world: under_a_theme(world, "Our workforce strategy"),
    "a theme like a decoy": lambda world: under_a_theme(world, "Risks"),
    "a long theme": lambda world: under_a_theme(world, "Working well with everybody " * 15),
    "a theme within an aim": lambda world: add_row(world, ref="8", activity="Share a rota", theme=world.theme.pk),
    "a long aim": lambda world: under_an_aim(world, "Growing our own staff " * 20),
    "an aim like a decoy": lambda world: under_an_aim(world, "Contents"),
    "an aim with a colon": lambda world: under_an_aim(world, "People: all of them"),
    "an aim with a year": lambda world: under_an_aim(world, "Be ready by March 2028"),
    "no reference": lambda world: add_row(world, ref="", activity="Share a rota"),
    "a small beginning": lambda world: add_row(world, ref="", activity="share a rota", timescale_text=""),
    "next to nothing": lambda world: add_row(world, activity="Share", timescale_text="", lead_organisation=None),
    "lines": lambda world: add_row(world, activity="• One\n• Two\n\n1. Three", expected_outcome="First\nSecond"),
    "like a formula": lambda world: add_row(world, activity="=1+1", expected_outcome="-5", evidence="@x"),
    "names with commas": lambda world: add_row(world, activity="Share", leads="Head of HR, OD and Pay\nA, B & C"),
    "many words": lambda world: add_row(world, activity="Many words. " * 400),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("format", ["docx", "xlsx", "csv"])
def test_a_plan_of_any_shape_comes_back_as_it_went(world, shape, format):
    SHAPES[shape](world)
    assert changes_of(world, format) == ([], world.strategy.actions.in_plan().count())


def test_control_a_cell_changed_on_its_way_is_noticed(world, monkeypatch):
    monkeypatch.setattr("actions.exports.words_of", lambda column, action, lookups: f"{column.key} changed")
    changes, _ = changes_of(world, "docx")
    assert len(changes) == 3
