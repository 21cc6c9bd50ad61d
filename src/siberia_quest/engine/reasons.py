"""Why an option is greyed, in words, where its author gave none: nothing that a player may not know."""

from siberia_quest.model.expression import Comparison, Constant, Expression, Operation, Reference, Sign
from siberia_quest.model.kinds import Value
from siberia_quest.model.story import Stat, Story

#: The sentence for each sign; of a stat shown by band those alone for whose bound there is a word.
_SENTENCES: tuple[tuple[Sign, str], ...] = (
    (">=", "needs_at_least"),
    ("<", "needs_below"),
    (">", "needs_above"),
    ("<=", "needs_at_most"),
    ("==", "needs_exactly"),
)
_OF_BOUNDS = frozenset({">=", "<"})


def reason_of(story: Story, needs: Expression) -> str:
    """Return words for what is needed; of what has no words, or may not be told, only that something is."""
    return _reason(story, needs) or story.language.say("needs_something")


def _reason(story: Story, needs: Expression) -> str:
    match needs:
        case Operation("and", operands):
            reasons = [_reason(story, each) for each in operands]
            told = reasons[0]
            for each in reasons[1:]:
                told = story.language.say("needs_all", first=told, other=each)
            return told if all(reasons) else ""
        case Comparison(Reference(name), ((sign, Constant(value)),)) if name in story.stats:
            return _reason_of_stat(story, story.stats[name], sign, value)
        case _:
            return ""


def _reason_of_stat(story: Story, stat: Stat, sign: Sign, value: Value) -> str:
    key = dict(_SENTENCES).get(sign)
    match stat.sight:
        case "hidden":
            return ""
        case "band":
            word = dict(stat.bands).get(value) if isinstance(value, int | float) and sign in _OF_BOUNDS else None
            return story.language.say(key, label=stat.label, value=word) if key and word else ""
        case _:
            return story.language.say(key, label=stat.label, value=value) if key else ""
