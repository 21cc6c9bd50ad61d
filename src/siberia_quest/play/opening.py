"""What comes before the first page: the title, content notes, and the story's settings."""

from collections.abc import Mapping

from siberia_quest.engine.status import place_of
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean
from siberia_quest.model.page import Option, Page
from siberia_quest.model.story import Setting, Story
from siberia_quest.play.console import Console, EndOfInput, InputRequest, Notice
from siberia_quest.play.picking import find_named, guess, simplify
from siberia_quest.storage.slots import SavedGame


def announce(console: Console, story: Story) -> None:
    """Show the story's title, who wrote it, and its content notes."""
    header, language = story.header, story.language
    words = [Notice(header.title, "heading")]
    if header.by:
        words.append(Notice(language.say("by", by=header.by)))
    if header.about:
        words.append(Notice(header.about))
    if header.content_notes:
        words.append(Notice(language.say("content_notes", notes=header.content_notes)))
    console.tell(*words)


def goes_on(console: Console, story: Story, saved: SavedGame) -> bool:
    """Ask whether to go on with the game that is under way. Raises EndOfInput and Interrupted."""
    language = story.language
    options = (Option("go_on", language.say("go_on")), Option("new", language.say("begin_new")))
    where, turn = place_of(story, saved.state), len(saved.picks)
    console.tell(
        Notice(
            language.say("under_way", place=where, turn=turn) if where else language.say("under_way_bare", turn=turn)
        )
    )
    console.show(Page((), options=options), "")
    return _option_from(console, InputRequest(language.say("choose", last=2), options, at_once=True)).id == "go_on"


def confirm(console: Console, language: Language, words: str) -> bool:
    """Ask a yes-or-no question; anything but yes is no. Raises EndOfInput and Interrupted."""
    return simplify(console.ask(InputRequest(f"{words} {language.say('yes_or_no')}"))) in language.words_of("yes_words")


def _option_from(console: Console, question: InputRequest) -> Option:
    while True:
        typed = clean(console.ask(question))
        option = find_named(typed, question.options) or next(iter(guess(typed, question.options)), None)
        if option:
            return option
        console.tell(Notice(question.words, "trouble"))


def choose_settings(
    console: Console, story: Story, given: Mapping[str, Value], *, from_pipe: bool = False
) -> Mapping[str, Value]:
    """Ask for each setting that is not given; an empty line takes the start. Raises EndOfInput and Interrupted.

    With `from_pipe` the rest keeps its start where input ends: the first page is shown whatever comes in.
    """
    chosen = dict(given)
    try:
        for setting in story.settings.values():
            if setting.name not in given:
                chosen[setting.name] = _ask_setting(console, story.language, setting)
    except EndOfInput:
        if not from_pipe:
            raise
    return chosen


def _ask_setting(console: Console, language: Language, setting: Setting) -> Value:
    options = tuple(Option(id_, label) for id_, label in setting.options)
    if options:
        console.show(Page((setting.prompt,), options=options), "")
    question = InputRequest(_prompt(language, setting, options), options, at_once=bool(options))
    while True:
        typed = clean(console.ask(question)).strip()
        if not typed:
            return setting.start
        value = _value(setting, options, typed)
        if value is not None:
            return value
        console.tell(
            Notice(language.say("choose", last=len(options)) if options else language.say("setting_number"), "trouble")
        )


def _prompt(language: Language, setting: Setting, options: tuple[Option, ...]) -> str:
    start = next((option.text for option in options if option.id == setting.start), str(setting.start))
    if options:
        return language.say("choose_default", last=len(options), default=start)
    return language.say("answer_default", prompt=setting.prompt, default=start) if start else setting.prompt


def _value(setting: Setting, options: tuple[Option, ...], typed: str) -> Value | None:
    if options:
        option = find_named(typed, options) or next(iter(guess(typed, options)), None)
        return option.id if option else None
    if setting.kind.base == "text":
        return typed[: setting.longest]
    from siberia_quest.engine.typed_numbers import number_in  # noqa: PLC0415  # few stories ask for a number

    return number_in(typed)
