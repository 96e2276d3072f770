// Moving about in the table: one cell at a time can be reached with Tab, the others with the arrows.

import { at } from "./presence.js";
import * as editing from "./editing.js";
import { allRows, cellOf, columns, dress, plain, inWords, rowOf, table, valueOf } from "./page.js";
import { undo } from "./saving.js";
import { say } from "./say.js";

let active = null;
export const keys = new Map(); // further keys on a cell: name → what they do with it

export function go(cell, { edit = false } = {}) {
  if (!cell?.isConnected) cell = active;
  if (!cell) return;
  if (active && active !== cell) active.removeAttribute("tabindex");
  active = cell;
  cell.tabIndex = 0;
  if (edit) return editing.edit(cell);
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// Before a row goes: one cell of the table can always be reached with Tab.
export function handOn(row) {
  if (active?.isConnected && !row?.contains(active)) return;
  const other = row ? (rowBeside(row, 1) ?? rowBeside(row, -1)) : allRows()[0];
  active?.removeAttribute("tabindex");
  active = other ? (other.querySelector(`:scope > [data-c="${active?.dataset.c ?? "ref"}"]`) ?? other.firstElementChild) : null;
  if (active) active.tabIndex = 0;
}

const cellsOf = (row) => [...row.children].filter((cell) => cell.dataset.c);

function rowBeside(row, step) {
  const side = step > 0 ? "nextElementSibling" : "previousElementSibling";
  let one = row[side];
  let body = row.parentElement;
  for (;;) {
    while (one && !one.id.startsWith("row-")) one = one[side];
    if (one) return one;
    body = body[side];
    if (!body || body.nodeName !== "TBODY") return null;
    one = step > 0 ? body.firstElementChild : body.lastElementChild;
  }
}

function along(cell, step) {
  const row = rowOf(cell);
  const cells = cellsOf(row);
  const next = cells[cells.indexOf(cell) + step];
  if (next) return next;
  const other = rowBeside(row, step);
  return other && cellsOf(other).at(step > 0 ? 0 : -1);
}

function across(cell, steps) {
  const place = cellsOf(rowOf(cell)).indexOf(cell);
  let row = rowOf(cell);
  for (let n = 0; n < Math.abs(steps); n += 1) row = rowBeside(row, Math.sign(steps)) ?? row;
  return cellsOf(row)[place];
}

const end = (cell, where) => cellsOf(rowOf(cell)).at(where);
const corner = (first) => cellsOf(allRows().at(first ? 0 : -1)).at(first ? 0 : -1);

const MOVES = {
  ArrowRight: (cell) => end(cell, -1) === cell ? cell : along(cell, 1),
  ArrowLeft: (cell) => end(cell, 0) === cell ? cell : along(cell, -1),
  ArrowDown: (cell) => across(cell, 1),
  ArrowUp: (cell) => across(cell, -1),
  PageDown: (cell) => across(cell, 10),
  PageUp: (cell) => across(cell, -10),
  Home: (cell, event) => (event.ctrlKey ? corner(true) : end(cell, 0)),
  End: (cell, event) => (event.ctrlKey ? corner(false) : end(cell, -1)),
};

// After a box is closed.
editing.moved.on = (cell, where) => {
  const next = where === "down" ? across(cell, 1) : where === "stay" ? cell : along(cell, where === "on" ? 1 : -1);
  if (next) go(next);
  else leaveTable();
};

function leaveTable() {
  at(null);
  document.getElementById("plan-after").focus();
  say("You have left the table. Shift and Tab takes you back.");
}

function onCell(event, cell) {
  const command = event.ctrlKey || event.metaKey;
  const name = `${event.altKey ? "Alt+" : ""}${command ? "Ctrl+" : ""}${event.shiftKey && event.key.length > 1 ? "Shift+" : ""}${event.key}`;
  const further = keys.get(name);
  if (further) return handled(event, () => further(cell, event));
  if (event.altKey) return;
  if (MOVES[event.key]) return handled(event, () => go(MOVES[event.key](cell, event)));
  if (event.key === "Tab") {
    const next = along(cell, event.shiftKey ? -1 : 1);
    if (next) handled(event, () => go(next));
  } else if (event.key === "Escape") handled(event, leaveTable);
  else if (name === "Ctrl+Enter") handled(event, () => rowOf(cell).querySelector("[data-c=ref] a").click());
  else if (event.key === "Enter" || event.key === "F2") handled(event, () => editing.edit(cell));
  else if (event.key === "Delete" || event.key === "Backspace") handled(event, () => editing.edit(cell, { type: "replace" }));
  else if (command && event.key.toLowerCase() === "z") handled(event, () => undo((where, last) => editing.edit(where, { text: last.text, seen: last.seen })));
  else if (!command && event.key.length === 1 && event.key !== " ") typed(event, cell);
}

function handled(event, act) {
  event.preventDefault();
  act();
}

// Typing on a cell opens it with what was typed at the end of what stands there: nothing is typed over unseen.
function typed(event, cell) {
  const kind = columns.get(cell.dataset.c).kind;
  if (kind === "text" || kind === "long") {
    event.preventDefault();
    editing.edit(cell);
    if (editing.isOpenAt(cell)) document.execCommand("insertText", false, event.key);
  } else handled(event, () => editing.edit(cell));
}

export function start() {
  table.setAttribute("role", "grid");
  dress(table);
  table.classList.add("plan-table--live");
  handOn();

  table.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    if (editing.isOpenAt(cell)) editing.key(event);
    else if (event.target === cell) onCell(event, cell);
  });
  table.addEventListener("click", (event) => {
    const cell = cellOf(event.target);
    if (!cell || editing.isOpenAt(cell) || event.target.closest("a, button, input, label")) return;
    if (!getSelection().isCollapsed) return; // Somebody is marking words to copy them.
    go(cell, { edit: true });
    if (!editing.isOpen()) cell.focus();
  });
  table.addEventListener("focusin", (event) => {
    const cell = cellOf(event.target);
    if (cell && cell !== active) { active?.removeAttribute("tabindex"); active = cell; cell.tabIndex = 0; }
    if (cell && event.target === cell) at(cell, false);
  });
  table.addEventListener("focusout", (event) => { if (!table.contains(event.relatedTarget) && document.hasFocus()) at(null); });
  document.addEventListener("copy", (event) => {
    const cell = cellOf(event.target);
    if (!cell || editing.isOpen() || !getSelection().isCollapsed) return;
    const column = columns.get(cell.dataset.c);
    event.clipboardData.setData("text/plain", inWords(column, plain(column.kind, valueOf(cell))));
    event.preventDefault();
  });
}
