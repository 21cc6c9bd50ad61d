"""What reading a story needs everywhere: its problems, the checks of shapes, and the way from faults to diagnostics."""

import re
from typing import NamedTuple

from siberia_quest.lang.resolve import WORDS, effects, expression
from siberia_quest.lang.scope import Common, Names, Scope, nearest
from siberia_quest.lang.syntax import SourceFault
from siberia_quest.lang.texts import read_text
from siberia_quest.loading.companions import Lonely, lonely_keys
from siberia_quest.loading.foreign import cure_of_key, key_in, sign_in
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.loading.yaml_traps import list_as_prose, prose_as_mapping, split_by_comma
from siberia_quest.model.diagnostic import Diagnostic, Severity, Span
from siberia_quest.model.expression import Constant, Effect, Expression, Parts, fold_case
from siberia_quest.model.kinds import NUMBER, TEXT, UNKNOWN, YES_NO, ValueKind
from siberia_quest.model.language_keys import IN_WORDS, NAMES, Shape
from siberia_quest.model.letters import NAME, is_id
from siberia_quest.model.markup import clean
from siberia_quest.model.steps import At

_DIGITS = re.compile(r"(0+(?=\d))?(\d+(?:\.\d+)?)")
_NAME = re.compile(NAME)


#: Mistakes that are told; behind the last no more are looked for.
MOST_MISTAKES = 500


