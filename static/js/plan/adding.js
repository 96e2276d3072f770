// A new row begins with what will be done; the other cells are filled in the table afterwards.

import { kinds, offer, rowFor } from "./drafts.js";
import { go, keys } from "./grid.js";
import { drop, kept, put } from "./keeping.js";
import { columns, drawn, lastOf, make, newId, rowById, rowId, rowName, rowOf, setup, tab } from "./page.js";
import { callOff, errandOf, heard, rememberUndo, saveAt, sendErrand } from "./saving.js";
import { alert, say } from "./say.js";

let open = null; // the box of a new row: one at a time

function below(cell, { text = "", once = newId() } = {}) {
  if (!setup.may.add) return void say("You may not add rows to this plan.");
  if (open?.box.value.trim()) return void open.box.focus(); // What was begun there is not thrown away.
  shut();
  const row = rowOf(cell);
  const box = make("textarea", { className: "govuk-textarea plan-editor", rows: 1, id: "plan-new-activity", value: text });
  const said = make("p", { className: "plan-editor__newer", hidden: true });
  const holder = make("td", { colSpan: row.children.length, role: "gridcell" });
  const strip = make("tr", { className: "plan-note plan-row--draft", role: "row" }, holder);
  strip.dataset.of = `${rowId(row)}:new`;
  open = { box, said, strip, cell, once, row: rowId(row), name: rowName(row) };
  const button = (label, act) => make("button", { type: "button", className: "quiet-button", onclick: act }, label);
  box.addEventListener("input", keepDraft);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); add(); }
  });
  holder.append(make("label", { className: "govuk-label", htmlFor: box.id }, `New row below ${open.name}: ${columns.get("activity")?.label ?? "Activity"}`), box, said, button("Add the row", add), " ", button("Leave", leave));
  row.after(strip);
  box.focus();
  return true;
}

const draftOf = ({ once, row, name, plan = setup.plan }, text) => ({ what: "row", once, row, column: "activity", text, name, plan, tab, at: Date.now() });

function keepDraft() {
  put("draft", open.once, draftOf(open, open.box.value));
}

function add() {
  const { once, row, name, box } = open;
  keepDraft();
  sendErrand({ what: "row", draft: once, once, row, column: "activity", name, url: `${setup.urls.rows}${row}/add-below/`, fields: { activity: box.value, once } });
}

function shut() {
  open?.strip.remove();
  open = null;
}

function leave() {
  const { cell, once, box } = open;
  const text = box.value;
  callOff(errandOf(once));
  drop("draft", once);
  shut();
  go(cell);
  if (!text.trim()) return;
  const again = () => below(cell.isConnected ? cell : rowFor({}).firstElementChild, { text, once }) || rememberUndo(again);
  rememberUndo(again);
  say("Left without adding. Ctrl+Z brings back what you typed.");
}

heard.errand.row = (record, answer) => {
  const mine = open?.once === record.draft ? open : null;
  const draft = kept("draft").find((one) => one.kept === record.draft);
  const words = mine?.box.value ?? draft?.text ?? record.fields.activity;
  const isGone = answer.id && !answer.row;
  if (answer.result !== "saved" && !isGone) return keep(record, mine, words, answer.say);
  drop("draft", record.draft);
  if (isGone) return keep({ ...record, draft: newId() }, mine, words, `${answer.say} Your words are kept: add them as another row, or leave them.`);
  arrived(record, answer, mine);
  // Sent twice, because the first answer was lost: the row has the words of the first time.
  if (words.trim() && words.trim() !== answer.stored.trim()) saveAt({ row: answer.id, column: "activity", name: rowName(drawn(answer.row)), seen: answer.stored, new: words });
  say(answer.say);
};

function arrived(record, answer, mine) {
  const isHere = mine?.strip.contains(document.activeElement);
  const here = rowById(answer.id); // It may have come by itself already.
  const above = rowById(record.row);
  if (here) heard.row(answer.id, answer.row);
  else if (mine) mine.strip.after(drawn(answer.row));
  else if (above) lastOf(above).after(drawn(answer.row));
  if (!mine) return;
  shut();
  const row = rowById(answer.id);
  if (isHere) go(row.querySelector("[data-c=activity]") ?? row.firstElementChild);
}

// Not added, and why: the words stay in the box, or are offered where there is none.
function keep(record, mine, words, why) {
  const draft = draftOf({ ...record, once: record.draft }, words);
  put("draft", record.draft, draft);
  alert(why);
  if (!mine) return offer({ ...draft, kept: record.draft });
  mine.once = record.draft;
  mine.said.textContent = why;
  mine.said.hidden = false;
}

kinds.row = {
  name: (one) => `New row below ${one.name}`,
  isHere: (one) => setup.may.add && rowFor(one),
  again: (one) => below(rowFor(one).firstElementChild, { text: one.text, once: one.kept }),
};

keys.set("Alt+Enter", (cell) => void below(cell));
