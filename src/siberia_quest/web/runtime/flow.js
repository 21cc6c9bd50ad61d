// A turn in progress: what the code of passages works on. The twin of engine/flow.py, deals.py, stat_changes.py, variety.py and views.py.
// @ts-check
import { Dice } from "./chance.js";
import { Counts } from "./counts.js";
import { clamp, Fault, tidy } from "./numbers.js";

/** @typedef {import("./numbers.js").Num} Num */
/** @typedef {number | boolean | string | readonly (string | number)[]} Value */
/** @typedef {(w: Flow) => Segment | null} Segment  a run of steps; it returns what comes next, null where the story waits or ended */
/** @typedef {{ type: string, [field: string]: unknown }} Block */
/** @typedef {{ type: "Option", id: string, text: string, enabled: boolean, reason: string, odds: number | string | null, words: readonly string[], hint: string, tags: readonly string[] }} Option */
/** @typedef {{ type: "Ask", prompt: string, number: boolean, default: string, longest: number, low: number | null, high: number | null, optional: boolean }} Ask */
/** @typedef {{ options: Option[], ids: string[], isOpen: boolean }} Offer */
/** @typedef {{ passage: string, weight: Num, priority: number, option: Option }} Candidate */
/** @typedef {{ passage: string, address: string, locals: readonly Value[], title: string }} Frame */
/** @typedef {{ type: "StatRow", name: string, label: string, value: number | null, low: number | null, high: number | null, band: string, show: string, opposed: readonly string[] }} StatRow */
/** @typedef {{ type: "JournalLine", text: string, turn: number, stats: (number | string)[] }} JournalLine */
/** @typedef {{ type: "JournalEntry", text: string, turn: number, stats: number[] }} JournalEntry */
/** @typedef {{ segment: number, counter: number, lastVisit: number, local: number, member: string }} Picked */
/** @typedef {{ sort: "choices" | "ask" | "pause" | "call" | "deal", passage: string, address: string, after: number, exhausted: number,
 *   offers: number, question: number, branches: Map<string, Picked>, dealt: readonly string[] }} Point  numbers are those of the passage's parts, -1 for none */
/** @typedef {{ id: string, scene: string, place: number, record: number, counters: number, lastVisit: number, locals: number, title: number,
 *   labels: Map<string, number>, parts: unknown[], points: Map<string, Point> }} PassageCode */
/** @typedef {"open" | "band" | "hidden"} Sight  what a player may know */
/** @typedef {{ name: string, label: string, low: (w: Flow) => number, high: (w: Flow) => number, toward: number | null,
 *   band: (x: Num) => string, show: "bar" | "number" | "band" | "hidden", sight: Sight, opposed: readonly string[] }} StatRule */
/** @typedef {{ chance: readonly [number, number], seed: bigint, turn: number, values: readonly Value[], counts: Counts, frames: readonly Frame[],
 *   offer: readonly string[], journal: readonly JournalEntry[], achieved: readonly string[], checkpoints: number, ending: string | null }} State */
/** @typedef {import("./story.js").Story} Story */

export const MOST_STEPS = 1000;
const DEEPEST_CALLS = 64;
const MOST_MADE = 4 * 1024 * 1024;
const NEVER = 1e9;
/** A journal's lines are kept with every turn, so that it must not grow for ever. */
const MOST_JOURNAL = 1000;
/** @type {[readonly string[], Value]} */
const NO_ANSWER = [["", ""], 0];
/** Before the id of an option that is shown greyed, in `State.offer`. */
export const GREYED = "-";
/** @type {Offer} */
export const NOTHING = { options: [], ids: [], isOpen: false };

/** @param {string} text in characters, as Python counts them */
export const lengthOf = (text) => (/[\ud800-\udbff]/.test(text) ? [...text].length : text.length);

