"""How tests went: as lines to read, as JSON, and as JUnit's XML."""

import json
import shlex
from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from siberia_quest.loading.report import fit_line
from siberia_quest.model.diagnostic import Span
from siberia_quest.tools.playing.player import PlayedGame
from siberia_quest.tools.playing.runs import TestResult, failures_of
from siberia_quest.tools.playing.targets import Judged
from siberia_quest.tools.playing.walkthroughs import Failure, Walked


def as_text(result: TestResult, command: str, columns: int = 0) -> str:
    """Return how a test went, with each failure's place, what mends it, and the `command` that shows it again.

    `columns` are those of a terminal, 0 where it is not shown on one; a command stays in one piece, to be copied.
    """
    failed = failures_of(result)
    said = [fit_line(f"{'FAIL' if failed else 'ok  '}  {_name(result)}: {_summary(result)}", columns)]
    for failure in _failures(result):
        said.append(fit_line(f"      {_place(failure)}: {_message(failure)}", columns))
        if failure.fix:
            said.append(fit_line(f"      {failure.fix}", columns))
    if failed:
        said.append(f"      again: {_again(result, command)}")
    return "\n".join(said) + "\n"


def _name(result: TestResult) -> str:
    return (
        result.walkthrough.name
        if isinstance(result, Walked)
        else f"{result.target.games:,} games, {result.target.style}"
    )


def _summary(result: TestResult) -> str:
    if isinstance(result, Walked):
        ends = "still open" if result.ending is None else f"ends in {result.ending}" if result.ending else "ends"
        return f"{len(result.picks)} pick{'' if len(result.picks) == 1 else 's'}, {ends}"
    measured = [f"{each.name} {each.value:.4g}{each.unit} ({each.limits.written})" for each in result.measures]
    return "; ".join(measured) or "all come to an end"


def _failures(result: TestResult) -> tuple[Failure, ...]:
    if isinstance(result, Judged):
        return result.failures
    return (result.failure,) if result.failure else ()


def _place(failure: Failure) -> str:
    return _at(failure.span)


def _message(failure: Failure) -> str:
    return f"the game stops at {_at(failure.stopped)}: {failure.message}" if failure.stopped else failure.message


def place_failures(result: TestResult, named: Callable[[str], str]) -> TestResult:
    """Return how a test went, its failures with each file's name from where one stands."""

    def moved(span: Span | None) -> Span | None:
        return span and span._replace(file=named(span.file))

    if isinstance(result, Judged):
        at = result.target.span
        target = result.target._replace(span=at._replace(file=named(at.file)))
        return result._replace(
            target=target, problems=tuple((seed, said, moved(at)) for seed, said, at in result.problems)
        )
    if result.failure is None:
        return result
    span = result.failure.span
    placed = result.failure._replace(span=span._replace(file=named(span.file)), stopped=moved(result.failure.stopped))
    return result._replace(failure=placed)


def _at(span: Span) -> str:
    return f"{span.file}:{span.line}:{span.column}"


def _again(result: TestResult, command: str) -> str:
    if isinstance(result, Walked):
        return f"{command} --only {shlex.quote(result.walkthrough.name)}"
    target = result.target
    seed = result.problems[0][0] if result.problems else target.seed
    given = "".join(f" --set {name}={shlex.quote(str(value))}" for name, value in target.settings.items())
    return f"{command} --style {target.style} --seed {seed}{given}"


def as_json(results: Sequence[TestResult]) -> str:
    """Return the results as a JSON list: `test`, `passed`, `picks` and `ending` or `measures`, and `failures`."""
    return json.dumps([_plain(each) for each in results], ensure_ascii=False, indent=1) + "\n"


def _plain(result: TestResult) -> dict[str, object]:
    plain: dict[str, object] = {"test": _name(result), "passed": not failures_of(result)}
    if isinstance(result, Walked):
        plain |= {"picks": list(result.picks), "ending": result.ending}
    else:
        plain |= {"style": result.target.style, "games": result.target.games, "measures": [
            {"name": each.name, "value": each.value, "wanted": each.limits.written, "met": each.met} for each in result.measures
        ]}  # fmt: skip
    plain["failures"] = [
        {"place": _place(each), "message": _message(each), "fix": each.fix} for each in _failures(result)
    ]
    return plain


def game_as_json(style: str, game: PlayedGame) -> str:
    """Return one game of a style as JSON; its `ending` is null where it was cut off, or stopped by a problem."""
    problem = game.problem
    return json.dumps({
        "style": style, "seed": game.seed, "settings": dict(game.settings), "picks": list(game.picks), "ending": game.ending,
        "problem": None if problem is None else {"place": _at(problem.span), "code": problem.code, "message": problem.message},
    }, ensure_ascii=False, indent=1) + "\n"  # fmt: skip


def as_junit(title: str, results: Sequence[TestResult]) -> str:
    """Return the results as JUnit's XML, which services that run tests read."""
    failed = sum(bool(failures_of(each)) for each in results)
    suite = Element("testsuite", name=title, tests=str(len(results)), failures=str(failed), errors="0")
    for result in results:
        case = SubElement(suite, "testcase", name=_printable(_name(result)), classname=_printable(title))
        for message in _tell_result(result):
            SubElement(case, "failure", message=message)
    return tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _tell_result(result: TestResult) -> Iterator[str]:
    for each in _failures(result):
        yield _printable(f"{_place(each)}: {_message(each)}")


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
