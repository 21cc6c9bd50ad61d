// What lies beside the story: stats, journal, endings, saves, settings, keys. One sheet with a part for each.
// @ts-check
import { say } from "../runtime/language.js";
import { journal, plainProse } from "./blocks.js";
import { seriesFigure, statRows } from "./charts.js";
import { button, make, renew } from "./dom.js";
import { ODDS, SIZES, THEMES } from "./look.js";
import { savesPart } from "./saves_part.js";

/** @typedef {"stats" | "journal" | "endings" | "saves" | "settings" | "keys"} Part */
/** @typedef {import("./main.js").App} App */
/** @typedef {{ title: string, text: string, hint: string, isFound: boolean }} Card */

/** @type {readonly Part[]} */
const PARTS = ["stats", "journal", "endings", "saves", "settings", "keys"];

export class Drawer {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.language = app.view.story.language;
    this.body = make("div", { class: "part", tabindex: "-1" });
    this.tabs = new Map(PARTS.map((part) => [part, button(this.nameOf(part), () => this.show(part), { class: "tab" })]));
    this.element = make("dialog", { class: "drawer", "aria-label": say(this.language, "page_menu"), click: (/** @type {MouseEvent} */ event) => event.target === this.element && this.element.close() },
      make("div", { class: "sheet" }, make("div", { class: "top" }, make("nav", { class: "tabs" }, ...this.tabs.values()),
        button("×", () => this.element.close(), { class: "quiet close", "aria-label": say(this.language, "page_close") })), this.body));
    /** @type {Part} */
    this.part = "stats";
  }

  /** @param {Part} part */
  nameOf(part) {
    const { language } = this;
    /** @type {Record<Part, string>} */
    const names = {
      stats: say(language, "page_stats"), journal: say(language, "page_journal"), endings: say(language, "page_endings"), saves: say(language, "page_saves"),
      settings: say(language, "page_settings"), keys: say(language, "page_keys"),
    };
    return names[part];
  }

  get isOpen() {
    return this.element.open;
  }

  /** Open a part; the same part again closes it. @param {Part} part */
  toggle(part) {
    if (this.isOpen && this.part === part) this.element.close();
    else this.show(part);
  }

  /** @param {Part} part */
  show(part) {
    this.part = part;
    for (const [each, tab] of this.tabs) {
      tab.hidden = !this.isThere(each);
      if (each === part) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    renew(this.body, ...this.contents(part));
    this.body.setAttribute("aria-label", this.nameOf(part));
    if (!this.isOpen) this.element.showModal();
    this.body.scrollTop = 0;
    this.tabs.get(part)?.focus();
  }

  again() {
    if (this.isOpen) this.show(this.part);
  }

  /** Whether there is anything in a part: a story may have no stats, or no endings. @param {Part} part */
  isThere(part) {
    const { view, play } = this.app;
    if (part === "stats") return play !== null && view.stats(play.now.state).length > 0;
    if (part === "journal") return play !== null && play.now.state.journal.length > 0;
    if (part === "endings") return view.beside.about.hints.size + view.beside.about.cards.length > 0;
    return part !== "saves" || play !== null;
  }

  /** @param {Part} part @returns {import("./dom.js").Child[]} */
  contents(part) {
    const { app, language } = this;
    const state = app.play?.now.state;
    if (part === "settings") return this.settings();
    if (part === "keys") return this.keys();
    if (part === "endings") return this.endings();
    if (part === "saves") return savesPart(app);
    if (!state) return [];
    const { view } = app;
    if (part === "stats") {
      const changes = new Map(app.play?.now.page.changes.map((/** @type {any} */ change) => [change.name, change]));
      const rows = view.stats(state);
      return [rows.length ? statRows(language, rows, changes) : make("p", { class: "faint" }, say(language, "no_stats"))];
    }
    const { series } = /** @type {any} */ (view.chart(state));
    const lines = /** @type {any} */ (view.journal(state)).lines;
    return [lines.length > 1 && make("div", { class: "chart" }, ...series.map((/** @type {any} */ each) => seriesFigure(language, each))), journal(language, lines)];
  }

  endings() {
    const { language, app } = this;
    const { hints, cards } = app.view.beside.about;
    const all = [...app.view.story.printed.endings.values()].sort((one, other) => one.rank - other.rank);
    const { endings: found, achieved } = app.found;
    const gallery = all.map(({ id, title, text }) => ({ title: title || id, text, hint: hints.get(id) ?? "", isFound: Object.hasOwn(found, id) }));
    const unlocked = cards.map(([id, title, hint]) => ({ title, text: String(app.view.story.achievements.get(id)?.text ?? ""), hint, isFound: achieved.includes(id) }));
    const count = (/** @type {Card[]} */ listed) => ({ found: listed.filter(({ isFound }) => isFound).length, all: listed.length });
    return [...this.cards(say(language, "endings_title", count(gallery)), gallery), ...this.cards(say(language, "achievements_title", count(unlocked)), unlocked)];
  }

  /** What was found, the hints to the others, and of how many nothing is said. @param {string} title @param {Card[]} listed @returns {import("./dom.js").Child[]} */
  cards(title, listed) {
    const { language } = this;
    if (!listed.length) return [];
    const missing = listed.filter(({ isFound }) => !isFound);
    const hints = [...new Set(missing.map(({ hint }) => hint).filter(Boolean))];
    const bare = missing.filter(({ hint }) => !hint).length;
    return [make("h3", {}, title), make("ul", { class: "cards" }, ...listed.filter(({ isFound }) => isFound).map((card) => make("li", { class: "card found" }, make("h4", {}, card.title), ...plainProse(card.text)))),
      hints.length > 0 && make("h4", { class: "faint" }, say(language, "hints_title")), hints.length > 0 && make("ul", { class: "cards" }, ...hints.map((hint) => make("li", { class: "card" }, hint))),
      bare > 0 && make("p", { class: "faint" }, bare === 1 ? say(language, "unhinted_one") : say(language, "unhinted_many", { number: bare }))];
  }

  settings() {
    const { language, app } = this;
    const { look } = app;
    const one = (/** @type {string} */ words, /** @type {import("./dom.js").Child[]} */ ...inner) => make("fieldset", { class: "setting" }, make("legend", {}, words), make("div", { class: "options" }, ...inner));
    const radio = (/** @type {keyof import("./look.js").Look} */ name, /** @type {any} */ value, /** @type {string} */ words) => {
      const input = make("input", { type: "radio", name: `look ${name}`, checked: look[name] === value, change: () => app.setLook({ ...look, ...app.look, [name]: value }) });
      return make("label", { class: "option" }, input, make("span", {}, words));
    };
    const [on, off] = [say(language, "on"), say(language, "off")];
    const themes = { story: say(language, "page_theme_story"), system: say(language, "page_theme_system"), light: say(language, "page_theme_light"), dark: say(language, "page_theme_dark"), contrast: say(language, "page_theme_contrast") };
    const odds = { both: say(language, "page_odds_both"), word: say(language, "page_odds_word"), number: say(language, "page_odds_number"), none: say(language, "page_odds_none") };
    return [one(say(language, "page_theme"), ...THEMES.filter((theme) => theme !== "story" || app.view.beside.about.hasColours).map((theme) => radio("theme", theme, themes[theme]))),
      one(say(language, "page_size"), ...SIZES.map((size) => radio("size", size, `${size}%`))),
      one(say(language, "page_odds"), ...ODDS.map((each) => radio("odds", each, odds[each]))),
      one(say(language, "page_motion"), radio("motion", true, on), radio("motion", false, off)),
      one(say(language, "page_keys_setting"), radio("keys", true, on), radio("keys", false, off)),
      ...this.about()];
  }

  about() {
    const { title, by, version, licence } = this.app.view.beside.about;
    const parts = [title, by && say(this.language, "by", { by }), version, licence].filter(Boolean).join(" · ");
    return [make("p", { class: "faint imprint" }, parts)];
  }

  keys() {
    const { language } = this;
    const rows = [["1–9", say(language, "page_key_choice")], ["U", say(language, "help_undo")], ["R", say(language, "help_redo")], ["S", this.nameOf("stats")], ["J", this.nameOf("journal")],
      ["E", this.nameOf("endings")], ["G", this.nameOf("saves")], ["M", this.nameOf("settings")], ["?", this.nameOf("keys")], ["Esc", say(language, "page_close")]];
    return [make("dl", { class: "keys" }, ...rows.flatMap(([key, words]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, words)]))];
  }
}
