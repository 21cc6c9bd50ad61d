"""What a story says of itself: its title, where it begins and how it may end, what was renamed."""

import re
from collections.abc import Collection
from types import MappingProxyType
from typing import Literal

from siberia_quest.lang.scope import nearest
from siberia_quest.loading.declarations import Declarations, make_label
from siberia_quest.loading.imprint import read_colours, read_publishing, read_theme
from siberia_quest.loading.panels import read_map
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.sentences import ENGLISH, list_languages, read_language
from siberia_quest.loading.taken_words import find_commands
from siberia_quest.loading.tree import Mapping, Node, Scalar
from siberia_quest.model.language import Language, places_in
from siberia_quest.model.sites import name_of_site
from siberia_quest.model.story import Achievement, Ending, Header

#: The version of the story language: the one thing but the name of a language that may stand under `language:`.
VERSION = "1"
#: Languages by their own names.
_LANGUAGES = MappingProxyType({"german": "de", "deutsch": "de", "english": "en", "englisch": "en"})


def read_start(context: ReadingContext, header: Mapping, passages: Collection[str]) -> str:
    """Return the passage in which a game begins."""
    node = header.get("start")
    first = next(iter(passages), "")
    if node is None:
        return first
    name = context.text(node, "`start`")
    for known in (name, f"{context.main}.{name}", context.names.passages.first_of(name)):
        if known in passages:
            return known
    here = [id_.removeprefix(f"{context.main}.") for id_ in passages]
    fix, why = (
        nearest(name, [*here, *passages]) or f"write a passage, as in `start: {here[0]}`" if here else "",
        "the story must begin somewhere",
    )
    context.report("SQ203", f"no passage named `{name}`", node.span, fix, why)
    return first


def read_heading(context: ReadingContext, header: Mapping, story_id: str, start: str) -> Header:
    """Return what the story says of itself, still without the hashes of what it does and says."""
    said = {name: context.text(header.get(name), f"`{name}`") for name in ("by", "version", "about", "content_notes")}
    said |= read_publishing(context, header)
    colours = read_colours(context, header)
    title = context.text(header.get("story"), "`story`")
    undo = context.condition(header.get("undo"), context.scope(context.main))
    return Header(
        id=story_id,
        title=title,
        start=start,
        structure="",
        wording="",
        undo=undo,
        map=read_map(context, header),
        colours=colours,
        theme=read_theme(context, header),
        **said,
    )


def report_id(context: ReadingContext, node: Node | None, made: str) -> None:
    """Report an id that cannot be one, of which another is made."""
    if isinstance(node, Scalar) and node.text != made:
        why = f"the story's saves would be kept under `{made}`, which is made of it"
        said = f"`{node.text}` cannot be the id of a story"
        context.report("SQ207", said, node.span, f"write `id: {made}`", why, "warning")


def find_language(context: ReadingContext, header: Mapping) -> Language:
    """Return the language that the interface speaks in a story, with the story's own sentences, and keep what its commands are called."""
    node, known = header.get("language"), list_languages()
    name = context.text(node, "`language`")
    if node is not None and name not in {*known, VERSION}:
        fix = (
            f"write one of these: {', '.join(known)}; or take it out, and give sentences of your own under `sentences:`"
        )
        said, why = (
            f"the interface does not speak `{name}`",
            "its sentences are in no catalogue, so that players would read English",
        )
        meant = _LANGUAGES.get(name.lower()) or re.split("[-_]", name.lower())[0]
        if name[:1].isdigit():
            said, why = (
                f"there is no version {name} of the language of stories",
                f"a number there is its version, and {VERSION} is the only one",
            )
            fix = f"write `language: {VERSION}`, or take it out"
        elif meant in known:
            fix = f"write `language: {meant}`"
        context.report("SQ228", said, node.span, fix, why)
    language = read_language(name if name in known else ENGLISH, {})
    own: dict[str, str] = {}
    for key, sentence in context.mapping(header.get("sentences"), "`sentences:`").pairs:
        if key.text not in language.sentences or key.text.startswith(("number_", "ordinal_")):
            fix = nearest(key.text, list(language.sentences)) or "docs/sentences.md has them all"
            context.report("SQ229", f"the interface has no sentence `{key.text}`", key.span, fix)
            continue
        own[key.text] = context.text(sentence, "a sentence")
        there = places_in(language.sentences[key.text])
        for place in sorted(places_in(own[key.text]) - there):
            which = ", ".join(f"`{{{each}}}`" for each in sorted(there)) or "nothing"
            fix = f"take it out; this sentence is given {which}"
            context.report("SQ229", f"nothing is put into this sentence for `{{{place}}}`", sentence.span, fix)
    language = read_language(language.name, own) if own else language
    context.commands = find_commands(language)
    return language


