"""What a player can always type, whatever the story offers. Each command exists once, for every front end."""

from collections.abc import Callable, Sequence
from types import MappingProxyType

from siberia_quest.engine.counting import list_words
from siberia_quest.engine.status import chart_of, journal_of, stats_of
from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Page, Panel
from siberia_quest.model.themes import THEME_NAMES
from siberia_quest.play.console import ConsoleItem, Notice, Row, Rows
from siberia_quest.play.gallery import achievements_of, endings_of, gallery_items
from siberia_quest.play.game import Playing
from siberia_quest.play.keeping import load, names_of_saves, quick, restart, save, saves, transcript
from siberia_quest.play.phrasing import say_turns
from siberia_quest.play.picking import CommandWord, find_command, simplify
from siberia_quest.play.playthrough import Past
from siberia_quest.play.speech import change_in_full

_RECENT = 15
_MOST_TURNS = 10**6


class Command(NamedTuple):
    """A command: what it does (the exit status where it leaves the game, else None), and whether words may follow its name.

    It `moves` the game to another turn or game, or leaves it. `behind` are words that may follow, for who presses Tab.
    One that is not listed in the help stands in the line of another.
    """

    run: Callable[[Playing, str], int | None]
    takes_words: bool = False
    moves: bool = False
    behind: Callable[[Playing], Sequence[str]] = lambda _: ()
    is_listed: bool = True


def command_words(language: Language) -> tuple[CommandWord, ...]:
    """Return what the commands answer to in a language."""
    return tuple(
        CommandWord(name, language.words_of(f"typed_{name}"), command.takes_words, command.moves)
        for name, command in COMMANDS.items()
    )


def names_of_commands(language: Language) -> tuple[str, ...]:
    """Return what the commands are called in a language."""
    return tuple(each.called[0] for each in command_words(language))


def _help(playing: Playing, about: str) -> None:
    language = playing.game.language
    words = command_words(language)
    found = find_command(about.lstrip("/"), words)
    if found:
        playing.console.tell(Rows("", (Row(language.say(f"usage_{found.name}"), language.say(f"help_{found.name}")),)))
        return
    rows = tuple(
        Row(f"/{each.called[0]}", language.say(f"help_{each.name}")) for each in words if COMMANDS[each.name].is_listed
    )
    playing.console.tell(Rows(language.say("help_title"), rows))
    playing.console.tell(Notice(language.say("how_to_pick")))


def _look(playing: Playing, _: str) -> None:
    playing.look(again=True)


def _choices(playing: Playing, _: str) -> None:
    options = playing.options()
    if options:
        playing.console.show(Page((), options=options), "", again=True)
    else:
        playing.console.tell(Notice(playing.game.say("nothing_to_choose")))


def _changes(playing: Playing, _: str) -> None:
    language = playing.game.language
    told = [words for change in playing.game.page.changes if (words := change_in_full(language, change))]
    playing.console.tell(*map(Notice, told or [language.say("no_changes")]))


def _stats(playing: Playing, _: str) -> None:
    rows = stats_of(playing.game.story, playing.game.state)
    playing.console.tell(Panel("", rows) if rows else Notice(playing.game.say("no_stats")))


def _journal(playing: Playing, _: str) -> None:
    game = playing.game
    playing.console.tell(journal_of(game.story, game.state))
    if len(game.state.journal) > 1:
        playing.console.tell(chart_of(game.story, game.state))


def _endings(playing: Playing, _: str) -> None:
    story, gallery = playing.game.story, playing.game.gallery()
    items = list[ConsoleItem]()
    if story.endings:
        items += gallery_items(story.language, "endings_title", endings_of(story, gallery.endings))
    if story.achievements:
        items += gallery_items(story.language, "achievements_title", achievements_of(story, gallery.achievements))
    playing.console.tell(*(items or [Notice(playing.game.say("endings_none"))]))


def _history(playing: Playing, which: str) -> None:
    past = playing.game.history()
    if not past:
        playing.console.tell(Notice(playing.game.say("history_empty")))
        return
    shown = past if simplify(which) in playing.game.language.words_of("all_words") else past[-_RECENT:]
    playing.console.tell(Rows(playing.game.say("history_title"), tuple(map(_past_row, shown))))
    if len(shown) < len(past):
        playing.console.tell(Notice(playing.game.say("history_earlier", number=len(past) - len(shown))))


def _past_row(past: Past) -> Row:
    return Row(str(past.turn), " · ".join(words for words in (past.words, past.place) if words))


def _undo(playing: Playing, typed: str) -> None:
    _move(playing, typed, playing.game.undo, "undo")


def _redo(playing: Playing, typed: str) -> None:
    _move(playing, typed, playing.game.redo, "redo")


def _move(playing: Playing, typed: str, move: Callable[[int], int], how: str) -> None:
    if typed and not (typed.isdecimal() and 0 < int(typed[:7]) <= _MOST_TURNS):
        playing.console.tell(Notice(playing.game.say("not_a_number", typed=typed), "trouble"))
        return
    moved = move(int(typed[:7]) if typed else 1)
    if not moved:
        playing.console.tell(
            Notice(playing.game.say("held" if how == "undo" and playing.game.is_barred() else f"nothing_to_{how}"))
        )
        return
    turns = say_turns(playing.game.language, moved)
    playing.console.tell(Notice(playing.game.say("undone" if how == "undo" else "redone", turns=turns)))
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
            Notice(playing.game.say("held" if playing.game.is_barred(turn) else "back_unknown", typed=typed), "trouble")
        )
        return
    playing.console.tell(Notice(playing.game.say("back_done", turn=turn)))
    playing.look(again=True)


