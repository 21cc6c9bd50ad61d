// A story that was printed: passages made ready when they are first entered, and the turns of a game. The twin of engine/turns.py and beginning.py.
// @ts-check
import { halves, mix } from "./chance.js";
import { Counts } from "./counts.js";
import { boards, figures } from "./figures.js";
import { enterStorylet, Flow, keep, lengthOf, placeInWords, settle } from "./flow.js";
import { say } from "./language.js";
import { Fault, stored, tidy } from "./numbers.js";
import { clean } from "./text.js";

/** @typedef {import("./flow.js").State} State */
/** @typedef {import("./flow.js").Value} Value */
/** @typedef {import("./flow.js").Point} Point */
/** @typedef {import("./flow.js").Segment} Segment */
/** @typedef {import("./flow.js").Option} Option */
/** @typedef {import("./flow.js").Ask} Ask */
/** @typedef {import("./flow.js").Block} Block */
/** @typedef {import("./flow.js").PassageCode} PassageCode */
/** @typedef {import("./flow.js").StatRule} StatRule */
/** @typedef {import("./flow.js").Candidate} Candidate */
/** @typedef {{ type: "Problem", code: string, message: string, why: string, fix: string, file: string, line: number, column: number }} Problem */
/** @typedef {{ type: "EndingBlock", id: string, title: string, text: string, rank: number }} Ending */
/** @typedef {{ type: "Page", pieces: (Block | string)[], changes: Block[], options: Option[], ask: Ask | null, ending: Ending | null, title: string,
 *   problem: Problem | null, checkpoint: string | null, place: string, turn: number, panels: import("./figures.js").Board[] }} Page */
/** @typedef {{ state: State, page: Page }} Turn */
/** @typedef {{ base: string, members: readonly string[], longest: number, last: number }} Kind */
/** @typedef {{ name: string, slot: number, start: (w: Flow) => Value, keep: boolean, kind: Kind }} Variable */
/** @typedef {{ name: string, slot: number, prompt: string, kind: Kind, options: readonly (readonly [string, string])[], start: Value }} Setting */
/** What a printed story is made of; web/story_script.py prints it.
 * @typedef {{ id: string, title: string, start: string, slots: number, names: readonly string[], settings: readonly Setting[], variables: readonly Variable[],
 *   stats: readonly (readonly [number, StatRule & { start: (w: Flow) => Value, moves: boolean }])[], achievements: Map<string, Block>, deals: Map<string, number>,
 *   lastDeals: Map<string, number>, eachTurn: string, status: readonly import("./figures.js").FigureCode[], panels: readonly import("./figures.js").PanelCode[], language: import("./language.js").Language, places: readonly (readonly [string, number, number])[], passages: Map<string, Omit<PassageCode, "parts"> & { make: (parts: unknown[], points: Map<string, Point>) => void }>,
 *   tags: Map<string, { passages: readonly string[], qualified: readonly ((w: Flow) => Candidate[])[] }>, endings: Map<string, Ending> }} Printed */

const MOST_TEXT = 256 * 1024;
const LONGEST_ANSWER = 200;
const STAYS = "the game stays where it was before this pick";

/** The pick is no option of the page, or no answer to its question; the message says why. */
export class NotOnOffer extends Error {}

export class Story {
  /** @param {Printed} printed */
  constructor(printed) {
    this.printed = printed;
    this.stats = printed.stats.map(([slot]) => slot);
    this.moving = printed.stats.filter(([, rule]) => rule.moves).map(([slot]) => slot);
    this.achievements = printed.achievements;
    this.language = printed.language;
    /** @type {Map<number, StatRule>} */
    this.rules = new Map(printed.stats);
    /** @type {Map<string, PassageCode>} */
    this.ready = new Map();
  }

  /** @param {string} id @returns {PassageCode} */
  passage(id) {
    const known = this.ready.get(id);
    if (known) return known;
    const { make, ...rest } = /** @type {NonNullable<ReturnType<Printed["passages"]["get"]>>} */ (this.printed.passages.get(id));
    /** @type {unknown[]} */
    const parts = [];
    make(parts, rest.points);
    const code = { ...rest, parts };
    this.ready.set(id, code);
    return code;
  }

  /** @param {string} passage @param {string} address */
  point(passage, address) {
    return /** @type {Point} */ (this.passage(passage).points.get(address));
  }

  /** @param {number} slot */
  rule(slot) {
    return /** @type {StatRule} */ (this.rules.get(slot));
  }

  /** The storylets of a tag that qualify. @param {Flow} w @param {string} tag */
  qualified(w, tag) {
    return (this.printed.tags.get(tag)?.qualified ?? []).flatMap((each) => each(w));
  }

  /** @param {string} tag */
  dealSlot(tag) {
    return /** @type {number} */ (this.printed.deals.get(tag));
  }

