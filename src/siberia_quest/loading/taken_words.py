"""Ids, words and texts of choices that are commands of the player too: who types one may mean either."""

from collections.abc import Iterable, Mapping

from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Node, Scalar, Sequence
from siberia_quest.model.diagnostic import Span
from siberia_quest.model.language import Language

_TYPED = "typed_"
_BY_ID = "an id picks a choice only in tests and scripts, and whoever types this gets the command"


def find_commands(language: Language) -> frozenset[str]:
    """Return the names of the commands that players can always type: their own, and those they are shown by."""
    keys = [key for key in language.sentences if key.startswith(_TYPED)]
    return frozenset(key.removeprefix(_TYPED) for key in keys) | {language.words_of(key)[0] for key in keys}


def report_commands(
    context: ReadingContext, given: Mapping[str, Node], text: Node | None, members: Iterable[str]
) -> None:
    """Report what of a choice is a command."""

    def find(node: Node | None) -> str:
        said = node.text.strip(" .!?…").casefold() if isinstance(node, Scalar) else ""
        return said if said in context.commands else ""

    def warn(message: str, span: Span, why: str, fix: str) -> None:
        context.report("SQ230", message, span, fix, why, "warning")

    named, loop, words = given.get("id"), given.get("for"), given.get("words")
    if isinstance(named, Scalar) and find(named):
        warn(f"the id `{named.text}` is a command", named.span, _BY_ID, "give the choice another id")
    for member in members:
        if loop is not None and member in context.commands:
            warn(
                f"the choice for `{member}` has a command as its id", loop.span, _BY_ID, "give the member another name"
            )
    for word in words.items if isinstance(words, Sequence) else (words,):
        if word is not None and find(word):
            why = "whoever types it gets the command"
            warn(
                f"the word `{find(word)}` is a command, so it never picks this choice", word.span, why, "choose another"
            )
    if text is not None and find(text):
        why = f"whoever types `{find(text)}` takes this choice, and only `/{find(text)}` is the command then"
        warn(f"this choice is called like the command `{find(text)}`", text.span, why, "say a little more in it")
