"""What there is to reach in a story: its passages, options, checks, endings and lines of prose."""

import re
from collections.abc import Iterable, Iterator

from siberia_quest.model.expression import Alternatives, ConditionalText, Parts, PhraseCall, things_in
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.sites import phrase_record
from siberia_quest.model.steps import At, Check, Choice, Choices, MontageStep, Step, Text, walk
from siberia_quest.model.story import Story

_MARKS = re.compile("[\ue001-\ue008]")
_LETTERS = re.compile(r"[^\W\d_]{2}")
#: A piece of text between braces counts as a line of prose from so many words on.
FEWEST_WORDS = 2


class Place(NamedTuple):
    """Where something stands in a story's files, line and column from 1."""

    file: str
    line: int
    column: int

    @property
    def line_of(self) -> str:
        """Its line, as editors jump to it."""
        return f"{self.file}:{self.line}"


class OptionPlace(NamedTuple):
    """An option: its address `scene.passage.option`, its passage, its id there, and its place."""

    address: str
    passage: str
    id: str
    place: Place


class CheckPlace(NamedTuple):
    """A check: the passage it stands in (or `menu` where a list of choices is used in several), and its place."""

    passage: str
    place: Place


class ProseLine(NamedTuple):
    """A line of prose: its words, and its place. `owner` is the record of a passage or phrase.

    `always` is yes where its step always shows it; else a condition or an alternative within the text decides.
    """

    words: str
    owner: str
    place: Place
    always: bool


class Places(NamedTuple):
    """All there is to reach; passages with their places by id, options by address, checks by place."""

    passages: dict[str, Place]
    options: dict[str, OptionPlace]
    checks: dict[Place, CheckPlace]
    endings: tuple[str, ...]
    lines: tuple[ProseLine, ...]


def places_of(story: Story) -> Places:
    """Return all there is to reach in a story, in the order it was written."""
    options: dict[str, OptionPlace] = {}
    checks: dict[Place, CheckPlace] = {}
    lines: list[ProseLine] = []
    for id_, passage in story.passages.items():
        for step in walk(passage.steps):
            if isinstance(step, Choices):
                for choice in step.items:
                    if isinstance(choice, Choice) and not choice.fallback:
                        options |= {each.address: each for each in _options(id_, passage.file, choice)}
            elif isinstance(step, Check):
                place = Place(passage.file, *step.at)
                checks.setdefault(place, CheckPlace(id_, place))
            lines += _lines(step, id_, passage.file)
    told = _find_told_phrases(story)  # words that only options show are no prose
    for phrase in (each for name, each in story.phrases.items() if name in told):
        lines += _literals(phrase.parts, phrase_record(phrase.name), Place(phrase.file, *phrase.at), always=False)
    passages = {id_: Place(each.file, *each.at) for id_, each in story.passages.items()}
    return Places(passages, options, checks, tuple(story.endings), tuple(dict.fromkeys(lines)))


def _find_told_phrases(story: Story) -> set[str]:
    """Return the phrases that prose puts in, directly or through others."""
    found: set[str] = set()
    waiting: list[Step | Parts] = [
        step for each in story.passages.values() for step in walk(each.steps) if isinstance(step, Text | MontageStep)
    ]
    while waiting:
        for part in things_in(waiting.pop()):
            if isinstance(part, PhraseCall) and part.name not in found:
                found.add(part.name)
                waiting.append(story.phrases[part.name].parts)
    return found


def place(file: str, at: At) -> Place:
    """Return a place from a file and a line and column."""
    return Place(file, *at)


def words_of(text: str) -> str:
    """Return the words of a marked text, one space between them."""
    return " ".join(_MARKS.sub(" ", text).split())


def as_heard(text: str) -> str:
    """Return what is compared to know whether a text was told: no marks, blanks or capitals, which its place in a sentence decides."""
    return "".join(_MARKS.sub("", text).split()).casefold()


def find_untold(lines: Iterable[ProseLine], told: Iterable[str]) -> Iterator[ProseLine]:
    """Yield the lines that none of some paragraphs tells."""
    heard = "\n".join(map(as_heard, told))
    yield from (each for each in lines if as_heard(each.words) not in heard)


def _options(passage: str, file: str, choice: Choice) -> Iterator[OptionPlace]:
    for id_ in choice.members or (choice.id,):
        yield OptionPlace(f"{passage}.{id_}", passage, id_, Place(file, *choice.at))


def _lines(step: Step, passage: str, file: str) -> Iterator[ProseLine]:
    if isinstance(step, Text):
        yield from _literals(step.parts, passage, Place(file, *step.at), always=True)
    elif isinstance(step, MontageStep):
        for condition, left, right in step.beats:
            for parts in (left, right):
                yield from _literals(parts, passage, Place(file, *step.at), always=condition is None)


def _literals(parts: Parts, owner: str, at: Place, *, always: bool) -> Iterator[ProseLine]:
    for part in parts:
        if isinstance(part, str):
            words = words_of(part)
            if len(words.split()) >= FEWEST_WORDS and _LETTERS.search(words):
                yield ProseLine(words, owner, at, always)
        elif isinstance(part, ConditionalText):
            for _, arm in part.arms:
                yield from _literals(arm, owner, at, always=False)
        elif isinstance(part, Alternatives):
            for arm in part.arms:
                yield from _literals(arm, owner, at, always=False)