  /** Where a storylet counts which deal of a tag dealt it last. @param {string} tag @param {string} passage */
  lastDeal(tag, passage) {
    return this.printed.lastDeals.get(`${tag} ${passage}`);
  }

  /** What the status shows in a state. @param {State} state @returns {import("./figures.js").Figure[]} */
  status(state) {
    return figures(new Flow(this, state), this.printed.status);
  }

  /** The panels as they stand in a state. @param {State} state @returns {import("./figures.js").Board[]} */
  panels(state) {
    return state.ending === null ? boards(new Flow(this, state), this.printed.panels) : [];
  }

  /** Begin a game. @param {bigint} seed @param {Record<string, Value>} [settings] @param {Record<string, Value>} [kept] @returns {Turn} */
  begin(seed, settings = {}, kept = {}) {
    /** @type {State} */
    const state = {
      chance: halves(mix(BigInt.asUintN(64, seed))), seed, turn: 0, values: Array(this.printed.slots).fill(0), counts: new Counts(), frames: [], offer: [],
      journal: [], achieved: [], checkpoints: 0, ending: null,
    };
    try {
      const begun = { ...state, values: this.initialValues(state, settings, kept) };
      return this.run(new Flow(this, begun), begun, (w) => w.goto(this.printed.start));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const [file] = this.printed.places[0] ?? [""];
      return { state, page: page({ problem: { ...this.problem(error, -1), file, line: 1, column: 1 } }) };
    }
  }

  /** @param {State} state @param {Record<string, Value>} settings @param {Record<string, Value>} kept */
  initialValues(state, settings, kept) {
    const w = new Flow(this, state);
    for (const setting of this.printed.settings) w.values[setting.slot] = chosen(setting, settings[setting.name]);
    for (const { name, slot, start, keep: isKept, kind } of this.printed.variables) {
      beginWith(w, name, slot, start);
      const known = isKept ? fitting(kind, kept[name]) : null;
      if (known !== null) w.values[slot] = known;
    }
    for (const [slot, { name, start }] of this.printed.stats) beginWith(w, name, slot, start);
    for (const [slot, { name }] of this.printed.stats) named(name, () => keep(w, slot, /** @type {number} */ (w.values[slot])));
    return w.values;
  }

  /** Go on with the id of an option, or the answer to the page's question. Throws NotOnOffer. @param {State} state @param {string} pick @returns {Turn} */
  advance(state, pick) {
    const w = new Flow(this, state);
    const frame = w.frames.pop();
    if (!frame) throw new NotOnOffer(say(this.language, "has_ended"));
    const point = w.resume(frame);
    if (point.question >= 0) return this.run(w, state, () => this.afterEachTurn(answered(w, point, pick)));
    if (!state.offer.includes(pick)) throw new NotOnOffer(this.whyNot(this.reopen(state).page, pick));
    w.frozen = [];
    w.turn++;
    const picked = point.branches.get(pick);
    if (!picked) return this.run(w, state, this.afterEachTurn(this.dealt(w, point, pick)));
    w.counters[picked.counter]++;
    if (picked.lastVisit >= 0) w.counters[picked.lastVisit] = w.turn + 1;
    if (picked.local >= 0) w.locals[picked.local] = picked.member;
    return this.run(w, state, this.afterEachTurn(w.segment(picked.segment)));
  }

  /** What does the steps of each turn, where there are some, and goes on. @param {Segment} segment @returns {Segment} */
  afterEachTurn(segment) {
    const { eachTurn } = this.printed;
    if (!eachTurn) return segment;
    return (w) => {
      w.doAside(eachTurn);
      return segment;
    };
  }

  /** What enters the storylet that was picked, or goes on after a page turn. @param {Flow} w @param {Point} point @param {string} pick @returns {Segment} */
  dealt(w, point, pick) {
    for (const tag of point.dealt)
      for (const passage of this.printed.tags.get(tag)?.passages ?? [])
        if (passage.split(".").pop() === pick) return (w) => enterStorylet(w, passage, tag, point.address);
    if (point.sort !== "pause") throw new NotOnOffer(this.whyNot(page({}), pick));
    return w.segment(point.after);
  }

  /** @param {Page} shown @param {string} pick */
  whyNot({ options }, pick) {
    const found = options.find(({ id }) => id === pick);
    if (found) return found.reason || say(this.language, "not_open");
    return say(this.language, "not_on_offer", { typed: [...clean(pick)].slice(0, 60).join("") });
  }

