// Words that were being typed when an earlier page closed: offered, never put back by themselves.

import * as editing from "./editing.js";
import { go } from "./grid.js";
import { drop, kept, livingTabs } from "./keeping.js";
import { allRows, cellAt, columns, inWords, make, plain, putWords, rowById, setup } from "./page.js";
import { errandOf } from "./saving.js";

// What a draft is about, if not a cell: how it is called and brought back. `again` answers whether it could be.
export const kinds = {};

const ofCell = {
  name: (one) => `${columns.get(one.column).label}, ${one.name}`,
  isHere: (one) => cellAt(one.row, one.column),
  again: (one) => { intoBox(one, one.text, one.kept); return true; },
};

// Into a box again; that box keeps its own draft, so the one they were kept in is no longer needed.
export function intoBox(record, text, draft) {
  const cell = cellAt(record.row, record.column);
  go(cell);
  editing.edit(cell, { text, seen: record.seen });
  if (editing.isOpenAt(cell)) drop("draft", draft);
}

const box = document.getElementById("plan-drafts");
const list = box.querySelector("ul");

export function offer(one) {
  const column = columns.get(one.column);
  if (!column || (one.plan ?? setup.plan) !== setup.plan) return; // Words of another plan are offered there.
  const kind = kinds[one.what] ?? ofCell;
  for (const item of list.children) if (item.dataset.kept === one.kept) item.remove();
  const item = make("li", {}, make("strong", {}, `${kind.name(one)}: `));
  item.dataset.kept = one.kept;
  const words = make("span", { className: "plan-note__kept" });
  putWords(words, inWords(column, plain(column.kind, one.text)));
  const done = () => { item.remove(); box.hidden = !list.children.length; };
  const button = (label, act) => make("button", { type: "button", className: "quiet-button", onclick: act }, label);
  item.append(words, " ");
  if (kind.isHere(one)) item.append(button("Bring it back", async () => { if (await kind.again(one)) done(); }), " ");
  else item.append("(not on this page) ");
  item.append(button("Let it go", () => { drop("draft", one.kept); done(); }));
  list.append(item);
  box.hidden = false;
}

export async function offerDrafts() {
  const living = await livingTabs();
  const isLeft = (one) => !living.has(one.tab) && !errandOf(one.kept); // What is about to be sent need not be offered.
  kept("draft").filter(isLeft).forEach(offer);
}

// The row it was begun at may have gone since.
export const rowFor = (one) => rowById(one.row) ?? allRows().at(-1);
