"""What a program asks of a game, one request after the other, and what it gets: a page, a report or a refusal."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from siberia_quest.engine.turns import NotOnOffer
from siberia_quest.model.language import Told, compose
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Page
from siberia_quest.play.catalogue import list_names, say
from siberia_quest.play.game import Game
from siberia_quest.play.keeping import slot_of
from siberia_quest.play.play_request import WrongRequest, only_settings_in
from siberia_quest.play.reports import REPORTS, Report
from siberia_quest.play.transcripts import FORMS, form_named, form_of, transcript_of, write_transcript
from siberia_quest.storage.names import slot_fault, stem_of
from siberia_quest.storage.refusals import why_refused
from siberia_quest.storage.slots import Refusal

#: Why a request was refused, for programs.
RefusalCode: TypeAlias = Literal[
    "not_on_offer", "not_open", "bad_answer", "has_ended", "bad_request", "too_long", "nothing_to_undo", "nothing_to_redo",
    "held", "unknown_turn", "no_such_save", "not_loaded", "not_saved", "not_deleted", "needs_sure", "bad_setting", "not_written",
    "no_room",
]  # fmt: skip
#: What stands beside the name of a command: words by name.
Words: TypeAlias = Mapping[str, object]


class Moved(NamedTuple):
    """The page where the game stands now, and what there is to say beside it."""

    page: Page
    told: tuple[str, ...] = ()


class Declined(NamedTuple):
    """A request that was not carried out; nothing has changed. `reason` is for people."""

    code: RefusalCode
    reason: str


Reply: TypeAlias = Moved | Report | Declined


class ProgramCommand(NamedTuple):
    """A command: what it does, and the words it takes, each with its kind."""

    run: Callable[[Game, Words], Reply]
    takes: Mapping[str, type]


def find_pick(pick: str, page: Page) -> str:
    """Return the id of the option that is meant by its id, or by its number from 1; an answer, or what is no option, stays as it is.

    >>> from siberia_quest import Option, Page
    >>> find_pick("2", Page((), options=(Option("stay", "Stay"), Option("go", "Go"))))
    'go'
    """
    if page.ask or any(option.id == pick for option in page.options):
        return pick
    number = int(pick) if pick.isdecimal() and len(pick) < 5 else 0
    return page.options[number - 1].id if 1 <= number <= len(page.options) else pick


def pick(game: Game, picked: str) -> Reply:
    """Take an option by its id or number, or an answer to the page's question."""
    page = game.page
    if page.ending:
        return Declined("has_ended", game.say("has_ended"))
    wanted = find_pick(clean(picked).strip(), page)
    try:
        return Moved(game.take(wanted))
    except NotOnOffer as refused:
        is_locked = any(option.id == wanted and not option.enabled for option in page.options)
        return Declined("bad_answer" if page.ask else "not_open" if is_locked else "not_on_offer", refused.reason)


def answer(game: Game, text: str) -> Reply:
    """Answer the page's question."""
    if game.page.ask is None:
        return Declined("not_on_offer", say("json_asks_nothing"))
    return pick(game, text)


def carry_out(game: Game, do: str, words: Words) -> Reply:
    """Do a command, or return a report, by its name.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from siberia_quest import load_story
    >>> from siberia_quest.play.game import Games
    >>> with TemporaryDirectory() as folder:
    ...     game = Games(load_story("story/first_fire").story, Path(folder)).begin({}, seed=7)
    ...     replies = pick(game, "dance"), pick(game, "1"), carry_out(game, "undo", {}), carry_out(game, "stats", {})
    >>> replies[0].code, replies[1].page.turn, replies[2].page.turn, replies[3].of
    ('not_on_offer', 1, 0, 'stats')
    """
    command = PROGRAM_COMMANDS.get(do)
    if command is None:
        return Declined("bad_request", say("json_no_command", name=do, which=list_names(PROGRAM_COMMANDS)))
    for name, value in words.items():
        kind = command.takes.get(name)
        if kind is None:
            return Declined("bad_request", say("json_no_word", name=name, do=do, which=list_names(command.takes)))
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            return Declined("bad_request", say("json_bad_word", name=name, kind=KINDS[kind]))
    return command.run(game, words)


def _report(of: str) -> ProgramCommand:
    return ProgramCommand(lambda game, _: Report(of, REPORTS[of](game)), {})


def _look(game: Game, _: Words) -> Reply:
    return Moved(game.page)


def _undo(game: Game, words: Words) -> Reply:
    if game.undo(_turns(words)):
        return Moved(game.page)
    return (
        Declined("held", game.say("held"))
        if game.is_barred()
        else Declined("nothing_to_undo", game.say("nothing_to_undo"))
    )


def _redo(game: Game, words: Words) -> Reply:
    if game.redo(_turns(words)):
        return Moved(game.page)
    return Declined("nothing_to_redo", game.say("nothing_to_redo"))


def _turns(words: Words) -> int:
    turns = words.get("turns", 1)
    return max(0, turns) if isinstance(turns, int) else 1


def _back(game: Game, words: Words) -> Reply:
    turn = words.get("turn")
    if not isinstance(turn, int):
        return Declined("bad_request", say("json_lacks_word", name="turn", do="back"))
    if game.is_barred(turn):
        return Declined("held", game.say("held"))
    if not game.back_to(turn):
        return Declined("unknown_turn", game.say("back_unknown", typed=turn))
    return Moved(game.page)


