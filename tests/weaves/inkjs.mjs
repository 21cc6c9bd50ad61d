// Plays stories in inkjs: `node inkjs.mjs FOLDER STORIES.json`, where FOLDER is where inkjs was installed and the file has a list of
// { ink, games: [[number, …], …] }. A number picks the choice of that rank, counted round. Prints a line of JSON for each story:
// for each game its pages, each [lines, choices]; or { error }.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [folder, input] = process.argv.slice(2);
const { Compiler } = createRequire(join(resolve(folder), "x.js"))("inkjs/full");

function play(story, picks) {
  story.ResetState();
  const pages = [];
  for (const pick of [...picks, null]) {
    const lines = story.ContinueMaximally().split("\n").map((line) => line.trim()).filter(Boolean);
    const choices = story.currentChoices.map((choice) => choice.text);
    pages.push([lines, choices]);
    if (!choices.length || pick === null) break;
    story.ChooseChoiceIndex(pick % choices.length);
  }
  return pages;
}

for (const { ink, games } of JSON.parse(readFileSync(input, "utf-8"))) {
  let found;
  try {
    const story = new Compiler(ink).Compile();
    story.onError = () => {};
    found = games.map((picks) => play(story, picks));
  } catch (error) {
    found = { error: String(error) };
  }
  console.log(JSON.stringify(found));
}
