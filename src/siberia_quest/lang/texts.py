"""Texts as they are written: prose with markup, and braces with values, conditions, alternatives and phrases."""

import re
from itertools import groupby
from zlib import crc32

from siberia_quest.lang import syntax
from siberia_quest.lang.brace_cures import (
    cure_of_first,
    cure_of_guard,
    fault_in_braces,
    fault_of_tag,
    is_closing,
    untold_word,
)
from siberia_quest.lang.resolve import expression
from siberia_quest.lang.scope import Meaning, Scope
from siberia_quest.lang.spaces import keep_edges, settle_spaces
from siberia_quest.model import expression as nodes
from siberia_quest.model.expression import Parts, Piece
from siberia_quest.model.functions import FUNCTIONS, Parameter
from siberia_quest.model.kinds import NUMBER, TEXT, UNKNOWN, YES_NO, ValueKind
from siberia_quest.model.markup import BREAK, EM_OFF, EM_ON, GLUE, NEWLINE, QUOTE, STRONG_OFF, STRONG_ON, clean
from siberia_quest.model.sites import alternatives_site

#: Braces within braces; each level costs Python's parser a few levels of its own.
#: Braces in one text: each is a piece of code of its own.
MOST_BRACES = 20_000
DEEPEST_BRACES = syntax.DEEPEST // 2

_LONGEST_WORD = 40
_SPECIAL = re.compile(r"\\\n[ \t]*|\\[{}|<>*\\#\[\]-]|\{|\}|\*+|\n[ \t]*(?:\n[ \t]*)+|[ \t]*\n[ \t]*|[^\\{}*\n]+|\\")
_NESTED = re.compile(r"\{[^{}]*\}")
_ELSE = re.compile(
    r"(?:(?P<before>\w+)\W*\s|\A\s*)(?P<sign>else if|elseif|elif|else)(?=\s+[\"'“‘(]?[^\W\d])|(?P<bar>[｜¦])"
)
#: Words behind which `else` is a word like others.
_BEFORE_ELSE = frozenset({
    "someone", "anyone", "everyone", "somebody", "anybody", "nobody", "everybody", "something", "anything", "nothing", "everything",
    "somewhere", "anywhere", "nowhere", "everywhere", "who", "what", "where", "how", "when", "why", "or", "one", "little", "much", "all",
    "few", "whatever", "whoever",
})  # fmt: skip
_OTHER_IF = re.compile(r"\s*(?:else if|elseif|elsif|elif)\b")
_DIVIDER = re.compile(r"[\\'{}|]")
_DECIMALS = re.compile(r"^(?P<value>.*):\s*(?P<decimals>\d+)\s*$", re.DOTALL)


class _Stars:
    """A run of stars in a text that may open or close emphasis; it stays itself until its partner is found."""

    def __init__(self, stars: str, before: str, after: str) -> None:
        self.mark = stars
        self.closes = bool(before.strip())
        self.opens = bool(after.strip())
        self.text = stars