def read_renames(context: ReadingContext, header: Mapping) -> dict[str, str]:
    """Read the renames."""
    found = {}
    pairs = context.mapping(header.get("renames"), "`renames:`")
    for key, node in pairs.pairs:
        found[key.text] = context.text(node, "`renames`")
        report_rename(context, key, found[key.text], node, pairs)
    return found


def report_rename(context: ReadingContext, old: Scalar, new: str, node: Node, renames: Mapping) -> None:
    """Report a rename to something that there is not, or of something that is there still."""
    declared = list_ids(context)
    places = {name_of_site(site) for each in context.names.passages.all.values() for site in each.sites}
    known = {
        *declared,
        *places,
        *(name.rpartition(".")[2] for name in declared),
        *(key.text for key, _ in renames.pairs),
    }
    if new.rpartition(".")[2] not in known:
        said, why = f"nothing is named `{new}`", "so games that were saved with the old name find nothing"
        fix = nearest(new, sorted(known)) or "write the name that it has now"
        context.report("SQ203", said, node.span, fix, why, "warning")
    elif old.text in declared:
        said, why = f"`{old.text}` is there still", "a name that is in use is no old one, so this line is never read"
        context.report("SQ222", said, old.span, "take the line out, or rename what has this name now", why, "warning")


def list_ids(context: ReadingContext) -> set[str]:
    """Return everything a saved game may name that stands in a story once: what is declared, members, passages and scenes."""
    names, passages = context.names, context.names.passages
    members = {f"{kind.name}.{member}" for kind in names.kinds.values() for member in kind.ids}
    own = {id_.partition(".")[2] for id_ in passages.all if id_.startswith(f"{context.main}.")}
    return {*names.values(), *names.phrases, *context.endings, *members, *passages.all, *passages.firsts, *own}


def read_endings(context: ReadingContext, declared: Declarations) -> tuple[dict[str, Ending], dict[str, Achievement]]:
    """Read the endings and achievements of all files."""
    endings: dict[str, Ending] = {}
    achievements: dict[str, Achievement] = {}
    for key, node, _ in declared.each("endings"):
        if _is_free(context, key, endings, "an ending"):
            title, text, hint, given = _read_card(context, key, node, "ending")
            rank = int(context.number(given.get("rank"), "`rank`", 100))
            endings[key.text] = Ending(key.text, title, rank, text, hint)
    for key, node, _ in declared.each("achievements"):
        if _is_free(context, key, achievements, "an achievement"):
            title, text, hint, _given = _read_card(context, key, node, "achievement")
            achievements[key.text] = Achievement(key.text, title, text, hint)
    return endings, achievements


def _is_free(context: ReadingContext, key: Scalar, known: Collection[str], what: str) -> bool:
    """Tell whether nothing of that name is known yet; another file may have it."""
    context.id(key, what)
    if key.text in known:
        context.report("SQ208", f"{what} is named `{key.text}` already", key.span, "choose another name")
    return key.text not in known


def _read_card(
    context: ReadingContext, key: Scalar, node: Node, shape: Literal["ending", "achievement"]
) -> tuple[str, str, str, Mapping]:
    """Return the title, text and hint of an ending or achievement, and all that stands there."""
    if isinstance(node, Scalar):
        return context.text(node, "a title"), "", "", Mapping((), node.span)
    given = context.read_shape(node, shape, f"`{key.text}`")
    title = context.text(given.get("title"), "`title`") or make_label(key.text)
    return title, context.text(given.get("text"), "`text`"), context.text(given.get("hint"), "`hint`"), given
