"""What finds the storylets of a tag that qualify, as code."""

from siberia_quest.engine import code as tree
from siberia_quest.engine.code_texts import TextCoder
from siberia_quest.engine.code_values import Numbering
from siberia_quest.model.expression import Alternatives, things_in
from siberia_quest.model.sites import deal_slot, last_deal_site, passage_record
from siberia_quest.model.steps import At
from siberia_quest.model.story import Passage, Story, Storylet

_NOWHERE: At = (1, 1)


def codes_of_storylets(story: Story, numbering: Numbering, tag: str) -> list[tree.Function]:
    """Return functions that each make a row of storylets of a tag that qualify now; in order, they are all of them.

    One function does for all, but where the words of some vary: those are looked up with the counters of their own passage.
    """
    passages = [story.passages[id_] for id_ in story.storylets[tag]]
    if not any(map(_varies, passages)):
        return [_function(TextCoder(story, numbering), tag, passages, None)]
    found = []
    for passage in passages:
        record = tree.Given(story.layout.records[passage_record(passage.id)])
        coder = TextCoder(story, numbering, passage.id, passage.sites)
        found.append(_function(coder, tag, [passage], tree.Invoke("unmoved", (record, tree.Given(len(passage.sites))))))
    return found


def _varies(passage: Passage) -> bool:
    words = (passage.title, passage.storylet.locked if passage.storylet else ())
    return any(isinstance(each, Alternatives) for each in things_in(words))


def _function(coder: TextCoder, tag: str, passages: list[Passage], counters: tree.Code | None) -> tree.Function:
    row = coder.temporary()
    found: list[tree.Statement] = [tree.Assign(row, tree.Invoke("none"), _NOWHERE)]
    for passage in passages:
        if passage.storylet:
            tests = _qualification(coder, passage, passage.storylet, tag)
            appended = tree.Perform(
                tree.Invoke("append", (row, _candidate(coder, passage, passage.storylet))), passage.at
            )
            test = (
                tree.Operate("and", tuple(tests)) if len(tests) > 1 else tests[0] if tests else tree.Given(value=True)
            )
            found.append(tree.When(((test, (appended,)),), (), passage.at))
    return tree.Function("storylets", 0, 0, counters, (*found, tree.Result(row, _NOWHERE)))


def _qualification(coder: TextCoder, passage: Passage, storylet: Storylet, tag: str) -> list[tree.Code]:
    """Return the tests of whether a storylet qualifies."""
    story = coder.story
    record = tree.Given(story.layout.records[passage_record(passage.id)])
    tests: list[tree.Code] = []
    if storylet.once:
        tests.append(tree.Compare(tree.Invoke("visits_of", (record, tree.Given(0))), (("==", tree.Given(0)),)))
    if storylet.cooldown:
        last = tree.Invoke("visits_of", (record, tree.Given(passage.sites.index(last_deal_site(tag)))))
        since = tree.Operate("-", (tree.Load("values", coder.slots[deal_slot(tag)]), last))
        never = tree.Compare(last, (("==", tree.Given(0)),))
        tests.append(tree.Operate("or", (never, tree.Compare(since, ((">=", tree.Given(storylet.cooldown)),)))))
    if storylet.condition:
        tests.append(coder.code(storylet.condition))
    return tests


def _candidate(coder: TextCoder, passage: Passage, storylet: Storylet) -> tree.Code:
    """Return a storylet as a candidate for a deal, with the option it would be."""
    name = passage.id.split(".")[-1]
    title = coder.plain_text(passage.title) if passage.title else tree.Given(passage.id)
    is_open: tree.Code = tree.Given(value=True)
    reason: tree.Code = tree.Given("")
    if storylet.needs:
        is_open = coder.code(storylet.needs)
        reason = tree.Select(((is_open, tree.Given("")),), coder.reason(storylet.needs, storylet.locked))
    none, empty = tree.Given(()), tree.Given("")
    option = tree.Invoke(
        "option", (tree.Given(name), title, is_open, reason, tree.Given(None), none, empty, tree.Given(passage.tags))
    )
    return tree.Invoke(
        "candidate", (tree.Given(passage.id), coder.code(storylet.weight), tree.Given(storylet.priority), option)
    )
