// The page of a story that is being written: taken anew after every save of a file, with all values to see.
// @ts-check
import { make, renew } from "./dom.js";
import { main } from "./main.js";

/** @typedef {import("./main.js").App} App */

/** Open a story that is being written, and follow it. @param {import("../runtime/story.js").Printed & import("./view.js").Beside} printed */
export async function watch(printed) {
  const app = await main(printed, true);
  const list = make("dl", { class: "keys" });
  document.body.append(make("details", { class: "values" }, make("summary", {}, "values"), list));
  app.shown = () => renew(list, ...valuesOf(app));
  app.shown();
  await follow(app, printed.about.edition);
}

/** Every value of the story as it is now, also those that players never see. @param {App} app */
function valuesOf({ play, view }) {
  const values = play?.now.state.values ?? [];
  return view.story.printed.names.flatMap((name, slot) => [make("dt", {}, name), make("dd", {}, JSON.stringify(values[slot]) ?? "")]);
}

/** Wait for editions: a good one is taken in, with the game in its place; of another its first mistake is told. @param {App} app @param {number} number */
async function follow(app, number) {
  for (let after = number, failed = 0; failed < 3; ) {
    try {
      const news = await (await fetch(`news?after=${after}`)).json();
      failed = 0;
      if (news.number !== after && !news.trouble) return location.reload();
      if (news.number !== after) app.tell(news.trouble, true);
      after = news.number;
    } catch {
      failed++;
      await new Promise((resolve) => setTimeout(resolve, 500 * failed));
    }
  }
  app.tell("siberia-quest watch has ended.", true);
}
