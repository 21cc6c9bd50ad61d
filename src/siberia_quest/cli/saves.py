"""`saves`: the games that are saved, and a way in and out for them."""

from collections.abc import Sequence
from pathlib import Path

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.find_story import folder_of, story_and_lines
from siberia_quest.cli.printing import print_list
from siberia_quest.play.catalogue import SPOKEN, say
from siberia_quest.play.exits import FINE, PROBLEMS
from siberia_quest.play.keeping import about
from siberia_quest.play.plain_view import one_line
from siberia_quest.play.play_request import WrongRequest
from siberia_quest.play.reports import record_of
from siberia_quest.storage.listing import why_unlisted
from siberia_quest.storage.paths import read_path
from siberia_quest.storage.slots import Refusal, SaveEntry, Saves, list_stories
from siberia_quest.terminal.front import write_line


def saves(options: Options) -> int:
    """List the saved games and say where they are; or show, export, import or delete one."""
    least, most = {"list": (0, 0), "show": (1, 1), "export": (2, 2), "import": (1, 2), "delete": (1, 1)}[options.action]
    if not least <= len(options.names) <= most:
        raise WrongRequest(say(f"usage_saves_{options.action}"))
    if options.action == "list" and not options.story:
        return _all_saves(options)
    story, _ = story_and_lines(options.story)
    kept, names = Saves(story, folder_of(options.saves)), list(options.names)
    if options.action == "list":
        print_list(options, [record_of(SPOKEN, each) for each in kept.list()], _lines(kept.folder, kept.list()))
        return FINE
    if options.action == "show":
        return _show(options, kept, names[0])
    if options.action == "export":
        return _report_refusal(
            kept.export(names[0], read_path(names[1]), is_forced=options.force),
            say("exported", name=names[0], path=names[1]),
        )
    if options.action == "delete":
        return _report_refusal(kept.delete(names[0]), say("deleted", name=names[0]))
    name = names[1] if len(names) > 1 else Path(names[0]).stem.casefold()
    refusal = kept.bring(read_path(names[0]), name)
    for line in kept.news():
        write_line(SPOKEN.tell(line))
    return _report_refusal(refusal, say("imported", name=name))


def _all_saves(options: Options) -> int:
    folder = folder_of(options.saves)
    records, lines = [], []
    for story, saved in list_stories(folder):
        records += [record_of(SPOKEN, each) for each in saved]
        lines += [f"{story}:", *(f"  {each.name}: {one_line(about(SPOKEN, each))}" for each in saved)]
    print_list(options, records, [*(lines or [say("saves_none")]), say("saves_where", folder=folder)])
    return FINE


def _show(options: Options, kept: Saves, name: str) -> int:
    listed = kept.list()
    saved = next((each for each in listed if each.name == name), None)
    if saved is None:
        write_line(SPOKEN.tell(why_unlisted(listed)) or say("no_such_save", slot=name))
        return PROBLEMS
    print_list(
        options,
        [record_of(SPOKEN, saved)],
        [f"{key}: {one_line(str(value))}" for key, value in record_of(SPOKEN, saved).items() if value != ""],
    )
    return FINE


def _report_refusal(refusal: Refusal | None, words: str) -> int:
    write_line(SPOKEN.tell(refusal.message) if refusal else words)
    return PROBLEMS if refusal else FINE


def _lines(folder: Path, saved: Sequence[SaveEntry]) -> list[str]:
    rows = [f"{each.name}: {one_line(about(SPOKEN, each))}" for each in saved]
    return [*(rows or [say("saves_none")]), say("saves_where", folder=folder)]