class TooMany(Exception):  # noqa: N818  # it is said to the author as a diagnostic
    """More mistakes than are told."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class SceneFile(NamedTuple):
    """A file of a story: its id, its place in messages, and its tree, which of a scene that was read before says no more than its title."""

    id: str
    file: str
    root: Mapping


class ReadingContext:
    """A story while it is read. `names` is filled once everything is declared; `problems` gathers all that is wrong."""

    def __init__(self) -> None:
        self.problems: list[Diagnostic] = []
        self.mistakes = 0
        self.names: Names
        self.common = Common()
        self.notes: list[tuple[str, At, str]] = []
        self.menus: dict[str, tuple[str, Sequence]] = {}
        self.art: dict[str, str] = {}
        self.varying: frozenset[str] = frozenset()  # phrases that are others each time they are told
        self.longest: dict[str, int] = {}
        self.derived: dict[
            Span, str
        ] = {}  # ids of choices of the passage that is read, where their words alone would not do
        self.is_released = False
        self.told: set[tuple[str, str]] = set()  # causes that have made a message already
        self.main = ""  # the scene that the story's own file is

    def scope(self, scene: str = "", passage: str = "") -> Scope:
        """Return what is known at a place, by the names of now."""
        return Scope(self.names, scene, passage, self.common)

    # --- saying what is wrong -----------------------------------------------------------------------------------------

    def report(
        self, code: str, message: str, span: Span, fix: str = "", why: str = "", severity: Severity = "error"
    ) -> None:
        """Keep a problem for the author, with its place, why it matters and what mends it; reading goes on.

        Raises TooMany where so many mistakes were met that the rest is not looked for.
        """
        self.mistakes += severity == "error"
        if self.mistakes > MOST_MISTAKES:
            raise TooMany(span)
        self.problems.append(Diagnostic(code, message, span, severity, why, fix))

    def report_hidden(self, name: str, span: Span, why: str, fix: str) -> None:
        """Report something that would be shown of a stat that is hidden."""
        stat = self.names.stats.get(name)
        if stat and stat.sight == "hidden":
            fix += f", or show `{name}` as a bar, number or band"
            self.report("SQ408", f"`{name}` is hidden, and no player sees anything of it", span, fix, why, "warning")

    def faults(self, scope: Scope, scalar: Scalar) -> None:
        """Turn the faults that a scope gathered while a scalar was read into problems with their places."""
        for fault in scope.faults:
            self.fault(fault, scalar)
        scope.faults.clear()

    def fault(self, fault: SourceFault, scalar: Scalar) -> None:
        """Turn a fault into a problem with its place."""
        why, fix = fault.why, fault.fix
        if fault.code == "SQ303" and (said := self.explain_text(scalar.text)):
            if said in self.told:
                return
            self.told.add(said)
            why, fix = said
        self.report(fault.code, fault.message, scalar.part(fault.start, fault.end), fix, why, fault.severity)

    def explain_text(self, source: str) -> tuple[str, str] | None:
        """Return why kinds do not fit, and the cure, where an expression has a variable that became a text unmeant."""
        for name in _NAME.findall(source):
            known = self.names.variables.get(name)
            if known is None or known.kind != TEXT or not isinstance(known.start, Constant):
                continue
            value = known.start.value
            if value in {"yes", "no", "on", "off", "true", "false"}:
                right = "true" if value in {"yes", "on", "true"} else "false"
                return f"`{name}: {value}` declares a text", f"for yes or no, declare it as `{name}: {right}`"
            if isinstance(value, str) and (number := _DIGITS.fullmatch(value)):
                why = "the zero in front" if number[1] else "the quotes around it"
                fix = f"for a number, declare it as `{name}: {number[2]}`"
                keep = "; to keep the zeros, ask for a text and compare it with a text" if number[1] else ""
                return (
                    f"`{name}` is declared as a text, because of {why if number[1] or value.isdigit() else 'how it is written'}",
                    fix + keep,
                )
        return None

    # --- shapes -------------------------------------------------------------------------------------------------------

    def read_shape(self, node: Node | None, shape: Shape, what: str = "") -> Mapping:
        """Return a mapping of a shape; report anything else that stands there, and keys that the shape does not have."""
        given = self.mapping(node, what or IN_WORDS[shape])
        self.keys(given, shape)
        return given

    def keys(self, node: Mapping, shape: Shape, more: tuple[str, ...] = ()) -> bool:
        """Report keys that a shape does not have, or that nothing reads there; tell whether there were none of the first.

        `more` are words that are told of elsewhere, or may be meant by a misspelt one.
        """
        split = split_by_comma(node)
        if split:
            self.problems.append(split)
            return False
        known, what = NAMES[shape], IN_WORDS[shape]
        wrong = [key for key, _ in node.pairs if key.text not in known and key.text not in more]
        for key in wrong:
            near = cure_of_key(key.text, known) or nearest(key.text, [*known, *more])
            fix = near or f"{what} may have: {', '.join(f'`{name}`' for name in known[:12])} …"
            self.report("SQ205", f"{what} has no `{key.text}:`", key.span, fix)
        if wrong:
            return False
        for lonely in lonely_keys(node, shape):
            self.say(lonely)
        return True

    def say(self, lonely: Lonely) -> None:
        """Report a key that nothing reads where it stands."""
        self.report(lonely.code, lonely.message, lonely.key.span, lonely.fix, lonely.why)

    def misspelt(self, key: Scalar, shape: Shape) -> bool:
        """Report what is nearly a key of a shape in which the author's own names stand, too; tell whether it is."""
        near = nearest(key.text, list(NAMES[shape]))
        if near:
            self.report("SQ205", f"{IN_WORDS[shape]} has no `{key.text}:`", key.span, near)
        return bool(near)

    def is_else(self, key: Scalar, kind: ValueKind) -> bool:
        """Tell whether a key beside the values of a `match` is its `else`; a misspelt one is reported."""
        if key.text == "else" or kind.base == "text" or not nearest(key.text, ["else"]):
            return key.text == "else"
        members = self.names.members.get(kind.of, ()) if kind.base == "member" else ()
        if key.text in members or key.text in WORDS or key.text in self.names.values():
            return False
        self.report("SQ205", f"`match` has no `{key.text}:`", key.span, "did you mean `else`?")
        return True

    def mapping(self, node: Node | None, what: str) -> Mapping:
        """Return a mapping; report anything else that stands there."""
        if isinstance(node, Mapping):
            return node
        if node is not None and not (isinstance(node, Scalar) and node.value is None):
            self.report(
                "SQ206", f"{what} needs names with values under it", node.span, "write `name: value`, one to a line"
            )
        return Mapping((), node.span if node else Span("", 1, 1, 1, 2))

    def sequence(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """Return a list's items; report anything else that stands there."""
        if isinstance(node, Sequence):
            return node.items
        if node is not None:
            self.report("SQ206", f"{what} needs a list", node.span, "begin each item with `- `")
        return ()

    def text(self, node: Node | None, what: str, default: str = "") -> str:
        """Return a scalar's text on one line, without what a terminal would obey; `default` where nothing stands there."""
        if node is None:
            return default
        if isinstance(node, Scalar):
            return clean(" ".join(node.text.split()))
        self.report("SQ206", f"{what} needs a text", node.span, "write it behind the colon")
        return default

    def words(self, node: Node | None, what: str) -> tuple[str, ...]:
        """Return one word or a list of them."""
        if node is None:
            return ()
        if isinstance(node, Scalar):
            return (node.text,)
        return tuple(self.text(item, what) for item in self.sequence(node, what))

    def flag(self, node: Node | None, what: str) -> bool:
        """Return a yes or no; `true`, `false`, `yes` and `no` are understood."""
        if node is None:
            return False
        if isinstance(node, Scalar) and node.text in {"true", "yes", "false", "no"}:
            return node.text in {"true", "yes"}
        self.report("SQ206", f"{what} is `true` or `false`", node.span, "write one of them")
        return False

    def number(self, node: Node | None, what: str, default: float = 0) -> int | float:
        """Return a number that is written out."""
        if node is None:
            return default
        if isinstance(node, Scalar) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return node.value
        digits = _DIGITS.fullmatch(node.text.replace(",", "").replace("_", "")) if isinstance(node, Scalar) else None
        fix = f"write `{digits[2]}`" if digits else "write it in digits"
        self.report("SQ206", f"{what} is a number", node.span, fix)
        return default if digits is None else float(digits[2])

    def pair(self, node: Node | None, what: str) -> tuple[int | float, int | float] | None:
        """Return the two numbers of a list, None where there is none; report a list of more or fewer."""
        found = [self.number(item, "a bound") for item in self.sequence(node, what)]
        if isinstance(node, Sequence) and len(found) != 2:
            self.report("SQ206", f"{what} has two bounds", node.span, f"write {what[1:-1]}: [0, 100]".join("``"))
        return (found[0], found[1]) if len(found) == 2 else None

    def id(self, key: Scalar, what: str) -> str:
        """Return an id; report what cannot be one."""
        if not is_id(key.text):
            fix = "use lower-case letters, digits and `_`, beginning with a letter"
            self.report("SQ207", f"`{key.text}` cannot be the name of {what}", key.span, fix)
        return key.text

    # --- the little language ------------------------------------------------------------------------------------------

    def prose(self, node: Node | None, scope: Scope, what: str) -> Parts:
        """Read a text with what is shown in it; `what` names it in messages. Nothing where nothing stands there."""
        if node is None:
            return ()
        if isinstance(node, Mapping):
            trap = prose_as_mapping(node)
            if trap:
                self.problems.append(trap)
                return ()
        if isinstance(node, Sequence):
            self.problems.append(list_as_prose(node))
            return ()
        if not isinstance(node, Scalar):
            self.report("SQ206", f"{what} is prose", node.span, "write it behind the colon, or under `|`")
            return ()
        parts = read_text(node.text, scope)
        self.faults(scope, node)
        self.foreign(node)
        return parts

    def foreign(self, node: Scalar) -> None:
        """Report what stands in prose and was meant for the story: keys of the language, and signs of other systems."""
        if ":" in node.text and "\n" in node.text and (key := key_in(node.text)):
            word = node.text[slice(*key)].removeprefix("- ").partition(":")[0]
            fix = f"move `{word}:` and what belongs to it to the left, into the column of the key above the text"
            self.report(
                "SQ226", "this line is told as prose", node.part(*key), fix, "it is indented like the text above it"
            )
        elif sign := sign_in(node.text):
            what = f"`{node.text[sign[0] : sign[1]].strip()}` is told as it stands"
            self.report("SQ315", what, node.part(*sign[:2]), sign[2], "it is a sign of another system", "warning")

    def expression(
        self, node: Node | None, scope: Scope, kind: ValueKind | None, what: str, *, chance: bool = False
    ) -> tuple[Expression, ValueKind]:
        """Read an expression of a kind (None: any), and return it with its kind; `what` names it in messages."""
        if isinstance(node, Scalar):
            meaning = expression(node.text, scope, kind, what, chance=chance)
            self.faults(scope, node)
            return meaning.expression, meaning.kind
        if node is not None:
            self.report(
                "SQ206",
                f"{what} is an expression",
                node.span,
                "write it behind the colon, in quotes if it holds `: ` or ` #`",
            )
        return Constant(0), UNKNOWN

    def condition(self, node: Node | None, scope: Scope, *, chance: bool = False) -> Expression | None:
        """Read a condition, None where there is none."""
        if node is None:
            return None
        return self.expression(node, scope, YES_NO, "a condition", chance=chance)[0]

    def subject(self, node: Node, scope: Scope) -> tuple[Expression, ValueKind]:
        """Read what a `match` looks at, as it is compared with its cases."""
        found, kind = self.expression(node, scope, None, "")
        return (fold_case(found) if kind == TEXT else found), kind

    def case(self, node: Node, scope: Scope, kind: ValueKind, *, quoted: bool = True) -> Expression:
        """Read what a `match` compares with; a case on a text is a text itself, in quotes or, where it is not `quoted`, without."""
        if kind == TEXT and not quoted and isinstance(node, Scalar):
            return fold_case(Constant(clean(node.text.strip("'"))))
        found, _ = self.expression(node, scope, kind, "a case")
        return fold_case(found) if kind == TEXT else found

    def quantity(
        self, node: Node | None, scope: Scope, what: str, default: float = 0, *, chance: bool = False
    ) -> Expression:
        """Read an expression that is a number."""
        if node is None:
            return Constant(default)
        return self.expression(node, scope, NUMBER, what, chance=chance)[0]

    def effects(self, node: Node, scope: Scope) -> tuple[Effect, ...]:
        """Read effects: one line, or a list of lines."""
        lines = node.items if isinstance(node, Sequence) else (node,)
        found: list[Effect] = []
        for line in lines:
            if not isinstance(line, Scalar):
                self.report(
                    "SQ206", "`do` holds changes", line.span, "write them as `strength += 3`, separated by commas"
                )
                continue
            found += [effect._replace(at=line.at(effect.at[0])) for effect in effects(line.text, scope)]
            self.faults(scope, line)
        return tuple(found)


def start_of(node: Node) -> At:
    """Return where a node begins."""
    return node.span.line, node.span.column
