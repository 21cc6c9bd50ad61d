"""What a page shows by signs and bars, as sentences for who listens: what changed, and choices that were told before."""

from collections.abc import Callable, Sequence

from siberia_quest.engine.counting import list_words
from siberia_quest.engine.numbers import shown
from siberia_quest.model.language import Language
from siberia_quest.model.page import StatChange
from siberia_quest.play.phrasing import amount_of, is_visible


def changes_in_words(language: Language, changes: Sequence[StatChange]) -> str:
    """Return what changed, as few sentences: `Power rises to 29 and Folk to 7. Warmth falls to 67, now fair.`; "" for nothing."""
    seen = [change for change in changes if is_visible(change)]
    plain = [change for change in seen if change.band_before == change.band_after]
    told = [
        _say_together(language, "rises", [change for change in plain if amount_of(change) > 0]),
        _say_together(language, "falls", [change for change in plain if amount_of(change) < 0]),
        *(_say_alone(language, change, _move) for change in seen if change not in plain),
    ]
    return " ".join(language.say("sentence", words=words) for words in told if words)


def change_in_full(language: Language, change: StatChange) -> str:
    """Return one change with its amount: `Power rises by 4, from 25 to 29.`; "" for what is too small to see."""
    return language.say("sentence", words=_say_alone(language, change, _move_by)) if is_visible(change) else ""


def _say_together(language: Language, how: str, changes: Sequence[StatChange]) -> str:
    """Say of several stats in one sentence that they rise, or fall; its verb goes with the first."""
    first, others = changes[:1], changes[1:]
    return list_words(
        language,
        [
            *(language.say(_with_many(language, how, each.label), label=each.label, now=_now(each)) for each in first),
            *(language.say("to", label=each.label, now=_now(each)) for each in others),
        ],
    )


def _say_alone(language: Language, change: StatChange, move: Callable[[Language, StatChange], str]) -> str:
    band = change.band_after if change.band_after != change.band_before else ""
    if not amount_of(change):
        return language.say("is_now", label=change.label, band=band)
    words = move(language, change)
    return language.say("and_now", words=words, band=band) if band else words


def _move(language: Language, change: StatChange) -> str:
    how = "rises" if amount_of(change) > 0 else "falls"
    return language.say(_with_many(language, how, change.label), label=change.label, now=_now(change))


def _move_by(language: Language, change: StatChange) -> str:
    amount = amount_of(change)
    return language.say(
        _with_many(language, "rises_by" if amount > 0 else "falls_by", change.label),
        label=change.label,
        amount=abs(amount),
        before=_shown(change.before),
        now=_now(change),
    )


def _with_many(language: Language, key: str, label: str) -> str:
    """Return the sentence for a label that is one thing, or for one that is many: `Legs rise`."""
    words = label.casefold().split()
    known = ("_".join(words), *words[-1:])
    is_many = any(_matches(each, known) for each in language.words_of("labels_many"))
    return (
        f"{key}_many" if is_many and not any(_matches(each, known) for each in language.words_of("labels_one")) else key
    )


def _matches(pattern: str, words: Sequence[str]) -> bool:
    """Tell whether one of the words is the pattern's, which may begin with a star for any letters."""
    ending = pattern.casefold().removeprefix("*")
    return any(each.endswith(ending) if pattern.startswith("*") else each == ending for each in words)


def _now(change: StatChange) -> str:
    return _shown(change.after)


def _shown(value: float | None) -> str:
    return "" if value is None else shown(value)
