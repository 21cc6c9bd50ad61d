"""Stories that are tested by playing them: walkthroughs, styles, targets."""

import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from cli.shell import STORIES, siberia_quest
from siberia_quest import load_story
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.model.playtest import RANDOM, Playtests, Preference, Style
from siberia_quest.model.story import Story
from siberia_quest.tools.exploring.exact import exact_odds
from siberia_quest.tools.playing.batches import Batch, play_batch
from siberia_quest.tools.playing.player import play_game
from siberia_quest.tools.playing.runs import failures_of, run_tests
from siberia_quest.tools.playing.workers import workers

HUNT = """
story: A hunt
settings:
  winter: {ask: How hard?, one_of: {mild: Mild, hard: Hard}, start: mild}
stats:
  food: {start: 0, range: [0, 20]}
variables:
  hunter: {text: nobody, max: 20}
endings:
  fed: {title: Fed}
  hungry: {title: Hungry}
passages:
  door:
    text: Snow to the sill.
    ask: {into: hunter, prompt: Who goes?}
    goto: wood
  wood:
    text: The wood is quiet. {hunter} has {food}.
    choices:
      - text: Set a snare
        id: snare
        tags: patient
        check: {odds: 50}
        success: {do: food += 4}
        failure: A cut string.
        goto: wood
      - text: Shoot
        id: shoot
        tags: [loud, quick]
        check: {odds: 25}
        success: {do: food += 8}
        failure: Nothing but echo.
        goto: wood
      - text: Go home
        id: home
        then:
          - if: food >= 8
            then: [end: fed]
          - end: hungry
"""


@pytest.fixture
def hunt(tmp_path: Path) -> Path:
    folder = tmp_path / "hunt"
    (folder / "tests").mkdir(parents=True)
    (folder / "story.yaml").write_text(HUNT, "utf-8")
    return folder


def story_in(folder: Path) -> Story:
    story = load_story(folder).story
    assert story is not None
    return story


def with_tests(folder: Path, text: str) -> Playtests:
    (folder / "tests" / "all.yaml").write_text(text, "utf-8")
    return read_playtests(folder, story_in(folder))


def failing(folder: Path, walkthrough: str) -> str:
    """Return what goes wrong in a walkthrough, "" where nothing does."""
    tests = with_tests(folder, f"walkthrough: It goes well\n{walkthrough}")
    assert not tests.diagnostics
    (result,) = run_tests(folder, story_in(folder), tests)
    failure = getattr(result, "failure", None)
    return f"{failure.span.line}: {failure.message}" if failure else ""


class TestWalkthroughs:
    def test_picks_and_expectations_that_fit_pass(self, hunt: Path) -> None:
        play = """
seed: 1
settings: {winter: hard}
play:
  - Anna
  - expect: {at: wood, text: Anna has 0, offers: snare, lacks: go_on, where: winter == hard and food == 0}
  - again: {pick: snare, times: 3}
  - [shoot, home]
"""
        assert failing(hunt, play) == ""

    def test_something_is_picked_until_a_condition_holds_and_no_more(self, hunt: Path) -> None:
        play = "play: [Anna, {again: {pick: snare, until: food > 0}}, {again: {pick: snare, until: food > 0}}]\n"
        tests = with_tests(hunt, f"walkthrough: x\nseed: 1\n{play}")
        (result,) = run_tests(hunt, story_in(hunt), tests)
        assert not getattr(result, "failure", None)
        picks = list(getattr(result, "picks", ()))
        assert picks[:1] == ["Anna"]
        assert {*picks[1:]} == {"snare"}

    def test_an_option_that_the_story_has_nowhere_is_told_before_anything_is_played(self, hunt: Path) -> None:
        play = "[Anna, snar, {again: {pick: shooot}}, {expect: {lacks: dance}}]"
        told = with_tests(hunt, f"walkthrough: x\nseed: 1\nplay: {play}\n").diagnostics
        assert [(each.code, each.message) for each in told] == [
            ("SQ203", "no option is named `snar`"),
            ("SQ203", "no option is named `shooot`"),
            ("SQ203", "no option is named `dance`"),
        ]

    @pytest.mark.parametrize(
        ("play", "said"),
        [
            ("play: [Anna, dance]", "2: `dance` cannot be picked: There is no choice `dance` here."),
            ("play: [Anna, home]\nending: fed", "1: it ends in `hungry`, not in `fed`"),
            ("play: [Anna]\nending: fed", "1: it ends in nothing yet, not in `fed`"),
            ("play: [Anna, {expect: {text: summer}}]", "2: the page does not say “summer”"),
            ("play: [Anna, {expect: {at: door}}]", "2: the game is at `hunt.wood`, not at `hunt.door`"),
            ("play: [Anna, {expect: {offers: go_on}}]", "2: `go_on` is not open"),
            ("play: [Anna, {expect: {lacks: shoot}}]", "2: `shoot` is open"),
            ("play: [Anna, {expect: {where: food > 3}}]", "2: `food > 3` does not hold"),
            (
                "play: [Anna, {again: {pick: snare, until: food > 9999, times: 4}}]",
                "2: `snare` was picked 4 times, and `food > 9999` does not hold",
            ),
            ("play: [Anna, home, home]", "2: `home` cannot be picked: The story has ended."),
        ],
    )
    def test_what_does_not_fit_is_told_with_its_place(self, hunt: Path, play: str, said: str) -> None:
        assert failing(hunt, play) == said

    def test_a_condition_that_fails_tells_the_values_of_its_names(self, hunt: Path) -> None:
        tests = with_tests(hunt, "walkthrough: x\nplay: [Anna, {expect: {where: food > 3}}]\n")
        (result,) = run_tests(hunt, story_in(hunt), tests)
        failure = getattr(result, "failure", None)
        assert failure
        assert failure.fix == "food is 0"

    @pytest.mark.parametrize("name", ["siberia_quest", "first_fire", "forty_second", "night_train"])
    def test_the_walkthroughs_of_every_shipped_story_pass(self, name: str) -> None:
        story = story_in(STORIES / name)
        tests = read_playtests(STORIES / name, story)
        assert tests.diagnostics == ()
        assert tests.walkthroughs
        results = run_tests(STORIES / name, story, tests._replace(targets=()))
        assert [each for each in results if failures_of(each)] == []


