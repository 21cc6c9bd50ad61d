"""What an author's tools and other views make of a random story: each answers, and none of it holds a command to a terminal."""

import json

from rich.cells import cell_len

from siberia_quest import State, Story
from siberia_quest.engine.code_parts import Unmade
from siberia_quest.engine.program import program_of
from siberia_quest.engine.status import stats_of
from siberia_quest.model.page import Page, Panel
from siberia_quest.terminal.json_lines import fields_of
from siberia_quest.terminal.rich_view import RichView
from siberia_quest.tools.explanation import addresses, as_text, things_named, why
from siberia_quest.tools.exploring.exact import exact_odds
from siberia_quest.tools.exploring.places import places_of
from siberia_quest.tools.mapping.dot import overview, write_whole_map
from siberia_quest.tools.mapping.links import map_of
from siberia_quest.tools.mapping.text_maps import as_json as map_as_json
from siberia_quest.tools.mapping.text_maps import as_mermaid, as_outline
from siberia_quest.tools.playing.player import play_game
from siberia_quest.tools.playing.unread import unread
from siberia_quest.tools.transcript import view
from siberia_quest.tools.word_count import as_text as words_as_text
from siberia_quest.tools.word_count import count_words
from stories.dice import Dice
from stories.promises import claim, holds_commands

_WIDTHS = (20, 80)
_MOST_STATES = 30
_MOST_PICKS = 12


def print_all(story: Story) -> int:
    """Print and compile all code that a story can come to; return how many parts that is."""
    program, count = program_of(story), 0
    for id_ in story.passages:
        coder = program.coder_of(id_)
        coder.code_until(lambda: False)
        while any(isinstance(part, Unmade) for part in coder.parts):
            for number, part in enumerate(coder.parts):
                if isinstance(part, Unmade):
                    claim(callable(coder.make(number)), "a part is made", number)
        count += len(coder.parts)
    for tag in story.storylets:
        claim(callable(program.tags[tag]), "what finds storylets is made ready", tag)
    return count


def use_tools(story: Story, state: State, dice: Dice) -> None:
    """Ask one of the tools for what it has to say of a story, or of a state of it."""
    match dice.below(5):
        case 0:
            drawn = map_of(story)
            for told in (as_outline(drawn), as_mermaid(drawn)):
                claim(not holds_commands(told), "a map in text holds no commands", told)
            claim(json.loads(map_as_json(drawn)), "a map is JSON")
            claim(overview(drawn) and write_whole_map(drawn), "a map can be drawn")
        case 1:
            for address in addresses(story):
                for thing in things_named(story, address):
                    claim(as_text(why(story, thing, state)), "why something is on offer can be told", address)
        case 2:
            claim(words_as_text(count_words(story, 0)), "words can be counted")
            claim(places_of(story).passages, "a story has places")
        case 3:
            odds = exact_odds(story, {}, _MOST_STATES)
            claim(
                odds.reason or abs(sum(odds.endings.values()) + odds.endless - 1) < 1e-6 or odds.problems,
                "all games end somehow",
                odds,
            )
        case _:
            seed = dice.below(100)
            read = play_game(story, seed=seed, most=_MOST_PICKS)
            fast = play_game(unread(story), seed=seed, most=_MOST_PICKS)
            claim(
                (fast.picks, fast.ending) == (read.picks, read.ending),
                "a game goes the same when nobody reads it",
                fast.picks,
                read.picks,
            )


def look_everywhere(story: Story, state: State, page: Page) -> None:
    """Look at a page on screens, as JSON and as a transcript, and at the stats beside it."""
    claim(json.loads(json.dumps(fields_of(page))), "a page is JSON")
    claim(not holds_commands(view(page)), "a transcript holds no commands", view(page))
    for width in _WIDTHS:
        rich = RichView(story.language, width)
        for line in (*rich.page(page, page.place), *rich.lines(Panel("", stats_of(story, state)))):
            claim(cell_len(line.plain) <= width, "no line is wider than the screen", width, line.plain)
            claim(not holds_commands(line.plain), "no line holds a command to a terminal", line.plain)