export class Flow extends Dice {
  /** @param {Story} story @param {State} state */
  constructor(story, state) {
    super(state.chance, state.seed);
    this.story = story;
    this.turn = state.turn;
    /** @type {Value[]} */
    this.values = [...state.values];
    this.counts = state.counts;
    this.frames = [...state.frames];
    this.frozen = state.offer;
    this.journal = state.journal;
    this.achieved = state.achieved;
    this.checkpoints = state.checkpoints;
    /** @type {Map<number, number[]>} */
    this.changed = new Map();
    /** @type {Map<number, number>} */
    this.hidden = new Map();
    /** @type {(Block | string)[]} */
    this.blocks = [];
    this.offered = NOTHING;
    this.left = MOST_STEPS;
    this.characters = 0;
    /** What a call brought back: its kind, and the value. @type {[readonly string[], Value]} */
    this.answer = NO_ANSWER;
    /** @type {string | null} */
    this.ending = null;
    /** @type {string | null} */
    this.checkpoint = null;
    this.title = "";
    this.here = "";
    /** @type {Point | null} */
    this.waiting = null;
    /** The place in the story of what is done now, by number; -1 for none. */
    this.at = -1;
    /** @type {PassageCode} */
    this.code = /** @type {PassageCode} */ (/** @type {unknown} */ (null));
    /** @type {Value[]} */
    this.locals = [];
    /** @type {number[]} */
    this.counters = [];
  }

  // --- moving about

  /** The counters of a passage or phrase, to be read and changed. @param {number} index @param {number} size */
  record(index, size) {
    const known = this.changed.get(index);
    if (known) return known;
    const counters = [...(this.counts.get(index) ?? Array(size).fill(0))];
    this.changed.set(index, counters);
    return counters;
  }

  /** Count a step of flow. */
  spend() {
    if (--this.left < 0)
      throw new Fault("SQ501", "the story goes round and round here without asking the player anything", "put a choice into the loop, or a condition that ends it");
  }

  /** Enter a passage: count the visit, begin with fresh locals, and return its first segment. @param {string} passage @returns {Segment} */
  goto(passage) {
    this.spend();
    const code = (this.code = this.story.passage(passage));
    this.counters = this.record(code.record, code.counters);
    this.counters[0]++;
    if (code.lastVisit) this.counters[code.lastVisit] = this.turn + 1;
    this.locals = Array(code.locals).fill(0);
    this.here = "";
    return /** @type {Segment} */ (code.parts[0]);
  }

  /** Show the title of the passage that was entered. */
  entitle() {
    if (this.code.title < 0) return;
    const title = /** @type {(w: Flow) => string} */ (this.code.parts[this.code.title])(this);
    this.title = this.here = title.split(/\s+/).filter(Boolean).join(" ");
    this.blocks.push({ type: "Title", text: this.title });
  }

  /** Enter a passage from which the flow comes back. @param {string} passage @param {readonly Value[]} given @param {string} address @returns {Segment} */
  call(passage, given, address) {
    if (this.frames.length >= DEEPEST_CALLS)
      throw new Fault("SQ502", `more than ${DEEPEST_CALLS} calls wait here, each inside the one before`, "let the called passage reach its end, or use `leave:` where nothing needs to come back");
    this.frames.push({ passage: this.code.id, address, locals: [...this.locals], title: this.here });
    return this.give(given, this.goto(passage));
  }

  /** Give the passage that was just entered what it takes. @param {readonly Value[]} given @param {Segment} entry */
  give(given, entry) {
    given.forEach((value, index) => (this.locals[index] = value));
    return entry;
  }

  /** Go on at a label of the passage that was just entered; its title is shown. @param {string} label @returns {Segment} */
  atLabel(label) {
    this.entitle();
    return /** @type {Segment} */ (this.code.parts[/** @type {number} */ (this.code.labels.get(label))]);
  }

  /** Enter a passage from a storylet, for good. @param {string} passage */
  depart(passage) {
    const last = this.frames[this.frames.length - 1];
    if (last && this.story.point(last.passage, last.address).sort !== "call") this.frames.pop();
    return this.goto(passage);
  }

  /** Enter a passage and forget all calls. @param {string} passage */
  leave(passage) {
    this.frames = [];
    return this.goto(passage);
  }

  /** Stand again where a frame says. @param {Frame} frame */
  resume({ passage, address, locals, title }) {
    const code = (this.code = this.story.passage(passage));
    this.here = title;
    this.counters = this.record(code.record, code.counters);
    this.locals = [...locals];
    return this.story.point(passage, address);
  }

  /** Return from a call. @returns {Segment} */
  back() {
    const frame = this.frames.pop();
    if (!frame) throw new Fault("SQ503", "nothing called this passage, so there is no way back", "use `goto:` or `end:`");
    this.spend();
    this.answer = NO_ANSWER;
    const point = this.resume(frame);
    return this.segment(point.after);
  }

  /** Return from a call with a value of a kind. @param {readonly string[]} kind @param {Value} answer */
  bringBack(kind, answer) {
    const segment = this.back();
    this.answer = [kind, answer];
    return segment;
  }

