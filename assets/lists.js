/* lists.js: lists that can be narrowed down, quotations that can be copied. Everything is there without script, too: then the choices are lists of links.
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
})();
