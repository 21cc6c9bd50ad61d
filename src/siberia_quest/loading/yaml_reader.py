"""Reading a file's bytes into a tree: libyaml's events, without recursion, with limits and a place for every problem."""

import gc
import re

import yaml

from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence, resolved
from siberia_quest.loading.yaml_traps import hidden_comment, lost_quotes, trap_at
from siberia_quest.model.diagnostic import Diagnostic, Span

MOST_BYTES = 16 * 1024 * 1024
DEEPEST = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class _Stop(Exception):  # noqa: N818  # ends the reading of one file
    """The rest of the file cannot be read."""


class _Open:
    """A mapping or list that is still being read."""

    def __init__(self, span: Span, *, is_mapping: bool, flow: bool) -> None:
        self.span = span
        self.is_mapping = is_mapping
        self.flow = flow
        self.nodes: list[Node] = []


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.lines = text.split("\n")
        self.problems: list[Diagnostic] = []
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.documents = 0

    def span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def report(self, code: str, message: str, span: Span, why: str = "", fix: str = "") -> None:
        self.problems.append(Diagnostic(code, message, span, "error", why, fix))

    def read(self) -> Node | None:
        try:
            for event in yaml.parse(self.text, Loader=_LOADER):
                self.take(event)
        except yaml.MarkedYAMLError as error:
            self.syntax(error)
        except (yaml.YAMLError, ValueError, RecursionError):
            self.report(
                "SQ101",
                "this file cannot be read as YAML",
                Span(self.file, 1, 1, 1, 2),
                fix="save it as plain text in UTF-8",
            )
        except _Stop:
            return None
        return (
            self.root
            if not self.open and not any(each.severity == "error" and each.code == "SQ101" for each in self.problems)
            else None
        )

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self.marks(event)
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self.open.append(_Open(self.span(event), is_mapping=is_mapping, flow=bool(event.flow_style)))
            if len(self.open) > DEEPEST:
                fix = "put some of it into a passage of its own"
                self.report("SQ115", f"this nests more than {DEEPEST} levels deep", self.span(event), fix=fix)
                raise _Stop
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.close(event)
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.report(
                    "SQ114",
                    "a second document begins here",
                    self.span(event),
                    fix="take the line `---` out, or make two files",
                )
                raise _Stop

    def alias(self, event: yaml.AliasEvent) -> None:
        span = self.span(event)
        line = self.lines[span.line - 1]
        self.problems.append(
            trap_at(line, span, "*") or Diagnostic("SQ112", "aliases are not used in stories", span, fix="write it out")
        )
        self.add(Scalar("", "", span, "plain"))

    def marks(self, event: yaml.NodeEvent) -> None:
        """Report tags and anchors."""
        span = self.span(event)
        line = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        if getattr(event, "anchor", None):
            self.report(
                "SQ112", "anchors are not used in stories", span, fix="put the prose under `|`, or write it out"
            )
        tag = getattr(event, "tag", None)
        if tag and not (isinstance(event, yaml.ScalarEvent) and tag == "!" and event.value == ""):
            self.problems.append(
                trap_at(line, span, "!")
                or Diagnostic(
                    "SQ113", "a word that begins with `!` is a tag to YAML", span, fix="put the text under `|`"
                )
            )

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self.marks(event)
        span, text = self.span(event), event.value
        if event.style in {"|", ">"}:
            node = Scalar(text, text, span, "block", self.starts(span))
        elif event.style in {"'", '"'}:
            node = Scalar(text, text, span, "quoted")
        else:
            node = Scalar(text, resolved(text), span, "plain")
            self.plain(node)
        if event.style == '"' and span.line <= len(self.lines):
            self.problems += lost_quotes(self.lines[span.line - 1], node)
        self.add(node)

    def plain(self, node: Scalar) -> None:
        if isinstance(node.value, int | float) and not isinstance(node.value, bool) and abs(node.value) > 10**15:
            self.report("SQ304", "this number is too large", node.span, fix="numbers go up to 1000000000000000 (10^15)")
        if node.span.end_line <= len(self.lines):
            self.problems += hidden_comment(self.lines[node.span.end_line - 1], node)

    def starts(self, span: Span) -> tuple[int, ...]:
        """Return where each line of a block begins: behind the indentation of its first line that is not empty."""
        body = self.lines[span.line : max(span.end_line, span.line + 1)]
        indent = next((len(line) - len(line.lstrip(" ")) for line in body if line.strip()), 0)
        return tuple(indent + 1 for _ in body)

    def close(self, event: yaml.Event) -> None:
        done = self.open.pop()
        end = self.span(event)
        span = Span(self.file, done.span.line, done.span.column, end.end_line, end.end_column)
        if not done.is_mapping:
            self.add(Sequence(tuple(done.nodes), span, done.flow))
            return
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Span] = {}
        for key, value in zip(done.nodes[::2], done.nodes[1::2], strict=False):
            if not isinstance(key, Scalar):
                self.key(key)
            elif self.lines[key.span.line - 1][: key.span.column - 1].rstrip().endswith("?"):
                why = "YAML takes `? ` for the beginning of a key"
                self.report(
                    "SQ129", "a question mark stands alone at the beginning", key.span, why, "put the prose under `|`"
                )
            elif key.text in seen:
                why = f"the first stands in line {seen[key.text].line}"
                self.report("SQ111", f"`{key.text}` stands here twice", key.span, why, "keep one of them")
            elif key.text == "<<":
                self.report("SQ112", "merge keys are not used in stories", key.span, fix="write it out")
            else:
                seen[key.text] = key.span
                pairs.append((key, value))
        self.add(Mapping(tuple(pairs), span, done.flow))

    def key(self, key: Node) -> None:
        line = self.lines[key.span.line - 1]
        self.problems.append(
            trap_at(line, key.span, "{")
            or Diagnostic("SQ116", "a list or a mapping cannot be a key", key.span, fix="put the prose under `|`")
        )

    def add(self, node: Node) -> None:
        if self.open:
            self.open[-1].nodes.append(node)
        else:
            self.root = node

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        """Report libyaml's complaint at the author's mistake, which is often earlier than where it was noticed."""
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        line = min(line, len(self.lines) - 1)
        span = Span(self.file, line + 1, column + 1, line + 1, column + 2)
        self.open = [_Open(span, is_mapping=False, flow=False)]
        context = error.context_mark
        candidates = [line, *([context.line] if context else []), line - 1]
        for number in candidates:
            if 0 <= number < len(self.lines):
                found = trap_at(self.lines[number], Span(self.file, number + 1, 1, number + 1, 2), "")
                if found:
                    self.problems.append(found)
                    return
        problem = str(error.problem or "")
        at = (
            Span(self.file, context.line + 1, context.column + 1, context.line + 1, context.column + 2)
            if context and "end of" in problem
            else span
        )
        self.report(
            "SQ101",
            "YAML cannot read on from here",
            at,
            _in_words(problem),
            "check the indentation and the signs before this place",
        )


