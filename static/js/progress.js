// Shows how far the reading of files is, asking only for what has moved, and the page anew once it is over.
// Nothing is asked while the page is out of sight, and asking does not count as somebody being there.
(function () {
  "use strict";
  var place = document.querySelector("[data-progress-from]");
  if (!place) return;
  var mark = "";

  function look() {
    if (document.hidden) return again(2000);
    var headers = { "X-Background": "1" };
    if (mark) headers["If-None-Match"] = mark;
    fetch(place.dataset.progressFrom, { credentials: "same-origin", headers: headers, cache: "no-store" })
      .then(function (answer) {
        if (answer.status === 304) return again(1000);
        if (!answer.ok || answer.redirected) return location.reload();
        mark = answer.headers.get("ETag") || "";
        return answer.text().then(show);
      })
      .catch(function () { again(5000); });
  }

  function show(words) {
    var part = new DOMParser().parseFromString(words, "text/html").querySelector("[data-progress]");
    if (!part || part.hasAttribute("data-over")) return location.reload();
    // What is read aloud changes only when its words do.
    var told = place.querySelector("[role=status]"), now = part.querySelector("[role=status]");
    if (told.textContent !== now.textContent) told.textContent = now.textContent;
    while (told.nextElementSibling) told.nextElementSibling.remove();
    while (now.nextElementSibling) told.parentNode.appendChild(now.nextElementSibling);
    again(1000);
  }

  function again(after) { setTimeout(look, after); }
  again(500);
})();
