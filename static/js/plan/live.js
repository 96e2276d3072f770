// What others do appears by itself: asked for every few seconds while the page is in sight, and cheap when there is
// nothing. Nothing that is being read or typed is moved, and the focus stays where it is.

import { get } from "./asking.js";
import * as editing from "./editing.js";
import { handOn } from "./grid.js";
import { cellAt, columnKeys, drawn, keepingFocus, lastOf, make, notesOf, rowById, rowId, rowName, setup, table, withNotes } from "./page.js";
import { heard, isPending, resume, unsaved } from "./saving.js";
import { alert, say, status } from "./say.js";

const EVERY = 3000;
const SIGNED_OUT = 8000;
let version = setup.version;
let toldUntil = setup.opened; // others' changes after this moment have not been told
let tag = "";
let timer = null;
let asking = false;
const again = new Set(); // rows of which something was left out here, to be told once more
let owed = false; // whether a row stands elsewhere because it was being written in when the others were put in order

// From before the rows that are to be told again.
function since(rows) {
  const versions = rows.map(rowById).filter(Boolean).map((row) => Number(row.dataset.version) - 1);
  return Math.min(version, ...versions);
}

function address(order, from) {
  const asked = new URLSearchParams(location.search);
  asked.set("columns", columnKeys().join());
  asked.set("since", from);
  asked.set("told", toldUntil);
  if (order) asked.set("order", "1");
  return `${setup.urls.live}?${asked}`;
}

export async function look({ order = false } = {}) {
  if (asking) return;
  clearTimeout(timer);
  asking = true;
  let wait = EVERY;
  order ||= owed && !isWriting();
  const rows = [...again];
  const from = since(rows);
  const answer = await get(address(order, from), order || rows.length ? {} : { "If-None-Match": tag });
  asking = false;
  if (answer === null) status("offline", unsaved());
  else if (answer.status === 401 || answer.type === "opaqueredirect") { status("signed-out", unsaved()); wait = SIGNED_OUT; }
  else if (answer.status === 304 || answer.ok) {
    const news = answer.ok ? await answer.json().catch(() => null) : {};
    if (!news) status("busy", unsaved()); // Cut off on the way, or the page of something that stands between.
    else if (!unsaved()) status("saved");
    else resume();
    if (news?.version !== undefined) {
      tag = answer.headers.get("ETag") ?? "";
      rows.forEach((id) => again.delete(id));
      if (news.reload && from < version) return look(); // More than the one row would be told again: it keeps what it shows.
      let disturbed;
      steadily(() => { disturbed = take(news); });
      if (disturbed && !order) return look({ order: true });
    }
  } else if (answer.status === 403 || answer.status === 404) return alert("You can no longer see this plan.");
  if (!document.hidden) timer = setTimeout(look, wait);
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); else clearTimeout(timer); });
addEventListener("online", () => look());

// True when rows came, went elsewhere or changed their place, so that the order has to be asked for.
function take(news) {
  version = news.version;
  if (news.told) toldUntil = news.told;
  if (news.reload) { offerReload("Many rows have changed"); return false; }
  let disturbed = false;
  authors = new Map((news.news ?? []).map((line) => [line.row, line.who]).reverse());
  for (const [id, html] of Object.entries(news.rows ?? {})) disturbed = putRow(Number(id), html) || disturbed;
  for (const id of news.gone ?? []) takeAway(id);
  if (news.order) arrange(news.order);
  for (const body of table.querySelectorAll("tbody[data-group]")) count(body);
  people(news.people ?? []);
  tell(news.news ?? []);
  if (news.headings) offerReload("Aims or themes have changed");
  return disturbed || waitingRows.size > 0;
}

let authors = new Map(); // who wrote last to each row that has just arrived
const waitingRows = new Map(); // rows that are new here, until their place is known

// An answer that was drawn before another one arrived says nothing new.
const isOld = (fresh, row) => Number(fresh.dataset.version) < Number(row.dataset.version);

// Something was left out here (a cell was open, or its own answer under way): have the row told once more.
heard.again = (id) => again.add(id);

