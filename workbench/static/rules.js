/* The editor of rule files: line numbers beside the text, suggestions while one types, and the way from a problem to its line. */
"use strict";
(function () {
  var box = document.querySelector(".editor");
  if (!box) return;
  var text = box.querySelector("textarea");
  var gutter = box.querySelector(".gutter");
  var list = box.querySelector(".suggestions");
  var offered = document.getElementById("offered");
  var state = document.getElementById("state");
  var form = text.form;
  var chosen = -1, asked = 0, timer = 0, bad = {}, drawn = "", kept = text.value, leaving = false;

  function number() {
    var lines = text.value.split("\n").length;
    var key = lines + ":" + Object.keys(bad).join(",");
    if (key !== drawn) {
      drawn = key;
      gutter.textContent = "";
      var plain = "";
      for (var n = 1; n <= lines; n++) {
        if (!bad[n]) { plain += n + "\n"; continue; }
        gutter.appendChild(document.createTextNode(plain));
        var mark = document.createElement("span");
        mark.className = "bad";
        mark.textContent = n + "\n";
        gutter.appendChild(mark);
        plain = "";
      }
      // The bar below the text takes room from it, and none from the numbers.
      gutter.appendChild(document.createTextNode(plain + "\n\n"));
    }
    gutter.scrollTop = text.scrollTop;
  }

  function height() { return parseFloat(getComputedStyle(text).lineHeight); }

  function go(line) {
    var lines = text.value.split("\n"), start = 0;
    line = Math.max(1, Math.min(line, lines.length));
    for (var n = 0; n < line - 1; n++) start += lines[n].length + 1;
    close();
    text.focus();
    text.setSelectionRange(start, start + lines[line - 1].length);
    text.scrollTop = Math.max(0, (line - 6) * height());
    text.scrollLeft = 0;
    number();
    box.scrollIntoView({ block: "nearest" });
  }

  // Lines that enclose the one of the caret: each is indented less than the one below it.
  function around() {
    var before = text.value.slice(0, text.selectionStart).split("\n");
    var prefix = before.pop();
    var parts = /^( *)(- *)?/.exec(prefix), indent = parts[1].length, dashed = Boolean(parts[2]), above = [];
    for (var n = before.length - 1; n >= 0 && (indent || dashed); n--) {
      var one = before[n];
      if (!one.trim() || /^\s*#/.test(one)) continue;
      var here = /^( *)(- *)?/.exec(one), depth = here[1].length, dash = Boolean(here[2]);
      if (depth < indent || (depth === indent && dashed && !dash)) {
        above.unshift(one.slice(0, 300));
        indent = depth; dashed = dash;
      }
    }
    return { prefix: prefix, above: above.join("\n"), line: before.length + 1 };
  }

  function close() {
    asked++;
    list.hidden = true;
    list.textContent = "";
    chosen = -1;
    text.removeAttribute("aria-activedescendant");
    offered.textContent = "";
  }

  function ask(always) {
    if (text.readOnly) return;
    var spot = around(), mine = ++asked;
    if (spot.prefix.length > 3900 || (!always && /(^\s*#|:\s|[^\s{[,-])$/.test(spot.prefix) && !/[\w-]$|:\s$/.test(spot.prefix))) { close(); return; }
    if (!always && !/\S/.test(spot.prefix)) { close(); return; }
    var query = new URLSearchParams({ file: box.dataset.file, line: spot.line, prefix: spot.prefix, above: spot.above });
    fetch(box.dataset.completion + "?" + query, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (html) { if (mine === asked) show(html, spot.prefix, always); })
      .catch(function () { close(); });
  }

  function show(html, prefix, always) {
    var made = new DOMParser().parseFromString("<ul>" + html + "</ul>", "text/html");
    var found = made.querySelectorAll("li");
    var typed = /[^\s{}[\],:"']*$/.exec(prefix)[0];
    if (!found.length || (!always && found.length === 1 && found[0].dataset.text.trim() === typed)) { close(); return; }
    list.textContent = "";
    found.forEach(function (one) { list.appendChild(document.importNode(one, true)); });
    list.hidden = false;
    place();
    choose(always ? 0 : -1);
    offered.textContent = offered.dataset[document.body.dataset.lang].replace("%d", found.length);
  }

  function place() {
    var before = text.value.slice(0, text.selectionStart).split("\n");
    var context = place.canvas || (place.canvas = document.createElement("canvas").getContext("2d"));
    var style = getComputedStyle(text);
    context.font = style.fontSize + " " + style.fontFamily;
    var left = gutter.offsetWidth + context.measureText(before[before.length - 1]).width - text.scrollLeft + 8;
    var top = before.length * height() - text.scrollTop + 10;
    if (top + list.offsetHeight > box.clientHeight) top = Math.max(4, top - height() - list.offsetHeight - 4);
    list.style.left = Math.max(4, Math.min(left, box.clientWidth - list.offsetWidth - 4)) + "px";
    list.style.top = top + "px";
  }

  function choose(n) {
    var found = list.children;
    for (var each = 0; each < found.length; each++) found[each].setAttribute("aria-selected", each === n ? "true" : "false");
    chosen = n;
    if (n < 0) { text.removeAttribute("aria-activedescendant"); return; }
    text.setAttribute("aria-activedescendant", found[n].id);
    if (found[n].offsetTop < list.scrollTop) list.scrollTop = found[n].offsetTop;
    if (found[n].offsetTop + found[n].offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = found[n].offsetTop + found[n].offsetHeight - list.clientHeight;
  }

  function write(what) {
    // What is inserted this way can be undone; older browsers do not know it.
    if (document.execCommand("insertText", false, what)) return;
    text.setRangeText(what, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function take(one) {
    var caret = text.selectionStart;
    var typed = /[^\s{}[\],:"']*$/.exec(text.value.slice(0, caret))[0];
    text.focus();
    text.setSelectionRange(caret - typed.length, caret);
    write(one.dataset.text);
    close();
    clearTimeout(timer);
    if (/: $/.test(one.dataset.text)) ask(true);
  }

  text.addEventListener("input", function (event) {
    number();
    changed();
    clearTimeout(timer);
    if (event.isComposing) { close(); return; }
    timer = setTimeout(function () { ask(false); }, 180);
  });
  text.addEventListener("scroll", function () { number(); if (!list.hidden) close(); });
  text.addEventListener("blur", function () { setTimeout(close, 150); });
  text.addEventListener("click", close);
  text.addEventListener("keydown", function (event) {
    // Keys belong to whoever composes a Chinese character.
    if (event.isComposing || event.keyCode === 229) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      var save = document.getElementById("save");
      if (save) save.click();
    } else if (event.ctrlKey && (event.key === " " || event.code === "Space")) {
      event.preventDefault();
      ask(true);
    } else if (list.hidden) {
      if (event.key === "Enter" && !text.readOnly) indent(event);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      var number_ = list.children.length, step = event.key === "ArrowDown" ? 1 : -1;
      choose(chosen < 0 ? (step > 0 ? 0 : number_ - 1) : (chosen + step + number_) % number_);
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" || event.key === "ArrowLeft" || event.key === "ArrowRight") {
      close();
    }
  });
  // A new line begins where the one before it does.
  function indent(event) {
    var line = text.value.slice(0, text.selectionStart).split("\n").pop(), blank = /^ */.exec(line)[0];
    if (!blank) return;
    event.preventDefault();
    write("\n" + blank);
  }
  // Before the text loses the focus.
  list.addEventListener("mousedown", function (event) {
    event.preventDefault();
    var one = event.target.closest("li");
    if (one) take(one);
  });

  function changed() {
    var differs = text.value !== kept, english = document.body.dataset.lang === "en";
    if (!state.dataset.was) state.dataset.was = state.textContent;
    state.textContent = differs ? (english ? "Not saved yet" : "有修改，还没有保存") : state.dataset.was;
    state.classList.toggle("bad", differs);
  }
  form.addEventListener("submit", function () { leaving = true; });
  window.addEventListener("beforeunload", function (event) {
    if (text.value !== kept && !leaving) { event.preventDefault(); event.returnValue = ""; }
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-line]");
    if (link && link.dataset.file === box.dataset.file) {
      event.preventDefault();
      go(Number(link.dataset.line));
    }
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id !== "found") return;
    bad = {};
    event.target.querySelectorAll(".problems a[data-line]").forEach(function (one) {
      if (one.dataset.file === box.dataset.file) bad[one.dataset.line] = true;
    });
    drawn = "";
    number();
  });

  // What was typed and not kept (a conflict, a problem) is no longer what is kept.
  if (document.querySelector("main .problem[role=alert]")) { kept = null; changed(); }
  number();
  if (box.dataset.line) go(Number(box.dataset.line));
})();
