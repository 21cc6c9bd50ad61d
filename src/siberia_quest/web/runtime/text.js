// Marked prose: emphasis and breaks are single private characters, which cannot come from outside. The twin of model/markup.py.
// @ts-check

const [EM_ON, EM_OFF, STRONG_ON, STRONG_OFF] = ["\ue001", "\ue002", "\ue003", "\ue004"];
const [QUOTE, BREAK, NEWLINE, GLUE] = ["\ue005", "\ue006", "\ue007", "\ue008"];
const MARKS = /[\ue001-\ue008]/;
const INVISIBLE = /[\ue001-\ue006\ue008]/g;
const SPACES = /[ \t\n]{2,}|[\t\n]/g;
// C0 and C1 controls but for tab and newline, bidirectional overrides and isolates, tags, surrogates, our own marks, BOM
const UNSAFE =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\u{e0000}-\u{e007f}]/gu;

/** Take out everything that could act on a screen or pass for our own marks. @param {string} text */
export const clean = (text) => text.replace(UNSAFE, "");

/** A text with single spaces, and two line ends between its paragraphs. @param {string} text */
export function evened(text) {
  const pieces = text.split("\n\n").map((piece) => piece.trim());
  return pieces.filter(Boolean).map((piece) => piece.replace(SPACES, " ")).join("\n\n");
}

/** @param {readonly string[]} prose */
function joined(prose) {
  const text = prose.join("\n\n");
  const glued = text.includes(GLUE) ? text.replace(/(?:(?<!\s)\s+)?\ue008\s*/g, (found) => (found.includes(" ") ? " " : "")) : text;
  return evened(glued).split("\n\n").filter(Boolean);
}

/** The paragraphs of marked prose as plain text; breaks between scenes are left out. @param {readonly string[]} prose */
export function plainParagraphs(prose) {
  const plain = joined(prose).map((piece) => piece.replace(INVISIBLE, "").replaceAll(NEWLINE, "\n").trim());
  return plain.filter(Boolean);
}

/** A text without its marks, paragraphs as lines. @param {string} text */
export const plainLine = (text) => (MARKS.test(text) ? plainParagraphs([text]).join("\n") : text.replaceAll("\n\n", "\n"));

/** @typedef {"" | "em" | "strong" | "em strong"} RunStyle */
/** @typedef {{ type: "Run", text: string, style: RunStyle }} Run */
/** @typedef {{ type: "Paragraph", runs: Run[], kind: "prose" | "quote" | "break" }} Paragraph */

/** The paragraphs of marked prose. @param {readonly string[]} prose @returns {Paragraph[]} */
export const paragraphsOf = (prose) => joined(prose).map(paragraph);

/** @param {string} piece @returns {Paragraph} */
function paragraph(piece) {
  if (piece === BREAK) return { type: "Paragraph", runs: [], kind: "break" };
  /** @type {Run[]} */
  const runs = [];
  let [em, strong] = [0, 0];
  for (const part of piece.replaceAll(QUOTE, "").replaceAll(BREAK, "").split(/([\ue001-\ue004])/)) {
    em += Number(part === EM_ON) - Number(part === EM_OFF);
    strong += Number(part === STRONG_ON) - Number(part === STRONG_OFF);
    const text = part.replace(INVISIBLE, "").replaceAll(NEWLINE, "\n");
    if (text) runs.push({ type: "Run", text, style: strong > 0 ? (em > 0 ? "em strong" : "strong") : em > 0 ? "em" : "" });
  }
  return { type: "Paragraph", runs, kind: piece.startsWith(QUOTE) ? "quote" : "prose" };
}
