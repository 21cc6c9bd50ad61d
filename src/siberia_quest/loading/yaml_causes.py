"""Where libyaml stops: which mistake of the author's it was, and lines in which it is mended, so that reading can go on."""

import re

from siberia_quest.loading.yaml_lines import Found, YamlLine, indentation, is_new, take_apart, value_fault
from siberia_quest.loading.yaml_traps import EXPRESSION_KEYS, LANGUAGE_KEYS, PROSE_KEYS, STRANGE_SPACE, shorten, trap
from siberia_quest.loading.yaml_words import NAMED_BELOW, USUAL_CURE, cure_of_expression, cure_of_two_keys, put_under
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.named_tuple import NamedTuple

_STUCK_KEY = re.compile(r" *(?:- +)*(?P<key>[a-z_]+)(?P<colon>:)(?P<rest>[^\s:/].*)")
_BARE_KEY = re.compile(r" *(?:- +)*(?P<key>[a-z_]+)(?P<space> +)(?P<rest>\S.*)")
_OTHER_COLON = re.compile(r" *(?:- +)*(?P<key>[a-z_]+)(?P<sign> ?(?:::|[：;=])) *(?P<rest>[^\s=].*)")
_ASSIGNED = re.compile(r"(?P<before> +)(?P<key>[^\W\d]\w*)[ ]*:?=[ ]*(?P<value>\S+(?: \S+){0,3})[ ]*")
_LONE = re.compile(r"(?P<key>[^\W\d]\w*)")
_STUCK_DASH = re.compile(r" *(?P<dash>-)(?P<rest>[^\W\d_].*)")
_HEADED = re.compile(r"(?:^|[\s:-])[|>][+-]?[1-9]?[+-]?\s*(?:#.*)?$")
_MOST_COLUMNS = 3
#: Mistakes that are mended by putting the whole text in quotes.
_QUOTED = frozenset({
    "SQ103", "SQ104", "SQ105", "SQ106", "SQ107", "SQ108", "SQ109", "SQ120", "SQ125", "SQ127", "SQ128", "SQ129", "SQ130", "SQ131",
    "SQ132", "SQ133", "SQ134", "SQ142", "SQ144", "SQ146",
})  # fmt: skip


class OpenBracket(NamedTuple):
    """A mapping or list that is not closed yet; `line` and `column`, where it begins, count from 0."""

    line: int
    column: int
    is_mapping: bool
    flow: bool


class Halt(NamedTuple):
    """Where libyaml stopped, in its words. `before` is where what it was reading began; lines and columns count from 0.

    `open` is what was not closed yet, `last` the place of the last text that it read to its end.
    """

    problem: str
    context: str
    line: int
    column: int
    before: tuple[int, int]
    open: tuple[OpenBracket, ...] = ()
    last: Span | None = None


class Cause(NamedTuple):
    """A mistake, and the file's lines with it mended, in all the ways that could be meant; likeliest first."""

    problem: Diagnostic
    mended: tuple[list[str], ...] = ()


def cause_of(halt: Halt, lines: list[str], file: str) -> Cause:
    """Return the mistake that made libyaml stop."""
    return _Search(halt, lines, file).cause()


