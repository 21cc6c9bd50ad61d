"""Small words of the language, misused: each mistake is told at its place, once."""

from pathlib import Path

import pytest

from siberia_quest import advance, begin, load_story

HEAD = """\
story: The mill
variables: {wind: true, bag: 2, name: Ada}
phrases: {gust: {cycle: [A gust., A lull.]}, again: "{gust}", calm: All is calm.}
"""


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    """Return the code of each problem and the words it points at."""
    path = folder / "mill.yaml"
    path.write_text(HEAD + text, "utf-8")
    lines = path.read_text("utf-8").splitlines()
    spans = [(each.code, each.span) for each in load_story(path).diagnostics]
    return [(code, lines[span.line - 1][span.column - 1 : span.end_column - 1]) for code, span in spans]


def choice(*lines: str) -> str:
    return "passages:\n  mill:\n    choices:\n      - " + "\n        ".join(lines) + "\n        end: true\n"


OWN_WORDS = {
    "alternatives": (choice("text: Wait {once|here}", "say: true"), "SQ317", "Wait {once|here}"),
    "a phrase with alternatives": (choice("text: “{gust}”", "say: true"), "SQ317", "“{gust}”"),
    "a phrase of such a phrase": (choice("text: “{again}”", "say: true"), "SQ317", "“{again}”"),
    "how often it was picked": (
        choice("text: Wait {visits(wait)}", "id: wait", "say: true"),
        "SQ317",
        "Wait {visits(wait)}",
    ),
    "the number of the turn": (choice("text: Turn {turns}", "say: true"), "SQ317", "Turn {turns}"),
    "nothing to tell": (choice("text: '[Wait]'", "say: true"), "SQ222", "true"),
    "no words": (choice("fallback: true", "say: true"), "SQ221", "true"),
    "brackets without it": (choice("text: I wait[.] and wait."), "SQ315", "[.]"),
    "a mistake in what is offered and told": (choice("text: “{bagg}”[…] I say.", "say: true"), "SQ201", "bagg"),
    "a mistake in what is told": (choice("text: “Wait[.”],” says {nobody}.", "say: true"), "SQ201", "nobody"),
    "a mistake in what is offered": (choice("text: Wait[ {nobody}] here", "say: true"), "SQ201", "nobody"),
    "nothing to offer": (choice("text: '[] I wait.'", "say: true"), "SQ214", "'[] I wait.'"),
}


