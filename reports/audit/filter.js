"use strict";
(function () {
  var form = document.getElementById("filters");
  var findings = Array.prototype.slice.call(document.querySelectorAll(".finding"));
  var groups = Array.prototype.slice.call(document.querySelectorAll(".cure"));
  var value = function (id) { var field = document.getElementById(id); return field ? field.value : ""; };
  var fits = function (finding) {
    var data = finding.dataset;
    var words = value("words").trim().toLowerCase();
    return (!value("severity") || data.severity === value("severity")) &&
      (!value("state") || data.state === value("state")) &&
      (!value("acts") || data.acts === value("acts")) &&
      (!value("party") || data.names.split("|").indexOf(value("party")) >= 0) &&
      (!words || finding.textContent.toLowerCase().indexOf(words) >= 0);
  };
  var show = function () {
    var shown = 0;
    findings.forEach(function (finding) { finding.hidden = !fits(finding); shown += finding.hidden ? 0 : 1; });
    groups.forEach(function (group) { group.hidden = !group.querySelector(".finding:not([hidden])"); });
    document.getElementById("count").textContent = shown + " of " + findings.length + " findings are shown.";
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.hidden = false;
  show();
})();