class TestFilesOfTests:
    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            ("walkthrough: x\nplayed: [home]", "SQ205", 2),
            ("targets:\n  - {style: careful}", "SQ802", 2),
            ("targets:\n  - {endings: {fedd: 1..2%}}", "SQ802", 2),
            ("targets:\n  - {wins: 1..2%}", "SQ211", 2),
            ("targets:\n  - {length: {average: 3}}", "SQ802", 2),
            ("targets:\n  - {wins: many}\nwins: fed", "SQ206", 2),
            ("styles:\n  loud: {prefer: {shot: 3}}", "SQ203", 2),
            ("styles:\n  loud: {prefer: [{if: fod > 3, pick: shoot}]}", "SQ201", 2),
            ("walkthrough: x\nplay: [{expect: {at: would}}]", "SQ203", 2),
            ("walkthrough: x\nsettings: {winter: harsh}", "SQ802", 2),
            ("- home", "SQ801", 1),
            ("styles: [", "SQ144", 1),
        ],
    )
    def test_a_mistake_in_one_has_its_place_and_code(self, hunt: Path, text: str, code: str, line: int) -> None:
        found = with_tests(hunt, text + "\n").diagnostics
        assert [(each.code, each.span.line) for each in found] == [(code, line)]

    def test_a_mistake_is_printed_and_nothing_is_played(self, hunt: Path) -> None:
        with_tests(hunt, "walkthrough: x\nplay: [{expect: {where: fod > 3}}]\n")
        left = siberia_quest("test", hunt)
        assert left.status == 1
        assert "tests/all.yaml:2:25: error SQ201" in left.err
        assert left.out == ""