@pytest.mark.parametrize(("text", "code", "words"), OWN_WORDS.values(), ids=OWN_WORDS.keys())
def test_a_choice_that_cannot_tell_its_own_words_says_so_once(text: str, code: str, words: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == [(code, words)]


WAYS = {
    "a label that is not there": ("goto: tower.landin", "SQ203", "tower.landin"),
    "a choice for a label": ("goto: tower.rest", "SQ203", "tower.rest"),
    "a passage of a label that is not there": ("goto: towr.landing", "SQ203", "towr.landing"),
    "a label behind what has no value": ("goto: tower.top", "SQ219", "t"),
    "a label of a passage that takes something": ("leave: visit.table", "SQ219", "v"),
    "a label that is given something": ("goto: tower.landing(3)", "SQ305", "tower.landing(3)"),
    "a label that is called": ("call: tower.landing", "SQ203", "tower.landing"),
    "a label of a storylet": ("goto: gale.eye", "SQ305", "gale.eye"),
    "too little": ("goto: visit", "SQ305", "visit"),
    "too much": ("goto: visit(1, 2)", "SQ305", "visit(1, 2)"),
    "something for a passage that takes nothing": ("leave: tower(1)", "SQ305", "tower(1)"),
    "another kind": ("goto: visit(wind)", "SQ303", "wind"),
    "no expression": ("goto: visit(2 +)", "SQ301", ")"),
    "no passage": ("goto: 2 * visit(2)", "SQ301", "2 * visit(2)"),
}
PLACES = """\
passages:
  mill:
    steps:
      - if: wind
        then: {ends: true}
        else: {WAY}
    end: true
  tower:
    steps:
      - label: landing
      - choices:
          - {text: Rest, id: rest, goto: landing}
          - {text: Climb}
      - let: height = bag
      - label: top
      - "{height}"
    end: true
  visit:
    params: {guests: number}
    steps: [label: table, "{guests}"]
    end: true
  gale:
    storylet: {tag: gale}
    steps: [label: eye]
    end: true
"""


@pytest.mark.parametrize(("way", "code", "words"), WAYS.values(), ids=WAYS.keys())
def test_a_way_that_leads_nowhere_or_brings_the_wrong_thing_says_so_once(
    way: str, code: str, words: str, tmp_path: Path
) -> None:
    found = told(tmp_path, PLACES.replace("ends:", "end:").replace("{WAY}", f"\n          {way}"))
    assert found == [(code, words)]


def test_a_cure_names_the_label_that_was_meant_or_says_that_it_is_a_choice(tmp_path: Path) -> None:
    fixes = []
    for way in ("goto: tower.landin", "goto: tower.rest"):
        told(tmp_path, PLACES.replace("ends:", "end:").replace("{WAY}", f"\n          {way}"))
        fixes += [each.fix for each in load_story(tmp_path / "mill.yaml").diagnostics]
    assert fixes[0] == "did you mean `landing`?"
    assert fixes[1].startswith("`rest` is a choice")


def steps(*lines: str) -> str:
    return "passages:\n  mill:\n    steps:\n" + "".join(f"      {line}\n" for line in lines) + "    end: true\n"


ANSWERS = {
    "or in an item of its own": (steps("- ask: {into: name, prompt: Who?}", "- or: Nobody."), "SQ221", "or"),
    "or beside a default": (steps("- ask: {into: name, prompt: Who?, default: A}", "  or: No."), "SQ222", "No."),
    "or beside if": (steps("- if: wind", "  or: bag > 2", "  then: It turns."), "SQ221", "or"),
    "or within the question": (steps("- ask: {into: name, prompt: Who?, or: No.}"), "SQ205", "or"),
    "a default longer than an answer": (
        steps("- ask: {into: name, prompt: Who?, default: Anna, max: 2}"),
        "SQ402",
        "Anna",
    ),
    "lower in a condition": (steps("- if: lower(name) == 'ada'", "  then: Ada."), "SQ202", "lower(name)"),
}


@pytest.mark.parametrize(("text", "code", "words"), ANSWERS.values(), ids=ANSWERS.keys())
def test_what_makes_no_answer_says_so_once(text: str, code: str, words: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == [(code, words)]


@pytest.mark.parametrize("name", ["ϒ", "𝐀", "Ⅷ", "É"])
def test_a_name_in_braces_may_be_a_capital_that_has_no_small_letter(name: str, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text(
        f'story: A\nvariables: {{{name}: {{text: bob}}}}\npassages: {{a: {{text: "Hm, {{{name}}}.", end: true}}}}\n',
        "utf-8",
    )
    story = load_story(path).story
    assert story
    assert begin(story).page.paragraphs == ("Hm, bob.",)


@pytest.mark.parametrize("answer", ["grey owl", "Grey Owl", "GREY OWL"])
def test_an_answer_is_the_same_whatever_its_capitals(answer: str, tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    tests = ("name == 'Grey owl'", "not name != 'grey OWL'", "one_of(name, 'x', 'GREY owl')", "name == other == name")
    lines = [line for test in tests for line in (f"- if: {test}", "  then: Yes.", "  else: No.")]
    lines += ["- match: name", "  cases: {Grey Owl: Yes., else: No.}", '- "{same}"']
    head = "story: T\nvariables: {name: '', other: grey Owl}\nphrases: {same: {match: name, cases: {grey owl: Yes.}}}\n"
    path.write_text(head + steps("- ask: {into: name, prompt: Who?}", *lines), "utf-8")
    story = load_story(path).story
    assert story
    page = advance(story, begin(story).state, answer).page
    assert page.paragraphs == ("Yes.",) * 6


PHRASES = {
    "a kind that is not there": ("  p: {params: {who: texd}, text: A.}", "SQ204", "texd"),
    "another name than in the parentheses": ("  p(who): {params: {whom: text}, text: '{who}'}", "SQ201", "whom"),
    "params within a case": (
        "  p: {match: bag, cases: {1: {params: [who], text: A.}}, else: B.}",
        "SQ222",
        "[who]",
    ),
    "params misspelt": ("  p: {param: {who: text}, text: A.}", "SQ205", "param"),
    "a text for a number": ("  p(n): '{n}'\n  q: \"{p('x')}\"", "SQ303", "'x'"),
    "too few": ("  p: {params: {who: text}, text: '{who}'}\n  q: '{p}'", "SQ305", "p"),
}


@pytest.mark.parametrize(("phrase", "code", "words"), PHRASES.values(), ids=PHRASES.keys())
def test_a_phrase_that_takes_the_wrong_thing_says_so_once(phrase: str, code: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    path.write_text(f"story: T\nvariables: {{bag: 1}}\nphrases:\n{phrase}\npassages: {{a: {{end: true}}}}\n", "utf-8")
    lines = path.read_text("utf-8").splitlines()
    found = [(each.code, each.span) for each in load_story(path).diagnostics]
    assert [(code, lines[s.line - 1][s.column - 1 : s.end_column - 1]) for code, s in found] == [(code, words)]


CALLED = """\
passages:
  mill:
    steps:
      - {call: other, into: INTO}
    end: true
  other:
    steps:
      - if: wind
        then:
          return: ONE
      - goto: third
  third:
    choices:
      - {text: A, return: TWO}
      - {text: B, leave: mill}
"""
BROUGHT = {
    "another kind": ("bag", "1", "'a text'", [("SQ510", "'")]),
    "nothing": ("bag", "true", "2", [("SQ510", "t")]),
    "a name that is not there": ("bog", "1", "2", [("SQ201", "bog")]),
    "what cannot be changed": ("gust", "1", "2", [("SQ201", "gust")]),
    "what is no name": ("bag + 1", "1", "2", [("SQ308", "bag + 1")]),
    "a value that is not there": ("bag", "bog", "2", [("SQ201", "bog")]),
    "yes and no": ("wind", "true", "false", []),
    "texts in quotes": ("name", "'a b'", "name", []),
    "numbers": ("bag", "roll(1 + 1, 3)", "bag * 2", []),
}


@pytest.mark.parametrize(("into", "one", "two", "wrong"), BROUGHT.values(), ids=BROUGHT.keys())
def test_a_call_for_a_value_gets_one_of_its_kind_or_says_so_once(
    into: str, one: str, two: str, wrong: list[tuple[str, str]], tmp_path: Path
) -> None:
    text = CALLED.replace("INTO", into).replace("ONE", one).replace("TWO", two)
    assert told(tmp_path, text) == wrong


def test_a_passage_that_may_end_without_the_value_that_is_wanted_is_told(tmp_path: Path) -> None:
    text = CALLED.replace("INTO", "bag").replace("ONE", "1").replace("TWO", "2").replace(", leave: mill", "")
    assert told(tmp_path, text) == [("SQ510", "-")]
    assert told(tmp_path, text.replace(", into: bag", "")) == []


def test_stats_and_endings_of_two_files_cannot_share_a_name(tmp_path: Path) -> None:
    passages = "passages: {a: {end: home}}\n"
    for name, head in (("story", "story: T\n"), ("other", "scene: Other\n")):
        declared = f"{head}stats: {{gold: 3}}\nendings: {{home: Home}}\nachievements: {{rich: Rich}}\n{passages}"
        (tmp_path / f"{name}.yaml").write_text(declared, "utf-8")
    found = load_story(tmp_path).diagnostics
    assert [(each.code, each.span.file, each.span.line) for each in found] == [
        ("SQ208", "other.yaml", line) for line in (2, 3, 4)
    ]


PRONOUNS = """\
story: The mill
pronouns:
  she: {they: she, s: s}
  they: {they: they, s: ''}
variables: {ada: pronouns, bo: {one_of: pronouns, start: they}}
passages: {mill: {text: "TEXT", end: true}}
"""
PERSONS = {
    "whose": ("{they}", "SQ305", "they"),
    "whose, with a capital": ("{They}", "SQ305", "They"),
    "nobody's": ("{they(cy)}", "SQ201", "cy"),
    "a form that is not there": ("{their(ada)}", "SQ202", "their(ada)"),
    "two at once": ("{they(ada, bo)}", "SQ305", "they(ada, bo)"),
    "a set that is not there": ("{if ada == he then x}", "SQ201", "he"),
}


@pytest.mark.parametrize(("text", "code", "words"), PERSONS.values(), ids=PERSONS.keys())
def test_pronouns_without_a_person_say_so_once(text: str, code: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    path.write_text(PRONOUNS.replace("TEXT", text), "utf-8")
    lines = path.read_text("utf-8").splitlines()
    found = [(each.code, each.span) for each in load_story(path).diagnostics]
    assert [(code, lines[s.line - 1][s.column - 1 : s.end_column - 1]) for code, s in found] == [(code, words)]


SETS = {
    "a form is missing": ("  she: {they: she, s: s}\n  he: {they: he}\n", "SQ210", 3),
    "no sets": ("\n", "SQ209", 1),
    "a list": ("  []\n", "SQ206", 2),
    "a set without forms": ("  she: she/her\n", "SQ206", 2),
    "a form that can be no name": ("  she: {They: she}\n", "SQ207", 2),
    "a form that is taken": ("  she: {wind: she}\n", "SQ208", 3),
}


@pytest.mark.parametrize(("sets", "code", "line"), SETS.values(), ids=SETS.keys())
def test_sets_of_pronouns_that_do_not_fit_say_so_once(sets: str, code: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    path.write_text(f"pronouns:\n{sets}variables: {{wind: 1}}\nstory: T\npassages: {{a: {{end: true}}}}\n", "utf-8")
    assert [(each.code, each.span.line) for each in load_story(path).diagnostics] == [(code, line)]


@pytest.mark.parametrize("form", ["elle", "la", "able", "bell"])
def test_a_form_may_be_any_word_but_a_misspelt_label(form: str, tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    path.write_text(f"story: T\npronouns: {{she: {{{form}: x}}}}\npassages: {{a: {{end: true}}}}\n", "utf-8")
    assert load_story(path).diagnostics == ()
    path.write_text(path.read_text("utf-8").replace(f"{form}:", "la" + "ble:"), "utf-8")
    assert [each.code for each in load_story(path).diagnostics] == ["SQ205"]


def test_a_story_without_anybody_has_nobodys_pronouns(tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    path.write_text(PRONOUNS.replace("TEXT", "{they}").replace("ada: pronouns, bo", "x"), "utf-8")
    assert load_story(path).diagnostics == ()
    path.write_text(
        PRONOUNS.replace("TEXT", "{they}").split("variables")[0] + "passages: {a: {text: '{s}', end: true}}", "utf-8"
    )
    assert [each.message for each in load_story(path).diagnostics] == ["nobody has pronouns, so `s` is nobody's"]


WAITING = {
    "choices": "[{choices: [{text: A}]}]",
    "topics": "[{topics: [{text: A, done: true}]}]",
    "ask": "[{ask: {into: name, prompt: Who?}}]",
    "pause": "[{pause: true}]",
    "call": "[{call: mill}]",
    "goto": "[{goto: mill}]",
    "leave, within others": "[{if: wind, then: [{random: [{leave: mill}]}]}]",
    "return": "{return: true}",
    "end": "[{end: true}]",
    "label": "[{label: here}]",
}


@pytest.mark.parametrize("steps_", WAITING.values(), ids=WAITING.keys())
def test_the_steps_of_each_turn_neither_wait_nor_lead_elsewhere(steps_: str, tmp_path: Path) -> None:
    found = told(tmp_path, f"each_turn: {steps_}\npassages: {{mill: {{text: '{{bag}}', end: true}}}}\n")
    assert [code for code, _ in found] == ["SQ514"]


def test_nothing_leads_to_the_steps_of_each_turn(tmp_path: Path) -> None:
    text = "each_turn: [The wheel creaks.]\npassages: {mill: {steps: [goto: each_turn]}}\n"
    assert [code for code, _ in told(tmp_path, text)] == ["SQ203"]


SEVERAL = {
    "a number among them": ("if: first in {1, axe}", "SQ303", "1"),
    "another name among them": ("if: first in {saw, bagg}", "SQ201", "bagg"),
    "of another kind": ("do: bag = {rye}", "SQ303", "rye"),
    "what a variable holds": ("do: bag = {first, axe}", "SQ303", "first"),
    "a set for a number": ("do: n = {axe}", "SQ303", "{axe}"),
    "a set with a number": ("do: bag = bag + 1", "SQ303", "1"),
    "a set with a set of another kind": ("do: bag += sack", "SQ303", "sack"),
    "lists": ("do: bag = last + bag", "SQ303", "last"),
    "not closed": ("do: 'bag = {axe'", "SQ301", "'"),
    "for in a list": ("for: x in last", "SQ204", "x in last"),
    "for in a number": ("for: x in n", "SQ204", "x in n"),
    "for in nothing": ("for: x in bagg", "SQ201", "x in bagg"),
    "for in a set, without a name": ("for: bag", "SQ204", "bag"),
    "a name that is taken": ("for: n in bag", "SQ208", "n in bag"),
}
TOOLS = """\
story: The shed
kinds: {tool: [saw, axe], grain: [rye, oats]}
variables: {n: 1, bag: {set_of: tool}, sack: {set_of: grain}, last: {list_of: tool}, first: tool}
passages:
  shed:
    steps:
      - STEP
    end: true
"""


@pytest.mark.parametrize(("step", "code", "words"), SEVERAL.values(), ids=SEVERAL.keys())
def test_sets_that_do_not_fit_say_so_once(step: str, code: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "shed.yaml"
    path.write_text(TOOLS.replace("STEP", step + ("" if step[:2] == "do" else "\n        then: A.")), "utf-8")
    lines = path.read_text("utf-8").splitlines()
    found = [(each.code, each.span) for each in load_story(path).diagnostics]
    assert [(code, lines[s.line - 1][s.column - 1 : s.end_column - 1]) for code, s in found] == [(code, words)]


UNTOLD = {
    "alternatives in the brackets": choice("text: Wait[ {once|here}] there", "say: true"),
    "a phrase that is always the same": choice("text: “{calm}”", "say: true"),
    "brackets with a space before them": choice("text: Use the [red] key"),
    "brackets of a sign": choice("text: Use item\\[s] now"),
    "a value and a condition": choice("text: “{name}, {if wind then blow|lull}[.”]!” I say.", "say: true"),
}


@pytest.mark.parametrize("text", UNTOLD.values(), ids=UNTOLD.keys())
def test_a_choice_that_can_tell_its_own_words_does_so_without_a_message(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == []
