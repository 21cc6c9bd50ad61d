"""Names and kinds of an expression: from what was written to what is meant, with every mistake in it."""

from types import MappingProxyType
from typing import assert_never

from siberia_quest.lang import function_rules, syntax
from siberia_quest.lang.changes import find_target, read_change
from siberia_quest.lang.cures import cure_of_function, cure_of_held, cure_of_name, cure_of_value, find_missing_band
from siberia_quest.lang.scope import PRONOUNS, Meaning, Scope, nearest
from siberia_quest.model import expression as nodes
from siberia_quest.model.expression import Effect, Expression
from siberia_quest.model.functions import APPLIED, FUNCTIONS, WORDED
from siberia_quest.model.kinds import NUMBER, TEXT, UNKNOWN, YES_NO, ValueKind
from siberia_quest.model.markup import clean

ERROR = nodes.Constant(0)
WORDS = MappingProxyType({"true": True, "false": False, "yes": True, "no": False})


class Resolver:
    """Finds the meaning of one expression in a scope; faults gather in `faults`."""

    def __init__(self, scope: Scope, *, chance: bool) -> None:
        """Begin. `chance` says whether chance is allowed here."""
        self.scope = scope
        self.names = scope.names
        self.chance = chance
        self.faults: list[syntax.SourceFault] = []

    def fault(
        self, code: str, message: str, node: syntax.Syntax | syntax.ParsedEffect, fix: str = "", why: str = ""
    ) -> Meaning:
        """Keep a mistake and return a meaning that makes no further ones."""
        self.faults.append(syntax.SourceFault(code, message, node.start, node.end, why, fix))
        return Meaning(ERROR, UNKNOWN)

    def find(self, node: syntax.Syntax, expected: ValueKind | None = None) -> Meaning:
        """Return what a node means, where a value of the `expected` kind is wanted."""
        match node:
            case syntax.Number():
                return Meaning(nodes.Constant(node.value), NUMBER) if abs(node.value) <= 10**15 else self._too_big(node)
            case syntax.Quoted():
                return self._resolve_quoted(node)
            case syntax.Several():
                return self._several(node, expected)
            case syntax.Name():
                return self._name(node, expected)
            case syntax.ParsedCall():
                return self._resolve_call(node, expected)
            case syntax.ParsedOperation():
                return self._resolve_operation(node)
            case syntax.ParsedComparison():
                return self._resolve_comparison(node)
            case syntax.ParsedConditional():
                return self._resolve_conditional(node, expected)
        assert_never(node)

    def want(self, node: syntax.Syntax, kind: ValueKind, what: str) -> Expression:
        """Return what a node means, and report it unless it is of a kind."""
        meaning = self.find(node, kind)
        if UNKNOWN not in (meaning.kind, kind) and meaning.kind != kind:
            said = f"{what} must be {kind.in_words()}, and this is {meaning.kind.in_words()}"
            self.fault("SQ303", said, node, cure_of_value(self.names, node, meaning.kind, kind))
        return meaning.expression

    def _resolve_quoted(self, node: syntax.Quoted) -> Meaning:
        if "{" in node.text and "}" in node.text:
            fix = "put the braces around the whole, as in `{if n == 1 then one bear | {words(n)} bears}`"
            return self.fault("SQ316", "braces within quotes would be told as they stand", node, fix)
        return Meaning(nodes.Constant(clean(node.text)), TEXT)

    def _too_big(self, node: syntax.Number) -> Meaning:
        return self.fault("SQ304", "this number is too large", node, "numbers go up to 1,000,000,000,000,000")

    def _several(self, node: syntax.Several, expected: ValueKind | None) -> Meaning:
        """Return a set or list that is written out: its members stand there by their names."""
        if not expected or expected.base not in {"set", "list"}:
            written = "`{}` is the empty set or list" if not node.items else "this is a set or a list"
            only = node.items[0] if len(node.items) == 1 else None
            fix = f"write `{only.name}`, without braces: those are for texts" if isinstance(only, syntax.Name) else ""
            return self.fault("SQ303", f"{written}, and neither is wanted here", node, fix)
        of = ValueKind("member", expected.of)
        found = [self.find(item, of) for item in node.items]
        for item, meaning in zip(node.items, found, strict=True):
            if meaning.kind not in (of, UNKNOWN) or not isinstance(meaning.expression, nodes.Constant):
                fix = f"write members of `{expected.of}` here, and `+=` for what a variable holds"
                self.fault("SQ303", f"only members of `{expected.of}` can be written out", item, fix)
        ids = [str(each.expression.value) for each in found if isinstance(each.expression, nodes.Constant)]
        in_order = [each for each in self.names.kinds[expected.of].ids if each in ids]
        return Meaning(nodes.Constant(tuple(in_order if expected.base == "set" else ids)), expected)

    def _name(self, node: syntax.Name, expected: ValueKind | None) -> Meaning:
        name = node.name
        if expected and expected.base == "member" and name in self.names.members[expected.of]:
            return Meaning(nodes.Constant(name), expected)
        if name in self.scope.locals:
            slot, kind = self.scope.locals[name]
            return Meaning(nodes.Local(slot), kind)
        known = self.names.kind_of(name)
        if known is not None:
            if known.base == "per":
                return self.fault(
                    "SQ303", f"`{name}` holds a number for each `{known.of}`", node, f"say which: `{name}(…)`"
                )
            return Meaning(nodes.Reference(name), known)
        if name in self.names.formulas:
            return self._formula(syntax.ParsedCall(name, (), node.start, node.end))
        if name in WORDS:
            return Meaning(nodes.Constant(WORDS[name]), YES_NO)
        if name in FUNCTIONS and FUNCTIONS[name].reading == "bare":
            return Meaning(nodes.Builtin(name), FUNCTIONS[name].result or UNKNOWN)
        return self._unknown(node, expected)

    def _resolve_pronoun(self, node: syntax.Name) -> Meaning:
        """Return a form of the pronouns of the one person there is: the one at hand by a local name, else the only one of the story."""
        kind = ValueKind("member", PRONOUNS)
        at_hand = [nodes.Local(slot) for slot, known in self.scope.locals.values() if known == kind]
        persons = self.names.persons()
        if at_hand or len(persons) == 1:
            whose: Expression = at_hand[-1] if at_hand else nodes.Reference(persons[0])
            return Meaning(nodes.Apply("table", node.name, (whose,)), self.names.tables[node.name].kind)
        if not persons:
            fix = "declare somebody under `variables:`, as in `sasha: pronouns`"
            return self.fault("SQ305", f"nobody has pronouns, so `{node.name}` is nobody's", node, fix)
        said = ", ".join(f"`{each}`" for each in persons)
        why = f"more than one person has pronouns: {said}"
        return self.fault("SQ305", f"whose is `{node.name}`?", node, f"write `{node.name}({persons[0]})`", why)

    def _unknown(self, node: syntax.Name, expected: ValueKind | None) -> Meaning:
        name = node.name
        if name in self.names.tables and self.names.tables[name].keys == (PRONOUNS,):
            return self._resolve_pronoun(node)
        if name in self.names.tables or name in APPLIED or name in self.names.phrases:
            what = (
                "phrase, which is text"
                if name in self.names.phrases
                else "table"
                if name in self.names.tables
                else "function"
            )
            return self.fault(
                "SQ305", f"`{name}` is a {what} and needs its parentheses here", node, f"write `{name}(…)`"
            )
        if name in self.names.kinds:
            fix = "name one of its members, or use it inside `for:`"
            return self.fault("SQ201", f"`{name}` is a kind; here one value is needed", node, fix)
        members = list(self.names.kinds[expected.of].ids) if expected and expected.base == "member" else []
        if members == ["_"]:
            return Meaning(ERROR, UNKNOWN)  # a kind without members is told
        owners = [kind.name for kind in self.names.kinds.values() if name in kind.ids]
        if owners and expected and members:
            why = f"here one of `{expected.of}` is needed"
            return self.fault("SQ303", f"`{name}` is one of `{owners[0]}`", node, nearest(name, members), why)
        fix = cure_of_name(self.names, [*members, *self.scope.locals], name, expected)
        if owners:
            why = f"`{name}` is one of `{owners[0]}`, and nothing here expects one"
            return self.fault("SQ201", f"no stat or variable is named `{name}`", node, fix, why)
        what = f"member of `{expected.of}`, stat or variable" if members and expected else "stat or variable"
        return self.fault("SQ201", f"no {what} is named `{name}`", node, fix)

    def _resolve_call(self, node: syntax.ParsedCall, expected: ValueKind | None) -> Meaning:
        name = node.name
        if name in self.names.formulas:
            return self._formula(node)
        if name in self.names.tables:
            return self._table(node)
        kind = self.names.kind_of(name)
        if kind is not None and kind.base == "per":
            return self._per(node, kind)
        if name in APPLIED:
            if FUNCTIONS[name].takes_chance and not self.chance:
                why = "this is worked out each time the page is shown, so it would change under the player's eyes"
                return self.fault(
                    "SQ306",
                    f"`{name}` draws by chance, and nothing can be drawn here",
                    node,
                    "draw it before, in `do:` or `let:`, and use here what was drawn",
                    why,
                )
            return function_rules.apply(self, node, expected)
        if kind is not None:
            return self.fault(
                "SQ305", f"`{name}` is {kind.in_words()} and takes nothing in parentheses", node, f"write `{name}`"
            )
        if name in WORDED:
            fix = "use it in the braces of a text; where texts are compared, capitals make no difference"
            return self.fault("SQ202", f"`{name}` makes words for a text, and nothing to count with", node, fix)
        fix = cure_of_function(self.names, node)
        return self.fault("SQ202", f"no formula, table or function is named `{name}`", node, fix)

    def _formula(self, node: syntax.ParsedCall) -> Meaning:
        formula = self.names.formulas[node.name]
        kind = formula.kind()
        if kind is None:
            return self.fault(
                "SQ307",
                f"the formula `{node.name}` needs itself to be worked out",
                node,
                "break the circle with a number",
            )
        arguments = self.arguments(node, formula.parameters)
        return Meaning(nodes.Apply("formula", node.name, arguments), kind)

    def _table(self, node: syntax.ParsedCall) -> Meaning:
        table = self.names.tables[node.name]
        keys = tuple(ValueKind("member", key) for key in table.keys) or (NUMBER,)
        return Meaning(nodes.Apply("table", node.name, self.arguments(node, keys)), table.kind)

    def _per(self, node: syntax.ParsedCall, kind: ValueKind) -> Meaning:
        members = self.arguments(node, (ValueKind("member", kind.of),))
        return Meaning(nodes.PerMember(node.name, members[0]), NUMBER) if len(members) == 1 else Meaning(ERROR, UNKNOWN)

    def arguments(self, node: syntax.ParsedCall, kinds: tuple[ValueKind, ...]) -> tuple[Expression, ...]:
        """Return the arguments' meanings, and report their number or kinds if they are wrong."""
        if len(node.arguments) != len(kinds):
            wanted = ", ".join(kind.in_words() for kind in kinds) or "nothing"
            self.fault(
                "SQ305",
                f"`{node.name}` takes {len(kinds)} in its parentheses, and here are {len(node.arguments)}",
                node,
                f"it takes {wanted}",
            )
            return tuple(nodes.Constant(0) for _ in kinds)
        return tuple(
            self.want(argument, kind, f"what `{node.name}` takes")
            for argument, kind in zip(node.arguments, kinds, strict=True)
        )

    def _resolve_operation(self, node: syntax.ParsedOperation) -> Meaning:
        kind = YES_NO if node.operator in {"and", "or", "not"} else NUMBER
        if node.operator in {"+", "-"} and len(node.operands) > 1 and (held := self.kind_of_set(node)):
            return self._resolve_sets(node, held)
        if node.operator == "-" and (joined := self._join_hyphens(node)):
            fix = nearest(joined.replace("-", "_"), self.names.values()) or "names are written with `_`, and declared"
            return self.fault("SQ201", f"no stat or variable is named `{joined}`", node, fix)
        what = f"each side of `{node.operator}`" if len(node.operands) > 1 else f"what follows `{node.operator}`"
        operands = tuple(self.want(operand, kind, what) for operand in node.operands)
        return Meaning(nodes.Operation(node.operator, operands), kind)

    def _join_hyphens(self, node: syntax.ParsedOperation) -> str:
        """Return the name that a difference of names nobody declared was meant for, `far-away`; "" where it is one."""
        names = [each.name for each in node.operands if isinstance(each, syntax.Name)]
        joined = "-".join(names)
        are_known = any(self.names.kind_of(name) or name in self.scope.locals for name in names)
        is_name = len(names) == len(node.operands) > 1 and node.end - node.start == len(joined)
        return joined if is_name and not are_known and not {*names} & {*self.names.values()} else ""

    def kind_of_set(self, node: syntax.Syntax) -> ValueKind | None:
        """Return the kind of set that a node is by its names, None where it is none; nothing is resolved for it."""
        kind: ValueKind | None = None
        match node:
            case syntax.Name(name) | syntax.ParsedCall(name):
                kind = self.scope.locals[name][1] if name in self.scope.locals else self.names.kind_of(name)
                if kind is None and name in self.names.formulas:
                    kind = self.names.formulas[name].kind()
            case syntax.ParsedOperation("+" | "-", operands):
                kind = next((found for each in operands if (found := self.kind_of_set(each))), None)
            case syntax.ParsedConditional(_, then, otherwise):
                kind = self.kind_of_set(then) or self.kind_of_set(otherwise)
        return kind if kind and kind.base == "set" else None

    def _resolve_sets(self, node: syntax.ParsedOperation, kind: ValueKind) -> Meaning:
        """Return sets put together, or a set without what is in others; a member may stand for a set of it alone."""
        operands = []
        for operand in node.operands:
            is_member = isinstance(operand, syntax.Name) and operand.name in self.names.members[kind.of]
            written = syntax.Several((operand,), operand.start, operand.end) if is_member else operand
            operands.append(self.want(written, kind, f"each side of `{node.operator}`"))
        return Meaning(
            nodes.Builtin("all_of" if node.operator == "+" else "all_but", tuple(operands), (kind.of,)), kind
        )

    def _resolve_comparison(self, node: syntax.ParsedComparison) -> Meaning:
        left = node.first
        meaning = self._side(left, *node.rest[0])
        first = meaning.expression
        rest = []
        for operator, right in node.rest:
            other = self._right(operator, meaning, left, right)
            rest.append((operator, other.expression))
            left, meaning = right, other
        return Meaning(compare(first, tuple(rest), meaning.kind), YES_NO)

    def _side(self, left: syntax.Syntax, operator: nodes.Sign, right: syntax.Syntax) -> Meaning:
        """Find the left side; a bare name that is no value may be a member of the right side's kind."""
        if isinstance(left, syntax.Several):
            return self.find(left, self.kind_of_set(right))
        trial = Resolver(self.scope, chance=True)
        meaning = trial.find(left)
        if isinstance(left, syntax.Name):
            other = Resolver(self.scope, chance=True).find(right)
            is_held_by_text = other.kind == TEXT and operator in {"in", "not in"}
            if (other.kind == UNKNOWN or is_held_by_text) and trial.faults:
                return Meaning(ERROR, UNKNOWN)  # its kind hangs on the other side, which is reported
            if other.kind.base in {"member", "set", "list"} and (trial.faults or meaning.kind == NUMBER):
                return self.find(left, ValueKind("member", other.kind.of))
        return self.find(left)

    def _right(self, operator: nodes.Sign, left: Meaning, left_node: syntax.Syntax, node: syntax.Syntax) -> Meaning:
        if operator in {"in", "not in"}:
            meaning = self.find(node, ValueKind("set", left.kind.of) if left.kind.base == "member" else None)
            if meaning.kind != UNKNOWN and meaning.kind.base not in {"set", "list"}:
                names = (getattr(node, "name", "…"), getattr(left_node, "name", "…"))
                fix = cure_of_held(*names) if meaning.kind == TEXT else ""
                return self.fault("SQ303", f"what follows `{operator}` must be a set or a list", node, fix)
            if UNKNOWN not in (meaning.kind, left.kind) and left.kind != ValueKind("member", meaning.kind.of):
                self.fault("SQ303", f"this is never in a set or list of `{meaning.kind.of}`", left_node)
            return meaning
        members = self.names.kinds[left.kind.of].ids if left.kind.base in {"set", "list"} else ()
        if isinstance(node, syntax.Name) and node.name in members:
            held = left_node.name if isinstance(left_node, syntax.Name) else "…"
            said, fix = f"`{held}` can hold several, so it is never equal to one", f"ask `{node.name} in {held}`"
            return self.fault("SQ303", said, node, fix if operator == "==" else fix.replace(" in ", " not in "))
        meaning = self.find(node, left.kind)
        if UNKNOWN in (meaning.kind, left.kind):
            return meaning
        if operator in {"==", "!="}:
            if meaning.kind != left.kind:
                said = f"{left.kind.in_words()} is compared with {meaning.kind.in_words()}"
                fix = (
                    cure_of_value(self.names, node, meaning.kind, left.kind) or f"write {left.kind.in_words()} here too"
                )
                self.fault("SQ303", f"{said}, so they can never be equal", node, fix)
            elif fix := find_missing_band(self.names, left.expression, meaning.expression):
                self.fault("SQ303", "no band of this stat has that name, so they can never be equal", node, fix)
        elif meaning.kind != NUMBER or left.kind != NUMBER:
            wrong, kind = (node, meaning.kind) if meaning.kind != NUMBER else (left_node, left.kind)
            fix = cure_of_value(self.names, wrong, kind, NUMBER)
            self.fault("SQ303", f"`{operator}` compares numbers only", wrong, fix or "write a number here")
        return meaning

    def _resolve_conditional(self, node: syntax.ParsedConditional, expected: ValueKind | None) -> Meaning:
        test = self.want(node.test, YES_NO, "what follows `if`")
        then = self.find(node.then, expected)
        otherwise = self.find(node.otherwise, then.kind if then.kind != UNKNOWN else expected)
        if UNKNOWN not in (then.kind, otherwise.kind) and then.kind != otherwise.kind:
            self.fault("SQ303", f"one side is {then.kind.in_words()}, the other {otherwise.kind.in_words()}", node)
        return Meaning(nodes.Conditional(test, then.expression, otherwise.expression), then.kind)


def compare(first: Expression, rest: tuple[tuple[nodes.Sign, Expression], ...], kind: ValueKind) -> nodes.Comparison:
    """Return a comparison of values of a kind; texts are the same whatever their capitals."""
    if kind != TEXT:
        return nodes.Comparison(first, rest)
    return nodes.Comparison(nodes.fold_case(first), tuple((sign, nodes.fold_case(each)) for sign, each in rest))


def expression(source: str, scope: Scope, kind: ValueKind | None, what: str, *, chance: bool = False) -> Meaning:
    """Read an expression of a kind (None: any); its mistakes go to the scope's faults. `what` begins the message on its kind."""
    is_common = scope.is_common(source)
    if is_common:
        known = scope.common.meanings.get((source, kind, chance))
        if known is not None:
            return known
    resolver = Resolver(scope, chance=chance)
    meaning = Meaning(ERROR, UNKNOWN)
    try:
        node = syntax.read_expression(source)
    except syntax.SyntaxFault as problem:
        scope.faults.append(problem.fault)
        return meaning
    meaning = resolver.find(node) if kind is None else Meaning(resolver.want(node, kind, what), kind)
    scope.faults += resolver.faults
    if resolver.faults:
        return Meaning(meaning.expression, UNKNOWN)
    if is_common:
        scope.common.meanings[source, kind, chance] = meaning
    return meaning


