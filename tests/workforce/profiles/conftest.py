"""A partnership whose council has sent returns, and how reports of them are asked for and made in these tests."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from tests.workforce.profiles import quick_maker
from tests.workforce.uploads import quick_reader
from workforce import engine, profile_building, profile_engine, profiles, uploads
from workforce.disclosure.released import Audience
from workforce.models import Release
from workforce.receiving import read_upload

AS_AT = date(2026, 9, 30)
EARLIER = date(2026, 3, 31)
GOOD = "number,pay\n1,20\n2,30\n"
FAULTY = "number,pay\n1,20\n2,much\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(engine, "current", lambda: quick_reader.QUICK)
    monkeypatch.setattr(profile_engine, "current", lambda: quick_maker.QUICK)
    settings.WORK_DIR = tmp_path / "work"


@pytest.fixture
def partner(world):
    return world.partnership.partners.get(organisation=world.council)


@pytest.fixture
def returned(world, partner):
    """`returned(as_at, text)` is a return of the council that has been read."""

    def sent(as_at=AS_AT, text=GOOD, by=None, of=None, read=True):
        upload = uploads.send_in(
            partnership=world.partnership, partner=of or partner, as_at=as_at, by=by or world.steward,
            files=[ContentFile(text.encode(), name="workers.csv")],
        )  # fmt: skip
        if read:
            read_upload(upload.pk)
        upload.refresh_from_db()
        return upload

    return sent


@pytest.fixture
def ask(world):
    """`ask(...)` asks for a report as the coordinator does, without making it."""

    def asked(as_at=AS_AT, audience=Audience.PARTNERSHIP, by="coordinator", **how):
        who = world.people[by] if isinstance(by, str) else by
        return profiles.ask_for_profile(partnership=world.partnership, as_at=as_at, audience=audience, by=who, **how)

    return asked


@pytest.fixture
def draft(returned, ask):
    """`draft(...)` is a report that has been made of the council's return."""

    def made(**how):
        returned(how.get("as_at", AS_AT))
        return make(ask(**how))

    return made


def make(release):
    """What the worker does, here and now."""
    profile_building.build_profile(release.pk)
    return again(release)


def again(release):
    related = Release.objects.select_related("partner__organisation", "partner__partnership", "partnership")
    return related.get(pk=release.pk)