def _begins(label: str, typed: str) -> bool:
    return simplify(label).startswith(simplify(typed))


def _list_marks(playing: Playing) -> None:
    marks = playing.game.marks()
    if not marks:
        playing.console.tell(Notice(playing.game.say("back_none")))
        return
    playing.console.tell(Rows(playing.game.say("back_title"), tuple(Row(str(mark.turn), mark.label) for mark in marks)))
    playing.console.tell(Notice(playing.game.say("back_hint")))


def _labels_of_marks(playing: Playing) -> Sequence[str]:
    return [clean(mark.label or str(mark.turn)) for mark in playing.game.marks()]


def _ways_to_set(playing: Playing) -> Sequence[str]:
    """Return what `/settings` may be followed by: each setting with what it is not now."""
    language = playing.game.language
    return [
        f"{language.say(f'called_{name}')} {language.say('off' if on else 'on')}"
        for name, on in playing.console.preferences._asdict().items()
    ]


def _settings(playing: Playing, typed: str) -> None:
    words = typed.casefold().split()
    if not words:
        _list_settings(playing)
        return
    now, typed_name, value = playing.console.preferences, words[0], " ".join(words[1:])
    language = playing.game.language
    name = next((each for each in now._fields if typed_name in {each, language.say(f"called_{each}")}), "")
    if name == "theme":
        _take_theme(playing, value)
    elif not name:
        playing.console.tell(Notice(language.say("settings_unknown", name=typed_name), "trouble"))
    elif value not in {*language.words_of("on_words"), *language.words_of("off_words")}:
        playing.console.tell(Notice(language.say("settings_value", name=typed_name)))
    else:
        switched = value in language.words_of("on_words")
        playing.console.preferences = now.switch(name, on=switched)
        playing.game.remember_preference(name, on=switched)
        words_for = language.say("on" if switched else "off")
        playing.console.tell(Notice(language.say("settings_changed", name=typed_name, value=words_for)))


def _full(playing: Playing, _: str) -> None:
    wanted = not playing.console.preferences.full
    playing.console.preferences = playing.console.preferences.switch("full", on=wanted)
    if playing.console.preferences.full != wanted:
        playing.console.tell(Notice(playing.game.say("full_impossible")))


def _take_theme(playing: Playing, typed: str) -> None:
    language = playing.game.language
    chosen = next((each for each in THEME_NAMES if typed in {each, *language.words_of(f"theme_{each}")}), None)
    if chosen is None:
        known = list_words(language, [language.words_of(f"theme_{each}")[0] for each in THEME_NAMES], "list_or")
        key = "theme_unknown" if typed else "theme_which"
        playing.console.tell(Notice(language.say(key, name=typed, known=known), "trouble" if typed else "note"))
        return
    playing.console.preferences = playing.console.preferences._replace(theme=chosen)
    playing.game.remember_theme(chosen)
    value = language.words_of(f"theme_{chosen}")[0]
    playing.console.tell(Notice(language.say("settings_changed", name=language.say("called_theme"), value=value)))


def _theme_row(playing: Playing) -> Row:
    language, chosen = playing.game.language, playing.console.preferences.theme
    value = language.words_of(f"theme_{chosen or playing.game.story.header.theme}")[0]
    return Row(
        language.say("called_theme"), language.say("setting_row", value=value, words=language.say("setting_theme"))
    )


def _list_settings(playing: Playing) -> None:
    rows = [
        Row(
            playing.game.say(f"called_{name}"),
            playing.game.say(
                "setting_row", value=playing.game.say("on" if on else "off"), words=playing.game.say(f"setting_{name}")
            ),
        )
        for name, on in playing.console.preferences.switches().items()
    ]
    rows.append(_theme_row(playing))
    playing.console.tell(
        Rows(playing.game.say("settings_title"), tuple(rows)), Notice(playing.game.say("settings_hint"))
    )
    story, state = playing.game.story, playing.game.state
    if story.settings:
        chosen = [
            Row(setting.prompt, dict(setting.options).get(str(state.value(name)), str(state.value(name))))
            for name, setting in story.settings.items()
        ]
        playing.console.tell(Rows(playing.game.say("settings_story"), tuple(chosen)))


def _quit(playing: Playing, _: str) -> int:
    return playing.leave()


#: Every command by its name, in the order of the help page.
COMMANDS = MappingProxyType(
    {
        "help": Command(_help, takes_words=True, behind=lambda playing: names_of_commands(playing.game.language)),
        "look": Command(_look),
        "choices": Command(_choices),
        "changes": Command(_changes),
        "stats": Command(_stats),
        "journal": Command(_journal),
        "endings": Command(_endings),
        "history": Command(
            _history, takes_words=True, behind=lambda playing: playing.game.language.words_of("all_words")[:1]
        ),
        "undo": Command(_undo, takes_words=True, moves=True),
        "redo": Command(_redo, takes_words=True, moves=True),
        "back": Command(_back, takes_words=True, moves=True, behind=_labels_of_marks),
        "save": Command(save, takes_words=True, behind=names_of_saves),
        "load": Command(load, takes_words=True, moves=True, behind=names_of_saves),
        "saves": Command(saves),
        "quick": Command(
            quick, takes_words=True, behind=lambda playing: playing.game.language.words_of("load_words")[:1]
        ),
        "restart": Command(restart, moves=True),
        "transcript": Command(transcript, takes_words=True),
        "full": Command(_full, is_listed=False),
        "settings": Command(_settings, takes_words=True, behind=_ways_to_set),
        "quit": Command(_quit, moves=True),
    }
)
