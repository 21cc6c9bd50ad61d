"""Choices of one list that read alike, or lead to the very same."""

from collections.abc import Iterator

from siberia_quest.model import steps
from siberia_quest.model.diagnostic import Diagnostic, Severity
from siberia_quest.model.expression import Alternatives, PhraseCall, things_in
from siberia_quest.model.steps import Choice, Choices, Step, Steps
from siberia_quest.model.story import Passage, Story
from siberia_quest.tools.checking.flows import place


def find_alike_choices(story: Story) -> Iterator[Diagnostic]:
    """Yield choices with the same words, and choices that differ in nothing but their words."""
    for passage in story.passages.values():
        is_still = _is_still(passage.steps)
        for step in steps.walk(passage.steps):
            if isinstance(step, Choices):
                choices = [item for item in step.items if isinstance(item, Choice)]
                idle = [each for each in choices if each.steps[:1] and _is_idle(passage, each)]
                idle = idle if is_still else []
                yield from _alike(passage, choices, idle)
                yield from (_idle(passage, each) for each in idle)


def _is_still(block: Steps) -> bool:
    """Tell whether steps show the same each time and change nothing, but for the choices among them."""
    return all(_is_step_still(step) for step in block)


def _is_step_still(step: Step) -> bool:
    if isinstance(step, steps.Text):  # it may hang on how often it was told, perhaps through a phrase
        return not any(isinstance(part, Alternatives | PhraseCall) for part in things_in(step.parts))
    if isinstance(step, steps.Branch | steps.Match):
        return all(_is_still(inside) for inside in steps.inner(step))
    return isinstance(step, Choices | steps.Label | steps.Goto | steps.End | steps.Return | steps.Show | steps.Music)


def _is_idle(passage: Passage, choice: Choice) -> bool:
    """Tell whether a choice leads straight back to the same passage, so that the same page comes again."""
    first = choice.steps[0]
    return (
        isinstance(first, steps.Goto)
        and first.passage == passage.id
        and not (first.label or first.given or choice.once or passage.storylet)
    )


def _idle(passage: Passage, choice: Choice) -> Diagnostic:
    why = "it leads straight back to this passage, without a word or an effect"
    fix = "give it prose, an effect, or another way to go"
    return Diagnostic("SQ614", "this choice changes nothing", place(passage, choice.at), "warning", why, fix)


def _alike(passage: Passage, choices: list[Choice], idle: list[Choice]) -> Iterator[Diagnostic]:
    """Yield choices that read alike, or do alike, all of them at once; those that do nothing at all are told of by themselves."""
    still = {each.at for each in idle}
    by_words: dict[str, list[Choice]] = {}
    by_steps: dict[str, list[Choice]] = {}
    for each in choices:
        if each.members:
            continue
        needs = repr((each.condition, each.needs))
        same_words = by_words.setdefault(f"{needs} {each.text!r}", [])
        same_words.append(each)
        if each.steps and each.at not in still and len(same_words) == 1:
            by_steps.setdefault(f"{needs} {each.odds!r} {_bare(each.steps)!r}", []).append(each)
    for alike in by_words.values():
        if alike[0].text and len(alike) > 1:
            why, fix = "the player cannot tell them apart", "give one of them other words"
            yield _tell_once(passage, alike, "SQ608", "have the same words", "warning", why, fix)
    for alike in by_steps.values():
        if len(alike) > 1:
            why = "whichever the player picks, the same happens, so the choice is none"
            fix = "let them differ in an effect, in prose or in where they lead"
            yield _tell_once(passage, alike, "SQ609", "lead to the very same", "hint", why, fix)


def _tell_once(  # noqa: PLR0913, PLR0917  # all that a diagnostic has
    passage: Passage, alike: list[Choice], code: str, said: str, severity: Severity, why: str, fix: str
) -> Diagnostic:
    """Return one diagnostic of all choices that are alike, at the second of them."""
    first, second, *others = [place(passage, each.at) for each in alike]
    count = "two" if not others else str(len(alike))
    return Diagnostic(code, f"{count} choices {said}", second, severity, why, fix, (first, *others))


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
