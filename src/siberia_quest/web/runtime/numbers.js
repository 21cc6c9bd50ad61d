// Numbers as the engine has them: whole numbers exact, six decimals, ten to the fifteenth either way. The twin of engine/numbers.py.
// @ts-check

/** @typedef {number | bigint} Num  a number under way; one beyond 2^53 is a bigint until it is stored */

/** The story cannot go on: a code, a message, and what mends it. */
export class Fault extends Error {
  /** @param {string} code @param {string} message @param {string} [fix] */
  constructor(code, message, fix = "") {
    super(message);
    this.code = code;
    this.fix = fix;
  }
}

export const LIMIT = 1e15;
const tooLarge = () =>
  new Fault("SQ406", "a number grew beyond 1,000,000,000,000,000", "keep it within bounds, for example with `min(…)` or a stat's `range:`");
const byZero = () =>
  new Fault("SQ405", "a division by zero", "make sure what stands under the line is never 0, for example with `max(1, …)`");

/** A number as one of fractions. @param {Num} x */
export function real(x) {
  if (typeof x !== "bigint") return x;
  const near = Number(x);
  if (!Number.isFinite(near)) throw tooLarge();
  return near;
}

/** @param {bigint} x @returns {Num} */
const settled = (x) => (x >= -9007199254740991n && x <= 9007199254740991n ? Number(x) : x);

/** Whether both are whole, so that what comes of them is exact however large it is. @param {Num} a @param {Num} b */
const areWhole = (a, b) => (typeof a === "bigint" || Number.isInteger(a)) && (typeof b === "bigint" || Number.isInteger(b));

/** @param {Num} a @param {Num} b @returns {Num} */
export function plus(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum) || !areWhole(a, b)) return sum;
  }
  return areWhole(a, b) ? settled(BigInt(a) + BigInt(b)) : real(a) + real(b);
}

/** @param {Num} a @param {Num} b @returns {Num} */
export const minus = (a, b) => plus(a, negated(b));

/** @param {Num} a @returns {Num} */
export const negated = (a) => (typeof a === "bigint" ? -a : -a);

/** @param {Num} a @param {Num} b @returns {Num} */
export function times(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (Number.isSafeInteger(product) || !areWhole(a, b)) return product;
  }
  return areWhole(a, b) ? settled(BigInt(a) * BigInt(b)) : real(a) * real(b);
}

/** @param {Num} a @param {Num} b */
export function over(a, b) {
  if (b == 0) throw byZero();
  return real(a) / real(b);
}

/** The whole part and the rest, as Python has them: the rest has the sign of `b`. @param {number} a @param {number} b */
function parts(a, b) {
  let rest = a % b;
  let whole = (a - rest) / b;
  if (rest) {
    if (b < 0 !== rest < 0) {
      rest += b;
      whole -= 1;
    }
  } else rest = b < 0 ? -0 : 0;
  let floor = 0;
  if (whole) {
    floor = Math.floor(whole);
    if (whole - floor > 0.5) floor += 1;
  }
  return [floor, rest];
}

/** @param {Num} a @param {Num} b @returns {Num} */
export function floorOver(a, b) {
  if (b == 0) throw byZero();
  if (typeof a === "number" && typeof b === "number") return parts(a, b)[0];
  if (!areWhole(a, b)) return parts(real(a), real(b))[0];
  const [one, other] = [BigInt(a), BigInt(b)];
  const whole = one / other;
  return settled(one % other !== 0n && one < 0n !== other < 0n ? whole - 1n : whole);
}

/** @param {Num} a @param {Num} b @returns {Num} */
export function modulo(a, b) {
  if (b == 0) throw byZero();
  if (typeof a === "number" && typeof b === "number") return parts(a, b)[1];
  if (!areWhole(a, b)) return parts(real(a), real(b))[1];
  const [one, other] = [BigInt(a), BigInt(b)];
  const rest = one % other;
  return settled(rest !== 0n && rest < 0n !== other < 0n ? rest + other : rest);
}

/** @param {...Num} given @returns {Num} */
export const least = (...given) => given.reduce((one, other) => (other < one ? other : one));
/** @param {...Num} given @returns {Num} */
export const greatest = (...given) => given.reduce((one, other) => (other > one ? other : one));
/** @param {Num} x @returns {Num} */
export const unsigned = (x) => (x < 0 ? negated(x) : x);