  /** Do the steps of a passage that neither waits nor leads anywhere, and stand again where the flow stood. @param {string} passage */
  doAside(passage) {
    const { code, locals, counters, here } = this;
    /** @type {Segment | null} */
    let segment = this.goto(passage);
    while (segment) segment = segment(this);
    Object.assign(this, { code, locals, counters, here });
  }

  /** @param {number} number @returns {Segment} */
  segment(number) {
    return /** @type {Segment} */ (this.code.parts[number]);
  }

  /** What a point offers now. @param {Point} point */
  offersOf({ offers }) {
    return offers < 0 ? NOTHING : /** @type {(w: Flow) => Offer} */ (this.code.parts[offers])(this);
  }

  /** What a point asks, null for nothing, and the slot of the answer. @param {Point} point @returns {[Ask | null, number]} */
  questionOf({ question }) {
    return question < 0 ? [null, -1] : /** @type {(w: Flow) => [Ask, number]} */ (this.code.parts[question])(this);
  }

  /** Reach the end of a passage. */
  finish() {
    if (!this.frames.length)
      throw new Fault("SQ504", `the passage \`${this.code.id}\` ends without saying what comes next`, "finish it with `goto:`, `end:` or `choices:`");
    return this.back();
  }

  /** @param {string} ending @returns {null} */
  end(ending) {
    this.ending = ending;
    this.frames = [];
    return null;
  }

  /** Offer choices, or go on where none is open. @param {Point} point @returns {Segment | null} */
  offer(point) {
    const offer = this.offersOf(point);
    if (offer.isOpen) {
      this.offered = offer;
      this.waiting = point;
      return null;
    }
    this.spend();
    return this.segment(point.exhausted);
  }

  /** Wait for an answer or a page turn. @param {Point} point @returns {null} */
  wait(point) {
    this.offered = this.offersOf(point);
    this.waiting = point;
    return null;
  }

  // --- looking back

  /** @param {number} index @param {number} site */
  visits(index, site) {
    const counters = this.changed.get(index) ?? this.counts.get(index);
    return counters ? counters[site] : 0;
  }

  /** How many turns ago a place was last visited, 10^9 if never. @param {number} index @param {number} site */
  since(index, site) {
    const turn = this.visits(index, site);
    return turn ? this.turn + 1 - turn : NEVER;
  }

  /** @param {number} odds @param {string} label @param {Sight} sight */
  check(odds, label, sight) {
    const passed = this.happens(odds);
    if (sight !== "hidden") this.blocks.push({ type: "CheckResult", label, odds: sight === "open" ? odds : likelihood(odds), passed });
    return passed;
  }

  // --- telling

  /** Count a text that was made, told or not. @param {string} text */
  countText(text) {
    this.characters += lengthOf(text);
    if (this.characters > MOST_MADE) throw new Fault("SQ505", "this turn makes more than 4 MiB of text", "ask the player something in between");
    return text;
  }

  /** Write a line into the journal. @param {string} text */
  note(text) {
    const stats = /** @type {number[]} */ (this.story.stats.map((slot) => this.values[slot]));
    /** @type {JournalEntry} */
    const entry = { type: "JournalEntry", text: this.countText(text), turn: this.turn, stats };
    this.journal = [...this.journal.slice(1 - MOST_JOURNAL), entry];
    this.blocks.push(this.lineOf(entry));
  }

  /** What a player may see of an entry of the journal. @param {JournalEntry} entry @returns {JournalLine} */
  lineOf({ text, turn, stats }) {
    const rules = this.story.stats.map((slot) => this.story.rule(slot)).slice(0, stats.length);
    const seen = rules.map(({ sight, band: bandOf }, index) => (sight === "open" ? stats[index] : bandOf(stats[index])));
    return { type: "JournalLine", text, turn, stats: seen.filter((_, index) => rules[index].sight !== "hidden") };
  }

  /** Unlock an achievement, once. @param {string} name */
  achieve(name) {
    if (this.achieved.includes(name)) return;
    this.achieved = [...this.achieved, name];
    this.blocks.push(/** @type {Block} */ (this.story.achievements.get(name)));
  }

  /** Pass a checkpoint, whose label the page then has. @param {string} label */
  mark(label) {
    this.checkpoints++;
    this.checkpoint = label;
  }

  // --- the end of a turn

