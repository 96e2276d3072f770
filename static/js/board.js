// Dragging a card to another lane sends the card's own form. Without this, the form is there to be used by hand.
const board = document.querySelector(".board");
let held = null;

const laneOf = (event) => event.target.closest(".board__lane");

const mark = (lane) => {
  board.querySelector(".board__lane--over")?.classList.remove("board__lane--over");
  lane?.classList.add("board__lane--over");
};

for (const form of board?.querySelectorAll(".card__move") ?? []) form.closest(".card").draggable = true;

board?.addEventListener("dragstart", (event) => {
  held = event.target.closest?.(".card");
  if (held) event.dataTransfer.effectAllowed = "move";
});

board?.addEventListener("dragover", (event) => {
  if (!held || !laneOf(event)) return;
  event.preventDefault();
  mark(laneOf(event));
});

board?.addEventListener("dragend", () => {
  held = null;
  mark(null);
});

board?.addEventListener("drop", (event) => {
  const lane = laneOf(event);
  if (!held || !lane) return;
  event.preventDefault();
  const form = held.querySelector(".card__move");
  if (form.elements.status.value === lane.dataset.status) return;
  form.elements.status.value = lane.dataset.status;
  form.requestSubmit();
});
