"""The lists of choices that were told, so that who listens need not hear them whole again."""

from collections.abc import Sequence
from typing import TypeAlias

from siberia_quest.engine.counting import in_words, list_words
from siberia_quest.model.language import Language
from siberia_quest.model.page import Option
from siberia_quest.play.picking import letter_of
from siberia_quest.play.plain_view import one_line, option_lines

#: Shorter lists are told whole: to ask for them again would take longer than to hear them.
_SHORTEST = 3
#: Shorter ones are told whole where anything in them is otherwise now.
_SHORTEST_IN_PART = 6
_MOST_LISTS = 20
#: A list that was told, in order: of each choice by its id its words, and the line without its hint and, where it has a letter, its number.
ToldList: TypeAlias = dict[str, tuple[str, str]]


class ToldLists:
    """Remembers lists of choices, and tells of a list that was told before only what is otherwise now."""

    def __init__(self, language: Language) -> None:
        """Begin without a list."""
        self._language = language
        self._lists: list[ToldList] = []
        self._hints: set[tuple[str, str]] = set()

    def tell(self, options: Sequence[Option], *, brief: bool) -> list[str]:
        """Return a list of choices as lines.

        In `brief` a hint is told once, and of a list that is known those choices alone that are new or were told otherwise.
        """
        if brief:
            options = [each._replace(hint="") if (each.id, each.hint) in self._hints else each for each in options]
        self._hints |= {(each.id, each.hint) for each in options}
        lines = option_lines(self._language, options)
        bare = option_lines(self._language, [each._replace(hint="") for each in options])
        now = {
            each.id: (line.split(" ", 1)[1] if letter_of(each) else line, one_line(each.text))
            for each, line in zip(options, bare, strict=True)
        }  # a letter stays with its choice, where the number may move
        before = self._find_same(now)
        if before is not None:
            self._lists.remove(before)
        self._lists = [now, *self._lists[: _MOST_LISTS - 1]]
        if not brief or before is None or len(now) < _SHORTEST:
            return lines
        return self._tell_again(now, before, lines)

    def _tell_again(self, now: ToldList, before: ToldList, lines: list[str]) -> list[str]:
        new = [line for id_, line in zip(now, lines, strict=True) if id_ not in before or before[id_][0] != now[id_][0]]
        if now.keys() == before.keys() and not new:
            key = "choices_same_letters" if _have_moved(now, before) else "choices_same"
            return [self._language.say(key, number=in_words(self._language, len(now)))]
        is_short = len(now) < _SHORTEST_IN_PART
        return lines if is_short or 2 * len(new) > len(now) else self._sum_up(now, before, new)

    def _find_same(self, now: ToldList) -> ToldList | None:
        """Return the list told last with which this one shares more than half of its choices, and more than half of that one's."""
        return next(
            (each for each in self._lists if 2 * len(each.keys() & now.keys()) > max(len(each), len(now))), None
        )

    def _sum_up(self, now: ToldList, before: ToldList, new: list[str]) -> list[str]:
        gone = [text for id_, (_, text) in before.items() if id_ not in now]
        same = in_words(self._language, len(now) - len(new))
        letters = "_letters" if _have_moved(now, before) else ""
        return [
            *([self._language.say("choices_gone", which=list_words(self._language, gone))] if gone else []),
            self._language.say(f"choices_same{letters}{'_and' if new else ''}", number=same),
            *new,
        ]


def _have_moved(now: ToldList, before: ToldList) -> bool:
    """Tell whether choices that are told as before have other numbers: those with letters can."""
    numbers = {id_: number for number, id_ in enumerate(before)}
    return any(numbers[id_] != number for number, id_ in enumerate(now) if before.get(id_, ("",))[0] == now[id_][0])