def read_assignable(source: str, scope: Scope) -> Meaning | None:
    """Read the name of what can be changed, None where it is none; its mistakes go to the scope's faults."""
    try:
        node = syntax.read_expression(source)
    except syntax.SyntaxFault as problem:
        scope.faults.append(problem.fault)
        return None
    resolver = Resolver(scope, chance=True)
    found = find_target(resolver, node)
    scope.faults += resolver.faults
    return None if found is None or resolver.faults else Meaning(*found)


def effects(source: str, scope: Scope) -> list[Effect]:
    """Read effects; an effect's `at` holds its start and end in the source, and `loading` turns that into a place."""
    is_common = scope.is_common(source) and "'" not in source and '"' not in source
    if is_common and (known := _find_known_effects(source, scope)) is not None:
        return known
    try:
        written = syntax.read_effects(source)
    except syntax.SyntaxFault as problem:
        scope.faults.append(problem.fault)
        return []
    found = []
    for each in written:
        resolver = Resolver(scope, chance=True)
        effect = read_change(resolver, each)
        scope.faults += resolver.faults
        if effect:
            found.append(effect._replace(at=(each.start, each.end)))
            if is_common:
                scope.common.effects[source[each.start : each.end]] = effect
    return found


def _find_known_effects(source: str, scope: Scope) -> list[Effect] | None:
    """Return what effects mean that were all read before, None where one was not: without parentheses and quotes, commas divide them."""
    found = []
    end = -1
    for piece in source.split(","):
        start, end = end + 1, end + 1 + len(piece)
        words = piece.strip()
        effect = scope.common.effects.get(words)
        if effect is None:
            return None
        start += piece.index(words)
        found.append(effect._replace(at=(start, start + len(words))))
    return found
