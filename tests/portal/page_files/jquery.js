// A stand-in for the old library of portals: global $, prototypes extended, styles written inline, code run from strings.
(function (window) {
  Array.prototype.each = function (each) { for (var i = 0; i < this.length; i++) each(this[i]) }
  function Set(found) { this.found = found }
  Set.prototype = {
    addClass: function (name) { this.found.each(function (one) { one.className += " " + name }); return this },
    text: function (said) { this.found.each(function (one) { one.innerHTML = said }); return this },
  }
  window.$ = window.jQuery = function (what) {
    if (typeof what === "function") { document.addEventListener("DOMContentLoaded", what); return }
    return new Set(Array.prototype.slice.call(document.querySelectorAll(what)))
  }
  window.jQuery.fn = { jquery: "1.4.2" }
})(window)
