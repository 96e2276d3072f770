"""How soon is a letter on the screen? `python -m tests.bench.keystroke`.

Opens the plan of a thousand rows in Chromium, types two hundred letters into a cell in its middle, and goes on with Tab
from box to box. For each key it takes the time from the key to the frame that shows what it did. The same is typed into
a growing box in the middle of a plain table of the same rows that has no script at all, so that the ratio means the
same on a slow machine as on a fast one.
"""

import os
import time

import tests.bench._tabs as tabs  # first: it gives this run a data folder of its own
from tests.bench.plan_page import served

ROWS = 1000
PAUSE = 60  # milliseconds between two letters: a fast typist
WORDS = "Agree the training needs of every team and say who pays for them, by when, and how we shall know. "

# Two clocks: from the key to the first moment after the next frame has been handed over, and the browser's own account
# of the same (in steps of 8 ms, and only from 16 ms on), which also covers the painting.
WATCH = """() => {
  window.keyTimes = [];
  window.eventTimes = [];
  addEventListener("keydown", (event) => {
    const began = event.timeStamp;
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => window.keyTimes.push(performance.now() - began);
      after.port2.postMessage(null);
    });
  }, { capture: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "keydown") window.eventTimes.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: false });
}"""
TAKE = """() => {
  const taken = [window.keyTimes, window.eventTimes];
  window.keyTimes = [];
  window.eventTimes = [];
  return taken;
}"""
GROWING = "textarea { field-sizing: content; width: 14rem; font: inherit }"


def figures(after, told):
    """Of the keys' own clock, and how the browser's own account says it at the worst."""
    shown = sorted([*told, *[16.0] * (len(after) - len(told))]) or [0]
    return tabs.milliseconds([one / 1000 for one in after]) | {
        "keys": len(after),
        "browser_p95": shown[int((len(shown) - 1) * 0.95)],
        "browser_max": shown[-1],
    }


def typed(page, letters):
    page.evaluate(TAKE)
    text = (WORDS * (letters // len(WORDS) + 1))[:letters]
    page.keyboard.type(text, delay=PAUSE)
    page.wait_for_timeout(500)
    return figures(*page.evaluate(TAKE))


def pressed(page, keys, wanted):
    """Single keys, with time in between for what they set off; figures of those that are `wanted`."""
    after, told = [], []
    for key in keys:
        page.evaluate(TAKE)
        page.keyboard.press(key)
        page.wait_for_timeout(400)
        one, account = page.evaluate(TAKE)
        if key in wanted:
            after += one
            told += account
    return figures(after, told)


def of_plan(page, address, row, letters):
    page.goto(address)
    page.wait_for_selector("html[data-plan-ready]")
    page.evaluate(WATCH)
    cell = page.locator(f"#row-{row} [data-c=activity]")
    cell.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    cell.evaluate("one => { one.tabIndex = 0; one.focus(); }")
    opening = pressed(page, ["Enter", "Escape"] * 10, {"Enter"})
    page.keyboard.press("Enter")
    page.keyboard.press("Control+End")
    page.wait_for_timeout(500)
    letters_in_cell = typed(page, letters)
    page.keyboard.press("Enter")  # saves and goes down
    page.wait_for_timeout(1500)
    going_on = pressed(page, ["Enter", "Tab"] * 10, {"Tab"})
    moving = pressed(page, ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"] * 5, {"ArrowDown", "ArrowUp"})
    return {"opening": opening, "typing": letters_in_cell, "tab": going_on, "moving": moving}


def of_bare(page, html, row, letters):
    """The plain table, with one box that grows in the same row."""
    start, cell, rest = html.partition(f'<tr id="row-{row}">')
    before, _, after = rest.partition("</td>")
    before = before.replace("<td>", "<td><textarea>")
    page.set_content(f"{start}<style>{GROWING}</style>{cell}{before}</textarea></td>{after}")
    page.evaluate(WATCH)
    box = page.locator("textarea")
    box.scroll_into_view_if_needed()
    box.focus()
    page.wait_for_timeout(1000)
    return typed(page, letters)


def browser_of(driver):
    from tests.journeys.conftest import QUIET, chromium

    args = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return driver.chromium.launch(executable_path=chromium(), args=args)


def measure(letters, rows):
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # The browser's driver runs an event loop of its own.
    with tabs.own_database() as environment:
        from django.db import connection
        from playwright.sync_api import sync_playwright

        from strategies.models import Strategy
        from tests.bench import _site

        slug = _site.build([rows])[rows]
        strategy = Strategy.objects.select_related("partnership").get(slug=slug)
        path = f"/p/{strategy.partnership.slug}/plan/{slug}/"
        middle = strategy.actions.in_plan().in_order()[rows // 2].pk
        session = tabs.sessions_for(tabs.join(strategy.partnership, 1))[0]
        with (
            served("planner", "config.wsgi:application", environment) as port,
            served("plain table", "tests.bench._bare:served()", environment) as bare_port,
            sync_playwright() as driver,
        ):
            html = tabs.Tab(bare_port, session, "/").ask(f"/{slug}/").body.decode()
            browser = browser_of(driver)
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": session, "domain": "127.0.0.1", "path": "/"}])
            page = context.new_page()
            began = time.monotonic()
            ours = of_plan(page, f"http://127.0.0.1:{port}{path}", middle, letters)
            bare = of_bare(context.new_page(), html, middle, letters)
            version = browser.version
            browser.close()
        return {
            "database": connection.vendor, "rows": rows, "letters": letters, "busy": tabs.busy(),
            "browser": version, "seconds": round(time.monotonic() - began), **ours, "bare": bare,
            "ratio_p50": round(ours["typing"]["p50"] / bare["p50"], 2),
        }  # fmt: skip


def show(one):
    yield f"{one['letters']} letters in a plan of {one['rows']:,} rows, Chromium {one['browser']} ({one['busy']})"
    line = (
        "  {:<36}p50 {p50:>6.1f}   p95 {p95:>6.1f}   max {max:>6.1f} ms"
        "   (the browser's account: p95 {browser_p95:.0f}, max {browser_max:.0f})"
    )
    for name, title in (
        ("typing", "a letter in a cell"),
        ("opening", "opening a cell"),
        ("tab", "Tab from an open cell to the next"),
        ("moving", "an arrow to the row below or above"),
        ("bare", "a letter in a plain table"),
    ):
        yield line.format(title, **one[name])
    yield f"  ratio of a letter here to one in the plain table: {one['ratio_p50']}; p95 wanted: 50 ms"


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)  # The database has no part in how soon a letter is on the screen.
    options = {"letters": 200, "rows": ROWS}
    tabs.on_each_database("tests.bench.keystroke", __doc__, options, measure, show)
