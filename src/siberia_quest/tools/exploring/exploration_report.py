"""An exploration as plain values for JSON and charts, as a table for spreadsheets, and as text to read."""

import csv
import json
from collections.abc import Callable, Iterator
from io import StringIO
from math import ceil
from statistics import mean, median, median_low, quantiles

from siberia_quest.tools.exploring.exploration import Exploration, share_of
from siberia_quest.tools.exploring.tally import Replay, Tally

_BARS = "▁▂▃▄▅▆▇█"
_BINS = 20
#: Lines of each list that the text shows; JSON has them all.
_SHOWN = 12
#: Columns that the text gives to a name.
_WIDEST = 36


def as_values(found: Exploration) -> dict[str, object]:
    """Return everything as values that JSON can hold; docs/json.md says what is what."""
    exact = found.exact
    return {
        "story": found.title,
        "seed": found.wanted.seed,
        "games": found.wanted.games,
        "exact": not exact.reason,
        "why_sampled": exact.reason,
        "states": exact.states,
        "odds": {} if exact.reason else {
            "endings": {ending: share * 100 for ending, share in exact.endings.items()},
            "endless": exact.endless * 100,
            "length": exact.length,
            "checks": {at.line_of: {"made": made, "passed": well / made * 100 if made else 0}
                       for at, (made, well) in exact.checks.items()},
            "picked": dict(exact.picked),
        },
        "titles": {sort: dict(names) for sort, names in found.titles._asdict().items()},
        "places": {
            "passages": {id_: at.line_of for id_, at in found.places.passages.items()},
            "options": {id_: each.place.line_of for id_, each in found.places.options.items()},
        },
        "styles": {name: _style(found, tally) for name, tally in found.styles.items()},
        "unentered": list(found.unentered),
        "unoffered": list(found.unoffered),
        "unpicked": list(found.unpicked),
        "unmet": list(found.unmet),
        "untold": [{"file": each.place.file, "line": each.place.line, "words": each.words} for each in found.untold],
        "problems": [
            {"problem": problem, **_way(style, replay)} for problem, (style, replay) in found.problems.items()
        ],
        "ways": {
            f"{sort}s": {name: _way(*found.ways[sort, name]) for each, name in found.ways if each == sort}
            for sort in ("ending", "passage", "option")
        },
        "endless": [
            {"style": style, "seed": seed, "around": list(found.styles[style].around)} for style, seed in endless_of(found)
        ],
        "loops": [{"picks": list(each.picks), "around": list(found.exact.around)} for each in found.exact.loops],
    }  # fmt: skip


def _way(style: str, replay: Replay) -> dict[str, object]:
    return {"style": style, "seed": replay.seed, "settings": dict(replay.settings), "picks": list(replay.picks)}


def endless_of(found: Exploration) -> list[tuple[str, int]]:
    """Return one game of each style that did not end: its style and seed."""
    return [(style, tally.endless[0]) for style, tally in found.styles.items() if tally.endless]


def _style(found: Exploration, tally: Tally) -> dict[str, object]:
    games = tally.games
    ends = {ending: share_of(tally.endings[ending], games)._asdict() for ending in _endings(found)}
    checks = {
        label: {"made": tally.passed[label] + tally.failed[label],
                "passed": tally.passed[label] * 100 / (tally.passed[label] + tally.failed[label])}
        for label in sorted({*tally.passed, *tally.failed})
    }  # fmt: skip
    return {
        "games": games,
        "picks": tally.picks,
        "endings": ends,
        "length": spread_of([float(each) for each in tally.lengths]),
        "checks": checks,
        "stopped": share_of(_count_stopped(tally), games).percent,
        "cut_off": share_of(len(tally.endless), games).percent,
        "options": {
            f"{passage}.{id_}": {"offered": times, "picked": tally.picked[passage, id_],
                                 "percent": tally.picked[passage, id_] * 100 / times}
            for (passage, id_), times in sorted(tally.offered.items()) if f"{passage}.{id_}" in found.places.options
        },
        "reached": {name: share_of(times, games)._asdict() for name, times in sorted(tally.visited.items())},
        "repeated": tally.repeated * 100 / tally.paragraphs if tally.paragraphs else 0,
        "stats": {
            place or "end": {
                name: spread_of([row[index] for row in rows]) for index, name in enumerate(found.stats)
            } for place, rows in tally.stats.items()
        },
    }  # fmt: skip


def _count_stopped(tally: Tally) -> int:
    """Return how many games a problem stopped."""
    return tally.games - sum(tally.endings.values()) - len(tally.endless)