  /** What the turn changed in visible stats, net. @param {readonly Value[]} before */
  changes(before) {
    const found = [];
    for (const slot of this.story.stats) {
      const now = /** @type {number} */ (this.values[slot]);
      if (before[slot] === now) continue;
      const rule = this.story.rule(slot);
      const old = /** @type {number} */ (before[slot]) + (this.hidden.get(slot) ?? 0);
      if (old === now || rule.sight === "hidden") continue;
      const change = { type: "StatChange", name: rule.name, label: rule.label, before: tidy(old), after: now, band_before: rule.band(old), band_after: rule.band(now) };
      if (rule.sight === "open") found.push(change);
      else if (change.band_before !== change.band_after) found.push({ ...change, before: null, after: null });
    }
    return found;
  }

  /** The state of the game after the turn. @returns {State} */
  state() {
    const point = this.waiting;
    const frames = [...this.frames];
    if (point && this.ending === null)
      frames.push({ passage: point.passage, address: point.address, locals: [...this.locals], title: this.here });
    return {
      chance: [this.high, this.low], seed: this.seed, turn: this.turn, values: [...this.values], counts: this.counts.with(this.changed), frames,
      offer: this.offered.ids, journal: this.journal, achieved: this.achieved, checkpoints: this.checkpoints, ending: this.ending,
    };
  }
}

// --- stats

/** Store a stat's new value within its range. @param {Flow} w @param {number} slot @param {Num} value */
export function keep(w, slot, value) {
  const rule = w.story.rule(slot);
  const now = tidy(value);
  const [low, high] = [rule.low(w), rule.high(w)];
  w.values[slot] = low <= now && now <= high ? now : tidy(clamp(now, low, high));
}

/** Change a stat; a gain grows smaller the nearer the stat is to what it strives to. @param {Flow} w @param {number} slot @param {Num} change */
export function gain(w, slot, change) {
  const { toward } = w.story.rule(slot);
  const now = /** @type {number} */ (w.values[slot]);
  const by = Number(change);
  keep(w, slot, now + (toward !== null && by > 0 ? (by * Math.max(0, toward - now)) / toward : by));
}

/** Change the stat that a member names. @param {Flow} w @param {number} slot @param {string} sign @param {Num} value */
export function move(w, slot, sign, value) {
  if (sign === "+=") gain(w, slot, value);
  else if (sign === "-=") gain(w, slot, -value);
  else keep(w, slot, sign === "=" ? value : /** @type {number} */ (w.values[slot]) * Number(value));
}

/** Bring stats whose bounds can move back into their range. @param {Flow} w */
export const settle = (w) => w.story.moving.forEach((slot) => keep(w, slot, /** @type {number} */ (w.values[slot])));

/** @param {Flow} w @param {number} slot */
export const band = (w, slot) => w.story.rule(slot).band(/** @type {number} */ (w.values[slot]));

/** Keep what changed since `before` from the player. @param {Flow} w @param {readonly Value[]} before */
export function hide(w, before) {
  for (const slot of w.story.stats) {
    const [old, now] = [/** @type {number} */ (before[slot]), /** @type {number} */ (w.values[slot])];
    if (old !== now) w.hidden.set(slot, (w.hidden.get(slot) ?? 0) + now - old);
  }
}

/** The words for a number by lower bounds. @param {readonly (readonly [number, string])[]} bands @returns {(x: Num) => string} */
export const bandsOf = (bands) => (bands.length ? byBounds(bands.map(([low]) => low), bands.map(([, word]) => word)) : () => "");

/** What stands for a number in a table by lower bounds. @template T @param {readonly number[]} bounds @param {readonly T[]} values @returns {(x: Num) => T} */
export const byBounds = (bounds, values) => (x) => {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x < bounds[middle]) high = middle;
    else low = middle + 1;
  }
  return values[Math.max(0, low - 1)];
};

// --- variety

/** @param {number[]} c @param {number} index @param {number} size */
export const sequenceArm = (c, index, size) => Math.min(c[index]++, size - 1);
/** @param {number[]} c @param {number} index @param {number} size */
export const cycleArm = (c, index, size) => c[index]++ % size;
/** @param {number[]} c @param {number} index @param {number} size */
export const onceArm = (c, index, size) => Math.min(c[index]++, size);
/** @param {Flow} w @param {number[]} c @param {number} index @param {number} place @param {number} size */
export const shuffleArm = (w, c, index, place, size) => w.shuffled(place, c[index]++, size);
/** @param {Flow} w @param {number[]} c @param {number} index @param {number} place @param {readonly number[]} weights */
export const randomArm = (w, c, index, place, weights) => w.variety(place, c[index]++, weights);
/** The counters of a passage that nobody is in: what moves in them is forgotten. @param {Flow} w @param {number} index @param {number} size */
export const unmoved = (w, index, size) => [...(w.changed.get(index) ?? w.counts.get(index) ?? Array(size).fill(0))];

