// A table pasted into a text box loses its cells; the clipboard's HTML still has them. It goes along in a hidden field
// until somebody edits the text: from then on the text is what is meant.

const MOST = 1000000; // characters that the planner reads of a copied table

for (const box of document.querySelectorAll("textarea[data-keeps-table]")) {
  const kept = box.form.elements[box.dataset.keepsTable];
  box.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const isAll = box.selectionStart === 0 && box.selectionEnd === box.value.length;
    setTimeout(() => { kept.value = isAll && html.length < MOST ? html : ""; });
  });
  box.addEventListener("input", () => { kept.value = ""; });
}
