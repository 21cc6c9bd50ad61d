"""What a player means by a line: a number, a letter, words, a command. The one rule of all front ends; docs/playing.md tells it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from siberia_quest.engine.counting import in_words, ordinal
from siberia_quest.model.language import Language
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Option

# Patterns are compiled when the first line is typed, which is after the first page.
#: A list of so many choices is long: each has a letter, which it keeps, and they may stand in columns.
LONG_LIST = 9
_NUMBER = r"[#(]?\s*(\d+)\s*[.):]?"
_NUMBERED = r"(\d{1,4})(?:\s\w)?[.)]\s+(.+)"
_ORDINAL = r"(\d{1,4})(?:st|nd|rd|th|te|ter|tes)"
_APART = r"[\W_]+"
#: What keys send that are no letters: arrows, function keys, pasting, a letter with Alt, and what a terminal answers.
_KEYS = r"\x1b\[\[[A-E]|(?:\x1b\[|\x9b)[0-?]*[ -/]*(?:[@-~]|$)|(?:\x1bO|\x8f)[ -~]|\x1b[\]P^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b"
#: One slip is forgiven for so many letters.
_LETTERS_A_SLIP = 3
#: So many letters of a choice's first words name it; fewer only where they are whole words.
_FIRST_LETTERS = 3
_HIGHEST_IN_WORDS = 99


class CommandWord(NamedTuple):
    """A command as picking knows it: its own name, what it is called, the usual one first, and whether words may follow.

    One that `moves` the game, or leaves it, is not run by a single letter.
    """

    name: str
    called: tuple[str, ...]
    takes_words: bool = False
    moves: bool = False


class CommandLine(NamedTuple):
    """A command was typed, with the words behind it."""

    name: str
    rest: str = ""


class Unclear(NamedTuple):
    """Several may be meant: choices, and commands by what they are called."""

    options: tuple[Option, ...]
    commands: tuple[str, ...] = ()


class Perhaps(NamedTuple):
    """Nothing was named, but this is near: a choice, or what a command is called."""

    meant: Option | str


class NoSuchNumber(NamedTuple):
    """A number was typed that no choice has."""

    number: str


class NoSuchCommand(NamedTuple):
    """A slash, and no command behind it; "" where nothing was."""

    name: str


#: What a line means; None where it means nothing here.
Intent: TypeAlias = Option | CommandLine | Unclear | Perhaps | NoSuchNumber | NoSuchCommand | None


def tidy_line(typed: str) -> str:
    """Return a line as it is read: without keys that are no letters, without what could act on a screen, with single spaces."""
    return " ".join(clean(re.sub(_KEYS, "", typed) if "\x1b" in typed or "\x9b" in typed else typed).split())


def read_line(language: Language, typed: str, options: Sequence[Option], commands: Sequence[CommandWord]) -> Intent:
    """Return what a player means by a line. Nothing is picked that was not named: what is merely near is only asked about."""
    typed = tidy_line(typed)
    if typed[:1] in {"/", "／"}:
        return read_command(typed[1:], commands)
    exact = _read_digits(typed, options) or _read_whole(typed, options, commands)
    if exact or not simplify(typed):
        return exact
    return (
        _read_number_words(language, typed, options)
        or _read_first_words(typed, options, commands)
        or _read_near(simplify(typed), options, commands)
    )


def find_exact(typed: str, options: Sequence[Option]) -> Option | None:
    """Return the option that a script means: by its id, its number, or all of its words."""
    for option in options:
        if option.id == typed:
            return option
    found = _read_digits(typed, options) or _read_whole(typed, options, ())
    return found if isinstance(found, Option) else None


def read_command(typed: str, commands: Sequence[CommandWord]) -> CommandLine | Perhaps | NoSuchCommand:
    """Return the command that stands behind a slash, or what is near."""
    found = find_command(typed, commands)
    if found:
        return found
    name = simplify(typed).split(" ")[0]
    begun = [each.called[0] for each in commands if name and each.called[0].startswith(name)]
    near = begun[0] if len(begun) == 1 else find_nearest(name, (), [each.called[0] for each in commands])
    return Perhaps(near) if near else NoSuchCommand(typed.split(" ", maxsplit=1)[0])


def find_command(typed: str, commands: Sequence[CommandWord]) -> CommandLine | None:
    """Return the command that was typed, with the words behind it; it answers to its own name and to those it has in the language."""
    name, _, rest = unicodedata.normalize("NFKC", typed).strip().partition(" ")
    name, rest = name.casefold().rstrip(".!,") or name, rest.strip()
    for each in commands:
        if name == each.name or name in each.called:
            return CommandLine(each.name, rest) if each.takes_words or not rest else None
    return None


def find_nearest(typed: str, options: Sequence[Option], words: Iterable[str] = ()) -> Option | str | None:
    """Return the option or the word that is spelled most like what was typed, or None where none is near."""
    plain = simplify(typed)
    best: Option | str | None = None
    fewest = len(plain) // _LETTERS_A_SLIP + 1
    for candidate, spelled in _candidates(options, words):
        slips = min(_slips(plain, each, fewest) for each in spelled)
        if slips < fewest:
            best, fewest = candidate, slips
    return best


def number_in(language: Language, said: str, last: int) -> int | None:
    """Return the number that words say: `option 2`, `two`, `the second one`, `2nd`, `last`; None where they say none."""
    words = [] if any(sign.isdigit() and not sign.isdecimal() for sign in said) else simplify(said).split()
    alone = " ".join(words[1:] if words[1:] and words[0] in _simple_words(language, "number_before") else words)
    if alone.isdecimal():
        return int(alone[:5])
    start = int(len(words) > 1 and words[0] in _simple_words(language, "ordinal_before"))
    end = len(words) - int(len(words) > start + 1 and words[-1] in _simple_words(language, "ordinal_behind"))
    which = " ".join(words[start:end])
    if which in _simple_words(language, "last_words"):
        return last
    digits = re.fullmatch(_ORDINAL, which)
    if digits:
        return int(digits[1])
    numbers = range(1, _HIGHEST_IN_WORDS + 1)
    return next(
        (
            each
            for each in numbers
            if alone == simplify(in_words(language, each)) or which == simplify(ordinal(language, each))
        ),
        None,
    )


def _simple_words(language: Language, key: str) -> list[str]:
    return [simplify(word) for word in language.words_of(key)]


def letter_of(option: Option) -> str:
    """Return the letter that is shown beside a choice and picks it: the first of its words that is but one; "" for none."""
    return next((word for word in option.words if len(word) == 1 and word.isalpha()), "")


class Letters:
    """Gives each choice of a long list a letter. A choice that comes again has the letter it had."""

    def __init__(self, language: Language) -> None:
        """Keep from giving letters that mean something else at the prompt."""
        typed = [word for key in language.sentences if key.startswith("typed_") for word in language.words_of(key)]
        words = (*typed, *language.words_of("yes_words"), *language.words_of("letters_barred"))
        self._barred = frozenset(word for word in words if len(word) == 1)
        self._articles = _simple_words(language, "ordinal_before")
        self._given: dict[str, str] = {}

    def give(self, options: tuple[Option, ...]) -> tuple[Option, ...]:
        """Return choices with their letters among their words; as they are where the list is short."""
        if len(options) < LONG_LIST:
            return options
        taken = {letter_of(option) for option in options} | {self._given.get(option.id, "") for option in options}
        for option in options:
            if option.id not in self._given and not letter_of(option):
                self._given[option.id] = self._find(option, taken)
                taken.add(self._given[option.id])
        return tuple(self._put_letter(option) for option in options)

    def _put_letter(self, option: Option) -> Option:
        letter = "" if letter_of(option) else self._given.get(option.id, "")
        return option._replace(words=(letter, *option.words)) if letter else option

    def _find(self, option: Option, taken: set[str]) -> str:
        """Return the first letter that is free: of its words, then any in them, then any."""
        words = sorted(simplify(option.text).split(), key=lambda word: word in self._articles)
        signs = "".join([*(word[0] for word in words), *words, "abcdefghijklmnopqrstuvwxyz"])
        free = (sign for sign in signs if sign.islower() and sign not in taken and sign not in self._barred)
        return next(free, "")


def simplify(text: str) -> str:
    """Return words without case, accents and punctuation, with single spaces."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
        text = unicodedata.normalize("NFC", text).replace("’", "'")
    return re.sub(_APART, " ", text.casefold().replace("'", "")).strip()


