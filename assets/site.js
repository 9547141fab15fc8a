/* site.js: the contents of a page opened where there is room beside it, and the quick exit by keyboard. Everything works without script.
   Shift three times, each within five seconds of the one before, counted when the key is let go: the page is covered, the other site
   takes this page's place in the history of the tab. The browser's history is not erased; the page says so. */
(function () {
  "use strict";
  var contents = document.querySelector(".on-page details");
  if (contents && window.matchMedia("(min-width: 64rem)").matches) contents.open = true;
  var link = document.getElementById("exit");
  if (!link) return;
  var count = 0, last = 0, cover = null;
  var status = document.createElement("p");
  status.className = "exit-status";
  status.setAttribute("role", "status");
  document.body.appendChild(status);
  function leave(event) {
    if (event) event.preventDefault();
    if (!cover) {
      cover = document.createElement("div");
      cover.className = "exit-cover";
      document.body.appendChild(cover);
    }
    document.title = "…";
    status.textContent = link.getAttribute("data-said");
    window.location.replace(link.href);
  }
  link.addEventListener("click", leave);
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift") { count = 0; return; }
    var now = Date.now();
    count = now - last <= 5000 ? count + 1 : 1;
    last = now;
    if (count >= 3) { count = 0; leave(); }
    else status.textContent = count === 2 ? link.getAttribute("data-count") : "";
  });
  window.addEventListener("pageshow", function () {
    if (cover) { cover.remove(); cover = null; }
    count = 0;
    status.textContent = "";
  });
})();
