// What was typed and is not yet with the server, kept in this browser so that closing it loses nothing.
//
// Two kinds: *drafts*, what stands in an open editor (offered again later), and the *outbox*, what was left to be saved
// (sent again by itself). Both carry the person they belong to and are shown to nobody else.

import { setup, tab } from "./page.js";
import { status } from "./say.js";

const OLDEST = 14 * 24 * 3600 * 1000;
const mine = `planner:${setup.person}:`;
const spare = new Map(); // where the browser keeps nothing

export function put(kind, name, value) {
  const key = `${mine}${kind}:${name}`;
  spare.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    status("no-room");
  }
}

export function drop(kind, name) {
  spare.delete(`${mine}${kind}:${name}`);
  try {
    localStorage.removeItem(`${mine}${kind}:${name}`);
  } catch {
    // Nothing was kept there.
  }
}

export function kept(kind) {
  const found = new Map(spare);
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(mine)) found.set(key, read(localStorage.getItem(key)));
  } catch {
    // Nothing is kept here.
  }
  const begin = `${mine}${kind}:`;
  return [...found].filter(([key, one]) => key.startsWith(begin) && one && Date.now() - one.at < OLDEST).map(([key, one]) => ({ ...one, kept: key.slice(begin.length) })).sort((one, two) => one.at - two.at);
}

// What cannot be read is not ours, and does not hide the rest.
function read(words) {
  try {
    return JSON.parse(words);
  } catch {
    return null;
  }
}

// Which other tabs of this browser are still open: their drafts are being typed, not left behind.
export async function livingTabs() {
  if (!navigator.locks) return new Set([tab]);
  const { held } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name.replace("planner-tab-", "")));
}

if (navigator.locks) navigator.locks.request(`planner-tab-${tab}`, () => new Promise(() => {}));
