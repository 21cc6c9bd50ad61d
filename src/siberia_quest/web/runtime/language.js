// The words of the interface in the story's language, and numbers in words by its rules. The twin of model/language.py and engine/counting.py.
// @ts-check
import { floorOver, LIMIT, modulo, negated, real, six, times, unsigned, whole } from "./numbers.js";

/** @typedef {import("./numbers.js").Num} Num */
/** @typedef {readonly (readonly [number, string])[]} Rules  from which number on it is said how */
/** @typedef {{ sentences: Map<string, string>, numbers: Rules, ordinals: Rules }} Language */

const SMALL = 100; // below this a rest is small: English joins it with an `and`

/** A sentence with its parts filled in; what there is no sentence for is its key. @param {Language} language @param {string} key @param {Record<string, unknown>} [parts] */
export const say = ({ sentences }, key, parts = {}) =>
  (sentences.get(key) ?? key).replace(/\{([\p{L}\p{N}_]+)\}/gu, (place, name) => String(name in parts ? parts[name] : place));

/** A whole number in words; one that is too large for them in digits. @param {Language} language @param {Num} x @returns {string} */
export function inWords(language, x) {
  const number = whole(x);
  if (number < 0) return say(language, "minus", { number: inWords(language, negated(number)) });
  return number < LIMIT ? spelt(language, language.numbers, number) : String(number);
}

/** Which one a whole number is, in words: `third`. @param {Language} language @param {Num} x */
export function ordinal(language, x) {
  const number = whole(x);
  return number >= 0 && number < LIMIT ? spelt(language, language.ordinals, number) : String(number);
}

/** @param {Language} language @param {Rules} rules @param {Num} number @returns {string} */
function spelt(language, rules, number) {
  const found = rules.findLast(([least]) => least <= number);
  if (!found) return String(number);
  const [least, words] = found;
  const unit = 10 ** (String(least).length - 1);
  const [count, rest] = [floorOver(number, unit), modulo(number, unit)];
  const chosen = words.replace(/\[([^\]]*)\]/g, (_, parts) => {
    const [withRest, ...others] = parts.split("|");
    const small = others.length > 1 ? others[0] : withRest;
    const none = others.length > 1 ? others[others.length - 1] : others.join("");
    return rest == 0 ? none : rest < SMALL ? small : withRest;
  });
  return chosen.replace(/\{(\w+)(?: (\w+)>(\w+))?\}/g, (_, place, ending, other) => {
    let told = "";
    if (place === "count" && count < number) told = inWords(language, count);
    else if (place === "rest" && rest < number) told = spelt(language, rules, rest);
    else if (place === "cardinal" && rules !== language.numbers) told = inWords(language, number);
    return ending && told.endsWith(ending) ? told.slice(0, -ending.length) + other : told;
  });
}

/** The word for one or for many. @param {Language} language @param {Num} n @param {string} one @param {string} many */
export const plural = (language, n, one, many) =>
  (language.sentences.get("plural_one") ?? "").split(/\s+/).some((each) => n == Number(each)) ? one : many;

/** Members in words: `cut, ribs and shoulder`. @param {Language} language @param {readonly string[]} members @param {Map<string, string>} labels */
export function listing(language, members, labels) {
  const words = members.map((member) => labels.get(member) ?? "");
  if (words.length < 2) return words.join("") || say(language, "list_nothing");
  const comma = say(language, "list_comma", { one: "", other: "" });
  return say(language, "list_and", { others: words.slice(0, -1).join(comma), last: words[words.length - 1] });
}

/** A number with so many decimals, rounded half away from zero. @param {Language} language @param {Num} x @param {number} decimals */
export function decimal(language, x, decimals) {
  const number = whole(six(real(times(x, 10 ** decimals))));
  if (!decimals) return String(number);
  const digits = String(unsigned(number)).padStart(decimals + 1, "0");
  return `${number < 0 ? "-" : ""}${digits.slice(0, -decimals)}${say(language, "decimal_sign")}${digits.slice(-decimals)}`;
}
