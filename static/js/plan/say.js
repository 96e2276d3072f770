// Telling people what is going on: one line that everybody sees, and what screen readers say.

import { make, setup } from "./page.js";

const bar = document.getElementById("plan-status");
const words = make("span");
const polite = make("div", { className: "govuk-visually-hidden", role: "status" });
const urgent = make("div", { className: "govuk-visually-hidden", role: "alert" });
bar.append(words);
bar.after(polite, urgent);

// Set anew even when the words are the same, so that they are said again.
function speak(region, sentence) {
  region.textContent = "";
  setTimeout(() => (region.textContent = sentence), 60);
}

export const say = (sentence) => speak(polite, sentence);
export const alert = (sentence) => speak(urgent, sentence);

let shown = "";
const STATES = {
  saved: "All changes saved",
  waiting: "Saving…",
  offline: "No connection. What you type is kept in this browser and saved when it is back.",
  busy: "The planner does not answer. What you type is kept in this browser; saving is tried again by itself.",
  "signed-out": "You have been signed out. What you type is kept in this browser and saved once you have signed in again.",
  "other-person": "Somebody else is signed in in this browser. What you typed is kept for you and saved when you sign in again.",
  "no-room": "This browser keeps no drafts here: stay on this page until everything is saved.",
};

// Whether everything is saved, for the whole table: it never goes away and never covers a cell.
export function status(state, unsaved = 0) {
  const sentence = unsaved ? `${unsaved} cell${unsaved === 1 ? " is" : "s are"} not saved yet. ${STATES[state]}` : STATES[state];
  if (shown === state && words.textContent === sentence) return;
  const before = shown;
  shown = state;
  bar.dataset.state = state;
  words.textContent = sentence;
  bar.querySelector("a")?.remove();
  if (state === "signed-out" || state === "other-person") {
    bar.append(make("a", { href: setup.urls.signIn, target: "_blank", rel: "opener", className: "govuk-link" }, "Sign in (opens a new tab)"));
  }
  if (before === state) return;
  if (!["saved", "waiting"].includes(state)) alert(sentence);
  else if (!["", "saved", "waiting"].includes(before) && state === "saved") say("Saved. All changes are saved.");
}
