"""Games as text: a page as an author reads it, and a transcript whose picks can be played again."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias, assert_never

from siberia_quest.engine.figures import has_own_words
from siberia_quest.engine.numbers import shown
from siberia_quest.engine.status import panels_of
from siberia_quest.engine.turns import NotOnOffer, Turn, advance, begin
from siberia_quest.model import page as blocks
from siberia_quest.model.diagnostic import Diagnostic
from siberia_quest.model.kinds import Value, ValueKind
from siberia_quest.model.letters import NAME
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Block, Option, Page
from siberia_quest.model.story import Story

_GIVEN = re.compile(rf"(?P<name>{NAME})=(?P<value>.*)")
#: A text's usual limit in characters; a question tells only of another one.
_USUAL_LENGTH = 200
_STARS: Mapping[str, str] = MappingProxyType({"em": "*", "strong": "**"})
Between: TypeAlias = Callable[[Story, Turn, str], Turn]


class Transcript(NamedTuple):
    """What a transcript says before and between its pages.

    `title` are its first lines without `# `. `seed` is None where it gives none (then 0). `settings` and `kept` are (name, value)
    as written, `kept` for `keep:` variables of earlier games. `picks` are option ids and answers.
    """

    title: tuple[str, ...]
    seed: int | None
    settings: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    picks: tuple[str, ...]


# --- reading and playing again ----------------------------------------------------------------------------------------


def parse(text: str) -> Transcript:
    r"""Read a transcript's head and picks; what was shown in between is not looked at.

    Raises ValueError with the line that cannot be read.

    >>> parse("# Tea.\nseed 7\n\n1 pour: Pour\n> pour\n").picks
    ('pour',)
    """
    head, _, rest = text.partition("\n\n")
    title: list[str] = []
    seed: int | None = None
    pairs: dict[str, list[tuple[str, str]]] = {"settings": [], "kept": []}
    for line in head.splitlines():
        word, _, value = line.partition(" ")
        pair = _GIVEN.fullmatch(value)
        if word == "#":
            title.append(value)
        elif word == "seed" and value.removeprefix("-").isdecimal():
            seed = int(value)
        elif word in pairs and pair:
            pairs[word].append((pair["name"], pair["value"]))
        else:
            message = f"the head of a transcript holds `# title`, `seed 7` and `settings name=value`, not: {line}"
            raise ValueError(message)
    picks = [line[2:] for line in rest.splitlines() if line == ">" or line.startswith("> ")]
    return Transcript(tuple(title), seed, tuple(pairs["settings"]), tuple(pairs["kept"]), tuple(picks))


def straight(story: Story, turn: Turn, pick: str) -> Turn:
    """Go on from a turn with a pick, and do nothing else. Raises NotOnOffer."""
    return advance(story, turn.state, pick)


def replay(story: Story, transcript: Transcript, between: Between = straight) -> str:
    """Play a transcript's picks again and return the whole transcript as it is now.

    `between` goes on from a turn, for tests that do something between turns.
    """
    turn = begin(story, transcript.seed or 0, *read_settings(story, transcript))
    pieces = [_head(transcript), *_piece(_view_turn(story, turn))]
    for pick in transcript.picks:
        pieces.append(f"> {pick}".rstrip() + "\n")
        try:
            turn = between(story, turn, pick)
        except NotOnOffer as refusal:
            pieces.append(f"(refused: {refusal.reason})\n")
            continue
        pieces += _piece(_view_turn(story, turn))
    return "".join(pieces)


def _view_turn(story: Story, turn: Turn) -> str:
    return view(turn.page._replace(panels=() if turn.page.problem else panels_of(story, turn.state)))


def read_settings(story: Story, transcript: Transcript) -> tuple[dict[str, Value], dict[str, Value]]:
    """Return a transcript's settings and kept variables as `begin` wants them. Raises KeyError for one the story does not have."""
    settings = {name: _value(value, story.settings[name].kind) for name, value in transcript.settings}
    return settings, {name: _value(value, story.variables[name].kind) for name, value in transcript.kept}


