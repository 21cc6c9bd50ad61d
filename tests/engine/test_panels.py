"""What the status and the panels show: by conditions, on each side, of all sorts of things, and no more than a player may know."""

from pathlib import Path

import pytest

from siberia_quest import Story, Turn, advance, begin, load_story
from siberia_quest.engine.status import panels_of, status_of
from siberia_quest.model.page import Figure

STORY = """
story: The kiln
kinds:
  firing: {good: good +, cracked: cracked −}
stats:
  heat: {start: 40, range: [0, 100], bands: {0: cold, 30: warm}, show: bar}
  trust: {start: 7, range: [0, 10], bands: {0: wary, 5: open}, show: band}
  debt: {start: 9, range: [0, 99], show: hidden}
variables:
  pots: 6
  none_left: 0
  sky: grey
  open_air: false
  firings: {list_of: firing, last: 3}
formulas:
  owed: debt * 2
  felt: trust + 1
  share: pots / none_left
status: STATUS
panels:
  kiln:
    if: pots > 0
    title: "Kiln {pots}"
    left: ENTRIES
passages:
  yard:
    choices:
      - {text: Fire, id: fire, do: "pots -= 3, firings += cracked, heat += 30", goto: yard}
      - {text: Write, id: write, then: {journal: "Wrote with {pots} pots."}, goto: yard}
      - {text: Stop, id: stop, end: true}
"""


def kiln(folder: Path, entries: str = "[heat]", status: str = "[heat]") -> Story:
    path = folder / "kiln.yaml"
    path.write_text(STORY.replace("ENTRIES", entries).replace("STATUS", status), "utf-8")
    loaded = load_story(path)
    assert loaded.story, [each.message for each in loaded.diagnostics]
    return loaded.story


def play(story: Story, *picks: str) -> Turn:
    turn = begin(story, 1)
    for pick in picks:
        turn = advance(story, turn.state, pick)
    return turn


def figures(folder: Path, entries: str, *picks: str) -> tuple[Figure, ...]:
    story = kiln(folder, entries)
    (board,) = panels_of(story, play(story, *picks).state)
    return board.left


@pytest.mark.parametrize(
    ("entry", "label", "text"),
    [
        ("heat", "Heat", "40 warm"),
        ("pots", "Pots", "6"),
        ("open_air", "Open air", "no"),
        ("sky", "Sky", "grey"),
        ('"Heat is {heat}"', "", "Heat is 40"),
        ("{value: heat, label: The fire}", "The fire", "40 warm"),
        ('{value: heat, text: "{if heat > 30 then glowing | dull}"}', "Heat", "glowing"),
        ("{value: heat, show: band}", "Heat", "warm"),
        ("{value: heat, label: ''}", "", "40 warm"),
        ("{value: pots * 2, label: Twice}", "Twice", "12"),
        ("trust", "Trust", "open"),
        ("{value: trust, show: number}", "Trust", "open"),
        ("{value: pots, range: [0, 8]}", "Pots", "6"),
        ("{value: share, label: Share}", "Share", "?"),
    ],
)
def test_an_entry_says_what_it_names(entry: str, label: str, text: str, tmp_path: Path) -> None:
    (figure,) = figures(tmp_path, f"[{entry}]")
    assert (figure.label, figure.text) == (label, text)


def test_a_bar_has_the_ends_of_its_stat_or_its_own(tmp_path: Path) -> None:
    rows = [each.row for each in figures(tmp_path, "[heat, {value: pots, range: [0, 2 + heat / 5]}]")]
    assert [(row.value, row.low, row.high, row.show) for row in rows if row] == [
        (40, 0, 100, "bar"),
        (6, 0, 10, "bar"),
    ]


@pytest.mark.parametrize("show", ["bar", "number", "band"])
def test_a_stat_that_is_shown_by_band_has_no_number_whatever_an_entry_asks(show: str, tmp_path: Path) -> None:
    (figure,) = figures(tmp_path, f"[{{value: trust, show: {show}}}]")
    assert figure.row
    assert (figure.row.value, figure.row.low, figure.row.high, figure.text) == (None, None, None, "open")


