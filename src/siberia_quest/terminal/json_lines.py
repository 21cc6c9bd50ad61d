"""The game for other programs: protocol 1, a request a line and a reply a line, as docs/json.md has it."""

import json
from collections.abc import Iterator, Mapping
from typing import TextIO, TypeAlias, Union

from siberia_quest.engine.status import status_of
from siberia_quest.loading.taking import LONGEST_LINE
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Option, Page
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE, PROBLEMS, REFUSED
from siberia_quest.play.game import Game
from siberia_quest.play.reports import Report, describe_settings
from siberia_quest.play.requests import KINDS, PROGRAM_COMMANDS, Declined, Moved, Reply, Words, answer, carry_out, pick

#: The version of the conversation; a front end asks for the one it knows.
PROTOCOL = 1
Json: TypeAlias = Union[bool, int, float, str, list["Json"], dict[str, "Json"], None]
_CAPITAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class _Line(NamedTuple):
    """A line that was read: what is wanted, with the words beside it, and the id that comes back with the reply."""

    do: str
    words: Words
    id: str | int | None = None
    #: A line that is no JSON object is a pick as it stands.
    is_bare: bool = False


def play_as_json(game: Game, lines: Iterator[str], target: TextIO, *, strict: bool) -> int:
    """Play a game by lines; return the exit status. With `strict` each line is a pick, and the first that is refused ends it with 3."""
    conversation = _Conversation(game, target)
    write(target, hello_of(game))
    conversation.write_reply(Moved(game.page), {})
    for line in lines:
        if game.page.ending and not strict and conversation.is_bare:
            break
        status = conversation.answer(line, strict=strict)
        if status is not None:
            return status
        if game.page.ending and not strict and conversation.is_bare:
            break
    return FINE


class _Conversation:
    """Reads requests and writes replies. While all were bare picks, the ending is the end."""

    def __init__(self, game: Game, target: TextIO) -> None:
        self.is_bare = True
        self._game = game
        self._target = target
        self._told = ""

    def answer(self, line: str, *, strict: bool) -> int | None:
        """Answer a line; return the exit status where it was the last."""
        read = _Line("pick", {"pick": line.strip()}, is_bare=True) if strict else _read(line)
        if isinstance(read, Declined):
            self.write_reply(read, {})
            return None
        self.is_bare &= read.is_bare
        reply = _reply(self._game, read)
        beside: dict[str, Json] = {} if read.id is None else {"id": read.id}
        if isinstance(reply, Declined) and read.do == "pick":
            beside["pick"] = str(read.words["pick"])
        self.write_reply(reply, beside)
        if strict and isinstance(reply, Declined):
            return REFUSED
        if strict and isinstance(reply, Moved) and reply.page.problem:
            return PROBLEMS
        return FINE if read.do == "quit" and isinstance(reply, Report) else None

    def write_reply(self, reply: Reply, beside: Mapping[str, Json]) -> None:
        """Write a reply, and on standard error what there is to tell of the saves."""
        game = self._game
        game.news()
        if game.herald and game.trouble not in {"", self._told}:
            game.herald((game.trouble,))
        self._told = game.trouble
        write(self._target, {**reply_as_json(game, reply), **beside})


def _read(line: str) -> _Line | Declined:
    """Read a line: a JSON object is a request, anything else a pick."""
    if len(line) >= LONGEST_LINE and not line.endswith("\n"):
        return Declined("too_long", say("json_too_long", most=LONGEST_LINE))
    if not line.lstrip("\ufeff \t").startswith("{"):
        return _Line("pick", {"pick": line.strip()}, is_bare=True)
    try:
        read = json.loads(line.lstrip("\ufeff"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as bad:
        return Declined("bad_request", say("json_bad", fault=bad))
    id_ = read.pop("id", None)
    if isinstance(id_, bool) or not isinstance(id_, str | int | None):
        return Declined("bad_request", say("json_bad_id"))
    for do in ("pick", "answer"):
        if do in read:
            return _Line(do, read, id_)
    do = read.pop("do", None)
    return _Line(do if isinstance(do, str) else "", read, id_)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _reply(game: Game, read: _Line) -> Reply:
    if read.do not in {"pick", "answer"}:
        return carry_out(game, read.do, read.words)
    given = read.words[read.do]
    if len(read.words) > 1 or isinstance(given, bool) or not isinstance(given, str | int | float):
        return Declined("bad_request", say("json_bad_word", name=read.do, kind=KINDS[str]))
    return pick(game, str(given)) if read.do == "pick" else answer(game, str(given))


def reply_as_json(game: Game, reply: Reply) -> dict[str, Json]:
    """Return a reply as it is written."""
    if isinstance(reply, Declined):
        return {"type": "refusal", "code": reply.code, "refused": reply.reason}
    if isinstance(reply, Report):
        return {"type": "report", "report": reply.of, **{name: _plain(part) for name, part in reply.parts.items()}}
    return {**page_as_json(game, reply.page), "told": list(reply.told)}


def hello_of(game: Game) -> dict[str, Json]:
    """Return the first line: who speaks, which story, and what can be asked for."""
    from siberia_quest import __version__  # noqa: PLC0415  # the package knows its rooms, and not the other way round

    header = game.story.header
    commands: list[Json] = [
        {"do": name, "takes": {word: KINDS[kind] for word, kind in command.takes.items()}}
        for name, command in PROGRAM_COMMANDS.items()
    ]
    return {
        "type": "hello",
        "protocol": PROTOCOL,
        "program": {"name": "siberia-quest", "version": __version__},
        "story": {
            "id": header.id, "title": header.title, "version": header.version, "by": header.by, "about": header.about,
            "content_notes": header.content_notes, "language": game.language.name,
        },
        "seed": game.play.seed,
        "settings": _plain(describe_settings(game)),
        "commands": commands,
    }  # fmt: skip


def page_as_json(game: Game, page: Page) -> dict[str, Json]:
    """Return a page of a game, with everything a front end needs."""
    options: list[Json] = [_option(number, option) for number, option in enumerate(page.options, 1)]
    status = () if page.ending else status_of(game.story, game.state)
    return {
        "type": "page",
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
        "checkpoint": page.checkpoint,
        "status": [fields_of(each) for each in status],
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
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    return str(value)
