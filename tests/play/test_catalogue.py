"""Every sentence stands once, in the catalogue of each language, and is used."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import siberia_quest
from siberia_quest.engine.counting import decimal, in_words, list_words, ordinal, plural
from siberia_quest.loading.sentences import ENGLISH, TOOLS, list_languages, read_language, read_sentences
from siberia_quest.model.language import places_in
from siberia_quest.play.catalogue import SENTENCES, SPOKEN
from siberia_quest.play.commands import COMMANDS
from siberia_quest.play.console import Preferences

PACKAGE = Path(siberia_quest.__file__).parent
ROOMS = ("engine", "storage", "play", "terminal", "cli")
SOURCES = [
    ast.parse(path.read_text("utf-8"))
    for room in ROOMS
    for path in sorted((PACKAGE / room).rglob("*.py"))
    if path.name != "catalogue.py"
]
#: What says a sentence, or has it said later; its key is the last of what has no name.
SAID = frozenset({"say", "compose", "refuse", "Fault", "Gone"})
#: Begins of keys that are put together where they are said.
FAMILIES = (
    "odds_",
    "usage_",
    "opening_",
    "help_",
    "setting_",
    "end_",
    "about_",
    "stat",
    "nothing_to_",
    "typed_",
    "called_",
    "theme_",
    "number_",
    "ordinal_",
    "lacks_",
    "part_",
    "disk_",
    "rises",
    "choices_same",
    "falls",
    "page_",
)
OTHERS = [name for name in list_languages() if name != ENGLISH]
#: Words that stand the same in English and German, and places alone.
SAME = frozenset(
    {
        "scene_break",
        "odds",
        "theme_terminal",
        "theme_vhs",
        "check",
        "stat_band",
        "sentence",
        "answer_default",
        "setting_row",
        "plural_one",
        "list_comma",
    }
)
SAME |= {
    "save_at",
    "achievement_hidden",
    "save_row_broken",
    "needs_all",
    "minus",
    "ordinal_20",
    "letters_barred",
    "remarks",
}


def keys_of(name: str) -> set[str]:
    """What every language has: not its rules for numbers, and not what it says in the system's place."""
    return {key for key in read_sentences(name) if not re.fullmatch(r"(number|ordinal)_\d+|errno_[A-Z0-9]+", key)}