/** @param {readonly string[]} members @param {readonly Num[]} numbers */
export const highest = (members, numbers) => members[numbers.findIndex((x) => numbers.every((other) => other <= x))];
/** @param {readonly string[]} members @param {readonly Num[]} numbers */
export const lowest = (members, numbers) => members[numbers.findIndex((x) => numbers.every((other) => other >= x))];

// --- what is on offer

/** @param {string} id @param {string} text @param {boolean} enabled @param {string} reason @param {number | string | null} odds @param {readonly string[]} words @param {string} hint @param {readonly string[]} tags @returns {Option} */
export const option = (id, text, enabled, reason, odds, words, hint, tags) => ({ type: "Option", id, text, enabled, reason, odds, words, hint, tags });

/** @param {readonly Option[]} options @returns {Offer} */
export const offerOf = (options) => ({
  options: [...options],
  ids: options.map(({ id, enabled }) => (enabled ? id : GREYED + id)),
  isOpen: options.some(({ enabled }) => enabled),
});

/** The offers of a list whose options never change, by which of them are shown (a bit each). */
export class FixedOffers {
  /** @param {readonly Option[]} options */
  constructor(options) {
    this.options = options;
    /** @type {Map<number, Offer>} */
    this.known = new Map();
  }

  /** @param {Num} shown */
  get(shown) {
    const bits = BigInt(shown);
    const found = this.known.get(Number(shown)) ?? offerOf(this.options.filter((_, index) => (bits >> BigInt(index)) & 1n));
    if (this.options.length <= 52) this.known.set(Number(shown), found);
    return found;
  }
}

/** @param {string} passage @param {Num} weight @param {number} priority @param {Option} option @returns {Candidate} */
export const candidate = (passage, weight, priority, option) => ({ passage, weight, priority, option });

// --- storylets

/** @param {Flow} w @param {readonly Candidate[]} candidates @param {string} by */
function drawn(w, candidates, by) {
  if (by === "weight") return w.weigh(candidates.map(({ weight }) => weight));
  if (by !== "least_seen") return 0;
  const visits = candidates.map(({ passage }) => w.visits(w.story.passage(passage).record, 0));
  return visits.indexOf(Math.min(...visits));
}

/** Draw a storylet and enter it. @param {Flow} w @param {string} tag @param {string} by @param {string} address @param {Segment} otherwise */
export function deal(w, tag, by, address, otherwise) {
  const all = w.story.qualified(w, tag);
  const top = Math.max(...all.map(({ priority }) => priority));
  const candidates = all.filter(({ priority, option: { enabled } }) => enabled && priority === top);
  if (candidates.length) return enterStorylet(w, candidates[drawn(w, candidates, by)].passage, tag, address);
  countDeal(w, tag);
  return otherwise;
}

/** @param {Flow} w @param {string} tag */
function countDeal(w, tag) {
  const slot = w.story.dealSlot(tag);
  return (w.values[slot] = Number(w.values[slot]) + 1);
}

/** Enter a storylet that was dealt for a tag. @param {Flow} w @param {string} passage @param {string} tag @param {string} address */
export function enterStorylet(w, passage, tag, address) {
  const entry = w.call(passage, [], address);
  const number = countDeal(w, tag);
  const last = w.story.lastDeal(tag, passage);
  if (last !== undefined) w.counters[last] = number;
  return entry;
}

/** Put up to `show` storylets among the options; what was dealt for this list already stays. @param {Flow} w @param {Option[]} options @param {string} tag @param {number} show @param {string} by @param {readonly string[]} ids */
export function dealOptions(w, options, tag, show, by, ids) {
  const taken = new Set([...ids, ...options.map(({ id }) => id)]);
  let candidates = w.story.qualified(w, tag).filter((each) => !taken.has(each.option.id));
  if (w.frozen.length) {
    const known = new Map(candidates.map((each) => [each.option.id, each.option]));
    const shown = w.frozen.map((id) => known.get(id.startsWith(GREYED) ? id.slice(GREYED.length) : id));
    options.push(...shown.filter((each) => each !== undefined));
    return;
  }
  candidates.sort((one, other) => other.priority - one.priority);
  for (let dealt = 0; candidates.length && dealt < show; dealt++) {
    const top = candidates.filter(({ priority }) => priority === candidates[0].priority);
    const chosen = top[drawn(w, top, by)];
    candidates = candidates.filter((each) => each !== chosen);
    options.push(chosen.option);
  }
}

