"""Returns that are in use, made of small Parquet files in the real storage."""

from datetime import date

import pytest
from django.utils import timezone

from partners import services as partners
from partners.permissions import Role
from tests.workforce.quality.making import AS_AT, workplace, write_establishments, write_snapshot
from tests.world import person
from workforce import uploads, vault
from workforce.lifecycle import State
from workforce.models import Cause, Snapshot, Upload, UploadFile


@pytest.fixture
def council(world):
    return world.partnership.partners.get(organisation=world.council)


@pytest.fixture
def trust(world):
    return world.partnership.partners.get(organisation=world.trust)


@pytest.fixture
def trust_steward(world):
    """Somebody who sends in files for another partner."""
    user = world.people["trust_steward"] = person("trust_steward", "Trust Data Steward")
    partners.add_member(
        user=user, partnership=world.partnership, role=Role.DATA_STEWARD, organisation=world.trust, by=None
    )
    return user


@pytest.fixture
def in_use(tmp_path, council):
    """`in_use(posts, workplaces)`: a return of the council as the worker leaves it, ready."""

    def make(posts, workplaces=None, *, partner=council, as_at=AS_AT, state=State.READY, causes=(), loss=()):
        upload = Upload.objects.create(
            partnership=partner.partnership, partner=partner, as_at=as_at, source="asc_wds", state=state,
            digest=f"{partner.pk} {as_at} {state}", by_name="", ready_at=timezone.now(),
        )  # fmt: skip
        UploadFile.objects.create(upload=upload, position=0, name="worker.csv", kind="worker")
        UploadFile.objects.create(upload=upload, position=1, name="workplace.csv", kind="workplace")
        for position, cause in enumerate(causes):
            usual = {"file": "worker.csv", "code": "1", "severity": "error", "count": 1}
            Cause.objects.create(upload=upload, position=position, **(usual | cause))
        stored = vault.keep_snapshot(write_snapshot(tmp_path / "posts.parquet", posts), partner.pk)
        companion = vault.NOTHING
        if workplaces:
            written = write_establishments(tmp_path / "workplaces.parquet", workplaces)
            companion = vault.keep_snapshot(written, partner.pk)
        Snapshot.objects.create(
            upload=upload, sha256=stored.sha256, stored=stored.stored, rows=len(posts), mapping_loss=list(loss),
            establishments_sha256=companion.sha256, establishments_stored=companion.stored,
        )  # fmt: skip
        return upload

    return make


@pytest.fixture
def known(world):
    """`known("care_home", 10)`: the coordinator's line of the known size of the sector."""

    def set_size(service, establishments, *, posts=None, size_band="", as_at=date(2026, 1, 1)):
        return uploads.set_sector_size(
            partnership=world.partnership, service=service, size_band=size_band, establishments=establishments,
            posts=posts, as_at=as_at, source="Register", by=world.coordinator,
        )  # fmt: skip

    return set_size


def posts_of(count, **values):
    """Posts with everything that the checks look at, unless said otherwise."""
    usual = {"role": "care_worker", "sex": "female", "age": 40, "establishment_key": 1, "service": "care_home"}
    return [{"post_key": number} | usual | values for number in range(count)]


def homes(count, **figures):
    return [workplace(number, **figures) for number in range(count)]
