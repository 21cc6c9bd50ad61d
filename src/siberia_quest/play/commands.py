"""What a player can always type, whatever the story offers. Each command exists once, for every front end."""

from collections.abc import Callable
from types import MappingProxyType
from typing import NamedTuple

from siberia_quest.engine.numbers import plural
from siberia_quest.engine.status import chart_of, journal_of, stats_of
from siberia_quest.model.page import Panel
from siberia_quest.play.catalogue import say, words_of
from siberia_quest.play.console import Notice, Row, Rows
from siberia_quest.play.game import Playing
from siberia_quest.play.keeping import load, quick, restart, save, saves, transcript
from siberia_quest.play.picking import simplify
from siberia_quest.play.playthrough import Past

_RECENT = 15
_MOST_TURNS = 10**6


class Command(NamedTuple):
    """A command: what it does (the exit status where it leaves the game, else None), and whether words may follow its name."""

    run: Callable[[Playing, str], int | None]
    takes_words: bool = False
    others: tuple[str, ...] = ()


def command_named(typed: str) -> tuple[Command, str] | None:
    """Return the command that was typed, and the words behind its name; None where it is no command."""
    name, _, rest = typed.strip().partition(" ")
    name, rest = name.casefold().rstrip(".!"), rest.strip()
    for known, command in COMMANDS.items():
        if name == known or name in command.others:
            return (command, rest) if command.takes_words or not rest else None
    return None


def _help(playing: Playing, about: str) -> None:
    found = command_named(about.lstrip("/"))
    names = [name for name, command in COMMANDS.items() if not found or command is found[0]]
    rows = tuple(Row(f"/{name}" if not found else say(f"usage_{name}"), say(f"help_{name}")) for name in names)
    playing.console.tell(Rows("" if found else say("help_title"), rows))
    if not found:
        playing.console.tell(Notice(say("help_choices")))


def _look(playing: Playing, _: str) -> None:
    playing.look(again=True)


def _stats(playing: Playing, _: str) -> None:
    rows = stats_of(playing.game.story, playing.game.state)
    playing.console.tell(Panel("", rows) if rows else Notice(say("no_stats")))


def _journal(playing: Playing, _: str) -> None:
    game = playing.game
    playing.console.tell(journal_of(game.story, game.state))
    if len(game.state.journal) > 1:
        playing.console.tell(chart_of(game.story, game.state))


def _endings(playing: Playing, _: str) -> None:
    story, gallery = playing.game.story, playing.game.gallery()
    if not story.endings and not story.achievements:
        playing.console.tell(Notice(say("endings_none")))
        return
    if story.endings:
        endings = sorted(story.endings.values(), key=lambda ending: ending.rank)
        rows = [_make_row(each.title or each.id, each.hint, found=each.id in gallery.endings) for each in endings]
        title = say("endings_title", found=sum(not row.faint for row in rows), all=len(rows))
        playing.console.tell(Rows(title, tuple(rows)))
    if story.achievements:
        rows = [
            _make_row(each.title, each.hint, found=each.id in gallery.achievements)
            for each in story.achievements.values()
        ]
        title = say("achievements_title", found=sum(not row.faint for row in rows), all=len(rows))
        playing.console.tell(Rows(title, tuple(rows)))


def _make_row(title: str, hint: str, *, found: bool) -> Row:
    if found:
        return Row(title, say("found"))
    return Row(say("achievement_hidden"), say("ending_hint", hint=hint) if hint else say("ending_hidden"), faint=True)


def _history(playing: Playing, which: str) -> None:
    past = playing.game.history()
    if not past:
        playing.console.tell(Notice(say("history_empty")))
        return
    shown = past if simplify(which) in words_of("all_words") else past[-_RECENT:]
    playing.console.tell(Rows(say("history_title"), tuple(map(_past_row, shown))))
    if len(shown) < len(past):
        playing.console.tell(Notice(say("history_earlier", number=len(past) - len(shown))))


def _past_row(past: Past) -> Row:
    return Row(str(past.turn), " · ".join(words for words in (past.words, past.place) if words))


def _undo(playing: Playing, typed: str) -> None:
    _move(playing, typed, playing.game.undo, "undo")


def _redo(playing: Playing, typed: str) -> None:
    _move(playing, typed, playing.game.redo, "redo")


