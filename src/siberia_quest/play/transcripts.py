"""The story so far, written down for readers: as plain text, as Markdown, as a page of HTML."""

import errno
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from siberia_quest.engine.turns import NotOnOffer, Turn, advance, begin
from siberia_quest.model.language import Language
from siberia_quest.model.markup import RunStyle, clean
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.page import Art, Block, EndingBlock, Paragraph, Run, StatChange, Title
from siberia_quest.play.plain_view import item_lines, one_line
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.paths import fresh_path, read_path, write_new

_SIGNS = re.compile(r"([\\`*_\[\]<>&|~])")
_AT_THE_BEGINNING = re.compile(r"^(\d*)([-+#=.)])(?=\s|#|$)", re.MULTILINE)
TranscriptForm: TypeAlias = Literal["text", "markdown", "html"]


class Passed(NamedTuple):
    """A turn as it is written down: what was picked, "" at the beginning, what was told, and the notes of the player behind it."""

    pick: str
    blocks: Sequence[Block]
    notes: Sequence[str] = ()
    #: Where the story was edited since, the rest cannot be told again.
    is_cut: bool = False


def transcript_of(play: Playthrough, form: TranscriptForm = "text") -> str:
    """Return all that was told and picked, in one of the forms; without a line end behind it."""
    return FORMS[form](play, list(_turns_of(play)))


def form_named(name: str) -> TranscriptForm | None:
    """Return the form that is called so, by its name or the ending of its files: `html`, `.md`; None for no such form."""
    return _NAMES.get(name.casefold().lstrip("."))


def form_of(file: str) -> TranscriptForm:
    """Return the form that a file's name asks for by its ending; text where it does not."""
    return form_named(Path(file).suffix) or "text"


def write_transcript(play: Playthrough, folder: Path, file: str, form: TranscriptForm) -> Path:
    """Write the story so far into a new file, by default one in a folder; return where it is.

    Raises OSError, FileExistsError for a file that is there already: nothing is written over.
    """
    path = read_path(file) if file else fresh_path(folder, time.strftime("%Y-%m-%d-%H%M%S"), _ENDINGS[form])
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    write_new(path, f"{transcript_of(play, form)}\n".encode("utf-8", "replace"))
    return path


def _turns_of(play: Playthrough) -> Iterator[Passed]:
    turn = begin(play.story, play.seed, play.settings, play.kept)
    picked = ""
    for number, pick in enumerate(play.picks):
        yield Passed(picked, turn.page.blocks, _notes(play, number))
        picked = _words(turn, pick)
        try:
            turn = advance(play.story, turn.state, pick)
        except NotOnOffer:
            yield Passed(picked, (), (), is_cut=True)
            break
    else:
        yield Passed(picked, turn.page.blocks, _notes(play, len(play.picks)))
        return
    yield Passed("", (), _notes(play, len(play.picks)))


def _notes(play: Playthrough, turn: int) -> list[str]:
    return [one_line(words) for at, words in play.notes if at == turn]


def _words(turn: Turn, pick: str) -> str:
    return one_line(next((option.text for option in turn.page.options if option.id == pick), pick))


def head_of(play: Playthrough) -> list[str]:
    """Return the title with version and seed, and the settings, each a line."""
    story = play.story
    head = story.language.say(
        "transcript_head", title=one_line(story.title), version=story.header.version or "-", seed=play.seed
    )
    return [head, *(one_line(f"{name}: {value}") for name, value in (play.settings or {}).items())]


def _as_text(play: Playthrough, turns: Sequence[Passed]) -> str:
    lines = head_of(play)
    for each in turns:
        lines += ["", f"> {each.pick}"] if each.pick else []
        told = item_lines(play.story.language, each.blocks)
        lines += ["", *told] if told else []
        lines += ["", play.story.language.say("transcript_edited")] if each.is_cut else []
        lines += [line for words in each.notes for line in ("", f"* {words}")]
    return "\n".join(lines)


def _as_markdown(play: Playthrough, turns: Sequence[Passed]) -> str:
    language = play.story.language
    head, *settings = head_of(play)
    parts = [
        f"# {_mark_down(one_line(play.story.title))}",
        "  \n".join(f"*{_mark_down(words)}*" for words in (head, *settings)),
    ]
    for each in turns:
        parts += [f"**> {_mark_down(each.pick)}**"] if each.pick else []
        parts += [words for block in _pieces(each.blocks) if (words := _block_in_markdown(language, block))]
        parts += [f"*{_mark_down(language.say('transcript_edited'))}*"] if each.is_cut else []
        parts += [f"> \\* {_mark_down(words)}" for words in each.notes]
    return "\n\n".join(parts)


