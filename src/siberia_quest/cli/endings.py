"""`endings`: which ends of a story were found."""

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import folder_of, story_and_lines
from siberia_quest.cli.printing import Record, print_list
from siberia_quest.play.exits import FINE
from siberia_quest.storage.profile import Profiles


def endings(options: Options) -> int:
    """List the endings of a story: those found by their titles, the others by their hints."""
    story, _ = story_and_lines(options.story)
    found = Profiles(folder_of(options.saves)).read().endings(story)
    records: list[Record] = []
    lines = []
    for ending in sorted(story.endings.values(), key=lambda each: each.rank):
        is_found = ending.id in found
        title = ending.title if is_found else story.language.say("achievement_hidden")
        records.append({"id": ending.id if is_found else "", "title": title, "found": is_found, "hint": ending.hint})
        hint = (
            story.language.say("ending_hint", hint=ending.hint) if ending.hint else story.language.say("ending_hidden")
        )
        lines.append(f"{title}: {story.language.say('found') if is_found else hint}")
    total = story.language.say(
        "endings_title", found=sum(each.id in found for each in story.endings.values()), all=len(records)
    )
    print_list(options, records, [total, *lines] if records else [story.language.say("endings_none")])
    return FINE
