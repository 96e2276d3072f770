"""The plan's table in one browser tab, driven as a person drives it."""

from playwright.sync_api import Error, expect

PLAN = "/p/marlbrook/plan/joint-strategy/"
SOON = 5_000  # What others do is seen within five seconds.
RETRIED = 20_000  # Saving is tried again after fifteen seconds at most.

# Keeps what screen readers are told, because each sentence replaces the one before.
LISTEN = """() => {
  window.heard = [];
  const told = (regions) => window.heard.push(...regions.map((one) => one.target.textContent));
  for (const region of document.querySelectorAll("#plan-status ~ [role]"))
    new MutationObserver(told).observe(region, { childList: true });
}"""


class Table:
    def __init__(self, page, address):
        self.page, self.address, self.faults = page, address, []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._console)

    def _console(self, message):
        """Nothing is refused by the content policy; that the network fails is what some tests are about."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(message.text)

    def open(self):
        self.page.goto(self.address)
        return self.ready()

    def reload(self):
        self.page.reload()
        return self.ready()

    def follow(self, button):
        """Press what leads to the plan anew. The page that is left is ready too, so its end is waited for first."""
        with self.page.expect_navigation():
            button.click()
        return self.ready()

    def ready(self):
        try:
            self.page.wait_for_selector("html[data-plan-ready]")
        except Error as problem:
            problem.add_note(f"{self.page.url}: {self.page.title()}, script faults: {self.faults}")
            raise
        self.page.evaluate(LISTEN)
        return self

    def row(self, row):
        return self.page.locator(f"#row-{row.pk}")

    def cell(self, row, column):
        return self.row(row).locator(f"> [data-c={column}]")

    def focus(self, row, column):
        """As the arrows would have got there: only one cell of the table can be focused at a time."""
        self.cell(row, column).evaluate("cell => { cell.tabIndex = 0; cell.focus(); }")

    @property
    def box(self):
        """What is being edited now."""
        return self.page.locator(".plan-cell--open")

    @property
    def note(self):
        return self.page.locator(".plan-note")

    @property
    def status(self):
        return self.page.locator("#plan-status")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words):
        self.page.keyboard.insert_text(words)

    def edit(self, row, column, words=None, *, on_top=False):
        """Open a cell and write into its box, over what stands there or (on top) after it."""
        self.focus(row, column)
        self.press("Enter")
        expect(self.box).to_have_count(1)
        if words is not None:
            self.press(*([] if on_top else ["Control+A"]))
            self.type(words)

    def write(self, row, column, words, **how):
        """Edit a cell and save it, staying there."""
        self.edit(row, column, words, **how)
        self.press("Control+Enter")

    def add_below(self, row, words):
        """Open the box for a new row and write into it."""
        self.focus(row, "activity")
        self.press("Alt+Enter")
        expect(self.new_row).to_be_focused()
        self.type(words)

    @property
    def new_row(self):
        return self.page.locator("#plan-new-activity")

    def say(self, sentence):
        """Expect that screen readers were told this."""
        self.page.wait_for_function("words => window.heard.some((one) => one.includes(words))", arg=sentence)

    def all_saved(self, timeout=SOON):
        expect(self.status).to_have_text("All changes saved", timeout=timeout)

    def paste(self, text, html=""):
        """As the browser hands over what was copied elsewhere."""
        self.page.evaluate(
            """([text, html]) => {
              const copied = new DataTransfer();
              copied.setData("text/plain", text);
              if (html) copied.setData("text/html", html);
              const event = { clipboardData: copied, bubbles: true, cancelable: true };
              document.activeElement.dispatchEvent(new ClipboardEvent("paste", event));
            }""",
            [text, html],
        )


def activities(world):
    return [row.activity for row in world.strategy.actions.in_plan()]


def stored(row, field):
    """What the database says now."""
    return getattr(type(row).objects.get(pk=row.pk), field)
