/* site.js: the contents of a page opened where there is room beside it, and the quick exit by keyboard. Forms: rows that are added,
   parts that open with the answer they depend on, all cleared at once; nothing is kept. Everything works without script.
   Shift three times, each within five seconds of the one before, counted when the key is let go: the page is covered, the other site
   takes this page's place in the history of the tab. The browser's history is not erased; the page says so. */
(function () {
  "use strict";
  var contents = document.querySelector(".on-page details");
  if (contents && window.matchMedia("(min-width: 64rem)").matches) contents.open = true;
  var link = document.getElementById("exit");
  if (!link) return;
  var count = 0, last = 0, cover = null, title = document.title;
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
    if (cover) { cover.remove(); cover = null; document.title = title; }
    count = 0;
    status.textContent = "";
  });
})();

(function () {
  "use strict";
  var form = document.querySelector(".form");
  if (!form || !form.getAttribute("data-clear")) return;
  var status = document.createElement("p"), MOST = 200;
  status.className = "form-status";
  status.setAttribute("role", "status");
  function all(selector, inside) { return Array.prototype.slice.call((inside || form).querySelectorAll(selector)); }
  function fold() {
    all("[data-field]").forEach(function (part) {
      var chosen = form.querySelector('input[name="' + part.getAttribute("data-field") + '"]:checked');
      part.hidden = !chosen || chosen.value !== part.getAttribute("data-value");
    });
  }
  function empty(inside) {
    all("input, textarea, select", inside).forEach(function (field) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else field.value = "";
    });
  }
  function button(text, press) {
    var b = document.createElement("button");
    b.type = "button";
    b.className = "form-button";
    b.textContent = text;
    b.addEventListener("click", press);
    return b;
  }
  /* name.3.column and name-3-column become those of the next row; so do the numbers in labels */
  function renumber(row, from, to) {
    all("[id], [name], [for], [aria-label]", row).forEach(function (e) {
      ["id", "name", "for"].forEach(function (key) {
        var value = e.getAttribute(key);
        if (value) e.setAttribute(key, value.replace(new RegExp("([.-])" + from + "([.-])"), "$1" + to + "$2"));
      });
      var label = e.getAttribute("aria-label");
      if (label) e.setAttribute("aria-label", label.replace(new RegExp(from + "$"), to));
    });
    all(".row-number, .card-number", row).forEach(function (e) { e.textContent = e.textContent.replace(from, to); });
  }
  all("table.rows:not(.fixed) > tbody, .row-cards").forEach(function (rows) {
    var first = rows.children.length, around = rows.parentNode.parentNode.classList.contains("table") ? rows.parentNode.parentNode : rows;
    around.parentNode.insertBefore(button(form.getAttribute("data-add"), function () {
      var n = rows.children.length;
      if (n >= MOST) return;
      var row = rows.lastElementChild.cloneNode(true);
      renumber(row, String(n), String(n + 1));
      empty(row);
      rows.appendChild(row);
      var field = row.querySelector("input, textarea, select");
      if (field) field.focus();
      status.textContent = form.getAttribute("data-added");
    }), around.nextSibling);
    rows.shorten = function () { while (rows.children.length > first) rows.lastElementChild.remove(); };
  });
  var sure = false, clear = button(form.getAttribute("data-clear"), function () {
    if (!sure) {
      sure = true;
      status.textContent = form.getAttribute("data-sure");
      return;
    }
    sure = false;
    empty(form);
    all("tbody, .row-cards").forEach(function (rows) { if (rows.shorten) rows.shorten(); });
    fold();
    status.textContent = form.getAttribute("data-cleared");
  });
  clear.addEventListener("blur", function () { sure = false; });
  form.addEventListener("change", fold);
  form.appendChild(clear);
  form.appendChild(status);
  fold();
})();

/* Search: the link to the list of all pages becomes a box. What is looked for is sent nowhere, stands in no address and in no history: the answer is shown
   at the head of this page. The script that looks, and the index, are loaded when the box is first used. */
(function () {
  "use strict";
  var link = document.getElementById("search"), main = document.getElementById("main");
  if (!link || !main) return;
  var say = function (key) { return link.getAttribute("data-" + key) || ""; }, root = say("root"), FIRST = 8, shown = null, asked = 0;
  function make(name, className, text) {
    var e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  }
  var form = make("form", "search-form"), label = make("label", "unseen", say("label")), box = make("input"), go = make("button", "", say("go")), status = make("p", "unseen");
  form.setAttribute("role", "search");
  label.htmlFor = box.id = "search-words";
  box.type = "search";
  box.autocomplete = "off";
  box.placeholder = say("label");
  box.maxLength = 200;
  go.type = "submit";
  status.setAttribute("role", "status");
  form.append(label, box, go, status);
  link.parentNode.replaceChild(form, link);
  function ready(then) {
    if (window.letakSearch) { then(); return; }
    var s = document.createElement("script");
    s.src = root + "assets/search.js";
    s.onload = then;
    document.head.appendChild(s);
  }
  function close() {
    if (shown) shown.remove();
    shown = null;
    status.textContent = "";
  }
  function show(list, total, most, words) {
    var again = shown, section = make("section", "search-results"), head = make("h2", "", total ? say("found") + " " + total : say("none")), ol = make("ol");
    section.setAttribute("aria-labelledby", head.id = "search-head");
    head.tabIndex = -1;
    list.forEach(function (p) {
      var li = make("li"), a = make("a", "", p.title);
      a.href = root + p.path;
      li.append(a);
      if (p.description) li.append(make("p", "", p.description));
      ol.append(li);
    });
    section.append(head);
    if (list.length) section.append(ol);
    var foot = make("p", "search-foot"), shut = make("button", "", say("close")), every = make("a", "", say("all"));
    if (total > list.length && list.length >= most) {
      var more = make("button", "", say("more"));
      more.type = "button";
      more.addEventListener("click", function () { ask(words, most + FIRST, most); });
      foot.append(more);
    }
    every.href = link.href;
    shut.type = "button";
    shut.addEventListener("click", function () { close(); box.focus(); });
    foot.append(every, shut);
    section.append(foot);
    if (again) again.remove();
    shown = section;
    main.insertBefore(section, main.firstChild);
    status.textContent = head.textContent;
    return section;
  }
  function ask(words, most, from) {
    var turn = ++asked;
    ready(function () {
      window.letakSearch.find(root, say("index"), words, most, function (list, total) {
        if (turn !== asked || !list) return;
        var section = show(list, total, most, words), at = from && section.querySelectorAll("ol a")[from];
        (at || section.querySelector("h2")).focus();
      });
    });
  }
  box.addEventListener("focus", function () { ready(function () {}); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (box.value.trim()) ask(box.value, FIRST, 0); else close();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && shown) { close(); box.focus(); }
  });
})();
