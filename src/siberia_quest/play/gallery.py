"""What a player found of a story's endings and achievements, and the hints to the others, each told once."""

from collections.abc import Collection, Iterable, Sequence

from siberia_quest.engine.counting import in_words, plural
from siberia_quest.model.language import Language
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.story import Story
from siberia_quest.play.console import ConsoleItem, Notice, Row, Rows


class Findable(NamedTuple):
    """An ending or an achievement, to be listed: its title, its hint, and whether it was found."""

    title: str
    hint: str
    is_found: bool


def endings_of(story: Story, found: Collection[str]) -> list[Findable]:
    """Return a story's endings by their rank; `found` are the ids of those that were met."""
    endings = sorted(story.endings.values(), key=lambda each: each.rank)
    return [Findable(each.title or each.id, each.hint, each.id in found) for each in endings]


def achievements_of(story: Story, found: Collection[str]) -> list[Findable]:
    """Return a story's achievements; `found` are the ids of those that were unlocked."""
    return [Findable(each.title, each.hint, each.id in found) for each in story.achievements.values()]


def gallery_items(language: Language, heading: str, listed: Sequence[Findable]) -> Iterable[ConsoleItem]:
    """Yield what there is to tell: those found by title, the hints to the others, and of how many nothing is said."""
    found = tuple(Row(each.title, language.say("found")) for each in listed if each.is_found)
    yield Rows(language.say(heading, found=len(found), all=len(listed)), found)
    missing = [each.hint for each in listed if not each.is_found]
    hints = dict.fromkeys(hint for hint in missing if hint)
    if hints:
        yield Rows(language.say("hints_title"), tuple(Row(hint, "", faint=True) for hint in hints))
    if bare := missing.count(""):
        key = plural(language, bare, "unhinted_one", "unhinted_many")
        yield Notice(language.say(key, number=in_words(language, bare)))
