"""The made-up national files, read by the real engine and put into use: what the pages look like with them."""

import tempfile
from datetime import date
from pathlib import Path

from django.utils import timezone

from workforce import assessing, vault
from workforce.importing import read_return
from workforce.lifecycle import State
from workforce.models import Cause, Snapshot, Upload, UploadFile
from workforce.pseudonyms import Pseudonyms
from workforce.reading import Given
from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.returns import Recipe

TODAY = date(2026, 11, 26)
KEYS = Pseudonyms(b"a secret of tests, made up by us", "tests")
FIGURES = ("kind", "label", "rows_read", "rows_accepted", "rows_rejected")
CAUSES = ("file", "column", "code", "message", "accepted", "count", "first_row")
LOSS = ("field", "code", "value", "rows", "merged")


def put_in_use(partner, *, rows, returns=1, as_at=date(2026, 9, 30), seed=1):
    """Half-yearly returns of one partner, read and in use, with their quality worked out; the newest last."""
    with tempfile.TemporaryDirectory() as folder:
        write_asc_wds(Recipe(rows=rows, returns=returns, as_at=as_at, seed=seed), Path(folder))
        inside = sorted(one for one in Path(folder).iterdir() if one.is_dir()) or [Path(folder)]
        made = [_read(partner, one, as_at if returns == 1 else date.fromisoformat(one.name)) for one in inside]
    return made


def _read(partner, folder, as_at):
    out = folder / "read"
    out.mkdir()
    given = [Given(path.name, path) for path in sorted(folder.glob("*.csv"))]
    checked = read_return(given, as_at=as_at, keys=KEYS, folder=out, today=TODAY)
    upload = Upload.objects.create(
        partnership=partner.partnership, partner=partner, as_at=as_at, source=checked.source, state=State.READY,
        digest=f"{partner.pk} {as_at}", by_name="", ready_at=timezone.now(),
    )  # fmt: skip
    for position, file in enumerate(checked.files):
        figures = {name: getattr(file, name) for name in FIGURES}
        UploadFile.objects.create(upload=upload, position=position, name=file.name, **figures)
    for position, cause in enumerate(checked.causes):
        told = {name: getattr(cause, name) for name in CAUSES}
        Cause.objects.create(upload=upload, position=position, severity=str(cause.severity), **told)
    _keep(upload, checked)
    assessing.assess(upload)
    return Upload.objects.get(pk=upload.pk)


def _keep(upload, checked):
    posts = vault.keep_snapshot(checked.snapshot, upload.partner_id)
    workplaces = vault.keep_snapshot(checked.establishments, upload.partner_id)
    Snapshot.objects.create(
        upload=upload, sha256=posts.sha256, stored=posts.stored, rows=checked.rows_accepted,
        establishments_sha256=workplaces.sha256, establishments_stored=workplaces.stored,
        mapping_loss=[{name: getattr(count, name) for name in LOSS} for count in checked.mapping_loss],
    )  # fmt: skip
