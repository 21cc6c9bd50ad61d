"""Reading a file's bytes into a tree: libyaml's events, without recursion, with limits and a place for every problem."""

import math
import re
from collections.abc import Callable
from typing import Protocol, TypeAlias

import yaml

from siberia_quest.loading.foreign import cure_of_sign
from siberia_quest.loading.tree import Mapping, Node, Scalar, ScalarStyle, Sequence, resolve_scalar
from siberia_quest.loading.yaml_causes import Halt, OpenBracket, cause_of
from siberia_quest.loading.yaml_lines import indentation, is_new
from siberia_quest.loading.yaml_signs import plain_signs
from siberia_quest.loading.yaml_text import text_of
from siberia_quest.loading.yaml_traps import (
    find_dropped,
    hint_at_lost_quotes,
    key_trap,
    split_by_comma,
    split_list,
    tag_trap,
    text_trap,
    trap,
)  # fmt: skip
from siberia_quest.model.diagnostic import Diagnostic, Span

DEEPEST = 40
LARGEST = 10**15
#: How many mistakes that stop libyaml are found in one run; each costs one more reading of the file.
_MOST_MENDED = 20
#: Up to so many characters, all ways to mend a mistake are tried.
_MOST_TRIED = 200_000
_MOST_REREAD = 4_000_000
_DROPPED = re.compile(r"[ \t]+(#\w[^\n]*)")
_HUGE = re.compile(r"-?[0-9]{16,}(?:\.[0-9]+)?\Z")
_ASKED = re.compile(r"[ ]*(?:- +)*\?(?=[ ])")


_PREFIX = re.compile(r"^[ ]*(?:-[ ]+)*(?:[a-z_]+:[ ]+)?")
#: Mistakes that prose makes in YAML, and signs of other systems too.
_LIKE_PROSE = frozenset({"SQ105", "SQ107", "SQ108", "SQ125", "SQ139"})
_MERGE = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: .*)?$", re.MULTILINE)
#: An item of a list that is indented as if it were a line of the text above.
_ITEM = re.compile(r"\n(?P<indent>[ ]*)(?P<dash>-)[ ]+\S")
#: A branch as other systems have it, which is told as a key.
_BRANCHES = re.compile(r"el(?:se ?if|s?if)\b")


class _Events(Protocol):
    """What reads YAML's events: libyaml, or PyYAML where there is none."""

    def get_event(self) -> yaml.Event:
        """Return the next event."""

    def dispose(self) -> None:
        """Let go of what was needed."""


_Loader: TypeAlias = Callable[[str], _Events]
_LOADER: _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Stop(Exception):  # noqa: N818  # ends the reading of one file
    """The rest of the file cannot be read. `halt` says where and why, when somebody else has to find the cause."""

    def __init__(self, halt: Halt | None = None) -> None:
        super().__init__()
        self.halt = halt


class _Open:
    """A mapping or list that is still being read. `line` and `column` count from 0."""

    __slots__ = ("column", "flow", "is_mapping", "line", "nodes", "span")

    def __init__(self, span: Span, *, is_mapping: bool, flow: bool) -> None:
        self.span = span
        self.line, self.column = span.line - 1, span.column - 1
        self.is_mapping = is_mapping
        self.flow = flow
        self.nodes: list[Node] = []


