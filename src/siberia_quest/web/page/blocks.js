// A page's blocks as elements. The twin of terminal/rich_view.py.
// @ts-check
import { say } from "../runtime/language.js";
import { paragraphsOf, plainParagraphs } from "../runtime/text.js";
import { seriesFigure, statRows } from "./charts.js";
import { make } from "./dom.js";
import { amountOf, checkInWords } from "./phrases.js";
import { changesInWords, isVisible } from "./speech.js";

/** @typedef {import("../runtime/language.js").Language} Language */
/** @typedef {import("../runtime/story.js").Page} Page */
/** @typedef {import("../runtime/text.js").Run} Run */
/** @typedef {import("./phrases.js").OddsLook} OddsLook */
/** @typedef {{ odds: OddsLook, motion: boolean }} Look */

const MOST_JOURNAL = 1000;

/** What a page tells, in order, and how many milliseconds its montages take. @param {Language} language @param {Page} page @param {Look} look */
export function toldOf(language, page, look) {
  /** @type {{ type: string, [field: string]: any }[]} */
  const blocks = [];
  let prose = [];
  for (const piece of page.pieces) {
    if (typeof piece === "string") {
      prose.push(piece);
      continue;
    }
    blocks.push(...paragraphsOf(prose), piece);
    prose = [];
  }
  blocks.push(...paragraphsOf(prose));
  let wait = 0;
  const nodes = [];
  for (const block of blocks) {
    const node = block.type === "Montage" ? montage(block, wait) : elementOf(language, block, look);
    if (node && wait && block.type !== "Montage") delay(node, wait);
    if (block.type === "Montage") wait += block.beats.length * beatOf(block);
    if (node) nodes.push(node);
  }
  const rest = [changes(language, page.changes), page.ending && ending(language, page.ending)].filter((each) => each instanceof Element);
  for (const node of rest) {
    if (wait) delay(node, wait);
    nodes.push(node);
  }
  return { nodes, wait };
}

/** Let an element appear later; without motion it is there at once. @param {HTMLElement} element @param {number} milliseconds */
export function delay(element, milliseconds) {
  element.classList.add("later");
  element.style.animationDelay = `${milliseconds}ms`;
  return element;
}

/** @param {readonly Run[]} runs */
function runsOf(runs) {
  return runs.map(({ text, style }) => {
    const lines = text.split("\n").flatMap((line, index) => (index ? [make("br"), line] : [line]));
    if (style === "") return make("span", {}, ...lines);
    const marked = style.includes("strong") ? make("strong", {}, ...lines) : make("em", {}, ...lines);
    return style === "em strong" ? make("em", {}, marked) : marked;
  });
}

/** @param {Language} language @param {{ type: string, [field: string]: any }} block @param {Look} look @returns {HTMLElement | null} */
function elementOf(language, block, look) {
  switch (block.type) {
    case "Title":
      return make("h2", {}, block.text);
    case "Paragraph":
      if (block.kind === "break") return make("hr");
      return block.kind === "quote" ? make("blockquote", {}, make("p", {}, ...runsOf(block.runs))) : make("p", {}, ...runsOf(block.runs));
    case "CheckResult":
      return make("p", { class: block.passed ? "aside check passed" : "aside check" }, checkInWords(language, /** @type {any} */ (block), look.odds));
    case "Art":
      return art(block.text, block.alt);
    case "Chart":
      return make("div", { class: "chart" }, ...block.series.map((/** @type {any} */ each) => seriesFigure(language, each)));
    case "Panel":
      return make("section", { class: "panel" }, block.title && make("h3", {}, block.title), statRows(language, block.rows));
    case "JournalLine":
      return make("p", { class: "aside note" }, say(language, "journal_line", { words: block.text }));
    case "JournalPanel":
      return journal(language, block.lines);
    case "Unlocked":
      return make("section", { class: "panel unlocked" }, make("h3", {}, say(language, "unlocked", { title: block.title })), ...plainProse(block.text));
    default:
      return null;
  }
}

/** @param {string} text */
export const plainProse = (text) => plainParagraphs([text]).map((words) => make("p", {}, words));

/** @param {any} block @returns {number} milliseconds */
const beatOf = ({ tempo }) => 60000 / Math.max(1, tempo);

/** Beats that appear one after the other; what waits before them is given. @param {any} block @param {number} wait */
function montage(block, wait) {
  const { left, right, beats } = block;
  const two = Boolean(left && right);
  const head = two && make("div", { class: "beat heads" }, make("h3", {}, left), make("h3", {}, right));
  const rows = beats.map((/** @type {{ left: string, right: string }} */ beat, /** @type {number} */ index) => {
    const cell = (/** @type {string} */ words, /** @type {string} */ name) => words && make("p", { class: name }, two && make("span", { class: "who" }, `${name === "left" ? left : right}: `), ...plainLines(words));
    return delay(make("div", { class: "beat" }, cell(beat.left, two ? "left" : "across"), cell(beat.right, two ? "right" : "across")), wait + index * beatOf(block));
  });
  return make("div", { class: two ? "montage two" : "montage" }, head, ...rows);
}

/** @param {string} text */
function plainLines(text) {
  return paragraphsOf([text]).flatMap(({ runs }) => runsOf(runs));
}

/** @param {string} text @param {string} alt */
function art(text, alt) {
  const drawn = text.replace(/^\n+|\n+$/g, "");
  const picture = make("pre", { role: "img", "aria-label": alt || " " }, drawn);
  picture.style.setProperty("--columns", String(Math.max(1, ...drawn.split("\n").map((line) => [...line].length))));
  return make("figure", { class: "art" }, picture);
}

/** @param {Language} language @param {readonly { text: string, turn: number }[]} lines */
export function journal(language, lines) {
  if (!lines.length) return make("p", { class: "faint" }, say(language, "journal_empty"));
  const full = lines.length === MOST_JOURNAL && make("p", { class: "faint" }, say(language, "journal_full", { most: MOST_JOURNAL }));
  const rows = lines.map(({ text, turn }) => make("li", {}, make("span", { class: "turn-number", "aria-hidden": "true" }, String(turn)), make("span", {}, text)));
  return make("div", { class: "journal" }, full, make("ol", {}, ...rows));
}

/** What a turn changed: in short for who sees it, in sentences for who listens. @param {Language} language @param {readonly any[]} given */
function changes(language, given) {
  const items = given.filter(isVisible).map((change) => {
    const amount = amountOf(change);
    const words = amount === 0 ? change.band_after : `${change.band_before} → ${change.band_after}`;
    return make("li", {}, make("span", { class: "label" }, change.label), amount !== 0 && make("b", { class: amount > 0 ? "up" : "down" }, `${amount > 0 ? "+" : "−"}${Math.abs(amount)}`),
      change.band_before !== change.band_after && make("span", { class: "band" }, words));
  });
  return items.length ? make("div", {}, make("p", { class: "unseen" }, changesInWords(language, given)), make("ul", { class: "changes", "aria-hidden": "true" }, ...items)) : null;
}

/** @param {Language} language @param {import("../runtime/story.js").Ending} block */
function ending(language, { title, text }) {
  return make("section", { class: "ending" }, make("p", { class: "over" }, say(language, "the_end")), title && make("h2", {}, title), ...paragraphsOf([text]).map(({ runs }) => make("p", {}, ...runsOf(runs))));
}
