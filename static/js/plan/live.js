// What others do appears by itself: asked for every few seconds while the page is in sight, and cheap when there is
// nothing. Nothing that is being read or typed is moved, and the focus stays where it is.

import { get } from "./asking.js";
import * as editing from "./editing.js";
import { cellAt, columnKeys, make, rowById, rowId, rowName, setup, table } from "./page.js";
import { heard, isPending, resume, unsaved } from "./saving.js";
import { alert, say, status } from "./say.js";

const EVERY = 3000;
const SIGNED_OUT = 8000;
let version = setup.version;
let toldUntil = setup.opened; // others' changes after this moment have not been told
let tag = "";
let timer = null;
let asking = false;

function address(order) {
  const asked = new URLSearchParams(location.search);
  asked.set("columns", columnKeys().join());
  asked.set("since", version);
  asked.set("told", toldUntil);
  if (order) asked.set("order", "1");
  return `${setup.urls.live}?${asked}`;
}

export async function look({ order = false } = {}) {
  if (asking) return;
  clearTimeout(timer);
  asking = true;
  let wait = EVERY;
  const answer = await get(address(order), order ? {} : { "If-None-Match": tag });
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
      if (take(news) && !order) return look({ order: true });
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
  people(news.people ?? []);
  tell(news.news ?? []);
  if (news.headings) offerReload("Aims or themes have changed");
  return disturbed || waitingRows.size > 0;
}

function drawn(html) {
  const holder = document.createElement("tbody");
  holder.innerHTML = html; // Drawn by our own server, which escapes what people wrote.
  const row = holder.firstElementChild;
  for (const cell of row.querySelectorAll("td[role=cell]")) cell.setAttribute("role", "gridcell");
  for (const one of row.querySelectorAll("[data-c=ref] :is(a, input)")) one.tabIndex = -1;
  return row;
}

let authors = new Map(); // who wrote last to each row that has just arrived
const waitingRows = new Map(); // rows that are new here, until their place is known

// An answer that was drawn before another one arrived says nothing new.
const isOld = (fresh, row) => Number(fresh.dataset.version) < Number(row.dataset.version);

// Something was left out here (a cell was open, or its own answer under way): have the row told once more.
heard.again = (id) => {
  const row = rowById(id);
  if (row) version = Math.min(version, Number(row.dataset.version) - 1);
  tag = "";
};

function putRow(id, html) {
  const fresh = drawn(html);
  const row = rowById(id);
  if (row && isOld(fresh, row)) return false;
  if (!row) { waitingRows.set(id, fresh); return true; }
  const moved = row.dataset.place !== fresh.dataset.place || row.dataset.under !== fresh.dataset.under;
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
}

heard.gone = takeAway;

// A row that was removed stays, marked, while somebody is in it; otherwise it goes and what is read stays where it is.
function takeAway(id) {
  const row = rowById(id);
  if (!row || row.classList.contains("plan-row--gone")) return;
  row.classList.add("plan-row--gone");
  const notes = table.querySelector(`.plan-note[data-of^="${id}:"]`);
  if (row.contains(document.activeElement) || notes || isPendingRow(id)) {
    alert(`${authors.get(id) ?? "Somebody"} has removed ${rowName(row)} from the plan. What you type in it is kept for you.`);
    return;
  }
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
  const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  return middle?.closest?.("tr[id^=row-]") ?? null;
}

// Puts rows where they stand now, each touched only if it stands elsewhere.
function arrange(order) {
  steadily(() => {
    for (const [key, title, ids] of order) {
      const body = groupBody(key, title);
      let after = body.querySelector(".plan-table__group");
      for (const id of ids) {
        const row = waitingRows.get(id) ?? rowById(id);
        if (!row) continue;
        waitingRows.delete(id);
        const isOpen = row.contains(document.activeElement) && editing.isOpen();
        if (!isOpen && (row.parentElement !== body || row.previousElementSibling !== after)) {
          const moving = [row, ...table.querySelectorAll(`.plan-note[data-of^="${id}:"]`)];
          if (after) after.after(...moving);
          else body.prepend(...moving);
        }
        after = lastOf(row);
      }
    }
    waitingRows.clear(); // What does not match the filters here is left out.
    for (const body of table.querySelectorAll("tbody[data-group]")) count(body);
  });
}

function lastOf(row) {
  let one = row;
  while (one.nextElementSibling?.classList.contains("plan-note")) one = one.nextElementSibling;
  return one;
}

function groupBody(key, title) {
  const found = table.querySelector(`tbody[data-group="${CSS.escape(key)}"]`);
  if (found) return found;
  const body = make("tbody", { role: "rowgroup" });
  body.dataset.group = key;
  if (title) {
    const heading = make("th", { role: "rowheader", colSpan: columnKeys().length, scope: "rowgroup" }, title);
    body.append(make("tr", { className: "plan-table__group", role: "row" }, heading));
  }
  table.append(body);
  return body;
}

function count(body) {
  const rows = body.querySelectorAll("tr[id^=row-]:not(.plan-row--gone)").length;
  const late = body.querySelectorAll("tr[data-late]:not(.plan-row--gone)").length;
  const words = body.querySelector(".plan-table__count");
  if (words) words.textContent = `${rows} action${rows === 1 ? "" : "s"}${late ? ` · ${late} late` : ""}`;
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
  box.querySelector("summary span").textContent = `${told.size} change${told.size === 1 ? "" : "s"} by others since you opened this page`;
}

function offerReload(what) {
  box.hidden = false;
  box.querySelector("summary span").textContent = `${what} since you opened this page`;
  box.querySelector(".plan-news__reload")?.remove();
  box.querySelector("ol").prepend(make("li", { className: "plan-news__reload" }, make("a", { className: "govuk-link", href: location.href }, "Show the plan as it is now")));
  say(`${what}. Show the plan again when it suits you.`);
}

export const start = () => { timer = setTimeout(look, EVERY); };
