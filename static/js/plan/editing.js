// One cell at a time becomes a box, and a cell again.

import { editorFor, tools } from "./editors.js";
import { drop, put } from "./keeping.js";
import { coarse, columns, isEditable, make, plain, putWords, rowId, rowName, rowOf, same, setup, tab, valueOf } from "./page.js";
import { heard, rememberDiscarded, save, wantedOf } from "./saving.js";
import { say } from "./say.js";
import { at } from "./presence.js";

let open = null; // the cell that is a box now
export const isOpen = () => open !== null;
export const isOpenAt = (cell) => open?.cell === cell;
export const moved = { on: () => {} }; // set by the grid: where to go after a box is closed

export function edit(cell, { text, type, seen } = {}) {
  if (open?.cell === cell) return;
  if (open) commit();
  const row = rowOf(cell);
  const column = columns.get(cell.dataset.c);
  if (!isEditable(cell)) return say(whyNot(row, cell));
  const pending = wantedOf(rowId(row), column.key);
  const base = seen !== undefined ? seen : pending ? pending.new : valueOf(cell);
  const editor = editorFor(column, base, rowName(row));
  // The box lies on the cell and grows over what is below it: a thousand rows are not laid out anew at every letter.
  const box = make("div", { className: "plan-box" }, editor.element, tools(column, { done: () => commit({ focus: true }), leave: () => leave() }));
  cell.append(box);
  cell.classList.add("plan-cell--open");
  if (cell.getBoundingClientRect().left > innerWidth / 2) box.classList.add("plan-box--leftwards");
  open = { cell, column, base, editor, box, row, first: plain(column.kind, base), draft: `${rowId(row)}:${column.key}:${tab}` };
  cell.addEventListener("input", keepDraft);
  cell.addEventListener("focusout", left);
  if (text !== undefined) { editor.put(text); keepDraft(); }
  editor.focus.focus();
  if (editor.box) editor.box.setSelectionRange(type === "replace" ? 0 : editor.box.value.length, editor.box.value.length);
  at(cell, true);
}

function whyNot(row, cell) {
  if (row.classList.contains("plan-row--gone")) return "This row has been removed from the plan. Restore it to change it.";
  if ("edit" in row.dataset) return "Who leads a row and who contributes is changed by the organisation that leads it, or by the coordinator.";
  return "You can read this row. It is changed by the organisations that lead it or contribute to it.";
}

function keepDraft() {
  const { column, editor, base, row, draft } = open;
  put("draft", draft, { row: rowId(row), column: column.key, seen: base, text: editor.value(), tab, at: Date.now(), name: rowName(row), plan: setup.plan });
}

// Focus went elsewhere on the page: that saves. Another window came to the front: nothing happens, the draft is kept.
function left(event) {
  const { cell } = open;
  if (cell.contains(event.relatedTarget) || !document.hasFocus()) return;
  const close = () => setTimeout(() => { if (open?.cell === cell && !cell.contains(document.activeElement)) commit(); });
  if (!pressed?.closest(".plan-table tbody") || pressed.closest("a, button")) return void close();
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, close, { once: true });
}

// While a button of the mouse is down on the table nothing in it may move, or the click would land elsewhere.
let pressed = null;
addEventListener("pointerdown", (event) => { pressed = event.target; }, true);
for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => { pressed = null; }, true);

const isChanged = () => !same(plain(open.column.kind, open.editor.value()), open.first);

export function commit({ focus = false } = {}) {
  if (!open) return;
  const { cell, column, base, editor, draft } = open;
  const changed = isChanged();
  const value = editor.value();
  const newer = shut();
  if (changed) save(cell, base, value);
  else if (newer) refill(cell, newer);
  drop("draft", draft);
  if (focus) cell.focus();
}

// Leaves without saving. What was typed can be brought back.
export function leave({ keepDraft: keep = false } = {}) {
  if (!open) return;
  const { cell, column, editor, row, draft, base } = open;
  const typed = isChanged() ? editor.value() : undefined;
  const newer = shut();
  if (newer) refill(cell, newer);
  if (!keep) drop("draft", draft);
  cell.focus();
  if (typed !== undefined) {
    rememberDiscarded(rowId(row), column.key, typed, base);
    say("Left without saving. Ctrl+Z brings back what you typed.");
  }
}

function shut() {
  const { cell, box, newer } = open;
  cell.removeEventListener("input", keepDraft);
  cell.removeEventListener("focusout", left);
  open = null; // first, because taking the box away moves the focus
  box.remove();
  cell.classList.remove("plan-cell--open");
  at(cell, false);
  return newer;
}

export function refill(cell, newer) {
  const chosen = cell.querySelector("input[name=rows]")?.checked;
  if (chosen) newer.querySelector("input[name=rows]").checked = true;
  if (newer.dataset.v !== undefined) cell.dataset.v = newer.dataset.v;
  cell.replaceChildren(...newer.childNodes);
}

// Somebody else wrote to the cell whose box is open: their words wait behind the box, and are said.
export function newerBehind(cell, newer, who) {
  open.newer = newer;
  const kind = open.column.kind;
  if (open.told || same(plain(kind, valueOf(newer)), plain(kind, open.base))) return;
  open.told = true;
  const words = `${who || "Somebody else"} has changed this meanwhile. Save yours: what does not overlap is put together, otherwise you see both.`;
  cell.querySelector(".plan-editor__tools").append(make("p", { className: "plan-editor__newer" }, words));
  say(words);
}

// A save of this cell was answered while its box was open again: what was typed since was typed on what is stored now.
heard.stored = (record, stored) => {
  if (!open || rowId(open.row) !== record.row || open.column.key !== record.column) return;
  if (same(plain(open.column.kind, open.base), plain(open.column.kind, record.new))) open.base = stored;
};

// Keys inside a box. Answers where to go next, if anywhere.
export function key(event) {
  if (event.isComposing) return;
  const { editor, column } = open;
  const isWords = column.kind === "text" || column.kind === "long";
  if (event.key === "Escape") {
    event.preventDefault();
    leave();
  } else if (event.key === "Tab" && !inTools(event)) {
    event.preventDefault();
    finish(event.shiftKey ? "back" : "on");
  } else if (event.key === "Enter" && !inTools(event)) {
    if (isWords && event.altKey) return line(event, editor.box);
    if (isWords && column.kind === "long" && (event.shiftKey || coarse) && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    if (editor.add?.()) return keepDraft();
    finish(event.ctrlKey || event.metaKey ? "stay" : "down");
  }
}

const inTools = (event) => event.target.matches("button, .plan-editor__date");

function line(event, box) {
  event.preventDefault();
  box.setRangeText("\n", box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function finish(where) {
  const { cell } = open;
  commit();
  moved.on(cell, where);
}
