// What belongs to one cell and needs room: a conflict's texts, a refusal with the words it concerns, a merge.

import { columns, lastOf, make, rowById, table } from "./page.js";
import { drop } from "./keeping.js";

const name = (row, column) => `${row}:${column}`;

function strip(row, column, ...content) {
  if (!conflictAt(row, column)) close(row, column);
  const owner = rowById(row);
  if (!owner) return null;
  const cell = make("td", { colSpan: owner.children.length, role: "gridcell" }, ...content);
  const note = make("tr", { className: "plan-note", role: "row" }, cell);
  note.dataset.of = name(row, column);
  lastOf(owner).after(note);
  return note;
}

const conflictAt = (row, column) => table.querySelector(`.plan-note[data-of="${name(row, column)}"]:has(.conflict)`);

export function close(row, column) {
  table.querySelector(`.plan-note[data-of="${name(row, column)}"]`)?.remove();
}

// What somebody has typed to put both texts together, if anything.
export function begunIn(note) {
  const box = note.querySelector("textarea[name=words]");
  if (!box || box.value === box.defaultValue) return null;
  return { words: box.value, at: box.selectionEnd, isHere: box === document.activeElement };
}

// Words that were begun under other texts go on under these; where these cannot be put together, they are shown.
export function begin(note, { words, at = words.length, isHere }, earlier) {
  const box = note.querySelector("textarea[name=words]");
  if (!box) {
    const kept = make("blockquote", { className: "plan-note__kept" }, words);
    return note.querySelector(".conflict").append(make("p", { className: "secondary" }, "You had begun to write of both:"), kept);
  }
  if (earlier) drop("draft", `settle:${earlier.querySelector(".conflict").dataset.held}`);
  box.closest("details").open = true;
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true })); // so that it is kept under its new name
  if (isHere) box.focus({ preventScroll: true });
  if (isHere) box.setSelectionRange(at, at);
}

// `sent` are words that are among the texts now, and need not be carried over.
export function panel(record, html, sent) {
  const holder = make("div", { className: "plan-note__panel" });
  holder.innerHTML = html; // Drawn by our own template, which escapes what people wrote.
  const earlier = conflictAt(record.row, record.column);
  const begun = earlier && begunIn(earlier);
  close(record.row, record.column); // These texts are newer than those of an earlier panel.
  const note = strip(record.row, record.column, holder);
  rowById(record.row)?.querySelector(`[data-c="${record.column}"]`)?.classList.add("plan-cell--held");
  if (note && begun && begun.words !== sent) begin(note, begun, earlier);
  return note;
}

export function settled(row, column) {
  close(row, column);
  rowById(row)?.querySelector(`[data-c="${column}"]`)?.classList.remove("plan-cell--held");
}

// A sentence, the words it is about, and what can be done with them.
export function problem(record, sentence, { again, words }) {
  const actions = make("div", { className: "govuk-button-group" });
  const note = strip(
    record.row, record.column,
    make("p", { className: "plan-note__words" }, make("strong", {}, `${columns.get(record.column).label}: `), sentence),
    ...(words ? [make("blockquote", { className: "plan-note__kept" }, words)] : []),
    actions,
  );
  const button = (label, act) => actions.append(make("button", { type: "button", className: "quiet-button", onclick: act }, label));
  if (again) button("Change it and save again", () => { close(record.row, record.column); again(); });
  button(words ? "Let it go" : "Close this note", () => {
    drop("draft", record.once);
    close(record.row, record.column);
  });
  return note;
}
