"""Promises of the language that no transcript can show: what is too much, what never reaches a screen, what stands in a story's head."""

from pathlib import Path

import pytest

from siberia_quest import Story, advance, begin, load_story
from siberia_quest.engine.status import status_of
from siberia_quest.play.playthrough import Playthrough

FOLDER = Path(__file__).parent / "language"
UNSAFE = "\x1b[31m\x07\r\u202e\u2066\u200f\ue001\x9b"
#: The same signs as YAML spells them between double quotes.
SPELT = r"\x1b[31m\x07\r\u202e\u2066\u200f\ue001\x9b"


def story_of(text: str, folder: Path) -> Story:
    """Load a story that is written here."""
    path = folder / "here.yaml"
    path.write_text(text, "utf-8")
    loaded = load_story(path)
    assert loaded.story, loaded.diagnostics
    return loaded.story


def test_more_than_256_kib_of_text_in_one_turn_is_a_message_and_the_game_stays(tmp_path: Path) -> None:
    story = story_of(
        f"""\
story: The endless sentence
variables:
  times: 0
passages:
  desk:
    choices:
      - text: Read
        goto: sentence
  sentence:
    steps:
      - label: again
      - do: times += 1
      - text: {"x" * 1024}
      - if: times < 300
        then: {{goto: again}}
    goto: desk
""",
        tmp_path,
    )
    turn = begin(story)
    after = advance(story, turn.state, "read")
    assert after.page.problem
    assert after.page.problem.code == "SQ505"
    assert after.state == turn.state
    assert after.page.options == turn.page.options


def test_no_control_or_bidirectional_sign_of_a_story_reaches_a_page(tmp_path: Path) -> None:
    story = story_of(
        f"""\
story: "{SPELT}The sign"
passages:
  wall:
    title: "{SPELT}Wall"
    text: "{SPELT}Read me."
    choices:
      - text: "{SPELT}Go"
        id: go
        then: "{SPELT}Gone."
        end: true
""",
        tmp_path,
    )
    turn = begin(story)
    shown = repr((turn.page, advance(story, turn.state, "go").page))
    assert "Read me." in shown
    assert not any(sign in shown or repr(sign)[1:-1] in shown for sign in UNSAFE if not sign.isprintable())


def test_no_control_or_bidirectional_sign_of_a_player_reaches_a_page(tmp_path: Path) -> None:
    story = story_of(
        """\
story: The guest book
variables:
  guest: {text: Nobody, max: 60}
passages:
  desk:
    steps:
      - ask: {into: guest, prompt: Who are you?}
      - "{guest} was here."
    end: true
""",
        tmp_path,
    )
    page = advance(story, begin(story).state, f"{UNSAFE}Anna\n\n*Lee*").page
    assert page.paragraphs == ("[31mAnna *Lee* was here.",)


def test_the_head_of_a_story_is_kept_for_the_list_of_stories_and_the_prompt() -> None:
    story = load_story(FOLDER / "story_header.yaml").story
    assert story
    head = story.header
    assert (head.id, head.title, head.by, head.version) == ("last_bakery", "The last bakery", "Anna Lindqvist", "1.2.0")
    assert head.about == "One night, four hundred rolls."
    assert head.content_notes == "Flour, and a death that is mentioned once."
    assert [(each.id, [item.name for item in (*each.left, *each.right, *each.below)]) for each in story.panels] == [
        ("night", ["tired", "rolls"])
    ]
    assert story.renames == {"buns": "rolls"}
    play = Playthrough.start(story)
    assert [(each.label, each.text) for each in status_of(story, play.state)] == [("Rolls", "400"), ("Tired", "awake")]


@pytest.mark.parametrize(
    ("name", "id_"), [("night_bus.yaml", "night_bus"), ("Night Bus.yaml", "night_bus"), ("1985.yaml", "story_1985")]
)
def test_a_story_without_an_id_is_named_after_its_file(name: str, id_: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("story: Night bus\npassages:\n  stop:\n    end: true\n", "utf-8")
    story = load_story(tmp_path / name).story
    assert story
    assert story.id == id_


@pytest.mark.parametrize("given", ["arctic", 3, True])
def test_a_setting_that_cannot_be_is_the_start_value(given: str | float) -> None:
    story = load_story(FOLDER / "settings_one_of.yaml").story
    assert story
    assert begin(story, settings={"winter": given}).state.value("winter") == "mild"


def test_the_authors_notes_are_kept_with_their_places() -> None:
    story = load_story(FOLDER / "note_for_the_author.yaml").story
    assert story
    assert [(line, text) for _, (line, _), text in story.notes] == [(9, "what was her name again?")]


@pytest.mark.parametrize(("version", "warned"), [("0.9.0", []), ("1.0.0", ["SQ217"]), ("12.0", ["SQ217"])])
def test_a_choice_without_an_id_is_warned_of_once_the_story_is_out(
    version: str, warned: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "bell.yaml"
    text = (
        f"story: Bell\nversion: {version}\npassages:\n  tower:\n    choices:\n      - text: Ring\n        end: true\n"
    )
    path.write_text(text, "utf-8")
    loaded = load_story(path)
    assert [each.code for each in loaded.diagnostics] == warned
    assert loaded.story


def test_the_turns_since_a_place_can_be_asked_from_a_formula_a_phrase_a_bound_and_the_status(tmp_path: Path) -> None:
    story = story_of(
        """\
story: Long ago
status: [far]
stats:
  calm: {start: 1, range: [0, turns_since(here.past)]}
formulas:
  far: turns_since(here.home)
  gone: turns_since(here.road)
phrases:
  ago: "{turns_since(here.attic)}"
passages:
  home:
    text: "{far} {gone > 1000} {ago}"
    choices:
      - {text: Go, id: go, goto: road}
  road:
    text: "{far} {gone} {calm}"
    do: calm += 5
    choices:
      - {text: Go, id: go, goto: road}
  attic: {goto: home}
  past: {goto: home}
""",
        tmp_path,
    )
    turn = begin(story)
    assert turn.page.paragraphs == ("0 yes 1000000000",)
    for far, calm in (("1", "6"), ("2", "11")):
        turn = advance(story, turn.state, "go")
        assert turn.page.paragraphs == (f"{far} 0 {calm}",)
    assert [shown.text for shown in status_of(story, turn.state)] == ["2"]