def _move(playing: Playing, typed: str, move: Callable[[int], int], how: str) -> None:
    if typed and not (typed.isdecimal() and 0 < int(typed[:7]) <= _MOST_TURNS):
        playing.console.tell(Notice(say("not_a_number", typed=typed), "trouble"))
        return
    moved = move(int(typed[:7]) if typed else 1)
    if not moved:
        playing.console.tell(Notice(say("held" if how == "undo" and playing.game.is_barred() else f"nothing_to_{how}")))
        return
    turns = say(plural(moved, "turns_one", "turns_many"), number=moved)
    playing.console.tell(Notice(say("undone" if how == "undo" else "redone", turns=turns)))
    playing.look(again=True)


def _back(playing: Playing, typed: str) -> None:
    marks = playing.game.marks()
    if not typed:
        _list_marks(playing)
        return
    turn = (
        int(typed[:7])
        if typed.isdecimal()
        else next((mark.turn for mark in marks[::-1] if _begins(mark.label, typed)), -1)
    )
    if turn < 0 or not playing.game.back_to(turn):
        playing.console.tell(
            Notice(say("held") if playing.game.is_barred(turn) else say("back_unknown", typed=typed), "trouble")
        )
        return
    playing.console.tell(Notice(say("back_done", turn=turn)))
    playing.look(again=True)


def _begins(label: str, typed: str) -> bool:
    return simplify(label).startswith(simplify(typed))


def _list_marks(playing: Playing) -> None:
    marks = playing.game.marks()
    if not marks:
        playing.console.tell(Notice(say("back_none")))
        return
    playing.console.tell(Rows(say("back_title"), tuple(Row(str(mark.turn), mark.label) for mark in marks)))
    playing.console.tell(Notice(say("back_hint")))


def _settings(playing: Playing, typed: str) -> None:
    words = typed.casefold().split()
    if not words:
        _list_settings(playing)
        return
    now, name, value = playing.console.preferences, words[0], " ".join(words[1:])
    if name not in now._fields:
        playing.console.tell(Notice(say("settings_unknown", name=name), "trouble"))
    elif value not in words_of("on_words") | words_of("off_words"):
        playing.console.tell(Notice(say("settings_value", name=name)))
    else:
        switched = value in words_of("on_words")
        playing.console.preferences = now.switch(name, on=switched)
        playing.game.remember_preference(name, on=switched)
        playing.console.tell(Notice(say("settings_changed", name=name, value=say("on" if switched else "off"))))


def _list_settings(playing: Playing) -> None:
    rows = [
        Row(name, say("setting_row", value=say("on" if on else "off"), words=say(f"setting_{name}")))
        for name, on in playing.console.preferences._asdict().items()
    ]
    playing.console.tell(Rows(say("settings_title"), tuple(rows)), Notice(say("settings_hint")))
    story, state = playing.game.story, playing.game.state
    if story.settings:
        chosen = [
            Row(setting.prompt, dict(setting.options).get(str(state.value(name)), str(state.value(name))))
            for name, setting in story.settings.items()
        ]
        playing.console.tell(Rows(say("settings_story"), tuple(chosen)))


def _quit(playing: Playing, _: str) -> int:
    return playing.leave()


#: Every command by its name, in the order of the help page.
COMMANDS = MappingProxyType(
    {
        "help": Command(_help, takes_words=True, others=("?", "h", "commands")),
        "look": Command(_look, others=("l",)),
        "stats": Command(_stats, others=("stat",)),
        "journal": Command(_journal, others=("j",)),
        "endings": Command(_endings, others=("achievements",)),
        "history": Command(_history, takes_words=True),
        "undo": Command(_undo, takes_words=True, others=("u",)),
        "redo": Command(_redo, takes_words=True),
        "back": Command(_back, takes_words=True, others=("rewind",)),
        "save": Command(save, takes_words=True),
        "load": Command(load, takes_words=True, others=("restore",)),
        "saves": Command(saves),
        "quick": Command(quick, takes_words=True),
        "restart": Command(restart),
        "transcript": Command(transcript, takes_words=True),
        "settings": Command(_settings, takes_words=True),
        "quit": Command(_quit, others=("q", "exit", "leave")),
    }
)
