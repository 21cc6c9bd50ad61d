"""A weave as our language writes it."""

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


def written(knots: tuple[Knot, ...]) -> str:
    """Return the source of a story."""
    lines = ["story: A weave", "variables:", *(f"  {name}: 0" for name in VARIABLES), "passages:"]
    for knot in knots:
        lines += [f"  {knot.name}:", "    steps:", *_steps(knot.steps, 6)]
        way = "return: true" if knot.name == TUNNEL else f"goto: {knot.leads_to}" if knot.leads_to else "end: true"
        lines.append(f"      - {way}")
    return "\n".join(lines) + "\n"


def _steps(steps: Steps, margin: int) -> Iterator[str]:
    space = " " * margin
    for step in steps:
        match step:
            case Say(prose, joins):
                yield f'{space}- "{_prose(prose)}{" <>" if joins else ""}"'
            case Change():
                yield f"{space}- do: {step.name} {'' if step.sign == '=' else step.sign}= {step.number}"
            case Branch(condition, then, other):
                yield f"{space}- if: {_condition(condition)}"
                yield f"{space}  then:"
                yield from _steps(then, margin + 4)
                yield f"{space}  else:"
                yield from _steps(other, margin + 4)
            case Tunnel():
                yield f"{space}- call: {TUNNEL}"
            case Weave(options, fallback):
                yield f"{space}- choices:"
                for option in options:
                    yield from _option(option, margin + 4)
                if fallback is not None:
                    yield f"{space}    - fallback: true"
                    yield f"{space}      then:"
                    yield from _steps(fallback, margin + 8)


def _option(option: Option, margin: int) -> Iterator[str]:
    space = " " * margin
    yield f"{space}- text: {option.words}"
    yield f"{space}  id: {option.name}"
    if option.once:
        yield f"{space}  once: true"
    if option.condition:
        yield f"{space}  if: {_condition(option.condition)}"
    if option.steps:
        yield f"{space}  then:"
        yield from _steps(option.steps, margin + 4)
    if option.leads_to:
        yield f"{space}  goto: {option.leads_to}"


def _condition(condition: Condition) -> str:
    name = f"visits({condition.name})" if condition.is_place else condition.name
    return f"{name} {condition.sign} {condition.number}"


def _prose(prose: Prose) -> str:
    return " ".join(_part(part) for part in prose.parts)


def _part(part: str | Alternatives | Depending) -> str:
    match part:
        case str():
            return part
        case Alternatives(how, parts):
            return f"{{{how} | {' | '.join(_prose(each) for each in parts)}}}"
        case Depending(condition, then, other):
            return f"{{if {_condition(condition)} then {_prose(then)} | {_prose(other)}}}"
