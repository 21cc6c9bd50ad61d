"""`endings`: which ends of a story were found."""

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import folder_of, story_and_lines
from siberia_quest.cli.printing import Record, print_list
from siberia_quest.play.console import Notice
from siberia_quest.play.exits import FINE
from siberia_quest.play.gallery import endings_of, gallery_items
from siberia_quest.play.plain_view import item_lines
from siberia_quest.storage.profile import Profiles


def endings(options: Options) -> int:
    """List the endings of a story: those found by their titles, the others by their hints."""
    story, _ = story_and_lines(options.story)
    listed = endings_of(story, Profiles(folder_of(options.saves)).read().endings(story))
    records: list[Record] = []
    for ending, each in zip(sorted(story.endings.values(), key=lambda it: it.rank), listed, strict=True):
        title = ending.title if each.is_found else story.language.say("achievement_hidden")
        records.append(
            {"id": ending.id if each.is_found else "", "title": title, "found": each.is_found, "hint": each.hint}
        )
    told = (
        gallery_items(story.language, "endings_title", listed)
        if listed
        else [Notice(story.language.say("endings_none"))]
    )
    print_list(options, records, item_lines(story.language, told))
    return FINE