/** Rounded to six decimals, half to even where a binary fraction lies between two. @param {number} x */
export function six(x) {
  if (Number.isInteger(x)) return x;
  const ties = x * 128; // only such fractions can lie just between two of six decimals
  if (Number.isInteger(ties) && ties % 2 !== 0) {
    const floor = Math.floor(ties * 7812.5);
    return (floor % 2 === 0 ? floor : floor + 1) / 1e6;
  }
  return Math.abs(x) < 1e21 ? Number(x.toFixed(6)) : x;
}

/** A number as it is stored: six decimals. @param {Num | boolean} given @returns {number} */
export function tidy(given) {
  const x = Number(given);
  if (!(x >= -LIMIT && x <= LIMIT)) throw tooLarge();
  return six(x) + 0 || 0;
}

/** Rounded half away from zero. @param {Num} given @returns {Num} */
export function whole(given) {
  const x = real(given);
  if (!(x >= -1e30 && x <= 1e30)) throw tooLarge();
  const near = x >= 0 ? Math.floor(x + 0.5) : Math.ceil(x - 0.5);
  return Number.isSafeInteger(near) ? near + 0 || 0 : BigInt(near);
}

/** @param {Num} x */
export const floor = (x) => Math.floor(tidy(x));
/** @param {Num} x */
export const ceil = (x) => Math.ceil(tidy(x)) + 0 || 0;
/** @param {Num} x @param {number} decimals */
export const rounded = (x, decimals) => {
  const scale = 10 ** decimals;
  return tidy(over(whole(six(real(times(x, scale)))), scale));
};

/** A number as a text shows it. @param {Num} x */
export const shown = (x) => String(typeof x === "bigint" || Number.isSafeInteger(x) ? x : whole(six(x)));

/** @param {Num} x @param {Num} low @param {Num} high */
export const clamp = (x, low, high) => (x < low ? low : x < high ? x : high);
/** What a stat between fixed bounds becomes; a whole number may be as large as it likes. @param {Num} x @param {number} low @param {number} high */
export const within = (x, low, high) => Number(clamp(typeof x === "bigint" || Number.isInteger(x) ? x : tidy(x), low, high)) + 0 || 0;
/** @param {Num} x @param {Num} low @param {Num} high */
export const percent = (x, low, high) => (high != low ? over(times(minus(x, low), 100), minus(high, low)) : 0);
/** @param {Num} part @param {Num} all */
export const percentOf = (part, all) => (all != 0 ? over(times(part, 100), all) : 0);

/** @template T @param {T} x a value as it is stored @returns {T | number} */
export const stored = (x) => (typeof x === "number" || typeof x === "bigint" ? tidy(x) : x);

/** @param {readonly string[]} members @param {string} member @param {Map<string, number>} order */
export function withMember(members, member, order) {
  if (members.includes(member)) return members;
  const place = (/** @type {string} */ each) => order.get(each) ?? 0;
  return [...members, member].sort((one, other) => place(one) - place(other));
}

/** All that is in one of several sets, in the order of their kind. @param {Map<string, number>} order @param {...readonly string[]} sets */
export const union = (order, ...sets) =>
  [...new Set(sets.flat())].sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
/** What is in the first of several sets and in none of the others. @param {readonly string[]} first @param {...readonly string[]} others */
export const difference = (first, ...others) => first.filter((member) => !others.some((each) => each.includes(member)));
/** @param {readonly string[]} members @param {string} member */
export const withoutMember = (members, member) => members.filter((each) => each !== member);
/** @param {readonly number[]} numbers @param {number} index @param {number} number */
export const replaced = (numbers, index, number) => [...numbers.slice(0, index), number, ...numbers.slice(index + 1)];
/** @param {readonly unknown[]} things @param {unknown} thing */
export const counted = (things, thing) => things.filter((each) => same(each, thing)).length;
/** @param {readonly unknown[]} things @param {unknown} thing @param {number} last */
export const newest = (things, thing, last) => [...things, thing].slice(-last);

/** Whether two values are equal: also two sets. @param {unknown} one @param {unknown} other @returns {boolean} */
export function same(one, other) {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, index) => same(each, other[index]));
  return one == other;
}

/** Whether a thing is among others. @param {readonly unknown[]} things @param {unknown} thing */
export const holds = (things, thing) => things.some((each) => same(each, thing));

/** A text with its first letter large, whatever marks stand before it. @param {string} text */
export function capital(text) {
  const found = /\p{L}/u.exec(text);
  return found ? text.slice(0, found.index) + found[0].toUpperCase() + text.slice(found.index + found[0].length) : text;
}

/** @param {string} text @param {number} longest in characters */
export const cut = (text, longest) => (text.length <= longest ? text : [...text].slice(0, longest).join(""));
