// What is behind a row: every flow of a party with its basis and agreement, and what an audit finds.

import { METHODS, SCHOOLS, fill, isInForce, writeDay } from "./facts.js";
import { make } from "./make.js";

export function detailsOf(facts, party, day) {
  const said = facts.said.details;
  const own = (flow) => flow.receiver === party.place;
  const now = facts.flows.filter((flow) => isInForce(flow, day));
  const later = facts.flows.filter((flow) => own(flow) && !isInForce(flow, day));
  const passed = now.filter((flow) => flow.sender === party.place && !party.isSource);
  const carried = now.filter((flow) => flow.via === party.place);
  const on = writeDay(facts, day);
  const parts = [
    part(fill(said.flows, { day: on }), now.filter(own).map((flow) => card(facts, flow, party)), said.no_flows),
    passed.length && part(said.onward, passed.map((flow) => card(facts, flow, party))),
    carried.length && part(said.carried, carried.map((flow) => card(facts, flow, party))),
    part(fill(said.findings, { day: writeDay(facts, facts.day) }), party.findings.map((f) => told(facts, f)), said.no_findings),
    later.length && part(said.other_days, later.map((flow) => card(facts, flow, party))),
  ];
  return [
    make("button", { type: "button", class: "close" }, said.close),
    make(
      "header",
      {},
      make("h2", { id: "details-name", tabindex: "-1" }, make("bdi", {}, party.name)),
      make("p", { class: "kind" }, party.kind),
    ),
    ...parts.filter(Boolean),
  ];
}

function part(heading, items, otherwise) {
  const inner = items.length ? make("ul", { class: "cards" }, ...items) : make("p", { class: "quiet" }, otherwise);
  return make("section", {}, make("h3", {}, heading), inner);
}

function card(facts, flow, party) {
  const said = facts.said.details;
  const name = (place) => make("bdi", {}, facts.parties[place].name);
  const facts_ = [
    flow.sender === party.place ? null : [said.from, name(flow.sender)],
    flow.receiver === party.place ? null : [said.to, name(flow.receiver)],
    flow.via === null ? null : [said.via, name(flow.via)],
    [said.method, facts.said.marks[METHODS[flow.method]]],
    [said.elements, elementsOf(facts, flow)],
    [said.basis, flow.basis ? facts.bases[flow.basis] : facts.said.table.no_basis],
    [said.agreement, flow.agreement ? facts.agreements[flow.agreement] || flow.agreement : said.no_agreement],
    [said.days, daysOf(facts, flow)],
    [said.schools, schoolsOf(facts, flow)],
    [said.record, `flow/${flow.id}`],
  ];
  const heading = make("p", { class: "purpose" }, make("bdi", {}, flow.purpose || flow.id));
  return make("li", {}, heading, listed(facts_.filter(Boolean)));
}

function told(facts, finding) {
  const said = facts.said.details;
  const mark = make("strong", { class: "finding" }, facts.said.severities[finding.severity][0]);
  const english = (text) => make("span", { lang: "en" }, text);
  const rows = [
    [said.cure, english(finding.cure)],
    finding.law && [said.law, english(finding.law)],
    [said.rule, english(finding.rule)],
    [said.record, finding.subject],
  ];
  const message = make("p", { class: "purpose" }, mark, " ", english(finding.message));
  return make("li", {}, message, listed(rows.filter(Boolean)));
}

function listed(rows) {
  return make("dl", {}, ...rows.map(([head, text]) => make("div", {}, make("dt", {}, head), make("dd", {}, text))));
}

function elementsOf(facts, flow) {
  return flow.elements.map((place) => facts.elements[place].name).join(", ");
}

function daysOf(facts, flow) {
  const said = facts.said.details;
  const [starts, ends] = [flow.starts, flow.ends].map((day) => day && writeDay(facts, day));
  if (!starts && !ends) return said.always;
  return fill(starts && ends ? said.both : starts ? said.since : said.until, { starts, ends });
}

function schoolsOf(facts, flow) {
  const found = SCHOOLS.filter((_, number) => flow.schools & (1 << number));
  return found.length === SCHOOLS.length
    ? facts.said.details.all_schools
    : found.map((name) => facts.said.schools[name]).join(", ");
}
