// The pages of a game, one under the other: what was told, what was picked, and what can be done now.
// @ts-check
import { say } from "../runtime/language.js";
import { delay, toldOf } from "./blocks.js";
import { figureRow } from "./charts.js";
import { add, button, make, renew } from "./dom.js";
import { isMoving } from "./look.js";
import { remarkOn } from "./phrases.js";

/** @typedef {import("./playthrough.js").Playthrough} Playthrough */
/** @typedef {import("../runtime/flow.js").Option} Option */
/** @typedef {import("../runtime/figures.js").Figure} Figure */
/** @typedef {{ pick: (id: string) => void, backTo: (turn: number) => void, again: () => void, undo: () => void, endings: () => void }} Ways */

/** So many earlier turns are shown at first, and so many more each time they are asked for. */
const SHOWN = 25;

export class Reader {
  /** @param {import("./view.js").View} view @param {Ways} ways @param {() => import("./look.js").Look} look */
  constructor(view, ways, look) {
    this.view = view;
    this.language = view.story.language;
    this.ways = ways;
    this.look = look;
    this.first = 0;
    this.ends = 0;
    const { language } = this;
    this.earlier = button(say(language, "page_earlier"), () => this.showEarlier(), { class: "quiet earlier", hidden: true });
    this.log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": say(language, "page_told") });
    this.panels = make("div", { class: "side-panels" });
    this.choices = make("div", { class: "choices", role: "group", tabindex: "-1", "aria-label": say(language, "page_choices") });
    this.now = make("div", { class: "now" });
    this.log.addEventListener("animationstart", (event) => followBeat(event.target));
    this.element = make("div", { class: "reader" }, this.earlier, this.log, this.now);
    /** @type {Playthrough | null} */
    this.play = null;
  }

  /** Show a game from its last turns on, as after it was opened or somebody went back. @param {Playthrough} play */
  showAll(play) {
    this.play = play;
    this.first = Math.max(0, play.at - SHOWN);
    renew(this.log, ...this.turns(this.first, play.at));
    this.showNow(true);
  }

  /** Show the turn that was just made under those before it. @param {Playthrough} play */
  showNext(play) {
    this.play = play;
    this.log.append(...this.turns(play.at, play.at));
    this.showNow(false);
  }

  /** @param {number} from @param {number} to */
  turns(from, to) {
    const found = [];
    for (let turn = from; turn <= to; turn++) found.push(this.turn(turn));
    return found;
  }

  /** @param {number} turn */
  turn(turn) {
    const { language } = this;
    const play = /** @type {Playthrough} */ (this.play);
    const { page, words, pick } = play.moments[turn];
    const isNow = turn === play.at;
    const { nodes, wait } = toldOf(language, page, this.look());
    this.wait = isNow && isMoving(this.look()) ? wait : 0;
    const back = make("div", { class: "back" }, button(say(language, "page_back_here"), () => this.ways.backTo(turn), { class: "quiet", "aria-label": say(language, "page_back_to", { turn }) }));
    const echo = turn > 0 && (words || pick) && make("p", { class: "echo" }, make("span", { class: "unseen" }, `${say(language, "page_you_chose")} `), words || pick);
    return make("section", { class: "turn", "data-turn": turn }, echo, ...nodes, back);
  }

  showEarlier() {
    const from = Math.max(0, this.first - SHOWN);
    const before = this.log.scrollHeight;
    this.log.prepend(...this.turns(from, this.first - 1));
    this.first = from;
    this.earlier.hidden = from === 0;
    scrollBy(0, this.log.scrollHeight - before);
  }

  /** @param {boolean} atOnce whether the page appears without motion */
  showNow(atOnce) {
    const play = /** @type {Playthrough} */ (this.play);
    const last = this.log.lastElementChild;
    for (const each of this.log.querySelectorAll(".turn.last")) each.classList.remove("last", "running");
    last?.classList.add("last");
    this.earlier.hidden = this.first === 0;
    const { page } = play.now;
    this.showChoices(play, page);
    this.run(atOnce ? 0 : (this.wait ?? 0));
    renew(this.now, this.panels, this.choices);
    if (last instanceof HTMLElement) this.bringUp(last, atOnce);
    this.choices.focus({ preventScroll: true });
    if (page.problem) this.refuse(say(this.language, "story_problem"), problemInWords(page.problem));
  }

  /** Bring the new text to the top of the window. @param {HTMLElement} last @param {boolean} atOnce */
  bringUp(last, atOnce) {
    const header = document.querySelector("header")?.getBoundingClientRect().height ?? 0;
    const room = innerHeight - header - last.getBoundingClientRect().height;
    this.now.style.minHeight = `${Math.max(0, room)}px`;
    const top = this.play?.at ? scrollY + last.getBoundingClientRect().top - header : 0;
    scrollTo({ top, behavior: atOnce || !isMoving(this.look()) ? "instant" : "smooth" });
  }

