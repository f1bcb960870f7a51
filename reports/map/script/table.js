// A row of the table, written as the page's maker writes it, with a button that opens the party.

import { METHODS, fill } from "./facts.js";
import { make } from "./make.js";
import { marksOf } from "./rows.js";
import { levelOf, tellMarks, tellPart } from "./tell.js";

export function tableRow(facts, row, isAudited) {
  const { table } = facts.said;
  const kind = row.isCounted ? row.party.kind : fill(table.uncounted, { kind: row.party.kind });
  const name = make("button", { type: "button", class: "name", tabindex: "-1", "aria-haspopup": "dialog" });
  name.append(make("bdi", {}, row.party.name));
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, name, " ", make("span", { class: "kind" }, kind)),
    make("td", { "data-label": table.gets }, ...gets(facts, row)),
    make("td", { "data-label": table.basis }, ...bases(facts, row)),
    make("td", { "data-label": table.findings }, ...findings(facts, row, isAudited)),
  );
}

function gets(facts, row) {
  const { table } = facts.said;
  const parts = [];
  if (row.cells.length) parts.push(make("ul", { class: "gets" }, ...row.cells.map((cell) => gotten(facts, cell))));
  else if (row.passes.length) parts.push(make("p", { class: "quiet" }, table.nothing));
  if (row.passes.length) parts.push(make("p", { class: "passes" }, fill(table.passes, { names: row.passes.join(", ") })));
  return parts;
}

function gotten(facts, cell) {
  const level = levelOf(facts, cell.column);
  const marks = marksOf(cell).map((mark) =>
    make("span", { class: `mark ${METHODS[mark]} ${level}`, "aria-hidden": "true" }, facts.said.letters[METHODS[mark]]),
  );
  return make(
    "li",
    {},
    ...marks,
    make("span", { class: "said" }, `${tellMarks(facts, cell)}: `),
    make("span", { class: "data" }, facts.columns[cell.column].name),
    " ",
    make("span", { class: "part" }, tellPart(facts, cell)),
  );
}

function bases(facts, row) {
  if (!row.bases.length) return [make("span", { class: "quiet" }, facts.said.table.no_basis)];
  return row.bases.flatMap((basis, n) => [n ? " " : "", make("span", { class: "basis" }, basis)]);
}

function findings(facts, row, isAudited) {
  const { table, severities } = facts.said;
  if (!isAudited) return [make("span", { class: "quiet" }, table.unasked)];
  const counts = [0, 0, 0];
  for (const finding of row.party.findings) counts[finding.severity] += 1;
  const said = counts.flatMap((count, n) => (count ? [make("span", { class: "finding" }, `${count} ${severities[n][count > 1 ? 1 : 0]}`)] : []));
  return said.length ? said.flatMap((one, n) => [n ? ", " : "", one]) : [make("span", { class: "quiet" }, table.no_findings)];
}
