"""The rules of the house: each takes a package's folder and returns what breaks it, as lines to read."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from pathlib import Path

from house.tree import Import, Module, functions, imports, modules

RANKS = {
    "model": 0,
    "lang": 1,
    "engine": 1,
    "loading": 2,
    "storage": 2,
    "": 3,
    "tools": 4,
    "play": 4,
    "terminal": 5,
    "web": 5,
    "cli": 6,
}
PURE_ROOMS = ("model", "lang", "engine")
PURE_LIBRARY = frozenset({"bisect", "collections", "difflib", "itertools", "math", "operator", "re", "string", "types"})
PURE_LIBRARY |= {"typing", "unicodedata", "zlib"}
# The lines of printed code are put where tracebacks and debuggers look for lines, and taken away with their program.
PURE_LIBRARY |= {"linecache", "weakref"}
IMPURE_CALLS = frozenset({"open", "print", "input", "exec", "eval", "compile", "breakpoint", "__import__"})
# A story's passages become Python functions there, from trees that were checked; see engine/print_python.py.
ALLOWED_CALLS = frozenset({("engine/program.py", "exec"), ("engine/program.py", "compile")})
OWNERS = {
    "yaml": "loading",
    "rich": "terminal",
    "prompt_toolkit": "terminal",
    "msgspec": "storage",
    "platformdirs": "storage",
    "distributed": "cli",  # an extra: explore on a cluster
    "shtab": "cli",
    "watchfiles": "tools",  # an extra: watch
}
FOR_ALL_ROOMS = frozenset({"__version__"})  # of what stands at the top of the package
BARRED = frozenset(
    {"asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "socketserver", "ssl", "urllib"}
)
BARRED |= {"webbrowser", "xmlrpc"}  # up to here: what could open a connection
#: What answers a browser of this machine, and nobody else: `watch --web`.
MAY_SERVE = frozenset({"serving.py"})
BARRED |= {"dbm", "marshal", "pickle", "shelve"}  # what could run code that it reads
MUTABLE_CALLS = frozenset({"dict", "list", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict"})
MUTABLE_NODES = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
READ_ONLY_TYPES = frozenset({"Mapping", "Sequence", "Collection", "Iterable", "Set", "AbstractSet"})
MEMORIES = frozenset({"cache", "lru_cache"})
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|base|managers?|misc|stuff|core)(_|$)")
MODULE_LINES = 500
FUNCTION_LINES = 50
#: What may remember between calls, and why.
MAY_REMEMBER: Mapping[str, str] = {
    "story_at": "a process that plays pieces of many batches reads their story once; nothing else outlives a piece",
}


#: Words that look like participles and are none, or stand for a value where a name is read, and why.
MAY_BE_PARTICIPLES: Mapping[str, str] = {
    **dict.fromkeys(
        ("evened", "listing", "replaced", "rounded", "shown", "shuffled", "stored", "unmoved"),
        "a story's code calls it, and there it reads as a value: `shown(v[3])`",
    ),
    **dict.fromkeys(("heading", "mapping"), "a noun"),
    "waiting_step": "a noun, as all names of what the coder of passages codes",
    "held": "what a `with` statement stands in",
    "renamed": "what a name is called now",
    **dict.fromkeys(("changed", "written"), "what a profile becomes, within the function that writes it"),
    **dict.fromkeys(("added", "left", "moved", "named"), "small words of the door"),
}
_PARTICIPLES = frozenset(
    "built done drawn given gone held kept known laid left lost made met paid said seen shown sold spent taken told won written".split()
)
_NO_PARTICIPLES = frozenset({"bring", "embed", "feed", "need", "ring", "seed", "speed", "string", "thing"})


def upward_imports(package: Path) -> list[str]:
    """Imports that point up or sideways: cli > terminal > (tools | play) > (storage | loading) > (engine | lang) > model."""
    return [
        f"{each.module.place(each.node)}: {each.module.room or 'the top'} imports {room or each.target}"
        for each in _all_imports(package)
        for room in _rooms_of(package.name, each)
        if not _may_import(each, room)
    ]


def _rooms_of(package: str, each: Import) -> Iterable[str]:
    """The rooms an import reaches; none for another package."""
    parts = each.target.split(".")
    if parts[0] != package:
        return ()
    if len(parts) > 1:
        return (parts[1] if parts[1] in RANKS else "",)
    return {name if name in RANKS else "" for name in each.names if name not in FOR_ALL_ROOMS}


def _may_import(each: Import, room: str) -> bool:
    own = each.module.room
    return own in {"", room} or (own in RANKS and RANKS[room] < RANKS[own])


def unknown_rooms(package: Path) -> list[str]:
    """Folders that are no room of the house."""
    return sorted({f"{each.label}: no such room" for each in modules(package) if each.room not in RANKS})


def import_cycles(package: Path) -> list[str]:
    """Modules that import each other, directly or around corners."""
    known = {each.name for each in modules(package)}
    graph: dict[str, set[str]] = {name: set() for name in known}
    for each in _all_imports(package):
        if each.names and FOR_ALL_ROOMS.issuperset(each.names):
            continue
        wider = {each.target} | {f"{each.target}.{name}" for name in each.names}
        # `from package import room` binds the room, not the package
        exact = {name for name in wider if name in known}
        deeper = {name for name in exact if name != each.target}
        graph[each.module.name] |= (deeper or exact) - {each.module.name}
    return sorted(name for name in known if _reaches(graph, name, name))


def _reaches(graph: dict[str, set[str]], start: str, goal: str) -> bool:
    waiting, met = list(graph[start]), set[str]()
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in met:
            met.add(name)
            waiting.extend(graph[name])
    return False


def impurities(package: Path) -> list[str]:
    """What model, lang and engine must not know: files, clocks, chance, screens, YAML, and slow imports."""
    found = []
    for each in _all_imports(package):
        top = each.target.split(".")[0]
        if each.module.room in PURE_ROOMS and top not in PURE_LIBRARY and top != package.name:
            found.append(f"{each.module.place(each.node)}: {each.module.room} imports {each.target}")
    for module in modules(package):
        if module.room in PURE_ROOMS:
            calls = _calls(module, IMPURE_CALLS)
            found += [f"{module.place(node)}: calls {name}()" for node, name in calls if not _is_allowed(module, name)]
    return found


def _is_allowed(module: Module, name: str) -> bool:
    return (module.label, name) in ALLOWED_CALLS


def _calls(module: Module, names: Iterable[str]) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node, node.func.id


def strangers(package: Path) -> list[str]:
    """Libraries imported outside the one room that knows them, or that no room is given."""
    found = []
    for each in _all_imports(package):
        top = each.target.split(".")[0]
        if top == package.name or top in sys.stdlib_module_names:
            continue
        if each.module.room != OWNERS.get(top, "nobody"):
            found.append(f"{each.module.place(each.node)}: {top} belongs to {OWNERS.get(top, 'nobody')}")
    return found


def barred_imports(package: Path) -> list[str]:
    """What no room may import: anything that could open a connection, or run code that it reads from a file."""
    return [
        f"{each.module.place(each.node)}: imports {each.target}"
        for each in _all_imports(package)
        if each.target.split(".")[0] in BARRED and each.module.path.name not in MAY_SERVE
    ]


def module_state(package: Path) -> list[str]:
    """Values at the top of a module that a program could change while it runs.

    A tuple, a frozenset, `MappingProxyType({...})` or a name annotated with a read-only type (`Mapping[...]`) is fine:
    the last is held by mypy, and costs nothing where it is read.
    """
    found = []
    for module in modules(package):
        for node in module.tree.body:
            if isinstance(node, ast.Assign) and not _is_dunder(node) and _is_mutable(node.value):
                found.append(f"{module.place(node)}: a value that can change, without a read-only type")
            if isinstance(node, ast.AnnAssign) and _is_mutable(node.value) and not _is_read_only(node.annotation):
                found.append(f"{module.place(node)}: a value that can change, without a read-only type")
        found += [f"{module.place(node)}: `global`" for node in ast.walk(module.tree) if isinstance(node, ast.Global)]
        found += [
            f"{module.place(node)}: `{node.name}` remembers its answers between calls"
            for node in functions(module.tree)
            if any(_last_name(each) in MEMORIES for each in node.decorator_list) and node.name not in MAY_REMEMBER
        ]
    return found


def _is_dunder(node: ast.Assign) -> bool:
    return all(isinstance(each, ast.Name) and each.id in {"__all__", "__slots__"} for each in node.targets)


def _is_mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return _last_name(value.func) in MUTABLE_CALLS
    if isinstance(value, ast.BinOp):
        return _is_mutable(value.left) or _is_mutable(value.right)
    return isinstance(value, MUTABLE_NODES)


def _is_read_only(annotation: ast.expr) -> bool:
    if isinstance(annotation, ast.Subscript):
        if _last_name(annotation.value) in {"Final", "ClassVar"}:
            return _is_read_only(annotation.slice)
        return _last_name(annotation.value) in READ_ONLY_TYPES
    return isinstance(annotation, ast.Constant) and str(annotation.value).split("[")[0] in READ_ONLY_TYPES


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Subscript):
        return _last_name(node.value)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def uses_of_any(package: Path) -> list[str]:
    """Where a value's kind is given up: `typing.Any`."""
    return [
        f"{each.module.place(each.node)}: Any"
        for each in _all_imports(package)
        if each.target in {"typing", "typing_extensions"} and "Any" in each.names
    ] + [
        f"{module.place(node)}: Any"
        for module in modules(package)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "Any"
    ]


