// The page of the map: what is typed and chosen decides which parties its table and its picture show.

import { fill, fold, readFacts, writeDay } from "./facts.js";
import { detailsOf } from "./details.js";
import { Link } from "./link.js";
import { make } from "./make.js";
import { pictureRow, place, widthOf } from "./picture.js";
import { EVERYTHING, isEverything, orderRows, rowsOf } from "./rows.js";
import { tableRow } from "./table.js";

const CHOICES = Object.keys(EVERYTHING);
const at = (id) => document.getElementById(id);
const facts = readFacts(at("facts").textContent);
const { said } = facts;
const form = at("filters");
const picture = at("picture");
const body = document.querySelector("#table tbody");
const state = { page: 0, day: "", choice: null, order: "", all: [], rows: [], made: new Map() };
const nodes = { body, picture, scroll: at("scroll"), heads: at("scroll").querySelector(".heads"), cell: at("cell"), keys: at("keys") };
const isWide = matchMedia("(min-width: 40rem)");
const link = new Link(facts, nodes, open);

function readChoice() {
  return Object.fromEntries(CHOICES.map((name) => [name, at(name).value]));
}

// Reckon anew only what a change touches: while somebody types, the rows of the day stay as they are.
function reckon() {
  const choice = readChoice();
  const day = at("day").value || facts.day;
  const order = at("order").value;
  const isNewDay = day !== state.day;
  if (isNewDay) state.all = rowsOf(facts, day, EVERYTHING);
  if (isNewDay || order !== state.order || CHOICES.some((name) => choice[name] !== state.choice[name])) {
    state.rows = orderRows(isEverything(choice) ? state.all : rowsOf(facts, day, choice), order);
    state.made.clear();
  }
  Object.assign(state, { choice, day, order });
}

function update() {
  reckon();
  state.page = 0;
  const words = fold(at("words").value).split(/\s+/).filter(Boolean);
  const hasWords = (party) => words.every((word) => party.text.includes(word));
  state.found = words.length ? state.rows.filter((row) => hasWords(row.party)) : state.rows;
  state.idle = words.length && isEverything(state.choice) ? countIdle(hasWords) : 0;
  at("clear").hidden = !words.length && isEverything(state.choice) && state.day === facts.day;
  at("about").hidden = isEverything(state.choice);
  at("on").dateTime = state.day;
  at("on").textContent = writeDay(facts, state.day);
  show();
  tell();
}

function countIdle(hasWords) {
  const there = new Set(state.all.map((row) => row.party));
  return facts.parties.filter((party) => !party.isSource && !there.has(party) && hasWords(party)).length;
}

function tell() {
  const [count, total] = [state.found, state.all].map((rows) => rows.filter((row) => row.isCounted).length);
  const apart = state.found.length - count;
  const { shown } = said;
  const form_ = !total ? null : !count ? "none" : count === total ? (total === 1 ? "alone" : "all") : count === 1 ? "one" : "some";
  const isAnswer = count > 0 || !apart;
  const texts = isAnswer ? [form_ ? fill(shown[form_], { count: number(count), total: number(total) }) : said.empty] : [];
  if (apart) texts.push(fill(apart === 1 ? shown.apart_one : shown.apart, { count: number(apart) }));
  if (state.idle) texts.push(fill(state.idle === 1 ? shown.idle_one : shown.idle, { count: number(state.idle) }));
  const text = texts.map((one) => (/[.!]$/.test(one) ? one : `${one}.`)).join(" ");
  if (at("shown").textContent !== text) at("shown").textContent = text;
}

function number(value) {
  return value.toLocaleString(document.documentElement.lang);
}

function show() {
  const size = sizeOf();
  const first = state.page * size;
  const rows = state.found.slice(first, first + size);
  const items = rows.map(itemOf);
  const height = facts.geometry.row;
  items.forEach((item, place_) => place(item.g, place_, height));
  body.replaceChildren(...items.map((item) => item.tr));
  picture.replaceChildren(...items.map((item) => item.g));
  const [width, whole] = [widthOf(facts), Math.max(1, rows.length * height)];
  picture.setAttribute("viewBox", `0 0 ${width} ${whole}`);
  picture.setAttribute("width", width);
  picture.setAttribute("height", whole);
  at("table").parentElement.parentElement.hidden = !rows.length;
  link.show(rows, items);
  pages(first, rows.length);
}

function sizeOf() {
  return facts.sizes[isWide.matches ? 0 : 1];
}

function itemOf(row) {
  if (!state.made.has(row)) {
    const tr = tableRow(facts, row, state.day === facts.day);
    state.made.set(row, { tr, g: pictureRow(facts, row) });
  }
  return state.made.get(row);
}

function pages(first, length) {
  const nav = at("pages");
  const count = Math.ceil(state.found.length / sizeOf());
  nav.hidden = count < 2;
  if (nav.hidden) return;
  const here = { page: state.page + 1, pages: count, first: first + 1, last: first + length, count: number(state.found.length) };
  const step = (text, by, isThere) => {
    const button = make("button", { type: "button", "data-step": by }, text);
    button.setAttribute("aria-disabled", String(!isThere));
    return button;
  };
  nav.replaceChildren(
    step(said.pages.previous, -1, state.page > 0),
    make("p", { role: "status" }, fill(said.pages.here, here)),
    step(said.pages.next, 1, state.page < count - 1),
  );
}

function turn(event) {
  const button = event.target.closest("button");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const step = button.dataset.step;
  state.page += Number(step);
  show();
  at("pages").querySelector(`[data-step="${step}"]`).focus({ preventScroll: true });
  at("table-name").scrollIntoView({ block: "start" });
}

function open(row, from) {
  const dialog = at("details");
  dialog.replaceChildren(...detailsOf(facts, row.party, state.day));
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => from.focus(), { once: true });
  dialog.showModal();
  dialog.scrollTop = 0;
  at("details-name").focus();
}

function clear() {
  form.reset();
  update();
  at("words").focus();
}

function start() {
  form.hidden = false;
  nodes.keys.hidden = false;
  const fit = () => { at("more").open = isWide.matches; };
  isWide.addEventListener("change", fit);
  fit();
  picture.setAttribute("role", "group");
  nodes.scroll.removeAttribute("tabindex");
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  at("clear").addEventListener("click", clear);
  at("pages").addEventListener("click", turn);
  at("details").addEventListener("click", (event) => {
    if (event.target === event.currentTarget) event.currentTarget.close();
  });
  document.documentElement.classList.add("live");
  update();
}

start();
