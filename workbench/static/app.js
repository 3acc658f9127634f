/* The form saves itself while it is filled in, and takes files that are dropped. Plain ES2017; without it every page still
   works by its buttons. */
(function () {
  "use strict";
  var csrf = document.body.dataset.csrf || "";
  var zh = document.body.dataset.lang !== "en";
  function say(chinese, english) { return zh ? chinese : english; }

  // --- Cells -----------------------------------------------------------------------------------------------------------
  var form = document.querySelector("form[data-cells]");
  if (form) {
    var state = form.querySelector("[data-state]");
    var timers = new Map();
    var waiting = new Map();   // what is still to be kept, by field; what was typed last counts
    var busy = false;

    var tell = function (text, bad) { state.textContent = text; state.classList.toggle("bad", Boolean(bad)); };

    var show = function (field, said) {
      var group = field.parentElement;
      group.querySelectorAll(".field").forEach(function (one) {
        var listed = said[one.dataset.key] || [];
        var place = one.querySelector(".saids");
        if (!place) { return; }
        place.textContent = "";
        listed.forEach(function (each) {
          var span = document.createElement("span");
          span.className = "said " + (each.bad ? "bad" : "read");
          span.textContent = each.text;
          place.appendChild(span);
        });
        one.classList.toggle("wrong", listed.some(function (each) { return each.bad; }));
      });
    };

    var keep = function () {
      if (busy || waiting.size === 0) { return; }
      busy = true;
      var next = waiting.entries().next().value;
      var field = next[0], value = next[1];
      waiting.delete(field);
      field.classList.add("saving");
      tell(say("正在保存……", "Saving …"));
      var body = new URLSearchParams({
        sheet: form.dataset.sheet, row: field.dataset.row, key: field.dataset.key, value: value, seen: field.dataset.version
      });
      fetch(form.dataset.cells, { method: "POST", body: body, headers: { "X-CSRF-Token": csrf }, credentials: "same-origin" })
        .then(function (answer) {
          if (answer.status === 401) { throw new Error("signed out"); }
          if ([200, 409, 422].indexOf(answer.status) < 0 || (answer.headers.get("content-type") || "").indexOf("json") < 0) {
            throw new Error(String(answer.status));
          }
          return answer.json().then(function (told) { return { status: answer.status, told: told }; });
        })
        .then(function (found) {
          busy = false;
          field.classList.remove("saving");
          show(field, found.told.said);
          if (found.status === 409) {
            field.dataset.version = found.told.version;
            conflict(field, found.told.other, value);
            tell(say("有一格别人刚改过，没有覆盖，请看红字", "somebody changed a field meanwhile; nothing was overwritten"), true);
          } else if (found.status === 422) {
            tell(say("有一格没有保存，请看红字", "one field was not saved: see what is said in red"), true);
          } else {
            field.dataset.version = found.told.version;
            if (waiting.size === 0) { tell(say("已保存", "Saved")); }
            document.body.dispatchEvent(new CustomEvent("cell-saved"));
          }
          keep();
        })
        .catch(function (error) {
          busy = false;
          field.classList.remove("saving");
          if (!waiting.has(field)) { waiting.set(field, value); }
          if (error.message === "signed out") {
            tell(say("登录已过期：请在新窗口重新登录，本页不要关闭", "signed out: sign in again in another window and keep this page open"), true);
          } else {
            tell(say("还没有保存：网络或服务器不通，正在重试", "not saved yet: the server cannot be reached; trying again"), true);
          }
          setTimeout(keep, 3000);
        });
    };

    var conflict = function (field, other, mine) {
      var place = field.querySelector(".saids");
      var span = document.createElement("span");
      span.className = "said bad";
      span.textContent = say("账号 " + other.login + " 刚把这里改成“" + other.value + "”，您填的“" + mine + "”没有保存。",
        other.login + " has just changed this to “" + other.value + "”; your “" + mine + "” was not saved. ");
      var button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = say("仍用我的", "Use mine");
      button.addEventListener("click", function () { waiting.set(field, mine); keep(); });
      span.appendChild(button);
      place.appendChild(span);
    };

    var typed = function (event, delay) {
      var field = event.target.closest(".field");
      if (!field || !event.target.name || event.target.type === "file" || event.target.type === "hidden") { return; }
      if (event.target.validity && event.target.validity.badInput) { return; }
      clearTimeout(timers.get(field));
      var value = event.target.value;
      timers.set(field, setTimeout(function () { timers.delete(field); waiting.set(field, value); keep(); }, delay));
      tell(say("有改动，马上保存", "changed; saving at once"));
    };
    form.addEventListener("input", function (event) { typed(event, 700); });
    form.addEventListener("change", function (event) { typed(event, 0); });
    window.addEventListener("beforeunload", function (event) {
      if (waiting.size || timers.size || busy) { event.preventDefault(); event.returnValue = ""; }
    });
    // Enter goes to the next field, as in a spreadsheet, instead of sending the page.
    form.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT" || event.isComposing) { return; }
      event.preventDefault();
      var fields = Array.from(form.querySelectorAll(".field input:not([type=hidden]):not([type=file]), .field select"));
      var next = fields[fields.indexOf(event.target) + 1];
      if (next) { next.focus(); }
    });
  }

  // --- Files -----------------------------------------------------------------------------------------------------------
  function send(zone, files) {
    var row = zone.dataset.row;
    var data = new FormData();
    Array.from(files).forEach(function (file) { data.append("file", file, file.name); });
    if (row !== undefined) { data.append("sheet", form.dataset.sheet); data.append("row", row); }
    zone.setAttribute("aria-busy", "true");
    fetch(zone.dataset.drop, {
      method: "POST", body: data, headers: { "X-CSRF-Token": csrf, "X-Part": "files" }, credentials: "same-origin"
    }).then(function (answer) {
      return answer.text().then(function (text) {
        zone.removeAttribute("aria-busy");
        if (row === undefined) {
          if (answer.redirected) { location.reload(); } else { document.open(); document.write(text); document.close(); }
          return;
        }
        var list = zone.querySelector("[data-files]");
        var made = new DOMParser().parseFromString(text, "text/html").querySelector("[data-files]");
        if (!made) { failed(zone); return; }
        list.replaceWith(made);
        window.htmx.process(made);
        zone.closest(".field").dataset.version = made.dataset.version;
        document.body.dispatchEvent(new CustomEvent("cell-saved"));
      });
    }).catch(function () { zone.removeAttribute("aria-busy"); failed(zone); });
  }
  function failed(zone) {
    var line = document.createElement("p");
    line.className = "problem";
    line.setAttribute("role", "alert");
    line.textContent = say("没有上传成功，请再试一次", "the files did not arrive: try again");
    zone.appendChild(line);
  }
  document.querySelectorAll("[data-drop]").forEach(function (zone) {
    ["dragenter", "dragover"].forEach(function (name) {
      zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      zone.addEventListener(name, function (event) { event.preventDefault(); zone.classList.remove("over"); });
    });
    zone.addEventListener("drop", function (event) {
      if (event.dataTransfer && event.dataTransfer.files.length) { send(zone, event.dataTransfer.files); }
    });
    var chosen = zone.querySelector("input[type=file]");
    if (chosen && zone.dataset.row !== undefined) {
      chosen.addEventListener("change", function () { if (chosen.files.length) { send(zone, chosen.files); chosen.value = ""; } });
    }
  });
  // What was chosen is named beside the button, or sent at once.
  document.querySelectorAll("input[type=file][data-name]").forEach(function (input) {
    input.addEventListener("change", function () {
      var place = input.closest("p").querySelector(".chosen");
      if (place && input.files.length) { place.textContent = input.files[0].name; }
    });
  });
  document.querySelectorAll("input[type=file][data-send]").forEach(function (input) {
    input.addEventListener("change", function () { if (input.files.length) { input.form.submit(); } });
  });
  document.body.addEventListener("htmx:afterSwap", function (event) {
    var list = event.target.querySelector ? document.querySelectorAll("[data-files]") : [];
    list.forEach(function (one) {
      var field = one.closest(".field");
      if (field) { field.dataset.version = one.dataset.version; }
    });
  });
})();
