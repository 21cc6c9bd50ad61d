"""A weave as ink writes it."""

from collections.abc import Iterator

from weaves.weave import (
    TUNNEL,
    VARIABLES,
    Alternatives,
    Branch,
    Change,
    Condition,
    Depending,
    Knot,
    Option,
    Prose,
    Say,
    Steps,
    Tunnel,
    Weave,
)

_SIGNS = {"sequence": "", "cycle": "&", "once": "!"}


def written(knots: tuple[Knot, ...]) -> str:
    """Return the source of a story."""
    lines = [*(f"VAR {name} = 0" for name in VARIABLES), f"-> {knots[0].name}"]
    for knot in knots:
        lines += [f"=== {knot.name} ===", *_steps(knot.steps, 0)]
        lines.append("->->" if knot.name == TUNNEL else f"-> {knot.leads_to or 'END'}")
    return "\n".join(lines) + "\n"


def _steps(steps: Steps, depth: int) -> Iterator[str]:
    for step in steps:
        match step:
            case Say(prose, joins):
                yield _prose(prose) + (" <>" if joins else "")
            case Change():
                yield f"~ {_effect(step)}"
            case Branch(condition, then, other):
                yield f"{{ {_condition(condition)}:"
                yield from _steps(then, depth)
                yield "- else:"
                yield from _steps(other, depth)
                yield "}"
            case Tunnel():
                yield f"-> {TUNNEL} ->"
            case Weave(options, fallback):
                for option in options:
                    yield from _option(option, depth + 1)
                if fallback is not None:
                    yield f"{'+ ' * (depth + 1)}->"
                    yield from _steps(fallback, depth + 1)
                yield "- " * (depth + 1)


def _option(option: Option, depth: int) -> Iterator[str]:
    mark = ("* " if option.once else "+ ") * depth
    condition = f"{{ {_condition(option.condition)} }} " if option.condition else ""
    yield f"{mark}{condition}[{option.words}]"
    yield from _steps(option.steps, depth)
    if option.leads_to:
        yield f"-> {option.leads_to}"


def _effect(change: Change) -> str:
    return f"{change.name} = {change.number}" if change.sign == "=" else f"{change.name} {change.sign}= {change.number}"


def _condition(condition: Condition) -> str:
    return f"{condition.name} {condition.sign} {condition.number}"


def _prose(prose: Prose) -> str:
    return " ".join(_part(part) for part in prose.parts)


def _part(part: str | Alternatives | Depending) -> str:
    match part:
        case str():
            return part
        case Alternatives(how, parts):
            return f"{{{_SIGNS[how]}{'|'.join(_prose(each) for each in parts)}}}"
        case Depending(condition, then, other):
            return f"{{ {_condition(condition)}: {_prose(then)} | {_prose(other)} }}"
