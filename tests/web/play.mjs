// Plays games of printed stories: `node play.mjs RUNTIME`, with a line of JSON for each request on standard input and for each answer on standard output.
// { story: BODY } takes a story; { seed, settings, kept, picks } plays a game and answers with its turns.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const parts = await Promise.all(["numbers", "chance", "text", "counts", "flow", "story"].map((name) => import(pathToFileURL(join(folder, `${name}.js`)).href)));
const runtime = Object.assign({}, ...parts);
const names = Object.keys(runtime);
let story;

const plainState = (state) => ({
  ...state,
  type: "State",
  chance: String(runtime.together(...state.chance)),
  seed: String(state.seed),
  counts: state.counts.entries(),
});
const same = (key, value) => (typeof value === "bigint" ? String(value) : value instanceof Map ? [...value] : value);

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  let answer;
  try {
    if (asked.story !== undefined) {
      story = new runtime.Story(new Function(...names, asked.story)(...names.map((name) => runtime[name])));
      answer = { ready: true };
    } else {
      const turns = [story.begin(BigInt(asked.seed), asked.settings, asked.kept)];
      for (const pick of asked.picks) {
        const { state } = turns[turns.length - 1];
        try {
          turns.push(story.advance(state, pick));
        } catch (error) {
          if (!(error instanceof runtime.NotOnOffer)) throw error;
          turns.push({ state, page: { refused: error.message } });
        }
      }
      answer = { turns: turns.map(({ state, page }) => ({ state: plainState(state), page })) };
    }
  } catch (error) {
    answer = { error: String(error.stack ?? error) };
  }
  process.stdout.write(JSON.stringify(answer, same) + "\n");
}
