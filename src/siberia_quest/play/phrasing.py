"""Numbers, odds and lists in words, for every view."""

from siberia_quest.engine.counting import plural
from siberia_quest.engine.figures import row_in_words
from siberia_quest.engine.numbers import percent, shown
from siberia_quest.engine.sight import likelihood
from siberia_quest.model.language import Language
from siberia_quest.model.page import CheckResult, Option, SeenOdds, Series, StatChange, StatRow


def odds_in_words(language: Language, odds: SeenOdds) -> str:
    """Return odds as a word and a number, `likely 72%`; as a word alone where that is all that may be known."""
    if isinstance(odds, str):
        return language.say(f"odds_{odds}")
    return language.say("odds", word=language.say(f"odds_{likelihood(odds)}"), percent=shown(odds))


def check_in_words(language: Language, check: CheckResult) -> str:
    """Return a check that was made: `Treeline: likely 72%, passed`."""
    result = language.say("check_passed" if check.passed else "check_failed")
    return language.say(
        "check" if check.label else "check_bare",
        label=check.label,
        odds=odds_in_words(language, check.odds),
        result=result,
    )


def remark_on(language: Language, option: Option) -> str:
    """Return what stands beside an option: why it is locked, or its odds; and the author's hint."""
    if not option.enabled:
        reason = option.reason.rstrip(".")
        remark = language.say("locked", reason=reason) if reason else language.say("locked_bare")
    else:
        remark = odds_in_words(language, option.odds) if option.odds is not None else ""
    return "; ".join(words for words in (remark, option.hint.rstrip(".")) if words)


def amount_of(change: StatChange) -> int:
    """Return by how much the number that is shown went up or down; 0 where none is."""
    if change.before is None or change.after is None:
        return 0
    return int(shown(change.after)) - int(shown(change.before))


def is_visible(change: StatChange) -> bool:
    """Tell whether a change is large enough to be seen."""
    return amount_of(change) != 0 or change.band_before != change.band_after


def sign_amount(amount: int) -> str:
    """Return an amount with its sign: `+3`."""
    return f"{amount:+d}"


def value_of(row: StatRow) -> str:
    """Return a stat's value as its author wants it shown, in short: `25`, `25 wiry` or `wiry`."""
    return row_in_words(row)


def share_of(row: StatRow) -> float:
    """Return how far a stat is along its range, from 0 to 1; 0 where that may not be known."""
    if row.value is None or row.low is None or row.high is None:
        return 0
    return max(0.0, min(1.0, percent(row.value, row.low, row.high) / 100))


def point_in_words(series: Series, point: float) -> str:
    """Return a point of a chart in words: a number, or a band."""
    return series.bands[int(point)] if 0 <= point < len(series.bands) else shown(point)


def say_turns(language: Language, turns: int) -> str:
    """Return how many turns, in words."""
    return language.say(plural(language, turns, "turns_one", "turns_many"), number=turns)


def shorten(text: str, width: int) -> str:
    """Return a text of at most `width` characters, cut at a word where there is one."""
    if len(text) <= width:
        return text
    cut = text[: max(1, width - 1)]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[width // 2 :] else cut}…"
