"""What a player is told where a line names nothing: what may be meant, and what can be typed."""

from collections.abc import Sequence
from typing import assert_never

from siberia_quest.engine.counting import list_words
from siberia_quest.model.language import Language
from siberia_quest.model.page import Option
from siberia_quest.play.console import Notice
from siberia_quest.play.phrasing import shorten
from siberia_quest.play.picking import NoSuchCommand, NoSuchNumber, Perhaps, Unclear

_LONGEST_ECHO = 40


def choose_please(language: Language, options: Sequence[Option]) -> str:
    """Return the sentence that says what can be chosen, such as `Choose 1 to 4, or type /help`."""
    key = "nothing_to_choose" if not options else "choose_please_one" if len(options) == 1 else "choose_please"
    return language.say(key, last=len(options))


def reply_to(
    language: Language,
    meaning: Perhaps | Unclear | NoSuchNumber | NoSuchCommand | None,
    typed: str,
    options: Sequence[Option],
    commands: Sequence[str],
) -> Notice:
    """Return what there is to say to a line that names nothing; `commands` are what the commands are called."""
    match meaning:
        case Perhaps(Option(text=text)):
            return Notice(language.say("did_you_mean", text=text))
        case Perhaps():
            return Notice(language.say("did_you_mean_command", text=f"/{meaning.meant}"))
        case Unclear():
            return Notice(language.say("which_one", which=_list_meant(language, meaning)))
        case NoSuchCommand(""):
            return Notice(language.say("commands_are", names=list_words(language, [f"/{each}" for each in commands])))
        case NoSuchCommand():
            return Notice(language.say("no_such_command", name=shorten(meaning.name, _LONGEST_ECHO)), "trouble")
        case NoSuchNumber():
            said = language.say("no_such_number", number=shorten(meaning.number, _LONGEST_ECHO))
        case None:
            said = language.say("not_understood", typed=shorten(typed, _LONGEST_ECHO))
        case other:
            assert_never(other)
    return Notice(f"{said} {choose_please(language, options)}", "trouble")


def _list_meant(language: Language, unclear: Unclear) -> str:
    named = [language.say("quoted", text=each.text) for each in unclear.options]
    commands = [f"/{shorten(each, _LONGEST_ECHO)}" for each in unclear.commands]
    return list_words(language, [*named, *commands], "list_or")