  /** The options or question of a state, without any text. @param {State} state @returns {Turn} */
  reopen(state) {
    if (state.ending !== null || !state.frames.length) return { state, page: page({ ending: this.endingOf(state.ending), turn: state.turn }) };
    let w = new Flow(this, state);
    try {
      const [flow, offer, asked] = askAgain(this, state, new Map(), 6);
      w = flow;
      const same = offer.ids.length === state.offer.length && offer.ids.every((id, index) => id === state.offer[index]);
      const place = placeInWords(w.code.scene, w.here);
      return { state: same ? state : { ...state, offer: offer.ids }, page: page({ options: offer.options, ask: asked, place, turn: state.turn }) };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return { state, page: page({ problem: this.problem(error, w.at) }) };
    }
  }

  /** Run segments until the story waits or ends. @param {Flow} w @param {State} before @param {Segment} first @returns {Turn} */
  run(w, before, first) {
    try {
      /** @type {Segment | null} */
      let segment = first;
      while (segment) {
        w.at = -1;
        segment = segment(w);
      }
      w.at = -1;
      if (w.blocks.reduce((sum, each) => sum + (typeof each === "string" ? lengthOf(each) : Object.keys(each).length - 1), 0) > MOST_TEXT)
        throw new Fault("SQ505", "this turn tells a short novel (over 256 KiB)", "ask the player something in between");
      const state = w.state();
      const asked = w.waiting ? w.questionOf(w.waiting)[0] : null;
      const place = w.here ? placeInWords(w.code.scene, w.here) : w.code.scene;
      const shown = { pieces: w.blocks, changes: w.changes(before.values), options: w.offered.options, ask: asked, ending: this.endingOf(w.ending) };
      return { state, page: page({ ...shown, title: w.title, checkpoint: w.checkpoint, place, turn: w.turn }) };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return this.stopped(w, before, error);
    }
  }

  /** Say what went wrong, at its place in the story; the game stays where it was. @param {Flow} w @param {State} before @param {Fault} error */
  stopped(w, before, error) {
    const shown = before.frames.length ? this.reopen(before).page : page({});
    const problem = this.problem(error, w.at < 0 ? w.code.place : w.at);
    return { state: before, page: { ...shown, pieces: w.blocks, problem } };
  }

  /** @param {Fault} error @param {number} at @returns {Problem} */
  problem({ code, message, fix }, at) {
    const [file, line, column] = this.printed.places[at] ?? ["", 1, 1];
    return { type: "Problem", code, message, why: STAYS, fix, file, line, column };
  }

  /** @param {string | null} ending @returns {Ending | null} */
  endingOf(ending) {
    if (ending === null) return null;
    return this.printed.endings.get(ending) ?? { type: "EndingBlock", id: ending, title: "", text: "", rank: 0 };
  }
}

/** @param {Partial<Page>} shown @returns {Page} */
const page = (shown) => ({
  type: "Page", pieces: [], changes: [], options: [], ask: null, ending: null, title: "", problem: null, checkpoint: null, place: "", turn: 0, panels: [], ...shown,
});

/** @param {Flow} w @param {string} name @param {number} slot @param {(w: Flow) => Value} start */
function beginWith(w, name, slot, start) {
  named(name, () => (w.values[slot] = stored(start(w))));
}

/** @param {string} name @param {() => void} begin */
function named(name, begin) {
  try {
    begin();
  } catch (error) {
    if (error instanceof Fault && ["SQ405", "SQ406"].includes(error.code)) throw new Fault(error.code, `${error.message} where \`${name}\` begins`, error.fix);
    throw error;
  }
}

/** @param {Setting} setting @param {Value | undefined} value @returns {Value} */
function chosen({ kind, options, start }, value) {
  if (typeof value === "string" && kind.base === "text") return [...clean(value).replaceAll("\n", " ").trim()].slice(0, kind.longest).join("") || start;
  if (typeof value === "string" && options.some(([id]) => id === value)) return value;
  if (kind.base === "number") return fitNumber(value) ?? start;
  return kind.base === "yes_no" && typeof value === "boolean" ? value : start;
}

/** A value from outside as a variable may hold it, null where it is none of its kind. @param {Kind} kind @param {Value | undefined} value @returns {Value | null} */
function fitting({ base, members, longest, last }, value) {
  switch (base) {
    case "number":
      return fitNumber(value);
    case "yes_no":
      return typeof value === "boolean" ? value : null;
    case "text":
      return typeof value === "string" ? [...clean(value)].slice(0, longest).join("") : null;
    case "member":
      return typeof value === "string" && members.includes(value) ? value : null;
    case "set":
      return Array.isArray(value) ? members.filter((each) => value.includes(each)) : null;
    case "list":
      return Array.isArray(value) ? value.filter((each) => members.includes(each)).slice(-last) : null;
    default: {
      const numbers = Array.isArray(value) ? value.map(fitNumber).filter((each) => each !== null) : [];
      return Array.isArray(value) && numbers.length === value.length && numbers.length === members.length ? numbers : null;
    }
  }
}

