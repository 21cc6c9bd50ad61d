"""The names of a story that has been read: for expressions that stand outside of it, in its tests or on the command line."""

from collections.abc import Callable

from siberia_quest.lang import scope
from siberia_quest.model.kinds import ValueKind
from siberia_quest.model.story import Story


def scope_of(story: Story, scene: str = "") -> scope.Scope:
    """Return a scope in which every name of a story is known, as in a scene (by default that of the story's own file)."""
    return scope.Scope(names_of(story), scene or story.id)


def names_of(story: Story) -> scope.Names:
    """Return everything a story declares, by name."""
    return scope.Names(
        stats={name: scope.KnownStat(stat.label, stat.start, stat.bands, stat.sight) for name, stat in story.stats.items()},
        variables={name: scope.KnownVariable(each.kind, each.start) for name, each in story.variables.items()},
        settings={name: each.kind for name, each in story.settings.items()},
        formulas={name: scope.KnownFormula(each.parameters, _say_kind(each.kind)) for name, each in story.formulas.items()},
        tables={name: scope.KnownTable(each.kinds, each.kind) for name, each in story.tables.items()},
        phrases={name: each.parameters for name, each in story.phrases.items()},
        kinds=story.kinds,
        passages=scope.KnownPassages({name: scope.KnownPassage(name, frozenset(each.sites)) for name, each in story.passages.items()}),
        checks={},
        members={name: frozenset(each.ids) for name, each in story.kinds.items()},
    )  # fmt: skip


def _say_kind(kind: ValueKind) -> Callable[[], ValueKind | None]:
    """Return what says a kind that is known already."""
    return lambda: kind
