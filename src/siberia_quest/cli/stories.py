"""`stories`: what can be played by name."""

from pathlib import Path

from siberia_quest import load_story
from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import find_shipped
from siberia_quest.cli.printing import Record, print_list
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE


def stories(options: Options) -> int:
    """List the stories that can be played by name: the shipped ones, and the one in the folder one stands in."""
    here = [Path()] if Path("story.yaml").is_file() else []
    records: list[Record] = []
    for path in [*here, *find_shipped()]:
        story = load_story(path, cached=True).story
        name = path.name or "."
        title, words = (
            (story.title, story.header.about) if story else (say("story_broken"), say("story_check", name=name))
        )
        records.append({"name": name, "title": title, "about": words, "path": str(path)})
    print_list(options, records, [f"{each['name']}: {each['title']}. {each['about']}".rstrip() for each in records])
    return FINE