class TestStyles:
    def picks(self, folder: Path, style: Style, seed: int = 4) -> tuple[str, ...]:
        return play_game(story_in(folder), style, seed, most=60).picks

    def test_a_game_of_a_seed_is_always_the_same(self, hunt: Path) -> None:
        assert self.picks(hunt, RANDOM) == self.picks(hunt, RANDOM)
        assert self.picks(hunt, RANDOM, 5) != self.picks(hunt, RANDOM, 7)

    def test_what_is_avoided_is_picked_only_where_nothing_else_is_open(self, hunt: Path) -> None:
        picks = self.picks(hunt, Style("shy", avoid=("loud", "home")))
        assert set(picks[1:]) == {"snare"}

    def test_the_first_preference_that_holds_and_is_open_decides(self, hunt: Path) -> None:
        story = with_tests(hunt, "styles:\n  x: {prefer: [{if: food >= 8, pick: home}, fly, quick, snare]}\n")
        assert [each.code for each in story.diagnostics] == ["SQ203"]  # fly
        game = play_game(story_in(hunt), story.styles["x"], 4)
        assert game.ending == "fed"
        assert set(game.picks[1:-1]) == {"shoot"}

    def test_the_best_odds_are_picked(self, hunt: Path) -> None:
        style = Style("cool", first=(Preference(None, "best_odds", 1),))
        assert set(self.picks(hunt, style)[1:]) == {"snare"}

    def test_weights_say_how_often(self, hunt: Path) -> None:
        style = Style("keen", prefer=(Preference(None, "loud", 9), Preference(None, "home", 0)))
        picks = [pick for seed in range(40) for pick in self.picks(hunt, style, seed)[1:]]
        assert 0.85 < picks.count("shoot") / len(picks) < 0.95

    def test_a_passage_can_have_its_fixed_pick_and_a_question_its_answer(self, hunt: Path) -> None:
        tests = with_tests(hunt, "styles:\n  x: {always: {wood: home}, answers: {hunter: Olga}}\n")
        assert play_game(story_in(hunt), tests.styles["x"], 1).picks == ("Olga", "home")

    def test_a_style_can_begin_with_another(self, hunt: Path) -> None:
        tests = with_tests(hunt, "styles:\n  x: {answers: {hunter: Olga}}\n  y: {like: x, always: {wood: home}}\n")
        assert play_game(story_in(hunt), tests.styles["y"], 1).picks == ("Olga", "home")

    def test_an_answer_that_no_question_takes_is_told(self, hunt: Path) -> None:
        for answers, said in (
            ("{hunter: A name that is much too long for it}", "write a text of 1 to 20 characters"),
            ("{huntr: Olga}", "did you mean `hunter`?"),
        ):
            (found,) = with_tests(hunt, f"styles:\n  x: {{answers: {answers}}}\n").diagnostics
            assert (found.code, found.fix) == ("SQ802", said)

    @pytest.mark.parametrize(("answer", "refused"), [("two", 1), ("12", 1), ("", 1), ("3", 0), ("2.5", 0), ("-1", 1)])
    def test_an_answer_to_a_question_for_a_number_is_a_number_in_its_range(
        self, answer: str, refused: int, tmp_path: Path
    ) -> None:
        (tmp_path / "tests").mkdir()
        (tmp_path / "story.yaml").write_text(
            "story: A bell\nvariables: {rings: 0}\npassages:\n  tower:\n    ask: {into: rings, prompt: How many?, range: [1, 9]}\n"
            "    text: It rings {rings} times.\n    end: true\n",
            "utf-8",
        )
        tests = with_tests(tmp_path, f"styles:\n  ringer: {{answers: {{rings: '{answer}'}}}}\n")
        assert [each.code for each in tests.diagnostics] == ["SQ802"] * refused

    def test_an_answer_can_be_worked_out_and_stays_within_what_is_asked_for(self, tmp_path: Path) -> None:
        (tmp_path / "tests").mkdir()
        (tmp_path / "story.yaml").write_text(
            "story: A safe\nvariables: {guess: 0, code: 6}\npassages:\n  safe:\n    steps:\n"
            "      - ask: {into: guess, prompt: Which?, range: [0, 9]}\n"
            "      - do: code += 5\n"
            "      - if: guess < 9\n        then: {goto: safe}\n      - end: true\n",
            "utf-8",
        )
        tests = with_tests(tmp_path, "styles:\n  counter: {answers: {guess: code - 1}}\n")
        assert tests.diagnostics == ()
        assert play_game(story_in(tmp_path), tests.styles["counter"], 1).picks == ("5", "9")


class TestTargets:
    def test_fifty_games_of_a_batch_replay_alone_with_the_same_end(self, hunt: Path) -> None:
        story = story_in(hunt)
        with workers(2, 1000) as executor:
            batch = play_batch(hunt, Batch(RANDOM, 100, 400, {}), executor)
        for outcome in batch[::8]:
            game = play_game(story, RANDOM, outcome.seed)
            assert (game.ending, len(game.picks)) == (outcome.ending, outcome.length)
            assert game.state.value("food") == outcome.stats[0]
        assert len(batch[::8]) == 50

    def test_a_batch_is_the_same_in_one_process_and_in_two(self, hunt: Path) -> None:
        batch = Batch(RANDOM, 0, 220, {})
        with workers(2, 1000) as executor:
            assert play_batch(hunt, batch, executor) == play_batch(hunt, batch)

    def test_shares_and_lengths_within_their_limits_pass_and_others_fail(self, hunt: Path) -> None:
        text = (
            "wins: fed\ntargets:\n"
            "  - {games: 300, wins: 10..40%, endings: {hungry: 60..90%}, length: {median: 2..4}, reached: {wood: 100%}}\n"
            "  - {games: 300, wins: 50..60%, stats: {food: 15..20}}\n"
        )
        good, bad = run_tests(hunt, story_in(hunt), with_tests(hunt, text))
        assert failures_of(good) == 0
        assert failures_of(bad) == 2

    def test_ranges_may_be_open_and_a_range_that_nothing_meets_is_told(self, hunt: Path) -> None:
        open_ = "targets: [{games: 20, endings: {hungry: ..90%}, length: {median: 1.., longest: ..400}}]\n"
        (fine,) = run_tests(hunt, story_in(hunt), with_tests(hunt, open_))
        assert failures_of(fine) == 0
        (wrong,) = run_tests(hunt, story_in(hunt), with_tests(hunt, open_.replace("1..", "900..")))
        assert failures_of(wrong) == 1
        for bad in ("15..3%", "..", "%"):
            (hunt / "tests" / "bad.yaml").write_text(f"targets: [{{games: 2, wins: '{bad}'}}]\nwins: fed\n", "utf-8")
            assert "SQ206" in [each.code for each in read_playtests(hunt, story_in(hunt)).diagnostics]

    def test_a_game_that_never_ends_and_one_that_stops_are_named_with_their_seeds(self, tmp_path: Path) -> None:
        (tmp_path / "tests").mkdir()
        (tmp_path / "story.yaml").write_text(
            "story: Round\nvariables: {n: 3}\npassages:\n  a:\n    text: Round {n}.\n    choices:\n"
            "      - {text: On, goto: a}\n      - {text: Count, do: 'n = 6 / (n - 3)', goto: a}\n",
            "utf-8",
        )
        tests = with_tests(
            tmp_path, "styles:\n  on: {first: [on]}\ntargets:\n  - {games: 3}\n  - {style: 'on', games: 1}\n"
        )
        stops, endless = run_tests(tmp_path, story_in(tmp_path), tests)
        said = [each.message for result in (stops, endless) for each in getattr(result, "failures", ())]
        assert said == ["a division by zero", "a game does not end within 5000 picks"]


