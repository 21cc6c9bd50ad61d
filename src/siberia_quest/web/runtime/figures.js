// What the status and the panels of a story show. The twin of engine/figures.py and of status.py.
// @ts-check
import { Flow, statRowOf } from "./flow.js";
import { Fault, shown, tidy } from "./numbers.js";
import { plainLine } from "./text.js";

/** @typedef {import("./flow.js").StatRow} StatRow */
/** @typedef {import("./flow.js").State} State */
/** @typedef {{ type: "Figure", name: string, label: string, text: string, row: StatRow | null, items: readonly string[] }} Figure */
/** @typedef {{ type: "Board", id: string, title: string, beside: Figure[], left: Figure[], right: Figure[], below: Figure[] }} Board */
/** @typedef {{ name: string, label: string, make: (w: Flow) => Figure | null }} FigureCode */
/** @typedef {{ id: string, condition: ((w: Flow) => boolean) | null, title: (w: Flow) => string, sides: readonly (readonly FigureCode[])[] }} PanelCode */

const UNKNOWN = "?";
const MOST_LINES = 20;

/** @param {string} name @param {string} label @param {string} text @param {StatRow | null} row @param {readonly string[]} items @returns {Figure} */
export const figure = (name, label, text, row, items) => ({ type: "Figure", name, label, text, row, items });

/** A stat as it is now, shown as it is everywhere or as the story asks here; one shown by band stays so. @param {Flow} w @param {number} slot @param {string} show @returns {StatRow | null} */
export function statRow(w, slot, show) {
  const row = statRowOf(w, slot);
  if (row === null || !show || row.value === null) return row;
  return show === "band" ? { ...row, value: null, low: null, high: null, show } : { ...row, show };
}

/** Something that is no stat as one, between two ends of its own. @param {string} name @param {number} value @param {number} low @param {number} high @param {string} show @returns {StatRow} */
export const rowBetween = (name, value, low, high, show) => ({
  type: "StatRow", name, label: "", value: tidy(value), low: tidy(low), high: tidy(high), band: "", show, opposed: [],
});

/** The figure of a row: with words of its own, or with its number, and its band where the figure is banded. @param {StatRow | null} row @param {string} label @param {string | null} text @param {boolean} banded @returns {Figure | null} */
export function rowFigure(row, label, text, banded) {
  if (row === null) return null;
  const number = row.value === null ? "" : shown(row.value);
  const words = text ?? (banded || row.value === null ? `${number} ${row.band}`.trim() : number);
  return figure(row.name, label, words, { ...row, label }, []);
}

/** What a list holds, in words, one by one. @param {readonly string[]} members @param {Map<string, string>} labels */
export const itemsOf = (members, labels) => members.map((member) => labels.get(member) ?? "");

/** The last lines of the journal, so many of them. @param {Flow} w @param {number} number */
export function journalItems(w, number) {
  const most = Math.max(0, Math.min(MOST_LINES, Math.trunc(number)));
  return most ? w.journal.slice(-most).map(({ text }) => plainLine(text)) : [];
}

/** What can be worked out now. @template T @param {() => T} make @param {T} otherwise @returns {T} */
function attempt(make, otherwise) {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return otherwise;
  }
}

/** The figures of the status, or of a side of a panel. @param {Flow} w @param {readonly FigureCode[]} codes @returns {Figure[]} */
export const figures = (w, codes) =>
  codes.map(({ name, label, make }) => attempt(() => make(w), figure(name, label, UNKNOWN, null, []))).filter((each) => each !== null);

/** The panels whose condition holds. @param {Flow} w @param {readonly PanelCode[]} codes @returns {Board[]} */
export const boards = (w, codes) =>
  codes
    .filter(({ condition }) => condition === null || attempt(() => condition(w), false))
    .map(({ id, title, sides }) => {
      const heading = attempt(() => title(w), UNKNOWN);
      const [beside, left, right, below] = sides.map((side) => figures(w, side));
      return { type: "Board", id, title: heading, beside, left, right, below };
    });
