/* search.js: looks for words in the index that letak wrote beside the pages (search/CODE/; its grammar: generator/web/search.h). Loaded when
   a reader first goes to the search box. Nothing leaves the reader's machine but requests for the site's own files; nothing is kept.
   letakSearch.find(root, code, text, most, done): done(list of {path, title, description}, how many in all). */
(function () {
  "use strict";
  var roots = {}, shards = {}, waiting = {}, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", MOST_WORDS = 8, MOST_BEGUN = 8;
  var value = {}, i;
  for (i = 0; i < 64; i++) value[DIGITS[i]] = i;
  var silent = /[\u0300-\u036f\u064b-\u0652\u0640\u200c\u200d\u00ad\u044a\u044c]/, letter;
  try { letter = new RegExp("[\\p{L}\\p{Nd}]", "u"); } catch (e) { letter = /[^\x00-\xbf\u2000-\u206f]/; }

  /* A classic script: files opened from a disk may load such, and fetch nothing. */
  function load(url, has, then) {
    if (has()) { then(); return; }
    if (waiting[url]) { waiting[url].push(then); return; }
    waiting[url] = [then];
    var s = document.createElement("script");
    s.src = url;
    s.onload = s.onerror = function () {
      var list = waiting[url];
      delete waiting[url];
      s.remove();
      list.forEach(function (f) { f(); });
    };
    document.head.appendChild(s);
  }
  function all(urls, then) { /* urls: list of [url, has] */
    var left = urls.length;
    if (!left) then();
    urls.forEach(function (u) { load(u[0], u[1], function () { if (!--left) then(); }); });
  }

  function fold(rules, text) {
    var spelled = rules.spelled, out = "";
    if (!spelled) {
      spelled = rules.spelled = {};
      Object.keys(rules.letters).forEach(function (to) { Array.from(rules.letters[to]).forEach(function (c) { spelled[c] = to; }); });
    }
    Array.from(text.toLowerCase()).forEach(function (c) {
      if (spelled[c]) out += spelled[c];
      else if (/[a-z0-9]/.test(c)) out += c;
      else if (!silent.test(c)) out += c > "\x7f" && letter.test(c) ? c : " ";
    });
    return out.trim().split(/ +/).filter(function (w) { return w; });
  }
  function stem(rules, word) {
    var n = word.length, k, vowel = /[aeiou]/;
    if (!rules.suffixes || n < 4 || n > 63) return word;
    for (k = Math.min(5, n - 3); k; k--) if (rules.suffixes.indexOf(" " + word.slice(n - k) + " ") >= 0) { word = word.slice(0, n - k); break; }
    n = word.length;
    if (rules.fleeting && n >= 5 && word[n - 2] === "a" && !vowel.test(word[n - 1]) && !vowel.test(word[n - 3])) word = word.slice(0, n - 2) + word[n - 1];
    for (k = 0; k < rules.last.length; k += 2) if (word[word.length - 1] === rules.last[k]) return word.slice(0, -1) + rules.last[k + 1];
    return word;
  }

  function shard_of(firsts, term) { /* the last that does not begin behind the term */
    var low = 0, high = firsts.length - 1, mid;
    while (low < high) {
      mid = (low + high + 1) >> 1;
      if (firsts[mid] <= term) low = mid; else high = mid - 1;
    }
    return low;
  }
  /* Calls found(page, points) for the pages of one record's groups. */
  function read(groups, rarity, found) {
    groups.forEach(function (g) {
      var weight = value[g[0]], page = 0, n = 0, shift = 0, i, d;
      for (i = 1; i < g.length; i++) {
        d = value[g[i]];
        n |= (d & 31) << shift;
        shift += 5;
        if (d & 32) continue;
        page += n;
        found(page++, weight * rarity);
        n = shift = 0;
      }
    });
  }
  /* The word itself counts whole, words that begin with what was typed a third. Two words beside each other are a term of their own on a small site. */
  function look(text, word, found) {
    var before = "", begun = 0;
    text.split(",").forEach(function (record) {
      var parts = record.split("~"), head = parts.shift(), term = before.slice(0, value[head[0]]) + head.slice(2), rarity = value[head[1]];
      before = term;
      if (term === word.stem) read(parts, rarity, found);
      else if (word.typed.length >= 3 && term.indexOf(word.typed) === 0 && term.indexOf(" ") < 0 && begun++ < MOST_BEGUN) read(parts, rarity, function (p, x) { found(p, x / 3); });
    });
  }

  function words_of(root, text) {
    var seen = {}, words = fold(root.rules, text).filter(function (w) { return w.length > 1; }).map(function (w) { return { typed: w, stem: stem(root.rules, w) }; });
    var pairs = words.slice(1).map(function (w, i) { return { typed: "", stem: words[i].stem + " " + w.stem, pair: true }; });
    words = words.filter(function (w) { return !seen[w.stem] && (seen[w.stem] = true); });
    var rare = words.filter(function (w) { return (" " + root.common + " ").indexOf(" " + w.stem + " ") < 0; });
    return (rare.length ? rare : words).slice(0, MOST_WORDS).concat(root.pairs ? pairs.slice(0, MOST_WORDS) : []);
  }
  function rank(root, words) {
    var pages = {}, single = words.filter(function (w) { return !w.pair; }).length;
    words.forEach(function (word) {
      var best = {};
      look(shards[root.terms + "/" + word.shard] || "", word, function (page, points) { if (!(best[page] >= points)) best[page] = points; });
      Object.keys(best).forEach(function (page) {
        var p = pages[page] || (pages[page] = { page: +page, points: 0, words: 0 });
        p.points += best[page];
        if (!word.pair) p.words++;
      });
    });
    return Object.keys(pages).map(function (k) {
      var p = pages[k], part = p.words / single;
      p.points *= part * part;
      return p;
    }).sort(function (a, b) { return b.points - a.points || a.page - b.page; });
  }

  function find(base, code, text, most, done) {
    load(base + "search/" + code + "/root.js", function () { return roots[code]; }, function () {
      var root = roots[code];
      if (!root) { done(null, 0); return; }
      if (typeof root.firsts === "string") root.firsts = root.firsts.split("|");
      var words = words_of(root, text), want = {};
      words.forEach(function (w) { w.shard = shard_of(root.firsts, w.stem); want[w.shard] = true; });
      all(Object.keys(want).map(function (n) {
        return [base + "search/" + root.terms + "/terms-" + n + ".js", function () { return shards[root.terms + "/" + n] !== undefined; }];
      }), function () {
        var list = rank(root, words), top = list.slice(0, most), files = {};
        top.forEach(function (p) { files[Math.floor(p.page / root.per)] = true; });
        all(Object.keys(files).map(function (n) {
          return [base + "search/" + code + "/pages-" + n + ".js", function () { return shards[code + ":" + n] !== undefined; }];
        }), function () {
          var asked = fold(root.rules, text).join(" ");
          top = top.map(function (p) {
            var row = (shards[code + ":" + Math.floor(p.page / root.per)] || [])[p.page % root.per];
            return row && { path: row[0], title: row[1], description: row[2], same: fold(root.rules, row[1]).join(" ") === asked };
          }).filter(function (p) { return p; });
          done(top.filter(function (p) { return p.same; }).concat(top.filter(function (p) { return !p.same; })), list.length);
        });
      });
    });
  }

  window.letakSearch = {
    root: function (code, root) { roots[code] = root; },
    terms: function (code, n, text) { shards[code + "/" + n] = text; },
    pages: function (code, n, rows) { shards[code + ":" + n] = rows; },
    fold: fold, stem: stem, find: find
  };
})();
