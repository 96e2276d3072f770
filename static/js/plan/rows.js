// Whole rows: moved by mouse or keys, chosen for changing several at once.

import { post } from "./asking.js";
import { go, keys } from "./grid.js";
import { look } from "./live.js";
import { columnKeys, keepingFocus, lastOf, putWords, rowId, rowName, rowOf, setup, table, withNotes } from "./page.js";
import { heard, rememberUndo } from "./saving.js";
import { alert, say } from "./say.js";

const beside = (row, step) => {
  let one = row;
  do one = step > 0 ? one.nextElementSibling : one.previousElementSibling;
  while (one && !one.id.startsWith("row-"));
  return one;
};

// One move after the other: where the next one leads is known when the last one is done.
let moves = Promise.resolve();
const inTurn = (act) => { moves = moves.then(act); };

async function place(row, neighbour, where, { undo = true } = {}) {
  const back = beside(row, -1) ? [beside(row, -1), "after"] : [beside(row, 1), "before"];
  const answer = await post(`${setup.urls.rows}${rowId(row)}/place/`, { beside: rowId(neighbour), where, seen: row.dataset.place, columns: columnKeys().join() });
  if (answer.result !== "saved") return alert(answer.say ?? "The row could not be moved. Try again.");
  keepingFocus(() => (where === "before" ? neighbour : lastOf(neighbour))[where](...withNotes(row)));
  heard.row(rowId(row), answer.row); // so that what was asked for before the move is known to be old
  row.dataset.place = answer.place;
  if (undo && back[0]) rememberUndo(() => inTurn(() => place(row, ...back, { undo: false })));
  say(`Moved ${rowName(row)} ${where === "before" ? "above" : "below"} ${rowName(neighbour)}.`);
  look();
}

function step(cell, by) {
  const row = rowOf(cell);
  const neighbour = beside(row, by);
  if (!setup.may.reorder) say("The order of rows is changed by the coordinator or the steering group.");
  else if (!setup.planOrder) say("Show the plan in its own order, grouped by aim, to move rows.");
  else if (!neighbour) say(`It is already the ${by < 0 ? "first" : "last"} of its group.`);
  else return place(row, neighbour, by < 0 ? "before" : "after");
}

keys.set("Alt+ArrowUp", (cell) => inTurn(() => step(cell, -1)));
keys.set("Alt+ArrowDown", (cell) => inTurn(() => step(cell, 1)));

// Dragging starts at the reference, so that words can still be marked with the mouse.
let dragged = null;

function dragging() {
  if (!setup.may.reorder || !setup.planOrder || matchMedia("(pointer: coarse)").matches) return;
  table.classList.add("plan-table--movable");
  table.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("tr[id^=row-] > [data-c=ref]");
    if (handle && !event.target.closest("a, input, textarea")) handle.parentElement.draggable = true;
  });
  table.addEventListener("pointerup", () => table.querySelector("tr[draggable=true]")?.removeAttribute("draggable"));
  table.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("tr[draggable=true]");
    if (dragged) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", rowName(dragged)); }
  });
  table.addEventListener("dragover", (event) => {
    const over = target(event);
    mark(null);
    if (!over) return;
    event.preventDefault();
    mark(over);
  });
  table.addEventListener("drop", (event) => {
    const over = target(event);
    mark(null);
    if (!over) return;
    event.preventDefault();
    const row = dragged; // which is forgotten when the drag has ended
    inTurn(() => place(row, over.row, over.where));
  });
  table.addEventListener("dragend", () => { mark(null); dragged?.removeAttribute("draggable"); dragged = null; });
}

// Only within a group: which aim a row serves is a cell of its own.
function target(event) {
  const row = event.target.closest?.("tr[id^=row-]");
  if (!dragged || !row || row === dragged || row.parentElement !== dragged.parentElement) return null;
  const box = row.getBoundingClientRect();
  return { row, where: event.clientY < box.top + box.height / 2 ? "before" : "after" };
}

function mark(over) {
  table.querySelector(".plan-row--before")?.classList.remove("plan-row--before");
  table.querySelector(".plan-row--after")?.classList.remove("plan-row--after");
  over?.row.classList.add(`plan-row--${over.where}`);
}

// Rows chosen for changing several at once: the button says how many.
function choosing() {
  const button = document.getElementById("plan-change-many");
  if (!button) return;
  const count = () => {
    const chosen = table.querySelectorAll("input[name=rows]:checked").length;
    putWords(button, chosen ? `Change ${chosen} row${chosen === 1 ? "" : "s"}` : "Change several rows");
  };
  table.addEventListener("change", (event) => { if (event.target.name === "rows") count(); });
  keys.set(" ", (cell) => {
    const box = rowOf(cell).querySelector("input[name=rows]");
    if (!box) return say("You may not change this row.");
    box.click();
    say(`${rowName(rowOf(cell))} ${box.checked ? "chosen" : "not chosen any more"}.`);
  });
  count();
}

export function start() {
  dragging();
  choosing();
}
