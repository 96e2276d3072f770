"""A whole plan pasted into the import page: a script sends the cells that the text of the box has lost."""

from playwright.sync_api import expect

from actions.imports import read_import
from actions.models import PlanImport

PLAN = "/p/marlbrook/plan/joint-strategy/"
TEXT = "Ref\tAim\tActivity\n8\tGrow our own staff\tHold a fair\n"
HTML = (
    "<table><tr><th>Ref</th><th>Aim</th><th>Activity</th></tr>"
    "<tr><td>8</td><td>Grow our own staff</td><td><p>Hold a fair</p><p>in two towns</p></td></tr></table>"
)
PASTE = """(box, [text, html]) => {
  const copied = new DataTransfer();
  copied.setData("text/plain", text);
  copied.setData("text/html", html);
  box.focus();
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: copied, bubbles: true, cancelable: true }));
  box.value = text;
}"""


def activities_of_pasted(page, typed=""):
    page.get_by_label("Or paste the table").evaluate(PASTE, [TEXT, HTML])
    expect(page.locator("[name=html]")).not_to_have_value("")  # the script waits for the paste to have happened
    if typed:
        page.get_by_label("Or paste the table").press_sequentially(typed)
    page.get_by_role("button", name="Read this plan").click()
    expect(page.get_by_role("heading", name="Pasted table")).to_be_visible()
    plan_import = PlanImport.objects.first()
    read_import(plan_import.pk)
    plan_import.refresh_from_db()
    return [row["activity"] for row in plan_import.proposal["rows"]]


def test_the_cells_of_a_pasted_table_go_along_until_its_text_is_edited(at):
    page = at("coordinator", f"{PLAN}import/")
    assert activities_of_pasted(page) == ["Hold a fair\nin two towns"]
    page.goto(page.url.partition("import/")[0] + "import/")
    assert activities_of_pasted(page, typed=" ") == ["Hold a fair"]
