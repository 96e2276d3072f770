// A decision about two texts, without leaving the table. What is typed to put both together is kept like a cell.

import { get } from "./asking.js";
import { intoBox, kinds, offer } from "./drafts.js";
import { go } from "./grid.js";
import { drop, put } from "./keeping.js";
import * as notes from "./notes.js";
import { cellAt, columns, rowById, rowName, setup, tab, table } from "./page.js";
import { heard, rememberDiscarded, saveAt, sendErrand } from "./saving.js";
import { alert, say } from "./say.js";

function about(form) {
  const [row, column] = form.closest(".plan-note").dataset.of.split(":");
  const { held } = form.closest(".conflict").dataset;
  const owner = rowById(row);
  return { what: "settle", row: Number(row), column, held, draft: `settle:${held}`, name: owner ? rowName(owner) : "", url: form.action };
}

const noteOf = (record) => table.querySelector(`.conflict[data-held="${record.held}"]`)?.closest(".plan-note");
const typedIn = (note) => note && notes.begunIn(note)?.words;

table.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-settle]");
  if (!form) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form, event.submitter));
  delete fields.csrfmiddlewaretoken;
  sendErrand({ ...about(form), fields });
});

table.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-settle]");
  if (!form || event.target.name !== "words") return;
  const record = about(form);
  put("draft", record.draft, { ...record, text: event.target.value, seen: JSON.parse(form.elements.seen.value), plan: setup.plan, tab, at: Date.now() });
});

heard.errand.settle = (record, answer) => {
  const note = noteOf(record);
  const typed = typedIn(note);
  const sent = record.fields.words?.replaceAll("\r\n", "\n");
  if (answer.result === "held" || answer.result === "removed") {
    if (typed === sent) drop("draft", record.draft); // It is one of the texts now.
    heard.panel(record, answer.panel, sent);
    alert("It was changed again meanwhile. Look at the texts as they are now.");
  } else if (["saved", "merged", "same"].includes(answer.result)) done(record, answer, note, typed === sent ? undefined : typed);
  else refused(record, answer.say, note, typed ?? sent);
};

function done(record, answer, note, typed) {
  const { row, column } = record;
  const isHere = note?.contains(document.activeElement);
  drop("draft", record.draft);
  if (note) notes.settled(row, column);
  if (answer.row) heard.row(row, answer.row);
  if (isHere) go(cellAt(row, column));
  say("Done. Both texts are in the history.");
  if (typed === undefined) return;
  if (record.fields.settle === "together") saveAt({ row, column, name: record.name, seen: answer.stored, new: typed }); // Typed on while it was sent.
  else rememberDiscarded(row, column, typed, answer.stored);
}

function refused(record, why, note, words) {
  alert(why);
  if (note || words === undefined) return;
  const draft = { ...record, text: words, seen: JSON.parse(record.fields.seen || "null"), tab: "", at: Date.now() };
  put("draft", record.draft, draft);
  offer({ ...draft, kept: record.draft });
}

// The two texts are fetched again; where somebody has decided meanwhile, the words go into the cell's own box.
async function again(one) {
  const answer = await get(one.url.replace(/settle\/$/, ""));
  if (!answer?.ok) {
    alert("The two texts cannot be fetched now. Your words stay here: bring them back when the planner can be reached.");
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = page.querySelector(`.conflict[data-held="${one.held}"]`);
  if (!panel?.querySelector("textarea[name=words]")) intoBox(one, one.text, one.kept);
  else notes.begin(notes.panel(one, panel.outerHTML), { words: one.text, isHere: true });
  return true;
}

kinds.settle = {
  name: (one) => `${columns.get(one.column).label}, ${one.name}: both texts together`,
  isHere: (one) => cellAt(one.row, one.column),
  again,
};
