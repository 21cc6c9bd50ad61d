"""Games that nobody reads: without the words of titles and options, and the list of changed stats, they take the same way sooner."""

from typing import cast

from siberia_quest.engine.flow import Flow
from siberia_quest.model.expression import Apply, Builtin, Constant, Operation, Parts, PhraseCall, things_in
from siberia_quest.model.functions import FORMS
from siberia_quest.model.kinds import Value
from siberia_quest.model.page import StatChange
from siberia_quest.model.sites import Site
from siberia_quest.model.steps import Choice, Pause
from siberia_quest.model.story import Passage, Passages, Story, Storylet

_DIVISIONS = frozenset({"/", "//", "%"})


class UnreadFlow(Flow):
    """A turn in progress that does not tell which stats it changed."""

    __slots__ = ()

    def changes(self, before: tuple[Value, ...]) -> tuple[StatChange, ...]:  # noqa: ARG002  # as a flow's
        """Return no changes: nobody reads them."""
        return ()


def unread(story: Story) -> Story:
    """Return a story with its prose, but without the words of titles and options; a passage loses them when it is asked for.

    Words whose making decides something stay: those that divide, perhaps by zero, or throw dice.
    """
    parts = {name: getattr(story, name) for name in Story.__slots__ if name != "memo"}
    return Story(**{**parts, "passages": Passages(dict.fromkeys(story.passages, _Wordless(story)), {})})


class _Wordless:
    """The passages of a story, which lose their needless words when they are asked for."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def __getitem__(self, id_: str) -> Passage:
        return cast("Passage", _wordless(self._story, self._story.passages[id_]))

    def sites_of(self, id_: str) -> tuple[Site, ...]:
        return self._story.passages.sites_of(id_)


def _wordless(story: Story, thing: object) -> object:
    """Return a passage, or a part of it, without words that decide nothing."""
    match thing:
        case Passage():
            thing = thing._replace(title=_keep_needed(story, thing.title))
        case Choice():
            text, hint, locked = (_keep_needed(story, each) for each in (thing.text, thing.hint, thing.locked))
            thing = thing._replace(text=text, hint=hint, locked=locked)
        case Pause():
            thing = thing._replace(text=_keep_needed(story, thing.text))
        case Storylet():
            thing = thing._replace(locked=_keep_needed(story, thing.locked))
    if not isinstance(thing, tuple):
        return thing
    parts = tuple(_wordless(story, each) for each in thing)
    if all(new is old for new, old in zip(parts, thing, strict=True)):
        return thing
    make = getattr(thing, "_make", tuple)  # a named one, or a plain one
    return cast("object", make(parts))


def _keep_needed(story: Story, parts: Parts) -> Parts:
    return parts if _decides(story, parts, set()) else ()


def _decides(story: Story, thing: object, known: set[str]) -> bool:
    """Tell whether to make a text can stop a game or throw dice. `known` are formulas and phrases that were looked at."""
    for part in things_in(thing):
        match part:
            case Operation(operator, (_, *divisors)) if operator in _DIVISIONS:
                if not all(isinstance(each, Constant) and each.value for each in divisors):
                    return True
            case Builtin(name) if FORMS[name][0].takes_chance:
                return True
            case PhraseCall(name) if name not in known:
                known.add(name)
                if _decides(story, story.phrases[name].parts, known):
                    return True
            case Apply("formula", name) if f"{name}()" not in known:
                known.add(f"{name}()")
                if _decides(story, story.formulas[name].body, known):
                    return True
            case _:
                continue
    return False
