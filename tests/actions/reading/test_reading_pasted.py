"""A plan pasted into a box gives what a file would give."""

from pathlib import Path

import pytest

from actions.reading.grids import Unreadable
from actions.reading.mapping import Unmapped
from actions.reading.pasted import read_pasted
from tests.actions.reading.files import HEADER, ROW

CLIPBOARD = Path(__file__).parents[1] / "clipboard"


def copied(name):
    return (CLIPBOARD / name).read_bytes().decode("utf-8")


def html(*rows, style=""):
    return f"<html><style>{style}</style><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></html>"


def cells(*texts, tag="td"):
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def test_text_between_tabs():
    found = read_pasted("", "\t".join(HEADER) + "\r\n" + "\t".join(ROW))
    assert found.rows[0].values["activity"] == "Hold a fair"
    assert (found.source, found.rows[0].place) == ("Pasted table", "Pasted table, row 2")


def test_what_excel_and_word_put_on_the_clipboard():
    excel, word = (read_pasted(copied(f"{name}.html"), "") for name in ("excel", "word"))
    assert [row.values["ref"] for row in excel.rows] == ["1", "2", "3"]
    assert [row.values["priority"] for row in excel.rows] == ["high", "high", None]
    assert {"ref", "activity", "leads"} <= word.columns


def test_merged_cells_count_as_in_a_file():
    head = cells("Aim", "Action", "By when", "Lead")
    first = "<td rowspan=2>Recruit</td><td rowspan=2>Hold a fair</td><td>May 2026</td><td rowspan=2>HR</td>"
    found = read_pasted(html("<td colspan=4>Theme 1: Attract</td>", head, first, "<td>June 2026</td>"), "").rows
    assert [(row.values["theme"], row.values["aim"], row.values["activity"]) for row in found] == [
        ("Theme 1: Attract", "Recruit", "Hold a fair")
    ]
    assert [each.due.month for each in found[0].reading.milestones] == [5, 6]


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("<td style='border:none;background:#FF0000;padding:0'></td>", "red"),
        ("<td style='background-color: rgb(0, 176, 80)'></td>", "green"),
        ("<td bgcolor=yellow></td>", "amber"),
        ("<td class='xl65 other'></td>", "amber"),
        ("<td style='background:window'></td>", None),
        ("<td></td>", None),
    ],
)
def test_a_status_that_is_only_a_colour(cell, status):
    rules = "<!-- .xl65 {color:black; background:#FFC000;} .xl66 {color:red;} -->"
    content = html(cells("Action", "Lead", "RAG"), cells("Do it", "HR") + cell, style=rules)
    assert read_pasted(content, "").rows[0].values["status"] == status


def test_headings_to_map_and_a_mapping():
    text = "Tasg\tArweinydd\nCynnal ffair\tHR Lead"
    with pytest.raises(Unmapped) as refusal:
        read_pasted("", text)
    assert [heading.text for heading in refusal.value.unmatched] == ["Tasg", "Arweinydd"]
    found = read_pasted("", text, mapping={"tasg": "activity", "arweinydd": "leads"})
    assert (found.rows[0].values["activity"], found.rows[0].values["leads"]) == ("Cynnal ffair", ["HR Lead"])


@pytest.mark.parametrize(
    ("pasted", "text", "words"),
    [
        ("", "", "Nothing was pasted"),
        ("<table><tr><td> </td></tr></table>", " \t\n", "Nothing was pasted"),
        ("", "Dear all", "What was pasted holds no table"),
        ("<table><tr><td>a</td></tr></table>" * 2, "", "2 tables were pasted"),
        ("", "\t".join(HEADER) + "\n" + "x\t" * 250 + "x", "so it is not certain which cell is which"),
        ("", "\n".join(["\t".join(["Action", *["x"] * 220])] * 3), "column 201"),
    ],
)
def test_what_cannot_be_read(pasted, text, words):
    with pytest.raises(Unreadable) as refusal:
        read_pasted(pasted, text)
    assert words in refusal.value.message
