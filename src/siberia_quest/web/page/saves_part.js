// The list of saved games in the drawer, the checkpoints, and what begins anew.
// @ts-check
import { say } from "../runtime/language.js";
import { button, make } from "./dom.js";

/** @typedef {import("./main.js").App} App */
/** @typedef {import("./playthrough.js").Saved} Saved */

/** @param {App} app @returns {import("./dom.js").Child[]} */
export function savesPart(app) {
  const { language } = app.view.story;
  const input = make("input", { type: "text", id: "save-name", maxlength: 40, autocomplete: "off", required: true });
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    await app.saveAs(input.value.trim());
  };
  const list = make("ul", { class: "slots" });
  void fillList(app, list);
  const marks = app.play?.marks() ?? [];
  return [
    !app.saves.isKept && make("p", { class: "trouble" }, say(language, "page_unkept")),
    make("form", { class: "ask", submit: save }, make("label", { for: "save-name" }, say(language, "page_save_name")),
      make("div", { class: "line" }, input, make("button", { type: "submit", class: "act" }, say(language, "page_save")))),
    list,
    marks.length > 0 && make("h3", {}, say(language, "back_title")),
    marks.length > 0 && make("ul", { class: "slots" }, ...marks.map(({ turn, label, place }) =>
      make("li", {}, button(label || place, () => app.backTo(turn), { class: "slot" }, make("span", { class: "faint" }, say(language, "page_at_turn", { turn })))))),
    make("div", { class: "line spaced" }, askTwice(say(language, "begin_new"), say(language, "page_restart_sure"), () => app.openTitle())),
  ];
}

/** A button that asks before it does what cannot be taken back. @param {string} words @param {string} sure @param {() => void} then */
function askTwice(words, sure, then) {
  let isSure = false;
  const asked = button(words, () => {
    if (isSure) then();
    isSure = true;
    asked.textContent = sure;
  }, { class: "act second" });
  return asked;
}

/** @param {App} app @param {HTMLElement} list */
async function fillList(app, list) {
  const { language } = app.view.story;
  const entries = await app.listSaves();
  if (!entries.length) list.append(make("li", { class: "faint" }, say(language, "page_saves_empty")));
  for (const { slot, saved } of entries) {
    const when = new Date(saved.date).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
    const about = [saved.place, say(language, "page_at_turn", { turn: saved.turn }), when].filter(Boolean).join(" · ");
    list.append(make("li", {}, button(slot, () => app.load(slot), { class: "slot" }, make("span", { class: "faint" }, about)),
      askTwice("×", "×?", () => app.removeSave(slot).then(() => app.drawer.again()))));
    list.lastElementChild?.lastElementChild?.setAttribute("aria-label", say(language, "page_remove", { slot }));
  }
}