class _TreeReader:
    """Reads one text once: until its end, or until libyaml stops."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Diagnostic] = []
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0
        self.last: Scalar | None = None
        self.anchors: set[str] = set()
        self.asked = _find_question_marks(text) if "? " in text else {}
        self.dropped = {match.start(): match.span(1) for match in _DROPPED.finditer(text)} if "#" in text else {}

    def read(self, loader: _Loader) -> Halt | None:
        """Read everything. Returns where it stopped before its end, when the cause is still to be found."""
        takes = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.begin_mapping,
            yaml.SequenceStartEvent: self.begin_list,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        given = loader(self.text)
        try:
            while type(event := given.get_event()) is not yaml.StreamEndEvent:
                take = takes.get(type(event))
                if take is not None:
                    take(event)  # type: ignore[operator]  # the table above pairs each with its own
        except yaml.MarkedYAMLError as error:
            return self.make_halt(error)
        except (yaml.YAMLError, ValueError, RecursionError, MemoryError):
            return Halt("", "", 0, 0, (0, 0))
        except _Stop as stop:
            self.root = None
            return stop.halt
        finally:
            given.dispose()
        return None

    def make_halt(self, error: yaml.MarkedYAMLError) -> Halt:
        context = error.context_mark
        mark = error.problem_mark or context
        line, column = (mark.line, mark.column) if mark else (0, 0)
        before = (context.line, context.column) if context else (line, column)
        return self.halt(str(error.problem or ""), str(error.context or ""), line, column, before)

    def halt(self, problem: str, context: str, line: int, column: int, before: tuple[int, int]) -> Halt:
        levels = tuple(OpenBracket(each.line, each.column, each.is_mapping, each.flow) for each in self.open)
        return Halt(problem, context, line, column, before, levels, self.last.span if self.last else None)

    def extent(self, event: yaml.Event) -> tuple[Span, int, int]:
        """Return an event's place, and where in the text it begins and ends."""
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # libyaml gives both; only PyYAML's kinds allow for none
            return Span(self.file, 1, 1, 1, 2), 0, 0
        span = Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        return span, start.index, end.index

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.problems.append(trap("SQ114", self.extent(event)[0]))
            raise _Stop

    def begin_mapping(self, event: yaml.MappingStartEvent) -> None:
        self.begin(event, is_mapping=True)

    def begin_list(self, event: yaml.SequenceStartEvent) -> None:
        self.begin(event, is_mapping=False)

    def begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, *, is_mapping: bool) -> None:
        span, start, end = self.extent(event)
        if event.anchor or event.tag:
            self.mark(event.anchor, event.tag, span, self.text[start:end])
        self.open.append(_Open(span, is_mapping=is_mapping, flow=bool(event.flow_style)))
        if len(self.open) > DEEPEST:
            self.problems.append(trap("SQ115", span))
            raise _Stop

    # --- tags, anchors, aliases -----------------------------------------------------------------------------------------

    def mark(self, anchor: str | None, tag: str | None, span: Span, text: str) -> str:
        """Report a tag or an anchor before a value; return the text that was meant when it belongs to one."""
        if anchor:
            self.anchors.add(anchor)
            is_used = re.search(rf"\*{re.escape(anchor)}\b", self.text)
            place = span._replace(end_line=span.line, end_column=span.column + len(anchor) + 1)
            self.problems.append(trap("SQ112", place, sign=f"&{anchor}") if is_used else trap("SQ134", place))
            return text
        written = re.match(r"\S*", text)
        place = span._replace(end_line=span.line, end_column=span.column + (written.end() if written else 1))
        problem, meant = tag_trap(place, tag or "", text, self.key_above())
        self.problems.append(problem)
        return meant

    def alias(self, event: yaml.AliasEvent) -> None:
        span, name = self.extent(event)[0], event.anchor
        self.problems.append(
            trap("SQ112", span, sign=f"*{name}")
            if name in self.anchors
            else trap("SQ105", span._replace(end_column=span.column + 1))
        )
        self.add(Scalar(f"*{name}", f"*{name}", span, "plain", f"*{name}"))

    def key_above(self) -> str:
        """Return the name under which the next node stands, "" in a list."""
        if not self.open or not self.open[-1].is_mapping or len(self.open[-1].nodes) % 2 == 0:
            return ""
        key = self.open[-1].nodes[-1]
        return key.text if isinstance(key, Scalar) else ""

    # --- single values --------------------------------------------------------------------------------------------------

    def scalar(self, event: yaml.ScalarEvent) -> None:
        span, start, end = self.extent(event)
        text, raw = event.value, self.text[start:end]
        if event.anchor or event.tag:
            text = self.mark(event.anchor, event.tag, span, raw)
            node = Scalar(text, text, span, "plain", raw)
        elif not event.style:
            node = Scalar(text, resolve_scalar(text), span, "plain", raw)
            self.plain(node)
        elif event.style in "'\"":
            node = Scalar(text, text, span, "quoted", raw)
            self.check_quoted(node)
        else:
            node = self.block(text, span, raw)
        if self.dropped and end in self.dropped and not self.is_key():
            at = span.end_column + self.dropped[end][0] - end
            place = Span(self.file, span.end_line, at, span.end_line, at + self.width(end))
            self.problems.append(find_dropped(place, self.key_above()))
        self.last = node
        self.add(node)

    def width(self, index: int) -> int:
        start, end = self.dropped[index]
        return len(self.text[start:end].rstrip())

    def is_key(self) -> bool:
        return bool(self.open) and self.open[-1].is_mapping and len(self.open[-1].nodes) % 2 == 0

    def block(self, text: str, span: Span, raw: str) -> Scalar:
        """Return a literal or folded text, which ends with its last line that is not empty."""
        raw = raw.rstrip()
        lines = raw.split("\n")
        first = next((line for line in lines[1:] if line.strip()), "")
        spaces = len(first) - len(first.lstrip(" "))
        shown = next((line for line in text.split("\n") if line.strip()), "")
        indent = spaces - (len(shown) - len(shown.lstrip(" ")))
        end_line = span.line + len(lines) - 1
        end_column = len(lines[-1]) + 1 if len(lines) > 1 else span.column + len(raw)
        style: ScalarStyle = "literal" if raw[:1] == "|" else "folded"
        return Scalar(text, text, span._replace(end_line=end_line, end_column=end_column), style, raw, max(0, indent))

    def check_quoted(self, node: Scalar) -> None:
        span = node.span
        if span.line != span.end_line:
            self.check_swallowed(node)
        elif not self.is_key() and not (self.open and self.open[-1].flow):
            hint = hint_at_lost_quotes(node, self.key_above()) if self.open else None
            self.problems += [hint] if hint else []

    def check_swallowed(self, node: Scalar) -> None:
        """Stop at a quoted text that goes on into lines that cannot belong to it: its quote was never closed."""
        inner = next((each for each in reversed(self.open) if not each.flow), None)
        column = inner.column if inner else -1
        for number, line in enumerate(node.raw.split("\n")[1:], node.span.line + 1):
            indent = indentation(line)
            if not line.strip() or indent > column:
                continue
            if is_new(line):
                place = (node.span.line - 1, node.span.column - 1)
                raise _Stop(self.halt("unclosed", "quoted scalar", *place, place))
            self.problems.append(trap("SQ139", Span(self.file, number, indent + 1, number, len(line.rstrip()) + 1)))
            return

    def plain(self, node: Scalar) -> None:
        text, span = node.text, node.span
        if span.line != span.end_line and (item := _ITEM.search(node.raw)):
            line, column = span.line + node.raw.count("\n", 0, item.start("dash")), len(item["indent"]) + 1
            place = Span(self.file, line, column, line, column + 1)
            self.problems.append(trap("SQ135", place, neighbour="the dash of the item above"))
        if not text or (text.isalnum() and not text.isdigit()):
            return
        if text[-1:].isdigit() and _HUGE.match(text) and self.is_too_large(text) and not self.is_key():
            self.problems.append(trap("SQ141", span))
        if (text[0] in "- " or ":" in text or not text.isascii()) and not self.is_name():
            own_line = text[0] == "-" and self.opens_line(span)
            problem = text_trap(node, own_line=own_line)
            self.problems += [problem] if problem else []

    def is_name(self) -> bool:
        """Tell whether the next node is a name in a mapping of lines; those are looked at when it closes."""
        return self.is_key() and not self.open[-1].flow

    def is_too_large(self, text: str) -> bool:
        return len(text) > 40 or abs(float(text)) > LARGEST

    def opens_line(self, span: Span) -> bool:
        if self.last is not None and self.last.span.end_line == span.line:
            return False
        return not self.open or (self.open[-1].is_mapping and not self.open[-1].flow)

    # --- mappings and lists -----------------------------------------------------------------------------------------------

    def close(self, event: yaml.Event) -> None:
        done = self.open.pop()
        end = self.extent(event)[0]
        span = done.span._replace(end_line=end.end_line, end_column=end.end_column)
        if not done.flow:
            last = done.nodes[-1].span if done.nodes else done.span
            span = done.span._replace(end_line=last.end_line, end_column=last.end_column)
        node: Node
        if done.is_mapping:
            node = Mapping(tuple(self.pairs(done.nodes)), span, done.flow)
            problem = split_by_comma(node) if done.flow else None
        else:
            node = Sequence(tuple(done.nodes), span, done.flow)
            problem = split_list(node) if done.flow else None
        self.problems += [problem] if problem else []
        self.add(node)

    def pairs(self, nodes: list[Node]) -> list[tuple[Scalar, Node]]:
        """Return names with their values; what cannot be a name, or stands twice, is reported and left out."""
        found: list[tuple[Scalar, Node]] = []
        seen: dict[str, Span] = {}
        is_item, is_item_begun = bool(self.open) and not self.open[-1].is_mapping, False
        for key, value in zip(nodes[::2], nodes[1::2], strict=False):
            if not isinstance(key, Scalar):
                self.problems.append(self.strange_key(key))
                continue
            problem = (self.explicit_key(key) if self.asked else None) or (
                None if key.text.isidentifier() else key_trap(key)
            )
            if problem is None and key.text in seen:
                first = seen[key.text]
                if is_item_begun or any(map(_BRANCHES.match, seen)):
                    continue  # it belongs to what a missing dash, or a word of another system, began
                is_item_begun = is_item and key.text == next(iter(seen))
                problem = trap("SQ111", key.span, key=key.text, line=str(first.line))._replace(related=(first,))
                if is_item_begun:
                    problem = problem._replace(
                        fix=f"write `- {key.text}:` if another item begins here; else take one of them out"
                    )
            if problem is None:
                seen[key.text] = key.span
                found.append((key, value))
            else:
                self.problems.append(problem)
        return found

    def strange_key(self, key: Node) -> Diagnostic:
        sign = key.span._replace(end_line=key.span.line, end_column=key.span.column + 1)
        return trap(
            "SQ106" if isinstance(key, Mapping) else "SQ107" if isinstance(key, Sequence) and key.flow else "SQ130",
            sign,
        )

    def explicit_key(self, key: Scalar) -> Diagnostic | None:
        """Report a name that begins with a question mark and a space."""
        column = self.asked.get(key.span.line)
        if column is None or column >= key.span.column:
            return None
        return trap("SQ130", Span(self.file, key.span.line, column, key.span.line, column + 1))

    def add(self, node: Node) -> None:
        if self.open:
            self.open[-1].nodes.append(node)
        else:
            self.root = node


