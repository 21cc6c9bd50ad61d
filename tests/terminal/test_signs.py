"""What an output cannot write is replaced, and never crashes it."""

import io

import pytest

from siberia_quest.terminal.signs import ASCII, UNICODE, in_ascii, signs_for, teach_fallbacks


@pytest.mark.parametrize(
    ("encoding", "signs"),
    [("utf-8", UNICODE), ("ascii", ASCII), ("latin-1", ASCII), (None, ASCII), ("nonsense", ASCII)],
)
def test_signs_follow_the_encoding(encoding: str | None, signs: object) -> None:
    assert signs_for(encoding) is signs


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("“You’re late” — he…", '"You\'re late" -- he...'),
        ("naïve café Łódź", "naive cafe Lodz"),
        ("漢🙂", "??"),
        ("❤️", "?"),
        ("plain", "plain"),
    ],
)
def test_ascii_gets_a_likeness_of_every_sign(text: str, written: str) -> None:
    assert in_ascii(text) == written
    output = io.TextIOWrapper(io.BytesIO(), "ascii", errors=teach_fallbacks())
    output.write(text)
    output.flush()
    assert isinstance(output.buffer, io.BytesIO)
    assert output.buffer.getvalue() == written.encode()


def test_an_encoding_keeps_what_it_has() -> None:
    assert "“é”".encode("latin-1", teach_fallbacks()) == b'"\xe9"'


def test_the_signs_of_both_sets_match_in_number() -> None:
    assert all(ascii_sign.isascii() for ascii_sign in ASCII)
    assert len(ASCII.spark) == len(UNICODE.spark)
