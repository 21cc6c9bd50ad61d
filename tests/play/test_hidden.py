"""What a story hides, no view tells: a game with a hidden stat and one shown by band in every place, read in every view."""

import io
import json
import re
from pathlib import Path

import pytest

from play.sittings import Sitting
from siberia_quest import load_story
from siberia_quest.engine.status import status_of
from siberia_quest.model.page import EndingBlock, Page
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.transcripts import transcript_of
from siberia_quest.terminal.drawing import fit_status
from siberia_quest.terminal.json_lines import play_as_json
from siberia_quest.terminal.rich_view import RichView
from siberia_quest.terminal.signs import UNICODE

#: `GRUDGE` and `WARMTH` say how the two stats are shown. Their numbers come from nowhere else.
STORY = """
story: The lodger
stats:
  coins: {start: 4, label: Coins}
  grudge: {start: 7317, range: [0, 90001], label: Old grudge, show: GRUDGE}
  warmth: {start: 61430, range: [0, 99989], bands: {0: frosty, 61500: mild, 70000: cordial}, label: Her warmth, show: WARMTH}
kinds:
  feeling: [grudge, warmth]
formulas:
  patience: 100 - grudge / 100
  welcome(extra): warmth / 1000 + extra
  of(feeling): value(feeling) / 2000
checks:
  knock: {odds: stat / 125 - against}
status: [coins, grudge, warmth]
panels:
  side: {left: [grudge, warmth], below: [coins]}
passages:
  hall:
    params: {}
    title: The hall
    steps:
      - let: guess = grudge / 90
      - show: stats
      - show: journal
      - show: {chart: [grudge, warmth, coins]}
      - choices:
          - {text: Pay, do: "coins -= 1, grudge += 11, warmth += 12", goto: ledger}
          - {text: Plead, needs: grudge >= 7400, goto: hall}
          - {text: Boast, needs: warmth >= 61500, goto: hall}
          - {text: Sing, needs: warmth > 61777, goto: hall}
          - {text: Dance, needs: coins > 2 and grudge < 7300, goto: hall}
          - {text: Knock, check: {stat: grudge, against: 3, kind: knock}, success: In., failure: Out.}
          - {text: Ring, check: {stat: warmth, against: 61400}, success: In., failure: Out.}
          - {text: Wait, check: {odds: patience}, success: In., failure: Out.}
          - {text: Ask, check: {odds: welcome(2), label: Asking}, success: In., failure: Out.}
          - {text: Hope, check: {odds: of(grudge)}, success: In., failure: Out.}
          - {text: Trust, check: {odds: of(warmth)}, success: In., failure: Out.}
          - {text: Guess, check: {odds: guess}, success: In., failure: Out.}
          - {deal: {tag: odd, show: 2}}
    goto: ledger
  ledger:
    steps:
      - check: {stat: grudge, against: 3, kind: knock, show: true}
        success: Yes.
        failure: No.
      - check: {odds: welcome(1), label: A look}
        success: Yes.
        failure: No.
      - journal: Something was paid.
      - do: warmth += 100, grudge += 100
      - checkpoint: The ledger
      - if: visits(ledger) < 3
        then: {goto: hall}
    end: out
  visit:
    title: A visit
    storylet: {tag: odd, needs: warmth > 61888}
    goto: hall
  quarrel:
    title: A quarrel
    storylet: {tag: odd, needs: grudge < 7111}
    goto: hall
endings:
  out: Out
"""
PICKS = ("pay", "knock", "pay", "ring", "trust", "hope", "guess")
HIDDEN_WORDS = ("grudge",)
#: What the two stats come to, and odds made of them.
NUMBERS = re.compile(
    r"(?<![\d.])(7[34]\d\d(\.\d+)?|61[4-9]\d\d|90001|99989|7111|2[67](\.\d+)?|5[56](\.\d+)?|6[0-5](\.\d+)?|3[01](\.\d+)?|8[1-4](\.\d+)?)(?![\d])"
)


def lodger(folder: Path, grudge: str, warmth: str) -> Story:
    path = folder / f"lodger_{grudge}_{warmth}.yaml"
    path.write_text(STORY.replace("GRUDGE", grudge).replace("WARMTH", warmth), "utf-8")
    loaded = load_story(path)
    assert loaded.story, loaded.diagnostics
    return loaded.story