class _Search:
    """The search for one mistake."""

    def __init__(self, halt: Halt, lines: list[str], file: str) -> None:
        self.halt = halt
        self.lines = lines
        self.file = file
        self.number = min(halt.line, len(lines) - 1)
        self.line = lines[self.number]
        self.apart = take_apart(self.line)
        self.above = next((number for number in range(self.number - 1, -1, -1) if _says_something(lines[number])), -1)

    def cause(self) -> Cause:
        """Ask what it could be, one after the other."""
        questions = (
            self.tab, self.escape, self.open_quote, self.find_swallowed, self.directive, self.flow, self.colon, self.find_begun, self.value,
            self.lonely_line, self.structure,
        )  # fmt: skip
        for question in questions:
            cause = question()
            if cause is not None:
                return cause
        return Cause(self.report("SQ101", self.number, self.halt.column))

    def report(
        self, code: str, number: int, column: int, end: int = 0, *, message: str = "", **names: str
    ) -> Diagnostic:
        column = max(0, min(column, len(self.lines[number])))
        span = Span(self.file, number + 1, column + 1, number + 1, max(end, column + 1) + 1)
        return trap(code, span, message=message, **names)

    # --- within a line --------------------------------------------------------------------------------------------------

    def tab(self) -> Cause | None:
        """A tab in the indentation, or where a text should begin."""
        if self.line[self.halt.column : self.halt.column + 1] != "\t" and "tab" not in self.halt.problem:
            return None
        space = re.match(r"[\s-]*", self.line)
        column = space.group().find("\t") if space else -1
        if column < 0:
            return None
        others = sum(1 for line in self.lines if "\t" in line[: len(line) - len(line.lstrip())]) - 1
        more = f", and {others} more" if others > 0 else ""
        mended = tuple([_without_tabs(line, width) for line in self.lines] for width in (2, 4, 8))
        return Cause(self.report("SQ102", self.number, column, more=more), mended)

    def escape(self) -> Cause | None:
        """A backslash between double quotes that means nothing there."""
        if (
            "escape" not in self.halt.problem
            and "hexdecimal" not in self.halt.problem
            and "hexadecimal" not in self.halt.problem
        ):
            return None
        column = self.line.rfind("\\", 0, self.halt.column + 1)
        if column < 0:
            return None
        mended = self.change_line(self.number, self.line[:column] + "\\" + self.line[column:])
        return Cause(
            self.report("SQ110", self.number, column, column + 2, escape=self.line[column : column + 2]), mended
        )

    def open_quote(self) -> Cause | None:
        """A quote that is never closed."""
        if "quoted scalar" not in self.halt.context:
            return None
        return self.find_unclosed(*self.halt.before)

    def find_unclosed(self, number: int, column: int) -> Cause:
        apart = take_apart(self.lines[number])
        found = value_fault(apart) if apart.value_at == column else None
        if found is None or found.code not in {"SQ104", "SQ133", "SQ142"}:
            name = "double quote" if self.lines[number][column : column + 1] == '"' else "single quote"
            found = Found("SQ104", column, column + 1, {"quote": name})
        return self.explain(found, number, apart, is_value=apart.value_at == column)

    def find_swallowed(self) -> Cause | None:
        """A quote that was closed by one of another text, lines below."""
        last = self.halt.last
        if last is None or last.line == last.end_line or last.end_line != self.number + 1:
            return None
        number, column = last.line - 1, last.column - 1
        if self.lines[number][column : column + 1] not in {"'", '"'}:
            return None
        inner = [take_apart(line) for line in self.lines[last.line : last.end_line] if line.strip()]
        if any(each.key in LANGUAGE_KEYS or each.dashed for each in inner):
            return self.find_unclosed(number, column)
        return None

    def directive(self) -> Cause | None:
        """A line for YAML itself."""
        number = next((number for number, line in enumerate(self.lines[: self.number + 1]) if line.startswith("%")), -1)
        if number < 0 or not ("directive" in self.halt.context or self.halt.column == 0 or number == self.number):
            return None
        return Cause(self.report("SQ145", number, 0, len(self.lines[number])), self.change_line(number, ""))

    def find_begun(self) -> Cause | None:
        """What libyaml was scanning began with a sign of its own, maybe lines above."""
        if "scanning" not in self.halt.context or self.halt.before[0] == self.number:
            return None
        number, column = self.halt.before
        apart = take_apart(self.lines[number])
        return self.of(value_fault(apart), number, apart) if apart.value_at == column else None

    def value(self) -> Cause | None:
        """The value of the line itself."""
        return self.of(value_fault(self.apart), self.number, self.apart)

    def of(self, found: Found | None, number: int, apart: YamlLine, *, is_value: bool = True) -> Cause | None:
        return None if found is None else self.explain(found, number, apart, is_value=is_value)

    def explain(self, found: Found, number: int, apart: YamlLine, *, is_value: bool = True) -> Cause:
        names = {name: word if name == "instead" else shorten(word) for name, word in found.names.items()}
        if is_value and (apart.key in PROSE_KEYS or (apart.dashed and not apart.key)):
            two = cure_of_two_keys(apart.key, apart.value, LANGUAGE_KEYS) if found.code == "SQ120" else ""
            names["put"] = two or put_under(apart.key)
        elif is_value and apart.key in EXPRESSION_KEYS and found.code in {"SQ108", "SQ120"}:
            names["put"] = cure_of_expression(apart.key, apart.value)
        problem = self.report(found.code, number, found.column, found.end, **names)
        return Cause(problem, self.rewritten(found, number, apart, is_value=is_value))

    def rewritten(self, found: Found, number: int, apart: YamlLine, *, is_value: bool) -> tuple[list[str], ...]:
        """Mend a mistake within a line."""
        before, behind = self.lines[number][: found.column], self.lines[number][found.column :]
        if found.code == "SQ123":
            return self.change_line(number, f"{before}＃{behind[1:]}")
        if found.code == "SQ110":
            return self.change_line(number, before + "\\" + behind)
        if found.code == "SQ143":
            return self.change_line(number, before + " " * (found.end - found.column) + self.lines[number][found.end :])
        in_flow = any(each.flow and each.line < number for each in self.halt.open)
        if found.code in _QUOTED and is_value and not in_flow:
            return self.try_quotes(number, apart.value_at, apart.parent, found.meant)
        return ()

    # --- braces and brackets ----------------------------------------------------------------------------------------------

    def flow(self) -> Cause | None:
        """Something within braces or brackets."""
        if "flow" not in self.halt.context and not (self.halt.open and self.halt.open[-1].flow):
            return None
        opened = self.halt.open[-1] if self.halt.open and self.halt.open[-1].flow else None
        number, column = (opened.line, opened.column) if opened else self.halt.before
        sign = self.lines[number][column : column + 1]
        if sign not in {"[", "{"}:
            return None
        apart = take_apart(self.lines[number])
        is_value = apart.value_at == column
        found = value_fault(apart) if is_value else None
        if found is None and not self.is_closed(number, column, apart.parent):
            found = Found("SQ144", column, column + 1, {"sign": sign, "close": "]" if sign == "[" else "}"})
        if found is None:
            return self.within_flow(number, apart, sign, is_value=is_value)
        return self.of(found, number, apart, is_value=is_value)

    def within_flow(self, number: int, apart: YamlLine, sign: str, *, is_value: bool) -> Cause:
        brackets = "brackets" if sign == "[" else "braces"
        splitter = self.line[self.halt.column : self.halt.column + 1]
        if splitter in set(",:[]{}"):
            found = Found("SQ127", self.halt.column, self.halt.column + 1, {"sign": splitter, "brackets": brackets})
        else:
            end = re.compile(r"[^,\]}]*").match(self.line, self.halt.column)
            found = Found("SQ103", self.halt.column, len((end.group() if end else "").rstrip()) + self.halt.column, {})
        cause = self.explain(found, self.number, apart, is_value=False)
        is_mendable = is_value and number == self.number
        return Cause(cause.problem, self.try_quotes(number, apart.value_at, apart.parent) if is_mendable else ())

    def is_closed(self, number: int, column: int, parent: int) -> bool:
        """Tell whether a bracket is closed before the lines come back to where its own begins."""
        depth = 0
        for place in range(number, len(self.lines)):
            line = self.lines[place]
            if place > number and line.strip() and indentation(line) <= parent and line.strip()[0] not in "]}":
                return False
            for each in line[column if place == number else 0 :]:
                depth += (each in "[{") - (each in "]}")
                if depth == 0:
                    return True
        return False

    # --- colons ---------------------------------------------------------------------------------------------------------

    def colon(self) -> Cause | None:
        """A colon where none can stand: in a text, or behind a name that is indented too far."""
        if "mapping values" not in self.halt.problem:
            return None
        if _STUCK_DASH.match(self.line):
            return self.stuck(self.number)
        last = self.halt.last
        ends_here = last is not None and (last.end_line, last.end_column) == (self.number + 1, self.halt.column + 1)
        if last is None or not ends_here or last.line == last.end_line:
            return self.value() or Cause(self.report("SQ120", self.number, self.halt.column))
        begin = last.line - 1
        first = take_apart(self.lines[begin])
        stuck = self.stuck(begin)
        if stuck is not None and not first.key:
            return stuck
        if self.is_structural(first) and self.apart.indent > first.parent:
            where = (
                f"`{first.key}`" if first.key else "the dash of the item above" if first.dashed else "the line above"
            )
            problem = self.report("SQ135", self.number, self.apart.indent, self.halt.column, neighbour=where)
            return Cause(problem, self.try_columns([first.parent, *self.columns()]))
        if self.apart.indent <= first.indent and not first.key and not first.dashed:
            return self.lonely(begin)
        found = Found("SQ120", self.halt.column, self.halt.column + 1, {})
        problem = self.explain(found, self.number, first).problem
        return Cause(problem, self.try_quotes(begin, last.column - 1, first.parent))

    def is_structural(self, above: YamlLine) -> bool:
        """Tell whether the line reads as a name with a colon, or an item, and not as prose that goes on from above."""
        apart = self.apart
        is_prose_above = not above.key or above.key in PROSE_KEYS
        return apart.dashed or apart.key in LANGUAGE_KEYS or (bool(apart.key) and not (apart.value and is_prose_above))

    def stuck(self, number: int) -> Cause | None:
        """A space that is missing behind a colon or a dash, or is none; or a colon that is missing behind a name."""
        line = self.lines[number]
        space = STRANGE_SPACE.match(line)
        if space:
            mended = self.change_line(
                number, line[: space.start("at")] + " " * len(space["at"]) + line[space.end("at") :]
            )
            return Cause(self.report("SQ143", number, *space.span("at"), sign=f"U+{ord(space['at'][0]):04X}"), mended)
        dash = _STUCK_DASH.match(line)
        if dash:
            mended = self.change_line(number, f"{line[: dash.end('dash')]} {dash['rest']}")
            return Cause(self.report("SQ122", number, dash.start("dash"), rest=shorten(dash["rest"])), mended)
        other = _OTHER_COLON.match(line)
        if other and other["key"] in LANGUAGE_KEYS:
            mended = self.change_line(number, f"{line[: other.start('sign')]}: {other['rest']}")
            problem = self.report("SQ137", number, *other.span("key"), key=other["key"], rest=shorten(other["rest"]))
            return Cause(problem, mended)
        colon = _STUCK_KEY.match(line)
        if colon:
            at = colon.start("colon")
            mended = self.change_line(number, f"{line[: at + 1]} {line[at + 1 :]}")
            return Cause(self.report("SQ121", number, at, key=colon["key"], rest=shorten(colon["rest"])), mended)
        bare = _BARE_KEY.match(line)
        if bare and bare["key"] in LANGUAGE_KEYS and len(bare["rest"].split()) < 3:
            at = bare.start("space")
            mended = self.change_line(number, f"{line[:at]}:{line[at:]}")
            problem = self.report("SQ137", number, bare.start("key"), at, key=bare["key"], rest=shorten(bare["rest"]))
            return Cause(problem, mended)
        return None

    # --- lines ----------------------------------------------------------------------------------------------------------

    def lonely_line(self) -> Cause | None:
        """A line that is neither a name with a colon nor an item."""
        if "simple key" not in self.halt.context:
            return None
        number = self.halt.before[0]
        apart = take_apart(self.lines[number])
        return self.stuck(number) or self.of(value_fault(apart), number, apart) or self.lonely(number)

    def lonely(self, number: int) -> Cause:
        """A line of prose to the left of the text that it belongs to, or a name that has lost its colon."""
        apart = take_apart(self.lines[number])
        below = next((line for line in self.lines[number + 1 :] if _says_something(line)), "")
        if (key := _LONE.fullmatch(self.lines[number].strip())) and indentation(below) > apart.indent and is_new(below):
            mended = self.change_line(number, f"{self.lines[number].rstrip()}:")
            end = len(self.lines[number].rstrip())
            return Cause(self.report("SQ137", number, apart.indent, end, key=key["key"], rest="…"), mended)
        if set_ := _ASSIGNED.fullmatch(self.lines[number]):
            line = f"{set_['before']}{set_['key']}: {set_['value']}"
            problem = self.report("SQ137", number, *set_.span("key"), key=set_["key"], rest=shorten(set_["value"]))
            return Cause(problem, self.change_line(number, line))
        place = next((each for each in range(number - 1, -1, -1) if _opens_text(self.lines[each])), -1)
        end = len(self.lines[number].rstrip())
        if (
            place < 0
            or apart.dashed
            or any(self.lines[each].strip() and is_new(self.lines[each]) for each in range(place + 1, number))
        ):
            message = "this line is neither a name with a colon nor an item of a list"
            return Cause(self.report("SQ139", number, apart.value_at, end, message=message))
        column = next(
            (indentation(line) for line in self.lines[place + 1 : number] if line.strip()),
            take_apart(self.lines[place]).parent + 2,
        )
        lines = list(self.lines)
        for each in range(number, len(lines)):
            if lines[each].strip() and (is_new(lines[each]) or indentation(lines[each]) >= column):
                break
            lines[each] = " " * column + lines[each].strip() if lines[each].strip() else ""
        return Cause(self.report("SQ139", number, apart.indent, end), (lines,))

    def structure(self) -> Cause | None:
        """A line at whose beginning libyaml stopped."""
        if self.halt.column != self.apart.indent or not self.line.strip():
            return None
        return (
            self.second_document()
            or self.behind_text()
            or self.find_mixed()
            or self.between()
            or self.lonely(self.number)
        )

    def second_document(self) -> Cause | None:
        end = next((number for number in range(self.number) if self.lines[number].startswith("...")), -1)
        return Cause(self.report("SQ114", end, 0, 3)) if end >= 0 and "document start" in self.halt.problem else None

    def behind_text(self) -> Cause | None:
        """The line goes on where the text of the line above had ended."""
        if self.above < 0:
            return None
        above = take_apart(self.lines[self.above])
        if self.apart.indent <= above.parent or self.apart.dashed:
            return None
        found = value_fault(above)
        if found and found.code == "SQ123":
            return self.of(found, self.above, above)
        if above.value[:1] in {"'", '"'} and not self.is_structural(above):
            problem = self.report("SQ103", self.number, self.apart.indent, len(self.line.rstrip()))
            return Cause(problem, self.try_quotes(self.above, above.value_at, above.parent))
        return None

    def find_mixed(self) -> Cause | None:
        """An item among names, or a name among items."""
        inner = next((each for each in reversed(self.halt.open) if not each.flow), None)
        if inner is None or inner.column != self.apart.indent:
            return None
        if inner.is_mapping and self.apart.dashed:
            return Cause(
                self.report("SQ138", self.number, inner.column, found="an item of a list", others="names with a colon")
            )
        if not inner.is_mapping and not self.apart.dashed and self.apart.key:
            end = inner.column + len(self.apart.key)
            return Cause(
                self.report(
                    "SQ138",
                    self.number,
                    inner.column,
                    end,
                    found="a name with a colon",
                    others="items of a list",
                    cure=self.cure_of_named_item(),
                )
            )
        return None

    def cure_of_named_item(self) -> str:
        """Say how to write a name that stands in the column of dashes: what is a list and what is none is known by the name above it."""
        column, key = self.apart.indent, self.apart.key
        above = range(self.number - 1, -1, -1)
        first = next(
            (take_apart(self.lines[each]).key for each in above if take_apart(self.lines[each]).indent == column), ""
        )
        owner = next(
            (apart.key for each in above if (apart := take_apart(self.lines[each])).key and apart.parent < column), ""
        )
        if owner in NAMED_BELOW:
            return f"take the dash from each of the names above: under `{owner}:` they stand without one"
        return f"write `- {key}: …`, as the items above begin" if key == first else USUAL_CURE

    def between(self) -> Cause | None:
        """An indentation that no line above has."""
        if not self.apart.key and not self.apart.dashed:
            return None
        columns, indent = self.columns(), self.apart.indent
        if indent in columns or not columns:
            return None
        named = [str(column + 1) for column in columns]
        listed = f"columns {', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else f"column {named[0]}"
        problem = self.report("SQ136", self.number, indent, indent + 1, columns=listed, here=str(indent + 1))
        return Cause(problem, self.try_columns(columns))

    def columns(self) -> list[int]:
        """Return the columns in which lines of this sort, names or items, begin above."""
        found: set[int] = set()
        least = 1 << 30
        for number in range(self.number - 1, -1, -1):
            apart = take_apart(self.lines[number])
            if not _says_something(self.lines[number]) or apart.indent >= least or not is_new(self.lines[number]):
                continue
            if self.apart.dashed:
                found |= {apart.indent} if apart.dashed or not found else set()
            else:
                found |= {apart.parent} if apart.key else set()
            least = apart.indent
            if least == 0:
                break
        return sorted(found)

    # --- mending --------------------------------------------------------------------------------------------------------

    def change_line(self, number: int, line: str) -> tuple[list[str], ...]:
        return ([*self.lines[:number], line, *self.lines[number + 1 :]],)

    def try_quotes(self, number: int, column: int, parent: int, meant: str | None = None) -> tuple[list[str], ...]:
        """Put a text in quotes, with the lines below that are indented more than what it belongs to."""
        lines = list(self.lines)
        last = number
        for place in range(number + 1, len(lines)):
            if lines[place].strip():
                if indentation(lines[place]) <= parent:
                    break
                last = place
        lines[number] = lines[number][:column] + "\0" + (meant if meant is not None else lines[number][column:])
        for place in range(number, last + 1):
            lines[place] = lines[place].rstrip().replace("'", "''")
        lines[number] = lines[number][:column].replace("''", "'") + lines[number][column:].replace("\0", "'", 1)
        lines[last] += "'"
        return (lines,)

    def try_columns(self, columns: list[int]) -> tuple[list[str], ...]:
        """Move the line to each of some columns, nearest first: alone, and with those below that are indented as much."""
        indent = self.apart.indent
        nearest = sorted(dict.fromkeys(columns), key=lambda column: (abs(column - indent), -column))[:_MOST_COLUMNS]
        return tuple(self.move_lines(column - indent, alone=alone) for column in nearest for alone in (True, False))

    def move_lines(self, by: int, *, alone: bool) -> list[str]:
        lines = list(self.lines)
        for place in range(self.number, self.number + 1 if alone else len(lines)):
            if lines[place].strip():
                indent = indentation(lines[place])
                if indent < self.apart.indent:
                    break
                lines[place] = " " * (indent + by) + lines[place].lstrip(" ")
        return lines


def _without_tabs(line: str, width: int) -> str:
    rest = line.lstrip()
    return line[: len(line) - len(rest)].replace("\t", " " * width) + rest if "\t" in line else line


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _opens_text(line: str) -> bool:
    """Tell whether a line ends by opening a text under it, or begins one behind a name."""
    return bool(_HEADED.search(line.rstrip())) or (is_new(line) and bool(take_apart(line).value))
