// Sentences about a row, for those who hear it.

import { LEVELS, METHODS, fill } from "./facts.js";
import { marksOf } from "./rows.js";

export function tellMarks(facts, cell) {
  return marksOf(cell).map((mark) => facts.said.marks[METHODS[mark]]).join(", ");
}

export function tellPart(facts, cell) {
  return fill(facts.said.table.fraction, { count: cell.elements.size, size: facts.columns[cell.column].size });
}

export function tellRow(facts, row) {
  const cells = row.cells.map(
    (cell) => `${facts.columns[cell.column].name} (${tellMarks(facts, cell)}, ${tellPart(facts, cell)})`,
  );
  const passes = row.passes.length ? [fill(facts.said.table.passes, { names: row.passes.join(", ") })] : [];
  return `${row.party.name}: ${[...cells, ...passes].join("; ") || facts.said.table.nothing}`;
}

export function tellCell(facts, row, column) {
  const cell = row.cells.find((item) => item.column === column);
  const names = cell ? [...cell.elements].sort((a, b) => a - b).map((place) => facts.elements[place].name) : [];
  const said = cell
    ? `${tellMarks(facts, cell)}, ${tellPart(facts, cell)}: ${names.join(", ")}`
    : facts.said.picture.empty_cell;
  return fill(facts.said.picture.cell, { party: row.party.name, column: facts.columns[column].name, facts: said });
}

export function levelOf(facts, column) {
  return LEVELS[facts.columns[column].level];
}
