"""Spaces around what may tell nothing: they go with its words, so that none is left before a full stop or behind an opening sign."""

import re

from siberia_quest.model.expression import Alternatives, ConditionalText, Parts, Piece

_CLOSING = tuple(".,;:!?…)]”’»")
_OPENING = tuple("([“‘„‚«¿¡")
_EDGE = re.compile(r"[ \t]*")


def keep_edges(parts: Parts, source: str, *, is_last: bool) -> Parts:
    """Return a branch with the spaces at its edges that count: more than the one that sets it off from `then` and `|`.

    `source` is the branch as it is written. Before a closing brace (`is_last`) there is nothing to be set off from.
    """
    before, after = _EDGE.match(source), _EDGE.match(source[::-1])
    leads = before is not None and before.end() > 1
    trails = after is not None and after.end() > (not is_last)
    if not parts or not (leads or trails):
        return parts
    return _join_texts([" "] * leads + [*parts] + [" "] * trails)


def settle_spaces(parts: list[Piece]) -> list[Piece]:
    """Return parts of which no space stands alone between a branch that may tell nothing and a sign that closes or opens."""
    found = [*parts]
    for index, part in enumerate(parts):
        before, after = parts[index - 1] if index else "", parts[index + 1] if index + 1 < len(parts) else ""
        if (
            not isinstance(part, ConditionalText | Alternatives)
            or not isinstance(before, str)
            or not isinstance(after, str)
        ):
            continue
        if not may_be_nothing(part):
            continue
        left = found[index - 1] if index else ""
        if before.endswith(" ") and after.startswith(_CLOSING) and isinstance(left, str):
            found[index - 1], found[index] = left.rstrip(" "), _bring_space(part, before=True)
        elif before.endswith(_OPENING) and after.startswith(" "):
            found[index], found[index + 1] = _bring_space(part, before=False), after.lstrip(" ")
    return found


def may_be_nothing(part: ConditionalText | Alternatives) -> bool:
    """Tell whether a branch may have no words to tell."""
    if isinstance(part, ConditionalText):
        return part.arms[-1][0] is not None or any(not words for _, words in part.arms)
    return part.how == "once" or any(not words for words in part.arms)


def _bring_space(part: ConditionalText | Alternatives, *, before: bool) -> ConditionalText | Alternatives:
    """Return a branch whose words bring their space along."""
    if isinstance(part, ConditionalText):
        return ConditionalText(tuple((test, _with_space(words, before=before)) for test, words in part.arms))
    return part._replace(arms=tuple(_with_space(words, before=before) for words in part.arms))


def _with_space(words: Parts, *, before: bool) -> Parts:
    if not words:
        return words
    return _join_texts([" ", *words] if before else [*words, " "])


def _join_texts(parts: list[Piece]) -> Parts:
    """Return parts with texts beside each other as one."""
    joined: list[Piece] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)
