// From a cell to the server and back: one save at a time for each cell, sent until it is answered, undone on request.

import { post } from "./asking.js";
import { drop, kept, livingTabs, put } from "./keeping.js";
import { allRows, cellAt, columnKeys, columns, inWords, newId, plain, putWords, rowId, rowName, rowOf, same, setup, tab } from "./page.js";
import { alert, say, status } from "./say.js";

const outbox = new Map(); // once: what is to be saved
const busyCells = new Map(); // "row:column", or an errand: the save that is under way
const before = new Map(); // what a cell showed before words that are on their way
const undone = []; // what Ctrl+Z takes back, newest last
let hold = 1000;
let timer = null;
export const heard = { row: () => {}, again: () => {}, gone: () => {}, panel: () => {}, problem: () => {}, errand: {} };

const place = (record) => (record.what ? `${record.what}:${record.draft}` : `${record.row}:${record.column}`);
const ofCell = (row, column) => [...outbox.values()].filter((one) => !one.what && one.row === row && one.column === column);
export const isPending = (row, column) => ofCell(row, column).length > 0;
// What a cell holds as far as this person is concerned: their own latest words, even while these are on their way.
export const wantedOf = (row, column) => ofCell(row, column).at(-1);

export function save(cell, seen, wanted, { undo = true } = {}) {
  const row = rowOf(cell);
  saveAt({ row: rowId(row), column: cell.dataset.c, name: rowName(row), seen, new: wanted, undo });
}

// Also for a cell that this page does not show.
export function saveAt(what) {
  const record = { undo: true, ...what, url: `${setup.urls.rows}${what.row}/cells/` };
  const cell = cellAt(record.row, record.column);
  const kept = queue(record);
  if (cell) show(cell, kept);
  pump();
}

function queue(record) {
  const whole = { once: newId(), person: setup.person, plan: setup.plan, tab, at: Date.now(), ...record };
  outbox.set(whole.once, whole);
  put("out", whole.once, whole);
  return whole;
}

// What is no cell: a new row, a decision about two texts. It waits like a cell; `heard.errand[what]` hears the answer.
// `draft` names what is sent: while it waits, it is sent once, with the latest words.
export function sendErrand(errand) {
  const waiting = errandOf(errand.draft);
  queue({ ...errand, once: waiting?.once ?? errand.once ?? newId() });
  pump();
}

export const errandOf = (draft) => [...outbox.values()].find((one) => one.draft === draft);

export function callOff(errand) {
  if (!errand) return;
  outbox.delete(errand.once);
  drop("out", errand.once);
}

// The words are shown as they will stand, before the server has answered.
function show(cell, record) {
  if (!before.has(place(record))) before.set(place(record), cell.cloneNode(true));
  const column = columns.get(record.column);
  const words = inWords(column, plain(column.kind, record.new));
  if (record.column === "ref") cell.querySelector("a").textContent = words || "Open";
  else putWords(cell, words);
  if (cell.dataset.v !== undefined && record.column !== "ref" && column.kind !== "officers") cell.dataset.v = column.kind === "choice" ? record.new : JSON.stringify(record.new);
  cell.classList.add("plan-cell--saving");
}

export function pump() {
  clearTimeout(timer);
  for (const record of outbox.values()) {
    if (busyCells.has(place(record))) continue;
    busyCells.set(place(record), record.once);
    send(record);
  }
  if (outbox.size) {
    if (["", "saved"].includes(document.getElementById("plan-status").dataset.state ?? "")) status("waiting");
  } else status("saved");
}

const WAITING = new Set(["offline", "busy", "signed-out", "other-person", "stale-token"]);

const fieldsOf = (record) => ({
  column: record.column,
  seen: JSON.stringify(record.seen),
  new: JSON.stringify(plain(columns.get(record.column).kind, record.new)),
  once: record.once,
  person: setup.person,
});

async function send(record) {
  const answer = await post(record.url, { ...(record.fields ?? fieldsOf(record)), columns: columnKeys().join() });
  busyCells.delete(place(record));
  if (WAITING.has(answer.result)) return later(answer.result);
  hold = 1000;
  callOff(record.what ? errandOf(record.draft) : record);
  if (record.what) heard.errand[record.what](record, answer);
  else settle(record, answer);
  pump();
}

