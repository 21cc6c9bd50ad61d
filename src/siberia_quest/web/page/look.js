// How a player wants the page: theme, size, motion, odds, keys. Kept beside the games, and shown on the page at once.
// @ts-check
/** @typedef {"story" | "system" | "light" | "dark" | "contrast"} Theme */
/** @typedef {{ theme: Theme, size: number, motion: boolean, odds: import("./phrases.js").OddsLook, keys: boolean }} Look */

/** @type {readonly Theme[]} */
export const THEMES = ["story", "system", "light", "dark", "contrast"];
/** Sizes of the words, in percent. */
export const SIZES = [85, 100, 115, 130, 150, 180];
/** @type {readonly import("./phrases.js").OddsLook[]} */
export const ODDS = ["both", "word", "number", "none"];

/** What was kept, as far as it can be believed; a story with colours of its own begins in them. @param {unknown} kept @param {boolean} hasColours @returns {Look} */
export function lookOf(kept, hasColours) {
  const { theme, size, motion, odds, keys } = /** @type {Partial<Look>} */ (typeof kept === "object" && kept ? kept : {});
  return {
    theme: THEMES.find((each) => each === theme && (hasColours || each !== "story")) ?? (hasColours ? "story" : "system"), size: SIZES.find((each) => each === size) ?? 100,
    motion: motion !== false, odds: ODDS.find((each) => each === odds) ?? "both", keys: keys !== false,
  };
}

/** @param {Look} look */
export function applyLook({ theme, size, motion }) {
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.dataset.motion = motion ? "on" : "off";
  root.style.setProperty("--size", String(size / 100));
}

/** Whether something may move: the player wants it, and the system does not ask for stillness. @param {Look} look */
export const isMoving = ({ motion }) => motion && !matchMedia("(prefers-reduced-motion: reduce)").matches;
