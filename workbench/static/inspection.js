// Keys for those who review: one criterion after another without the mouse. No key does anything while one types.
(function () {
  "use strict";
  var OFF = "duibiao-keys-off";
  function isOff() { try { return localStorage.getItem(OFF) === "1"; } catch (error) { return false; } }
  function typing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }
  function follow(name) {
    var link = document.querySelector('a[data-key="' + name + '"]');
    if (link) { link.click(); }
  }
  function open(kind) {
    var part = document.querySelector('details[data-form="' + kind + '"]');
    if (!part) { return; }
    part.open = true;
    var field = part.querySelector("form select, form input:not([type=hidden]), form textarea") || part.querySelector("summary");
    field.focus();
    if (field.select && field.tagName === "TEXTAREA") { field.select(); }
    if (field.scrollIntoView) { field.scrollIntoView({ block: "center" }); }
  }
  function keys() {
    var part = document.querySelector("details[data-keys]");
    if (part) { part.open = true; part.querySelector("summary").focus(); }
  }
  var DEEDS = {
    j: function () { follow("next"); }, n: function () { follow("next"); },
    k: function () { follow("previous"); }, p: function () { follow("previous"); },
    w: function () { follow("waiting"); },
    c: function () { open("confirmation"); }, r: function () { open("level"); }, d: function () { open("decision"); },
    "?": keys
  };
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey && event.key === "Enter" && event.target.form) {
      var button = event.target.form.querySelector("button:not([name])");
      if (button) { event.preventDefault(); button.click(); }
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    if (typing(event.target) || isOff()) { return; }
    var deed = DEEDS[event.key];
    if (deed) { event.preventDefault(); deed(); }
  });
  document.addEventListener("DOMContentLoaded", function () {
    var box = document.querySelector("input[data-keys-off]");
    if (box) {
      box.checked = isOff();
      box.addEventListener("change", function () {
        try { localStorage.setItem(OFF, box.checked ? "1" : "0"); } catch (error) { /* kept nowhere: it holds for this page */ }
      });
    }
  });
  // A form that was sent back with a problem is shown where it stands; the address's fragment takes the focus before.
  window.addEventListener("load", function () {
    var wrong = document.querySelector("details[open] [aria-invalid=true]");
    var alert = document.querySelector("details[open] [role=alert]");
    if (wrong) { wrong.focus(); } else if (alert) { alert.scrollIntoView({ block: "center" }); }
  });
}());
