// What comes before the first page: the title, content notes, the story's settings, and the game under way.
// @ts-check
import { say } from "../runtime/language.js";
import { typedNumber } from "../runtime/story.js";
import { button, make } from "./dom.js";

/** @typedef {import("../runtime/story.js").Setting} Setting */
/** @typedef {import("./playthrough.js").Saved} Saved */
/** @typedef {import("./playthrough.js").Values} Values */

/** @param {import("./view.js").View} view @param {Saved | undefined} under the game under way @param {{ begin: (settings: Values) => void, goOn: () => void }} ways */
export function openingScreen({ story, beside: { about } }, under, { begin, goOn }) {
  const { language, printed } = story;
  const fields = printed.settings.map((setting) => settingField(language, setting));
  const started = (/** @type {Event} */ event) => {
    event.preventDefault();
    begin(Object.fromEntries(fields.map(({ name, value }) => [name, value()])));
  };
  const words = say(language, "begin_new");
  const form = make("form", { class: "begin", submit: started }, ...fields.map(({ element }) => element),
    make("button", { type: "submit", class: under ? "act second" : "act" }, words));
  const where = under && say(language, under.place ? "under_way" : "under_way_bare", { place: under.place, turn: under.turn });
  return make("div", { class: "opening" },
    about.cover && make("img", { class: "cover", src: about.cover, alt: say(language, "page_cover", { title: about.title }) }),
    make("h1", { tabindex: "-1" }, about.title),
    about.by && make("p", { class: "by" }, say(language, "by", { by: about.by })),
    about.about && make("p", { class: "about" }, about.about),
    about.notes && make("p", { class: "notes" }, say(language, "content_notes", { notes: about.notes })),
    under && make("section", { class: "under-way" }, make("p", {}, where), button(say(language, "go_on"), goOn, { class: "act", id: "go-on" })),
    form);
}

/** @param {import("../runtime/language.js").Language} language @param {Setting} setting @returns {{ name: string, element: HTMLElement, value: () => import("../runtime/flow.js").Value }} */
function settingField(language, { name, prompt, kind, options, start }) {
  if (options.length) {
    const choices = options.map(([id, label]) => {
      const input = make("input", { type: "radio", name: `setting ${name}`, value: id, checked: id === start });
      return { id, input, element: make("label", { class: "radio" }, input, make("span", {}, label)) };
    });
    const element = make("fieldset", {}, make("legend", {}, prompt), ...choices.map(({ element }) => element));
    return { name, element, value: () => choices.find(({ input }) => input.checked)?.id ?? start };
  }
  if (kind.base === "yes_no") {
    const box = make("input", { type: "checkbox", checked: start === true });
    return { name, element: make("label", { class: "radio" }, box, make("span", {}, prompt)), value: () => box.checked };
  }
  const isNumber = kind.base === "number";
  const input = make("input", { type: "text", value: String(start), autocomplete: "off", inputmode: isNumber ? "decimal" : "text", maxlength: kind.longest || false });
  const check = () => input.setCustomValidity(isNumber && input.value.trim() && typedNumber(input.value) === null ? say(language, "setting_number") : "");
  input.addEventListener("input", check);
  const value = () => (isNumber ? (typedNumber(input.value) ?? start) : input.value.trim() || start);
  return { name, element: make("label", { class: "field" }, make("span", {}, prompt), input), value };
}