class TextReader:
    """Reads one text; its mistakes go to the scope's faults, with places in the whole source."""

    def __init__(self, source: str, scope: Scope) -> None:
        self.source = source
        self.scope = scope
        self.depth = 0
        self.is_quote = False
        self.is_padded = False
        self.has_tag = False

    def read(self, start: int, end: int) -> Parts:
        """Read the source from `start` to `end`, trimmed."""
        while start < end and self.source[start].isspace():
            start += 1
        while end > start and self.source[end - 1].isspace():
            end -= 1
        glued_before = self.source.startswith("<>", start, end)
        start += 2 * glued_before
        glued_after = (
            end - start >= 2 and self.source.endswith("<>", start, end) and self.source[end - 3 : end - 2] != "\\"
        )
        end -= 2 * glued_after
        parts = self._level(start, end)
        return _merge_texts([GLUE] * glued_before + parts + [GLUE] * glued_after)

    def _level(self, start: int, end: int) -> list[Piece]:
        found: list[Piece | _Stars] = []
        at = self._line_start(start, start, end, found)
        while at < end:
            match = _SPECIAL.match(self.source, at, end)
            if match is None:
                break
            piece = match.group()
            at = match.end()
            if piece == "{":
                at = self._brace(at, end, found)
            elif piece == "}":
                self._fault(
                    "SQ310", "this `}` closes nothing", at - 1, at, "take it out, or write `\\}` for the sign itself"
                )
            elif piece[0] == "*":
                found.append(
                    _Stars(
                        piece,
                        self.source[max(start, match.start() - 1) : match.start()],
                        self.source[at : min(at + 1, end)],
                    )
                )
            elif piece.count("\n") > 1:
                found.append("\n\n")
                at = self._line_start(at, start, end, found)
            else:
                found.append(_plain(piece))
                if "\n" in piece and self.is_quote and not self.depth and self.source.startswith("> ", at, end):
                    at += 2  # a quotation may have its sign on each line
        return settle_spaces(_emphasise(found))

    def _line_start(self, at: int, start: int, end: int, found: list[Piece | _Stars]) -> int:
        """Read what marks a whole paragraph: `> ` for a quotation, `---` for a scene break."""
        if self.depth or at < start:
            return at
        line_end = self.source.find("\n", at, end)
        line = self.source[at : end if line_end < 0 else line_end]
        self.is_quote = line.startswith("> ")
        if line.strip() == "---":
            found.append(BREAK)
            return at + len(line)
        if self.is_quote:
            found.append(QUOTE)
            return at + 2
        return at

    def _brace(self, at: int, end: int, found: list[Piece | _Stars]) -> int:
        """Read what stands in braces from `at`, behind the opening one; return the place behind the closing one."""
        pieces, close = self._split(at, end)
        if close < 0:
            self._fault(
                "SQ310", "this brace is never closed", at - 1, at, "add `}`, or write `\\{` for the sign itself"
            )
            return end
        self.depth += 1
        self.is_padded = self.source[at : at + 1].isspace()
        if self.depth > DEEPEST_BRACES:
            self._fault(
                "SQ311",
                "too many braces stand within each other here",
                at - 1,
                at,
                "give the inner part a name under `phrases:`, and write the name here",
            )
        else:
            found += self._inside(pieces)
        self.depth -= 1
        return close + 1

    def _split(self, at: int, end: int) -> tuple[list[tuple[int, int]], int]:
        """Split at the top-level `|` up to the closing brace; return the pieces and the brace's place, -1 if there is none."""
        pieces: list[tuple[int, int]] = []
        begin, depth = at, 0
        while match := _DIVIDER.search(self.source, at, end):
            at, sign = match.end(), match.group()
            if sign == "\\":
                at += 1
            elif sign == "'":
                if _opens_quote(self.source, at - 1) and self._closes(at, end, sign):
                    at = self.source.index(sign, at) + 1
            elif sign == "{":
                depth += 1
            elif sign == "}":
                if not depth:
                    return [*pieces, (begin, at - 1)], at - 1
                depth -= 1
            elif not depth:
                pieces.append((begin, at - 1))
                begin = at
        return pieces, -1

    def _closes(self, at: int, end: int, quote: str) -> bool:
        stop = min(x for x in (self.source.find(quote, at, end), end) if x >= 0)
        between = self.source[at:stop]
        return stop < end and "|" not in between and "{" not in between and "}" not in between

    def _inside(self, pieces: list[tuple[int, int]]) -> list[Piece]:
        start, end = pieces[0]
        first = self.source[start:end]
        if len(pieces) > 1 and (how := syntax.find_word(first.strip(), nodes.HOWS)):
            if untold := untold_word(how, [self.source[slice(*each)] for each in pieces[1:]]):
                fault = syntax.SourceFault("SQ312", untold[0], start, end, fix=untold[1], severity="warning")
                self.scope.faults.append(fault)
            return [self._alternatives(how, pieces[1:])]
        if first.lstrip().startswith("if ") or len(pieces) > 1:
            return self._conditions(pieces)
        return self._value(start, end)

    def _alternatives(self, how: nodes.AlternativesOrder, pieces: list[tuple[int, int]]) -> nodes.Alternatives:
        wording = self.source[pieces[0][0] : pieces[-1][1]]
        site = self.scope.add_site(alternatives_site(f"{how}{crc32(wording.encode('utf-8', 'replace')):08x}"))
        return nodes.Alternatives(how, site, tuple(self._arm(*piece) for piece in pieces))

    def _conditions(self, pieces: list[tuple[int, int]]) -> list[Piece]:
        arms: list[tuple[nodes.Expression | None, Parts]] = []
        for number, (start, end) in enumerate(pieces):
            piece = self.source[start:end]
            if not piece.lstrip().startswith("if "):
                is_other_if = _OTHER_IF.match(piece) is not None
                if number == 0 or number < len(pieces) - 1 or is_other_if:
                    fix = "begin with `if … then`, or with one of " + ", ".join(nodes.HOWS)
                    if is_other_if:
                        fix = "write `| if … then …`: the first that holds is told"
                    elif number == 0:
                        fix = cure_of_first([self.source[slice(*each)] for each in pieces])
                    self._fault("SQ312", "it is not said when this part is told", start, max(end, start + 1), fix)
                    return []
                self._other_words(start, end)
                arms.append((None, self._arm(start, end)))
                continue
            then = _then(piece)
            if then is None:
                self.has_tag = True  # an `{else}` behind it is told with it
                self._fault(
                    "SQ312",
                    "`then` is missing after `if`",
                    start,
                    end,
                    "write `then` in small letters"
                    if re.search(r"\bT(?:hen|HEN)\b", piece)
                    else cure_of_guard(piece) or "write `{if condition then words}`",
                )
                return []
            begin = start + piece.index("if ") + 3
            condition = self._expression(begin, start + then.start(), YES_NO, "what follows `if`")
            self._other_words(start + then.end(), end)
            arms.append((condition.expression, self._arm(start + then.end(), end)))
        return [nodes.ConditionalText(tuple(arms))]

    def _arm(self, start: int, end: int) -> Parts:
        """Read a branch, with the spaces at its edges."""
        is_last = self.source[end : end + 1] == "}" and not self.is_padded
        return keep_edges(self.read(start, end), self.source[start:end], is_last=is_last)

    def _other_words(self, start: int, end: int) -> None:
        """Report `else` within a branch: words that read as if they were meant for the other case."""
        found = _ELSE.search(_NESTED.sub(lambda match: "#" * len(match.group()), self.source[start:end]))
        if found and (found["before"] or "").lower() not in _BEFORE_ELSE:
            fix = "write `|` between the two: `{if … then … | …}`"
            sign = "bar" if found["bar"] else "sign"
            at = start + found.start(sign)
            why = "it is told as a word, and the other case tells nothing"
            if found["before"] is None and not found["bar"]:
                why = ""
                fix = "take it out: what stands behind the last `|` is the other case"
            fault = syntax.SourceFault(
                "SQ314",
                f"`{found[sign]}` stands within the words of this branch",
                at,
                start + found.end(sign),
                why,
                fix,
            )
            self.scope.faults.append(fault._replace(severity="warning"))

    def _expression(self, start: int, end: int, kind: ValueKind | None, what: str) -> Meaning:
        before = len(self.scope.faults)
        meaning = expression(self.source[start:end], self.scope, kind, what)
        self.scope.faults[before:] = [
            fault._replace(start=fault.start + start, end=fault.end + start) for fault in self.scope.faults[before:]
        ]
        return meaning

    def _value(self, start: int, end: int) -> list[Piece]:
        source = self.source[start:end]
        decimals = None
        match = _DECIMALS.match(source)
        if match:
            end = start + match.end("value")
            source, decimals = match.group("value"), min(int(match.group("decimals")), 6)
        try:
            node = syntax.read_expression(source)
        except syntax.SyntaxFault:
            node = None
        if self._is_foreign(source, start, node):
            return []
        if isinstance(node, syntax.Name | syntax.ParsedCall) and self._has_capital(node):
            return self._with_capital(node, start, end)
        if (
            isinstance(node, syntax.Name | syntax.ParsedCall)
            and node.name in self.scope.names.phrases
            and node.name not in self.scope.locals
        ):
            return self._phrase(node, start)
        if isinstance(node, syntax.ParsedCall) and (function := syntax.find_word(node.name, nodes.TEXT_FUNCTIONS)):
            return self._read_text_call(node, function, start)
        meaning = self._expression(start, end, None, "")
        if meaning.kind == UNKNOWN:
            return []
        if decimals is not None and meaning.kind != NUMBER:
            self._fault(
                "SQ303", "only numbers are shown with decimals", start, end, "take the `:` and what follows away"
            )
        if meaning.kind == TEXT and isinstance(meaning.expression, nodes.Constant):
            return [clean(str(meaning.expression.value))]
        return [nodes.ShownValue(meaning.expression, meaning.kind, decimals)]

    def _is_foreign(self, source: str, start: int, node: syntax.Syntax | None) -> bool:
        """Report what stands in braces as other systems have it, or as a step would; tell whether it was that."""
        before = self.source[max(0, start - _LONGEST_WORD) : start]
        fault = fault_of_tag(source, start, before, self.scope)
        if fault is None and (node is None or isinstance(node, syntax.Several | syntax.ParsedOperation)):
            fault = fault_in_braces(source, start, self.scope)
        return self._report(fault)

    def _report(self, fault: syntax.SourceFault | None) -> bool:
        """Report what stands in braces as other systems have it; tell whether it was that."""
        if fault is not None and not (is_closing(self.source[fault.start : fault.end]) and self.has_tag):
            self.scope.faults.append(fault)
        self.has_tag = self.has_tag or (fault is not None and fault.code == "SQ315")
        return fault is not None

    def _has_capital(self, node: syntax.Name | syntax.ParsedCall) -> bool:
        """Tell whether a name is written with a capital, which what it stands for shall have: names themselves have none."""
        name, names = node.name[:1].lower() + node.name[1:], self.scope.names
        if name == node.name or len(name) != len(node.name):  # some capitals have no small letter
            return False
        return any(name in known for known in (names.values(), names.phrases, self.scope.locals, FUNCTIONS))

    def _with_capital(self, node: syntax.Name | syntax.ParsedCall, start: int, end: int) -> list[Piece]:
        at = start + node.start
        self.source = self.source[:at] + self.source[at].lower() + self.source[at + 1 :]
        found: list[Piece] = []
        for piece in self._value(start, end):
            shown = nodes.ShownValue(nodes.Constant(piece), TEXT) if isinstance(piece, str) else piece
            if isinstance(shown, nodes.ShownValue | nodes.PhraseCall | nodes.TextCall):
                shown = nodes.TextCall("cap", (shown,))
            found.append(shown)
        return found

    def _phrase(self, node: syntax.Name | syntax.ParsedCall, start: int) -> list[Piece]:
        kinds = self.scope.names.phrases[node.name]
        given = node.arguments if isinstance(node, syntax.ParsedCall) else ()
        if len(given) != len(kinds):
            message = f"the phrase `{node.name}` takes {len(kinds)} in its parentheses, and here are {len(given)}"
            self._fault("SQ305", message, start + node.start, start + node.end, "give it what its first line names")
            return []
        arguments = []
        for argument, kind in zip(given, kinds, strict=True):
            what, before = f"what `{node.name}` takes", len(self.scope.faults)
            meaning = self._expression(start + argument.start, start + argument.end, kind, what)
            fix = "for a text, say so in the phrase: `params: {who: text}`, and `text:` with its words"
            self.scope.faults[before:] = [
                fault._replace(fix=fault.fix or fix) if fault.code == "SQ303" and kind == NUMBER else fault
                for fault in self.scope.faults[before:]
            ]
            arguments.append(meaning.expression)
        return [nodes.PhraseCall(node.name, tuple(arguments))]

    def _read_text_call(self, node: syntax.ParsedCall, name: nodes.TextFunction, start: int) -> list[Piece]:
        parameters = FUNCTIONS[name].forms[0].parameters
        if len(node.arguments) != len(parameters):
            message = f"`{node.name}` takes {len(parameters)} in its parentheses, and here are {len(node.arguments)}"
            fix = f"write `{node.name}({', '.join(each.name for each in parameters)})`"
            self._fault("SQ305", message, start + node.start, start + node.end, fix)
            return []
        texts = node.arguments[1:]
        if (
            name == "plural"
            and all(isinstance(each, syntax.Quoted) for each in texts)
            and any("{" in str(each) for each in texts)
        ):
            return self._plural(node, start)
        shown: list[nodes.ShownValue | nodes.PhraseCall | nodes.TextCall] = []
        for argument, parameter in zip(node.arguments, parameters, strict=True):
            shown += self._read_argument(name, argument, parameter, start)
        return [nodes.TextCall(name, tuple(shown))] if len(shown) == len(parameters) else []

    def _plural(self, node: syntax.ParsedCall, start: int) -> list[Piece]:
        """Read `plural` of texts with braces: a branch for one, and a branch for many."""
        count, *texts = node.arguments
        number = self._expression(start + count.start, start + count.end, NUMBER, "what `plural` takes").expression
        one, many = (self.read(start + text.start + 1, start + text.end - 1) for text in texts)
        return [nodes.ConditionalText(((nodes.Comparison(number, (("==", nodes.Constant(1)),)), one), (None, many)))]

    def _read_argument(
        self, name: str, argument: syntax.Syntax, parameter: Parameter, start: int
    ) -> list[nodes.ShownValue | nodes.PhraseCall | nodes.TextCall]:
        """Read what a function of texts is given; nothing where that is reported."""
        if parameter.takes == "words" and isinstance(argument, syntax.Name | syntax.ParsedCall):
            if argument.name in self.scope.names.phrases:
                return [part for part in self._phrase(argument, start) if isinstance(part, nodes.PhraseCall)]
            if isinstance(argument, syntax.ParsedCall) and (
                inside := syntax.find_word(argument.name, nodes.TEXT_FUNCTIONS)
            ):
                return [
                    part for part in self._read_text_call(argument, inside, start) if isinstance(part, nodes.TextCall)
                ]
        if parameter.takes == "words" and isinstance(argument, syntax.Name) and not self._is_known(argument.name):
            said, fix = f"`{name}` takes words in quotes", f"write `'{argument.name}'`"
            self._fault("SQ201", said, start + argument.start, start + argument.end, fix)
            return []
        kind = NUMBER if parameter.takes == "number" else None
        meaning = self._expression(start + argument.start, start + argument.end, kind, f"what `{name}` takes")
        return [nodes.ShownValue(meaning.expression, meaning.kind)]

    def _is_known(self, name: str) -> bool:
        names = self.scope.names
        return name in self.scope.locals or names.kind_of(name) is not None or name in names.values()

    def _fault(self, code: str, message: str, start: int, end: int, fix: str = "") -> None:
        self.scope.faults.append(syntax.SourceFault(code, message, start, end, fix=fix))


