// Stats drawn: bars, pulls between two ends, and their lines over the journal.
// @ts-check
import { say } from "../runtime/language.js";
import { shown } from "../runtime/numbers.js";
import { draw, make } from "./dom.js";
import { amountOf, shareOf, statSentence } from "./phrases.js";

/** @typedef {import("../runtime/language.js").Language} Language */
/** @typedef {import("../runtime/flow.js").StatRow} StatRow */
/** @typedef {import("./phrases.js").Change} Change */
/** @typedef {{ label: string, points: readonly number[], bands: readonly string[] }} Series */

const [WIDE, HIGH, ROOM] = [240, 44, 4];

/** A bar that is filled as far as a share, or a mark between two ends. @param {StatRow} row */
function bar(row) {
  const inner = make("i", {});
  inner.style.setProperty("--share", `${(shareOf(row) * 100).toFixed(1)}%`);
  return make("span", { class: row.opposed.length ? "bar pull" : "bar" }, inner);
}

/** A stat as a row: its name, a bar, its number and the word for it, and what the last turn changed.
 * @param {Language} language @param {StatRow} row @param {Change} [change] */
export function statRow(language, row, change) {
  const { label, value, band, show, opposed } = row;
  const hasBar = value !== null && (show !== "number" || opposed.length > 0);
  const amount = change ? amountOf(change) : 0;
  const ends = opposed.length && value !== null ? make("span", { class: "ends" }, make("span", {}, opposed[0]), make("span", {}, opposed[1])) : null;
  const seen = make("span", { class: "seen", "aria-hidden": "true" },
    make("span", { class: "label" }, label),
    make("span", { class: "value" }, value !== null && make("b", {}, shown(value)), band && make("span", { class: "band" }, band),
      amount !== 0 && make("span", { class: amount > 0 ? "up" : "down" }, `${amount > 0 ? "+" : "−"}${Math.abs(amount)}`)),
    hasBar && bar(row), ends);
  return make("li", { class: "stat" }, seen, make("span", { class: "unseen" }, statSentence(language, row)));
}

/** One thing of a panel: words, a list, or a bar with its words. @param {Language} language @param {import("../runtime/figures.js").Figure} figure */
export function figureRow(language, { label, text, row, items }) {
  const hasBar = row && row.value !== null && (row.show !== "number" || row.opposed.length > 0);
  const words = items.length ? make("span", { class: "items" }, ...items.map((each) => make("span", {}, each))) : text;
  return make("li", { class: "stat" }, make("span", { class: "seen" }, label && make("span", { class: "label" }, label),
    words && make("span", { class: label ? "value" : "words" }, words), hasBar && bar(row)));
}

/** @param {Language} language @param {readonly StatRow[]} rows @param {ReadonlyMap<string, Change>} [changes] */
export const statRows = (language, rows, changes = new Map()) => make("ul", { class: "stats" }, ...rows.map((row) => statRow(language, row, changes.get(row.name))));

/** A line of one stat over the journal. @param {Language} language @param {Series} series */
export function seriesFigure(language, series) {
  const { label, points } = series;
  if (!points.length) return make("figure", { class: "series" }, make("figcaption", {}, say(language, "series_empty", { label })));
  const [first, last, low, high] = [points[0], points[points.length - 1], Math.min(...points), Math.max(...points)];
  const words = (/** @type {number} */ point) => series.bands[point] ?? shown(point);
  const sentence = low === high ? say(language, "series_flat", { label, value: words(first) })
    : say(language, "series", { label, first: words(first), last: words(last), low: words(low), high: words(high) });
  const at = (/** @type {number} */ point, /** @type {number} */ index) => [
    ROOM + (points.length > 1 ? index / (points.length - 1) : 0.5) * (WIDE - 2 * ROOM), HIGH - ROOM - (high > low ? (point - low) / (high - low) : 0.5) * (HIGH - 2 * ROOM),
  ];
  const path = points.map((point, index) => at(point, index).map((each) => each.toFixed(1)).join(" ")).join(" L ");
  const [x, y] = at(last, points.length - 1);
  const drawn = draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, "aria-hidden": "true", focusable: "false" },
    draw("path", { class: "under", d: `M ${ROOM} ${HIGH} L ${path} L ${WIDE - ROOM} ${HIGH} Z` }),
    draw("path", { class: "line", d: `M ${path}` }), draw("circle", { cx: x, cy: y, r: 3 }));
  const ends = low === high ? words(first) : `${words(first)} → ${words(last)}`;
  return make("figure", { class: "series" },
    make("figcaption", {}, make("span", { class: "unseen" }, sentence), make("span", { "aria-hidden": "true" }, label), make("span", { class: "value", "aria-hidden": "true" }, ends)), drawn);
}