function later(state) {
  status(state === "stale-token" ? "busy" : state, unsaved());
  clearTimeout(timer);
  timer = setTimeout(pump, hold);
  hold = Math.min(hold * 2, 15000);
}

addEventListener("online", () => { hold = 1000; pump(); });
export const resume = () => { if (outbox.size) { hold = 1000; pump(); } };
export const unsaved = () => new Set([...outbox.values()].map(place)).size; // how many cells

function settle(record, answer) {
  const column = columns.get(record.column);
  if (answer.result === "saved") follow(record, answer.after);
  else if (answer.result === "same" && same(plain(column.kind, answer.stored), plain(column.kind, record.new))) follow(record, answer.stored);
  else if (answer.result === "refused") follow(record, record.seen); // It never was anywhere: what follows was typed on what was seen.
  const cell = cellAt(record.row, record.column);
  cell?.classList.remove("plan-cell--saving");
  const was = before.get(place(record));
  before.delete(place(record));
  if (answer.row) heard.row(record.row, answer.row);
  if (answer.result === "saved" || answer.result === "merged") {
    if (record.undo) undone.push({ row: record.row, column: record.column, before: answer.before, after: answer.after });
    say(answer.result === "merged" ? `${column.label}: ${answer.say}` : `${column.label} of ${record.name}: saved.`);
    if (answer.result === "merged") heard.problem(record, { say: answer.say, kind: "merged" });
  } else if (answer.result === "held" || answer.result === "removed") {
    alert(`${column.label} of ${record.name}: ${answer.say} What you typed is kept. Choose between the texts.`);
    heard.panel(record, answer.panel);
    if (answer.gone) heard.gone(answer.gone);
  } else if (answer.result === "refused") {
    put("draft", record.once, { ...record, text: record.new, tab: "", problem: answer.say });
    alert(`${column.label} of ${record.name} was not saved. ${answer.say}`);
    if (cell && was && !isPending(record.row, record.column) && !cell.classList.contains("plan-cell--open")) putBack(cell, was);
    heard.again(record.row);
    heard.problem(record, { say: answer.say, kind: "refused" });
  }
}

function putBack(cell, was) {
  if (was.dataset.v !== undefined) cell.dataset.v = was.dataset.v;
  cell.replaceChildren(...was.childNodes);
}

// A later save of the same cell was made from what this one wanted: it is now made from what is stored.
function follow(record, stored) {
  const column = columns.get(record.column);
  for (const one of outbox.values()) {
    if (place(one) === place(record) && same(plain(column.kind, one.seen), plain(column.kind, record.new))) {
      one.seen = stored;
      put("out", one.once, one);
    }
  }
  heard.stored?.(record, stored);
}

export function rememberDiscarded(row, column, text, seen) {
  undone.push({ row, column, text, seen });
}

export const rememberUndo = (again) => undone.push({ again });

// Takes back the last thing this person did in the table, if nobody has changed it since.
export function undo(reopen) {
  const last = undone.pop();
  if (!last) return say("There is nothing to undo.");
  if (last.again) return last.again();
  const cell = cellAt(last.row, last.column);
  if (!cell) return say("That row is not on this page any more.");
  if ("text" in last) return reopen(cell, last);
  save(cell, last.after, last.before, { undo: false });
  say("Undone.");
  cell.scrollIntoView({ block: "nearest" });
}

// What an earlier page left to be saved. An errand that another tab is still about is left to that tab.
export async function takeUp() {
  const left = kept("out");
  for (const record of left.filter((one) => !one.what)) {
    outbox.set(record.once, record);
    const cell = cellAt(record.row, record.column);
    if (cell) show(cell, record);
  }
  if (outbox.size) pump();
  else if (allRows().length) status("saved");
  const living = await livingTabs();
  const errands = left.filter((one) => one.what && !living.has(one.tab));
  for (const errand of errands) outbox.set(errand.once, errand);
  if (errands.length) pump();
}