def _find_question_marks(text: str) -> dict[int, int]:
    """Return the lines that begin with `? `, with its column."""
    return {number: match.end() for number, line in enumerate(text.split("\n"), 1) if (match := _ASKED.match(line))}


def read_yaml(
    data: bytes | str, file: str, loader: _Loader = _LOADER
) -> tuple[Node | None, list[Diagnostic], list[str]]:
    """Read a file; return its tree (None when it cannot be told), what is wrong in file order, and its lines. Never raises.

    A mistake that stops libyaml is mended in a copy, and the copy is read: so one run finds several, and the tree holds what
    was meant as far as that can be told.
    """
    text, problems = text_of(data, file)
    if text is None:
        return None, problems, []
    merging = _MERGE.search(text)
    if merging:  # half of the lines are those of another version, so that whatever is said of them misleads
        line = text.count("\n", 0, merging.start()) + 1
        return None, [*problems, trap("SQ147", Span(file, line, 1, line, len(merging[0]) + 1))], text.split("\n")
    ways, strange = plain_signs(text, file)
    readings = [_read_mending(way, file, loader) for way in ways]
    root, found = min(readings, key=lambda reading: len(reading[1]))
    problems += strange
    lines = text.split("\n")
    found = [_with_foreign_cure(each, lines) for each in dict.fromkeys(problems + found)]
    return root, sorted(found, key=lambda each: each.span[1:3]), text.split("\n")


