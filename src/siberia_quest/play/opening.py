"""What comes before the first page: the title, content notes, and the story's settings."""

from collections.abc import Mapping

from siberia_quest.engine.status import place_of
from siberia_quest.model.kinds import Value
from siberia_quest.model.language import Language
from siberia_quest.model.page import Option, Page
from siberia_quest.model.story import Setting, Story
from siberia_quest.play.console import Console, EndOfInput, InputRequest, Left, Notice, Row, Rows
from siberia_quest.play.picking import CommandLine, CommandWord, Perhaps, find_command, read_line, simplify, tidy_line
from siberia_quest.play.replies import choose_please, reply_to
from siberia_quest.storage.slots import SavedGame

#: What works before the first page; the other commands need a game.
_WORKING = ("help", "look", "back", "quit")


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
    """Ask whether to go on with the game that is under way. Raises EndOfInput, Interrupted and Left."""
    language = story.language
    options = (Option("go_on", language.say("go_on")), Option("new", language.say("begin_new")))
    where, turn = place_of(story, saved.state), len(saved.picks)
    console.tell(
        Notice(
            language.say("under_way", place=where, turn=turn) if where else language.say("under_way_bare", turn=turn)
        )
    )
    question = _Question(console, language, InputRequest(language.say("choose", last=2), options, at_once=True))
    while True:
        answer = question.ask()
        if isinstance(answer, Option):
            return answer.id == "go_on"
        if answer is None:
            console.tell(Notice(language.say("no_question_before")))
        elif isinstance(answer, str):
            console.tell(Notice(choose_please(language, options)))


def confirm(console: Console, language: Language, words: str) -> bool:
    """Ask a yes-or-no question; anything but yes is no, but for a command. Raises EndOfInput and Interrupted."""
    question = InputRequest(f"{words} {language.say('yes_or_no')}", weighty=True)
    while (answer := tidy_line(console.ask(question))).startswith("/"):
        console.tell(Notice(language.say("yes_or_no"), "trouble"))
    return simplify(answer) in language.words_of("yes_words")


def choose_settings(
    console: Console, story: Story, given: Mapping[str, Value], *, from_pipe: bool = False, has_before: bool = False
) -> Mapping[str, Value] | None:
    """Ask for each setting that is not given; an empty line takes the start. Raises EndOfInput, Interrupted and Left.

    With `from_pipe` the rest keeps its start where input ends: the first page is shown whatever comes in. With `has_before` the
    player may go back before the first question: None.
    """
    chosen = dict(given)
    asked = [setting for setting in story.settings.values() if setting.name not in given]
    at = 0
    try:
        while at < len(asked):
            answer = _ask_setting(console, story.language, asked[at])
            if answer is not None:
                chosen[asked[at].name] = answer
                at += 1
            elif at:
                at -= 1
            elif has_before:
                return None
            else:
                console.tell(Notice(story.language.say("no_question_before")))
    except EndOfInput:
        if not from_pipe:
            raise
    return chosen


def _ask_setting(console: Console, language: Language, setting: Setting) -> Value | None:
    """Return what is chosen; None where the player wants the question before."""
    options = tuple(Option(id_, label) for id_, label in setting.options)
    request = InputRequest(_prompt(language, setting, options), options, at_once=bool(options))
    question = _Question(
        console, language, request, setting.prompt if options else "", is_text=setting.kind.base == "text"
    )
    while True:
        answer = question.ask()
        if answer is None:
            return None
        if answer == "":
            return setting.start
        value = answer.id if isinstance(answer, Option) else _value(setting, answer)
        if value is not None:
            return value
        if options:
            console.tell(Notice(choose_please(language, options)))
        elif setting.kind.base == "text":
            question.tell_refusal(language.say("too_long", most=setting.longest), str(answer))
        else:
            question.tell_refusal(language.say("setting_number"))


class _Question:
    """A question that is asked before there is a game, and the commands that work there."""

    def __init__(
        self, console: Console, language: Language, request: InputRequest, title: str = "", *, is_text: bool = False
    ) -> None:
        self._console = console
        self._language = language
        self._commands = tuple(
            CommandWord(name, language.words_of(key), moves=name in {"back", "undo", "quit"})
            for key in language.sentences
            if (name := key.removeprefix("typed_")) != key
        )
        names = tuple(each.called[0] for each in self._commands if each.name in _WORKING)
        self._request = request._replace(others=names, weighty=True)
        self._title = title
        self._is_text = is_text
        self._meant: Option | str | None = None
        self._typed = ""
        self._show()

    def _show(self) -> None:
        if self._request.options:
            self._console.show(Page((self._title,) if self._title else (), options=self._request.options), "")

    def tell_refusal(self, words: str, typed: str = "") -> None:
        """Say why an answer is none; it may stand on the line when it is asked again."""
        self._console.tell(Notice(words, "trouble"))
        self._typed = typed

    def ask(self) -> Option | str | None:
        """Return an answer, one of the options where there are some, "" for Enter alone; None to go back. Raises Left."""
        while True:
            typed = self._console.ask(self._request._replace(typed=self._typed))
            line, self._typed = tidy_line(typed), ""
            if not line and typed.strip():
                continue  # keys that are no letters
            answer = self._read(line) if line else ""
            if not isinstance(answer, CommandLine):
                return answer
            if answer.name == "quit":
                raise Left
            if answer.name in {"back", "undo"}:
                return None
            self._run(answer.name)

    def _read(self, line: str) -> Option | str | CommandLine:
        meant, self._meant = self._meant, None
        if self._is_text:
            command = find_command(line, self._commands)
            if not line.startswith("/") and (command is None or meant == line):
                return line
            if command:
                self._meant = line
                self._console.tell(Notice(self._language.say("command_or_answer", name=line, typed=line)))
                return CommandLine("")
        if isinstance(meant, Option | str) and simplify(line) in self._language.words_of("yes_words"):
            return meant if isinstance(meant, Option) else find_command(meant, self._commands) or CommandLine("")
        meaning = read_line(self._language, line, self._request.options, self._commands)
        if isinstance(meaning, Option | CommandLine):
            return meaning
        if meaning is None and not self._request.options:
            return line
        self._meant = meaning.meant if isinstance(meaning, Perhaps) else None
        self._console.tell(reply_to(self._language, meaning, line, self._request.options, self._request.others))
        return CommandLine("")

    def _run(self, name: str) -> None:
        say = self._language.say
        if name == "help":
            called = {each.name: each.called[0] for each in self._commands}
            rows = tuple(Row(f"/{called[each]}", say(f"opening_{each}")) for each in _WORKING)
            self._console.tell(Rows(say("help_opening"), rows))
        elif name == "look":
            self._show()
        elif name:
            self._console.tell(Notice(say("not_begun", name=name)))


def _prompt(language: Language, setting: Setting, options: tuple[Option, ...]) -> str:
    start = next((option.text for option in options if option.id == setting.start), str(setting.start))
    if options:
        return language.say("choose_default", last=len(options), default=start)
    return language.say("answer_default", prompt=setting.prompt, default=start) if start else setting.prompt


def _value(setting: Setting, typed: str) -> Value | None:
    """Return an answer as a value; None for what is none."""
    if setting.kind.base == "text":
        return typed if not setting.longest or len(typed) <= setting.longest else None
    from siberia_quest.engine.typed_numbers import number_in  # noqa: PLC0415  # few stories ask for a number

    return number_in(typed)
