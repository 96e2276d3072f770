"""How much script the plan's page makes a browser fetch: everything it names and everything that names in turn."""

import gzip
import os
import posixpath
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

MOST = 60_000  # bytes, as they travel
SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)
SOURCE = re.compile(r'src="([^"]+)"')
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")
DATA = 'type="application/json"'


def read_static(address):
    found = finders.find(address.removeprefix("/static/"))
    assert found, f"{address} is named and is not there"
    with open(found, "rb") as file:
        return file.read()


def scripts_of(page, read=read_static):
    """{address: bytes} of all script of a page, what its modules import included; what stands in it under its text."""
    found, waiting = {}, []
    for attributes, inside in SCRIPT.findall(page):
        if source := SOURCE.search(attributes):
            waiting.append(source[1])
        elif DATA not in attributes:
            found[inside] = inside.encode()
    while waiting:
        address = waiting.pop()
        if address not in found:
            found[address] = read(address)
            names = IMPORTED.findall(found[address].decode())
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(address), name)) for name in names]
    return found


def weight(scripts):
    return sum(len(gzip.compress(script, 6)) for script in scripts.values())


@pytest.fixture
def page(world, as_):
    address = reverse("actions:plan", args=[world.partnership.slug, world.strategy.slug])
    return as_("coordinator").get(address).content.decode()


def test_the_plan_comes_with_little_script(page):
    scripts = scripts_of(page)
    assert {"/static/js/plan/main.js", "/static/js/plan/live.js", "/static/vendor/govuk/govuk.min.js"} <= set(scripts)
    assert weight(scripts) <= MOST


def test_control_a_library_that_a_module_imports_is_weighed(page):
    library = os.urandom(MOST).hex().encode()

    def read(address):
        if address == "/static/vendor/library.js":
            return library
        return read_static(address) + (b'import "../../vendor/library.js";' if address.endswith("/page.js") else b"")

    scripts = scripts_of(page, read)
    assert scripts["/static/vendor/library.js"] == library
    assert weight(scripts) > MOST
