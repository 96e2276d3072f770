// A block copied from Excel or Word, pasted on a cell: first what it would change, then the question.

import { renewToken, token } from "./asking.js";
import * as editing from "./editing.js";
import { allRows, cellOf, columnKeys, make, rowId, rowOf, setup, table } from "./page.js";
import { alert, say } from "./say.js";

const MOST = 1000000; // characters that the planner reads of a copied table

const isBlock = (text, html) => /[\t\n]/.test(text.trimEnd()) || (html.match(/<td/gi) ?? []).length > 1;

async function offer(cell, text, html) {
  say("Looking at what you pasted.");
  const fields = {
    csrfmiddlewaretoken: token,
    text,
    html: html.length < MOST ? html : "", // half a table would be worse than its words
    start: rowId(rowOf(cell)),
    column: cell.dataset.c,
    columns: columnKeys().join(),
    rows: allRows().map(rowId).join(),
  };
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const ask = () => fetch(setup.urls.paste, { method: "POST", body, credentials: "same-origin", headers: { "X-Fragment": "1", Accept: "text/html, application/json" } });
  let answer;
  try {
    answer = await ask();
    if (answer.status === 403 && !(await renewToken())) {
      body.set("csrfmiddlewaretoken", token);
      answer = await ask();
    }
  } catch {
    return alert("There is no connection, so the block was not looked at. Paste it again when there is.");
  }
  const page = await answer.text();
  if (answer.status === 401) return alert("You have been signed out. Sign in again in another tab, then paste the block once more.");
  if (answer.redirected || !page.includes("data-batch")) return alert("The block could not be looked at. Nothing was changed.");
  show(page, cell);
}

function show(html, cell) {
  const dialog = make("dialog", { className: "plan-dialog" });
  dialog.setAttribute("aria-label", "What the pasted block would change");
  dialog.innerHTML = html; // Drawn by our own template, which escapes what was pasted.
  dialog.prepend(make("button", { type: "button", className: "quiet-button plan-dialog__close", onclick: () => dialog.close() }, "Close without changing anything"));
  const said = make("p", { className: "plan-editor__newer", role: "alert", hidden: true });
  dialog.prepend(said);
  dialog.addEventListener("submit", (event) => { event.preventDefault(); apply(event.target, said); });
  dialog.addEventListener("close", () => { dialog.remove(); cell.focus(); });
  document.body.append(dialog);
  dialog.showModal();
}

// A page that cannot answer would take the place of this one, and what was pasted would be gone with it.
const HINDERED = {
  offline: "There is no connection, so nothing was changed. Keep this open and try again when there is.",
  "signed-out": "You have been signed out, so nothing was changed. Keep this open, sign in again in another tab, then try again.",
  "other-person": "Somebody else is signed in in this browser, so nothing was changed. Keep this open, and try again when you have signed in.",
};

async function apply(form, said) {
  said.hidden = true;
  const hindered = await renewToken();
  if (!hindered) {
    form.elements.csrfmiddlewaretoken.value = token;
    return form.submit();
  }
  said.textContent = HINDERED[hindered.result] ?? "The planner does not answer, so nothing was changed. Keep this open and try again in a while.";
  if (hindered.result === "signed-out" || hindered.result === "other-person") said.append(" ", make("a", { href: setup.urls.signIn, target: "_blank", rel: "opener", className: "govuk-link" }, "Sign in (opens a new tab)"));
  said.hidden = false;
  said.scrollIntoView({ block: "nearest" });
}

export function start() {
  table.addEventListener("paste", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    const text = event.clipboardData.getData("text/plain");
    const html = event.clipboardData.getData("text/html");
    if (editing.isOpen()) {
      // In a box, words are pasted as words; only a real table of several cells is a block.
      if ((html.match(/<td/gi) ?? []).length < 2 && !/\t[^]*\n|\n[^]*\t/.test(text.trim())) return;
      event.preventDefault();
      editing.leave({ keepDraft: true });
      return void offer(cell, text, html);
    }
    event.preventDefault();
    if (isBlock(text, html)) offer(cell, text, html);
    else if (text.trim()) editing.edit(cell, { text: text.trimEnd() });
  });
}