def _with_foreign_cure(problem: Diagnostic, lines: list[str]) -> Diagnostic:
    """Return a problem with prose; where it is a sign of another system, with the cure for that."""
    if problem.code not in _LIKE_PROSE:
        return problem
    cure = cure_of_sign(_PREFIX.sub("", lines[problem.span.line - 1]))
    return problem._replace(why="it is a sign of another system", fix=cure) if cure else problem


def _read_mending(text: str, file: str, loader: _Loader) -> tuple[Node | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    mended: set[int] = set()
    lines = text.split("\n")
    most = max(2, min(_MOST_MENDED, _MOST_REREAD // (len(text) + 1)))
    reader, halt = _read_once(text, file, loader)
    while halt is not None:
        cause = cause_of(halt, lines, file)
        line = cause.problem.span.line
        if line not in mended:  # else it is an echo of what was mended there
            problems.append(cause.problem)
        if not cause.mended or line in mended or len(mended) == most:
            return None, problems + [each for each in reader.problems if each.span.line != line]
        mended.add(line)
        ways = cause.mended if len(text) <= _MOST_TRIED else cause.mended[:1]
        trials = [(*_read_once("\n".join(way), file, loader), way) for way in ways]
        reader, halt, lines = max(trials, key=lambda trial: _progress(trial[0], trial[1]))
    return reader.root, problems + reader.problems


def _read_once(text: str, file: str, loader: _Loader) -> tuple[_TreeReader, Halt | None]:
    reader = _TreeReader(text, file)
    return reader, reader.read(loader)


def _progress(reader: _TreeReader, halt: Halt | None) -> tuple[float, int]:
    """Tell how far a reading went, and with how few problems."""
    return (halt.line if halt else math.inf), -len(reader.problems)