def calls() -> list[ast.Call]:
    nodes = [node for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [
        (node, node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")) for node in nodes
    ]
    return [node for node, name in names if name in SAID and node.args]


def test_what_is_said_with_a_plain_key_stands_in_the_catalogue_with_just_these_parts() -> None:
    found = [call for call in calls() if isinstance(call.args[-1], ast.Constant)]
    assert len(found) > 130
    for call in found:
        key = call.args[-1]
        assert isinstance(key, ast.Constant)
        parts = {field for _, field, _, _ in Formatter().parse(SENTENCES[str(key.value)]) if field}
        assert parts <= {keyword.arg for keyword in call.keywords}, key.value


def test_every_sentence_is_said_somewhere() -> None:
    said = {node.value for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert [key for key in SENTENCES if key not in said and not key.startswith(FAMILIES)] == []


def test_every_sentence_of_the_page_is_said_by_its_scripts_with_just_these_parts() -> None:
    scripts = [path.read_text("utf-8") for path in sorted((PACKAGE / "web" / "page").glob("*.js"))]
    said = re.findall(r'say\((?:this\.)?(?:app\.)?language, "(\w+)"(?=(.*))', "\n".join(scripts))
    assert len(said) > 60
    for key, rest in said:
        if not rest.startswith((", count(", ", {")):
            assert places_in(SENTENCES[key]) == frozenset(), key
        elif rest.startswith(", {"):
            assert [part for part in places_in(SENTENCES[key]) if not re.search(rf"\b{part}\b", rest)] == [], key
    by_python = {"page_needs_script"}
    assert {key for key in SENTENCES if key.startswith("page_")} == {
        key for key, _ in said if key.startswith("page_")
    } | by_python


def test_every_command_has_its_help_and_usage_and_is_named_so_in_each_language() -> None:
    for language in (read_language(each, {}) for each in list_languages()):
        for name in COMMANDS:
            assert language.sentences[f"help_{name}"]
            called = language.words_of(f"typed_{name}")[0]
            assert language.sentences[f"usage_{name}"].split()[0] == f"/{called}"


def test_no_two_commands_answer_to_one_word_in_any_language() -> None:
    for language in (read_language(each, {}) for each in list_languages()):
        typed = [word for name in COMMANDS for word in {name, *language.words_of(f"typed_{name}")}]
        assert len(typed) == len(set(typed)), language.name


def test_every_preference_is_explained() -> None:
    assert all(SENTENCES[f"setting_{name}"] and SENTENCES[f"called_{name}"] for name in Preferences._fields)


def test_no_sentence_stands_twice_in_a_file() -> None:
    for path in sorted((PACKAGE / "languages").glob("*.txt")):
        lines = [line.partition(": ")[0] for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
        assert len(lines) == len(set(lines)), path.name
        assert set(lines) == set(read_sentences(path.stem)), path.name


def test_one_of_the_languages_is_german() -> None:
    assert "de" in OTHERS


@pytest.mark.parametrize("name", OTHERS)
def test_no_sentence_is_missing_in_a_language_and_none_is_there_for_nothing(name: str) -> None:
    assert keys_of(name) == keys_of(ENGLISH)


@pytest.mark.parametrize("name", OTHERS)
def test_no_sentence_of_a_language_has_other_places(name: str) -> None:
    english, other = read_sentences(ENGLISH), read_sentences(name)
    assert [key for key in keys_of(name) if places_in(other[key]) != places_in(english[key])] == []


@pytest.mark.parametrize("name", OTHERS)
def test_no_sentence_of_a_language_was_left_in_english(name: str) -> None:
    english, other = read_sentences(ENGLISH), read_sentences(name)
    assert {key for key in other if other[key] == english.get(key)} <= SAME


def test_a_language_with_a_sentence_too_few_or_an_other_place_is_found() -> None:
    english = read_sentences(ENGLISH)
    spoiled = {**english, "back_done": "Zurück bei {zug}."}
    del spoiled["saved"]
    assert spoiled.keys() ^ english.keys() == {"saved"}
    assert [key for key in spoiled if places_in(spoiled[key]) != places_in(english[key])] == ["back_done"]


# --- numbers and lists ------------------------------------------------------------------------------------------------


def test_german_says_numbers_as_it_writes_them() -> None:
    german = read_language("de", {})
    assert [in_words(german, each) for each in (0, 1, 16, 21, 30, 101, 1000, 2021, 101_000, 1_000_001, -7)] == [
        "null",
        "eins",
        "sechzehn",
        "einundzwanzig",
        "dreißig",
        "einhunderteins",
        "eintausend",
        "zweitausendeinundzwanzig",
        "einhunderteintausend",
        "eine Million eins",
        "minus sieben",
    ]
    assert [ordinal(german, each) for each in (1, 3, 7, 20, 101, 1000)] == [
        "erste",
        "dritte",
        "siebte",
        "zwanzigste",
        "einhunderterste",
        "eintausendste",
    ]
    assert decimal(german, 3.14159, 2) == "3,14"
    assert list_words(german, ["a", "b", "c"]) == "a, b und c"
    assert list_words(german, ["a", "b"], "list_or") == "a oder b"
    assert [plural(german, each, "Bär", "Bären") for each in (0, 1, 1.0, 2)] == ["Bären", "Bär", "Bär", "Bären"]


def test_english_says_numbers_and_which_one_it_is() -> None:
    assert [in_words(SPOKEN, each) for each in (110, 1001, 1100, 10**15)] == [
        "one hundred and ten",
        "one thousand and one",
        "one thousand one hundred",
        "1000000000000000",
    ]
    assert [ordinal(SPOKEN, each) for each in (1, 12, 20, 21, 100, 1103)] == [
        "first",
        "twelfth",
        "twentieth",
        "twenty-first",
        "one hundredth",
        "one thousand one hundred and third",
    ]


@pytest.mark.parametrize("name", list_languages())
def test_every_number_has_words_of_its_own(name: str) -> None:
    language = read_language(name, {})
    told = [in_words(language, each) for each in range(2000)] + [ordinal(language, each) for each in range(2000)]
    assert len(set(told)) == 4000
    assert not [each for each in told if set(each) & set("{}[]|>0123456789")]


# --- nothing is said in code ------------------------------------------------------------------------------------------

#: What looks like a sentence and is none that a player reads: words of diagnostics, which authors read.
OF_AUTHORS = ("PlayFault", "Diagnostic", "ValueError", "AssertionError", "ArgumentTypeError")
SENTENCE = re.compile(r"[A-Z“][^\n]*\s\S+\s\S+[.?!:]")


def sentences_in(tree: ast.AST) -> list[str]:
    """Constants with three words and an end; docstrings, and errors for programmers and authors, do not count."""
    passed = {
        id(inner)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and getattr(node.func, "id", "") in OF_AUTHORS)
        for inner in ast.walk(node)
    }
    documented = ast.Module | ast.ClassDef | ast.FunctionDef
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    told = [node for node in ast.walk(tree) if id(node) not in passed]
    texts = [node.value for node in told if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    texts += ["".join(map(words_of, node.values)) for node in told if isinstance(node, ast.JoinedStr)]
    return [text for text in texts if SENTENCE.fullmatch(text) and text not in docstrings]


def words_of(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "X"


def test_no_sentence_is_written_outside_the_catalogue() -> None:
    assert [text for tree in SOURCES for text in sentences_in(tree)] == []


def test_a_sentence_in_code_is_found() -> None:
    source = """
def greet():
    'Say hello to a player, warmly.'
    tell("There is nothing here.")
    tell(f"Not saved: {folder} is full.")
    raise ValueError("It is not a number.")
"""
    assert sentences_in(ast.parse(source)) == ["There is nothing here.", "Not saved: X is full."]


def test_what_the_tools_say_is_in_a_file_of_its_own() -> None:
    assert not read_sentences(TOOLS).keys() & read_sentences(ENGLISH).keys()