def _in_words(problem: str) -> str:
    known = {
        "mapping values are not allowed": "a colon with a space behind it stands where a key was not expected",
        "could not find expected ':'": "a line stands where a key with a colon was expected",
        "expected <block end>": "a line is indented differently from those it belongs to",
        "did not find expected": "something is not closed, or a line is indented differently from those it belongs to",
        "found unexpected end of stream": "a quote, bracket or brace is never closed",
        "found character": "a sign stands where none can begin a word",
    }
    return next(
        (words for sign, words in known.items() if sign in problem), "the file breaks YAML's rules at this place"
    )


def read_yaml(data: bytes, file: str) -> tuple[Node | None, list[Diagnostic], list[str]]:
    """Read a file's bytes; return its tree (None when there is none), what is wrong, and its lines. Never raises."""
    start = Span(file, 1, 1, 1, 2)
    if len(data) > MOST_BYTES:
        return None, [Diagnostic("SQ117", "this file is larger than 16 MiB", start, fix="split it into scenes")], []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        problem = Diagnostic(
            "SQ118",
            "this file is not UTF-8",
            Span(file, line, column, line, column + 1),
            fix="save it as UTF-8 in your editor",
        )
        return None, [problem], []
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    strange = _FORBIDDEN.search(text)
    if strange:
        line = text.count("\n", 0, strange.start()) + 1
        column = strange.start() - (text.rfind("\n", 0, strange.start()) + 1) + 1
        place = Span(file, line, column, line, column + 1)
        return (
            None,
            [Diagnostic("SQ119", "a control character stands here", place, fix="delete it and type the text again")],
            text.split("\n"),
        )
    reader = _Reader(text, file)
    was_on = gc.isenabled()
    gc.disable()
    try:
        root = reader.read()
    finally:
        if was_on:
            gc.enable()
    problems = sorted(set(reader.problems), key=lambda each: each.span[1:3])
    return root, problems, reader.lines
