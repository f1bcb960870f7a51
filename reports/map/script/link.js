// Table and picture as one: the row that is met in one is marked in the other, and arrow keys move in both.

import { draw } from "./make.js";
import { widthOf } from "./picture.js";
import { tellCell } from "./tell.js";

const STEPS = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };

export class Link {
  constructor(facts, nodes, open) {
    Object.assign(this, { facts, nodes, open, rows: [], items: [], active: 0, column: -1 });
    this.stripe = draw("rect", { class: "stripe", width: facts.geometry.column, y: 0 });
    this.heads = [...nodes.heads.querySelectorAll(".head")];
    nodes.body.addEventListener("click", (event) => this.#click(event, "button.name"));
    nodes.scroll.addEventListener("click", (event) => this.#click(event, ".row"));
    // The picture's frame listens, for a browser stops at a drawing that listens for the focus itself.
    for (const [side, listener] of [[nodes.body, nodes.body], [nodes.picture, nodes.scroll]]) {
      listener.addEventListener("keydown", (event) => this.#press(event, side));
      listener.addEventListener("focusin", (event) => this.#meet(event.target, side, true));
      listener.addEventListener("pointerover", (event) => this.#meet(event.target, side, false));
    }
    nodes.picture.addEventListener("pointermove", (event) => this.#point(event));
    nodes.picture.addEventListener("pointerleave", () => this.#choose(-1));
  }

  // `items` are the rows' nodes in table and picture, in the order of `rows`.
  show(rows, items) {
    this.rows = rows;
    this.items = items;
    this.stripe.setAttribute("height", rows.length * this.facts.geometry.row);
    this.#choose(-1);
    this.#activate(0);
    this.#mark(-1);
  }

  #click(event, selector) {
    const met = event.target.closest(selector);
    if (met) this.open(this.rows[this.#numberOf(met)], met);
  }

  #numberOf(node) {
    const own = node.closest("tr, .row");
    return this.items.findIndex((item) => item.tr === own || item.g === own);
  }

  #press(event, side) {
    const isPicture = side === this.nodes.picture;
    if (!event.target.closest("tr, .row")) return;
    if (isPicture && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.open(this.rows[this.active], this.items[this.active].g);
    } else if (isPicture && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      const last = this.facts.columns.length - 1;
      const next = this.column + (event.key === "ArrowRight" ? 1 : -1);
      this.#say("polite");
      this.#choose(Math.max(0, Math.min(last, next)));
    } else if (event.key in STEPS && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const number = Math.max(0, Math.min(this.rows.length - 1, this.active + STEPS[event.key]));
      this.#say("off");
      this.#activate(number);
      const item = this.items[number];
      (isPicture ? item.g : item.tr.querySelector("button")).focus();
      if (isPicture && this.column >= 0) this.#choose(this.column);
    }
  }

  #meet(target, side, isFocus) {
    const number = this.#numberOf(target);
    if (number < 0) return;
    if (isFocus) this.#activate(number);
    this.#mark(number, side);
    if (!isFocus) return;
    const { scroll } = this.nodes;
    const { row, names, column } = this.facts.geometry;
    const heads = this.nodes.heads.getBoundingClientRect().height;
    const top = number * row;
    if (top < scroll.scrollTop) scroll.scrollTop = top;
    else if (top + row + heads > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top + row + heads - scroll.clientHeight;
    if (side === this.nodes.picture && this.column >= 0) scroll.scrollLeft = Math.max(0, names + column * (this.column + 2) - scroll.clientWidth);
    if (side === this.nodes.picture && matchMedia("(min-width: 64rem)").matches) {
      this.items[number].tr.scrollIntoView({ block: "nearest" });
    }
  }

  // Only one row of each can be reached by Tab; arrow keys reach the others.
  #activate(number) {
    for (const [place, index] of [[this.active, "-1"], [number, "0"]]) {
      const item = this.items[place];
      if (item) {
        item.g.setAttribute("tabindex", index);
        item.tr.querySelector("button").setAttribute("tabindex", index);
      }
    }
    this.active = number;
  }

  #mark(number, side) {
    if (this.marked) {
      for (const node of [this.marked.tr, this.marked.g]) {
        node.classList.remove("on");
        node.removeAttribute("aria-current");
      }
    }
    this.marked = this.items[number];
    if (!this.marked) return;
    for (const node of [this.marked.tr, this.marked.g]) node.classList.add("on");
    (side === this.nodes.picture ? this.marked.tr : this.marked.g).setAttribute("aria-current", "true");
    this.number = number;
  }

  #point(event) {
    const { geometry, columns } = this.facts;
    const box = this.nodes.picture.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * widthOf(this.facts);
    const column = Math.floor((x - geometry.names) / geometry.column);
    this.#say("off");
    this.#choose(column >= 0 && column < columns.length ? column : -1);
  }

  #say(how) {
    if (this.nodes.cell.getAttribute("aria-live") !== how) this.nodes.cell.setAttribute("aria-live", how);
  }

  // Choose a column: its head is lit, and the cell where it crosses the row is told.
  #choose(column) {
    if (this.column !== column) this.heads.forEach((head, place) => head.classList.toggle("on", place === column));
    this.column = column;
    const row = this.rows[this.number];
    if (column < 0 || !row) {
      this.stripe.remove();
      this.nodes.cell.replaceChildren(this.nodes.keys);
      return;
    }
    this.stripe.setAttribute("x", this.facts.geometry.names + this.facts.geometry.column * column);
    if (!this.stripe.isConnected) this.nodes.picture.prepend(this.stripe);
    const said = tellCell(this.facts, row, column);
    if (this.nodes.cell.textContent !== said) this.nodes.cell.textContent = said;
  }
}
