"""Lines end where the rules of each script let them."""

import pytest
from rich.cells import cell_len
from rich.text import Text

from siberia_quest.terminal.line_breaking import break_lines, is_special

JAPANESE = "雪は深く、静かだった。「行くな」と彼は言った。だが彼は行った……そして、戻らなかった。ちょっとしたことだ。"
CHINESE = "他说：“我不去。”然后他走了，没有回头。“《雪》”是一本书，价格是￥１００元。（税込）"


def lines_of(words: str, width: int) -> list[str]:
    return [line.plain for line in break_lines(Text(words), width)]


@pytest.mark.parametrize("words", [JAPANESE, CHINESE])
@pytest.mark.parametrize("width", [8, 10, 13, 20, 40, 72])
def test_no_line_begins_with_a_stop_or_ends_with_an_opening_bracket(words: str, width: int) -> None:
    lines = lines_of(words, width)
    assert "".join(lines) == words
    assert all(cell_len(line) <= width for line in lines)
    assert not [line for line in lines[1:] if line[0] in "。、，：」』）》”…っゃょー"]
    assert not [line for line in lines[:-1] if line[-1] in "「『（《“￥"]


def test_a_mark_stays_with_its_letter_though_the_word_is_cut() -> None:
    assert lines_of("e\u0301" * 10, 4) == ["e\u0301" * 4, "e\u0301" * 4, "e\u0301" * 2]


@pytest.mark.parametrize(
    "words", ["שָׁלוֹם עוֹלָם וְכָל הָאָרֶץ", "نِهايَةُ الطَّريقِ بَعيدَةٌ", "नमस्ते दुनिया हिन्दी में", "한국어는 띄어쓰기가 있다 그래서"]
)
def test_languages_written_in_words_are_broken_at_blanks(words: str) -> None:
    assert " ".join(lines_of(words, 12)) == words


def test_joined_emoji_stay_joined() -> None:
    family = "👨\u200d👩\u200d👧"
    assert all(line.strip("👨\u200d👩👧 ") == "" and line[0] != "\u200d" for line in lines_of(f"{family} {family}", 4))


def test_english_with_curly_quotation_marks_is_set_as_ever() -> None:
    assert not is_special("“It’s cold,” he said — and it was…")


@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_screen_of_hardly_a_column_loses_nothing(width: int) -> None:
    assert "".join(lines_of(JAPANESE, width)) == JAPANESE
