"""A choice's own words, told when it is picked: `say: true`, and the brackets that part what is offered from what is told."""

import re

from siberia_quest.lang.scope import Scope
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Node, Scalar
from siberia_quest.model.expression import Alternatives, Builtin, Parts, PhraseCall, Visits, things_in
from siberia_quest.model.sites import choice_site

#: What the reader of texts leaves out without a trace, so that every place in a text stays what it was.
_LEFT_OUT = "\0"
_AROUND = re.compile(r"\\.|[{}\[\]]", re.DOTALL)
_CLOSING = tuple(" .,;:!?…)”’»")
#: Brackets right behind a word, as ink has them.
_INK = re.compile(r"[^\s\[\\]\[[^\[\]\n]*\]")


def tells_itself(node: Node | None) -> bool:
    """Tell whether what stands under `say:` asks for the choice's own words."""
    return isinstance(node, Scalar) and (node.value is True or (node.style == "plain" and node.text == "yes"))


def find_offered(text: Scalar) -> Scalar:
    """Return the words of a choice that tells itself as they are offered: up to the end of its brackets."""
    brackets = _brackets(text.text)
    if brackets is None:
        return text
    begin, end = brackets
    words = text.text
    return text._replace(text=_without(words, (begin, begin + 1), (end - 1, len(words))))


def read_told(context: ReadingContext, said: Scalar, text: Node | None, scope: Scope, id_: str) -> Parts:
    """Read the words of a choice as `say: true` tells them: without what stands in brackets."""
    if not isinstance(text, Scalar):
        fix = "write behind `say:` what is told"
        context.report("SQ221", "`say: true` stands here without `text:`", said.span, fix, "there are no words to tell")
        return ()
    brackets = _brackets(text.text)
    words = text.text if brackets is None else _without(text.text, brackets)
    known = list(context.problems)
    parts = context.prose(text._replace(text=words), scope, "`text`")
    context.problems[:] = [*known, *(each for each in context.problems[len(known) :] if each not in known)]
    if any(_varies(each, context, id_) for each in things_in(parts)):
        why = "a part of them is another each time it is told, and between the offer and the pick a turn goes by"
        fix = "put what varies into brackets, which are offered and not told, or write behind `say:` what is told"
        context.report("SQ317", "these words would be told otherwise than they were offered", text.span, fix, why)
    if not parts and brackets is not None:
        fix = "write behind the brackets what is told, or take `say: true` out"
        context.report("SQ222", "`say: true` tells nothing beside words that all stand in brackets", said.span, fix)
    return parts


def _varies(thing: object, context: ReadingContext, id_: str) -> bool:
    """Tell whether a part of a text can be another when a choice was picked than when it was offered, whatever effects do."""
    match thing:
        case Alternatives():
            return True
        case PhraseCall(name):
            return name in context.varying
        case Visits(how, _, site):
            return how == "turns_since" or site == choice_site(id_)
        case Builtin(name):
            return name == "turns"
        case _:
            return False


def report_brackets(context: ReadingContext, text: Node | None) -> None:
    """Report brackets of ink in a choice that does not tell its own words."""
    if isinstance(text, Scalar) and (found := _INK.search(text.text)):
        what = f"`{found[0][1:]}` is shown as it stands"
        fix = (
            "add `say: true`: the words are then told, without what is in brackets; or write `\\[` for the sign itself"
        )
        place = text.part(found.start() + 1, found.end())
        context.report("SQ315", what, place, fix, "brackets mean something only with `say: true`", "warning")


def _brackets(words: str) -> tuple[int, int] | None:
    """Return where the first brackets outside braces begin and end, None where there are none."""
    depth, begin = 0, -1
    for found in _AROUND.finditer(words):
        sign = found[0]
        depth += (sign == "{") - (sign == "}")
        if sign == "[" and not depth and begin < 0:
            begin = found.start()
        if sign == "]" and not depth and begin >= 0:
            return begin, found.end()
    return None


def _without(words: str, *pieces: tuple[int, int]) -> str:
    """Return words with pieces left out, and with each a space before it that would stand alone."""
    for begin, end in pieces:
        start = begin - 1 if words[:begin].endswith(" ") and (words[end:] or " ").startswith(_CLOSING) else begin
        words = words[:start] + _LEFT_OUT * (end - start) + words[end:]
    return words
