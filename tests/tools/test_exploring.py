"""Stories explored: exact odds, samples, what nothing reached."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from unittest.mock import patch

import pytest

from cli.shell import STORIES, siberia_quest
from siberia_quest import Turn, advance, begin, load_story
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.model.playtest import RANDOM
from siberia_quest.model.sites import passage_record
from siberia_quest.model.story import Story
from siberia_quest.tools.exploring.exact import Exact, exact_odds
from siberia_quest.tools.exploring.exploration import Exploration, Wanted, explore, share_of
from siberia_quest.tools.exploring.exploration_report import as_json, spread_of
from siberia_quest.tools.exploring.places import places_of
from siberia_quest.tools.exploring.sampling import Sample, sample
from siberia_quest.tools.exploring.tally import Goal, Replay
from siberia_quest.tools.playing.workers import workers

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

#: Ten small stories with an end, of the sorts of chance there are.
SMALL = {
    "a check": """
passages:
  a:
    check: {odds: 30}
    success: {end: good}
    failure: {end: bad}
""",
    "three dice and a sum": """
variables: {sum: 0}
passages:
  a:
    do: sum = roll(1, 6) + roll(1, 6) + roll(1, 6)
    then:
      - if: sum >= 15
        then: [end: good]
      - end: bad
""",
    "choices by the player": """
passages:
  a:
    choices:
      - {text: Left, goto: b}
      - {text: Right, goto: b}
      - {text: Stay, end: bad}
  b:
    choices:
      - {text: Up, end: good}
      - {text: Down, end: bad}
""",
    "a loop that is left by chance": """
passages:
  a:
    choices:
      - {text: Wait, goto: a}
      - {text: Knock, goto: b}
  b:
    check: {odds: 25}
    success: {end: good}
    failure:
      - check: {odds: 50}
        success: {goto: a}
        failure: {end: bad}
""",
    "weights": """
passages:
  a:
    random:
      - {weight: 5, then: [end: good]}
      - {weight: 3, then: [end: bad]}
      - {weight: 2, goto: a}
""",
    "storylets by weight, each once": """
variables: {wolves: 0}
passages:
  a:
    then:
      - deal: night
        else: [end: bad]
      - if: wolves == 1
        then: [end: good]
      - goto: a
  wolf:
    storylet: {tag: night, once: true, weight: 2}
    do: wolves += 1
  owl:
    storylet: {tag: night, once: true}
    check: {odds: 20}
    success: {end: bad}
    failure: An owl.
""",
    "a shuffle of steps": """
variables: {drawn: 0}
passages:
  a:
    then:
      - shuffle:
          - do: drawn = 10 * drawn + 1
          - do: drawn = 10 * drawn + 2
          - do: drawn = 10 * drawn + 3
      - if: drawn == 213
        then: [end: good]
      - if: drawn > 100
        then: [end: bad]
      - goto: a
""",
    "calls that come back": """
variables: {wounds: 0}
passages:
  a:
    then:
      - call: hit(40)
      - call: hit(60)
      - if: wounds >= 2
        then: [end: bad]
      - end: good
  hit:
    params: {odds: number}
    check: {odds: odds}
    success: {do: wounds += 1}
    failure: Missed.
""",
    "a hub, each thing once": """
variables: {asked: 0}
passages:
  a:
    topics:
      - text: The weather
        do: asked += 1
      - text: The rival
        do: asked += 2
      - text: Enough
        done: true
    then:
      - if: asked == 3
        then: [end: good]
      - end: bad
""",
    "a draw from a kind": """
kinds: {card: [king, queen, jack]}
variables: {one: card, two: card}
passages:
  a:
    do: one = pick(card), two = pick(card)
    then:
      - if: one == two
        then: [end: good]
      - end: bad
