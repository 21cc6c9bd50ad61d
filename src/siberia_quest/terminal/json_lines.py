"""The game for other programs: one page a line as JSON, one pick a line back."""

import json
from collections.abc import Iterator, Mapping
from typing import TextIO, TypeAlias, Union

from siberia_quest.engine.status import status_of
from siberia_quest.model.page import Option, Page
from siberia_quest.play.game import Game
from siberia_quest.play.lines import play_lines

Json: TypeAlias = Union[bool, int, float, str, list["Json"], dict[str, "Json"], None]
_CAPITAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def play_as_json(game: Game, lines: Iterator[str], target: TextIO, *, strict: bool) -> int:
    """Play a game by lines, each page written as JSON; return the exit status. See `play_lines`."""
    told = ""

    def show(page: Page) -> None:
        nonlocal told
        game.news()
        if game.herald and game.trouble not in {"", told}:
            game.herald((game.trouble,))
        told = game.trouble
        write(target, page_as_json(game, page))

    def refuse(pick: str, reason: str) -> None:
        write(target, {"refused": reason, "pick": pick})

    return play_lines(game, lines, show, refuse, strict=strict)


def page_as_json(game: Game, page: Page) -> dict[str, Json]:
    """Return a page of a game, with everything a front end needs."""
    options: list[Json] = [_option(number, option) for number, option in enumerate(page.options, 1)]
    status = () if page.ending else status_of(game.story, game.state)
    return {
        "story": game.story.id,
        "turn": game.state.turn,
        "place": game.place,
        "title": page.title,
        "blocks": [{"type": type_of(block), **fields_of(block)} for block in page.blocks],
        "paragraphs": list(page.paragraphs),
        "changes": [fields_of(change) for change in page.changes],
        "options": options,
        "ask": fields_of(page.ask) if page.ask else None,
        "ending": fields_of(page.ending) if page.ending else None,
        "problem": fields_of(page.problem) if page.problem else None,
        "status": [{"name": each.name, "label": each.label, "text": each.text} for each in status],
        "panels": [fields_of(each) for each in game.page.panels],
        "saved": not game.trouble,
    }


def type_of(block: object) -> str:
    """Return the name of a block's type: `stat_change`."""
    name = type(block).__name__.removesuffix("Block")
    return "".join(f"_{sign.lower()}" if sign in _CAPITAL else sign for sign in name).lstrip("_")


def write(target: TextIO, value: Mapping[str, Json]) -> None:
    """Write one line; signs beyond ASCII are escaped, so that any output can carry it."""
    target.write(json.dumps(value, separators=(",", ":")) + "\n")
    target.flush()


def _option(number: int, option: Option) -> Json:
    return {"number": number, **fields_of(option)}


def fields_of(nouns: tuple[object, ...]) -> dict[str, Json]:
    """Return a noun's fields by name."""
    names: tuple[str, ...] = getattr(nouns, "_fields", ())
    return {name: _plain(getattr(nouns, name)) for name in names}


def _plain(value: object) -> Json:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, tuple):
        return fields_of(value) if hasattr(value, "_fields") else [_plain(each) for each in value]
    return str(value)
