"""Games in mid-play, saved; and what becomes of them in an edited story, beside what is known to be right."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from edits.editing import EDITS, Draft, Names
from edits.trees import Place, Tree
from siberia_quest import load_story
from siberia_quest.engine.turns import NotOnOffer, advance, begin
from siberia_quest.model.state import Frame, State
from siberia_quest.model.steps import walk
from siberia_quest.model.story import Story
from siberia_quest.play.catalogue import SPOKEN
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.codec.addresses import key_of
from siberia_quest.storage.slots import OpenedSave, SavedGame, Saves
from stories.dice import Dice, seeded

_LONGEST_GAME = 40
_TRIES = 12
#: Where each node of a story's files stands, by file.
Origins: TypeAlias = Mapping[str, Mapping[Place, int]]


class Kept(NamedTuple):
    """A game in mid-play: its file, its picks, and the numbers of the nodes at which it stood after each turn."""

    path: Path
    seed: int
    picks: tuple[str, ...]
    stood: tuple[tuple[int, ...], ...]


class Case(NamedTuple):
    """A story with games that were saved in it."""

    name: str
    main: str
    trees: Mapping[str, Tree]
    story: Story
    names: Names
    games: tuple[Kept, ...]
    near: Mapping[str, tuple[int, ...]]
    is_folder: bool


class Judged(NamedTuple):
    """What became of a save: a word for it, and what was wrong, "" for nothing."""

    became: str
    wrong: str = ""


# --- before the edit --------------------------------------------------------------------------------------------------


def read_case(source: Path, folder: Path, names: Names, games: int) -> Case:
    """Write a story anew as its trees are written, and play some games of it."""
    given = source.rglob("*.yaml") if source.is_dir() else [source]
    paths = sorted(path for path in given if "tests" not in path.relative_to(source.parent).parts[1:])
    trees = {path.name: Tree.read(path.read_text("utf-8")) for path in paths}
    main = "story.yaml" if source.is_dir() else source.name
    place = folder / source.stem
    story, origins = _read(trees, main, place, is_folder=source.is_dir())
    assert story
    met = Counter[tuple[int, ...]]()
    saved = tuple(_played(story, origins, folder / f"saves-{source.stem}", seed, met) for seed in range(games))
    near: dict[str, set[int]] = {}
    for game in saved:
        for number, file in zip(
            game.stood[-1], _files(story, Saves(story, game.path.parent.parent), game), strict=False
        ):
            near.setdefault(file, set()).add(number)
    everywhere = {file: tuple(sorted(numbers)) for file, numbers in near.items()} or {main: (1,)}
    return Case(source.stem, main, trees, story, names, saved, everywhere, source.is_dir())


def _files(story: Story, saves: Saves, game: Kept) -> list[str]:
    found = saves.examine(game.path).game
    assert found
    return [story.passages[frame.passage].file for frame in found.state.frames]


def _read(trees: Mapping[str, Tree], main: str, folder: Path, *, is_folder: bool) -> tuple[Story | None, Origins]:
    folder.mkdir(parents=True, exist_ok=True)
    origins: dict[str, Mapping[Place, int]] = {}
    for name, tree in trees.items():
        written = tree.written()
        (folder / name).write_text(written.text, "utf-8")
        origins[name] = written.origins
    return load_story(folder if is_folder else folder / main).story, origins


def _played(story: Story, origins: Origins, folder: Path, seed: int, met: Counter[tuple[int, ...]]) -> Kept:
    """Play a game, go back to where the fewest games were saved, and save it there."""
    dice, play = seeded(seed), Playthrough.start(story, seed)
    stood = [_stands(story, origins, play.state)]
    while len(stood) < _LONGEST_GAME and not play.page.ending:
        _step(play, dice)
        stood.append(_stands(story, origins, play.state))
    turn = min(range(len(stood)), key=lambda each: (met[stood[each]], dice.below(100)))
    play.back_to(turn)
    met[stood[turn]] += 1
    saves = Saves(story, folder)
    assert saves.save(play.make_save(), f"game-{seed}") is None
    return Kept(saves.path(f"game-{seed}"), seed, play.picks, tuple(stood[: turn + 1]))


def _step(play: Playthrough, dice: Dice) -> None:
    open_ = [each.id for each in play.page.options if each.enabled]
    for pick in [dice.one_of(open_)] if open_ else ["Bo", "1", "5"]:
        try:
            play.pick(pick)
        except NotOnOffer:
            continue
        return


def _stands(story: Story, origins: Origins, state: State) -> tuple[int, ...]:
    """The numbers of the nodes of the steps at which a game stands and comes back to; a copy counts where what it is of is gone."""
    return tuple(_number(story, origins, frame) for frame in state.frames)


def _number(story: Story, origins: Origins, frame: Frame) -> int:
    passage, key = story.passages[frame.passage], key_of(frame.address)
    for step in walk(passage.steps):
        if getattr(step, "key", None) == key:
            number = origins[passage.file].get(step.at, -1)
            is_left = number < 0 and all(-number not in places.values() for places in origins.values())
            return -number if is_left else max(number, 0)
    return -1


# --- after it ---------------------------------------------------------------------------------------------------------


def edited(case: Case, seed: int, folder: Path, among: Sequence[str]) -> tuple[str, Story, Origins] | None:
    """A story with an edit or two in it; None where no edit was found with which it loads."""
    dice = seeded(seed)
    for _ in range(_TRIES):
        draft = Draft(case.trees, case.main, dice, case.names, case.near)
        done = [dice.one_of(among) for _ in dice.some(1, 3)]
        for name in done:
            EDITS[name](draft)
        whole = {name: draft.touched.get(name, tree) for name, tree in case.trees.items()}
        story, origins = _read(whole, case.main, folder / case.name, is_folder=case.is_folder)
        if story and story.header.wording != case.story.header.wording:
            return " and ".join(done), story, origins
    return None


def judged(story: Story, origins: Origins, game: Kept) -> Judged:
    """What became of a save in an edited story."""
    opened = Saves(story, game.path.parent.parent).examine(game.path)
    if opened.refusal:
        wrong = "" if opened.refusal.code == "SQ713" else f"{opened.refusal.code} {SPOKEN.tell(opened.refusal.message)}"
        return Judged("refused", wrong)
    assert opened.game
    there = {number for places in origins.values() for number in places.values()}
    became = "loaded"
    if opened.ask:
        became = "asked of what is there" if there.issuperset(game.stood[-1]) else "asked of what is gone"
    return Judged(
        became, _wrong_place(story, origins, game, opened.game) or _wrong_ways(story, game, opened, opened.game)
    )


def _wrong_place(story: Story, origins: Origins, game: Kept, found: SavedGame) -> str:
    then, now = game.stood[len(found.picks)], _stands(story, origins, found.state)
    return "" if then == now else f"stood at {then} and stands at {now}: {found.state.frames}"


def _wrong_ways(story: Story, game: Kept, opened: OpenedSave, found: SavedGame) -> str:
    """What is wrong with the ways on: options that lead nowhere, are closed, or go otherwise than in a game that was played there."""
    play = Playthrough.restore(story, found)
    page, offered = play.page, play.state.offer
    shown = tuple(each.id if each.enabled else f"-{each.id}" for each in page.options)
    if shown != offered:
        return f"shows {shown} and offers {offered}"
    if not page.ask and not page.ending and not any(each.enabled for each in page.options):
        return "nothing is open"
    again = _replayed(story, game, len(found.picks))
    for pick in [each.id for each in page.options if each.enabled] or ["Bo"] * bool(page.ask):
        try:
            turn = advance(story, play.state, pick)
        except NotOnOffer as refused:
            if not page.ask:
                return f"`{pick}` is shown and refused: {refused.reason}"
            continue
        if again is not None and _is_same(again, play.state) and advance(story, again, pick) != turn:
            return f"`{pick}` leads elsewhere than in a game that was played there"
    if again is not None and _is_same(again, play.state) and (again.offer, not opened.ask) != (offered, not opened.ask):
        return f"offers {offered}, and a game that was played there {again.offer}"
    return ""


def _replayed(story: Story, game: Kept, turns: int) -> State | None:
    """The state after the picks of a game in this story, None where they cannot be made."""
    turn = begin(story, game.seed)
    for pick in game.picks[:turns]:
        try:
            turn = advance(story, turn.state, pick)
        except NotOnOffer:
            return None
        if turn.page.problem:
            return None
    return turn.state


def _is_same(one: State, other: State) -> bool:
    """Tell whether two games came to the same place with the same in hand."""
    return one._replace(offer=(), turn=0) == other._replace(offer=(), turn=0)


def tallied(
    case: Case, seeds: Sequence[int], folder: Path, among: Sequence[str] = tuple(EDITS)
) -> tuple[Counter[str], list[str]]:
    """Edit a story with each seed and open all its games; return what became of them, and what went wrong."""
    became, wrong = Counter[str](), []
    for seed in seeds:
        found = edited(case, seed, folder, among)
        if found is None:
            became["no edit"] += 1
            continue
        done, story, origins = found
        for game in case.games:
            each = judged(story, origins, game)
            became["wrong" if each.wrong else each.became] += 1
            if each.wrong:
                wrong.append(f"{case.name}, seed {seed}, {done}, {game.path.stem}: {each.became}, {each.wrong}")
    return became, wrong


def unlike_before(case: Case, folder: Path) -> Iterator[str]:
    """The control beneath all others: what is wrong with games in a story that was only written anew."""
    story, origins = _read(case.trees, case.main, folder / "same" / case.name, is_folder=case.is_folder)
    assert story
    for game in case.games:
        each = judged(story, origins, game)
        if each != Judged("loaded"):
            yield f"{case.name}, {game.path.stem}: {each}"
