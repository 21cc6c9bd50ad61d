// Elements made by name. Whatever a story or a player wrote becomes a text node or an attribute, never markup.
// @ts-check
import { clean } from "../runtime/text.js";

/** @typedef {Node | string | null | false | undefined} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | EventListener | ((event: any) => void)>} Given */

/** Fill an element: a function listens, `true` is an attribute that stands alone, and `false` or nothing is left out.
 * @template {Element} E @param {E} element @param {Given} given @param {Child[]} children @returns {E} */
function fill(element, given, children) {
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") element.addEventListener(name, /** @type {EventListener} */ (value));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, clean(String(value)));
  }
  add(element, ...children);
  return element;
}

/** @param {Element} element @param {Child[]} children */
export function add(element, ...children) {
  for (const child of children) {
    if (typeof child === "string") element.append(document.createTextNode(clean(child)));
    else if (child) element.append(child);
  }
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Given} [given] @param {Child[]} children @returns {HTMLElementTagNameMap[T]} */
export const make = (tag, given = {}, ...children) => fill(document.createElement(tag), given, children);

/** @param {keyof SVGElementTagNameMap} tag @param {Given} [given] @param {Child[]} children */
export const draw = (tag, given = {}, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", tag), given, children);

/** A button that is no form's. @param {string} words @param {(event: Event) => void} click @param {Given} [given] @param {Child[]} children */
export const button = (words, click, given = {}, ...children) => make("button", { type: "button", click, ...given }, words, ...children);

/** Put other children into an element. @param {Element} element @param {Child[]} children */
export function renew(element, ...children) {
  element.replaceChildren();
  add(element, ...children);
}
