// What a story shows beside its pages, from any of its states. The twin of engine/status.py.
// @ts-check
import { Flow, showChart, showJournal, statRows } from "../runtime/flow.js";

/** @typedef {import("../runtime/flow.js").State} State */
/** @typedef {import("../runtime/story.js").Story} Story */
/** @typedef {import("../runtime/flow.js").StatRow} StatRow */
/** @typedef {{ title: string, by: string, about: string, version: string, notes: string, ifid: string, licence: string, language: string, cover: string, structure: string, wording: string, edition: number, hasColours: boolean,
 *   hints: Map<string, string>, cards: readonly (readonly [string, string, string])[] }} About  what a story says of itself; `cards` are its achievements */
/** @typedef {{ undo: ((w: Flow) => unknown) | null, about: About }} Beside */

export class View {
  /** @param {Story} story @param {Beside} beside */
  constructor(story, beside) {
    this.story = story;
    this.beside = beside;
  }

  /** @param {State} state */
  stats(state) {
    return statRows(new Flow(this.story, state));
  }

  /** @param {State} state */
  journal(state) {
    return showJournal(new Flow(this.story, state));
  }

  /** @param {State} state */
  chart(state) {
    return showChart(new Flow(this.story, state), []);
  }

  /** Whether the story lets a player go back from a state; where that cannot be worked out it does. @param {State} state */
  canBeUndone(state) {
    const { undo } = this.beside;
    try {
      return !undo || Boolean(undo(new Flow(this.story, state)));
    } catch {
      return true;
    }
  }
}
