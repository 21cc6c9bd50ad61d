"""Pages for the tests of the views, and pages made at random."""

import unicodedata

from hypothesis import strategies as st

from siberia_quest.model.page import (
    Art,
    Beat,
    Block,
    Board,
    Chart,
    CheckResult,
    EndingBlock,
    Figure,
    JournalLine,
    JournalPanel,
    Montage,
    Option,
    Page,
    Panel,
    Series,
    StatChange,
    StatRow,
    Title,
    Tune,
    Unlocked,
)

POWER = StatRow("power", "Power", 25.4, 0, 100, "wiry", "bar")
TEMPER = StatRow("temper", "Temper", 65, 0, 100, "", "bar", ("Calm", "Fury"))
LUCK = StatRow("luck", "Luck", 3, 0, 10, "", "number")
MOOD = StatRow("mood", "Mood", None, None, None, "low", "band")

BOARD = Board(
    "bout", "Round 8 of 15",
    (Figure("hall", "hall", "44 listening", StatRow("hall", "hall", 44, 0, 100, "listening", "bar")), Figure("", "", "224!")),
    (Figure("", "", "You"), Figure("power", "Power", "25 wiry", POWER), Figure("mood", "Mood", "low", MOOD)),
    (Figure("", "", "Ada"), Figure("luck", "lead", "a length", LUCK._replace(show="bar"))),
    (Figure("last", "last", "", None, ("dig +", "swarm −", "dig −")), Figure("log", "log", "", None, ())),
)  # fmt: skip
EVERYTHING = Page(
    (
        Title("The woodpile"),
        "Birch, frozen so hard that the saw sings.\n\nA second paragraph, with [pull] and [/b] and :smile: in it.",
        CheckResult("Treeline", 72, passed=True),
        Montage(132, "Siberia", "Moscow", (Beat("The saw.", ""), Beat("", "A needle."), Beat("Breath.", "A number."))),
        Art("  /\\\n /  \\", "a mountain"),
        Chart(
            (
                Series("power", "Power", (22, 25, 31)),
                Series("eye", "Eye", ()),
                Series("mood", "Mood", (0, 1), ("low", "high")),
            )
        ),
        Panel("Stats", (POWER, TEMPER, LUCK, MOOD)),
        JournalPanel((JournalLine("Sawed.", 3, ()), JournalLine("Slept.", 12, ()))),
        JournalLine("Ate.", 13, ()),
        Unlocked("reel", "A reel", "What was filmed elsewhere."),
        Tune("saw_song", 132),
        Tune("", 0),
    ),
    (StatChange("power", "Power", 22, 25.4, "feeble", "wiry"), StatChange("luck", "Luck", 3, 3.2)),
    (
        Option("pull", "Pull"),
        Option("ease", "Ease off", enabled=False, reason="Your arms are gone."),
        Option("climb", "Climb", odds=72.4),
        Option("wait", "Wait", odds="likely"),
    ),
    ending=EndingBlock("ko", "Knockout", "He does not get up."),
)

ANY_TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("ab cde fgh “”—…\n\t\x1b\x07\x00\u202e\u200bё漢字👍🏽é[]{}*\\"),
    ),
    max_size=120,
)
NUMBERS = st.one_of(st.integers(-1000, 1000), st.floats(-1000, 1000, allow_nan=False))
ROWS = st.builds(
    StatRow, ANY_TEXT, ANY_TEXT, NUMBERS, st.integers(-10, 0), st.integers(0, 100), ANY_TEXT,
    st.sampled_from(["bar", "number", "band"]), st.one_of(st.just(()), st.tuples(ANY_TEXT, ANY_TEXT)),
)  # fmt: skip
BLOCKS: st.SearchStrategy[Block | str] = st.one_of(
    ANY_TEXT,
    st.builds(Title, ANY_TEXT),
    st.builds(CheckResult, ANY_TEXT, st.floats(0, 100), st.booleans()),
    st.builds(
        Montage,
        st.integers(1, 300),
        ANY_TEXT,
        ANY_TEXT,
        st.lists(st.builds(Beat, ANY_TEXT, ANY_TEXT), max_size=3).map(tuple),
    ),
    st.builds(Art, ANY_TEXT, ANY_TEXT),
    st.builds(
        Chart,
        st.lists(st.builds(Series, ANY_TEXT, ANY_TEXT, st.lists(NUMBERS, max_size=60).map(tuple)), max_size=3).map(
            tuple
        ),
    ),
    st.builds(Panel, ANY_TEXT, st.lists(ROWS, max_size=3).map(tuple)),
    st.builds(Unlocked, ANY_TEXT, ANY_TEXT, ANY_TEXT),
    st.builds(Tune, ANY_TEXT, st.integers(1, 300)),
)
FIGURES = st.lists(
    st.builds(
        Figure, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.one_of(st.none(), ROWS), st.lists(ANY_TEXT, max_size=3).map(tuple)
    ),
    max_size=3,
).map(tuple)
BOARDS = st.builds(Board, ANY_TEXT, ANY_TEXT, FIGURES, FIGURES, FIGURES, FIGURES)
OPTIONS = st.builds(
    Option, ANY_TEXT, ANY_TEXT, st.booleans(), ANY_TEXT, st.one_of(st.none(), st.floats(0, 100)), st.just(()), ANY_TEXT
)
PAGES = st.builds(
    Page,
    st.lists(BLOCKS, max_size=5).map(tuple),
    st.lists(st.builds(StatChange, ANY_TEXT, ANY_TEXT, NUMBERS, NUMBERS, ANY_TEXT, ANY_TEXT), max_size=3).map(tuple),
    st.lists(OPTIONS, max_size=4).map(tuple),
    ending=st.one_of(st.none(), st.builds(EndingBlock, ANY_TEXT, ANY_TEXT, ANY_TEXT)),
)


def is_unsafe(sign: str) -> bool:
    """Tell whether a terminal could act on a sign: a control, a surrogate, a mark of our own, a change of direction."""
    is_mark = "\ue000" <= sign <= "\uf8ff"
    return (
        is_mark
        or unicodedata.category(sign) in {"Cc", "Cs"}
        or sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069"
    )