def _endings(found: Exploration) -> tuple[str, ...]:
    """Return the endings, also "" where a game ended without a name."""
    met = {*found.exact.endings}.union(*(tally.endings for tally in found.styles.values()))
    return (*found.endings, *([""] if "" in met and "" not in found.endings else []))


def spread_of(numbers: list[float]) -> dict[str, object]:
    """Return how numbers are spread, in at most twenty steps; those of a scale of whole numbers are whole."""
    if not numbers:
        return {}
    low, high = min(numbers), max(numbers)
    is_whole = all(each.is_integer() for each in numbers)
    wide, count = (high - low) / _BINS or 1.0, _BINS
    if is_whole:  # each step holds as many whole numbers as any other
        wide = ceil((high - low + 1) / _BINS)
        count = int((high - low) // wide) + 1
    bins = [0] * count
    for number in numbers:
        bins[min(count - 1, int((number - low) / wide))] += 1
    tenths = quantiles(numbers, n=10) if len(numbers) > 1 else [low] * 9
    middle = median_low(numbers) if is_whole else median(numbers)
    seen = {"low": low, "tenth": tenths[0], "median": middle, "ninetieth": tenths[8], "high": high}
    told = {name: round(each) for name, each in seen.items()} if is_whole else seen
    return {**told, "mean": mean(numbers), "step": wide, "bins": bins}  # fmt: skip


def as_json(found: Exploration) -> str:
    """Return an exploration as JSON, with the keys that docs/json.md tells."""
    return json.dumps(as_values(found), ensure_ascii=False, indent=1) + "\n"


def as_csv(found: Exploration) -> str:
    """Return the table of endings by style, in percent, for a spreadsheet."""
    sheet = StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(["ending", *found.styles])
    for ending in _endings(found):
        shares = [share_of(tally.endings[ending], tally.games).percent for tally in found.styles.values()]
        writer.writerow([found.titles.name_ending(ending), *[f"{each:.2f}" for each in shares]])
    for name, count in _list_unended(found):
        writer.writerow(
            [name, *[f"{share_of(count(tally), tally.games).percent:.2f}" for tally in found.styles.values()]]
        )
    return sheet.getvalue()


def _list_unended(found: Exploration) -> list[tuple[str, Callable[[Tally], int]]]:
    """Return what else became of games: its name, and what counts such games of a style."""
    rows: list[tuple[str, Callable[[Tally], int]]] = [
        ("(stopped)", _count_stopped),
        ("(cut off)", lambda tally: len(tally.endless)),
    ]
    return [(name, count) for name, count in rows if any(count(tally) for tally in found.styles.values())]


def as_text(found: Exploration, command: str) -> str:
    """Return what was found as text, at most about two screens of it; `command` plays a game again."""
    return (
        "\n".join(
            [
                *_list_with_heads(found),
                "",
                *_table(found),
                "",
                *_shapes(found),
                *_nearest(found),
                *_lists(found),
                *_troubles(found, command),
            ]
        )
        + "\n"
    )


def _list_with_heads(found: Exploration) -> Iterator[str]:
    exact = found.exact
    if exact.reason:
        yield f"{found.title}: sampled, {found.wanted.games:,} games of each style from seed {found.wanted.seed}."
        yield f"Exact odds are out of reach: {exact.reason}."
    else:
        yield f"{found.title}: exact odds of random picks, {exact.states:,} states, {exact.length:.4g} picks a game on average."
        if exact.endless > _VISIBLE:
            yield f"{exact.endless * 100:.4g}% of the games never end."
        stopped = 1 - sum(exact.endings.values()) - exact.endless
        if stopped > _VISIBLE:
            yield f"{stopped * 100:.4g}% of the games are stopped by a problem."


_VISIBLE = 1e-9


def _table(found: Exploration) -> Iterator[str]:
    styles = list(found.styles.items()) if found.exact.reason else []
    names = {ending: _cut(found.titles.name_ending(ending)) for ending in _endings(found)}
    wide = max([*map(len, names.values()), len("(cut off)")])
    if not styles:
        for ending, name in names.items():
            yield f"{name:{wide}} {found.exact.endings.get(ending, 0) * 100:10.4f}%"
        return
    columns = (80 - wide) // 11
    for first in range(0, len(styles), columns):
        shown = styles[first : first + columns]
        yield f"{'ending':{wide}}" + "".join(f" {name[:10]:>10}" for name, _ in shown)
        for ending, name in names.items():
            yield f"{name:{wide}}" + "".join(f" {_percent(tally, tally.endings[ending]):>10}" for _, tally in shown)
        for name, count in _list_unended(found):
            yield f"{name:{wide}}" + "".join(f" {_percent(tally, count(tally)):>10}" for _, tally in shown)
        yield f"{'picks':{wide}}" + "".join(f" {median(tally.lengths):>10.0f}" for _, tally in shown)
        yield ""


def _cut(name: str) -> str:
    return name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…"


def _percent(tally: Tally, times: int) -> str:
    share = share_of(times, tally.games)
    return f"{share.percent:.1f}±{(share.high - share.low) / 2:.1f}" if times else "·"


def _shapes(found: Exploration) -> Iterator[str]:
    """Draw how each stat is spread at the end of random games."""
    tally = found.styles.get("random")
    rows = tally.stats.get("", []) if tally else []
    if not rows or not found.stats:
        return
    yield "stats at the end of random games: 10% below, median, 10% above, and their shape"
    for index, name in enumerate(found.stats):
        spread = spread_of([row[index] for row in rows])
        label = found.titles.stats.get(name, name)[:16]
        yield f"  {label:16} {spread['tenth']:7.4g} {spread['median']:7.4g} {spread['ninetieth']:7.4g}  {_draw_bins(spread['bins'])}"
    yield ""


def _draw_bins(bins: object) -> str:
    heights = [each for each in bins if isinstance(each, int)] if isinstance(bins, list) else []
    most = max(heights, default=1) or 1
    return "".join(_BARS[each * (len(_BARS) - 1) // most] if each else " " for each in heights)


def _nearest(found: Exploration) -> Iterator[str]:
    """Say how soon each ending can come."""
    ways = {ending: found.ways["ending", ending] for ending in _endings(found) if ("ending", ending) in found.ways}
    if not ways:
        return
    yield "the shortest game to each ending: picks, style and seed; --json and --html tell the picks,"
    yield "the way to each passage and option, and how many games came there or picked it"
    wide = max(8, *(len(_cut(found.titles.name_ending(each))) for each in ways))
    for ending, (style, replay) in ways.items():
        yield f"  {_cut(found.titles.name_ending(ending)):{wide}} {len(replay.picks):6,}  {style or 'exact'} {replay.seed}"
    yield ""


def _lists(found: Exploration) -> Iterator[str]:
    for what, names in (
        ("passages never entered", _name_placed(found, found.unentered)), ("options never open", _name_placed(found, found.unoffered)),
        ("options never picked", _name_placed(found, found.unpicked)),
        ("endings never met", tuple(map(found.titles.name_ending, found.unmet))),
        ("lines of prose never told", tuple(f"{each.place.line_of} {each.words[:60]}" for each in found.untold)),
    ):  # fmt: skip
        yield f"{what}: {len(names) or 'none'}"
        yield from (f"  {name}" for name in names[:_SHOWN])
        if len(names) > _SHOWN:
            yield f"  … and {len(names) - _SHOWN} more: --json lists all"


def _name_placed(found: Exploration, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what passages and options are called, each behind its line."""
    options, passages = found.places.options, found.places.passages
    return tuple(
        f"{(options[name].place if name in options else passages[name]).line_of} {found.titles.name_place(name)}"
        for name in names
    )


def _troubles(found: Exploration, command: str) -> Iterator[str]:
    for problem, (style, replay) in found.problems.items():
        yield f"a game stops: {problem}"
        settings = "".join(f", {name} {value}" for name, value in replay.settings.items())
        yield f"  seed {replay.seed}{settings}, picks: {' '.join(replay.picks) or 'none'}"
        if style not in {"", "curious"}:
            yield f"  again: {command} --style {style} --seed {replay.seed}"
    for style, seed in [] if found.exact.loops else endless_of(found):
        yield f"a game does not end within {found.wanted.most_picks:,} picks"
        if found.styles[style].around:
            yield f"  the way round: {' → '.join(map(found.titles.name_place, found.styles[style].around[:_SHOWN]))}"
        yield (
            f"  again: {command} --style {style} --seed {seed}"
            if style != "curious"
            else f"  seed {seed}, with curious picks"
        )
    for reached in found.exact.loops:
        yield "from here no end can be reached"
        yield f"  picks: {' '.join(reached.picks) or 'none'}"
        yield f"  the way round: {' → '.join(map(found.titles.name_place, found.exact.around))}"
