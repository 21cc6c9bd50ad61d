// Chance and variety, exact to the bit. The twin of engine/chance.py.
// @ts-check
import { Fault, greatest, tidy } from "./numbers.js";

/** @typedef {import("./numbers.js").Num} Num */

const MASK = (1n << 64n) - 1n;
// the step of the generator, 6364136223846793005 and 1442695040888963407, in halves of 32 bits
const [TIMES_HIGH, TIMES_LOW, PLUS_HIGH, PLUS_LOW] = [0x5851f42d, 0x4c957f2d, 0x14057b7e, 0xf767814f];

/** Scatter a number over 64 bits (the finaliser of SplitMix64). @param {bigint} given */
export function mix(given) {
  let number = (given + 0x9e3779b97f4a7c15n) & MASK;
  number = ((number ^ (number >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  number = ((number ^ (number >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return number ^ (number >> 31n);
}

/** A number of 64 bits that hangs on the seed, a place in the story and how often it was passed. @param {bigint} seed @param {number} place @param {number} visit */
export const vary = (seed, place, visit) => mix((mix((mix(seed & MASK) ^ BigInt(place)) & MASK) + BigInt(visit)) & MASK);

/** The high half of the product of two numbers of 32 bits. @param {number} a @param {number} b */
function high(a, b) {
  const [highA, lowA, highB, lowB] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = highA * lowB + ((lowA * lowB) >>> 16);
  return (highA * highB + Math.floor(middle / 0x10000) + ((lowA * highB + (middle % 0x10000)) / 0x10000)) >>> 0;
}

/** What the dice of a turn decide. `chance` is the generator's state in two halves, `seed` what variety in words hangs on. */
export class Dice {
  /** @param {readonly [number, number]} chance @param {bigint} seed */
  constructor(chance, seed) {
    /** @type {number} */
    this.high = chance[0];
    /** @type {number} */
    this.low = chance[1];
    this.seed = seed;
  }

  /** Draw a number in [0, 1): PCG's XSH RR output of the next state. */
  unit() {
    const low = Math.imul(this.low, TIMES_LOW) >>> 0;
    const carried = high(this.low, TIMES_LOW) + Math.imul(this.low, TIMES_HIGH) + Math.imul(this.high, TIMES_LOW);
    this.low = (low + PLUS_LOW) >>> 0;
    this.high = (carried + PLUS_HIGH + (low + PLUS_LOW > 0xffffffff ? 1 : 0)) >>> 0;
    const folded = [this.high ^ (this.high >>> 18), this.low ^ ((this.low >>> 18) | (this.high << 14))];
    const word = ((folded[1] >>> 27) | (folded[0] << 5)) >>> 0;
    const turn = this.high >>> 27;
    return (((word >>> turn) | (word << (-turn & 31))) >>> 0) / 4294967296;
  }

  /** @param {Num} odds in percent */
  happens(odds) {
    return this.unit() * 100 < odds;
  }

  /** @param {Num} low @param {Num} high */
  roll(low, high) {
    if (high < low) throw new Fault("SQ402", `a roll from ${tidy(low)} to ${tidy(high)} has nothing to give`, "put the smaller number first");
    return tidy(Number(low) + Math.trunc(this.unit() * (Number(high) - Number(low) + 1)));
  }

  /** @param {Num} low @param {Num} high */
  between(low, high) {
    return tidy(Number(low) + this.unit() * (Number(high) - Number(low)));
  }

  /** @template T @param {readonly T[]} things @returns {T} */
  pick(things) {
    if (!things.length) throw new Fault("SQ403", "there is nothing here to pick from", "make sure the set or list is not empty");
    return things[Math.trunc(this.unit() * things.length)];
  }

  /** The place of one of several weights. @param {readonly Num[]} weights */
  weigh(weights) {
    const heights = weights.map((weight) => Number(greatest(0, weight)));
    const total = heights.reduce((one, other) => one + other, 0);
    if (!(total > 0)) throw new Fault("SQ404", "all weights are zero here, so nothing can be drawn", "give at least one of them a weight");
    let rest = this.unit() * total;
    for (const [index, height] of heights.entries()) {
      rest -= height;
      if (rest < 0) return index;
    }
    return heights.findLastIndex((height) => height > 0);
  }

  /** @param {readonly string[]} members @param {readonly Num[]} weights */
  draw(members, weights) {
    return members[this.weigh(weights)];
  }

  /** Which part of a random text a visit shows. @param {number} place @param {number} visit @param {readonly number[]} weights */
  variety(place, visit, weights) {
    let rest = (Number(vary(this.seed, place, visit)) / 2 ** 64) * weights.reduce((one, other) => one + other, 0);
    for (const [index, weight] of weights.entries()) {
      rest -= weight;
      if (rest < 0) return index;
    }
    return 0;
  }

  /** Which of `size` parts a visit shows, so that all come before any comes again (Fisher and Yates). @param {number} place @param {number} visit @param {number} size */
  shuffled(place, visit, size) {
    const order = [...Array(size).keys()];
    let number = vary(this.seed, place, Math.floor(visit / size));
    for (let last = size - 1; last > 0; last--) {
      number = mix(number);
      const other = Number(number % BigInt(last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order[visit % size];
  }
}

/** The two halves of a number of 64 bits. @param {bigint} number @returns {[number, number]} */
export const halves = (number) => [Number((number >> 32n) & 0xffffffffn), Number(number & 0xffffffffn)];
/** @param {number} top @param {number} low */
export const together = (top, low) => (BigInt(top) << 32n) | BigInt(low);
