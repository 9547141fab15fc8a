/* lists.js: lists that can be narrowed down, tables that can be sorted, quotations that can be copied. Everything is there without script, too: then the choices are lists of links.
   Nothing that is chosen is sent, kept or put into the address. */
(function () {
  "use strict";
  function make(name, className, text) {
    var e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  }
  function all(selector, inside) { return Array.prototype.slice.call((inside || document).querySelectorAll(selector)); }

  /* the catalogue: each list of links becomes a box to choose from */
  var nav = document.getElementById("finder"), list = document.querySelector(".publications");
  if (nav && list) {
    var say = function (key) { return nav.getAttribute("data-" + key) || ""; };
    var box = make("div", "finder"), status = make("p", "found"), reset = make("button", "form-button", say("reset")), chosen = [];
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", nav.getAttribute("aria-label"));
    status.setAttribute("role", "status");
    var apply = function () {
      var shown = 0, items = all(".publication", list), any = chosen.some(function (s) { return s.value; });
      items.forEach(function (item) {
        item.hidden = !chosen.every(function (s) { return !s.value || (item.getAttribute("data-" + s.name) || "").split(" ").indexOf(s.value) >= 0; });
        if (!item.hidden) shown++;
      });
      status.textContent = shown ? say("shown") + " " + shown + " / " + items.length : say("none");
      reset.hidden = !any;
    };
    all("details", nav).forEach(function (d, i) {
      var field = make("div", "field"), label = make("label", "label", d.querySelector("summary").textContent), select = make("select");
      select.name = d.getAttribute("data-name");
      select.id = label.htmlFor = "finder-" + i;
      select.append(new Option(say("all"), ""));
      all("[data-key]", d).forEach(function (li) {
        select.append(new Option(li.querySelector(".option").textContent + " (" + all("a", li).length + ")", li.getAttribute("data-key")));
      });
      select.addEventListener("change", apply);
      chosen.push(select);
      field.append(label, select);
      box.append(field);
    });
    reset.type = "button";
    reset.addEventListener("click", function () {
      chosen.forEach(function (s) { s.value = ""; });
      apply();
      chosen[0].focus();
    });
    box.append(status, reset);
    nav.parentNode.replaceChild(box, nav);
    window.addEventListener("pageshow", apply); /* browsers give boxes their last choice back */
    apply();
  }

  all(".citation[data-copy]").forEach(function (p) {
    if (!navigator.clipboard) return; /* a page from a disk: the text can be marked with one click */
    var b = make("button", "form-button", p.getAttribute("data-copy")), said = make("span", "small");
    b.type = "button";
    said.setAttribute("role", "status");
    b.addEventListener("click", function () {
      navigator.clipboard.writeText(p.textContent).then(function () { said.textContent = p.getAttribute("data-copied"); });
    });
    var line = make("p", "copy");
    line.append(b, " ", said);
    p.after(line);
  });

  /* tables: the heads of columns become buttons; what a cell sorts by is its data-value, else its text in the order of the page's language */
  all("table.sortable").forEach(function (table) {
    var body = table.tBodies[0], order = new Intl.Collator(document.documentElement.lang, { numeric: true }), heads = all("thead th", table);
    function value(row, i) {
      var cell = row.cells[i];
      return cell.getAttribute("data-value") || cell.textContent.trim();
    }
    heads.forEach(function (th, i) {
      var b = make("button", "sort", th.textContent);
      b.type = "button";
      b.title = table.getAttribute("data-sort") + ": " + th.textContent;
      th.textContent = "";
      th.append(b);
      b.addEventListener("click", function () {
        var up = th.getAttribute("aria-sort") !== "ascending";
        heads.forEach(function (h) { h.removeAttribute("aria-sort"); });
        th.setAttribute("aria-sort", up ? "ascending" : "descending");
        Array.prototype.slice.call(body.rows).map(function (row, n) { return [value(row, i), n, row]; }).sort(function (x, y) {
          return (up ? 1 : -1) * order.compare(x[0], y[0]) || x[1] - y[1];
        }).forEach(function (x) { body.append(x[2]); });
      });
    });
  });
})();
