"use strict";
(function () {
  var form = document.getElementById("search");
  var field = document.getElementById("q");
  var found = document.getElementById("found");
  var sections = Array.prototype.slice.call(document.querySelectorAll("#index section"));
  var items = Array.prototype.slice.call(document.querySelectorAll("#index li"));
  var fold = function (text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  };
  var texts = items.map(function (item) {
    return fold(item.firstChild.textContent + " " + (item.dataset.k || ""));
  });
  var show = function () {
    var words = fold(field.value).split(/\s+/).filter(Boolean);
    var count = 0;
    items.forEach(function (item, number) {
      var fits = words.every(function (word) { return texts[number].indexOf(word) >= 0; });
      if (item.hidden === fits) { item.hidden = !fits; }
      count += fits ? 1 : 0;
    });
    sections.forEach(function (section) {
      section.hidden = !section.querySelector("li:not([hidden])");
    });
    var said = !words.length ? "all" : count === 0 ? "none" : count === 1 ? "one" : "many";
    found.textContent = found.dataset[said].replace("#", String(count));
  };
  var asked = new URLSearchParams(window.location.search).get("q");
  if (asked) { field.value = asked; }
  form.hidden = false;
  field.addEventListener("input", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); show(); });
  show();
})();
