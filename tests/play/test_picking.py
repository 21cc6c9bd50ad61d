"""What a line picks, and what it does not: the one rule of docs/playing.md, as tables."""

import pytest

from siberia_quest.loading.sentences import read_language
from siberia_quest.model.page import Option
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.commands import COMMANDS, command_words
from siberia_quest.play.picking import (
    LONG_LIST,
    CommandLine,
    Intent,
    Letters,
    NoSuchCommand,
    NoSuchNumber,
    Perhaps,
    Unclear,
    find_exact,
    find_nearest,
    letter_of,
    read_line,
    simplify,
    tidy_line,
)

SAW = Option("saw", "Take the crosscut saw", words=("cut",))
SLED = Option("pull_sled", "Pull the sled")
PUSH = Option("pull_back", "Pull back", enabled=False)
REST = Option("rest", "Rest, and don’t talk")
WORK = Option("help", "Somebody else’s work", words=("x",))
LOOK = Option("quit", "Look at the photograph", words=("undo",))
STAND = Option("stand", "Stand a while")
ALL = (SAW, SLED, PUSH, REST, WORK, LOOK, STAND)
COMMAND_WORDS = command_words(SPOKEN)
ONE_LETTER = [word for each in COMMAND_WORDS for word in each.called if len(word) == 1]


def read(typed: str, options: tuple[Option, ...] = ALL, language: str = "en") -> Intent:
    spoken = read_language(language, {})
    return read_line(spoken, typed, options, command_words(spoken))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", SAW), (" 2 ", SLED), ("2.", SLED), ("2)", SLED), ("(2)", SLED), ("#4", REST), ("3", PUSH), ("007", STAND),
        ("２", SLED), ("２．", SLED), ("（２）", SLED), ("٢", SLED), ("٢.", SLED), ("२", SLED), ("2\ufe0f\u20e3", SLED),
        ("\u200f2\u200e", SLED), ("2. Pull the sled", SLED), ("two", SLED), ("Two.", SLED), ("option 2", SLED),
        ("Option two", SLED), ("number two", SLED), ("choice ２", SLED), ("No. 2", SLED), ("the second", SLED),
        ("the second one", SLED), ("second choice", SLED), ("2nd", SLED), ("number one", SAW), ("the last one", STAND),
    ],
)  # fmt: skip
def test_a_number_picks_however_it_is_written_or_dictated(typed: str, meant: Option) -> None:
    assert read(typed) is meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Pull the sled!", SLED), ("PULL THE SLED", SLED), ("rest and dont talk", REST), ("Rest, and don't talk", REST),
        ("cut", SAW), ("pull t", SLED), ("take", SAW), ("tak", SAW), ("rest", REST), ("somebody", WORK), ("x", WORK),
        ("ｐｕｌｌ　ｔｈｅ　ｓｌｅｄ", SLED), ("look at", LOOK), ("stand a", STAND),
    ],
)  # fmt: skip
def test_words_pick_where_they_are_all_or_the_first_of_one_choice_alone(typed: str, meant: Option) -> None:
    assert read(typed) is meant


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_s_word_is_the_command_whatever_ids_and_hidden_words_there_are(name: str) -> None:
    same = Option(name, "Something else", words=(name,))
    for typed in (name, name.upper(), f" {name}. ", f"/{name}", f"／{name}"):
        assert read(typed, (same, SLED)) == CommandLine(name)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_choice_that_is_seen_to_be_called_as_a_command_is_that_choice_and_the_slash_the_command(name: str) -> None:
    seen = Option("any", f"{name.capitalize()}!")
    assert read(name, (seen, SLED)) is seen
    assert read(f"/{name}", (seen, SLED)) == CommandLine(name)


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwyz?öя日")
def test_one_letter_picks_nothing_and_moves_nothing(letter: str) -> None:
    found = read(letter)
    assert not isinstance(found, Option)
    if isinstance(found, CommandLine):
        assert not COMMANDS[found.name].moves


@pytest.mark.parametrize("option", ALL)
def test_an_id_picks_nothing_at_the_prompt(option: Option) -> None:
    assert read(option.id, (option._replace(text="Wait", words=()), SLED)) != option._replace(text="Wait", words=())


@pytest.mark.parametrize("key", ["\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1bOA", "\x1bOB", "\x1b[5~", "\x1b[1;5C", "\x1b[[A",
    "\x1b",  "\x9bB", "\x1b[15~", "\x1b]0;1\x07", "\x1b[3;1R"])  # fmt: skip
def test_keys_that_are_no_letters_leave_nothing_on_the_line(key: str) -> None:
    assert tidy_line(key) == ""
    assert tidy_line(f"{key}2{key}") == "2"
    assert read(f"{key}2") is SLED


def test_what_is_pasted_is_read_without_the_marks_around_it() -> None:
    assert read("\x1b[200~Pull the sled\x1b[201~") is SLED