@pytest.mark.parametrize(
    "entry", ["debt", "{value: owed}", "{value: debt - 1}", "{value: felt}", "{value: felt, range: [0, 20]}"]
)
def test_what_hangs_on_a_stat_that_is_no_number_to_the_player_is_left_out(entry: str, tmp_path: Path) -> None:
    assert figures(tmp_path, f"[{entry}]") == ()


def test_a_list_shows_its_newest_members_and_the_journal_its_last_lines(tmp_path: Path) -> None:
    entries = "[{value: firings, label: Last}, {journal: 2, label: Log}, {journal: 0}]"
    found = figures(tmp_path, entries, "fire", "write", "write", "write")
    assert [each.items for each in found] == [
        ("cracked −",),
        ("Wrote with 3 pots.", "Wrote with 3 pots."),
        (),
    ]


def test_an_entry_is_shown_while_its_condition_holds(tmp_path: Path) -> None:
    entries = "[{value: pots, if: heat > 50}, {value: sky, if: heat <= 50}]"
    assert [each.name for each in figures(tmp_path, entries)] == ["sky"]
    assert [each.name for each in figures(tmp_path, entries, "fire")] == ["pots"]


def test_a_panel_is_shown_while_its_condition_holds_and_not_after_the_end(tmp_path: Path) -> None:
    story = kiln(tmp_path)
    assert [each.title for each in panels_of(story, play(story).state)] == ["Kiln 6"]
    assert panels_of(story, play(story, "fire", "fire").state) == ()
    assert panels_of(story, play(story, "stop").state) == ()


def test_the_status_can_tell_one_thing_here_and_another_there(tmp_path: Path) -> None:
    story = kiln(tmp_path, status='[{value: heat, if: pots > 3}, {value: pots, if: pots <= 3}, "{sky}"]')
    assert [each.text for each in status_of(story, play(story).state)] == ["40", "grey"]
    assert [each.text for each in status_of(story, play(story, "fire").state)] == ["3", "grey"]


def test_to_look_at_a_panel_moves_no_dice_and_no_count(tmp_path: Path) -> None:
    story = kiln(tmp_path, '["{sky}", heat]')
    looked, state = play(story, "fire"), play(story, "fire").state
    for _ in range(3):
        panels_of(story, looked.state)
    assert looked.state == state


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ("{value: heet}", "SQ201", "heat"),
        ("heet", "SQ201", "heat"),
        ("{values: heat}", "SQ205", "value"),
        ("{label: Fire}", "SQ211", "value"),
        ("{value: pots, show: bar}", "SQ211", "range"),
        ("{value: pots, show: band}", "SQ401", "text"),
        ("{value: heat, show: bars}", "SQ402", "bar"),
        ("{value: heat, range: [0, 9]}", "SQ222", "take it out"),
        ("{value: sky, range: [0, 9]}", "SQ303", "range"),
        ("{text: Hm, show: bar}", "SQ221", "value"),
        ("{journal: 2, value: heat}", "SQ222", ""),
        ('"{cycle | a | b}"', "SQ318", "condition"),
        ('{text: "{shuffle | a | b}"}', "SQ318", "condition"),
        ('{value: "roll(1, 6)"}', "SQ306", ""),
        ("[heat]", "SQ206", ""),
    ],
)
@pytest.mark.parametrize("place", ["ENTRIES", "STATUS"])
def test_a_slip_in_an_entry_is_told_with_its_cure(
    entry: str, code: str, words: str, place: str, tmp_path: Path
) -> None:
    path = tmp_path / "kiln.yaml"
    path.write_text(STORY.replace(place, f"[{entry}]").replace("ENTRIES", "[]").replace("STATUS", "[]"), "utf-8")
    found = load_story(path).diagnostics
    assert [each.code for each in found] == [code]
    assert words in found[0].fix


def test_a_panel_with_nothing_in_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "kiln.yaml"
    path.write_text("story: A\npanels: {side: {if: true}}\npassages: {a: {text: B., end: true}}\n", "utf-8")
    assert [each.code for each in load_story(path).diagnostics] == ["SQ211"]
