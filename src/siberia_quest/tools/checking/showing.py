"""What a player would not see well: pages that fall silent, and labels that no terminal has room for."""

from collections import Counter
from collections.abc import Iterator

from siberia_quest.loading.report import width_of
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.expression import Alternatives, Parts
from siberia_quest.model.steps import Alternate, Checkpoint, Choices, Do, Label, Let, Steps, Text
from siberia_quest.model.story import Stat, Story
from siberia_quest.tools.checking.flows import place, rounds_of
from siberia_quest.tools.checking.uses import Declared, Lines
from siberia_quest.tools.exploring.places import words_of
from siberia_quest.tools.mapping.links import links_of

#: Columns of the widest label that leaves room for a bar and a value on a narrow terminal, which has 40.
WIDEST_LABEL = 24


def find_silent_passages(story: Story) -> Iterator[Diagnostic]:
    """Yield passages that come again, and whose only prose is told once."""
    ways = {
        id_: {link.target for link in links_of(story, passage) if link.sort != "end"}
        for id_, passage in story.passages.items()
    }
    rounds = rounds_of(ways)
    sizes = Counter(rounds.values())
    for id_, passage in story.passages.items():
        once = _once_alone(passage.steps)
        if once and (sizes[rounds[id_]] > 1 or id_ in ways[id_]):  # it can be come to from itself
            why = "when the player comes back, there are choices and not a word above them"
            fix = "write a line that stays, or take `sequence`, which keeps its last text"
            yield Diagnostic("SQ615", "all prose here is told only once", place(passage, once.at), "warning", why, fix)


def _once_alone(steps: Steps) -> Text | Alternate | None:
    """Return the first step that falls silent, where nothing but such steps tells anything above the choices."""
    found: Text | Alternate | None = None
    for step in steps:
        if isinstance(step, Choices):
            return found
        if (isinstance(step, Text) and _falls_silent(step.parts)) or (
            isinstance(step, Alternate) and step.how == "once"
        ):
            found = found or step
        elif not isinstance(step, Do | Let | Label | Checkpoint):
            return None
    return None


def _falls_silent(parts: Parts) -> bool:
    return all(words_of(part) == "" if isinstance(part, str) else _is_once(part) for part in parts)


def _is_once(part: object) -> bool:
    return isinstance(part, Alternatives) and part.how == "once"


def find_wide_labels(story: Story, lines: Lines) -> Iterator[Diagnostic]:
    """Yield stats whose label, or a word of whose bands, is too wide."""
    declared = Declared(lines)
    for name, stat in story.stats.items():
        for words in _labels(stat):
            width = width_of(words)
            if width > WIDEST_LABEL:
                why = f"it is {width} columns wide, and a narrow terminal has 40 for it, a bar and a number"
                fix = f"shorten it to {WIDEST_LABEL}"
                span = declared.place("stats", name)
                yield Diagnostic("SQ616", f"`{name}` is shown with “{words}”", span, "warning", why, fix)


def _labels(stat: Stat) -> tuple[str, ...]:
    return () if stat.sight == "hidden" else (stat.label, *(word for _, word in stat.bands), *stat.opposed)
