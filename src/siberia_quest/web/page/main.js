// The page: opens the story, keeps the game after every turn, and hears what is pressed.
// @ts-check
import { say } from "../runtime/language.js";
import { Story } from "../runtime/story.js";
import { button, make, renew } from "./dom.js";
import { Drawer } from "./drawer.js";
import { applyLook, lookOf } from "./look.js";
import { openingScreen } from "./opening.js";
import { sayTurns } from "./phrases.js";
import { NotOnOffer, Playthrough } from "./playthrough.js";
import { problemInWords, Reader } from "./reader.js";
import { Saves } from "./saves.js";
import { View } from "./view.js";

/** @typedef {import("./playthrough.js").Saved} Saved */
/** @typedef {import("./playthrough.js").Values} Values */
/** @typedef {{ endings: Record<string, { times: number, first: string }>, achieved: string[], kept: Values }} Found  what outlives a game */

const [AUTOSAVE, FOUND, LOOK, SLOT] = ["autosave", "found", "look", "save "];
/** @type {Readonly<Record<string, import("./drawer.js").Part>>} */
const PART_KEYS = { s: "stats", j: "journal", e: "endings", g: "saves", m: "settings", "?": "keys" };

export class App {
  /** @param {View} view @param {Saves} saves @param {unknown} look @param {Partial<Found> | undefined} found */
  constructor(view, saves, look, found) {
    this.view = view;
    this.saves = saves;
    this.look = lookOf(look, view.beside.about.hasColours);
    /** @type {Found} */
    this.found = { endings: {}, achieved: [], kept: {}, ...found };
    /** @type {Playthrough | null} */
    this.play = null;
    /** Who else is told that another page is shown. @type {(() => void) | undefined} */
    this.shown = undefined;
    const { language } = view.story;
    const ways = {
      pick: (/** @type {string} */ id) => void this.pick(id), backTo: (/** @type {number} */ turn) => void this.backTo(turn), undo: () => void this.undo(),
      again: () => void this.openTitle(), endings: () => this.drawer.show("endings"),
    };
    this.reader = new Reader(view, ways, () => this.look);
    this.drawer = new Drawer(this);
    this.place = make("span", { class: "place" });
    this.status = make("ul", { class: "status" });
    this.undoButton = button(say(language, "page_undo"), () => void this.undo(), { class: "quiet undo", title: say(language, "help_undo") });
    const menu = button(say(language, "page_menu"), () => this.drawer.show(this.drawer.isThere("stats") ? "stats" : "settings"), { class: "quiet menu", "aria-haspopup": "dialog" });
    this.header = make("header", {}, make("div", { class: "where" }, make("h1", { class: "title" }, view.beside.about.title), this.place), this.status, make("div", { class: "tools" }, this.undoButton, menu));
    this.main = make("main", { id: "main" });
    this.notice = make("div", { class: "notice", role: "status", "aria-live": "polite" });
    renew(document.body, this.header, this.main, this.notice, this.drawer.element);
    for (const each of [this.header, this.notice, this.drawer.element]) each.lang = view.beside.about.language;
    applyLook(this.look);
    addEventListener("keydown", (event) => this.hear(event));
    addEventListener("click", (event) => this.endMontage(event), true);
  }

  get language() {
    return this.view.story.language;
  }

  // --- beginning and going on

  /** Show the title; what was under way is there to go on with. */
  async openTitle() {
    this.drawer.element.close();
    const under = await this.underWay();
    this.play = null;
    this.showHeader();
    renew(this.main, openingScreen(this.view, under, { begin: (settings) => void this.begin(settings), goOn: () => void (under && this.goOn(under)) }));
    scrollTo(0, 0);
    /** @type {HTMLElement | null} */ (this.main.querySelector(under ? "#go-on" : "h1"))?.focus({ preventScroll: true });
  }

  /** The game that was played last, where there is one that has not ended. @returns {Promise<Saved | undefined>} */
  async underWay() {
    const saved = await this.saves.read(AUTOSAVE);
    return saved && !saved.ended && saved.turn > 0 ? saved : undefined;
  }

