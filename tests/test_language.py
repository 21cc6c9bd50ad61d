"""The manual, executable: each story in tests/language with its transcripts, played in three ways that come out the same."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeAlias

import pytest

from siberia_quest import Loaded, NotOnOffer, Story, Turn, advance, begin, load_story
from siberia_quest.engine.turns import reopen
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.codec.state_from_plain import from_plain
from siberia_quest.storage.codec.state_to_plain import to_plain
from siberia_quest.tools.transcript import (
    Between,
    Transcript,
    of_problems,
    parse,
    read_settings,
    replay,
    straight,
    view,
)

FOLDER = Path(__file__).parent / "language"
TRANSCRIPTS = sorted(FOLDER.glob("*.transcript"))
EXAMPLES = sorted(FOLDER.glob("*.yaml")) + sorted(FOLDER.glob("*/story.yaml"))
Way: TypeAlias = Callable[[Path, Story, Transcript], Between]


def feature_of(path: Path) -> str:
    """What an example or a transcript of it is called."""
    return path.parent.name if path.name == "story.yaml" else path.name.split(".")[0]


def loaded_for(transcript: Path) -> Loaded:
    """The story of a transcript: a folder or a file beside it."""
    folder = FOLDER / feature_of(transcript)
    return load_story(folder if folder.is_dir() else folder.with_suffix(".yaml"))


def in_one_go(_: Path, __: Story, ___: Transcript) -> Between:
    """From the first pick to the last, and nothing between."""
    return straight


def saved_and_restored(path: Path, _: Story, __: Transcript) -> Between:
    """Each turn is written down by names, and read into the same story as another program would have loaded it."""
    twin = loaded_for(path).story
    assert twin

    def between(story: Story, turn: Turn, pick: str) -> Turn:
        plain = to_plain(story, turn.state)
        restored = from_plain(twin, json.loads(json.dumps(plain)))
        assert restored.state
        assert (restored.notes, restored.gone) == ((), ())
        assert not restored.aside
        assert to_plain(twin, restored.state) == plain
        page = reopen(twin, restored.state).page
        assert (page.options, page.ask, page.ending) == (turn.page.options, turn.page.ask, turn.page.ending)
        return advance(twin, restored.state, pick)

    return between


def undone_and_picked_again(_: Path, story: Story, transcript: Transcript) -> Between:
    """At each turn every other option is tried and undone, and the pick itself is made twice."""
    if story.header.undo is not None:
        return straight
    settings, kept = read_settings(story, transcript)
    play = Playthrough.start(story, transcript.seed or 0, settings, kept)

    def between(_: Story, turn: Turn, pick: str) -> Turn:
        assert play.state == turn.state
        for other in [option.id for option in turn.page.options if option.enabled]:
            if not play.pick(other).problem:
                assert play.undo() is not None
            assert play.state == turn.state
        page = play.pick(pick)
        if not page.problem:
            play.undo()
            assert view(play.pick(pick)) == view(page)
        return Turn(play.state, page)

    return between


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.name)
@pytest.mark.parametrize("way", [in_one_go, saved_and_restored, undone_and_picked_again], ids=lambda way: way.__name__)
def test_a_transcript_comes_out_the_same(path: Path, way: Way, request: pytest.FixtureRequest) -> None:
    written = path.read_text("utf-8")
    transcript, loaded = parse(written), loaded_for(path)
    if loaded.story is None:
        played = of_problems(transcript, loaded.diagnostics)
    else:
        played = replay(loaded.story, transcript, way(path, loaded.story, transcript))
    if request.config.getoption("--bless") and way is in_one_go:
        path.write_text(played, "utf-8")
        return
    assert played == written


@pytest.mark.parametrize(
    "path", [each for each in EXAMPLES if not feature_of(each).startswith("errors_")], ids=feature_of
)
def test_games_of_any_picks_go_on_the_same_through_saves(path: Path) -> None:
    story = loaded_for(path).story
    assert story
    for seed in range(5):
        dice = Random(seed)
        picks: list[str] = []
        turn = begin(story, seed)
        while turn.page.ending is None and len(picks) < 25:
            open_ = [option.id for option in turn.page.options if option.enabled]
            picks.append(dice.choice(open_) if open_ else dice.choice(["", "3", "nobody", "x" * 300]))
            turn = advance(story, turn.state, picks[-1]) if open_ or _is_answer(story, turn, picks[-1]) else turn
        game = Transcript(("Any picks.",), seed, (), (), tuple(picks))
        assert replay(story, game, saved_and_restored(path, story, game)) == replay(story, game)


def _is_answer(story: Story, turn: Turn, answer: str) -> bool:
    try:
        advance(story, turn.state, answer)
    except NotOnOffer:
        return False
    return True


@pytest.mark.parametrize("path", EXAMPLES, ids=feature_of)
def test_an_example_opens_with_what_it_shows_and_has_a_transcript(path: Path) -> None:
    assert re.match(r"# [^\n]+[.:!?]\n# section: \d+\n# order: \d+\nstory: ", path.read_text("utf-8"))
    assert [each for each in TRANSCRIPTS if feature_of(each) == feature_of(path)]


@pytest.mark.parametrize("path", EXAMPLES, ids=feature_of)
def test_only_an_example_of_errors_has_anything_wrong_with_it(path: Path) -> None:
    loaded = load_story(path.parent if path.name == "story.yaml" else path)
    wrong = [each for each in loaded.diagnostics if each.severity != "hint"]
    assert bool(wrong) is feature_of(path).startswith("errors_")
    assert (loaded.story is None) is feature_of(path).startswith("errors_")


def test_every_transcript_has_its_story_and_says_what_it_shows() -> None:
    assert {feature_of(each) for each in TRANSCRIPTS} == {feature_of(each) for each in EXAMPLES}
    assert all(each.read_text("utf-8").startswith("# ") for each in TRANSCRIPTS)


def test_no_two_examples_have_the_same_place_in_the_manual() -> None:
    places = [re.findall(r"^# (?:section|order): (\d+)$", path.read_text("utf-8"), re.MULTILINE) for path in EXAMPLES]
    assert len({tuple(place) for place in places}) == len(EXAMPLES)


def test_a_changed_word_in_a_transcript_is_noticed() -> None:
    path = FOLDER / "choices_once.transcript"
    written = path.read_text("utf-8").replace("kettle", "teapot")
    story = loaded_for(path).story
    assert story
    assert replay(story, parse(written)) != written


def test_a_pick_that_is_not_on_offer_is_refused_and_changes_nothing() -> None:
    story = loaded_for(FOLDER / "choices_once.transcript").story
    assert story
    told = replay(story, Transcript(("Nothing.",), 7, (), (), ("nonsense", "leave")))
    assert told.count("(refused: ") == 1
    assert told.endswith("[the end]\n")


def test_a_greyed_choice_is_refused_by_any_name() -> None:
    story = loaded_for(FOLDER / "choices_locked.transcript").story
    assert story
    told = replay(story, Transcript(("Push.",), None, (), (), ("push", "-push", "unlock_it", "-unlock_it")))
    assert told.count("(refused: ") == 4


def test_a_way_that_loses_something_between_turns_is_noticed() -> None:
    path = FOLDER / "choices_once.transcript"
    story, transcript = loaded_for(path).story, parse(path.read_text("utf-8"))
    assert story

    def forgetful(story: Story, turn: Turn, pick: str) -> Turn:
        plain = to_plain(story, turn.state)
        state = from_plain(story, {**plain, "counts": {}}).state
        assert state
        return advance(story, state, pick)

    assert replay(story, transcript, forgetful) != replay(story, transcript)


def test_the_head_of_a_transcript_is_read_and_nothing_else_is_taken_for_one() -> None:
    read = parse("# One.\n# Two.\nseed 7\nsettings hero=Anna Lee\nkept reels=cut, ribs\n\n> a\nb\n>\n")
    assert read == Transcript(("One.", "Two."), 7, (("hero", "Anna Lee"),), (("reels", "cut, ribs"),), ("a", ""))
    with pytest.raises(ValueError, match="not: sead 7"):
        parse("# One.\nsead 7\n\n")


def test_a_game_that_has_ended_takes_no_pick() -> None:
    path = FOLDER / "endings.transcript"
    story = loaded_for(path).story
    assert story
    with pytest.raises(NotOnOffer, match="ended"):
        straight(story, straight(story, begin(story), "left"), "left")
