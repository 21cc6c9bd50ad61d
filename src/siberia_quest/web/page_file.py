"""A story as one file for a browser: its script, the engine, the page and its looks, under a policy that lets nothing else run."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from html import escape

from siberia_quest.model.language import Language
from siberia_quest.model.story import Story
from siberia_quest.web.bundle import bundle, list_scripts, name_of, names_of, read_script
from siberia_quest.web.colours import style_of
from siberia_quest.web.cover import Cover
from siberia_quest.web.ifiction import SPACE
from siberia_quest.web.print_javascript import constant
from siberia_quest.web.story_script import print_story

_MAIN = "page/main.js"
_WATCHED = "page/watched.js"
_STYLE = "page/page.css"
#: What printed code may call, each from a module of the engine.
_ENGINE = tuple(
    f"runtime/{name}.js" for name in ("numbers", "chance", "text", "counts", "language", "flow", "figures", "story")
)
#: Begins of keys that the page puts together where it says them.
_FAMILIES = ("odds_", "rises", "falls")


def make_page(story: Story, cover: Cover | None = None, edition: int = 0) -> str:
    """Return a story as a page of HTML; one that is being written has the number of its edition, and asks for the next."""
    header = story.header
    script = f'"use strict";\n{bundle(_WATCHED if edition else _MAIN)}{_story(story, cover, edition)}'
    style = read_script(_STYLE) + style_of(header.colours)
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{escape(header.language_of_text or story.language.name)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy(script, style, is_watched=edition > 0)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            *(_about(story)),
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f"<noscript><p>{escape(story.language.say('page_needs_script'))}</p></noscript>",
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        )
    )


def policy(script: str, style: str, *, is_watched: bool = False) -> str:
    """Return the policy of a page: its own script and looks, by their hashes, pictures that lie in it, and no connection to anywhere.

    One that is being written may ask where it comes from.
    """
    asks = "connect-src 'self'; " if is_watched else ""
    return (
        f"default-src 'none'; {asks}script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _about(story: Story) -> Iterator[str]:
    header = story.header
    yield f"<title>{escape(header.title)}</title>"
    told: Mapping[str, str] = {
        "author": header.by,
        "description": header.about,
        "generator": "siberia-quest",
        "dcterms.license": header.licence,
    }
    yield from (f'<meta name="{name}" content="{escape(text)}">' for name, text in told.items() if text)
    shared: Mapping[str, str] = {"og:type": "website", "og:title": header.title, "og:description": header.about}
    if header.ifid:
        yield f'<meta prefix="ifiction: {SPACE}" property="ifiction:ifid" content="{header.ifid}">'
    yield from (f'<meta property="{name}" content="{escape(text)}">' for name, text in shared.items() if text)


def _story(story: Story, cover: Cover | None, edition: int) -> str:
    """Return what opens the story in the page."""
    given = "".join(f"const {{{', '.join(names_of(path))}}} = {name_of(path)};\n" for path in _ENGINE)
    printed = print_story(story, find_sentences(story.language), _facts(story, cover, edition))
    opened = f"{name_of(_WATCHED)}.watch" if edition else f"{name_of(_MAIN)}.main"
    return f"{opened}((() => {{\n{given}{printed}}})());\n"


def _facts(story: Story, cover: Cover | None, edition: int) -> Iterator[str]:
    """Yield what the story says of itself, as a part of what it is printed as."""
    header = story.header
    told = {
        "title": header.title, "by": header.by, "about": header.about, "version": header.version, "notes": header.content_notes,
        "ifid": header.ifid, "licence": header.licence, "language": story.language.name,
        "cover": cover.address if cover else "", "structure": header.structure, "wording": header.wording,
    }  # fmt: skip
    hints = tuple((id_, each.hint) for id_, each in story.endings.items())
    cards = tuple((id_, each.title, each.hint) for id_, each in story.achievements.items())
    row = ", ".join(f"{name}: {constant(text)}" for name, text in told.items())
    known = f"edition: {edition:d}, hasColours: {constant(bool(header.colours))}"
    yield f"about: {{{row}, {known}, hints: new Map({constant(hints)}), cards: {constant(cards)}}},"


def find_sentences(language: Language) -> set[str]:
    """Return the keys of all sentences that the page says."""
    quoted = {key for path in list_scripts(_MAIN) for key in re.findall(r'"(\w+)"', read_script(path))}
    return {key for key in language.sentences if key in quoted or key.startswith(_FAMILIES)}