def of_problems(transcript: Transcript, problems: Iterable[Diagnostic]) -> str:
    """Return the transcript of a story that does not load: its head, and what is wrong, one problem a line."""
    return "\n".join([_head(transcript), *(problem_line(each) for each in problems)]) + "\n"


def problem_line(problem: Diagnostic) -> str:
    """Return a problem as one line: `! SQ405 (line 12): a division by zero`."""
    return f"! {problem.code} (line {problem.span.line}): {problem.message}"


def _head(transcript: Transcript) -> str:
    lines = [f"# {line}" for line in transcript.title]
    if transcript.seed is not None:
        lines.append(f"seed {transcript.seed}")
    for word, pairs in (("settings", transcript.settings), ("kept", transcript.kept)):
        lines += [f"{word} {name}={value}" for name, value in pairs]
    return "\n".join(lines) + "\n"


def _piece(page: str) -> tuple[str, ...]:
    return ("\n", page) if page else ()


def _value(text: str, kind: ValueKind) -> Value:
    """Return a value as it was meant: of the kind that is wanted."""
    if kind.base == "yes_no":
        return text == "yes"
    if kind.base in {"set", "list"}:
        return tuple(text.replace(",", " ").split())
    if kind.base == "number":
        return float(text) if "." in text else int(text)
    return text


# --- a page as text ---------------------------------------------------------------------------------------------------


def view(page: Page) -> str:
    """Return a page as text: an empty line between blocks, then the options or the question; "" for an empty page."""
    told = [block for block in page.blocks if not isinstance(block, blocks.StatChange | blocks.EndingBlock)]
    groups = [_lines(block) for block in told]
    groups.append([line for change in page.changes for line in _change(change)])
    groups.append([f"[checkpoint] {page.checkpoint}"] if page.checkpoint is not None else [])
    groups.append([problem_line(page.problem)] if page.problem else [])
    groups.append(_lines(page.ending) if page.ending else [])
    groups += [_panel(board) for board in page.panels]
    groups.append([_option(number, option) for number, option in enumerate(page.options, 1)])
    groups.append([_question(page.ask)] if page.ask else [])
    return "\n\n".join("\n".join(group) for group in groups if group) + "\n" if any(groups) else ""


def _panel(board: blocks.Board) -> list[str]:
    head = " | ".join(word for word in (f"[panel {board.id}] {board.title}".rstrip(), *map(_figure, board.beside)))
    sides = (("left", board.left), ("right", board.right), ("below", board.below))
    return [head, *(" | ".join([f"[{side}]", *map(_figure, row)]) for side, row in sides if row)]


def _figure(figure: blocks.Figure) -> str:
    if figure.row and not has_own_words(figure):
        return _row(figure.row)
    words = ", ".join(figure.items) or figure.text
    return f"{figure.label}: {words}" if figure.label else words


def _option(number: int, option: Option) -> str:
    line = f"{number} {option.id}: {option.text}"
    if option.odds is not None:
        line += f" [{_odds(option.odds)}]"
    if not option.enabled:
        line += f" (locked: {option.reason})"
    if option.hint:
        line += f" (hint: {option.hint})"
    if option.words:
        line += f" (also: {', '.join(option.words)})"
    return "".join([line, *(f" #{tag}" for tag in option.tags)])


def _question(ask: blocks.Ask) -> str:
    line = f"? {ask.prompt}"
    if ask.low is not None and ask.high is not None:
        line += f" (from {ask.low} to {ask.high})"
    if not ask.number and ask.longest != _USUAL_LENGTH:
        line += f" (at most {ask.longest} characters)"
    line += " (or nothing)" if ask.optional else ""
    return f"{line} [{ask.default}]" if ask.default else line


def _change(change: blocks.StatChange) -> list[str]:
    has_numbers = change.before is not None and change.after is not None
    amount = int(shown(change.after or 0)) - int(shown(change.before or 0)) if has_numbers else 0
    moved = f" · {change.band_before} → {change.band_after}" if change.band_before != change.band_after else ""
    return [f"* {change.label}{f' {amount:+d}' if amount else ''}{moved}"] if amount or moved else []


