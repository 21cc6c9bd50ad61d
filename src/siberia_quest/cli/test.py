"""`test`, for who writes a story."""

import sys
from pathlib import Path
from typing import TextIO

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import names_from_here, path_of, playtests_of, story_and_lines
from siberia_quest.cli.printing import progress
from siberia_quest.loading.report import render_all
from siberia_quest.model.markup import clean, escape
from siberia_quest.model.playtest import Playtests
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE, PROBLEMS
from siberia_quest.play.play_request import WrongRequest, only_settings_in
from siberia_quest.storage.paths import make_room, write_new
from siberia_quest.terminal.front import columns_of, write_line
from siberia_quest.tools.playing.blessing import bless
from siberia_quest.tools.playing.player import play_game
from siberia_quest.tools.playing.runs import TestResult, choose_tests, failures_of, run_tests
from siberia_quest.tools.playing.test_report import as_json, as_junit, as_text, game_as_json, place_failures
from siberia_quest.tools.playing.walkthroughs import Walked
from siberia_quest.tools.playing.workers import workers


def test(options: Options) -> int:
    """Run a story's tests and print how each went; return the exit status. Raises WrongRequest."""
    path = path_of(options.story)
    if options.junit:
        make_room(options.junit, force=options.force)
    story, _ = story_and_lines(options.story)
    tests = playtests_of(path, story)
    if options.style:
        return _play_alone(story, tests, options)
    picked = choose_tests(tests, options.only)
    if not picked.walkthroughs and not picked.targets:
        raise WrongRequest(say("no_tests", path=path / "tests"))
    if options.games:
        picked = picked._replace(targets=tuple(each._replace(games=options.games) for each in picked.targets))
    results = _run(path, story, picked, options)
    if options.junit:
        write_new(options.junit, as_junit(story.title, results).encode(), force=options.force)
    if options.form == "json":
        sys.stdout.write(escape(as_json(results)))
    if options.bless:
        _bless(path, picked, results, sys.stderr if options.form == "json" else sys.stdout)
    failed = sum(bool(failures_of(each)) for each in results)
    write_line(say("tests_done", count=len(results), failed=failed))
    return PROBLEMS if failed else FINE


def _run(path: Path, story: Story, tests: Playtests, options: Options) -> list[TestResult]:
    results: list[TestResult] = []
    games = sum(each.games for each in tests.targets)
    named = f" {options.story}" if options.story else ""
    with workers(options.jobs, games) as executor, progress(say("games_played")) as tell:
        for found in run_tests(path, story, tests, executor, tell):
            result = place_failures(found, names_from_here(path))
            results.append(result)
            if options.form == "text":
                tell(0, 0)  # so that the line of progress is out of the way
                sys.stdout.write(clean(as_text(result, f"siberia-quest test{named}", columns_of(sys.stdout))))
                sys.stdout.flush()
    return results


def _play_alone(story: Story, tests: Playtests, options: Options) -> int:
    """Play one game of a style and print its picks: how a game of a batch is looked at."""
    style = tests.styles.get(options.style)
    if style is None:
        raise WrongRequest(say("no_style", name=options.style, known=", ".join(tests.styles)))
    game = play_game(story, style, options.seed or 0, only_settings_in(story, dict(options.values)))
    if game.problem:
        at = game.problem.span
        named = names_from_here(path_of(options.story))
        game = game._replace(problem=game.problem._replace(span=at._replace(file=named(at.file))))
    sys.stdout.write(
        escape(game_as_json(style.name, game))
        if options.form == "json"
        else "".join(f"{clean(pick)}\n" for pick in game.picks)
    )
    if game.problem:
        sys.stderr.write(clean(render_all((game.problem,), {})))
        return PROBLEMS
    how = say("game_cut") if game.ending is None else say("game_ends", ending=game.ending or say("game_stops"))
    write_line(say("game_played", seed=game.seed, count=len(game.picks), how=how))
    return FINE


def _bless(path: Path, tests: Playtests, results: list[TestResult], target: TextIO) -> None:
    """Write the endings that walkthroughs came to into their files, and print what changed."""
    folder = path if path.is_dir() else path.parent
    for file, text, changes in bless(tests, tuple(each for each in results if isinstance(each, Walked))):
        (folder / file).write_text(text, encoding="utf-8")
        target.write(clean(changes))