def _save(game: Game, words: Words) -> Reply:
    label = str(words.get("name", ""))
    slot = slot_of(label)
    if fault := slot_fault(slot):
        return Declined("not_saved", game.say("bad_slot", fault=game.language.tell(fault)))
    if not words.get("sure") and any(stem_of(each.name) == stem_of(slot) for each in game.slots()):
        return Declined("needs_sure", say("json_save_over", name=slot))
    return _outcome(game, game.save(slot, label), "not_saved", Report("save", {"name": slot}))


def _quick(game: Game, _: Words) -> Reply:
    return _outcome(game, game.quick_save(), "not_saved", Report("quick", {"name": "quick"}))


def _delete(game: Game, words: Words) -> Reply:
    name = str(words.get("name", ""))
    if not any(each.name == name for each in game.slots()):
        return Declined("no_such_save", game.say("no_such_save", slot=name))
    if not words.get("sure"):
        return Declined("needs_sure", say("json_delete", name=name))
    return _outcome(game, game.saves.delete(name), "not_deleted", Report("delete", {"name": name}))


def _outcome(game: Game, refusal: Refusal | None, code: RefusalCode, done: Report) -> Reply:
    return Declined(code, _words(game, refusal.message)) if refusal else done


def _words(game: Game, told: Told) -> str:
    return game.language.tell(told)


def _load(game: Game, words: Words) -> Reply:
    name = str(words.get("name", ""))
    if not any(each.name == name for each in game.slots()):
        return Declined("no_such_save", game.say("no_such_save", slot=name))
    opened = game.open(name)
    if opened.game and opened.ask and not words.get("sure"):
        return Declined("needs_sure", _words(game, opened.ask))
    refusal = game.go_on_with(opened) if opened.game else opened.refusal
    if refusal:
        return Declined("not_loaded", _words(game, refusal.message))
    return Moved(game.page, tuple(_words(game, each) for each in opened.notices))


def _restart(game: Game, words: Words) -> Reply:
    given = words.get("settings", {})
    assert isinstance(given, Mapping)  # as its kind in the table says
    values = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}
    try:
        settings = only_settings_in(game.story, values)
    except WrongRequest as wrong:
        return Declined("bad_setting", str(wrong))
    for name, value in settings.items():
        longest = game.story.settings[name].longest
        if isinstance(value, str) and longest and len(value) > longest:
            return Declined("bad_setting", game.say("too_long", most=longest))
    refusal = game.restart(settings)
    return Declined("not_saved", _words(game, refusal.message)) if refusal else Moved(game.page)


def _set(game: Game, words: Words) -> Reply:
    if not words:
        return Report("settings", REPORTS["settings"](game))
    name, on = str(words.get("name", "")), words.get("on")
    if name not in game.preferences().switches() or not isinstance(on, bool):
        return Declined("bad_setting", say("json_setting", which=list_names(tuple(game.preferences().switches()))))
    refusal = game.remember_preference(name, on=on)
    return _outcome(game, refusal, "not_saved", Report("settings", REPORTS["settings"](game)))


def _note(game: Game, words: Words) -> Reply:
    text = clean(str(words.get("text", ""))).strip()
    if not game.note(text):
        return Declined("no_room", game.say("no_more_notes"))
    return Report("note", {"text": text})


def _transcript(game: Game, words: Words) -> Reply:
    form, file = form_named(str(words.get("form", "text"))), str(words.get("file", ""))
    if form is None:
        return Declined("bad_request", say("json_form", which=list_names(FORMS)))
    if not file:
        return Report("transcript", {"file": "", "text": transcript_of(game.play, form)})
    try:
        path = write_transcript(game.play, game.folder(), file, form if "form" in words else form_of(file))
    except OSError as failed:
        return Declined("not_written", _words(game, compose("transcript_failed", reason=why_refused(failed))))
    return Report("transcript", {"file": str(path), "text": ""})


def _quit(game: Game, _: Words) -> Reply:
    game.settle()
    return Report("quit", {"saved": not game.trouble})


#: The kinds of words as a program reads them.
KINDS: Mapping[type, str] = MappingProxyType({str: "text", int: "number", bool: "yes/no", Mapping: "mapping"})
#: Every command by its name; each report is one.
PROGRAM_COMMANDS: Mapping[str, ProgramCommand] = MappingProxyType(
    {
        "look": ProgramCommand(_look, {}),
        **{of: _report(of) for of in REPORTS},
        "undo": ProgramCommand(_undo, {"turns": int}),
        "redo": ProgramCommand(_redo, {"turns": int}),
        "back": ProgramCommand(_back, {"turn": int}),
        "save": ProgramCommand(_save, {"name": str, "sure": bool}),
        "load": ProgramCommand(_load, {"name": str, "sure": bool}),
        "delete": ProgramCommand(_delete, {"name": str, "sure": bool}),
        "quick": ProgramCommand(_quick, {}),
        "restart": ProgramCommand(_restart, {"settings": Mapping}),
        "settings": ProgramCommand(_set, {"name": str, "on": bool}),
        "note": ProgramCommand(_note, {"text": str}),
        "transcript": ProgramCommand(_transcript, {"file": str, "form": str}),
        "quit": ProgramCommand(_quit, {}),
    }
)
