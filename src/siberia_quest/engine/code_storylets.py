"""What finds the storylets of a tag that qualify, as code."""

from siberia_quest.engine.code import (
    Assign,
    Code,
    Compare,
    Function,
    Given,
    Invoke,
    Load,
    Operate,
    Perform,
    Result,
    Select,
    Statement,
    When,
)
from siberia_quest.engine.code_texts import TextCoder
from siberia_quest.engine.code_values import Numbering
from siberia_quest.model.expression import Alternatives, things_in
from siberia_quest.model.sites import deal_slot, last_deal_site, passage_record
from siberia_quest.model.steps import At
from siberia_quest.model.story import Passage, Story, Storylet

_NOWHERE: At = (1, 1)


def codes_of_storylets(story: Story, numbering: Numbering, tag: str) -> list[Function]:
    """Return functions that each make a row of storylets of a tag that qualify now; in order, they are all of them.

    One function does for all, but where the words of some vary: those are looked up with the counters of their own passage.
    """
    passages = [story.passages[id_] for id_ in story.storylets[tag]]
    if not any(map(_varies, passages)):
        return [_function(TextCoder(story, numbering), tag, passages, None)]
    found = []
    for passage in passages:
        record = Given(story.layout.records[passage_record(passage.id)])
        coder = TextCoder(story, numbering, passage.id, passage.sites)
        found.append(_function(coder, tag, [passage], Invoke("unmoved", (record, Given(len(passage.sites))))))
    return found


def _varies(passage: Passage) -> bool:
    words = (passage.title, passage.storylet.locked if passage.storylet else ())
    return any(isinstance(each, Alternatives) for each in things_in(words))


def _function(coder: TextCoder, tag: str, passages: list[Passage], counters: Code | None) -> Function:
    row = coder.temporary()
    found: list[Statement] = [Assign(row, Invoke("none"), _NOWHERE)]
    for passage in passages:
        if passage.storylet:
            tests = _qualification(coder, passage, passage.storylet, tag)
            appended = Perform(Invoke("append", (row, _candidate(coder, passage, passage.storylet))), passage.at)
            test = Operate("and", tuple(tests)) if len(tests) > 1 else tests[0] if tests else Given(value=True)
            found.append(When(((test, (appended,)),), (), passage.at))
    return Function("storylets", 0, 0, counters, (*found, Result(row, _NOWHERE)))


def _qualification(coder: TextCoder, passage: Passage, storylet: Storylet, tag: str) -> list[Code]:
    """Return the tests of whether a storylet qualifies."""
    story = coder.story
    record = Given(story.layout.records[passage_record(passage.id)])
    tests: list[Code] = []
    if storylet.once:
        tests.append(Compare(Invoke("visits_of", (record, Given(0))), (("==", Given(0)),)))
    if storylet.cooldown:
        last = Invoke("visits_of", (record, Given(passage.sites.index(last_deal_site(tag)))))
        since = Operate("-", (Load("values", coder.slots[deal_slot(tag)]), last))
        never = Compare(last, (("==", Given(0)),))
        tests.append(Operate("or", (never, Compare(since, ((">=", Given(storylet.cooldown)),)))))
    if storylet.condition:
        tests.append(coder.code(storylet.condition))
    return tests


def _candidate(coder: TextCoder, passage: Passage, storylet: Storylet) -> Code:
    """Return a storylet as a candidate for a deal, with the option it would be."""
    name = passage.id.split(".")[-1]
    title = coder.plain_text(passage.title) if passage.title else Given(passage.id)
    is_open: Code = Given(value=True)
    reason: Code = Given("")
    if storylet.needs:
        is_open = coder.code(storylet.needs)
        reason = Select(((is_open, Given("")),), coder.text(storylet.locked))
    none, empty = Given(()), Given("")
    option = Invoke("option", (Given(name), title, is_open, reason, Given(None), none, empty, Given(passage.tags)))
    return Invoke("candidate", (Given(passage.id), coder.code(storylet.weight), Given(storylet.priority), option))