// --- views

/** @type {[number, string][]} */
const LIKELIHOODS = [[100, "certain"], [95, "nearly_certain"], [80, "very_likely"], [60, "likely"], [40, "even"], [20, "unlikely"], [5, "very_unlikely"]];

/** The word for odds in percent. @param {Num} odds */
export const likelihood = (odds) => LIKELIHOODS.find(([least]) => odds >= least)?.[1] ?? (odds <= 0 ? "impossible" : "hopeless");

/** The visible stats as they are now. @param {Flow} w */
export const statRows = (w) => w.story.stats.map((slot) => statRowOf(w, slot)).filter((row) => row !== null);

/** A stat as it is now, null where it is hidden. @param {Flow} w @param {number} slot @returns {StatRow | null} */
export function statRowOf(w, slot) {
  const { name, label, low, high, band: bandOf, show, sight, opposed } = w.story.rule(slot);
  const value = /** @type {number} */ (w.values[slot]);
  if (show === "hidden" || sight === "hidden") return null;
  const numbers = sight === "open" ? { value, ...boundsOf(w, value, low, high) } : { value: null, low: null, high: null };
  return { type: "StatRow", name, label, ...numbers, band: bandOf(value), show, opposed };
}

/** The bounds of a stat; of a game that could not begin, as its page tells, the value itself.
 * @param {Flow} w @param {number} value @param {(w: Flow) => number} low @param {(w: Flow) => number} high */
function boundsOf(w, value, low, high) {
  try {
    return { low: low(w), high: high(w) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { low: value, high: value };
  }
}

/** @param {Flow} w @returns {Block} */
export const showStats = (w) => ({ type: "Panel", title: "", rows: statRows(w) });
/** @param {Flow} w @returns {Block} */
export const showJournal = (w) => ({ type: "JournalPanel", lines: w.journal.map((entry) => w.lineOf(entry)) });

/** Visible stats over the journal's lines; without names, all of them. @param {Flow} w @param {readonly string[]} names @returns {Block} */
export function showChart(w, names) {
  const rules = w.story.stats.map((slot) => w.story.rule(slot));
  const drawn = names.length ? names.map((name) => rules.findIndex((rule) => rule.name === name)) : rules.map((_, index) => index);
  return { type: "Chart", series: drawn.filter((at) => rules[at].sight !== "hidden").map((at) => series(at, rules[at], w.journal)) };
}

/** @param {number} at @param {StatRule} rule @param {readonly JournalEntry[]} journal */
function series(at, { name, label, sight, band: bandOf }, journal) {
  const points = journal.filter(({ stats }) => at < stats.length).map(({ stats }) => stats[at]);
  if (sight === "open") return { type: "Series", name, label, points, bands: [] };
  const bands = [...new Set([...points].sort((one, other) => one - other).map(bandOf))];
  return { type: "Series", name, label, points: points.map((point) => bands.indexOf(bandOf(point))), bands };
}

/** @param {string} text @param {string} alt @returns {Block} */
export const art = (text, alt) => ({ type: "Art", text, alt });
/** @param {string} left @param {string} right */
export const beat = (left, right) => ({ type: "Beat", left, right });
/** @param {number} tempo @param {string} left @param {string} right @param {readonly unknown[]} beats @returns {Block} */
export const montage = (tempo, left, right, beats) => ({ type: "Montage", tempo, left, right, beats });
/** @param {string} tune @param {number} tempo @returns {Block} */
export const music = (tune, tempo) => ({ type: "Tune", tune, tempo });
/** @param {string} prompt @param {boolean} number @param {string} given @param {number} longest @param {number | null} low @param {number | null} high @param {boolean} optional @returns {Ask} */
export const ask = (prompt, number, given, longest, low, high, optional) => ({ type: "Ask", prompt, number, default: given, longest, low, high, optional });

/** @param {string} scene @param {string} title */
export const placeInWords = (scene, title) => (scene && title ? `${scene} · ${title}` : scene || title);
