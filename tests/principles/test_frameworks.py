"""Published sets of principles, as data files: read, complete, and said clearly when they are not."""

from datetime import date

import pytest

from principles.frameworks import FOLDER, all_frameworks, read_framework

WHOLE = """
key = "ours"
title = "Ours"
version = "1"
source = "Us, our principles"
reviewed = 2026-01-02

[[principle]]
key = "first"
text = "We do the first thing first."
"""


@pytest.fixture
def framework_file(tmp_path):
    def write(content):
        path = tmp_path / "ours.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_a_file_is_read_whole(framework_file):
    framework = read_framework(framework_file(WHOLE))
    assert (framework.key, framework.title, framework.version) == ("ours", "Ours", "1")
    assert framework.reviewed == date(2026, 1, 2)
    assert [(one.key, one.text) for one in framework.principles] == [("first", "We do the first thing first.")]


@pytest.mark.parametrize("missing", ["key", "title", "version", "source", "reviewed", "text"])
def test_a_file_that_lacks_something_is_named_with_what_it_lacks(framework_file, missing):
    lines = [line for line in WHOLE.splitlines() if not line.startswith(f"{missing} =")]
    with pytest.raises(ValueError, match=rf"ours\.toml has no '{missing}'"):
        read_framework(framework_file("\n".join(lines)))


def test_a_file_without_principles_is_refused(framework_file):
    with pytest.raises(ValueError, match="has no 'principle'"):
        read_framework(framework_file(WHOLE.partition("[[")[0]))


def test_a_file_that_is_no_toml_is_refused(framework_file):
    with pytest.raises(ValueError):
        read_framework(framework_file("key = "))


def test_every_file_that_ships_is_there_under_its_own_key():
    frameworks = all_frameworks()
    assert len(frameworks) == len(list(FOLDER.glob("*.toml"))) >= 1
    assert all(key == framework.key for key, framework in frameworks.items())
    assert {f"{key}.toml" for key in frameworks} == {path.name for path in FOLDER.glob("*.toml")}


@pytest.mark.parametrize("framework", all_frameworks().values(), ids=lambda framework: framework.key)
def test_what_ships_fits_where_it_is_kept(framework):
    """The strategy keeps a principle's words and keys in fields of these lengths."""
    keys = [one.key for one in framework.principles]
    assert len(set(keys)) == len(keys) >= 1
    assert all(len(key) <= 80 for key in [framework.key, *keys])
    assert all(10 < len(one.text) <= 500 and one.text.endswith(".") for one in framework.principles)
    assert framework.title and framework.source and framework.version
    assert "/" not in framework.key + "".join(keys)  # the form puts one between them