def _lines(block: Block) -> list[str]:  # noqa: C901, PLR0911, PLR0912  # one case for each block
    """Return one block as lines."""
    match block:
        case blocks.Title():
            return [f"[title] {block.text}"]
        case blocks.StatChange():
            return _change(block)
        case blocks.Paragraph():
            return _paragraph(block)
        case blocks.CheckResult():
            return _check(block)
        case blocks.Montage():
            return _montage(block)
        case blocks.Art():
            return _art(block)
        case blocks.Chart():
            return _chart(block)
        case blocks.Panel():
            return ["[stats]", *(_row(row) for row in block.rows)]
        case blocks.JournalPanel():
            return ["[journal]", *(f"turn {line.turn}: {line.text}" for line in block.lines)]
        case blocks.JournalLine():
            return [f"[journal] {block.text}"]
        case blocks.Unlocked():
            return [f"[achievement {block.id}: {block.title}] {block.text}".rstrip()]
        case blocks.Tune():
            return [f"[music {block.tune} {shown(block.tempo)}]" if block.tune else "[music none]"]
        case blocks.EndingBlock():
            return _write_ending(block)
    assert_never(block)


def _paragraph(block: blocks.Paragraph) -> list[str]:
    if block.kind == "break":
        return ["---"]
    lines = _mark_runs(block.runs).split("\n")
    if block.kind == "quote":
        return [f"[quote] {line}" for line in lines]
    return [f"\\{line}" if line.startswith(">") else line for line in lines]


def _mark_runs(runs: Iterable[blocks.Run]) -> str:
    """Return the text of a paragraph with its stars, as an author writes them."""
    text, before = "", ""
    for run in (*runs, blocks.Run("")):
        ended = [style for style in ("strong", "em") if style in before and style not in run.style]
        begun = [style for style in ("em", "strong") if style in run.style and style not in before]
        text += "".join(_STARS[style] for style in (*ended, *begun)) + run.text
        before = run.style
    return text


def _check(block: blocks.CheckResult) -> list[str]:
    label = f"{block.label} " if block.label else ""
    return [f"[check {label}{_odds(block.odds)}: {'passed' if block.passed else 'failed'}]"]


def _odds(odds: blocks.SeenOdds) -> str:
    return odds.replace("_", " ") if isinstance(odds, str) else f"{shown(odds)}%"


def _montage(block: blocks.Montage) -> list[str]:
    heading = f": {block.left} | {block.right}" if block.left or block.right else ""
    beats = [f"{beat.left} | {beat.right}".strip() if heading else beat.left or beat.right for beat in block.beats]
    return [f"[montage {shown(block.tempo)}{heading}]", *beats]


def _art(block: blocks.Art) -> list[str]:
    return [f"[art: {block.alt}]", *(f"  {line}".rstrip() for line in block.text.rstrip("\n").split("\n"))]


def _chart(block: blocks.Chart) -> list[str]:
    return [
        "[chart]",
        *(" ".join([f"{each.label}:", *(_point(each, point) for point in each.points)]) for each in block.series),
    ]


def _point(series: blocks.Series, point: float) -> str:
    return series.bands[int(point)] if series.bands else shown(point)


def _row(row: blocks.StatRow) -> str:
    if row.value is None or row.low is None or row.high is None:
        return f"{row.label}: {row.band}"
    ends = f", {row.opposed[0]} to {row.opposed[1]}" if row.opposed else ""
    limits = f" of {shown(row.low)} to {shown(row.high)}" if row.show == "bar" else ""
    return f"{row.label}: {shown(row.value)}{limits}{ends}{f', {row.band}' if row.band else ''}"


def _write_ending(block: blocks.EndingBlock) -> list[str]:
    if not block.id:
        return ["[the end]"]
    return [f"[ending {block.id}: {block.title}]", *(["", *block.text.strip().split("\n")] if block.text else [])]
