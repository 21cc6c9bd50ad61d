"""What a report calls things: by their titles, where they have one."""

from collections import Counter
from collections.abc import Mapping

from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.story import Story
from siberia_quest.tools.exploring.places import words_of

#: What an end without a name is called.
UNNAMED = "(no name)"


class Titles(NamedTuple):
    """What endings, passages and stats are called, by id; none for what has no title, or one that differs from game to game."""

    endings: Mapping[str, str]
    passages: Mapping[str, str]
    stats: Mapping[str, str]

    def name_ending(self, id_: str) -> str:
        """Return what an ending is called."""
        return self.endings.get(id_, id_) or UNNAMED

    def name_place(self, address: str) -> str:
        """Return what a passage, or an option of one, is called: the title with the address behind it in brackets."""
        title = self.passages.get(address) or self.passages.get(address.rpartition(".")[0])
        return f"{title} [{address}]" if title else address


def titles_of(story: Story) -> Titles:
    """Return the titles of a story; of two endings or stats that share one, each has its id in brackets."""
    passages = {
        id_: words_of("".join(str(part) for part in each.title))
        for id_, each in story.passages.items()
        if each.title and all(isinstance(part, str) for part in each.title)
    }
    return Titles(
        _tell_apart({id_: each.title for id_, each in story.endings.items() if each.title}),
        passages,
        _tell_apart({name: each.label for name, each in story.stats.items() if each.label}),
    )


def _tell_apart(titles: dict[str, str]) -> dict[str, str]:
    times = Counter(titles.values())
    return {id_: title if times[title] == 1 else f"{title} [{id_}]" for id_, title in titles.items()}
