"""What a player or a program asked for when the game was started; and a story that begins elsewhere, or with other values."""

from collections.abc import Mapping
from pathlib import Path

from siberia_quest.model.expression import Constant
from siberia_quest.model.kinds import Kind, Value, ValueKind
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.story import Story, Variable
from siberia_quest.play.catalogue import list_names, say, words_of
from siberia_quest.play.picking import find_nearest


class PlayRequest(NamedTuple):
    """How to play: `front` is "" (the terminal decides), `full`, `plain` or `json`.

    `resume` names a save to go on with. `script` holds picks to play, `record` the file to write them to.
    `start` is a passage to begin in, `values` are settings, stats and variables to begin with. `force` lets the record replace a file.
    `prompt` is written where a choice is asked for, in plain text.
    """

    front: str = ""
    resume: str = ""
    seed: int | None = None
    script: Path | None = None
    record: Path | None = None
    start: str = ""
    values: Mapping[str, str] = {}  # a default that nobody fills
    force: bool = False
    prompt: str = ""


class WrongRequest(Exception):  # noqa: N818
    """A wish that cannot be granted: wrong usage, told in one line."""


def settings_in(story: Story, values: Mapping[str, str]) -> dict[str, Value]:
    """Return those of the values that are settings, as their kinds want them. Raises WrongRequest."""
    return {
        name: _value(name, text, story.settings[name].kind, Kind(name, story.settings[name].options))
        for name, text in values.items()
        if name in story.settings
    }


def only_settings_in(story: Story, values: Mapping[str, str]) -> dict[str, Value]:
    """Return values that must all be settings, as their kinds want them. Raises WrongRequest."""
    for name in values:
        if name not in story.settings:
            raise WrongRequest(_unknown("no_setting", name, [*story.settings]))
    return settings_in(story, values)


def alter_story(story: Story, start: str, values: Mapping[str, str]) -> Story:
    """Return a story that begins in another passage and with other values of stats and variables. Raises WrongRequest."""
    stats, variables = dict(story.stats), dict(story.variables)
    for given, text in values.items():
        name, member = _member_in(given) if given not in variables else (given, "")
        if member and name in variables and variables[name].kind.base == "per":
            variables[name] = _alter_member(story, variables[name], member, text)
        elif name in stats and not member:
            stats[name] = stats[name]._replace(start=Constant(_value(name, text, ValueKind("number"), None)))
        elif name in variables and not member:
            kind = variables[name].kind
            variables[name] = variables[name]._replace(
                start=Constant(_value(name, text, kind, story.kinds.get(kind.of)))
            )
        elif given not in story.settings:
            raise WrongRequest(_unknown("unknown_name", given, [*stats, *variables, *story.settings]))
    header = story.header._replace(start=_passage(story, start)) if start else story.header
    parts = {name: getattr(story, name) for name in Story.__slots__ if name != "memo"}
    return Story(**{**parts, "header": header, "stats": stats, "variables": variables})


def _member_in(given: str) -> tuple[str, str]:
    """Return the name and the member of `cuts.pit` or `cuts(pit)`; the member is "" where none is named."""
    name, sign, member = given.partition("(" if given.endswith(")") else ".")
    return name.strip(), member.removesuffix(")").strip() if sign else ""


def _alter_member(story: Story, variable: Variable, member: str, text: str) -> Variable:
    """Return a variable that begins with another number for one member. Raises WrongRequest."""
    members = story.kinds[variable.kind.of].ids
    if member not in members:
        raise WrongRequest(say("not_among", name=variable.name, which=list_names(members), text=member))
    number = _number(text)
    if number is None:
        raise WrongRequest(
            say("not_of_kind", name=f"{variable.name}({member})", kind=ValueKind("number").in_words(), text=text)
        )
    held = variable.start.value if isinstance(variable.start, Constant) else ()
    before = [each for each in held if isinstance(each, int | float)] if isinstance(held, tuple) else []
    now = dict(zip(members, before or [0] * len(members), strict=True)) | {member: number}
    return variable._replace(start=Constant(tuple(now.values())))


def _passage(story: Story, start: str) -> str:
    """Return the whole id of a passage that is named by its id, or by its last part where that is enough."""
    found = [id_ for id_ in story.passages if id_ == start or id_.split(".")[-1] == start]
    found = [id_ for id_ in found if id_ == start] or found
    if not found:
        raise WrongRequest(_unknown("unknown_passage", start, [id_.split(".")[-1] for id_ in story.passages]))
    if len(found) > 1:
        raise WrongRequest(say("several_passages", name=start, which=", ".join(found)))
    if story.passages[found[0]].parameters:
        raise WrongRequest(say("passage_needs_values", name=found[0]))
    return found[0]


def _number(text: str) -> int | float | None:
    from siberia_quest.engine.typed_numbers import number_in  # noqa: PLC0415  # few games begin with one

    return number_in(text)


def _value(name: str, text: str, kind: ValueKind, members: Kind | None) -> Value:
    if kind.base == "text":
        return text
    if kind.base == "number":
        number = _number(text)
        if number is None:
            raise WrongRequest(say("not_of_kind", name=name, kind=kind.in_words(), text=text))
        return number
    if kind.base == "yes_no" and text.casefold() in words_of("on_words") | words_of("off_words"):
        return text.casefold() in words_of("on_words")
    if kind.base == "member" and members and text in members.ids:
        return text
    if members and kind.base in {"set", "list"}:
        return _read_held(name, text, kind, members)
    if members and kind.base == "per":
        return _numbers(name, text, kind, members)
    if members:
        raise WrongRequest(say("not_a_member", name=name, which=list_names(members.ids), text=text))
    raise WrongRequest(say("not_of_kind", name=name, kind=kind.in_words(), text=text))


def _read_held(name: str, text: str, kind: ValueKind, members: Kind) -> tuple[str, ...]:
    """Return what a set or list holds, from names with commas or spaces between them: `rope,lamp`. Raises WrongRequest."""
    words = text.strip("{}[] ").replace(",", " ").split()
    for word in words:
        if word not in members.ids:
            raise WrongRequest(say("not_among", name=name, which=list_names(members.ids), text=word))
    return tuple(each for each in members.ids if each in words) if kind.base == "set" else tuple(words)


def _numbers(name: str, text: str, kind: ValueKind, members: Kind) -> tuple[float, ...]:
    """Return a number for each member, from `axe:3,rope:1`; those that are not named get 0. Raises WrongRequest."""
    given: dict[str, float] = {}
    for piece in text.strip("{} ").replace(",", " ").split():
        member, _, number = piece.partition(":")
        meant = _number(number)
        if meant is None:
            raise WrongRequest(say("not_of_kind", name=name, kind=kind.in_words(), text=piece))
        given[member] = meant
        if member not in members.ids:
            raise WrongRequest(say("not_among", name=name, which=list_names(members.ids), text=member))
    return tuple(given.get(each, 0) for each in members.ids)


def _unknown(key: str, name: str, known: list[str]) -> str:
    near = find_nearest(name, (), known)
    return say(key, name=name) + (f" {say('nearest', name=near)}" if isinstance(near, str) else "")