def read_text(source: str, scope: Scope) -> Parts:
    """Read a text; its mistakes go to the scope's faults."""
    if "{" not in source and "\n" not in source and "*" not in source and "\\" not in source and "}" not in source:
        plain = clean(source.strip())
        if "<>" not in plain and plain[:2] != "> " and plain != "---":
            return (plain,) if plain else ()
    if source.count("{") > MOST_BRACES:
        said, fix = f"this text has more than {MOST_BRACES:,} braces", "make several texts of it"
        scope.faults.append(syntax.SourceFault("SQ309", said, 0, 1, fix=fix))
        return ()
    return TextReader(source, scope).read(0, len(source))


def _opens_quote(source: str, at: int) -> bool:
    """Tell whether a straight quote begins a text in an expression (behind `(`, `,` or an operator), and is no apostrophe."""
    while at and source[at - 1].isspace():
        at -= 1
    return bool(at) and source[at - 1] in "(,=<>+"


def _then(piece: str) -> "re.Match[str] | None":
    """Find the `then` that belongs to the condition: the first outside quotes."""
    masked = re.sub(r"'[^'|{}]*'", lambda match: "'" * len(match.group()), piece)
    return re.search(r"\bthen\b", masked)


def _plain(piece: str) -> str:
    if piece.startswith("\\\n"):
        return NEWLINE
    if piece.isspace() and "\n" in piece:
        return " "
    if piece[0] == "\\" and len(piece) > 1:
        return piece[1:]
    return clean(piece).replace("<>", GLUE)


def _emphasise(found: list[Piece | _Stars]) -> list[Piece]:
    """Turn pairs of stars within a paragraph into marks; a star without a partner stays a star."""
    open_: list[_Stars] = []
    for part in found:
        if part == "\n\n":
            open_.clear()
        if not isinstance(part, _Stars):
            continue
        if part.closes and open_ and open_[-1].mark == part.mark and len(part.mark) <= 3:  # *, **, ***
            partner = open_.pop()
            partner.text = ("", EM_ON, STRONG_ON, STRONG_ON + EM_ON)[len(part.mark)]
            part.text = ("", EM_OFF, STRONG_OFF, EM_OFF + STRONG_OFF)[len(part.mark)]
        elif part.opens:
            open_.append(part)
    return [part.text if isinstance(part, _Stars) else part for part in found]


def _merge_texts(parts: list[Piece]) -> Parts:
    merged: list[Piece] = []
    for is_text, run in groupby(parts, lambda each: isinstance(each, str)):
        merged += ["".join([str(each) for each in run])] if is_text else [*run]  # noqa: B031  # one of the two
    return tuple([each for each in merged if each != ""])