  /** Begin a new game; the one under way is kept beside. @param {Values} settings */
  async begin(settings) {
    const under = await this.underWay();
    if (under) await this.keep(`${SLOT}${await this.freeName(under.place || under.date)}`, under);
    this.open(Playthrough.begin(this.view, settings, this.found.kept));
    await this.autosave();
  }

  /** @param {Saved} saved */
  async goOn(saved) {
    const play = Playthrough.restore(this.view, saved);
    this.open(play);
    const isEdited = saved.structure !== this.view.beside.about.structure;
    if (isEdited || play.at < saved.picks.length) this.tell(say(this.language, "edited"));
  }

  /** @param {Playthrough} play */
  open(play) {
    this.drawer.element.close();
    this.play = play;
    renew(this.main, this.reader.element);
    this.showHeader();
    this.reader.showAll(play);
  }

  // --- moves

  /** @param {string} id */
  async pick(id) {
    const { play, reader } = this;
    if (!play) return;
    try {
      const { problem } = play.pick(id);
      if (problem) return reader.refuse(say(this.language, "story_problem"), problemInWords(problem));
    } catch (error) {
      if (!(error instanceof NotOnOffer)) throw error;
      return reader.refuse(error.message);
    }
    reader.showNext(play);
    this.showHeader();
    await this.remember();
    await this.autosave();
  }

  async undo() {
    const { play } = this;
    if (!play) return;
    if (play.at > 0 && play.isBarred(play.at - 1)) this.tell(say(this.language, "held"));
    else if (!play.backTo(play.at - 1)) this.tell(say(this.language, "nothing_to_undo"));
    else await this.moved(say(this.language, "undone", { turns: sayTurns(this.language, 1) }));
  }

  async redo() {
    const { play } = this;
    if (!play) return;
    if (!play.backTo(play.at + 1)) this.tell(say(this.language, "nothing_to_redo"));
    else await this.moved(say(this.language, "redone", { turns: sayTurns(this.language, 1) }));
  }

  /** @param {number} turn */
  async backTo(turn) {
    this.drawer.element.close();
    if (this.play?.backTo(turn)) await this.moved(say(this.language, "back_done", { turn }));
    else this.tell(say(this.language, "held"));
  }

  /** Show where the game stands after a move that was no pick. @param {string} words */
  async moved(words) {
    if (!this.play) return;
    this.reader.showAll(this.play);
    this.showHeader();
    this.tell(words);
    await this.autosave();
  }

  // --- keeping

  /** Keep the game as it stands; where that fails it goes on, and says so. */
  async autosave() {
    if (this.play) await this.keep(AUTOSAVE, this.play.save());
  }

  /** @param {string} name @param {unknown} value */
  async keep(name, value) {
    try {
      await this.saves.write(name, value);
      return true;
    } catch (error) {
      this.tell(say(this.language, "autosave_failed", { reason: error instanceof Error ? `${error.message}.` : "" }));
      return false;
    }
  }

  /** Keep what a turn brought that outlives the game. */
  async remember() {
    const { state } = /** @type {Playthrough} */ (this.play).now;
    const { endings, achieved, kept } = this.found;
    const { printed } = this.view.story;
    const seen = state.ending === null ? endings : { ...endings, [state.ending]: { times: (endings[state.ending]?.times ?? 0) + 1, first: endings[state.ending]?.first ?? new Date().toISOString().slice(0, 10) } };
    const lasting = Object.fromEntries(printed.variables.filter((each) => each.keep).map(({ name, slot }) => [name, state.values[slot]]));
    const found = { endings: seen, achieved: [...new Set([...achieved, ...state.achieved])], kept: { ...kept, ...lasting } };
    if (JSON.stringify(found) === JSON.stringify(this.found)) return;
    this.found = found;
    await this.keep(FOUND, found);
  }

  /** The games that were saved under a name, newest first. @returns {Promise<{ slot: string, saved: Saved }[]>} */
  async listSaves() {
    const names = (await this.saves.list()).filter((name) => name.startsWith(SLOT));
    const entries = await Promise.all(names.map(async (name) => ({ slot: name.slice(SLOT.length), saved: await this.saves.read(name) })));
    return entries.sort((one, other) => (one.saved.date < other.saved.date ? 1 : -1));
  }