def vague_names(package: Path) -> list[str]:
    """Files named for nothing: a drawer called `utils` fills by itself."""
    return [
        f"{path.relative_to(package)}: says nothing about what is in it"
        for path in sorted(package.rglob("*"))
        if path.suffix in {".py", ""} and VAGUE.search(path.stem)
    ]


def odd_file_names(package: Path) -> list[str]:
    """Files that are not named in lower-case words joined by `_`."""
    return [
        f"{path.relative_to(package)}: lower-case words joined by _"
        for path in sorted(package.rglob("*.py"))
        if not re.fullmatch(
            r"__(init|main)__|[a-z][a-z0-9]*(_[a-z0-9]+)*", path.stem.removesuffix("_" * _is_keyword(path))
        )
    ]


def _is_keyword(path: Path) -> bool:
    """Whether a file bears a word that Python keeps for itself, as `continue_.py` does."""
    return iskeyword(path.stem.removesuffix("_"))


def oversized(package: Path) -> list[str]:
    """Modules and functions longer than a reader likes, unless a `# long:` comment beside them says why."""
    found = []
    for module in modules(package):
        lines = module.text.splitlines()
        if len(lines) > MODULE_LINES and not any("# long:" in line for line in lines[:5]):
            found.append(f"{module.label}: {len(lines)} lines")
        for node in functions(module.tree):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            beside = lines[max(node.lineno - 2, 0) : node.body[0].lineno]
            if length > FUNCTION_LINES and not any("# long:" in line for line in beside):
                found.append(f"{module.place(node)}: {node.name} has {length} lines")
    return found