function putRow(id, html) {
  const fresh = drawn(html);
  const row = rowById(id);
  if (row && isOld(fresh, row)) return false;
  if (!row) { waitingRows.set(id, fresh); return true; }
  // In any order but the plan's own, what a row says may decide where it stands.
  const moved = !setup.planOrder || row.dataset.place !== fresh.dataset.place || row.dataset.under !== fresh.dataset.under;
  const was = row.classList.contains("plan-row--gone");
  for (const mark of ["place", "under", "version", "edit", "share", "late"]) {
    if (mark in fresh.dataset) row.dataset[mark] = fresh.dataset[mark];
    else delete row.dataset[mark];
  }
  row.classList.remove("plan-row--gone");
  for (const newer of fresh.children) putCell(row.querySelector(`:scope > [data-c="${newer.dataset.c}"]`), newer);
  return moved || was;
}

function putCell(cell, newer) {
  if (!cell) return;
  const id = rowId(cell.parentElement);
  if (editing.isOpenAt(cell)) return editing.newerBehind(cell, newer, authors.get(id));
  if (isPending(id, newer.dataset.c)) return; // Its own answer is on the way.
  if (cell.innerHTML === newer.innerHTML && cell.dataset.v === newer.dataset.v) return;
  editing.refill(cell, newer);
  cell.classList.add("plan-cell--new");
  setTimeout(() => cell.classList.remove("plan-cell--new"), 6000);
}

heard.row = putRowOfMine;

// The answer to one's own save needs no colour.
function putRowOfMine(id, html) {
  const fresh = drawn(html);
  const row = rowById(id);
  if (!row || isOld(fresh, row)) return;
  for (const newer of fresh.children) {
    const cell = row.querySelector(`:scope > [data-c="${newer.dataset.c}"]`);
    if (cell && editing.isOpenAt(cell)) editing.newerBehind(cell, newer);
    if (!cell || editing.isOpenAt(cell) || isPending(id, newer.dataset.c)) continue;
    if (cell.innerHTML !== newer.innerHTML || cell.dataset.v !== newer.dataset.v) editing.refill(cell, newer);
  }
  row.dataset.version = fresh.dataset.version;
  row.toggleAttribute("data-late", "late" in fresh.dataset);
  count(row.parentElement);
}

heard.gone = takeAway;

// A row that was removed stays, marked, while somebody is in it; otherwise it goes and what is read stays where it is.
function takeAway(id) {
  const row = rowById(id);
  if (!row || row.classList.contains("plan-row--gone")) return;
  row.classList.add("plan-row--gone");
  if (row.contains(document.activeElement) || notesOf(id).length || isPendingRow(id)) {
    alert(`${authors.get(id) ?? "Somebody"} has removed ${rowName(row)} from the plan. What you type in it is kept for you.`);
    return;
  }
  handOn(row);
  const body = row.parentElement;
  steadily(() => row.remove());
  count(body);
}

const isPendingRow = (id) => columnKeys().some((key) => isPending(id, key));

// Do something above or below without moving what is on the screen (browsers that do so themselves are left to it).
function steadily(act) {
  const still = rowInSight();
  const before = still?.getBoundingClientRect().top;
  act();
  if (still?.isConnected) {
    const shift = still.getBoundingClientRect().top - before;
    if (Math.abs(shift) > 1) scrollBy(0, shift);
  }
}

function rowInSight() {
  const focused = document.activeElement?.closest?.("tr[id^=row-]");
  if (focused) return focused;
  const at = [0.5, 0.7, 0.9, 0.3].map((part) => document.elementFromPoint(innerWidth / 2, innerHeight * part));
  return at.map((one) => one?.closest("tr[id^=row-]")).find(Boolean) ?? null;
}

const isWriting = () => document.activeElement?.matches("textarea, input, select") || editing.isOpen();

// Puts rows where they stand now, and moves as few as can be. One that is being written in stays: the others go round it.
function arrange(order) {
  const writtenIn = isWriting() ? document.activeElement.closest("tr") : null;
  const fixed = Number((writtenIn?.dataset.of ?? writtenIn?.id.slice(4) ?? "").split(":")[0]);
  owed = false;
  let last = null;
  for (const [key, title, ids] of order) {
    const body = groupBody(key, title, last);
    const here = ids.filter((id) => waitingRows.has(id) || rowById(id));
    const stays = staying(here, body, fixed);
    let after = body.querySelector(".plan-table__group");
    for (const id of here) {
      const row = waitingRows.get(id) ?? rowById(id);
      if (id === fixed && !stays.has(id)) { owed = true; continue; }
      if (!stays.has(id)) {
        const moving = withNotes(row);
        keepingFocus(() => (after ? after.after(...moving) : body.prepend(...moving)));
      }
      after = lastOf(row);
    }
    last = body;
  }
  waitingRows.clear(); // What does not match the filters here is left out.
  handOn();
}

