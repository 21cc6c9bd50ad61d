// What a page shows by signs, as sentences for who listens. The twin of play/speech.py.
// @ts-check
import { listing, say } from "../runtime/language.js";
import { shown } from "../runtime/numbers.js";
import { amountOf } from "./phrases.js";

/** @typedef {import("../runtime/language.js").Language} Language */
/** @typedef {import("./phrases.js").Change} Change */

/** Whether a change is large enough to be seen. @param {Change} change */
export const isVisible = (change) => amountOf(change) !== 0 || change.band_before !== change.band_after;

/** What changed, as few sentences: `Power rises to 29 and Folk to 7. Warmth falls to 67, now fair.` @param {Language} language @param {readonly Change[]} changes */
export function changesInWords(language, changes) {
  const seen = changes.filter(isVisible);
  const plain = seen.filter((change) => change.band_before === change.band_after);
  const told = [
    sayTogether(language, "rises", plain.filter((change) => amountOf(change) > 0)), sayTogether(language, "falls", plain.filter((change) => amountOf(change) < 0)),
    ...seen.filter((change) => !plain.includes(change)).map((change) => sayAlone(language, change)),
  ];
  return told.filter(Boolean).map((words) => say(language, "sentence", { words })).join(" ");
}

/** Say of several stats in one sentence that they rise, or fall; its verb goes with the first. @param {Language} language @param {"rises" | "falls"} how @param {readonly Change[]} changes */
function sayTogether(language, how, changes) {
  const words = changes.map((change, index) => say(language, index ? "to" : withMany(language, how, change.label), { label: change.label, now: nowOf(change) }));
  return words.length ? listing(language, words, new Map(words.map((each) => [each, each]))) : "";
}

/** @param {Language} language @param {Change} change */
function sayAlone(language, change) {
  const { label, band_before: before, band_after: now } = change;
  const band = now === before ? "" : now;
  const amount = amountOf(change);
  if (!amount) return say(language, "is_now", { label, band });
  const words = say(language, withMany(language, amount > 0 ? "rises" : "falls", label), { label, now: nowOf(change) });
  return band ? say(language, "and_now", { words, band }) : words;
}

/** The sentence for a label that is one thing, or for one that is many: `Legs rise`. @param {Language} language @param {"rises" | "falls"} key @param {string} label */
function withMany(language, key, label) {
  const words = label.toLowerCase().split(/\s+/);
  const known = [words.join("_"), words.pop() ?? ""];
  const isOne = (/** @type {string} */ patterns) => patterns.toLowerCase().split(/\s+/).some((pattern) =>
    known.some((word) => (pattern.startsWith("*") ? word.endsWith(pattern.slice(1)) : word === pattern)));
  return isOne(say(language, "labels_many")) && !isOne(say(language, "labels_one")) ? `${key}_many` : key;
}

/** @param {Change} change */
const nowOf = ({ after }) => (after === null ? "" : shown(after));
