"""What reading a story needs everywhere: its problems, the checks of shapes, and the way from faults to diagnostics."""

import re
from difflib import get_close_matches

from siberia_quest.lang.resolve import WORDS, effects, expression
from siberia_quest.lang.scope import Common, Names, Scope, nearest
from siberia_quest.lang.syntax import SourceFault
from siberia_quest.lang.texts import read_text
from siberia_quest.loading.companions import Lonely, lonely_keys
from siberia_quest.loading.foreign import (
    cure_of_list,
    cure_of_mapping,
    key_in,
    signs_in,
)
from siberia_quest.loading.foreign_keys import cure_of_key, cure_of_other_language, home_of_key
from siberia_quest.loading.same_mistakes import report_together
from siberia_quest.loading.text_values import PAIR, explain_text, plain_number
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.loading.yaml_traps import is_empty, list_as_prose, prose_as_mapping, shorten, split_by_comma
from siberia_quest.model.diagnostic import Diagnostic, Severity, Span
from siberia_quest.model.expression import Constant, Effect, Expression, Parts, fold_case
from siberia_quest.model.kinds import NUMBER, TEXT, UNKNOWN, YES_NO, ValueKind
from siberia_quest.model.language_keys import IN_WORDS, NAMES, Shape
from siberia_quest.model.letters import NAME, is_id
from siberia_quest.model.markup import clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.steps import At

