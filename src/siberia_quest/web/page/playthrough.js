// A game as it is played: its turns, with a way back to each of them. The twin of play/playthrough.py.
// @ts-check
import { NotOnOffer } from "../runtime/story.js";

/** @typedef {import("../runtime/flow.js").State} State */
/** @typedef {import("../runtime/flow.js").Value} Value */
/** @typedef {import("../runtime/story.js").Page} Page */
/** @typedef {import("./view.js").View} View */
/** @typedef {{ state: State, page: Page, words: string, pick: string }} Moment  a turn: where it led, and what was picked, in words and as an id */
/** @typedef {Record<string, Value>} Values */
/** @typedef {{ game: string, seed: string, settings: Values, kept: Values, picks: string[], state: object, place: string, turn: number, ended: boolean,
 *   preview: string, structure: string, date: string }} Saved  a game as it is kept: the picks tell all of it again, the state is where it stands */

export class Playthrough {
  /** @param {View} view @param {string} game @param {bigint} seed @param {Values} settings @param {Values} kept */
  constructor(view, game, seed, settings, kept) {
    this.view = view;
    this.game = game;
    this.seed = seed;
    this.settings = settings;
    this.kept = kept;
    /** @type {Moment[]} */
    this.moments = [{ ...view.story.begin(seed, settings, kept), words: "", pick: "" }];
    this.at = 0;
  }

  /** @param {View} view @param {Values} settings @param {Values} kept */
  static begin(view, settings, kept) {
    const [seed, one, other] = crypto.getRandomValues(new Uint32Array(3));
    return new Playthrough(view, (BigInt(one) << 32n | BigInt(other)).toString(16).padStart(16, "0"), BigInt(seed), settings, kept);
  }

  /** Play a saved game again. In an edited story it comes as far as its picks lead. @param {View} view @param {Saved} saved */
  static restore(view, { game, seed, settings, kept, picks }) {
    const play = new Playthrough(view, game, BigInt(seed), settings, kept);
    for (const pick of picks) if (!play.isOpen(pick) || play.pick(pick).problem) break;
    return play;
  }

  get now() {
    return this.moments[this.at];
  }

  /** @param {string} pick */
  isOpen(pick) {
    const { ask, options } = this.now.page;
    return Boolean(ask) || options.some(({ id, enabled }) => id === pick && enabled);
  }

  /** Go on with an option's id or an answer. Throws NotOnOffer; where the story cannot go on the game stays where it is.
   * @param {string} pick @returns {Page} */
  pick(pick) {
    const { state, page } = this.now;
    const turn = this.view.story.advance(state, pick);
    if (turn.page.problem) return turn.page;
    const words = page.options.find(({ id }) => id === pick)?.text ?? pick;
    this.moments.splice(++this.at, Infinity, { ...turn, words, pick });
    return turn.page;
  }

  /** Whether a turn lies behind that the story lets nobody go back to. @param {number} turn */
  isBarred(turn) {
    return turn < this.at && !this.moments.slice(turn, this.at + 1).every(({ state }) => this.view.canBeUndone(state));
  }

  /** Go to just after a turn, 0 for the beginning; tell whether that can be. @param {number} turn */
  backTo(turn) {
    const can = turn >= 0 && turn < this.moments.length && turn !== this.at && !this.isBarred(turn);
    if (can) this.at = turn;
    return can;
  }

  /** The turns in which a checkpoint was passed. */
  marks() {
    return this.moments.slice(0, this.at + 1).flatMap(({ page: { checkpoint, place } }, turn) => (checkpoint === null ? [] : [{ turn, label: checkpoint, place }]));
  }

  /** @returns {Saved} */
  save() {
    const { state, page } = this.now;
    const picks = this.moments.slice(1, this.at + 1).map(({ pick }) => pick);
    const words = page.pieces.find((piece) => typeof piece === "string");
    return {
      game: this.game, seed: String(this.seed), settings: this.settings, kept: this.kept, picks, state: this.plain(state), place: page.place,
      turn: this.at, ended: state.ending !== null, preview: String(words ?? ""), structure: this.view.beside.about.structure, date: new Date().toISOString(),
    };
  }

  /** A state as it can be kept, with its values by name. @param {State} state */
  plain({ values, counts, seed, ...state }) {
    const { names } = this.view.story.printed;
    return { ...state, seed: String(seed), counts: counts.entries(), values: Object.fromEntries(names.map((name, slot) => [name, values[slot]])) };
  }
}

export { NotOnOffer };
