// The facts of the page, as its maker wrote them, with names for the places in each row.

const PASSED = 4;

export const METHODS = ["provided", "collected", "contributed", "unstated", "passed"];
export const LEVELS = ["low", "medium", "high", "critical"];
export const SCHOOLS = ["elementary", "middle", "high", "other"];

export function readFacts(text) {
  const tree = JSON.parse(text);
  const parties = tree.parties.map(([id, name, kind, products, isSource], place) => ({
    place, id, name, kind, isSource, text: fold([name, id, ...products].join("\n")), findings: [],
  }));
  const elements = tree.elements.map(([id, name, column, level]) => ({ id, name, column, level }));
  const flows = tree.flows.map((row) => {
    const [id, sender, receiver, via, method, carried, basis, purpose, agreement, starts, ends, schools] = row;
    const mark = parties[sender].isSource ? method : PASSED;
    return { id, sender, receiver, via, method, mark, elements: carried, basis, purpose, agreement, starts, ends, schools };
  });
  for (const [party, number, message, subject] of tree.findings) {
    const [severity, cure, law, rule] = tree.rules[number];
    parties[party].findings.push({ severity, message, cure, law, rule, subject });
  }
  const columns = tree.columns.map(([id, name, size, level]) => ({ id, name, size, level }));
  return { ...tree, parties, elements, flows, columns };
}

// Without accents and case, so that what is typed plainly finds what is written with care.
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function isInForce(flow, day) {
  return (flow.starts === null || flow.starts <= day) && (flow.ends === null || day <= flow.ends);
}

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function writeDay(facts, day) {
  const [year, month, date] = day.split("-").map(Number);
  return fill(facts.day_form, { month: facts.months[month - 1], day: date, year });
}