_NAME = re.compile(NAME)
#: Codes of names that are not there, and what a message has between ticks.
_MISSING = frozenset({"SQ201", "SQ202", "SQ203", "SQ204", "SQ207", "SQ213", "SQ216"})
#: Two words that may be meant for one name.
_TWO_WORDS = re.compile(rf"(?={NAME}[ '’]{NAME})(?P<words>(?P<one>{NAME})(?P<sign>[ '’])(?P<other>{NAME}))")
_WRITTEN = re.compile(r"write `(\w+):`(?: for what the player reads)?")
_TICKED = re.compile(r"`([^`]+)`")


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
        self.commands: frozenset[str] = frozenset()  # what players can always type
        self.told: set[tuple[str, str]] = set()  # causes that have made a message already
        self.lost: set[str] = (
            set()
        )  # names in what could not be read, which is told; so they are not said to be missing
        self.endings: frozenset[str] = frozenset()
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
        if code in _MISSING:
            names = _TICKED.findall(message)
            if not self.lost.isdisjoint((*names, *(each.rpartition(".")[2] for each in names if code == "SQ203"))):
                return
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

    def lose(self, *nodes: Node) -> None:
        """Keep the names in something that could not be read."""
        waiting = [*nodes]
        while waiting:
            node = waiting.pop()
            match node:
                case Scalar(text):
                    words = _NAME.findall(text)
                    self.lost |= {
                        text,
                        *words,
                        *(word.lower() for word in words),
                        text.replace("-", "_").replace(" ", "_"),
                    }
                case Mapping(pairs):
                    waiting += [each for pair in pairs for each in pair]
                case Sequence(items):
                    waiting += items

    def faults(self, scope: Scope, scalar: Scalar) -> None:
        """Turn the faults that a scope gathered while a scalar was read into problems with their places."""
        for fault in scope.faults:
            self.fault(fault, scalar)
        scope.faults.clear()

    def fault(self, fault: SourceFault, scalar: Scalar) -> None:
        """Turn a fault into a problem with its place."""
        if fault.code == "SQ301" and (split := self.find_split_name(scalar.text, fault)):
            fault = split
        why, fix = fault.why, fault.fix
        if (
            fault.code == "SQ303"
            and not fault.fix.startswith("to hold")
            and (said := explain_text(self.names, scalar.text, is_number="number" in fault.message))
        ):
            if said in self.told:
                return
            self.told.add(said)
            why, fix = said
        self.report(fault.code, fault.message, scalar.part(fault.start, fault.end), fix, why, fault.severity)

    def find_split_name(self, source: str, fault: SourceFault) -> SourceFault | None:
        """Return what is said where reading stopped within a name that a space or an apostrophe cuts in two, None where it is none."""
        for found in re.finditer(rf"(?<!\w){_TWO_WORDS.pattern}", source):
            words, joined = found["words"], f"{found['one']}_{found['other']}"
            is_known = words in self.lost or joined in self.names.values()
            if not found.start() <= fault.start <= found.end() or not (
                is_known or (found["sign"] != " " and "quote" in fault.message)
            ):
                continue
            said, fix = f"`{words}` cannot be a name", f"write `{joined}`" + ("" if is_known else ", and declare it so")
            return SourceFault("SQ207", said, found.start(), found.end(), fix=fix)
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
        for key in report_together(self, node, wrong, shape):
            fix = self.cure_of_column(node.get(key.text), shape) or cure_of_key(key.text, known, shape)
            if (meant := _WRITTEN.fullmatch(fix)) and node.get(meant[1]) is not None:
                fix = f"take it out, or put what it says into `{meant[1]}:`, which stands there already"
            if shape == "check" and key.text in self.names.stats and isinstance(under := node.get(key.text), Scalar):
                fix = f"write `{{stat: {key.text}, against: {under.text}}}`"
            near = nearest(key.text, [*known, *more])
            is_near = bool(get_close_matches(key.text, known, 1, 0.8))
            is_far = not get_close_matches(key.text, known, 1, 0.7)
            if not fix and shape == "step" and is_far and is_id(key.text) and isinstance(node.get(key.text), Sequence):
                fix = f"write `label: {key.text}` for a place that `goto:` leads to, and its steps below it, each with its dash"
                self.lose(key)
            fix = fix or (near if is_near else home_of_key(key.text) or cure_of_other_language(key.text, known) or near)
            fix = fix or f"{what} may have: {', '.join(f'`{name}`' for name in known[:12])} …"
            self.report("SQ205", f"{what} has no `{key.text}:`", key.span, fix)
            if shape in {"story", "scene", "passage", "setting", "variable", "phrase"}:
                self.lose(key, node.get(key.text) or key)
        if wrong:
            return False
        for lonely in lonely_keys(node, shape):
            self.say(lonely)
        return True

    def cure_of_column(self, under: Node | None, shape: Shape) -> str:
        """Say where a passage belongs that stands in another column than its neighbours, "" where it is none."""
        words = {key.text for key, _ in under.pairs} if isinstance(under, Mapping) else set()
        if (
            not words
            or not words <= {*NAMES["passage"]}
            or words.isdisjoint({"text", "steps", "choices", "goto", "do", "topics"})
        ):
            return ""
        if shape in {"story", "scene"}:
            return "if it is a passage, move it to the right, under `passages:`"
        return "if it is a passage, move it to the left, into the column of the others" if shape == "passage" else ""

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
        is_foreign = key.text in {"default", "otherwise", "other", "others", "_", "*", "any"}
        if key.text == "else" or kind.base == "text" or not (is_foreign or nearest(key.text, ["else"])):
            return key.text == "else"
        members = self.names.members.get(kind.of, ()) if kind.base == "member" else ()
        if key.text in members or key.text in WORDS or key.text in self.names.values():
            return False
        self.report(
            "SQ205",
            f"`match` has no `{key.text}:`",
            key.span,
            "write `else:`" if is_foreign else "did you mean `else`?",
        )
        return True

    def mapping(self, node: Node | None, what: str) -> Mapping:
        """Return a mapping; report anything else that stands there."""
        if isinstance(node, Mapping):
            return node
        if node is not None and not (isinstance(node, Scalar) and node.value is None):
            said = f"{what} needs names with values under it"
            self.report("SQ206", said, node.span, cure_of_mapping(node, what))
            self.lose(node)
        return Mapping((), node.span if node else Span("", 1, 1, 1, 2))

    def sequence(self, node: Node | None, what: str) -> tuple[Node, ...]:
        """Return a list's items; report anything else that stands there."""
        if isinstance(node, Sequence):
            return node.items
        if node is not None:
            self.report("SQ206", f"{what} needs a list", node.span, cure_of_list(node, what))
            self.lose(node)
        return ()

    def text(self, node: Node | None, what: str, default: str = "") -> str:
        """Return a scalar's text on one line, without what a terminal would obey; `default` where nothing stands there."""
        if node is None:
            return default
        if isinstance(node, Scalar):
            return clean(" ".join(node.text.split()))
        words = [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
        fix = f"write it without the brackets: `{', '.join(words)}`" if words else "write it behind the colon"
        if len(words) > 1 and what in {"`goto`", "`leave`", "`call`"}:
            fix = "name one passage; `random:` goes one way of several, `choices:` asks which"
        self.report("SQ206", f"{what} needs a text", node.span, fix)
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
        fix = "write `true` or `false`"
        if isinstance(node, Scalar) and node.text.lower() in {"true", "yes", "on", "1", "false", "no", "off", "0"}:
            fix = f"write `{'true' if node.text.lower() in {'true', 'yes', 'on', '1'} else 'false'}`"
        self.report("SQ206", f"{what} is `true` or `false`", node.span, fix)
        return False

    def number(self, node: Node | None, what: str, default: float = 0) -> int | float:
        """Return a number that is written out."""
        if node is None:
            return default
        if isinstance(node, Scalar) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return node.value
        pair = PAIR.match(node.text) if isinstance(node, Scalar) else None
        digits = pair[1] if pair else plain_number(node.text) if isinstance(node, Scalar) else ""
        fix = f"write `{digits}`" if digits else "write it in digits"
        self.report("SQ206", f"{what} is a number", node.span, fix)
        return float(digits) if digits else default

    def amount(self, node: Node | None, what: str, default: int, most: int) -> int:
        """Return how many of something there may be; report more than `most`, which is the most that is sensible."""
        number = self.number(node, what, default)
        if node is not None and number > most:
            self.report("SQ304", f"{what} is too large", node.span, f"{what} goes up to {most:,}")
        return int(min(number, most))

    def report_order(self, bands: Node | None) -> None:
        """Report bands of which one begins below those above it: the first that holds from the end would hide it."""
        keys = [key.value for key, _ in bands.pairs] if isinstance(bands, Mapping) else []
        bounds = [each for each in keys if isinstance(each, int | float)]
        if bands and bounds != sorted(bounds):
            self.report("SQ402", "the bands are not in order", bands.span, "begin with the lowest bound")

    def pair(self, node: Node | None, what: str) -> tuple[int | float, int | float] | None:
        """Return the two numbers of a list, None where there is none; report a list of more or fewer."""
        if isinstance(node, Scalar):
            pair = PAIR.match(node.text)
            low, high = pair.groups() if pair else ("0", "100")
            fix = f"write `{what[1:-1]}: [{low}, {high}]`"
            self.report("SQ206", f"{what} has two bounds, in brackets", node.span, fix)
            return float(low), float(high)
        found = [self.number(item, "a bound") for item in self.sequence(node, what)]
        if isinstance(node, Sequence) and len(found) != 2:
            bounds = ", ".join(f"{each:g}" for each in (found[0], found[-1])) if len(found) > 2 else "0, 100"
            self.report("SQ206", f"{what} has two bounds", node.span, f"write `{what[1:-1]}: [{bounds}]`")
        return (found[0], found[1]) if len(found) == 2 else None

    def id(self, key: Scalar, what: str) -> str:
        """Return an id; report what cannot be one."""
        if not is_id(key.text):
            fix = "use lower-case letters, digits and `_`, beginning with a letter"
            joined = re.sub(r"[\s'’-]+", "_", key.text.strip()).lower()
            fix += f", as in `{joined}`" if is_id(joined) else ""
            self.report("SQ207", f"`{key.text}` cannot be the name of {what}", key.span, fix)
            self.lose(key)
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
            if node.flow or what == "this":
                self.problems.append(list_as_prose(node))
            else:
                fix = (
                    f"write {what[:-1]}: |` and the words under it, with a blank line between two paragraphs"
                    if what[:1] == "`"
                    else "write `random:` or `sequence:` under its name, and the list below that, indented"
                )
                self.report("SQ206", f"{what} is one text, and this is a list", node.span, fix)
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
        if ":" in node.text and node.style in {"literal", "folded"} and (key := key_in(node.text)):
            word = node.text[slice(*key)].removeprefix("- ").partition(":")[0]
            fix = f"move `{word}:` and what belongs to it to the left, into the same column as the word above the text"
            self.report(
                "SQ226", "this line is told as prose", node.part(*key), fix, "it is indented like the text above it"
            )
            return
        for begin, end, fix in signs_in(node.text, self.is_told):
            if self.problems_at(node.part(begin, end)):
                continue
            what = f"`{shorten(node.text[begin:end].strip())}` is told as it stands"
            is_all = end - begin == len(node.text.strip())  # a whole step, then
            severity: Severity = "error" if is_all and "`goto:`" in fix else "warning"
            self.report("SQ315", what, node.part(begin, end), fix, "it is a sign of another system", severity)

    def is_told(self, name: str) -> bool:
        """Tell whether a name can stand in the braces of a text."""
        return self.names.kind_of(name) is not None or name in self.names.formulas or name in self.names.phrases

    def problems_at(self, span: Span) -> bool:
        """Tell whether something is told of a place already, or that a step there has lost its colon."""
        return any(
            each.span[:3] == span[:3] or (each.code == "SQ137" and each.span[:2] == span[:2])
            for each in self.problems[-3:]
        )

    def expression(
        self, node: Node | None, scope: Scope, kind: ValueKind | None, what: str, *, chance: bool = False
    ) -> tuple[Expression, ValueKind]:
        """Read an expression of a kind (None: any), and return it with its kind; `what` names it in messages."""
        if isinstance(node, Scalar):
            meaning = expression(node.text, scope, kind, what, chance=chance)
            self.faults(scope, node)
            return meaning.expression, meaning.kind
        if node is not None:
            fix = "write it behind the colon, in quotes if it holds `: ` or ` #`"
            if isinstance(node, Mapping) and node.flow and len(node.pairs) == 1 and is_empty(node.pairs[0][1]):
                fix = f"write `{node.pairs[0][0].text}`, without the braces"
            if isinstance(node, Sequence) and kind == YES_NO and all(isinstance(each, Scalar) for each in node.items):
                fix = f"write `{' and '.join(each.text for each in node.items if isinstance(each, Scalar))}`, without the list"
            self.report("SQ206", f"{what} is an expression", node.span, fix)
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
        if kind == UNKNOWN:
            return Constant(0)  # what is wrong with the subject is told
        if kind == NUMBER and isinstance(node, Scalar) and (pair := PAIR.match(node.text)):
            fix = f"write `bands:` in place of `cases:`, and `{pair[1]}:` for what holds from {pair[1]} on"
            why = "a case is one value, and `-` takes one number from the other"
            self.report("SQ303", f"`{node.text}` is no range", node.span, fix, why)
            return Constant(0)
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
                fix = "write them as `strength += 3`, separated by commas"
                if isinstance(line, Mapping) and line.pairs and isinstance(line.pairs[0][1], Scalar):
                    name, value = line.pairs[0][0].text, line.pairs[0][1].text
                    fix = (
                        f"write `do: {name} {value[:1]}= {value[1:]}`"
                        if value[:1] in {"+", "-"}
                        else f"write `do: {name} = {value}`"
                    )
                self.report("SQ206", "`do` holds changes", line.span, fix)
                continue
            found += [effect._replace(at=line.at(effect.at[0])) for effect in effects(line.text, scope)]
            self.faults(scope, line)
        return tuple(found)


def start_of(node: Node) -> At:
    """Return where a node begins."""
    return node.span.line, node.span.column
