// Telling the others where this person is: when it changes, and every twenty seconds while it does not.

import { post, token } from "./asking.js";
import { rowId, rowOf, setup, tab } from "./page.js";

let here = null;
let sent = "";
let due = null;

export function at(cell, editing) {
  here = cell && { row: rowId(rowOf(cell)), column: cell.dataset.c, editing: editing ? "1" : "0" };
  clearTimeout(due);
  due = setTimeout(tell, 400);
}

async function tell() {
  const now = JSON.stringify(here);
  if (now !== sent && (here || sent)) await post(setup.urls.presence, { tab, ...(here ?? {}) }, { "X-Background": "1" });
  sent = now;
  clearTimeout(due);
  if (here) due = setTimeout(() => { sent = ""; tell(); }, 20000);
}

addEventListener("pagehide", () => {
  if (!sent || sent === "null") return;
  const body = new URLSearchParams({ tab, csrfmiddlewaretoken: token });
  navigator.sendBeacon(setup.urls.presence, body);
});
