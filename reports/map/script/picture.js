// A row of the picture, drawn as picture.py draws it, and a part of a list that arrow keys reach.

import { LEVELS, METHODS } from "./facts.js";
import { draw } from "./make.js";
import { marksOf } from "./rows.js";
import { tellRow } from "./tell.js";

export function widthOf(facts) {
  return facts.geometry.names + facts.geometry.column * facts.columns.length + 2;
}

export function pictureRow(facts, row) {
  const { signs, row: height } = facts.geometry;
  return draw(
    "g",
    { class: "row", role: "button", tabindex: "-1", "aria-haspopup": "dialog", "aria-label": tellRow(facts, row) },
    draw("rect", { class: "band", width: widthOf(facts), height }),
    draw("text", { x: 4, y: 14, class: "name" }, shorten(row.party.name, signs)),
    ...marksIn(facts, row),
  );
}

export function place(group, number, height) {
  group.setAttribute("transform", `translate(0 ${number * height})`);
}

function marksIn(facts, row) {
  const { names, column: room, mark: size } = facts.geometry;
  const shapes = new Map();
  for (const cell of row.cells) {
    const marks = marksOf(cell);
    const level = LEVELS[facts.columns[cell.column].level];
    const each = marks.length === 1 ? size : Math.floor((room - 1) / marks.length);
    const start = names + room * cell.column + Math.floor((room - each * marks.length) / 2);
    marks.forEach((mark, number) => {
      const key = `${METHODS[mark]} ${level}`;
      const shape = shapes.get(key) || { paths: [], middles: [], letter: facts.said.letters[METHODS[mark]] };
      shapes.set(key, shape);
      const width = each - (marks.length > 1 ? 1 : 0);
      shape.paths.push(outline(METHODS[mark], start + number * each, width, size));
      shape.middles.push(start + number * each + width / 2);
    });
  }
  return [...shapes].flatMap(([key, shape]) => [
    draw("path", { class: `k ${key}`, d: shape.paths.join("") }),
    draw("text", { class: `t ${key}`, x: shape.middles.join(" "), y: 14 }, shape.letter.repeat(shape.middles.length)),
  ]);
}

function outline(mark, x, width, height) {
  const top = 2;
  const half = width / 2;
  if (mark === "collected") {
    const arc = `a${half} ${half} 0 0 1`;
    return `M${x} ${top + half}${arc}${width} 0v${height - width}${arc}${-width} 0z`;
  }
  if (mark === "contributed") return `M${x} ${top + 5}l${half} -5l${half} 5v${height - 5}h${-width}z`;
  if (mark === "passed") return `M${x} ${top}h${width - 5}l5 ${height / 2}l-5 ${height / 2}h${5 - width}z`;
  return `M${x} ${top}h${width}v${height}h${-width}z`;
}

function shorten(text, most) {
  if (text.length * 2 <= most) return text;
  const signs = [...text];
  const wide = (sign) => (/\p{M}/u.test(sign) ? 0 : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(sign) ? 2 : 1);
  if (signs.reduce((sum, sign) => sum + wide(sign), 0) <= most) return text;
  let kept = "";
  let used = 0;
  for (const sign of signs) {
    used += wide(sign);
    if (used > most - 1) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
}