class TestTheCommand:
    def test_it_prints_each_test_and_leaves_with_0_where_all_pass(self) -> None:
        left = siberia_quest("test", STORIES / "night_train")
        assert left.status == 0
        assert "ok    Who stays outside gets off too early: 1 pick, ends in alone" in left.out
        assert left.err == "Tests: 3, failed: 0.\n"

    def test_a_failure_prints_a_command_that_shows_it_again(self, hunt: Path) -> None:
        with_tests(hunt, "targets:\n  - {games: 5, seed: 70, endings: {fed: 100%}}\n")
        left = siberia_quest("test", hunt)
        assert left.status == 1
        assert "      again: siberia-quest test" in left.out
        command = left.out.split("again: siberia-quest ")[1].split()
        alone = siberia_quest(*command)
        assert (alone.status, alone.out.split()) == (0, list(play_game(story_in(hunt), RANDOM, 70).picks))

    def test_bless_writes_the_ending_and_prints_the_change(self, hunt: Path) -> None:
        with_tests(hunt, "walkthrough: x\nplay: [Anna, home]\nending: fed  # for now\n")
        left = siberia_quest("test", hunt, "--bless")
        assert "-ending: fed  # for now\n+ending: hungry  # for now\n" in left.out
        assert siberia_quest("test", hunt).status == 0

    def test_the_change_that_bless_makes_stays_out_of_json(self, hunt: Path) -> None:
        with_tests(hunt, "walkthrough: x\nplay: [Anna, home]\nending: fed\n")
        left = siberia_quest("test", hunt, "--bless", "--json")
        assert json.loads(left.out)[0]["ending"] == "hungry"
        assert "+ending: hungry\n" in left.err

    def test_results_come_as_json_and_as_junit_too(self, hunt: Path, tmp_path: Path) -> None:
        with_tests(hunt, "walkthrough: A & B\nplay: [Anna, home]\nending: fed\n")
        left = siberia_quest("test", hunt, "--json", "--junit", tmp_path / "out.xml")
        (plain,) = json.loads(left.out)
        assert (plain["test"], plain["passed"], plain["picks"]) == ("A & B", False, ["Anna", "home"])
        suite = fromstring((tmp_path / "out.xml").read_text("utf-8"))  # noqa: S314  # we wrote it
        assert suite.get("failures") == "1"

    def test_a_story_without_tests_is_told_so(self, hunt: Path) -> None:
        left = siberia_quest("test", hunt)
        assert (left.status, left.out) == (2, "")
        assert "There are no tests to run" in left.err

    def test_an_unknown_style_is_told_with_those_there_are(self, hunt: Path) -> None:
        with_tests(hunt, "styles:\n  shy: {avoid: loud}\n")
        assert "There is: random, shy." in siberia_quest("test", hunt, "--style", "bold").err


ASKED = """
story: The form
stats: {share: {start: 0, range: [0, 1]}}
variables: {initials: {text: AB, max: 2}}
passages:
  desk:
    steps:
      - ask: {into: initials, prompt: Initials?, max: 2}
      - ask: {into: share, prompt: How much of it?, range: [0.25, 0.75]}
      - "{initials}: {share:2}"
    end: true
"""


def test_questions_for_short_texts_and_parts_of_one_are_answered(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(ASKED, "utf-8")
    story = load_story(path).story
    assert story
    assert play_game(story, seed=1).picks == ("So", "0.25")
    odds = exact_odds(story)
    assert odds.reason == "a question that many numbers answer"
    assert not odds.problems
