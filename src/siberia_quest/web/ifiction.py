"""A story's record for catalogues: iFiction, as the Treaty of Babel has it."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from siberia_quest.model.markup import clean
from siberia_quest.model.story import Header
from siberia_quest.web.cover import Cover, size_of

#: Names the words of iFiction.
SPACE = "http://babel.ifarchive.org/protocol/iFiction/"


def write_record(header: Header, language: str, cover: Cover | None) -> str:
    """Return the record of a story that has an IFID."""
    told = {
        "title": header.title,
        "author": header.by or "Anonymous",
        "language": header.language_of_text or language,
        "headline": "An Interactive Fiction",
        "description": header.about,
    }
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<ifindex version="1.0" xmlns="{SPACE}">',
            "  <story>",
            f"    <identification>\n      <ifid>{header.ifid}</ifid>\n      <format>html</format>\n    </identification>",
            "    <bibliographic>",
            *(f"      <{name}>{escape(clean(text))}</{name}>" for name, text in told.items() if text),
            "    </bibliographic>",
            *_cover(cover),
            "    <colophon>\n      <generator>siberia-quest</generator>\n    </colophon>",
            "  </story>",
            "</ifindex>",
            "",
        )
    )


def _cover(cover: Cover | None) -> Iterator[str]:
    size = size_of(cover.data) if cover else None
    if cover and size:
        width, height = size
        yield (
            f"    <cover>\n      <format>{cover.ending}</format>\n      <height>{height}</height>\n      <width>{width}</width>\n"
            "    </cover>"
        )