@pytest.mark.parametrize("typed", ["0", "8", "99999999", "-1", "1.5", "1-3", "1 2", "२२", "eight", "option 9", "ninth"])
def test_a_number_that_no_choice_has_is_told_and_picks_nothing(typed: str) -> None:
    assert read(typed) == NoSuchNumber(typed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pull", Unclear((SLED, PUSH))),
        ("sta", Unclear((STAND,), ("stats",))),
        ("look a", LOOK),
        ("hel", Perhaps("help")),
        ("q", Perhaps("quit")),
        ("u", Perhaps("undo")),
        ("st", Perhaps("stats")),
        ("stats now", Perhaps("stats")),
        ("quit the game", Perhaps("quit")),
        ("look around", Perhaps("look")),
        ("talk", Perhaps(REST)),
        ("cross saw", Perhaps(SAW)),
        ("photograph", Perhaps(LOOK)),
        ("no", None),
        ("to", None),
        ("²", None),
        ("½", None),
        ("!?", None),
        ("9. Rest", Perhaps(REST)),
        ("\x1b[", None),
        ("/", NoSuchCommand("")),
        ("/frotz", NoSuchCommand("frotz")),
        ("/sttas", Perhaps("stats")),
        ("/journ", Perhaps("journal")),
    ],
)
def test_what_may_mean_something_else_is_asked_about_and_nothing_is_picked(typed: str, found: Intent) -> None:
    assert read(typed) == found


def test_a_command_with_words_is_asked_about_where_a_choice_begins_so() -> None:
    dog = Option("dog", "Save the dog from the river")
    assert read("save the dog", (dog, SLED)) == Unclear((dog,), ("save the dog",))
    assert read("save it", (dog, SLED)) == CommandLine("save", "it")
    assert read("/save the dog", (dog, SLED)) == CommandLine("save", "the dog")


def test_two_choices_of_one_name_are_asked_about() -> None:
    twins = (Option("a", "Go"), Option("b", "Go"))
    assert read("go", twins) == Unclear(twins)


def test_a_number_word_that_another_choice_begins_with_is_asked_about() -> None:
    first = Option("light", "First, light the fire")
    assert read("first", (SLED, first)) == Unclear((SLED, first))
    assert read("first", (first, SLED)) is first


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("שמור על הכלב", "שמור על הכלב"),
        ("שלום", "שָׁלוֹם"),
        ("去北方", "去北方。"),
        ("Ёлка", "ёлка"),
        ("cafe", "Café"),
        ("문을", "문을 연다"),
    ],
)
def test_words_of_any_script_pick(typed: str, text: str) -> None:
    option = Option("any", text)
    assert read(typed, (SLED, option)) is option


def test_dictation_is_understood_in_the_language_of_the_story() -> None:
    for typed in ("zwei", "die zweite", "Nummer zwei", "Option 2", "wahl zwei"):
        assert read(typed, language="de") is SLED
    assert read("the second", language="de") is not SLED
    assert read("hilfe", language="de") == CommandLine("help") == read("help", language="de")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("saw", SAW), ("pull_sled", SLED), ("2", SLED), ("Pull the sled", SLED), ("help", WORK), ("undo", LOOK)],
)
def test_a_script_picks_by_id_number_or_all_words(typed: str, meant: Option) -> None:
    assert find_exact(typed, ALL) is meant


@pytest.mark.parametrize("typed", ["", "pull", "tak", "two", "the second", "0", "9", "/help", "slde"])
def test_a_script_s_pick_is_never_guessed(typed: str) -> None:
    assert find_exact(typed, ALL) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("slde", SLED),
        ("swa", SAW),
        ("xsaw", SAW),
        ("pull the sledd", SLED),
        ("crossct", SAW),
        ("rset", REST),
        ("pull teh sled", SLED),
    ],
)
def test_a_slip_is_answered_with_the_nearest_choice(typed: str, meant: Option) -> None:
    assert find_nearest(typed, ALL, ["undo"]) == meant
    assert read(typed) == Perhaps(meant)


def test_a_slip_may_be_nearest_to_a_command() -> None:
    assert find_nearest("udno", (SAW, SLED), ["undo", "redo"]) == "undo"


@pytest.mark.parametrize("typed", ["xyzzy", "q", "", "helicopter", "asdfkjh", "sw", "x" * 3000])
def test_nonsense_is_near_nothing(typed: str) -> None:
    assert find_nearest(typed, ALL, ["undo"]) is None


def test_words_are_compared_without_accents_case_and_marks() -> None:
    assert simplify("  Élan—VITAL! don’t ") == "elan vital dont"


class TestLetters:
    """The letters of long lists."""

    @staticmethod
    def many(count: int) -> tuple[Option, ...]:
        return tuple(Option(f"id{number}", f"Choice of {number}") for number in range(count))

    def test_a_short_list_has_none(self) -> None:
        options = self.many(LONG_LIST - 1)
        assert Letters(SPOKEN).give(options) == options

    @pytest.mark.parametrize("count", [LONG_LIST, 15, 60])
    def test_no_two_choices_have_the_same_and_each_letter_picks_its_own(self, count: int) -> None:
        options = Letters(SPOKEN).give(self.many(count))
        given = [letter_of(option) for option in options if letter_of(option)]
        assert len(given) == len(set(given)) >= min(count, 15)
        assert not set(given) & {*ONE_LETTER, "y", "n"}
        for option in options:
            if letter_of(option):
                assert read(letter_of(option), options) is option
                assert read(letter_of(option).upper(), options) is option

    def test_a_choice_keeps_its_letter_as_others_come_and_go(self) -> None:
        letters = Letters(SPOKEN)
        before = {option.id: letter_of(option) for option in letters.give(self.many(12))}
        after = letters.give((Option("new", "Choice of something new"), *self.many(12)[3:]))
        assert all(letter_of(option) == before[option.id] for option in after[1:])
        assert letter_of(after[0]) not in {*before.values()} - {before["id0"], before["id1"], before["id2"], ""}

    def test_the_author_s_own_letter_is_that_choice_s(self) -> None:
        options = Letters(SPOKEN).give((Option("north", "Go north", words=("north", "k")), *self.many(9)))
        assert letter_of(options[0]) == "k"
        assert read("k", options) is options[0]