// The longest run of these rows that stands in this order in their group already; the one written in is among them.
function staying(ids, body, fixed) {
  const places = new Map([...body.rows].map((row, place) => [rowId(row), place]));
  const turn = ids.indexOf(fixed);
  const agrees = (id, n) => !places.has(fixed) || turn < 0 || id === fixed || n < turn === places.get(id) < places.get(fixed);
  const runs = []; // for each length, the run of that length that ends earliest in the group
  for (const [n, id] of ids.entries()) {
    if (!places.has(id) || !agrees(id, n)) continue;
    let length = runs.length;
    while (length && runs[length - 1].place > places.get(id)) length -= 1;
    runs[length] = { id, place: places.get(id), before: runs[length - 1] };
  }
  const found = new Set();
  for (let one = runs.at(-1); one; one = one.before) found.add(one.id);
  return found;
}

function groupBody(key, title, last) {
  const found = table.querySelector(`tbody[data-group="${CSS.escape(key)}"]`);
  if (found) return found;
  const body = make("tbody", { role: "rowgroup" });
  body.dataset.group = key;
  if (title) {
    const words = make("span", { className: "plan-table__title" }, `${title} `, make("span", { className: "plan-table__count" }));
    const heading = make("th", { role: "rowheader", colSpan: columnKeys().length, scope: "rowgroup" }, words);
    body.append(make("tr", { className: "plan-table__group", role: "row" }, heading));
  }
  if (last) last.after(body);
  else table.tHead.after(body);
  return body;
}

// A heading says what is under it, and goes when nothing is.
function count(body) {
  if (body.rows.length === 1 && body.querySelector(".plan-table__group")) return body.remove();
  const rows = body.querySelectorAll("tr[id^=row-]:not(.plan-row--gone)").length;
  const late = body.querySelectorAll("tr[data-late]:not(.plan-row--gone)").length;
  const words = body.querySelector(".plan-table__count");
  const summary = `${rows} action${rows === 1 ? "" : "s"}${late ? ` · ${late} late` : ""}`;
  if (words && words.textContent !== summary) words.textContent = summary;
}

// Who else is where: an edge and initials at the cell, and a line above the table.
function people(list) {
  for (const cell of table.querySelectorAll(".plan-cell--elsewhere")) {
    cell.classList.remove("plan-cell--elsewhere");
    delete cell.dataset.who;
    cell.removeAttribute("aria-description");
  }
  for (const one of list) {
    const cell = one.row && cellAt(one.row, one.column);
    if (!cell) continue;
    cell.classList.add("plan-cell--elsewhere");
    cell.dataset.who = [cell.dataset.who, one.initials].filter(Boolean).join(" ");
    cell.setAttribute("aria-description", `${one.name} is ${one.editing ? "editing this" : "here"}`);
  }
  const names = [...new Set(list.map((one) => one.name))];
  document.getElementById("plan-people-here").textContent = names.length ? `Also here: ${names.join(", ")}` : "";
}

// What others have changed since this page was opened: a quiet list, opened by whoever wants to know.
const told = new Set();
const box = document.getElementById("plan-news");

function tell(lines) {
  const fresh = lines.filter((line) => !told.has(line.id));
  if (!fresh.length) return;
  const list = box.querySelector("ol");
  for (const line of fresh.reverse()) {
    told.add(line.id);
    const time = new Date(line.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const where = make("a", { className: "govuk-link", href: rowById(line.row) ? `#row-${line.row}` : `${setup.urls.rows}${line.row}/` }, line.label);
    list.prepend(make("li", {}, where, `: ${line.what.toLowerCase()} by ${line.who}, ${time}`));
  }
  box.hidden = false;
  if (!isOutdated) box.querySelector("summary span").textContent = `${told.size} change${told.size === 1 ? "" : "s"} by others since you opened this page`;
}

let isOutdated = false;

function offerReload(what) {
  isOutdated = true;
  box.hidden = false;
  box.querySelector("summary span").textContent = `${what} since you opened this page`;
  box.querySelector(".plan-news__reload")?.remove();
  box.querySelector("ol").prepend(make("li", { className: "plan-news__reload" }, make("a", { className: "govuk-link", href: location.href }, "Show the plan as it is now")));
  say(`${what}. Show the plan again when it suits you.`);
}

export const start = () => { timer = setTimeout(look, EVERY); };
