"""Walks over the nouns: steps inside steps, expressions inside expressions, and all that a noun is made of."""

import pytest

from siberia_quest.model.expression import (
    Alternatives,
    Apply,
    Builtin,
    Comparison,
    Conditional,
    Constant,
    Expression,
    Local,
    Operation,
    PerMember,
    Reference,
    ShownValue,
    ValueOf,
    Visits,
    operands_of,
    things_in,
    with_locals,
    with_operands,
)
from siberia_quest.model.kinds import NUMBER
from siberia_quest.model.sites import PASSAGE, alternatives_site
from siberia_quest.model.steps import (
    Branch,
    End,
    Goto,
    Journal,
    Label,
    MontageStep,
    Pause,
    Random,
    Text,
    prose_in,
    walk,
    way_of,
)

AT = (1, 1)
A, B, C = Reference("a"), Reference("b"), Reference("c")
EXPRESSIONS: list[tuple[Expression, tuple[Expression, ...]]] = [
    (Constant(1), ()),
    (A, ()),
    (Local(0), ()),
    (Visits("seen", "cabin.door", PASSAGE), ()),
    (PerMember("skill", A), (A,)),
    (ValueOf("stats", A), (A,)),
    (Apply("formula", "odds", (A, B)), (A, B)),
    (Builtin("min", (A, B)), (A, B)),
    (Operation("+", (A, B, C)), (A, B, C)),
    (Comparison(A, (("<", B), ("<=", C))), (A, B, C)),
    (Conditional(A, B, C), (A, B, C)),
]


@pytest.mark.parametrize(("expression", "operands"), EXPRESSIONS)
def test_an_expression_tells_its_operands_and_takes_others(
    expression: Expression, operands: tuple[Expression, ...]
) -> None:
    assert operands_of(expression) == operands
    assert with_operands(expression, lambda operand: operand) == expression
    changed = with_operands(expression, lambda _: Constant(7))
    assert operands_of(changed) == (Constant(7),) * len(operands)


def test_locals_are_put_in_however_deep_they_stand_and_unknown_ones_stay() -> None:
    asked = Operation("and", (Comparison(PerMember("skill", Local(0)), ((">", Local(1)),)), Local(2)))
    put = Operation("and", (Comparison(PerMember("skill", A), ((">", B),)), Local(2)))
    assert with_locals(asked, {0: A, 1: B}) == put


def test_a_walk_comes_to_steps_inside_steps_in_the_order_they_are_written() -> None:
    inside, last = Label("again", AT), End("", AT)
    branch = Branch(((A, (inside,)), (None, (last,))), AT)
    around = Random(((Constant(1), (branch,)),), AT)
    goto = Goto("cabin.door", "", leaves=False, given=(), at=AT)
    assert list(walk((around, goto))) == [around, branch, inside, last, goto]


def test_prose_is_what_a_step_tells_and_not_what_it_asks() -> None:
    told = (Text(("a",), AT), Journal(("b",), AT), Pause(("c",), "pause", AT))
    montage = MontageStep(Constant(100), (), (), ((None, ("d",), ("e",)),), AT)
    assert [parts for step in (*told, montage, End("", AT)) for parts in prose_in(step)] == [
        (word,) for word in "abcde"
    ]


def test_a_walk_over_everything_can_leave_out_nouns_with_all_that_is_in_them() -> None:
    words = Alternatives("cycle", alternatives_site("x"), ((ShownValue(A, NUMBER),),))
    step = Branch(((B, (Text((words,), AT),)),), AT)
    assert [each for each in things_in(step) if isinstance(each, Reference)] == [B, A]
    assert [each for each in things_in(step, (Alternatives,)) if isinstance(each, Reference)] == [B]


def test_a_way_on_is_a_step_that_leads_elsewhere_by_itself() -> None:
    end, text = End("", AT), Text(("a",), AT)
    branch = Branch(((A, (end,)),), AT)
    assert [way_of(step) for step in walk((branch, text))] == [None, end, None]
