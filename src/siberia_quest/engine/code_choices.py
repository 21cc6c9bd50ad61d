"""What a list of choices puts on offer, as code."""

from siberia_quest.engine import code as tree
from siberia_quest.engine.code_texts import TextCoder, find_fixed_text
from siberia_quest.model.expression import Expression
from siberia_quest.model.page import Option
from siberia_quest.model.sites import choice_site
from siberia_quest.model.steps import At, Choice, Choices, DealtChoices


def code_of_fixed_offers(coder: TextCoder, step: Choices, fixed: list[Choice], known: tree.Part) -> tree.Body:
    """Return what says what is on offer where only conditions decide which of the options are shown: each has a bit."""
    bits = coder.temporary()
    always, found = 0, list[tree.Statement]()
    for number, choice in enumerate(fixed):
        bit = 1 << number
        condition = _code_of_condition(coder, choice)
        if condition is None:
            always += bit
            continue
        found.append(
            only_if(condition, (tree.Assign(bits, tree.Operate("+", (bits, tree.Given(bit))), choice.at),), choice.at)
        )
    if not found:
        return (tree.Result(tree.Invoke("fixed_offer", (known, tree.Given(always))), step.at),)
    offer = tree.Invoke("fixed_offer", (known, bits))
    return (tree.Assign(bits, tree.Given(always), step.at), *found, tree.Result(offer, step.at))


def code_of_changing_offers(coder: TextCoder, step: Choices, fixed: list[Choice], known: tree.Part) -> tree.Body:
    """Return what says what is on offer where options change with the game."""
    row = coder.temporary()
    choices = [item for item in step.items if isinstance(item, Choice) and not item.fallback]
    ids = tuple(id_ for choice in choices for id_ in choice.members or (choice.id,))
    found: list[tree.Statement] = [tree.Assign(row, tree.Invoke("none"), step.at)]
    for item in step.items:
        if isinstance(item, DealtChoices):
            dealt = tree.Invoke("deal_options", (row, *map(tree.Given, (item.tag, item.show, item.by, ids))))
            condition = coder.code(item.condition) if item.condition else None
            found.append(only_if(condition, (tree.Perform(dealt, item.at),), item.at))
        elif item in fixed:
            option = tree.Invoke("fixed_option", (known, tree.Given(fixed.index(item))))
            appended = tree.Perform(tree.Invoke("append", (row, option)), item.at)
            found.append(only_if(_code_of_condition(coder, item), (appended,), item.at))
        elif not item.fallback:
            found.append(_option(coder, item, row))
    return (*found, tree.Result(tree.Invoke("offer_of", (row,)), step.at))


def _code_of_condition(coder: TextCoder, choice: Choice) -> tree.Code | None:
    """Return the condition under which a choice is shown, None where it always is."""
    tests: list[tree.Code] = []
    if choice.once:
        tests.append(tree.Compare(_picks_of(coder, choice), (("==", tree.Given(0)),)))
    if choice.condition:
        tests.append(coder.code(choice.condition))
    return tests[0] if len(tests) == 1 else tree.Operate("and", tuple(tests)) if tests else None


def _picks_of(coder: TextCoder, choice: Choice) -> tree.Code:
    """Return how often a choice was picked, for each member of its kind if it has one."""
    if not choice.members:
        return tree.Load("counters", coder.sites[choice_site(choice.id)])
    counters = tree.Given(tuple(coder.sites[choice_site(member)] for member in choice.members))
    return tree.Invoke(
        "count_of_member",
        (tree.Whole("counters"), counters, tree.Given(choice.members), tree.Load("locals", choice.slot)),
    )


def _option(coder: TextCoder, choice: Choice, row: tree.Temporary) -> tree.Statement:
    """Return what puts a choice into the row of options, once for each member of its kind if it has one."""
    id_ = tree.Load("locals", choice.slot) if choice.members else tree.Given(choice.id)
    is_open: tree.Code = tree.Given(value=True)
    reason: tree.Code = tree.Given("")
    before: tree.Body = ()
    text = coder.plain_text(choice.text)
    text = tree.Invoke("made", (text,)) if choice.members else text
    odds = _odds(coder, choice.odds)
    if choice.needs is not None:
        is_open = coder.temporary()
        before = (tree.Assign(is_open, coder.code(choice.needs), choice.at),)
        reason = tree.Select(((is_open, tree.Given("")),), coder.reason(choice.needs, choice.locked))
    hint = coder.plain_text(choice.hint)
    option = tree.Invoke(
        "option", (id_, text, is_open, reason, odds, tree.Given(choice.words), hint, tree.Given(choice.tags))
    )
    body = (*before, tree.Perform(tree.Invoke("append", (row, option)), choice.at))
    shown = only_if(_code_of_condition(coder, choice), body, choice.at)
    return tree.Repeat(choice.slot, choice.members, (shown,), choice.at) if choice.members else shown


def _odds(coder: TextCoder, odds: Expression | None) -> tree.Code:
    """Return the code of odds as a player may know them."""
    sight = coder.sight(odds) if odds else "hidden"
    if odds is None or sight == "hidden":
        return tree.Given(None)
    number = tree.Invoke("tidy", (coder.code(odds),))
    return number if sight == "open" else tree.Invoke("likelihood", (number,))


def only_if(test: tree.Code | None, body: tree.Body, at: At) -> tree.Statement:
    """Return what does a body where a test holds; a body of one statement without a test is itself."""
    return (
        body[0]
        if test is None and len(body) == 1
        else tree.When(((tree.Given(value=True) if test is None else test, body),), (), at)
    )


def is_fixed(choice: Choice) -> bool:
    """Tell whether a choice's option is the same whenever it is shown."""
    if choice.members or choice.needs or choice.odds or choice.fallback:
        return False
    return not [piece for piece in (*choice.text, *choice.hint) if not isinstance(piece, str)]


def make_fixed_option(choice: Choice) -> Option:
    """Return the option of a choice whose option is always the same."""
    text, hint = find_fixed_text(choice.text) or "", find_fixed_text(choice.hint) or ""
    return Option(choice.id, text, words=choice.words, hint=hint, tags=choice.tags)