def shared_names(package: Path) -> list[str]:
    """Names that two modules, or two classes or type aliases, have in common: a reader who meets one must not think of the other."""
    places: dict[tuple[str, str], list[str]] = {}
    for module in modules(package):
        stem = module.label.rpartition("/")[2].removesuffix(".py")
        if stem not in {"__init__", "__main__"}:
            places.setdefault(("modules", stem), []).append(module.label)
        for name in _classes_of(module.tree):
            places.setdefault(("classes", name), []).append(module.label)
    return [
        f"{' and '.join(there)}: {sort} of the name `{name}`"
        for (sort, name), there in places.items()
        if len(there) > 1
    ]


def _classes_of(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and _last_name(node.annotation) == "TypeAlias"
        ):
            yield node.target.id


def participles(package: Path) -> list[str]:
    """Functions that are named for what was done (`kept`, `_merged`), and not for what they do."""
    return [
        f"{module.place(node)}: `{node.name}` is no verb"
        for module in modules(package)
        for node in functions(module.tree)
        if _is_participle(node.name.strip("_").split("_")[0]) and node.name.strip("_") not in MAY_BE_PARTICIPLES
        if not node.name.startswith("__")
    ]


def _is_participle(word: str) -> bool:
    return word in _PARTICIPLES or (word.endswith(("ed", "ing")) and word not in _NO_PARTICIPLES)


def bad_module_docstrings(package: Path) -> list[str]:
    """Modules that do not say in one line, as a sentence, what they are for; more may follow after a blank line."""
    return [
        f"{module.label}: its docstring opens with one line that ends with a full stop"
        for module in modules(package)
        for first, _, rest in [(ast.get_docstring(module.tree) or "").partition("\n")]
        if not first.endswith((".", "?", "!")) or rest.lstrip(" ")[:1] not in {"", "\n"}
    ]


def undocumented(package: Path) -> list[str]:
    """Public functions, classes and methods without a docstring."""
    return [
        f"{module.place(node)}: `{name}` has no docstring"
        for module in modules(package)
        for name, node in _public(module.tree.body, "")
        if ast.get_docstring(node) is None
    ]


def _public(
    body: list[ast.stmt], within: str
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            overrides = isinstance(node, ast.FunctionDef) and any(
                _last_name(each) in {"override", "overload", "setter"} for each in node.decorator_list
            )
            if not overrides:
                yield within + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body, f"{node.name}.")


def _all_imports(package: Path) -> Iterator[Import]:
    for module in modules(package):
        yield from imports(module)
