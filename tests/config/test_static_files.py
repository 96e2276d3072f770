"""In production every static file has a name made from its content, and modules import each other by those names."""

import re

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.storage import FileSystemStorage

from config.static_files import HashedFiles

IMPORTED = re.compile(r'from\s*"(\./[^"]+)"')


@pytest.fixture
def collected(settings, tmp_path):
    """The table's modules as production serves them."""

    def collect(storage_class):
        storage = storage_class(location=tmp_path, base_url="/static/")
        source = FileSystemStorage(location=settings.BASE_DIR / "static")
        paths = {}
        for path in (settings.BASE_DIR / "static/js/plan").glob("*.js"):
            name = f"js/plan/{path.name}"
            with source.open(name) as file:
                storage.save(name, file)
            paths[name] = (storage, name)
        if hasattr(storage, "post_process"):
            for _, _, done in storage.post_process(paths):
                assert not isinstance(done, Exception), done
        return [path for path in (tmp_path / "js/plan").glob("main*.js") if path.suffix == ".js"]

    return collect


def test_modules_import_each_other_under_hashed_names(collected, tmp_path):
    hashed = next(path for path in collected(HashedFiles) if path.name != "main.js")
    names = IMPORTED.findall(hashed.read_text())
    assert names and all(re.search(r"\.[0-9a-f]{12}\.js$", name) for name in names)
    assert all((hashed.parent / name).exists() for name in names)


def test_control_the_plain_storage_leaves_the_names_as_they_are(collected):
    (main,) = collected(StaticFilesStorage)
    assert "./grid.js" in IMPORTED.findall(main.read_text())
