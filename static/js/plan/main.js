// The plan's table as an editor. Without this script the same work is done in forms.

import { start as startBlocks } from "./blocks.js";
import * as editing from "./editing.js";
import { go, start as startGrid } from "./grid.js";
import { drop, kept, livingTabs } from "./keeping.js";
import { post } from "./asking.js";
import { look, start as startLive } from "./live.js";
import * as notes from "./notes.js";
import { cellAt, columnKeys, columns, inWords, make, plain, putWords, setup, table } from "./page.js";
import { start as startRows } from "./rows.js";
import { heard, takeUp } from "./saving.js";
import { alert, say, status } from "./say.js";

heard.panel = (record, html) => {
  const note = notes.panel(record, html);
  const section = note?.querySelector(".conflict");
  if (section && !editing.isOpen()) section.scrollIntoView({ block: "nearest" });
};

heard.problem = (record, { say: sentence, kind }) => {
  const column = columns.get(record.column);
  const words = kind === "merged" ? "" : inWords(column, plain(column.kind, record.new));
  const again = kind === "merged" ? null : () => bringBack(record, record.new, record.once);
  notes.problem(record, sentence, { words, again });
  if (kind !== "merged") look();
};

// A decision about two texts, without leaving the table.
table.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-settle]");
  if (!form) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form, event.submitter));
  delete fields.csrfmiddlewaretoken;
  const [row, column] = form.closest(".plan-note").dataset.of.split(":");
  const answer = await post(form.action, { ...fields, columns: columnKeys().join() });
  const record = { row: Number(row), column, name: "" };
  if (answer.result === "held") {
    heard.panel(record, answer.panel);
    alert("It was changed again meanwhile. Look at the texts as they are now.");
  } else if (["saved", "merged", "same"].includes(answer.result)) {
    notes.settled(Number(row), column);
    if (answer.row) heard.row(Number(row), answer.row);
    go(cellAt(row, column));
    say("Done. Both texts are in the history.");
  } else alert(answer.say ?? "Not done: the planner cannot be reached. Try again.");
});

// Into a box again; that box keeps its own draft, so the one they were kept in is no longer needed.
function bringBack(record, text, kept) {
  const cell = cellAt(record.row, record.column);
  go(cell);
  editing.edit(cell, { text, seen: record.seen });
  if (editing.isOpenAt(cell)) drop("draft", kept);
}

// Words that were being typed when an earlier page closed: offered, never put back by themselves.
async function offerDrafts() {
  const living = await livingTabs();
  const drafts = kept("draft").filter((one) => (one.plan ?? setup.plan) === setup.plan && !living.has(one.tab));
  const box = document.getElementById("plan-drafts");
  const list = box.querySelector("ul");
  for (const one of drafts) {
    const column = columns.get(one.column);
    if (!column) continue;
    const item = make("li", {}, make("strong", {}, `${column.label}, ${one.name}: `));
    const words = make("span", { className: "plan-note__kept" });
    putWords(words, inWords(column, plain(column.kind, one.text)));
    const done = () => { item.remove(); box.hidden = !list.children.length; };
    const button = (label, act) => make("button", { type: "button", className: "quiet-button", onclick: act }, label);
    item.append(words, " ");
    const cell = cellAt(one.row, one.column);
    if (cell) item.append(button("Bring it back", () => { done(); bringBack(one, one.text, one.kept); }), " ");
    else item.append("(not on this page) ");
    item.append(button("Let it go", () => { drop("draft", one.kept); done(); }));
    list.append(item);
  }
  box.hidden = !list.children.length;
}

function help() {
  const dialog = document.getElementById("plan-keys");
  const open = () => dialog.showModal();
  document.getElementById("plan-help").addEventListener("click", open);
  document.getElementById("plan-help").hidden = false;
  document.addEventListener("keydown", (event) => { if ((event.ctrlKey || event.metaKey) && event.key === "/") { event.preventDefault(); open(); } });
}

startGrid();
startRows();
startBlocks();
startLive();
help();
status("saved");
takeUp();
offerDrafts();
document.documentElement.dataset.planReady = "";
