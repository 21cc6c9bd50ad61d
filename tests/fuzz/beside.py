"""What lies beside a story: files of tests, and a story that was packed."""

import io
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import Path
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile, ZipFile

from fuzz.kept import ROOM
from fuzz.reading import TESTS
from fuzz.target import Target
from siberia_quest import Story, load_story
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.find_files import files_in, find_files
from siberia_quest.loading.packing import pack_files
from siberia_quest.loading.playtests import read_playtests
from siberia_quest.loading.reading import read_story
from siberia_quest.loading.report import render_all
from siberia_quest.tools.playing.player import play_game
from siberia_quest.tools.playing.test_report import as_json, as_junit, as_text
from siberia_quest.tools.playing.walkthroughs import walk_through
from storage.forging import write_story
from stories.playing import check_diagnostic
from stories.promises import claim

_MOST_GAMES = 3
_MOST_PICKS = 20


def read_tests(data: bytes) -> None:
    """Read a file of tests; play its walkthroughs, and a game of each of its styles."""
    folder = ROOM.folder / "tested"
    story = _tested(folder)
    (folder / "tests" / "a.yaml").write_bytes(data)
    tests = read_playtests(folder, story)
    for each in tests.diagnostics:
        claim(
            each.message and each.span.line >= 1 and each.span.file == "tests/a.yaml",
            "a diagnostic has its place",
            each,
        )
    claim(isinstance(render_all(tests.diagnostics, tests.lines, 60), str), "diagnostics can be told")
    if any(each.severity == "error" for each in tests.diagnostics):
        return
    results = [walk_through(story, each) for each in tests.walkthroughs]
    for result in results:
        claim(as_text(result, "siberia-quest test"), "a result can be told")
    as_json(results)
    as_junit("x", results)
    for style in [*tests.styles.values()][:_MOST_GAMES]:
        play_game(story, style, 1, most=_MOST_PICKS)


def _tested(folder: Path) -> Story:
    if "tested" not in ROOM.stories:
        write_story(folder)
        (folder / "tests").mkdir()
        loaded = load_story(folder)
        assert loaded.story
        ROOM.stories["tested"] = loaded.story
    return ROOM.stories["tested"]


def tested() -> Iterator[bytes]:
    """Walkthroughs, styles and targets."""
    yield (TESTS / "loading" / "every_mapping" / "tests" / "styles.yaml").read_bytes()
    yield (
        b"walkthrough: A crossing\nseed: 3\nsettings: {pace: slow}\nplay:\n  - query\n  - Ann\n  - again: {pick: hitch, times: 3}\n"
        b"  - expect: {text: Gulls, at: landing, offers: row, lacks: nothing, where: purse > 1 and seen(landing)}\n  - row\nending: far\n"
    )
    yield (
        b"styles:\n  rower: {prefer: {row: 3}, avoid: [query], always: {mud: go_on}, answers: {guest: Bo}, settings: {pace: fast}}\n"
        b"  other:\n    like: rower\n    first: [{if: purse < 3, pick: best_odds}, row]\n"
        b"targets:\n  - {style: rower, games: 3, endings: {far: 0..100%}, length: {median: 1..9}, stats: {purse: 0..9}, wins: 3..9%}\n"
        b"wins: [far]\n"
    )


def unpack(data: bytes) -> None:
    """Take a packed story apart and read what is in it."""
    found = files_in(Path("a.sq"), data)
    if not isinstance(found, StoryFiles):
        claim(found.message and found.fix, "what is no pack is refused with a reason", found)
        return
    loaded = read_story(found)
    for each in loaded.diagnostics:
        check_diagnostic(each, loaded)


def packed() -> Iterator[bytes]:
    """A packed story, and archives of other sorts."""
    found = find_files(TESTS / "language" / "scenes_in_files")
    assert isinstance(found, StoryFiles)
    yield pack_files(found)
    small = {
        "a/story.yaml": b"story: x\npassages: {a: [Hi, end: true]}\n",
        "a/b.yaml": b"scene: y\npassages: {c: [Hi, end: true]}\n",
        "a/art.txt": b"o",
    }
    for method in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA):
        yield _written(small, method)


def _written(files: dict[str, bytes], method: int) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def repack(data: bytes, most: int, seed: int) -> bytes:
    """Pack the files of an archive anew, with other names or contents; or change single bytes of it."""
    dice = Random(seed)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            files = {each.filename: archive.read(each)[:most] for each in archive.infolist()}
    except (
        BadZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        KeyError,
        zlib.error,
        LZMAError,
    ):
        files = {}
    if not files or dice.randrange(2):
        changed = bytearray(data or b"PK\x03\x04")
        for _ in range(dice.choice((1, 2, 8))):
            changed[dice.randrange(len(changed))] = dice.choice((0, 1, 0xFF, dice.randrange(256)))
        return bytes(changed)
    name = dice.choice([*files])
    other = dice.choice(
        (
            "../x.yaml",
            "/x.yaml",
            "a/./b.yaml",
            "a\\b.yaml",
            "b/story.yaml",
            "x.yaml",
            "a/\u202e.yaml",
            "a/c/d.txt",
            name + "/",
            f"a/{name}",
        )
    )
    match dice.randrange(3):
        case 0:
            files[other] = files.pop(name)
        case 1:
            files[other] = files[name]
        case _:
            at = dice.randrange(len(files[name]) + 1)
            files[name] = files[name][:at] + bytes([dice.randrange(256)]) + files[name][at:]
    made = _written(files, dice.choice((ZIP_STORED, ZIP_DEFLATED)))
    return made if len(made) <= most else data


PLAYTESTS = Target(
    "tests", read_tests, tested, ("loading.playtests", "loading.yaml_reader", "lang", "tools"), longest=1500
)
PACKS = Target("packs", unpack, packed, ("loading",), repack, 4000)
