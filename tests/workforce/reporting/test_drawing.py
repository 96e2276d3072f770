"""What is drawn: an SVG for pages with a strict policy, named and described, and a PNG with the same figures."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from tests.workforce.reporting.numbers import numbers_in, released_numbers
from tests.workforce.reporting.tables import ages_of, estimate_of, pay_of, share_of, table_of
from workforce.reporting import drawing
from workforce.reporting.charts import chart_of
from workforce.reporting.drawing import png_of, svg_of
from workforce.reporting.summaries import summary_of

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = [table_of(), share_of(), ages_of(), pay_of(), estimate_of()]


def drawn(table, title="Posts <by> partner", summary="Council & trust"):
    return ElementTree.fromstring(svg_of(chart_of(table), title, summary))


def words_in(root):
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("table", SHAPES, ids=lambda table: table.measure)
def test_nothing_in_it_that_a_strict_policy_would_refuse(table):
    root = drawn(table)

    elements = {element.tag.removeprefix(SVG) for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert elements <= drawing.ELEMENTS | {"title", "desc"}
    assert not {"style", "class", "href"} & attributes
    assert not [name for name in attributes if name.startswith("on")]


def test_what_would_be_refused_is_taken_out():
    """The control: the same look through a drawing that has all of it."""
    refused = '<style>a</style><script>b</script><a href="z"><path d="M0,0"/></a>'
    text = f'<svg xmlns="http://www.w3.org/2000/svg">{refused}<g style="x" onclick="y"><path d="M1,1"/></g></svg>'
    root = ElementTree.fromstring(text)

    drawing._keep_what_draws(root)

    assert [element.tag.removeprefix(SVG) for element in root.iter()] == ["svg", "g", "path"]
    assert [dict(element.attrib) for element in root.iter()] == [{}, {}, {"d": "M1,1"}]


HOSTILE = [
    "<script>alert(1)</script>",
    "=1+1",
    "A & B \"C\" 'D'",
    "bell \x07 and null \x00",
    "£5,000 'x'\n\ny",
    "W" * 300,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_partner_is_called_is_only_words(name):
    table = table_of(row_labels={"council": name, "trust": "NHS trust"})
    root = ElementTree.fromstring(svg_of(chart_of(table), name, summary_of(table)))

    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= drawing.ELEMENTS | {"title", "desc"}
    assert png_of(chart_of(table))


def test_it_is_named_and_described_for_those_who_do_not_see_it():
    root = drawn(table_of())
    names = root.get("aria-labelledby").split()

    assert root.get("role") == "img"
    assert [(root[place].tag.removeprefix(SVG), root[place].text) for place in (0, 1)] == [
        ("title", "Posts <by> partner"), ("desc", "Council & trust"),
    ]  # fmt: skip
    assert [root[0].get("id"), root[1].get("id")] == names


def test_two_pictures_of_one_page_share_no_name():
    one, other = drawn(table_of()), drawn(share_of())
    same, again = (drawn(table_of(), title=title) for title in ("One", "Another"))

    assert one.get("aria-labelledby") != other.get("aria-labelledby")
    assert same.get("aria-labelledby") != again.get("aria-labelledby")


@pytest.mark.parametrize("table", SHAPES, ids=lambda table: table.measure)
def test_numbers_drawn_are_the_released_ones(table):
    labels = {*table.column_labels.values(), *table.row_labels.values()}
    found = numbers_in(words_in(drawn(table)), *labels)

    assert found
    assert found <= released_numbers(table)


def test_a_bar_is_as_long_as_its_figure_says():
    root = drawn(table_of(figures={None: 1204, "council": 804, "trust": 402}))
    bars = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("fill", "").startswith("#")]
    lengths = [float(re.match(r"M0,[\d.]+h([\d.]+)", path)[1]) for path in bars]

    assert lengths[0] / lengths[1] == pytest.approx(2, rel=0.01)


def test_a_hidden_figure_is_a_word_where_the_axis_begins():
    root = drawn(table_of())
    words = [text for text in root.iter(f"{SVG}text") if text.text == "hidden"]

    assert len(words) == 1
    assert words[0].get("transform").startswith("translate(5,")


def test_word_gets_a_picture_of_points():
    picture = png_of(chart_of(share_of()))

    assert picture.startswith(b"\x89PNG")
    assert len(png_of(chart_of(share_of()), scale=1)) < len(picture)


def test_the_same_chart_is_drawn_the_same_every_time():
    drawn_once = svg_of(chart_of(ages_of()), "Ages", "Ages")
    drawing._svg.cache_clear()
    drawing._bare.cache_clear()

    assert svg_of(chart_of(ages_of()), "Ages", "Ages") == drawn_once


def test_nothing_is_drawn_on_import():
    program = (
        "import vl_convert\n"
        "def refuse(*_, **__): raise SystemExit('drawn')\n"
        "vl_convert.vegalite_to_svg = vl_convert.svg_to_png = vl_convert.register_font_directory = refuse\n"
        "import workforce.reporting.drawing, workforce.reporting.content\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_label_of_two_lines_stands_around_the_middle_of_its_bar():
    long = "Northbridge Hospitals NHS Foundation Trust"
    root = drawn(table_of(figures={None: 17, "council": 9, "trust": 8}, row_labels={"council": long, "trust": "B"}))
    label = next(text for text in root.iter(f"{SVG}text") if len(text))
    middle = float(re.search(r",([\d.]+)\)", label.get("transform"))[1]) + float(label[1].get("dy")) / 2
    number = next(text for text in root.iter(f"{SVG}text") if text.text == "9")

    assert middle == pytest.approx(float(re.search(r",([\d.]+)\)", number.get("transform"))[1]), abs=1)


def test_figures_have_an_edge_that_no_line_runs_through_and_labels_need_none():
    texts = {text.text: dict(text.attrib) for text in drawn(share_of()).iter(f"{SVG}text")}

    assert {key: texts["36.5%"][key] for key in drawing.EDGE} == drawing.EDGE
    assert "stroke" not in texts["Council"]


def test_the_line_of_the_whole_lies_below_the_figures():
    order = [
        element.tag.removeprefix(SVG)
        for element in drawn(share_of()).iter()
        if element.tag in (f"{SVG}line", f"{SVG}text")
    ]
    line = max(place for place, tag in enumerate(order) if tag == "line")

    assert order[line + 1 :].count("text") == 4  # three figures and "hidden"