  /** Let montages of the new page run for so long; any tap or key ends them. @param {number} wait */
  run(wait) {
    clearTimeout(this.ends);
    const isRunning = wait > 0;
    this.element.classList.toggle("running", isRunning);
    for (const each of [this.choices, this.panels]) {
      each.classList.remove("later");
      if (isRunning) delay(each, wait);
    }
    if (isRunning) this.ends = setTimeout(() => this.endRun(), wait);
    this.log.lastElementChild?.classList.toggle("running", isRunning);
  }

  get isRunning() {
    return this.element.classList.contains("running");
  }

  endRun() {
    this.run(0);
  }

  /** @param {Playthrough} play @param {import("../runtime/story.js").Page} page */
  showChoices(play, page) {
    const { language, ways } = this;
    renew(this.panels, ...this.view.story.panels(play.now.state).map((board) => this.board(board)));
    if (page.ask) renew(this.choices, this.question(page.ask));
    else if (page.options.length) renew(this.choices, make("ol", {}, ...page.options.map((option, index) => this.option(option, index + 1))));
    else {
      const undo = play.at > 0 && !play.isBarred(play.at - 1);
      renew(this.choices, make("div", { class: "after" }, button(say(language, "end_restart"), ways.again, { class: "act" }),
        undo && button(say(language, "end_undo"), ways.undo, { class: "act second" }), this.view.beside.about.hints.size > 0 && button(say(language, "end_endings"), ways.endings, { class: "act second" })));
    }
  }

  /** One of the story's panels as it stands. @param {import("../runtime/figures.js").Board} board */
  board({ title, beside, left, right, below }) {
    const side = (/** @type {string} */ name, /** @type {Figure[]} */ figures) => figures.length > 0 && make("ul", { class: `stats ${name}` }, ...figures.map((each) => figureRow(this.language, each)));
    const head = (title || beside.length > 0) && make("div", { class: "head" }, title && make("h3", {}, title), side("beside", beside));
    return make("section", { class: "side-panel" }, head, make("div", { class: "sides" }, side("left", left), side("right", right)), side("below", below));
  }

  /** @param {Option} option @param {number} number */
  option(option, number) {
    const { language } = this;
    const remark = remarkOn(language, option, this.look().odds);
    const words = make("span", { class: "words" }, option.text, option.hint && make("span", { class: "hint" }, option.hint));
    const given = { class: "choice", "data-pick": option.id, "aria-disabled": option.enabled ? null : "true" };
    return make("li", {}, make("button", { type: "button", click: () => option.enabled && this.ways.pick(option.id), ...given },
      make("span", { class: "number", "aria-hidden": "true" }, String(number)), words, remark && make("span", { class: "remark" }, remark)));
  }

  /** @param {import("../runtime/flow.js").Ask} ask */
  question({ prompt, number, default: given, longest, optional }) {
    const { language } = this;
    const input = make("input", { type: "text", id: "answer", value: "", placeholder: given, autocomplete: "off", maxlength: longest || 200, inputmode: number ? "decimal" : "text" });
    const answered = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.ways.pick(input.value);
    };
    const label = optional ? say(language, "page_answer_optional", { prompt }) : prompt;
    this.refusal = make("p", { class: "refusal", role: "alert", id: "refusal" });
    input.setAttribute("aria-describedby", "refusal");
    return make("form", { class: "ask", submit: answered }, make("label", { for: "answer" }, label),
      make("div", { class: "line" }, input, make("button", { type: "submit", class: "act" }, say(language, "page_answer"))), this.refusal);
  }

  /** Say why a pick was not taken. @param {string} reason @param {string} [detail] */
  refuse(reason, detail = "") {
    const told = this.refusal?.isConnected ? this.refusal : make("p", { class: "refusal", role: "alert" });
    if (!told.isConnected) this.choices.prepend(told);
    renew(told, reason);
    if (detail) add(told, make("span", { class: "detail" }, detail));
  }
}

/** What its author wants to know of a problem. @param {import("../runtime/story.js").Problem} problem */
export const problemInWords = ({ file, line, code, message }) => `${file}:${line}: ${message} (${code})`;

/** Keep the beat that appears in the window. @param {EventTarget | null} beat */
function followBeat(beat) {
  if (beat instanceof Element && beat.classList.contains("beat")) beat.scrollIntoView({ block: "nearest", behavior: "smooth" });
}
