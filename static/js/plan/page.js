// What the page says about itself, and how its rows and cells are found.

export const setup = JSON.parse(document.getElementById("plan-setup").textContent);
export const table = document.querySelector(".plan-table");
export const columns = new Map(setup.columns.map((column) => [column.key, column]));
export const tab = crypto.randomUUID ? crypto.randomUUID() : fallbackId();

export const coarse = matchMedia("(pointer: coarse)").matches;

// Only needed where a page is not served securely and the browser withholds randomUUID.
function fallbackId() {
  const digits = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, "$1-$2-4$3-8$4-$5");
}

export const newId = () => (crypto.randomUUID ? crypto.randomUUID() : fallbackId());

export const rowOf = (element) => element.closest("tr[id^=row-]");
export const cellOf = (element) => element.closest("tr[id^=row-] > [data-c]");
export const rowId = (row) => Number(row.id.slice(4));
export const rowById = (id) => document.getElementById(`row-${id}`);
export const cellAt = (id, key) => rowById(id)?.querySelector(`:scope > [data-c="${key}"]`) ?? null;
export const allRows = () => [...table.querySelectorAll("tr[id^=row-]")];

// What stands below a row because it belongs to one of its cells moves with it.
export const notesOf = (id) => [...table.querySelectorAll(`.plan-note[data-of^="${id}:"]`)];
export const withNotes = (row) => [row, ...notesOf(rowId(row))];

export function lastOf(row) {
  let one = row;
  while (one.nextElementSibling?.classList.contains("plan-note")) one = one.nextElementSibling;
  return one;
}

// A row as our own server drew it, which escapes what people wrote.
export function drawn(html) {
  const holder = document.createElement("tbody");
  holder.innerHTML = html;
  dress(holder);
  return holder.firstElementChild;
}

// Drawn as a table for readers, made a grid: one cell is reached with Tab, the others with the arrows.
export function dress(rows) {
  for (const cell of rows.querySelectorAll("td[role=cell]")) cell.setAttribute("role", "gridcell");
  for (const one of rows.querySelectorAll("[data-c=ref] :is(a, input)")) one.tabIndex = -1;
}

// What is put elsewhere loses the focus: it is given back, and the page stays where it is.
export function keepingFocus(act) {
  const held = document.activeElement;
  act();
  if (held !== document.activeElement && held?.isConnected) held.focus({ preventScroll: true });
}

export const columnKeys = () => setup.columns.filter((column) => column.shown).map((column) => column.key);

// A row as people name it.
export function rowName(row) {
  const ref = row.querySelector("[data-c=ref]");
  return ref?.dataset.v ? `row ${ref.dataset.v}` : "this row";
}

export const isEditable = (cell) => {
  const row = rowOf(cell);
  const column = columns.get(cell.dataset.c);
  return Boolean(column && "edit" in row.dataset && !row.classList.contains("plan-row--gone") && (!column.share || "share" in row.dataset));
};

// The text of a cell exactly as it is stored: words are text nodes, lines are breaks, and what was added for readers
// (dates understood, marks) stands in elements of its own.
function textOf(cell) {
  let text = "";
  for (const node of cell.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    else if (node.nodeName === "BR") text += "\n";
  }
  return text;
}

export function valueOf(cell) {
  const kind = columns.get(cell.dataset.c).kind;
  if (cell.dataset.c === "ref" || kind === "choice") return cell.dataset.v;
  if (kind === "text" || kind === "long") return textOf(cell);
  return JSON.parse(cell.dataset.v);
}

// What is sent for a value, and how two values compare.
export const plain = (kind, value) => (kind === "officers" ? value.map((one) => (typeof one === "string" ? one : one.name)) : value);
export const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);

// A value in words, for showing it before the server has drawn it.
export function inWords(column, value) {
  if (value === null || value === undefined) return "";
  if (column.kind === "officers") return plain("officers", value).join("\n");
  if (column.kind === "many") return value.map((one) => label(column, one)).join("\n");
  if (column.kind === "one" || column.kind === "choice") return label(column, value);
  return String(value);
}

const label = (column, value) => setup.options[column.options]?.find(([code]) => String(code) === String(value))?.[1] ?? "";

// Words into an element, line by line; never as HTML.
export function putWords(element, words) {
  element.replaceChildren(...words.split("\n").flatMap((line, place) => (place ? [document.createElement("br"), line] : [line])));
}

export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}
