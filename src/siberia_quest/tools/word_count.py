"""How many words a story has, scene by scene, and how many a player reads of them."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from statistics import median
from types import MappingProxyType

from siberia_quest.engine.turns import Turn
from siberia_quest.model.expression import Alternatives, ConditionalText, Parts, PhraseCall
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import CheckResult, Montage
from siberia_quest.model.steps import Check, Choice, Choices, prose_in, walk
from siberia_quest.model.story import Passage, Phrase, Story
from siberia_quest.tools.exploring.places import words_of
from siberia_quest.tools.playing.player import play_game

#: Words a minute that grown-ups read of a novel, silently (Brysbaert 2019, a meta-analysis).
WORDS_A_MINUTE = 260
GAMES = 200


class SceneWords(NamedTuple):
    """What a scene holds: passages, words of prose, choices, words of those, checks."""

    name: str
    title: str
    passages: int
    words: int
    choices: int
    choice_words: int
    checks: int


class WordsRead(NamedTuple):
    """What random games came to: words and picks of the shortest, the typical and the longest."""

    games: int
    words: tuple[int, int, int]
    picks: tuple[int, int, int]


class WordCount(NamedTuple):
    """The words of a story. `checks` has for each label how many were made in the games, and the share that passed, in percent."""

    title: str
    scenes: tuple[SceneWords, ...]
    endings: int
    read: WordsRead
    checks: tuple[tuple[str, int, float], ...]


def count_words(
    story: Story, games: int = GAMES, seed: int = 0, on_progress: Callable[[int, int], None] | None = None
) -> WordCount:
    """Count a story's words, and those that random games from a seed on read of it."""
    read, picks = list[int](), list[int]()
    made, passed = Counter[str](), Counter[str]()
    for number in range(games):
        seen = _WordCounter(made, passed)
        game = play_game(story, seed=seed + number, on_turn=seen.turn)
        read.append(seen.words)
        picks.append(len(game.picks))
        if on_progress:
            on_progress(number + 1, games)
    checks = tuple((label, times, passed[label] * 100 / times) for label, times in sorted(made.items()))
    shape = WordsRead(games, _spread(read), _spread(picks))
    return WordCount(story.title, tuple(_scenes(story)), len(story.endings), shape, checks)


def as_json(counted: WordCount) -> str:
    """Return a count as JSON."""
    names = ("shortest", "typical", "longest")
    return json.dumps({
        "story": counted.title,
        "words": sum(each.words for each in counted.scenes),
        "choice_words": sum(each.choice_words for each in counted.scenes),
        "endings": counted.endings,
        "scenes": [each._asdict() for each in counted.scenes],
        "games": counted.read.games,
        "read": {name: {"words": words, "picks": picks, "minutes": words / WORDS_A_MINUTE}
                 for name, words, picks in zip(names, counted.read.words, counted.read.picks, strict=True)},
        "checks": [{"label": label, "made": made, "passed": share} for label, made, share in counted.checks],
    }, ensure_ascii=False, indent=1) + "\n"  # fmt: skip


def as_text(counted: WordCount) -> str:
    """Return a count as a table and a few sentences, at most 80 columns wide."""
    return "".join(f"{line}\n" for line in _tell_counts(counted))


def _tell_counts(counted: WordCount) -> Iterator[str]:
    passages, words, choices, choice_words, checks = (
        sum(numbers) for numbers in zip(*(each[2:] for each in counted.scenes), strict=True)
    )
    yield f"{counted.title}: {words:,} words of prose, {choice_words:,} in choices"
    yield ""
    wide = min(30, max(len(each.name) for each in counted.scenes))
    yield f"{'scene':{wide}} {'passages':>9} {'words':>9} {'choices':>9} {'checks':>9}"
    for each in counted.scenes:
        yield f"{each.name[:wide]:{wide}} {each.passages:>9,} {each.words:>9,} {each.choices:>9,} {each.checks:>9,}"
    yield f"{'all':{wide}} {passages:>9,} {words:>9,} {choices:>9,} {checks:>9,}"
    yield ""
    yield f"endings: {counted.endings}"
    if not counted.read.games:
        return
    low, typical, high = counted.read.words
    yield (
        f"a random game reads {low:,} to {high:,} words, typically {typical:,}: "
        f"about {max(1, round(typical / WORDS_A_MINUTE))} min"
    )
    low, typical, high = counted.read.picks
    yield f"and takes {low:,} to {high:,} picks, typically {typical:,} ({counted.read.games:,} games)"
    if counted.checks:
        yield ""
        yield "checks, and how many of them random games pass"
        wide = min(40, max(len(label) for label, _, _ in counted.checks))
        for label, made, share in counted.checks:
            yield f"  {label[:wide]:{wide}} {share:6.1f}% of {made:,}"


def prose_words(passage: Passage, phrases: Mapping[str, Phrase] = MappingProxyType({})) -> int:
    """Return the words of a passage's prose, each alternative counted; with `phrases`, also those of the phrases it puts in."""
    return sum(_count(parts, phrases) for step in walk(passage.steps) for parts in prose_in(step))


def _scenes(story: Story) -> Iterator[SceneWords]:
    for (id_, title), file in zip(story.scenes.items(), story.files, strict=True):
        passages = [each for each in story.passages.values() if each.scene == id_]
        words = choices = choice_words = checks = 0
        for passage in passages:
            words += prose_words(passage)
            for step in walk(passage.steps):
                checks += isinstance(step, Check)
                for item in step.items if isinstance(step, Choices) else ():
                    if isinstance(item, Choice):
                        choices += 1
                        choice_words += _count(item.text)
        words += sum(_count(each.parts) for each in story.phrases.values() if each.file == file)
        yield SceneWords(id_, title, len(passages), words, choices, choice_words, checks)


def _count(parts: Parts, phrases: Mapping[str, Phrase] = MappingProxyType({})) -> int:
    """Return the words of a text, each alternative counted; what is put in between counts as a word."""
    number = 0
    for part in parts:
        if isinstance(part, str):
            number += len(words_of(part).split())
        elif isinstance(part, ConditionalText):
            number += sum(_count(arm, phrases) for _, arm in part.arms)
        elif isinstance(part, Alternatives):
            number += sum(_count(arm, phrases) for arm in part.arms)
        elif isinstance(part, PhraseCall) and part.name in phrases:
            number += _count(phrases[part.name].parts, phrases)
        else:
            number += 1
    return number


class _WordCounter:
    """Reads what a game shows, as a player does: prose and choices."""

    def __init__(self, made: Counter[str], passed: Counter[str]) -> None:
        self.words = 0
        self._made, self._passed = made, passed

    def turn(self, turn: Turn) -> None:
        """Count the words of a page as a player reads it."""
        for piece in turn.page.pieces:
            if isinstance(piece, str):
                self.words += len(words_of(piece).split())
            elif isinstance(piece, Montage):
                self.words += sum(len(words_of(f"{beat.left} {beat.right}").split()) for beat in piece.beats)
            elif isinstance(piece, CheckResult):
                label = piece.label or "a check"
                self._made[label] += 1
                self._passed[label] += piece.passed
        self.words += sum(len(words_of(option.text).split()) for option in turn.page.options)


def _spread(numbers: list[int]) -> tuple[int, int, int]:
    return (min(numbers), int(median(numbers)), max(numbers)) if numbers else (0, 0, 0)