def rich_lines(page: Page, width: int) -> str:
    return "\n".join(line.plain for line in RichView(SPOKEN, width).page(page, "The hall"))


def views(folder: Path, story: Story) -> dict[str, str]:
    """Return all that a player can get to see of a game, by view."""
    found: dict[str, str] = {}
    target = io.StringIO()
    play_as_json(Sitting(folder / "json", story).game, iter(PICKS), target, strict=False)
    pages = [json.loads(line) for line in target.getvalue().splitlines()]
    found["json"] = json.dumps([{key: value for key, value in page.items() if key != "seed"} for page in pages])
    plain = Sitting(folder / "plain", story)
    typed = [
        each
        for pick in PICKS
        for each in (pick, "/stats", "/journal", "/look", "/history all", "/back", "/save a", "yes")
    ]
    found["plain"] = "\n".join(
        plain.play(*typed, "/saves", "/settings", "/endings", "/undo 3", "/stats", "/load a", "/help")
    )
    found["transcript"] = transcript_of(plain.game.play)
    drawn = []
    game = Sitting(folder / "rich", story).game
    for pick in ("", *PICKS):  # the first page, then one for each pick
        page = game.page
        if pick and any(option.id == pick and option.enabled for option in page.options):
            page = game.take(pick)
        drawn += [rich_lines(page, width) for width in (30, 80)]
        drawn.append(fit_status(status_of(story, game.state), 200, UNICODE))
    found["rich"] = "\n".join(drawn)
    assert isinstance(game.page.ending, EndingBlock | None)
    return {name: re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d|/\S+", "", text) for name, text in found.items()}


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("hidden")
    return views(folder, lodger(folder, "hidden", "band"))


VIEWS = pytest.mark.parametrize("view", ["json", "plain", "transcript", "rich"])


@VIEWS
def test_no_view_names_what_is_hidden(hidden: dict[str, str], view: str) -> None:
    assert not [word for word in HIDDEN_WORDS if word in hidden[view].lower()]


@VIEWS
def test_no_view_has_a_number_of_what_is_hidden_or_shown_by_band(hidden: dict[str, str], view: str) -> None:
    assert not NUMBERS.findall(hidden[view])


@VIEWS
def test_every_view_has_the_band_of_what_is_shown_by_band(hidden: dict[str, str], view: str) -> None:
    assert "frosty" in hidden[view]


@VIEWS
def test_the_same_story_that_hides_nothing_shows_names_and_numbers_in_every_view(tmp_path: Path, view: str) -> None:
    told = views(tmp_path, lodger(tmp_path, "bar", "number"))[view]
    assert [word for word in HIDDEN_WORDS if word in told.lower()]
    assert {"7317", "61430"} <= {found[0] for found in NUMBERS.findall(told)}


def test_what_a_block_hides_its_neighbours_do_not_tell(tmp_path: Path) -> None:
    game = Sitting(tmp_path, lodger(tmp_path, "hidden", "band")).game
    page = game.page
    assert [option.odds for option in page.options if option.id in {"knock", "wait", "hope", "guess"}] == [None] * 4
    assert [option.odds for option in page.options if option.id in {"ring", "ask", "trust"}] == [
        "nearly_certain",
        "likely",
        "unlikely",
    ]
    assert {option.id: option.reason for option in page.options if not option.enabled} == {
        "plead": "not now",
        "boast": "needs Her warmth mild or more",
        "sing": "not now",
        "dance": "not now",
        "visit": "not now",
        "quarrel": "not now",
    }


def test_a_change_within_a_band_is_no_change_to_a_player(tmp_path: Path) -> None:
    game = Sitting(tmp_path, lodger(tmp_path, "hidden", "band")).game
    first, second = game.take("pay"), game.take("pay")
    assert [(each.name, each.before, each.band_before, each.band_after) for each in first.changes] == [
        ("coins", 4, "", ""),
        ("warmth", None, "frosty", "mild"),
    ]
    assert [each.name for each in second.changes] == ["coins"]
