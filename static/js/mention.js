// Suggests names while somebody types @ in a comment: those of the boxes under “Tell these people”. Without this
// script the boxes, and a name typed in full, do the same.
(function () {
  "use strict";
  var form = document.querySelector("[data-mentions]");
  var box = form && form.querySelector("textarea");
  if (!box) return;
  var names = [].map.call(form.querySelectorAll("[data-name]"), function (label) { return label.dataset.name; });
  names = names.filter(function (name, place) { return names.indexOf(name) === place; });
  var list = document.createElement("ul"), said = document.createElement("div");
  var shown = [], active = 0, query = "";
  list.id = "mention-names";
  list.className = "mention-names";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People whom you could name");
  list.hidden = true;
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  box.after(list, said);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("autocomplete", "off");

  function begins(name) {
    return name !== query && name.toLowerCase().indexOf(query.toLowerCase()) === 0;
  }

  // A later word of the name begins so.
  function fits(name) {
    return !begins(name) && name.toLowerCase().indexOf(" " + query.toLowerCase()) !== -1;
  }

  function close() {
    shown = [];
    list.hidden = true;
    said.textContent = "";
    box.removeAttribute("aria-activedescendant");
  }

  function mark(place) {
    active = (place + shown.length) % shown.length;
    [].forEach.call(list.children, function (item, number) {
      item.setAttribute("aria-selected", number === active ? "true" : "false");
    });
    box.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function look() {
    var found = /(?:^|[^\w@])@([^@\n]{0,60})$/.exec(box.value.slice(0, box.selectionStart));
    if (!found) return close();
    query = found[1];
    shown = names.filter(begins).concat(names.filter(fits)).slice(0, 8);
    if (!shown.length) return close();
    list.replaceChildren.apply(list, shown.map(function (name, place) {
      var item = document.createElement("li");
      item.id = "mention-name-" + place;
      item.setAttribute("role", "option");
      item.textContent = name;
      return item;
    }));
    list.hidden = false;
    said.textContent = shown.length + (shown.length === 1 ? " person fits" : " people fit") + ". Arrow keys to choose, Enter to take.";
    mark(0);
  }

  function take(place) {
    var end = box.selectionStart;
    box.setRangeText("@" + shown[place] + " ", end - query.length - 1, end, "end");
    close();
  }

  box.addEventListener("input", look);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", function (event) {
    if (!shown.length || event.isComposing) return;
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active - 1);
    else if (event.key === "Enter") take(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", function (event) {
    event.preventDefault();
    var place = [].indexOf.call(list.children, event.target);
    if (place !== -1) take(place);
  });
})();
