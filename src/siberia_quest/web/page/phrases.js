// Numbers, odds and changes in words. The twin of play/phrasing.py.
// @ts-check
import { likelihood } from "../runtime/flow.js";
import { plural, say } from "../runtime/language.js";
import { percent, shown } from "../runtime/numbers.js";

/** @typedef {import("../runtime/language.js").Language} Language */
/** @typedef {import("../runtime/flow.js").Option} Option */
/** @typedef {import("../runtime/flow.js").StatRow} StatRow */
/** @typedef {{ label: string, before: number | null, after: number | null, band_before: string, band_after: string }} Change */
/** @typedef {"both" | "word" | "number" | "none"} OddsLook  how odds are told */

/** @param {Language} language @param {number | string} odds @param {OddsLook} look */
export function oddsInWords(language, odds, look = "both") {
  const word = say(language, `odds_${typeof odds === "string" ? odds : likelihood(odds)}`);
  if (look === "none") return "";
  if (look === "number" && typeof odds === "number") return `${shown(odds)}%`;
  return typeof odds === "string" || look === "word" ? word : say(language, "odds", { word, percent: shown(odds) });
}

/** @param {Language} language @param {{ label: string, odds: number | string, passed: boolean }} check @param {OddsLook} look */
export function checkInWords(language, { label, odds, passed }, look) {
  const told = oddsInWords(language, odds, look === "none" ? "word" : look);
  const words = say(language, label ? "check" : "check_bare", { label, odds: told, result: say(language, passed ? "check_passed" : "check_failed") });
  return say(language, "sentence", { words });
}

/** What stands beside an option: why it is locked, or its odds. @param {Language} language @param {Option} option @param {OddsLook} look */
export function remarkOn(language, { enabled, reason, odds }, look) {
  if (!enabled) return reason ? say(language, "locked", { reason: reason.replace(/\.+$/, "") }) : say(language, "locked_bare");
  return odds === null ? "" : oddsInWords(language, odds, look);
}

/** By how much the number that is shown went up or down. @param {Change} change */
export const amountOf = ({ before, after }) => (before === null || after === null ? 0 : Number(shown(after)) - Number(shown(before)));

/** @param {Language} language @param {StatRow} row */
export function statSentence(language, { label, value, high, band, opposed }) {
  if (value === null || high === null) return say(language, "stat_band", { label, band });
  const [low, top] = opposed.length ? opposed : ["", ""];
  const key = opposed.length ? "stat_opposed" : band ? "stat_banded" : "stat";
  return say(language, key, { label, value: shown(value), most: shown(high), band, low, high: top });
}

/** How far a stat is along its range, from 0 to 1. @param {StatRow} row */
export const shareOf = ({ value, low, high }) => (value === null || low === null || high === null ? 0 : Math.max(0, Math.min(1, Number(percent(value, low, high)) / 100)));

/** @param {Language} language @param {number} turns */
export const sayTurns = (language, turns) => say(language, plural(language, turns, "turns_one", "turns_many"), { number: turns });
