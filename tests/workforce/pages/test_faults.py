"""The faults one by one: on the page of a cause and in the list that can be taken away."""

import csv
import io

import pytest
from django.core.files.base import ContentFile

from tests.workforce.pages.conftest import whole, words
from workforce import faults, upload_views
from workforce.nearest import nearest
from workforce.sources.asc_wds.worker import worker_file

CANARIES = ("QQ123456C", "Zebedee Quagmire", "ZZ99 9ZZ", "11/11/1911")


def lines(response):
    return list(csv.DictReader(io.StringIO(whole(response).decode("utf-8-sig"))))


@pytest.fixture
def listed(upload, steward):
    return lines(steward.get(f"{upload.get_absolute_url()}faults.csv"))


def test_the_list_has_every_fault_once(upload, listed):
    assert len(listed) == upload.errors + upload.warnings
    assert sum(line["severity"] == "error" for line in listed) == upload.errors
    assert list(listed[0]) == list(faults.HEADINGS)


def test_it_goes_file_by_file_and_row_by_row(listed):
    places = [(line["file"], int(line["row"])) for line in listed]
    files = list(dict.fromkeys(file for file, _ in places))
    assert places == sorted(places, key=lambda place: (files.index(place[0]), place[1]))


def test_every_planted_fault_is_in_it_at_its_row(faulty, listed):
    found = {(line["file"], int(line["row"]), line["column"]) for line in listed}
    # A repeated reference is told at the later of the two rows, which may not be the one that was altered.
    planted = {(f"{fault['file']}.csv", fault["row"], fault["column"]) for fault in faulty.faults}
    assert len(planted & found) >= len(planted) - 1


def test_without_sorting_the_same_faults_come(upload, listed, steward, monkeypatch):
    monkeypatch.setattr(faults, "SORTED_UP_TO", 0)
    again = lines(steward.get(f"{upload.get_absolute_url()}faults.csv"))
    assert sorted(map(str, again)) == sorted(map(str, listed))


def test_the_answer_is_a_stream(upload, steward):
    assert steward.get(f"{upload.get_absolute_url()}faults.csv").streaming


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1"])
def test_nothing_becomes_a_formula(text):
    (_, line) = faults.as_csv([("a.csv", 2, "C", "1", "error", "m", "a", text)])
    assert next(csv.reader([line]))[-1] == f"'{text}"


def test_a_formula_in_a_cell_arrives_as_text(receive, faulty, steward):
    changed = replaced(faulty, "worker.csv", "GENDER", 5, "=1+1")
    upload = receive(changed)
    listed = lines(steward.get(f"{upload.get_absolute_url()}faults.csv"))
    (line,) = [line for line in listed if line["column"] == "GENDER"]
    assert (line["row"], line["value"]) == ("5", "'=1+1")


def replaced(sample, name, column, row, value):
    """The sample's files, with one cell of one of them replaced; rows as Excel counts them."""
    files = []
    for path in sample.paths:
        table = list(csv.reader(io.StringIO(path.read_text())))
        if path.name == name:
            if column not in table[0]:
                table = [[*cells, heading] for cells, heading in zip(table, [column, *[""] * len(table)], strict=False)]
            table[row - 1][table[0].index(column)] = value
        text = io.StringIO()
        csv.writer(text).writerows(table)
        files.append(ContentFile(text.getvalue().encode(), name=path.name))
    return files


def test_what_could_identify_somebody_is_on_no_page_and_in_no_list(receive, faulty, steward):
    files = faulty
    hidden = ("NINUMBER", "DISPLAYID", "POSTCODE", "DOB")
    table = list(csv.reader(io.StringIO(files.paths[1].read_text())))
    for row in table[1:]:
        for column, value in zip(hidden, CANARIES, strict=True):
            row[table[0].index(column)] = value * (3 if column == "DISPLAYID" else 1)
    text = io.StringIO()
    csv.writer(text).writerows(table)
    upload = receive([ContentFile(text.getvalue().encode(), name="worker.csv"), files.paths[0]])
    addresses = ["", "faults.csv", *(f"faults/{cause.position}/" for cause in upload.causes.all())]
    pages = [whole(steward.get(f"{upload.get_absolute_url()}{one}")).decode() for one in addresses]
    assert len(pages) > 10
    assert [canary for canary in CANARIES for page in pages if canary in page] == []


def test_control_a_column_that_may_be_shown_is_on_the_pages(receive, faulty, steward):
    upload = receive(replaced(faulty, "worker.csv", "GENDER", 5, "Z-77"))
    assert "Z-77" in words(steward.get(upload.get_absolute_url()))
    assert worker_file(upload.as_at).column("GENDER").shows


# --- The page of a cause --------------------------------------------------------------------------------------------


def test_a_cause_opens_to_its_rows(upload, steward):
    cause = upload.causes.get(column="SCQUAL")
    page = words(steward.get(f"{upload.get_absolute_url()}faults/{cause.position}/"))
    assert f"{cause.count} rows of worker.csv, column SCQUAL" in page
    assert f"{cause.first_row}, " in page


def test_values_stand_beside_their_rows(upload, steward):
    cause = upload.causes.get(column="ZEROHRCONT")
    assert f"{cause.first_row} 999" in words(steward.get(f"{upload.get_absolute_url()}faults/{cause.position}/"))


def test_many_rows_come_some_at_a_time(upload, steward, monkeypatch):
    monkeypatch.setattr(upload_views, "ROWS_SHOWN", 10)
    cause = upload.causes.get(column="SCQUAL")
    address = f"{upload.get_absolute_url()}faults/{cause.position}/"
    shown = []
    last = -(-cause.count // 10)
    for page in range(1, last + 1):
        answer = steward.get(f"{address}?page={page}")
        shown += [row for row, _ in answer.context["rows"]]
    assert len(shown) == len(set(shown)) == cause.count
    assert f"11 to 20 of {cause.count}" in words(steward.get(f"{address}?page=2"))
    assert steward.get(f"{address}?page=99").context["page"] == last
    assert steward.get(f"{address}?page=x").context["page"] == 1


def test_a_cause_that_is_not_there_is_not_there(upload, steward):
    assert steward.get(f"{upload.get_absolute_url()}faults/999/").status_code == 404


# --- Did you mean …? ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "meant"), [("OAK-2", "OAK2"), ("oak2", "OAK2"), ("Beach House", "Beech House"), ("XYZ", ""), ("", "")]
)
def test_a_reference_that_is_nearly_one_is_recognised(value, meant):
    assert nearest(value, ["OAK2", "Beech House", "The Limes"]) == meant


def test_the_page_asks_whether_the_nearest_workplace_was_meant(receive, faulty, steward):
    upload = receive(replaced(faulty, "worker.csv", "TRANSFERSTAFFRECORD", 5, "W0002"))
    assert "Did you mean W00002 ?" in words(steward.get(upload.get_absolute_url()))
