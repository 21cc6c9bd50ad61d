"""`why`: why a choice or a storylet is on offer now, or is not."""

import sys
from pathlib import Path

from siberia_quest import advance, begin
from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import folder_of, names_from_here, path_of, story_and_lines
from siberia_quest.model.markup import clean, escape
from siberia_quest.model.state import State
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN, say
from siberia_quest.play.exits import FINE
from siberia_quest.play.picking import find_nearest
from siberia_quest.play.play_request import WrongRequest, alter_story, settings_in
from siberia_quest.play.records import picks_in
from siberia_quest.storage.slots import Saves
from siberia_quest.tools import explanation as asking


def why(options: Options) -> int:
    """Print why a choice or a storylet is on offer now, or is not; return the exit status. Raises WrongRequest."""
    story, _ = story_and_lines(options.story)
    thing = _thing(story, options.name)
    story = alter_story(story, options.start, dict(options.values))
    answer = asking.why(story, thing, _state(story, options))
    named = names_from_here(path_of(options.story))
    is_json = options.form == "json"
    sys.stdout.write(escape(asking.as_json(answer, named)) if is_json else clean(asking.as_text(answer, named)))
    return FINE


def _thing(story: Story, name: str) -> asking.Thing:
    """Return the choice or storylet that is meant. Raises WrongRequest where there is none, or are several."""
    found = asking.things_named(story, name)
    if len(found) > 1:
        raise WrongRequest(say("several_things", name=name, which=", ".join(each.address for each in found)))
    if not found:
        known = asking.addresses(story)
        inside = [
            each for each in known if each.rpartition(".")[0].endswith(f".{name}") or each.rpartition(".")[0] == name
        ]
        if inside:
            raise WrongRequest(say("thing_is_passage", name=name, which=", ".join(inside)))
        near = find_nearest(name, (), [*known, *(each.rpartition(".")[2] for each in known)])
        raise WrongRequest(
            say("no_thing", name=name) + (f" {say('nearest', name=near)}" if isinstance(near, str) else "")
        )
    return found[0]


def _state(story: Story, options: Options) -> State:
    """Return the game that is asked about: a save, or a new game that took the picks of a script. Raises WrongRequest."""
    if options.save:
        saves = Saves(story, folder_of(options.saves))
        given = Path(options.save)
        opened = saves.examine(given if given.is_file() else saves.path(options.save))
        if opened.game is None:
            raise WrongRequest(SPOKEN.tell(opened.refusal.message) if opened.refusal else options.save)
        return opened.game.state
    turn = begin(story, options.seed or 0, settings_in(story, dict(options.values)))
    for pick in picks_in(options.script) if options.script else ():
        if not any(pick == each.id and each.enabled for each in turn.page.options) and not turn.page.ask:
            raise WrongRequest(say("pick_not_open", pick=clean(pick), turn=turn.state.turn))
        turn = advance(story, turn.state, pick)
    return turn.state
