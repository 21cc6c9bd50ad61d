// inkjs over the same stories: `node inkjs_player.mjs FOLDER compile IN.ink OUT.json | load OUT.json | play OUT.json GAMES.json | cold …`
// `cold` plays the games once and no more, for a process that is timed from outside.
// FOLDER is where inkjs was installed. Prints one line of JSON. The games' picks are given as the texts of the choices taken.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [folder, command, input, other] = process.argv.slice(2);
// what plays is read without the compiler, which would make a cold start slower
const { Compiler, Story } = createRequire(join(resolve(folder), "x.js"))(command === "compile" ? "inkjs/full" : "inkjs");
const say = (found) => console.log(JSON.stringify(found));
const read = (path) => readFileSync(path, "utf-8").replace(/^\uFEFF/, "");
// the most memory of this process alone: maxRSS would count that of the one which started it
const memory = () => Number(/VmHWM:\s+(\d+)/.exec(read("/proc/self/status"))[1]) / 1024;

function game(story, picks) {
  story.ResetState();
  let told = 0;
  for (const wanted of picks) {
    told += story.ContinueMaximally().replaceAll("\n", "").length;
    const at = story.currentChoices.map((choice) => choice.text).indexOf(wanted);
    if (at < 0) throw new Error(`not on offer: ${wanted}`);
    story.ChooseChoiceIndex(at);
  }
  story.ContinueMaximally();
  return { told, numbers: [...Array(20).keys()].map((n) => story.variablesState[`n${n}`]) };
}

const began = performance.now();
if (command === "compile") {
  writeFileSync(other, new Compiler(read(input)).Compile().ToJson());
  say({ ms: performance.now() - began, mb: memory() });
} else if (command === "load") {
  const story = new Story(read(input));
  story.ContinueMaximally();
  say({ ms: performance.now() - began, mb: memory() });
} else if (command === "cold") {
  const story = new Story(read(input));
  const played = JSON.parse(read(other)).map((picks) => game(story, picks));
  say(played.map(({ numbers, told }) => [numbers, told]));
} else if (command === "play") {
  const story = new Story(read(input));
  const games = JSON.parse(read(other));
  game(story, games[0]);
  const start = performance.now();
  const played = games.map((picks) => game(story, picks));
  const ms = performance.now() - start;
  let state = "";
  let encoding = Infinity, loading = Infinity;
  for (let round = 0; round < 20; round++) {
    const before = performance.now();
    state = story.state.ToJson();
    const between = performance.now();
    story.state.LoadJson(state);
    encoding = Math.min(encoding, between - before);
    loading = Math.min(loading, performance.now() - between);
  }
  say({ ms, played, state: state.length, encoding, loading });
}