""",
}
#: Odds of `good` in percent, worked out by hand.
BY_HAND = {
    "a check": 30.0,
    "three dice and a sum": 100 * 20 / 216,
    "choices by the player": 100 * 2 / 3 / 2,
    "a loop that is left by chance": 100 * 0.25 / (1 - 0.75 * 0.5),
    "weights": 100 * 5 / 8,
    "a shuffle of steps": 100 / 6,
    "calls that come back": 100 * (1 - 0.4 * 0.6),
    "a draw from a kind": 100 / 3,
}


def story_of(folder: Path, text: str) -> Story:
    (folder / "story.yaml").write_text(f"story: S\nendings: {{good: {{title: G}}, bad: {{title: B}}}}\n{text}", "utf-8")
    loaded = load_story(folder)
    assert loaded.story, loaded.diagnostics
    return loaded.story


def odds_of(folder: Path, text: str) -> Exact:
    return exact_odds(story_of(folder, text))


class TestExactOdds:
    @pytest.mark.parametrize("name", BY_HAND)
    def test_they_are_what_arithmetic_says(self, name: str, tmp_path: Path) -> None:
        exact = odds_of(tmp_path, SMALL[name])
        assert exact.reason == ""
        assert exact.endings["good"] * 100 == pytest.approx(BY_HAND[name])

    @pytest.mark.parametrize("name", SMALL)
    def test_samples_agree_with_them_within_their_interval(self, name: str, tmp_path: Path) -> None:
        exact = odds_of(tmp_path, SMALL[name])
        assert exact.reason == ""
        tally = sample(tmp_path, [Sample(RANDOM, 5, 2000, {}, 1000)])["random"]
        share = share_of(tally.endings["good"], tally.games)
        wide = (
            share.high - share.low
        )  # of ten stories at 95%, one lies beside its interval now and then: twice as wide is 99.99%
        assert share.percent - wide < exact.endings["good"] * 100 < share.percent + wide
        assert sum(exact.endings.values()) + exact.endless == pytest.approx(1)

    def test_a_loop_that_chance_leaves_sooner_or_later_is_no_problem(self, tmp_path: Path) -> None:
        exact = odds_of(tmp_path, SMALL["weights"])
        assert (exact.reason, exact.problems) == ("", ())
        endless = odds_of(
            tmp_path, SMALL["weights"].replace("weight: 5", "weight: 0").replace("weight: 3", "weight: 0")
        )
        assert "SQ501" in endless.problems[0][0]

    def test_words_alone_keep_no_states_apart(self, tmp_path: Path) -> None:
        text = "variables: {n: 0}\npassages:\n  a:\n    text: '{cycle|x|y} {n}{if n > 3 then  so many}'\n    do: n += 1\n    choices:\n"
        text += "      - {text: Again, goto: a}\n      - {text: Stop, end: good}\n"
        exact = odds_of(tmp_path, text)
        assert (exact.reason, exact.states) == ("", 2)
        assert exact.length == pytest.approx(2)

    @pytest.mark.parametrize(
        ("text", "because"),
        [
            (("variables: {x: 0.5}\npassages:\n  a:\n    do: x = between(0, 1)\n    check: {odds: x}\n    success: {end: good}\n"
             "    failure: {end: bad}\n"), "`between` at"),
            (("variables: {n: 0}\npassages:\n  a:\n    do: n += 1\n    choices:\n      - {text: On, goto: a}\n"
             "      - {text: Off, if: n > 5, end: good}\n"), "more than 200 different states"),
            ("passages:\n  a:\n    choices:\n      - {text: On, goto: a}\n      - {text: Off, if: turns > 5, end: good}\n",
             "the number of turns keeps states apart"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_merged_is_said(self, text: str, because: str, tmp_path: Path) -> None:
        exact = exact_odds(story_of(tmp_path, text), most=200)
        assert because in exact.reason

    def test_a_place_without_an_end_is_found_with_the_way_there(self, tmp_path: Path) -> None:
        text = "passages:\n  a:\n    choices:\n      - {text: In, goto: b}\n      - {text: Out, end: good}\n"
        text += (
            "  b:\n    choices:\n      - {text: Round, goto: c}\n  c:\n    choices:\n      - {text: Back, goto: b}\n"
        )
        exact = odds_of(tmp_path, text)
        assert exact.endless == pytest.approx(0.5)
        assert [each.picks for each in exact.loops] == [("in",)]
        assert exact.around[0] == exact.around[-1]

    def test_the_passages_of_a_way_round_that_never_ends_are_named(self, tmp_path: Path) -> None:
        exact = odds_of(
            tmp_path,
            "passages:\n  door: {choices: [{text: In, goto: hall}]}\n  hall: {choices: [{text: Up, goto: stairs}]}\n"
            "  stairs: {choices: [{text: Down, goto: hall}]}\n",
        )
        around = [place.rpartition(".")[2] for place in exact.around]
        assert around == ["hall", "stairs", "hall"]

    def test_an_error_that_needs_three_exact_picks_is_found_and_its_picks_replay(self, tmp_path: Path) -> None:
        steps = "".join(
            f"  p{n}:\n    choices:\n      - {{text: Left, do: 'n = 2 * n', goto: p{n + 1}}}\n"
            f"      - {{text: Right, do: 'n = 2 * n + 1', goto: p{n + 1}}}\n"
            for n in range(3)
        )
        story = story_of(
            tmp_path, f"variables: {{n: 0}}\npassages:\n{steps}  p3:\n    do: n = 1 / (n - 5)\n    end: good\n"
        )
        found = explore(tmp_path, story, {}, Wanted(games=10))
        ((problem, (_, replay)),) = found.problems.items()
        assert "a division by zero" in problem
        assert replay.picks == ("right", "left", "right")
        turn = begin(story, replay.seed)
        for pick in replay.picks:
            turn = advance(story, turn.state, pick)
        assert turn.page.problem


class TestSamples:
    def test_an_option_that_passes_half_the_time_is_reported_so(self, tmp_path: Path) -> None:
        story_of(
            tmp_path,
            "passages:\n  a:\n    check: {odds: 50, label: Luck}\n    success: {end: good}\n    failure: {end: bad}\n",
        )
        tally = sample(tmp_path, [Sample(RANDOM, 0, 10_000, {}, 100)])["random"]
        assert tally.passed["Luck"] / 100 == pytest.approx(50, abs=2)

    def test_what_nothing_reaches_is_named(self, tmp_path: Path) -> None:
        text = "variables: {n: 0}\npassages:\n  a:\n    text: Once more.\n    do: n += 1\n    choices:\n      - {text: On, goto: a}\n"
        text += "      - {text: Off, if: n > 2, end: good}\n      - {text: Fly, if: n > 900, goto: b}\n"
        text += "  b:\n    text: Over the roofs of the town.\n    end: bad\n"
        found = explore(tmp_path, story_of(tmp_path, text), {}, Wanted(games=50, most_states=100))
        assert [each.split(".", 1)[1] for each in (*found.unentered, *found.unoffered)] == ["b", "a.fly"]
        assert found.unmet == ("bad",)
        assert [each.words for each in found.untold] == ["Over the roofs of the town."]

    def test_words_that_only_options_show_are_no_prose(self, tmp_path: Path) -> None:
        text = (
            "phrases:\n  toll: two silver coins\n  song: a song of {words}\n  words: no known words\npassages:\n  a:\n"
        )
        text += (
            "    text: 'You hear{if turns > 9 then  {song}}.'\n    choices:\n      - {text: 'Pay {toll}', end: good}\n"
        )
        found = explore(tmp_path, story_of(tmp_path, text), {}, Wanted(games=2, most_states=1))
        assert [each.words for each in found.untold] == ["a song of", "no known words"]

    def test_a_game_that_does_not_end_is_bounded_and_named(self, tmp_path: Path) -> None:
        text = "variables: {n: 0}\npassages:\n  a:\n    do: n += 1\n    choices:\n      - {text: On, goto: a}\n"
        text += "      - {text: Off, if: n == 0, end: good}\n"
        found = explore(tmp_path, story_of(tmp_path, text), {}, Wanted(games=3, most_picks=50, most_states=20))
        assert found.styles["random"].endless == [0, 1, 2]

    def test_an_ending_that_takes_the_same_again_and_again_is_met_by_the_curious(self, tmp_path: Path) -> None:
        text = "variables: {n: 0, m: 0}\npassages:\n  a:\n    choices:\n      - {text: Saw, do: n += 1, goto: b}\n"
        text += "      - {text: Rest, do: m += 1, goto: b}\n  b:\n    then:\n      - if: n + m < 12\n        then: [goto: a]\n"
        text += "      - if: n == 0 or m == 0\n        then: [end: good]\n      - end: bad\n"
        found = explore(tmp_path, story_of(tmp_path, text), {}, Wanted(games=100, most_states=5))
        assert found.styles["random"].endings == {"bad": 100}
        assert found.ways["ending", "good"][1].picks in {("saw",) * 12, ("rest",) * 12}

    def test_every_setting_is_tried_by_the_curious(self, tmp_path: Path) -> None:
        text = "settings: {road: {ask: Which?, one_of: {high: High, low: Low}, start: high}}\nvariables: {x: 0}\npassages:\n  a:\n"
        text += "    do: x = between(0, 1)\n    check: {odds: x}\n    success: Yes.\n    failure: No.\n    then:\n"
        text += "      - if: road == low\n        then: [end: bad]\n      - end: good\n"
        found = explore(tmp_path, story_of(tmp_path, text), {}, Wanted(games=20))
        assert found.styles["random"].endings == {"good": 20}
        assert found.styles["curious"].endings == {"good": 10, "bad": 10}

    def test_the_report_is_the_same_in_one_process_and_in_two(self) -> None:
        path = STORIES / "first_fire"
        story = load_story(path).story
        assert story
        wanted = Wanted(games=150, most_states=100)
        alone = explore(path, story, {}, wanted)
        with workers(2, 1000) as executor:
            assert as_json(explore(path, story, {}, wanted, executor)) == as_json(alone)
        assert as_json(explore(path, story, {}, wanted._replace(seed=9))) != as_json(alone)

    def test_the_report_is_the_same_on_a_cluster(self) -> None:
        distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
        path = STORIES / "first_fire"
        story = load_story(path).story
        assert story
        wanted = Wanted(games=100, most_states=100)
        with (
            distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
            distributed.Client(cluster) as client,
        ):
            assert as_json(explore(path, story, {}, wanted, client.get_executor())) == as_json(
                explore(path, story, {}, wanted)
            )


def replayed(story: Story, replay: Replay) -> Turn:
    """Play a way again."""
    turn = begin(story, replay.seed, replay.settings)
    for pick in replay.picks:
        turn = advance(story, turn.state, pick)
    return turn


def lost(story: Story, found: Exploration) -> list[Goal]:
    """Return what the picks shown for it do not lead to."""
    wrong = []
    for (sort, name), (_, replay) in found.ways.items():
        state = replayed(story, replay).state
        if sort == "ending":
            is_there = state.ending == name
        elif sort == "passage":
            is_there = (state.counts.get(story.layout.records[passage_record(name)]) or (0,))[0] > 0
        else:
            passage, id_ = name.rsplit(".", 1)
            before = replayed(story, replay._replace(picks=replay.picks[:-1])).state
            is_there = replay.picks[-1:] == (id_,) and id_ in before.offer and before.frames[-1].passage == passage
        wrong += [] if is_there else [(sort, name)]
    return wrong


@pytest.fixture(scope="module")
def explored() -> tuple[Story, Exploration]:
    path = STORIES / "siberia_quest"
    story = load_story(path).story
    assert story
    return story, explore(path, story, read_playtests(path, story).styles, Wanted(games=12))


class TestWays:
    def test_all_of_siberia_quest_is_reached_or_named(self, explored: tuple[Story, Exploration]) -> None:
        story, found = explored
        places = places_of(story)
        reached = {
            sort: {name for each, name in found.ways if each == sort} for sort in ("passage", "option", "ending")
        }
        assert sorted((*reached["passage"], *found.unentered)) == sorted(places.passages)
        assert sorted((*reached["option"], *found.unoffered, *found.unpicked)) == sorted(places.options)
        assert sorted((*reached["ending"], *found.unmet)) == sorted(places.endings)
        assert len(reached["ending"]) > 10

    def test_the_picks_to_everything_in_it_lead_there(self, explored: tuple[Story, Exploration]) -> None:
        assert lost(*explored) == []

    def test_picks_that_lead_elsewhere_would_be_noticed(self, explored: tuple[Story, Exploration]) -> None:
        story, found = explored
        other = {
            goal: (style, replay._replace(picks=replay.picks[:-1])) for goal, (style, replay) in found.ways.items()
        }
        assert len(lost(story, found._replace(ways=other))) > len(other) * 0.9

    def test_the_shortest_game_to_an_ending_can_be_played(self, tmp_path: Path) -> None:
        left = siberia_quest("explore", STORIES / "siberia_quest", "--games", "3", "--style", "friend", "--json")
        ending, way = next(iter(json.loads(left.out)["ways"]["endings"].items()))
        (tmp_path / "picks.txt").write_text("\n".join(way["picks"]), "utf-8")
        settings = [word for name, value in way["settings"].items() for word in ("--set", f"{name}={value}")]
        game = siberia_quest(
            "play",
            STORIES / "siberia_quest",
            "--plain",
            "--seed",
            way["seed"],
            *settings,
            "--script",
            tmp_path / "picks.txt",
        )
        story = load_story(STORIES / "siberia_quest").story
        assert story
        assert game.status == 0
        assert story.endings[ending].title in game.out

    @pytest.mark.parametrize("name", SMALL)
    def test_where_odds_are_exact_a_game_is_shown_for_what_samples_missed(self, name: str, tmp_path: Path) -> None:
        story = story_of(tmp_path, SMALL[name])
        found = explore(tmp_path, story, {}, Wanted(games=1))
        assert lost(story, found) == []
        assert {each for sort, each in found.ways if sort == "ending"} == {"good", "bad"}


class TestTheCommand:
    def test_it_prints_exact_odds_where_it_can(self) -> None:
        left = siberia_quest("explore", STORIES / "night_train")
        assert left.status == 0
        assert "exact odds of random picks, 4 states" in left.out
        assert re.search(r"^The last stop +25.0000%$", left.out, re.MULTILINE)

    def test_it_prints_samples_with_intervals_elsewhere_and_tells_why(self) -> None:
        left = siberia_quest("explore", STORIES / "first_fire", "--games", "60", "--states", "100", "--jobs", "1")
        assert "Exact odds are out of reach: it has more than 100 different states." in left.out
        assert "±" in left.out

    def test_a_mistake_in_the_tests_is_told_before_anything_is_played(self, tmp_path: Path) -> None:
        shutil.copytree(STORIES / "night_train", tmp_path / "train")
        (tmp_path / "train" / "tests").mkdir(exist_ok=True)
        (tmp_path / "train" / "tests" / "styles.yaml").write_text("styles:\n  idler: {avoid: [nowhere]}\n", "utf-8")
        left = siberia_quest("explore", tmp_path / "train")
        assert (left.status, left.out) == (1, "")
        assert "tests/styles.yaml:2" in left.err

    def test_json_and_csv_have_the_same_shares(self, tmp_path: Path) -> None:
        left = siberia_quest("explore", STORIES / "night_train", "--json", "--csv", tmp_path / "a.csv", "--games", "40")
        data = json.loads(left.out)
        assert data["odds"]["endings"] == {"together": 25.0, "alone": 75.0}
        rows = (tmp_path / "a.csv").read_text("utf-8").splitlines()
        assert rows[0] == "ending,random"
        assert rows[1] == f"The last stop,{data['styles']['random']['endings']['together']['percent']:.2f}"

    @pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
    def test_its_page_opens_in_a_browser_without_a_network_and_draws_its_charts(self, tmp_path: Path) -> None:
        page = tmp_path / "report.html"
        siberia_quest(
            "explore", STORIES / "first_fire", "--games", "60", "--states", "100", "--jobs", "1", "--html", page
        )
        assert page.stat().st_size < 1_000_000
        assert "src=" not in page.read_text("utf-8").split("<script>")[0]
        shown = subprocess.run(
            [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom", f"file://{page}"],
            capture_output=True, text=True, timeout=60, check=True,
        ).stdout  # fmt: skip
        assert 'data-ready="' in shown
        assert "<title>First fire: an exploration</title>" in shown
        assert shown.count("<canvas") >= 2
        assert shown.count('class="goal"') == 4


class TestWhatWasTold:
    STORY = """story: Weather
