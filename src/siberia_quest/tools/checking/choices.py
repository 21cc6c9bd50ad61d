"""Choices of one list that read alike, or lead to the very same."""

from collections.abc import Iterator
from itertools import combinations

from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.expression import Alternatives, PhraseCall, things_in
from siberia_quest.model.steps import (
    Branch,
    Choice,
    Choices,
    End,
    Goto,
    Label,
    Match,
    Music,
    Return,
    Show,
    Step,
    Steps,
    Text,
    inner,
    walk,
)
from siberia_quest.model.story import Passage, Story
from siberia_quest.tools.checking.flows import place


def alike_choices(story: Story) -> Iterator[Diagnostic]:
    """Yield choices with the same words, and choices that differ in nothing but their words."""
    for passage in story.passages.values():
        for step in walk(passage.steps):
            if isinstance(step, Choices):
                choices = [item for item in step.items if isinstance(item, Choice)]
                idle = [each for each in choices if each.steps[:1] and _is_idle(passage, each)]
                idle = idle if _is_still(passage.steps) else []
                yield from _alike(passage, choices, idle)
                yield from (_idle(passage, each) for each in idle)


def _is_still(steps: Steps) -> bool:
    """Tell whether steps show the same each time and change nothing, but for the choices among them."""
    return all(_is_step_still(step) for step in steps)


def _is_step_still(step: Step) -> bool:
    if isinstance(step, Text):  # it may hang on how often it was told, perhaps through a phrase
        return not any(isinstance(part, Alternatives | PhraseCall) for part in things_in(step.parts))
    if isinstance(step, Branch | Match):
        return all(_is_still(inside) for inside in inner(step))
    return isinstance(step, Choices | Label | Goto | End | Return | Show | Music)


def _is_idle(passage: Passage, choice: Choice) -> bool:
    """Tell whether a choice leads straight back to the same passage, so that the same page comes again."""
    first = choice.steps[0]
    return (
        isinstance(first, Goto) and first.passage == passage.id and not (first.label or choice.once or passage.storylet)
    )


def _idle(passage: Passage, choice: Choice) -> Diagnostic:
    why = "it leads straight back to this passage, without a word or an effect"
    fix = "give it prose, an effect, or another way to go"
    return Diagnostic("SQ614", "this choice changes nothing", place(passage, choice.at), "warning", why, fix)


def _alike(passage: Passage, choices: list[Choice], idle: list[Choice]) -> Iterator[Diagnostic]:
    """Yield choices that read alike, or do alike; those that do nothing at all are told of by themselves."""
    for first, second in combinations(choices, 2):
        if (first.condition, first.needs) != (second.condition, second.needs) or first.members or second.members:
            continue
        other = (place(passage, first.at),)
        if first.text and first.text == second.text:
            why = "the player cannot tell them apart"
            fix = "give one of them other words"
            yield Diagnostic(
                "SQ608", "two choices have the same words", place(passage, second.at), "warning", why, fix, other
            )
        elif first in idle and second in idle:
            continue
        elif first.steps and _bare(first.steps) == _bare(second.steps) and first.odds == second.odds:
            why = "whichever the player picks, the same happens, so the choice is none"
            fix = "let them differ in an effect, in prose or in where they lead"
            yield Diagnostic(
                "SQ609", "two choices lead to the very same", place(passage, second.at), "hint", why, fix, other
            )


def _bare(thing: object) -> object:
    """Return a noun of the model as a tuple without its places and addresses."""
    if not isinstance(thing, tuple):
        return thing
    fields = getattr(thing, "_fields", None)
    if fields is None:
        return tuple([_bare(part) for part in thing])
    return (
        type(thing),
        *[_bare(part) for name, part in zip(fields, thing, strict=True) if name not in {"at", "key"}],
    )