def _block_in_markdown(language: Language, block: Sequence[Block]) -> str:
    first = block[0]
    if isinstance(first, Title):
        return f"## {_mark_down(one_line(first.text))}"
    if isinstance(first, Paragraph):
        words = "".join(_mark_around(_MARKS[run.style], _mark_down(clean(run.text))) for run in first.runs)
        return {"break": "* * *", "quote": "> " + words.replace("\n", "  \n> ")}.get(
            first.kind, words.replace("\n", "  \n")
        )
    lines = [_mark_down(line) for line in item_lines(language, block)]
    if isinstance(first, EndingBlock) and lines:
        return "\n\n".join([f"## {lines[0]}", *lines[1:]])
    return "  \n".join(f"*{line}*" if isinstance(first, StatChange) else line for line in lines)


def _mark_down(text: str) -> str:
    """Return a text as Markdown shows it, sign for sign."""
    return _AT_THE_BEGINNING.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))


def _as_html(play: Playthrough, turns: Sequence[Passed]) -> str:
    language = play.story.language
    title = escape(one_line(play.story.title))
    parts = [f"<h1>{title}</h1>", f'<p class="head">{"<br>".join(map(escape, head_of(play)))}</p>']
    for each in turns:
        parts += [f'<p class="pick">{escape(each.pick)}</p>'] if each.pick else []
        parts += [words for block in _pieces(each.blocks) if (words := _block_in_html(language, block))]
        parts += [f'<p class="head">{escape(language.say("transcript_edited"))}</p>'] if each.is_cut else []
        parts += [f'<p class="note">{escape(words)}</p>' for words in each.notes]
    return _PAGE.format(language=escape(language.name), title=title, style=_STYLE, body="\n".join(parts))


def _block_in_html(language: Language, block: Sequence[Block]) -> str:
    first = block[0]
    if isinstance(first, Title):
        return f"<h2>{escape(one_line(first.text))}</h2>"
    if isinstance(first, Paragraph):
        words = "".join(_run_in_html(run) for run in first.runs)
        return {"break": "<hr>", "quote": f"<blockquote>{words}</blockquote>"}.get(first.kind, f"<p>{words}</p>")
    if isinstance(first, Art):
        return f'<pre role="img" aria-label="{escape(one_line(first.alt))}">{escape(clean(first.text))}</pre>'
    lines = [escape(line) for line in item_lines(language, block)]
    if isinstance(first, EndingBlock) and lines:
        return "\n".join([f"<h2>{lines[0]}</h2>", *(f"<p>{line}</p>" for line in lines[1:] if line)])
    sort = ' class="changes"' if isinstance(first, StatChange) else ""
    return f"<p{sort}>{'<br>'.join(lines)}</p>" if lines else ""


def _run_in_html(run: Run) -> str:
    words = escape(clean(run.text)).replace("\n", "<br>")
    return reduce(lambda text, tag: f"<{tag}>{text}</{tag}>", _TAGS[run.style], words)


def _pieces(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Yield blocks one by one; changes together, as they are told."""
    changes = [block for block in blocks if isinstance(block, StatChange)]
    for block in blocks:
        if not isinstance(block, StatChange):
            yield [block]
        elif block is changes[0]:
            yield changes


def _mark_around(mark: str, text: str) -> str:
    """Return a text between two marks, which stand close to its words."""
    words = text.strip()
    begin, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{begin}{mark}{words}{mark}{end}" if words else text


_MARKS: Mapping[RunStyle, str] = MappingProxyType({"": "", "em": "*", "strong": "**", "em strong": "***"})
_TAGS: Mapping[RunStyle, tuple[str, ...]] = MappingProxyType(
    {"": (), "em": ("em",), "strong": ("strong",), "em strong": ("em", "strong")}
)
_STYLE = (
    "body{max-width:36em;margin:2em auto;padding:0 1em;font:1.1em/1.55 Georgia,serif}"
    ".head,.changes,.note{font-size:.85em;opacity:.8}.pick{font-weight:bold}.pick:before{content:'› '}.note:before{content:'* '}"
    "pre{overflow-x:auto;line-height:1.2}:root{color-scheme:light dark}"
)
_PAGE = (
    '<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>{style}</style></head>\n<body>\n{body}\n</body>\n</html>"
)
_NAMES: Mapping[str, TranscriptForm] = MappingProxyType(
    {"text": "text", "txt": "text", "markdown": "markdown", "md": "markdown", "html": "html", "htm": "html"}
)
_ENDINGS: Mapping[TranscriptForm, str] = MappingProxyType({"text": ".txt", "markdown": ".md", "html": ".html"})
#: What writes each form.
FORMS: Mapping[TranscriptForm, Callable[[Playthrough, Sequence[Passed]], str]] = MappingProxyType(
    {"text": _as_text, "markdown": _as_markdown, "html": _as_html}
)
