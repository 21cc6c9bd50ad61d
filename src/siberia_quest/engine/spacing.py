"""Whether a text comes out with single spaces and clean edges whatever its parts become; where that is sure, nothing looks again."""

from typing import assert_never

from siberia_quest.model.expression import Alternatives, ConditionalText, Parts, PhraseCall, Piece, ShownValue, TextCall
from siberia_quest.model.markup import evened
from siberia_quest.model.story import Story

_BLANK = frozenset({" ", "\n", ""})  # "" is the text's edge, or another part that may be nothing


class Spacing:
    """What is known of the edges of a story's words; kinds and phrases are looked at once, however often they are shown."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._kinds: dict[str, bool] = {}
        self._phrases: dict[str, bool] = {}

    def is_even(self, parts: Parts) -> bool:
        """Tell whether a text has no two spaces in a row and none at its edges, whatever is shown."""
        for index, part in enumerate(parts):
            before, after = parts[index - 1] if index else "", parts[index + 1] if index + 1 < len(parts) else ""
            if isinstance(part, str):
                if (not before and part[0] in _BLANK) or (not after and part[-1] in _BLANK):
                    return False
                if ("  " in part or not part.isprintable()) and evened(f"|{part}|") != f"|{part}|":
                    return False
            elif not self._is_even_within(part) or (
                _may_be_nothing(part) and _end(before) in _BLANK and _begin(after) in _BLANK
            ):
                return False
        return True

    def _is_even_within(self, part: Piece) -> bool:
        match part:
            case ShownValue():
                return part.kind.base in {"number", "yes_no"} or (
                    part.kind.base == "member" and self._has_even_labels(part.kind.of)
                )
            case ConditionalText(arms):
                return all(self.is_even(words) for _, words in arms)
            case Alternatives():
                return all(self.is_even(arm) for arm in part.arms)
            case PhraseCall(name):
                return self._is_even_phrase(name)
            case TextCall():
                return all(self.is_even((each,)) for each in part.arguments)
            case str():
                return True
        assert_never(part)

    def _has_even_labels(self, kind: str) -> bool:
        if kind not in self._kinds:
            self._kinds[kind] = all(_is_word(label) for _, label in self._story.kinds[kind].labels)
        return self._kinds[kind]

    def _is_even_phrase(self, name: str) -> bool:
        if name not in self._phrases:
            self._phrases[name] = self.is_even(self._story.phrases[name].parts)
        return self._phrases[name]


def _end(part: Piece) -> str:
    return part[-1:] if isinstance(part, str) else "" if _may_be_nothing(part) else "x"


def _begin(part: Piece) -> str:
    return part[:1] if isinstance(part, str) else "" if _may_be_nothing(part) else "x"


def _is_word(label: str) -> bool:
    return bool(label) and label == " ".join(label.split(" ")).strip()


def _may_be_nothing(part: Piece) -> bool:
    match part:
        case ConditionalText(arms):
            return not arms or arms[-1][0] is not None or any(_all_may_be_nothing(words) for _, words in arms)
        case Alternatives():
            return part.how == "once" or any(_all_may_be_nothing(arm) for arm in part.arms)
        case PhraseCall() | TextCall():
            return True
        case str() | ShownValue():
            return part == ""
    assert_never(part)


def _all_may_be_nothing(parts: Parts) -> bool:
    return all(_may_be_nothing(part) for part in parts)
