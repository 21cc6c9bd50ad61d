"""`saves`, `endings` and `stories`: what there is, as lines or JSON."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from siberia_quest import load_story
from siberia_quest.cli.arguments import Options
from siberia_quest.cli.finding import shipped, story_and_lines
from siberia_quest.cli.plays import folder_of
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import Refusal, Saved, Saves, list_stories
from siberia_quest.terminal.catalogue import say
from siberia_quest.terminal.exits import FINE, PROBLEMS
from siberia_quest.terminal.keeping import about
from siberia_quest.terminal.plain_view import one_line
from siberia_quest.terminal.wishes import Unwise

Record = Mapping[str, str | int | float | bool]


def stories(options: Options) -> int:
    """List the stories that can be played by name: the shipped ones, and the one in the folder one stands in."""
    here = [Path()] if Path("story.yaml").is_file() else []
    records: list[Record] = []
    for path in [*here, *shipped()]:
        story = load_story(path, cached=True).story
        name = path.name or "."
        title, words = (
            (story.title, story.header.about) if story else (say("story_broken"), say("story_check", name=name))
        )
        records.append({"name": name, "title": title, "about": words, "path": str(path)})
    _print(options, records, [f"{each['name']}: {each['title']}. {each['about']}".rstrip() for each in records])
    return FINE


def endings(options: Options) -> int:
    """List the endings of a story: those found by their titles, the others by their hints."""
    story, _ = story_and_lines(options.story)
    if story is None:
        return PROBLEMS
    found = Profiles(folder_of(options.saves)).read().endings(story.id)
    records: list[Record] = []
    lines = []
    for ending in sorted(story.endings.values(), key=lambda each: each.rank):
        is_found = ending.id in found
        title = ending.title if is_found else say("achievement_hidden")
        records.append({"id": ending.id if is_found else "", "title": title, "found": is_found, "hint": ending.hint})
        hint = say("ending_hint", hint=ending.hint) if ending.hint else say("ending_hidden")
        lines.append(f"{title}: {say('found') if is_found else hint}")
    total = say("endings_title", found=sum(each.id in found for each in story.endings.values()), all=len(records))
    _print(options, records, [total, *lines] if records else [say("endings_none")])
    return FINE


def saves(options: Options) -> int:
    """List the saved games and say where they are; or show, export, import or delete one."""
    least, most = {"list": (0, 0), "show": (1, 1), "export": (2, 2), "import": (1, 2), "delete": (1, 1)}[options.action]
    if not least <= len(options.names) <= most:
        raise Unwise(say(f"usage_saves_{options.action}"))
    if options.action == "list" and not options.story:
        return _all_saves(options)
    story, _ = story_and_lines(options.story)
    if story is None:
        return PROBLEMS
    kept, names = Saves(story, folder_of(options.saves)), list(options.names)
    if options.action == "list":
        _print(options, [_record(each) for each in kept.list()], _lines(kept.folder, kept.list()))
        return FINE
    if options.action == "show":
        return _show(options, kept, names[0])
    if options.action == "export":
        return _done(kept.export(names[0], Path(names[1])), say("exported", name=names[0], path=names[1]))
    if options.action == "delete":
        return _done(kept.delete(names[0]), say("deleted", name=names[0]))
    name = names[1] if len(names) > 1 else Path(names[0]).stem.casefold()
    return _done(kept.bring(Path(names[0]), name), say("imported", name=name))


def _all_saves(options: Options) -> int:
    folder = folder_of(options.saves)
    records, lines = [], []
    for story, saved in list_stories(folder):
        records += [_record(each) for each in saved]
        lines += [f"{story}:", *(f"  {each.name}: {one_line(about(each))}" for each in saved)]
    _print(options, records, [*(lines or [say("saves_none")]), say("saves_where", folder=folder)])
    return FINE


def _show(options: Options, kept: Saves, name: str) -> int:
    saved = next((each for each in kept.list() if each.name == name), None)
    if saved is None:
        sys.stderr.write(say("no_such_save", slot=name) + "\n")
        return PROBLEMS
    _print(
        options,
        [_record(saved)],
        [f"{key}: {one_line(str(value))}" for key, value in _record(saved).items() if value != ""],
    )
    return FINE


def _done(refusal: Refusal | None, words: str) -> int:
    sys.stderr.write(f"{refusal.message if refusal else words}\n")
    return PROBLEMS if refusal else FINE


def _lines(folder: Path, saved: Sequence[Saved]) -> list[str]:
    rows = [f"{each.name}: {one_line(about(each))}" for each in saved]
    return [*(rows or [say("saves_none")]), say("saves_where", folder=folder)]


def _record(saved: Saved) -> Record:
    return {
        name: value if isinstance(value, str | int | float) else str(value) for name, value in saved._asdict().items()
    }


def _print(options: Options, records: Sequence[Record], lines: Sequence[str]) -> None:
    text = json.dumps(list(records), indent=2) if options.json else "\n".join(lines)
    sys.stdout.write(f"{text}\n")
