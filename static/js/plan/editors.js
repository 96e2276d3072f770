// The boxes in which cells are edited: one for each kind of column. Each has an element, a value and a place to focus.

import { coarse, make, plain, setup } from "./page.js";

export function editorFor(column, value, name) {
  return KINDS[column.kind](column, value, `${column.label}, ${name}`);
}

const KINDS = { text: words, long: words, choice: oneOf, one: oneOf, many: manyOf, officers: people };

function words(column, value, label) {
  const box = make("textarea", { className: "govuk-textarea plan-editor", rows: 1, value: value ?? "", "aria-label": label, spellcheck: true });
  if (!CSS.supports("field-sizing", "content")) {
    const fit = () => { box.style.height = "auto"; box.style.height = `${box.scrollHeight}px`; };
    box.addEventListener("input", fit);
    requestAnimationFrame(fit);
  }
  const parts = [box];
  if (column.key === "timescale_text") parts.push(datePicker(box));
  return { element: make("div", {}, ...parts), focus: box, box, value: () => box.value, put: (text) => { box.value = text; } };
}

// A day picked is written into the words, which stay what counts.
function datePicker(box) {
  const picker = make("input", { type: "date", className: "plan-editor__date", "aria-label": "Pick a date to write here" });
  picker.addEventListener("change", () => {
    if (!picker.value) return;
    const day = new Date(`${picker.value}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    box.value = box.value.trim() ? `${box.value.trimEnd()} ${day}` : day;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  });
  return picker;
}

function oneOf(column, value, label) {
  const list = make("select", { className: "govuk-select plan-editor", "aria-label": label });
  const options = [["", "Not set"], ...choices(column, value === null || value === "" ? [] : [value])];
  list.append(...options.map(([code, words]) => make("option", { value: code }, words)));
  list.value = value ?? "";
  const read = () => (column.kind === "choice" ? list.value : list.value === "" ? null : Number(list.value));
  return { element: make("div", {}, list), focus: list, value: read, put: (text) => { list.value = text ?? ""; } };
}

// What can be picked, and what is picked now although it came after this page was opened: a box that did not know it
// would take it away.
function choices(column, chosen) {
  const known = setup.options[column.options];
  const newer = chosen.filter((one) => !known.some(([code]) => String(code) === String(one)));
  return [...known, ...newer.map((one) => [one, "(as it is now)"])];
}

const MANY = 12; // With more than this to choose from, one can type to find.

function manyOf(column, value, label) {
  const items = choices(column, value).map(([code, words]) => {
    const box = make("input", { type: "checkbox", className: "plan-editor__tick", value: code, checked: value.includes(code) });
    return make("label", { className: "plan-editor__choice" }, box, ` ${words}`);
  });
  const list = make("div", { className: "plan-editor__list" }, ...items);
  const element = make("div", { role: "group", "aria-label": label }, list);
  let first = list.querySelector("input");
  if (items.length > MANY) {
    first = make("input", { type: "search", className: "govuk-input plan-editor", "aria-label": `Find in ${label}`, placeholder: "" });
    first.addEventListener("input", () => {
      const wanted = first.value.trim().toLowerCase();
      for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(wanted);
    });
    element.prepend(first);
  }
  const read = () => [...list.querySelectorAll("input:checked")].map((box) => Number(box.value)).sort((a, b) => a - b);
  const put = (chosen) => list.querySelectorAll("input").forEach((box) => { box.checked = chosen.includes(Number(box.value)); });
  return { element, focus: first ?? list, value: read, put };
}

// Responsible officers: the first carries the duty to report; members can be picked, other posts typed.
function people(column, value, label) {
  let names = [...plain("officers", value)];
  const list = make("ol", { className: "plan-editor__people" });
  const known = make("datalist", { id: "plan-people" });
  known.append(...setup.options.people.map((person) => make("option", { value: person })));
  const box = make("input", { type: "text", className: "govuk-input plan-editor", "aria-label": `Add a person or post to ${label}`, autocomplete: "off" });
  box.setAttribute("list", "plan-people");
  const add = () => {
    const name = box.value.trim();
    if (name && !names.includes(name)) names.push(name);
    box.value = "";
    draw();
  };
  const changed = () => { draw(); element.dispatchEvent(new Event("input", { bubbles: true })); box.focus(); };
  const small = (words, hidden, act) => make("button", { type: "button", className: "quiet-button", onclick: act }, words, make("span", { className: "govuk-visually-hidden" }, ` ${hidden}`));
  function draw() {
    list.replaceChildren(...names.map((name, place) => {
      const item = make("li", {}, name, " ");
      if (place) item.append(small("First", `: ${name}`, () => { names = [name, ...names.filter((one) => one !== name)]; changed(); }), " ");
      item.append(small("Take off", name, () => { names = names.filter((one) => one !== name); changed(); }));
      return item;
    }));
  }
  const element = make("div", { role: "group", "aria-label": label }, list, box, known);
  draw();
  const read = () => (box.value.trim() && !names.includes(box.value.trim()) ? [...names, box.value.trim()] : [...names]);
  return { element, focus: box, value: read, put: (wanted) => { names = [...plain("officers", wanted)]; draw(); }, add: () => { if (!box.value.trim()) return false; add(); return true; } };
}

// How to finish, in a line under the box; touch screens get buttons instead of keys.
export function tools(column, { done, leave }) {
  const bar = make("div", { className: "plan-editor__tools" });
  const button = (label, act) => make("button", { type: "button", className: "quiet-button", onclick: act, onmousedown: (event) => event.preventDefault() }, label);
  bar.append(button("Save", done), " ", button("Leave", leave));
  if (!coarse && (column.kind === "long")) bar.append(make("span", { className: "plan-editor__hint" }, " Enter saves, Shift+Enter starts a line, Esc leaves"));
  return bar;
}
