"""What is worked out of an upload and kept with it, from the files in the storage."""

import json
from datetime import date

import pytest

from tests.workforce.quality.conftest import homes, posts_of
from tests.workforce.quality.making import workplace
from workforce import assessing, returns_in_use
from workforce.lifecycle import State
from workforce.models import Upload
from workforce.quality.figures import CarryForward, FieldCounts
from workforce.quality.report import VERSION, Report

YEAR_BEFORE = date(2025, 9, 30)
BLANK = {"column": "GENDER", "message": "GENDER is blank", "count": 7}
UNREADABLE = {"column": "GENDER", "message": "GENDER is not one of the codes", "count": 3}
RULE = {"column": "CONTHOURS", "message": "A rule of hours", "accepted": "Hours", "count": 4}
REPEATED = {"column": "UNIQUEWORKERID", "code": "998", "message": "Stands twice", "count": 2}


def report(upload):
    assessing.assess(upload)
    return returns_in_use.report_of(Upload.objects.get(pk=upload.pk))


def test_what_is_counted_is_kept_with_the_upload(in_use):
    kept = report(in_use([*posts_of(3), *posts_of(1, sex="unknown", post_key=9)]))
    sex = next(field for field in kept.fields if field.name == "sex")
    assert sex.counts == FieldCounts(given=3, unknown=1)
    assert sex.completeness.value == 0.75
    assert kept.rows == 4


def test_it_can_be_worked_out_again_and_is_the_same(in_use):
    upload = in_use(posts_of(3), homes(2))
    assert assessing.assess(upload) == assessing.assess(upload)


def test_an_upload_of_which_nothing_is_kept_has_no_quality(in_use):
    upload = in_use(posts_of(1))
    upload.snapshot.delete()
    assert assessing.assess(upload) is None
    assert Upload.objects.get(pk=upload.pk).quality is None


def test_faults_go_where_they_belong(in_use):
    kept = report(in_use(posts_of(10), causes=[BLANK, UNREADABLE, RULE, REPEATED]))
    assert kept.kept["unreadable"] == {"sex": 3}
    assert [rule["message"] for rule in kept.rules] == ["A rule of hours"]
    assert kept.uniqueness.value == 1 - 2 / 12
    assert kept.consistency.value == 0.6


def test_validity_is_made_of_the_cells_that_were_filled(in_use):
    kept = report(in_use(posts_of(9), causes=[BLANK, UNREADABLE]))
    sex = next(field for field in kept.fields if field.name == "sex")
    assert sex.validity.value == 9 / 12


def test_faults_of_a_file_of_workplaces_are_told_and_not_held_against_the_posts(in_use):
    kept = report(in_use(posts_of(10), causes=[RULE | {"file": "workplace.csv"}]))
    assert len(kept.rules) == 1
    assert kept.consistency.value == 1.0


def test_no_cell_is_kept(in_use):
    kept = assessing.assess(in_use(posts_of(3), homes(2), causes=[UNREADABLE | {"examples": [[2, "Zaphod"]]}]))
    assert "Zaphod" not in json.dumps(kept)
    assert "00000000" not in json.dumps(kept)  # nor a pseudonym


def test_a_code_that_no_crosswalk_knows_is_counted(in_use):
    loss = [
        {"field": "sex", "code": "1", "value": "male", "rows": 98, "merged": False},
        {"field": "sex", "code": "77", "value": "unknown", "rows": 2, "merged": False},
    ]
    result = report(in_use(posts_of(100), loss=loss)).mapping_loss
    assert (result.value, result.colour) == (0.02, "red")


def test_earlier_returns_in_use_are_compared_with(in_use):
    before = in_use(posts_of(1), homes(2), as_at=YEAR_BEFORE)
    upload = in_use(posts_of(1), [workplace(0), workplace(1, leavers=9)])
    kept = report(upload)
    assert kept.kept["compared"] == [before.pk]
    assert CarryForward(**kept.kept["carry_forward"]) == CarryForward(compared=2, same=1)
    assert kept.flows.workplaces == 2


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.TO_DECIDE, State.SUPERSEDED])
def test_control_returns_that_are_not_in_use_are_not_compared_with(in_use, state):
    in_use(posts_of(1), homes(2), as_at=YEAR_BEFORE, state=state)
    assert report(in_use(posts_of(1), homes(2))).kept["compared"] == []


def test_another_partners_returns_are_not_compared_with(in_use, trust):
    in_use(posts_of(1), homes(2), as_at=YEAR_BEFORE, partner=trust)
    assert report(in_use(posts_of(1), homes(2))).kept["compared"] == []


def test_a_source_without_a_file_of_workplaces_has_them_from_its_posts(in_use):
    kept = report(in_use(posts_of(20)))
    assert kept.kept["strata"][0]["posts"] == 20
    assert kept.timeliness.value is None
    assert kept.flow_closure.value is None


def test_the_nightly_round_makes_what_is_missing_or_outdated(in_use):
    upload = in_use(posts_of(1), homes(2))
    assessing.assess_outdated()
    assert Upload.objects.get(pk=upload.pk).quality["version"] == VERSION
    in_use(posts_of(1), homes(2), as_at=YEAR_BEFORE)  # arrives late
    assert assessing.is_outdated(Upload.objects.get(pk=upload.pk))
    assessing.assess_outdated()
    assert not assessing.is_outdated(Upload.objects.get(pk=upload.pk))


def test_a_snapshot_that_cannot_be_read_harms_nobody(in_use, caplog):
    upload = in_use(posts_of(1))
    from workforce import vault

    vault.forget(upload.snapshot.stored)
    assessing.assess_when_read(upload)
    assert f"upload {upload.pk} could not be worked out: FileNotFoundError" in caplog.text
    assert Upload.objects.get(pk=upload.pk).quality is None


def test_a_report_of_another_version_is_not_shown(in_use):
    upload = in_use(posts_of(1))
    upload.quality = assessing.assess(upload) | {"version": VERSION - 1}
    assert returns_in_use.report_of(upload) is None
    upload.quality["version"] = VERSION
    assert isinstance(returns_in_use.report_of(upload), Report)
