"""What a story says of itself: its title, where it begins and how it may end, what its status and its panels show, what was renamed."""

from collections.abc import Collection

from siberia_quest.lang.scope import nearest
from siberia_quest.loading.book import Book
from siberia_quest.loading.declarations import make_label
from siberia_quest.loading.tree import Mapping, Scalar
from siberia_quest.model.expression import Constant
from siberia_quest.model.story import Achievement, Ending, Header, SidePanel, StatusItem

#: The version of the story language.
LANGUAGE = 1


def read_start(book: Book, header: Mapping, passages: Collection[str]) -> str:
    """Return the passage in which a game begins."""
    node = header.get("start")
    first = next(iter(passages), "")
    if node is None:
        return first
    name = book.text(node, "`start`")
    for known in (name, f"{book.main}.{name}", book.names.passages.first_of(name)):
        if known in passages:
            return known
    fix, why = nearest(name, list(passages)), "the story must begin somewhere"
    book.report("SQ203", f"no passage named `{name}`", node.span, fix, why)
    return first


def read_heading(book: Book, header: Mapping, story_id: str, start: str) -> Header:
    """Return what the story says of itself, still without the hashes of what it does and says."""
    said = {name: book.text(header.get(name), f"`{name}`") for name in ("by", "version", "about", "content_notes")}
    title = book.text(header.get("story"), "`story`")
    language = header.get("language")
    if language is not None and book.text(language, "`language`") != str(LANGUAGE):
        fix = f"write `language: {LANGUAGE}`, or take it out; the words a player sees are English"
        what = f"`language:` is the version of the story language, and there is {LANGUAGE} alone"
        book.report("SQ206", what, language.span, fix)
    return Header(id=story_id, title=title, start=start, structure="", wording="", **said)


def read_status(book: Book, header: Mapping) -> tuple[StatusItem, ...]:
    """Read what the status line shows."""
    found = []
    scope = book.scope(book.main)
    for item in book.sequence(header.get("status"), "`status`"):
        expression, kind = book.expression(item, scope, None, "")
        name = book.text(item, "`status`")
        stat = book.names.stats.get(name)
        if isinstance(expression, Constant) and kind.base == "unknown":
            continue
        found.append(StatusItem(name, stat[0] if stat else make_label(name), expression, kind))
    return tuple(found)


def read_panels(book: Book, header: Mapping) -> tuple[SidePanel, ...]:
    """Read the panels of full screen."""
    found = []
    scope = book.scope(book.main)
    for key, node in book.mapping(header.get("panels"), "`panels:`").pairs:
        given = book.read_shape(node, "panel")
        sides = [book.words(given.get(side), f"`{side}`") for side in ("left", "right", "below")]
        for name in (name for side in sides for name in side):
            if book.names.kind_of(name) is None and name not in book.names.formulas:
                fix = nearest(name, book.names.values())
                book.report("SQ201", f"no stat or variable is named `{name}`", node.span, fix)
        condition = book.condition(given.get("if"), scope)
        found.append(SidePanel(key.text, condition, book.prose(given.get("title"), scope, "`title`"), *sides))
    return tuple(found)


def read_renames(book: Book, header: Mapping) -> dict[str, str]:
    """Read the renames."""
    return {
        key.text: book.text(node, "`renames`") for key, node in book.mapping(header.get("renames"), "`renames:`").pairs
    }


def read_endings(book: Book, header: Mapping) -> tuple[dict[str, Ending], dict[str, Achievement]]:
    """Read the endings and achievements."""
    endings, achievements = {}, {}
    for section in ("endings", "achievements"):
        for key, node in book.mapping(header.get(section), f"`{section}:`").pairs:
            book.id(key, "an ending")
            title: str = make_label(key.text)
            given = Mapping((), node.span)
            if isinstance(node, Scalar):
                title = book.text(node, "a title")
            else:
                given = book.read_shape(node, "ending" if section == "endings" else "achievement", f"`{key.text}`")
                title = book.text(given.get("title"), "`title`") or title
            text, hint = book.text(given.get("text"), "`text`"), book.text(given.get("hint"), "`hint`")
            if section == "endings":
                endings[key.text] = Ending(
                    key.text, title, int(book.number(given.get("rank"), "`rank`", 100)), text, hint
                )
            else:
                achievements[key.text] = Achievement(key.text, title, text, hint)
    return endings, achievements