/** @param {unknown} value @returns {number | null} */
function fitNumber(value) {
  return typeof value === "number" && Math.abs(value) <= 1e15 ? tidy(value) : null;
}

/** Put an answer away and return what follows it. @param {Flow} w @param {Point} point @param {string} given @returns {Segment} */
function answered(w, point, given) {
  const [question, slot] = w.questionOf(point);
  const asked = /** @type {Ask} */ (question);
  const { language } = w.story;
  w.frozen = [];
  w.turn++;
  const answer = clean(given).split(/\s+/).filter(Boolean).join(" ") || asked.default;
  if (asked.optional && !answer) return w.segment(point.exhausted);
  if (!asked.number) {
    if (!answer) throw new NotOnOffer(say(language, "write_something"));
    if (lengthOf(answer) > asked.longest) throw new NotOnOffer(say(language, "too_long", { most: asked.longest }));
    w.values[slot] = answer;
    return w.segment(point.after);
  }
  const number = numberOf(language, answer, asked);
  if (w.story.rules.has(slot)) keep(w, slot, number);
  else w.values[slot] = number;
  settle(w);
  return w.segment(point.after);
}

/** @param {import("./language.js").Language} language @param {string} answer @param {Ask} asked */
function numberOf(language, answer, { low, high }) {
  const number = lengthOf(answer) <= LONGEST_ANSWER ? typedNumber(answer) : null;
  if (number === null) throw new NotOnOffer(say(language, low === null ? "write_number" : "write_number_from", { low, high }));
  if ((low !== null && number < low) || (high !== null && number > high)) throw new NotOnOffer(say(language, "number_from", { low, high }));
  return number;
}

/** @type {[RegExp, string][]} */
const AS_USUAL = [[/[−–]/g, "-"], [/[٫。]/g, "."], [/[٬，、]/g, ","], [/[’ʼ]/g, "'"]];
const THOUSANDS = /^(?:[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[-+]?[1-9]\d{0,2}(?:[ '_]\d{3})+(?:[.,]\d+)?)$/;
const BY_POINTS = /^[-+]?[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?$/;
const UNCLEAR = /^[-+]?[1-9]\d{0,2}(?:\.0{3,}|,0{4,})$/;

/** The number that somebody typed, null where it is none, or may be two. The twin of engine/typed_numbers.py. @param {string} text */
export function typedNumber(text) {
  let plain = AS_USUAL.reduce((found, [signs, usual]) => found.replace(signs, usual), text.normalize("NFKC"));
  plain = plain.replace(/\p{Decimal_Number}/gu, (digit) => String(digitOf(digit))).split(/\s+/).filter(Boolean).join(" ");
  if (UNCLEAR.test(plain)) return null;
  if (THOUSANDS.test(plain)) plain = plain.replace(/[ '_]|,(?=\d{3}(?:\D|$))/g, "");
  else if (BY_POINTS.test(plain)) plain = plain.replaceAll(".", "");
  plain = plain.replaceAll(",", ".");
  if (!/^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+)?$/i.test(plain)) return null;
  const number = Number(plain.replaceAll("_", ""));
  return Math.abs(number) <= 1e15 ? tidy(number) : null;
}

/** @param {string} digit a decimal digit of any script; they stand in tens, from nought on */
function digitOf(digit) {
  let code = /** @type {number} */ (digit.codePointAt(0));
  let value = 0;
  while (value < 9 && /\p{Decimal_Number}/u.test(String.fromCodePoint(code - 1))) {
    code--;
    value++;
  }
  return value % 10;
}

/** What a state waits with in the words it had, though alternatives in what is on offer have moved on since.
 * @param {Story} story @param {State} state @param {Map<number, number[]>} moved @param {number} tries @returns {[Flow, import("./flow.js").Offer, Ask | null]} */
function askAgain(story, state, moved, tries) {
  const w = new Flow(story, state);
  for (const [index, by] of moved) w.changed.set(index, less(state.counts.get(index) ?? Array(by.length).fill(0), by));
  const before = new Map([...w.changed].map(([index, record]) => [index, [...record]]));
  const point = w.resume(/** @type {import("./flow.js").Frame} */ (w.frames.pop()));
  const offer = w.offersOf(point);
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (const [index, record] of w.changed) {
    const by = less(record, before.get(index) ?? state.counts.get(index) ?? Array(record.length).fill(0));
    if (by.some(Boolean)) found.set(index, by);
  }
  const same = found.size === moved.size && [...found].every(([index, by]) => String(moved.get(index)) === String(by));
  if (same || !tries) return [w, offer, w.questionOf(point)[0]];
  return askAgain(story, state, found, tries - 1);
}

/** @param {readonly number[]} record @param {readonly number[]} other */
const less = (record, other) => record.map((one, index) => Math.max(0, one - other[index]));

