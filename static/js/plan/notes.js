// What belongs to one cell and needs room: a conflict's texts, a refusal with the words it concerns, a merge.

import { columns, make, rowById, table } from "./page.js";
import { drop } from "./keeping.js";

const name = (row, column) => `${row}:${column}`;

function strip(row, column, ...content) {
  if (!table.querySelector(`.plan-note[data-of="${name(row, column)}"] .conflict`)) close(row, column);
  const owner = rowById(row);
  if (!owner) return null;
  const cell = make("td", { colSpan: owner.children.length, role: "gridcell" }, ...content);
  const note = make("tr", { className: "plan-note", role: "row" }, cell);
  note.dataset.of = name(row, column);
  let after = owner;
  while (after.nextElementSibling?.classList.contains("plan-note")) after = after.nextElementSibling;
  after.after(note);
  return note;
}

export function close(row, column) {
  table.querySelector(`.plan-note[data-of="${name(row, column)}"]`)?.remove();
}

export function panel(record, html) {
  const holder = make("div", { className: "plan-note__panel" });
  holder.innerHTML = html; // Drawn by our own template, which escapes what people wrote.
  close(record.row, record.column); // These texts are newer than those of an earlier panel.
  const note = strip(record.row, record.column, holder);
  rowById(record.row)?.querySelector(`[data-c="${record.column}"]`)?.classList.add("plan-cell--held");
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
