// A page that waits for background work looks again by itself, and is shown anew once the work has moved on.
// Reloading by the clock would take the page from under somebody who is reading or listening to it.
(function () {
  "use strict";
  var waiting = document.querySelector("[data-waiting]");
  if (!waiting) return;

  function look() {
    fetch(location.href, { credentials: "same-origin" })
      .then(function (answer) { return answer.text(); })
      .then(function (page) {
        if (page.indexOf("data-waiting") === -1) location.reload();
        else setTimeout(look, 2000);
      })
      .catch(function () { setTimeout(look, 5000); });
  }
  setTimeout(look, 1000);
})();
