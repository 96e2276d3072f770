// The plan's table as an editor. Without this script the same work is done in forms.

import "./adding.js";
import "./settling.js";
import { start as startBlocks } from "./blocks.js";
import { intoBox, offerDrafts } from "./drafts.js";
import * as editing from "./editing.js";
import { start as startGrid } from "./grid.js";
import { look, start as startLive } from "./live.js";
import * as notes from "./notes.js";
import { columns, inWords, plain } from "./page.js";
import { start as startRows } from "./rows.js";
import { heard, takeUp } from "./saving.js";
import { status } from "./say.js";

heard.panel = (record, html, sent) => {
  const note = notes.panel(record, html, sent);
  const section = note?.querySelector(".conflict");
  if (section && !editing.isOpen()) section.scrollIntoView({ block: "nearest" });
};

heard.problem = (record, { say: sentence, kind }) => {
  const column = columns.get(record.column);
  const words = kind === "merged" ? "" : inWords(column, plain(column.kind, record.new));
  const again = kind === "merged" ? null : () => intoBox(record, record.new, record.once);
  notes.problem(record, sentence, { words, again });
  if (kind !== "merged") look();
};

function help() {
  const dialog = document.getElementById("plan-keys");
  const open = () => dialog.showModal();
  document.getElementById("plan-help").addEventListener("click", open);
  document.getElementById("plan-help").hidden = false;
  document.addEventListener("keydown", (event) => { if ((event.ctrlKey || event.metaKey) && event.key === "/") { event.preventDefault(); open(); } });
}

startGrid();
startRows();
startBlocks();
startLive();
help();
status("saved");
takeUp().then(offerDrafts);
document.documentElement.dataset.planReady = "";
