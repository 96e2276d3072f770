"""The blank template reads back as a return without rows, and filled as its guidance shows as one without faults."""

import io

import openpyxl
import pytest

from tests.workforce.returns import read_files
from workforce.sources.own_template import FORMATS, blank_template
from workforce.sources.own_template.blank import guidance, headings
from workforce.sources.own_template.columns import FIELDS_OF_COLUMNS, choices
from workforce.template import ABSENT, GIVEN_FIELDS, Kind

from .making import EXAMPLE, read_template


@pytest.mark.parametrize("format", FORMATS)
def test_a_blank_one_reads_back_as_a_return_without_rows(format):
    read = read_files({f"blank.{format}": blank_template(format)})
    assert read.checked.source == "template"
    assert [cause.message for cause in read.checked.causes] == ["There are headings and no rows below them."]
    assert (read.checked.rows_read, read.posts) == (0, [])


def test_other_formats_are_refused():
    with pytest.raises(ValueError, match="csv or xlsx"):
        blank_template("pdf")


@pytest.fixture
def book():
    return openpyxl.load_workbook(io.BytesIO(blank_template("xlsx")))


def test_a_workbook_filled_as_its_guidance_shows_has_no_fault(book):
    sheet = book["Posts"]
    for column, heading in enumerate((cell.value for cell in sheet[1]), 1):
        sheet.cell(2, column, EXAMPLE[heading] or None)
    out = io.BytesIO()
    book.save(out)
    read = read_files({"filled.xlsx": out.getvalue()})
    assert not read.issues
    assert read.posts == read_template().posts


def test_every_given_field_has_a_column_and_guidance():
    expected = [field.label for field in GIVEN_FIELDS if field.kind is not Kind.KEY]
    assert headings()[3:] == expected
    assert [cells[0] for cells, _ in guidance()] == headings()
    assert all(cells[1] and cells[3] for cells, _ in guidance())


def test_every_category_has_a_drop_down_list_of_what_is_accepted(book):
    sheet = book["Posts"]
    lists = {str(validation.sqref).split("2:")[0]: validation for validation in sheet.data_validations.dataValidation}
    categories = [field for field in FIELDS_OF_COLUMNS if field.kind is Kind.CATEGORY]
    assert len(lists) == len(categories)
    for field in categories:
        letter = openpyxl.utils.get_column_letter(headings().index(field.label) + 1)
        sheet_name, cells = lists[letter].formula1.lstrip("=").split("!")
        offered = [cell.value for cell in book[sheet_name][cells.replace("$", "")][0]]
        assert tuple(offered) == choices(field)
        rows = [EXAMPLE | {"Contracted hours": "", "Post reference": value} | {field.label: value} for value in offered]
        found = [post[field.name] for post in read_template(*rows).posts]
        assert found == [value.replace(" ", "_") for value in offered], "what the list offers is what is read"


def test_months_and_references_are_kept_as_they_are_typed(book):
    assert EXAMPLE["Started in role"] == "03/2020"
    dimensions = book["Posts"].column_dimensions
    letter = openpyxl.utils.get_column_letter(headings().index("Started in role") + 1)
    assert dimensions[letter].number_format == "@"
    assert ABSENT == ("unknown", "refused", "not_applicable", "missing")
