// Plays games of printed stories: `node play.mjs RUNTIME`, with a line of JSON for each request on standard input and each answer on standard output.
// { story: BODY } takes a story; { seed, settings, kept, picks } plays a game and answers with its turns; { state, pick } goes on from a state.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const read = async (name) => import(pathToFileURL(join(folder, `${name}.js`)).href);
const runtime = Object.assign({}, ...(await Promise.all(["numbers", "chance", "text", "counts", "language", "flow", "figures", "story"].map(read))));
const names = Object.keys(runtime);
let story;

const plain = ({ state, page }) => ({
  status: page.refused === undefined ? story.status(state) : [],
  panels: page.refused === undefined ? story.panels(state) : [],
  state: { ...state, type: "State", chance: String(runtime.together(...state.chance)), seed: String(state.seed), counts: state.counts.entries() },
  page,
});

const revived = ({ type, ...state }) => ({
  ...state,
  chance: runtime.halves(BigInt(state.chance)),
  seed: BigInt(state.seed),
  counts: new runtime.Counts().with(new Map(state.counts)),
});

function turnAfter(state, pick) {
  try {
    return story.advance(state, pick);
  } catch (error) {
    if (!(error instanceof runtime.NotOnOffer)) throw error;
    return { state, page: { refused: error.message } };
  }
}

function answer({ story: body, state, pick, seed, settings, kept, picks }) {
  if (body !== undefined) {
    story = new runtime.Story(new Function(...names, body)(...names.map((name) => runtime[name])));
    return { ready: true };
  }
  if (state !== undefined) return { turn: plain(turnAfter(revived(state), pick)) };
  const turns = [story.begin(BigInt(seed), settings, kept)];
  for (const each of picks) turns.push(turnAfter(turns[turns.length - 1].state, each));
  return { turns: turns.map(plain) };
}

for await (const line of createInterface({ input: process.stdin })) {
  let said;
  try {
    said = answer(JSON.parse(line));
  } catch (error) {
    said = { error: String(error.stack ?? error) };
  }
  process.stdout.write(JSON.stringify(said) + "\n");
}
