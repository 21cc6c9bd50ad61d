"""What a program may ask to know of a game: stats, journal, endings and the like, as nouns by name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from siberia_quest.engine.status import chart_of, journal_of, stats_of
from siberia_quest.model.language import Language
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import CheckResult
from siberia_quest.model.story import Setting
from siberia_quest.play.game import Game
from siberia_quest.storage.slots import SaveEntry


class Report(NamedTuple):
    """Something to know of a game: `of` says what, `parts` are nouns, tuples of them and simple values by name."""

    of: str
    parts: Mapping[str, object]


def record_of(language: Language, saved: SaveEntry) -> dict[str, str | int | float]:
    """Return what is listed of a save, by name, with its fault in words."""
    plain = {name: value for name, value in saved._asdict().items() if isinstance(value, str | int | float)}
    return {**plain, "fault": language.tell(saved.fault)}


def describe_settings(game: Game) -> tuple[Mapping[str, object], ...]:
    """Return the story's settings with their choices, and what they are in this game."""
    state = game.state
    return tuple(_describe_setting(each, state.value(name)) for name, each in game.story.settings.items())


def _describe_setting(setting: Setting, value: object) -> Mapping[str, object]:
    kind = "choice" if setting.options else "text" if setting.kind.base == "text" else "number"
    options = tuple({"id": id_, "text": text} for id_, text in setting.options)
    about = {"name": setting.name, "ask": setting.prompt, "kind": kind, "options": options, "longest": setting.longest}
    return {**about, "start": setting.start, "value": value}


def _stats(game: Game) -> Mapping[str, object]:
    return {"stats": stats_of(game.story, game.state)}


def _journal(game: Game) -> Mapping[str, object]:
    return {
        "lines": journal_of(game.story, game.state).lines,
        "series": chart_of(game.story, game.state).series,
    }


def _history(game: Game) -> Mapping[str, object]:
    return {"turns": game.history()}


def _checkpoints(game: Game) -> Mapping[str, object]:
    return {"checkpoints": game.marks()}


def _endings(game: Game) -> Mapping[str, object]:
    gallery, story = game.gallery(), game.story
    endings = sorted(story.endings.values(), key=lambda ending: ending.rank)
    return {
        "endings": tuple(
            _found(each.id, each.title, each.hint, is_found=each.id in gallery.endings) for each in endings
        ),
        "achievements": tuple(
            _found(each.id, each.title, each.hint, is_found=each.id in gallery.achievements)
            for each in story.achievements.values()
        ),
    }


def _found(id_: str, title: str, hint: str, *, is_found: bool) -> Mapping[str, object]:
    return {"id": id_ if is_found else "", "title": title if is_found else "", "found": is_found, "hint": hint}


def _saves(game: Game) -> Mapping[str, object]:
    return {"folder": str(game.folder()), "saves": tuple(record_of(game.language, each) for each in game.slots())}


def _settings(game: Game) -> Mapping[str, object]:
    shown = tuple(
        {"name": name, "on": on, "text": game.say(f"setting_{name}")}
        for name, on in game.preferences().switches().items()
    )
    return {"shown": shown, "chosen": describe_settings(game), "seed": game.play.seed}


def _changes(game: Game) -> Mapping[str, object]:
    return {"changes": game.page.changes}


def _checks(game: Game) -> Mapping[str, object]:
    return {"checks": tuple(block for block in game.page.blocks if isinstance(block, CheckResult))}


def _panels(game: Game) -> Mapping[str, object]:
    return {"panels": game.page.panels}


#: Every report by its name.
REPORTS: Mapping[str, Callable[[Game], Mapping[str, object]]] = MappingProxyType(
    {
        "stats": _stats, "journal": _journal, "history": _history, "checkpoints": _checkpoints, "endings": _endings,
        "saves": _saves, "settings": _settings, "changes": _changes, "checks": _checks, "panels": _panels,
    }
)  # fmt: skip
