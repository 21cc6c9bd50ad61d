"""What a story lacks that is to be published.

Only of one whose author thinks of it is it told: it has a cover, a licence or a language of its text.
"""

from collections.abc import Iterator, Mapping, Sequence

from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.story import Header, Story

#: What catalogues, sites and competitions ask for, and what it is to them.
_ASKED = (
    ("by", "who wrote it"),
    ("about", "a line that says what it is"),
    ("ifid", "the number that names it, which `siberia-quest export web` makes"),
    ("cover", "a picture"),
    ("licence", "under which others may use it"),
)
_TELLING = frozenset({"cover", "licence", "language_of_text"})


def list_lacking(header: Header) -> tuple[str, ...]:
    """Return the keys that a story lacks for a catalogue, a site or a competition."""
    return tuple(name for name, _ in _ASKED if not getattr(header, name))


def find_what_publishing_lacks(story: Story, lines: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """Yield a hint with all that is lacking, where anything says that the story is to be published."""
    header = story.header
    lacking = [(name, what) for name, what in _ASKED if name in list_lacking(header)]
    if lacking and any(getattr(header, name) for name in _TELLING):
        file, text = next(iter(lines.items()), (story.files[0], ()))
        at = next((number for number, line in enumerate(text, 1) if line.startswith("story:")), 1)
        names = ", ".join(f"`{name}:`" for name, _ in lacking)
        fix = "; ".join(f"`{name}:` {what}" for name, what in lacking)
        why = "catalogues, sites and competitions ask for it"
        yield Diagnostic(
            "SQ622", f"to be published the story lacks {names}", Span(file, at, 1, at, 7), "hint", why, fix
        )
