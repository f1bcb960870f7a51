// The rows of a day and of a choice: what each party gets, by category. rows.py reckons the same for the page's day.

import { isInForce } from "./facts.js";

export const EVERYTHING = { data: "", basis: "", school: "", sensitivity: "" };

export function rowsOf(facts, day, choice) {
  const fits = elementFilter(facts, choice);
  const rows = new Map();
  const rowOf = (place) => {
    if (!rows.has(place)) {
      rows.set(place, { party: facts.parties[place], cells: new Map(), bases: new Set(), passes: new Set() });
    }
    return rows.get(place);
  };
  for (const flow of facts.flows) {
    if (!isInForce(flow, day)) continue;
    if (!facts.parties[flow.sender].isSource && isEverything(choice)) rowOf(flow.sender).passes.add(flow.receiver);
    if (!fitsFlow(flow, choice)) continue;
    const carried = fits ? flow.elements.filter(fits) : flow.elements;
    if (fits && !carried.length) continue;
    const row = rowOf(flow.receiver);
    if (flow.basis) row.bases.add(flow.basis);
    for (const place of carried) {
      const column = facts.elements[place].column;
      const cell = row.cells.get(column);
      if (cell) {
        cell.marks |= 1 << flow.mark;
        cell.elements.add(place);
      } else {
        row.cells.set(column, { column, marks: 1 << flow.mark, elements: new Set([place]) });
      }
    }
  }
  return [...rows.values()].sort((one, other) => one.party.place - other.party.place).map((row) => finish(facts, row));
}

export function marksOf(cell) {
  return [0, 1, 2, 3, 4].filter((mark) => cell.marks & (1 << mark));
}

export function isEverything(choice) {
  return !choice.data && !choice.basis && choice.school === "" && choice.sensitivity === "";
}

const ORDERS = {
  like: () => 0,
  name: (one, other) => compareNames(one, other),
  most: (one, other) => other.amount - one.amount || compareNames(one, other),
  findings: (one, other) => weight(other) - weight(one) || compareNames(one, other),
};

export function orderRows(rows, order) {
  return order === "like" ? rows : [...rows].sort(ORDERS[order]);
}

function compareNames(one, other) {
  return one.folded < other.folded ? -1 : one.folded > other.folded ? 1 : 0;
}

function weight(row) {
  return row.party.findings.reduce((sum, finding) => sum + [1e6, 1e3, 1][finding.severity], 0);
}

function finish(facts, row) {
  const cells = [...row.cells.values()].sort((one, other) => one.column - other.column);
  const passes = [...row.passes].map((place) => facts.parties[place].name).sort(byCodePoints);
  const amount = cells.reduce((sum, cell) => sum + cell.elements.size, 0);
  const isCounted = cells.length > 0 && !row.party.isSource;
  const bases = [...row.bases].sort(byCodePoints);
  return { party: row.party, folded: row.party.text, cells, bases, passes, amount, isCounted };
}

// As Python sorts texts; signs beyond the first plane come last.
function byCodePoints(one, other) {
  const [left, right] = [[...one], [...other]];
  for (let n = 0; n < Math.min(left.length, right.length); n += 1) {
    if (left[n] !== right[n]) return left[n].codePointAt(0) - right[n].codePointAt(0);
  }
  return left.length - right.length;
}

function fitsFlow(flow, choice) {
  if (choice.basis && (flow.basis || "-") !== choice.basis) return false;
  return choice.school === "" || Boolean(flow.schools & (1 << Number(choice.school)));
}

function elementFilter(facts, choice) {
  const kind = choice.data.slice(0, 1);
  const number = Number(choice.data.slice(1));
  const least = Number(choice.sensitivity);
  if (!kind && !least) return null;
  return (place) => {
    const element = facts.elements[place];
    if (element.level < least) return false;
    return !kind || (kind === "c" ? element.column === number : place === number);
  };
}