def _read_digits(typed: str, options: Sequence[Option]) -> Option | NoSuchNumber | None:
    """Read a number in the digits of any script, with or without the words of its choice: `2`, `２．`, `#2`, `2. Light the lamp`."""
    digits = "".join(map(_in_ascii_digits, typed))
    number = re.fullmatch(_NUMBER, digits)
    if number:
        return _take_numbered(int(number[1][:5]), options) or (NoSuchNumber(typed) if options else None)
    both = re.fullmatch(_NUMBERED, digits)
    if both:
        option = _take_numbered(int(both[1]), options)
        return option if option and simplify(option.text) == simplify(both[2]) else None
    is_number = options and any(sign.isdecimal() for sign in digits) and not any(map(str.isalpha, digits))
    return NoSuchNumber(typed) if is_number else None


def _in_ascii_digits(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if sign.isascii() or unicodedata.category(sign)[0] not in "PSM":
        return sign
    return "" if unicodedata.category(sign)[0] == "M" else unicodedata.normalize("NFKC", sign)


def _take_numbered(number: int, options: Sequence[Option]) -> Option | None:
    return options[number - 1] if 1 <= number <= len(options) else None


def _read_whole(
    typed: str, options: Sequence[Option], commands: Sequence[CommandWord]
) -> Option | CommandLine | Perhaps | Unclear | None:
    """Read what is said whole: all of a choice that is seen, else a command, else a letter or one of the author's other words."""
    plain = simplify(typed)
    seen = tuple(option for option in options if plain and simplify(option.text) == plain)
    if not seen:
        command = find_command(typed, commands)
        if command and not command.rest:
            by_itself = len(plain) == 1 and next(each for each in commands if each.name == command.name)
            return Perhaps(by_itself.called[0]) if by_itself and by_itself.moves else command
        seen = tuple(option for option in options if plain and plain in map(simplify, option.words))
    return seen[0] if len(seen) == 1 else Unclear(seen) if seen else None


def _read_number_words(
    language: Language, typed: str, options: Sequence[Option]
) -> Option | Unclear | NoSuchNumber | None:
    """Read a number that is said in words; where another choice begins with them, it is asked which."""
    number = number_in(language, typed, len(options)) if options else None
    if number is None:
        return None
    found = _take_numbered(number, options)
    begun = tuple(option for option in options if option is not found and _begins(option.text, simplify(typed)))
    if begun:
        return Unclear((found, *begun) if found else begun)
    return found or NoSuchNumber(typed)


def _read_first_words(
    typed: str, options: Sequence[Option], commands: Sequence[CommandWord]
) -> Option | CommandLine | Unclear | None:
    """Read the first words of a choice; where a command is named or begun by them too, it is asked which."""
    plain = simplify(typed)
    begun = tuple(option for option in options if any(_begins(words, plain) for words in (option.text, *option.words)))
    command = find_command(typed, commands)
    if command and not begun:
        return command
    if not begun:
        return None
    is_whole = any(f"{simplify(option.text)} ".startswith(f"{plain} ") for option in begun)
    near = () if is_whole else tuple(each.called[0] for each in commands if each.called[0].startswith(plain))
    called = (typed,) if command else near
    return begun[0] if len(begun) == 1 and not called else Unclear(begun, called)


def _begins(words: str, plain: str) -> bool:
    """Tell whether words begin with what was typed: with three letters of it, or with whole words of more than one letter."""
    whole = simplify(words)
    if not whole.startswith(plain) or len(plain) < 2:
        return False
    return len(plain.replace(" ", "")) >= _FIRST_LETTERS or whole[len(plain) : len(plain) + 1] in {"", " "}


def _read_near(plain: str, options: Sequence[Option], commands: Sequence[CommandWord]) -> Perhaps | Unclear | None:
    """Find what to ask about: a choice with such words in it, a command that is begun or stands first, what is spelled nearly so."""
    wanted = plain.split()
    found = tuple(option for option in options if _has_all(wanted, option))
    if found:
        return Perhaps(found[0]) if len(found) == 1 else Unclear(found)
    names = [each.called[0] for each in commands]
    begun = tuple(name for name in names if name.startswith(plain))
    if begun:
        return Perhaps(begun[0]) if len(begun) == 1 else Unclear((), begun)
    first = next((each.called[0] for each in commands if wanted[0] in {each.name, *each.called}), None)
    near = first or find_nearest(plain, options, names)
    return Perhaps(near) if near else None


def _has_all(wanted: Sequence[str], option: Option) -> bool:
    """Tell whether all words stand in an option: long enough to say something, the last perhaps only begun."""
    there = simplify(" ".join((option.text, *option.words))).split()
    return any(len(word) >= _FIRST_LETTERS for word in wanted) and all(
        any(word == each or (len(each) >= _FIRST_LETTERS and word.startswith(each)) for word in there)
        for each in wanted
    )


def _candidates(options: Sequence[Option], words: Iterable[str]) -> list[tuple[Option | str, list[str]]]:
    found: list[tuple[Option | str, list[str]]] = []
    for option in options:
        own = [simplify(each) for each in (option.text, *option.words) if len(each) > 1]
        found.append((option, [*own, *(word for each in own for word in each.split() if len(word) >= _LETTERS_A_SLIP)]))
    found += [(word, [simplify(word)]) for word in words]
    return [(candidate, spelled) for candidate, spelled in found if spelled]


def _slips(typed: str, meant: str, most: int) -> int:
    """Return how many slips lead from one word to the other, or `most` if that many or more.

    A slip is a letter too many, too few, wrong, or two in the wrong order: the distance of Damerau (1964), as is usual
    without a second slip inside the first.
    """
    if abs(len(typed) - len(meant)) >= most:
        return most
    before, above = list[int](), list(range(len(meant) + 1))
    for row, sign in enumerate(typed, 1):
        line = [row]
        for column, other in enumerate(meant, 1):
            slips = min(above[column] + 1, line[-1] + 1, above[column - 1] + (sign != other))
            if row > 1 and column > 1 and sign == meant[column - 2] and typed[row - 2] == other:
                slips = min(slips, before[column - 2] + 1)
            line.append(slips)
        before, above = above, line
    return min(above[-1], most)
