"""A whole game in German, in plain text, on a screen and for programs: no sentence of it is English."""

import io
import json
import re
from pathlib import Path

import pytest

from play.sittings import ScriptedConsole, Sitting, story_of
from siberia_quest import load_story
from siberia_quest.engine.turns import NotOnOffer, advance, begin
from siberia_quest.loading.sentences import read_language, read_sentences
from siberia_quest.model.language import Language
from siberia_quest.model.story import Story
from siberia_quest.play.opening import announce, choose_settings, goes_on
from siberia_quest.play.transcripts import transcript_of
from siberia_quest.terminal.json_lines import play_as_json
from siberia_quest.terminal.rich_view import RichView

LIGHTHOUSE = Path(__file__).with_name("lighthouse.yaml")
PICKS = ("lauschen", "Anna", "go_on", "3", "noch_einmal", "hinaufsteigen", "Bo", "go_on", "2", "anzünden")
TYPED = (
    "/hilfe", "/hilfe zurück", "hilf", "xyz", "99", "3", "/werte", "/tagebuch", "/schau", "/enden", "/verlauf", "/zurück",
    "/rückgängig", "/einstellungen", "/einstellungen bewegung aus", "/einstellungen foo an", "/speichern Anna", "/speichern Anna",
    "nein", "/spielstände", "/laden", "/laden Anna", "/laden Otto", "/schnell", "/neustart", "nein", "/rückgängig drei",
    "/zurück 77", "* eine Notiz", "/foo", "lausch", "", "Anna", "", "zwölf", "12", "3", "/verlauf alles", "/zurück oben",
    "/rückgängig", "/wiederholen", "/rückgängig 2", "hinauf", "Bo", "", "2", "anz", "/tagebuch", "/enden", "3", "\x03", "\x03",
    "nein", "beenden",
)  # fmt: skip
#: English sentences with words of their own, as what would show them: those whose German is another.
ENGLISH = [
    re.compile(r"^" + re.sub(r"\\\{\w+\\\}", ".+", re.escape(words)) + r"$", re.MULTILINE)
    for key, words in read_sentences("en").items()
    if re.search(r"[A-Za-z]{3}.*[ :].*[A-Za-z]{2}", re.sub(r"\{\w+\}", "", words))
    and words != read_sentences("de").get(key)
    and not key.startswith(("number_", "ordinal_", "typed_", "usage_"))
]


def told_in(story: Story, folder: Path) -> dict[str, str]:
    """Return all that a game tells, by the way it is told."""
    console = ScriptedConsole(["", "1", "x", "2"], story.language)
    announce(console, story)
    choose_settings(console, story, {})
    sitting = Sitting(folder / "plain", story)
    sitting.game.take("lauschen")
    goes_on(console, story, sitting.game.play.make_save())
    asked = [each.words for each in console.asked]
    sitting.game.undo(1)
    plain = [*console.shown, *sitting.play(*TYPED), *asked, *(each.words for each in sitting.console.asked)]
    target = io.StringIO()
    play_as_json(
        Sitting(folder / "json", story).game, iter(["nope", "bitten", "lauschen", "", *PICKS[1:]]), target, strict=False
    )
    rich, game = [], Sitting(folder / "rich", story).game
    for pick in PICKS:
        rich += [line.plain.strip() for line in RichView(story.language, 200).page(game.page, game.place)]
        game.take(pick)
    rich += [line.plain.strip() for line in RichView(story.language, 200).page(game.page, game.place)]
    words = [json.dumps(json.loads(line), ensure_ascii=False, indent=0) for line in target.getvalue().splitlines()]
    shown = re.sub(r'^"\w+": "?|"?,?$', "", "\n".join(words), flags=re.MULTILINE)
    return {"plain": "\n".join(plain), "rich": "\n".join(rich), "json": shown, "transcript": transcript_of(game.play)}


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return told_in(story_of(LIGHTHOUSE), tmp_path_factory.mktemp("german"))


VIEWS = pytest.mark.parametrize("view", ["plain", "rich", "json", "transcript"])


@VIEWS
def test_a_game_in_german_has_no_english_sentence(german: dict[str, str], view: str) -> None:
    assert {found for each in ENGLISH for found in each.findall(german[view])} == set()


@VIEWS
def test_the_same_game_without_its_language_has_english_sentences(tmp_path: Path, view: str) -> None:
    path = tmp_path / "leuchtturm.yaml"
    path.write_text(LIGHTHOUSE.read_text("utf-8").replace("language: de\n", ""), "utf-8")
    told = told_in(story_of(path), tmp_path)[view]
    assert (
        len([each for each in ENGLISH if each.search(told)])
        >= {"plain": 13, "rich": 1, "json": 1, "transcript": 2}[view]
    )


def test_a_german_game_says_what_it_should(german: dict[str, str]) -> None:
    for words in (
        "2. Springen (gesperrt – verlangt Mut: mindestens 90)",
        "3. Bitten (gesperrt – verlangt Treue: mindestens warm)",
        "4. Lauschen (wahrscheinlich, 72 %)",
        "Treue: jetzt warm.",
        "Mut steigt auf 30, jetzt gefasst.",
        "Tagebuch: Nach drei Jahren oben.",
        "Zurückgenommen: ein Zug.",
        "Ende: Das Licht",
        "Gefundene Enden: 1 von 2",
        "Wähle 1 oder drück die Eingabetaste:",
    ):
        assert words in german["plain"], words


def test_commands_answer_to_their_german_and_their_english_names(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, story_of(LIGHTHOUSE))
    assert sitting.play("/werte") == sitting.play("/stats")
    assert sitting.console.asked[0].others[:2] == ("hilfe", "schau")


@pytest.mark.parametrize(
    ("pick", "reason"),
    [("nope", "Eine Wahl `nope` gibt es hier nicht."), ("bitten", "verlangt Treue: mindestens warm")],
)
def test_a_pick_that_is_refused_is_refused_in_the_storys_language(pick: str, reason: str) -> None:
    story = story_of(LIGHTHOUSE)
    with pytest.raises(NotOnOffer) as refused:
        advance(story, begin(story, 1).state, pick)
    assert refused.value.reason == reason


def test_a_story_says_a_sentence_in_its_own_words(tmp_path: Path) -> None:
    path = tmp_path / "gate.yaml"
    path.write_text(
        "story: A gate\nsentences: {the_end: Curtain, choose_one: Well?}\npassages:\n  a: {text: Shut., choices: [{text: Go, end: true}]}\n"
    )
    sitting = Sitting(tmp_path, story_of(path))
    assert "Curtain" in "\n".join(sitting.play("1"))
    assert sitting.console.asked[0].words == "Well?"


def test_what_a_story_puts_into_braces_is_no_code(tmp_path: Path) -> None:
    path = tmp_path / "gate.yaml"
    body = "passages:\n  a: {text: Shut., end: true}\n"
    for place in ("{title.__class__}", "{title!r}", "{0}", "{}", "{title:>9}"):
        path.write_text(f'story: A gate\nsentences:\n  the_end_titled: "{place}"\n{body}', "utf-8")
        story = load_story(path).story
        told = story.language.say("the_end_titled", title="Home") if story else place
        assert told == place


@pytest.mark.parametrize("name", ["en", "de"])
def test_a_language_that_lost_its_sentences_says_their_names_and_never_fails(name: str) -> None:
    assert Language(name, {}).say("the_end") == "the_end"
    assert read_language(name, {}).say("the_end") != "the_end"