variables: {n: 0}
phrases: {wind: a bitter wind}
passages:
  hill:
    text: "{Wind} is here. {if n > 30 then Nobody hears this. | You stand.} {if n == 9 then The ninth gust came. | Not yet.}"
    choices:
      - {text: Stay, id: stay, if: n < 10, do: n += 1, goto: hill}
      - {text: Go, id: go, end: true}
"""

    def test_what_is_told_with_a_capital_or_only_by_exact_odds_is_not_named_as_never_told(self, tmp_path: Path) -> None:
        path = tmp_path / "hill.yaml"
        path.write_text(self.STORY, "utf-8")
        story = load_story(path).story
        assert story
        found = explore(path, story, {}, Wanted(games=3))
        assert [each.words for each in found.untold] == ["Nobody hears this."]

    def test_more_paragraphs_than_are_kept_hide_no_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("siberia_quest.tools.exploring.tally.MOST_TOLD", 1)
        path = tmp_path / "hill.yaml"
        path.write_text(self.STORY, "utf-8")
        story = load_story(path).story
        assert story
        found = explore(path, story, {}, Wanted(games=30, most_states=2))
        assert "You stand." not in [each.words for each in found.untold]
        assert "Not yet." not in [each.words for each in found.untold]
        assert "Nobody hears this." in [each.words for each in found.untold]

    def test_whole_numbers_have_whole_medians_and_steps(self) -> None:
        whole = spread_of([1.0, 2.0, 3.0, 4.0])
        assert (whole["median"], whole["step"], whole["bins"]) == (2, 1, [1, 1, 1, 1])
        assert all(isinstance(whole[name], int) for name in ("low", "tenth", "median", "ninetieth", "high"))
        assert spread_of([0.0, 0.5])["median"] == 0.25


def test_one_game_is_played_again_for_all_that_it_came_to(tmp_path: Path) -> None:
    path = tmp_path / "stops.yaml"
    rows = "".join(f"  p{each}:\n    goto: p{each + 1}\n" for each in range(9))
    path.write_text(
        f"story: Stops\nvariables: {{n: 0}}\npassages:\n{rows}  p9:\n    text: '{{1 / n}}'\n    end: true\n", "utf-8"
    )
    story = load_story(path).story
    assert story
    with patch("siberia_quest.tools.exploring.exploration.begin", wraps=begin) as begun:
        explore(path, story, {}, Wanted(games=1))
    assert begun.call_count <= 2 * 2000  # the seeds that are tried for one row of picks, and for the problem
