"""Made-up returns of every source, sent through the door, read by the worker: each ends with its quality."""

from datetime import date

import pyarrow.parquet as pq
import pytest
from django.core.files.base import ContentFile

from workforce import assessing, mapping_suggestions, receiving, returns_in_use, uploads, vault
from workforce.lifecycle import State
from workforce.models import Upload
from workforce.quality import page
from workforce.quality.faults import FaultOf, sort_fault
from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.council import write_council
from workforce.sampling.esr import write_esr
from workforce.sampling.returns import Recipe

DATES = (date(2026, 3, 31), date(2026, 9, 30))
SOURCES = {"asc_wds": write_asc_wds, "esr": write_esr, "council": write_council}


@pytest.fixture(params=SOURCES)
def source(request):
    return request.param


@pytest.fixture
def read(world, council, tmp_path, settings):
    """Two half-yearly returns of a source, with faults, accepted by their steward; the newest."""
    settings.WORK_DIR = tmp_path / "work"

    def made(source, faults=40):
        write = SOURCES[source]
        write(Recipe(rows=400, returns=2, as_at=DATES[-1], seed=3, faults=faults), tmp_path / source)
        return [_sent(world, council, tmp_path / source / day.isoformat(), day) for day in DATES][-1]

    return made


def _sent(world, partner, folder, day):
    paths = sorted(path for path in folder.iterdir() if path.suffix == ".csv")
    files = [ContentFile(path.read_bytes(), name=path.name) for path in paths]
    where = {"partnership": world.partnership, "partner": partner}
    upload = uploads.send_in(**where, as_at=day, files=files, by=world.steward)
    receiving.read_upload(upload.pk)
    upload = Upload.objects.get(pk=upload.pk)
    if upload.state == State.NEEDS_MAPPING:
        columns = [[] for _ in upload.unmapped_headings]
        mapping = mapping_suggestions.suggest(upload.unmapped_headings, columns)
        uploads.remember_mapping(upload=upload, mapping=mapping, by=world.steward)
        receiving.read_upload(upload.pk)
        upload = Upload.objects.get(pk=upload.pk)
    if upload.state == State.TO_DECIDE:
        uploads.accept_with_faults(upload=upload, by=world.steward)
    return Upload.objects.get(pk=upload.pk)


def test_every_source_ends_with_a_report_made_of_what_it_declares(read, source):
    upload = read(source)
    assert (upload.state, upload.source) == (State.READY, source)
    look_at(returns_in_use.report_of(upload))
    faults = assessing.faults_of(upload)
    assert {FaultOf.VALIDITY, FaultOf.CONSISTENCY} <= {sort_fault(fault) for fault in faults}
    assert all(fault.kind for fault in faults if sort_fault(fault) is not FaultOf.READING)


def test_the_snapshot_says_how_many_workplaces_stand_beside_its_posts(read, source):
    snapshot = read(source).snapshot
    with vault.open_stored(snapshot.establishments_stored) as stored:
        assert snapshot.establishments_rows == pq.read_table(stored).num_rows > 0


def look_at(report):
    assert report.rows == pytest.approx(400, rel=0.2)
    assert report.completeness.value > 0.8
    assert report.validity.value > 0.95
    assert report.kept["compared"]
    assert all(line.shown for line in page.lines(report, exact=True))
    unreadable = report.kept["unreadable"]
    assert sum(cells for field, cells in unreadable.items() if field) >= 0.5 * sum(unreadable.values()) > 0


def test_posts_of_a_list_of_staff_are_all_settled(read):
    report = returns_in_use.report_of(read("esr"))
    assert sum(stratum["unsettled"] for stratum in report.kept["strata"]) == 0
    assert sum(stratum["posts"] for stratum in report.kept["strata"]) == report.rows


def test_no_cell_of_anybodys_file_is_in_the_report(read, source, tmp_path):
    """Nothing that stands in the files, unless it is a word of the template or of a sentence of ours."""
    upload = read(source, faults=0)
    kept = str({name: part for name, part in upload.quality.items() if name not in ("fields", "rules")})
    text = "".join(path.read_text() for path in (tmp_path / source / DATES[-1].isoformat()).glob("*.csv"))
    cells = {cell for line in text.splitlines()[1:] for cell in line.split(",") if len(cell) > 9}
    words = {cell for cell in cells if not cell.isdecimal() and cell in kept}
    assert words == set()