  /** A name that no save has. @param {string} wished */
  async freeName(wished) {
    const taken = await this.saves.list();
    let name = wished;
    for (let number = 2; taken.includes(`${SLOT}${name}`); number++) name = `${wished} (${number})`;
    return name;
  }

  /** @param {string} wished */
  async saveAs(wished) {
    if (!this.play || !wished) return;
    const slot = await this.freeName(wished);
    if (await this.keep(`${SLOT}${slot}`, this.play.save())) this.tell(say(this.language, "saved", { slot }));
    this.drawer.again();
  }

  /** @param {string} slot */
  async load(slot) {
    await this.goOn(await this.saves.read(`${SLOT}${slot}`));
    await this.autosave();
    this.tell(say(this.language, "loaded", { slot }));
  }

  /** @param {string} slot */
  async removeSave(slot) {
    await this.saves.remove(`${SLOT}${slot}`);
  }

  /** @param {import("./look.js").Look} look */
  setLook(look) {
    const hasOtherOdds = look.odds !== this.look.odds;
    this.look = look;
    applyLook(look);
    if (hasOtherOdds && this.play) this.reader.showAll(this.play);
    void this.keep(LOOK, look);
  }

  // --- showing and hearing

  showHeader() {
    const { play, language } = this;
    this.header.classList.toggle("bare", !play);
    document.title = this.view.beside.about.title;
    this.place.textContent = play?.now.page.place ?? "";
    this.undoButton.disabled = !play || play.at === 0 || play.isBarred(play.at - 1);
    const entries = play ? this.view.story.status(play.now.state) : [];
    renew(this.status, ...entries.map(({ label, text }) => make("li", {}, label && make("span", { class: "label" }, `${label} `), make("b", {}, text))));
    this.status.setAttribute("aria-label", say(language, "page_status"));
    this.shown?.();
  }

  /** @param {string} words @param {boolean} [stays] until something else is told */
  tell(words, stays = false) {
    renew(this.notice, make("p", {}, words));
    clearTimeout(this.quiet);
    if (!stays) this.quiet = setTimeout(() => renew(this.notice), 6000);
  }

  /** A tap while a montage runs shows all of it, and does nothing else. @param {Event} event */
  endMontage(event) {
    if (!this.reader.isRunning || !(event.target instanceof Element) || event.target.closest("header, dialog")) return;
    event.stopPropagation();
    event.preventDefault();
    this.reader.endRun();
  }

  /** @param {KeyboardEvent} event */
  hear(event) {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || (target instanceof Element && target.closest("input, select, textarea"))) return;
    if (this.reader.isRunning && !this.drawer.isOpen && !["Tab", "Shift", "Escape"].includes(key)) {
      event.preventDefault();
      return this.reader.endRun();
    }
    if (!this.look.keys) return;
    const part = PART_KEYS[key.toLowerCase()];
    if (part && this.drawer.isThere(part)) this.drawer.toggle(part);
    else if (this.drawer.isOpen) return;
    else if (/^[1-9]$/.test(key)) this.reader.choices.querySelectorAll("button")[Number(key) - 1]?.click();
    else if (key.toLowerCase() === "u") void this.undo();
    else if (key.toLowerCase() === "r") void this.redo();
    else return;
    event.preventDefault();
  }
}

/** Open a story that was printed; in one that is being written a game goes on wherever it stands.
 * @param {import("../runtime/story.js").Printed & import("./view.js").Beside} printed */
export async function main(printed, isWatched = false) {
  const saves = await Saves.open(printed.about.ifid || printed.id);
  const [look, found] = await Promise.all([LOOK, FOUND].map((name) => saves.read(name).catch(() => undefined)));
  const app = new App(new View(new Story(printed), printed), saves, look, found);
  if (!saves.isKept) app.tell(say(app.language, "page_unkept"));
  const under = isWatched ? await saves.read(AUTOSAVE) : await app.underWay();
  if (under) await app.goOn(under);
  else await app.openTitle();
  return app;
}
