"""Makes real saves of a release, to be kept for ever: run it with the program of that release, from this folder.

    PYTHONPATH=where/that/release/is/src python record.py ../../story ../language

Each save gets a record of how its game went on: the picks, the pages they led to, and a checksum of the values there. The stories are
packed as they were, since they too are edited later.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from siberia_quest import load_story
from siberia_quest.loading.files import StoryFiles
from siberia_quest.loading.find_files import find_files
from siberia_quest.loading.packing import pack_files
from siberia_quest.play.playthrough import Playthrough
from siberia_quest.storage.codec.state_to_plain import to_plain
from siberia_quest.storage.profile import Profiles
from siberia_quest.storage.slots import Saves

HERE = Path(__file__).parent
#: By name: the story, the seed, the turns before which a save is made, and the picks (`*`: the first that is open).
MOST = 25  # picks that are recorded after a save
GAMES = {
    "night_train": ("story/night_train", 1, {1: "at_choices", 2: "ended"}, "ask_for_the_seat guess_the_next_one"),
    "first_fire": ("story/first_fire", 2, {1: "at_a_question", 7: "at_topics", 12: "in_mid_game"},
                   ("look_back_at_the_valley_first Sparrow open_the_drawer_of_the_table read_the_first_page "
                   "read_the_last_page read_about_the_year_you_left put_it_back go_out_to_the_woodshed "
                   "carry_in_what_lies_under_the_eaves look_up_the_stovepipe pull_it_out put_the_thimble_on "
                   "go_out_to_the_woodshed look_behind_the_shed put_your_hand_up_against_the_glass")),
    "siberia_quest": ("story/siberia_quest", 7, {2: "early", 5: "training", 30: "at_a_page_turn", 75: "late",
                                                     97: "fighting", 118: "at_the_end"},
                      ("carry_bags walk_once_around_the_cabin light_stove take_one go_on lp cabin walk sleep coat lp "
                      "reel help bed sleep keep_shut saw sled go_on go_on notch shadow river sleep walk "
                      "help watch sleep no_needle sled coach go_on go_on oldest sleep go_on village saw "
                      "river sleep ask_in run walk letter learn coach drills go_on go_on sleep give_log "
                      "sled chop sleep run_past river help sleep coach sled go_on go_on go_on hold notch "
                      "go_on put_away chop rest letter river coach sleep sled chop go_on go_on sleep "
                      "drills coach photo climb treeline out last_feet friends_name go_on shave go_on help "
                      "saw go_on go_on photo city go_on go_on nothing cover cover swarm advice dig cover "
                      "cover advice slip cover slip cut_man cover cover slip cut_man slip cover slip "
                      "go_on go_on go_on go_on go_on")),
    "in_the_middle_of_everything": ("language/in_the_middle_of_everything.yaml", 4, dict(zip(range(1, 7), (
        "in_a_storylet", "at_a_pause", "after_a_pause", "in_a_call", "in_a_loop", "later"), strict=True)),
        "* * * * * * * * * *"),
    "keep_across_games": ("language/keep_across_games.yaml", 1, {0: "with_kept_variables"}, "red"),
}  # fmt: skip


def told(play: Playthrough) -> list[object]:
    """What a page says and asks."""
    page = play.page
    options = [[each.id, each.text, each.enabled] for each in page.options]
    return [list(page.paragraphs), options, page.ask and page.ask.prompt, page.ending and page.ending.title]


def first_open(play: Playthrough) -> str:
    return next((each.id for each in play.page.options if each.enabled), "")


def record(name: str, root: Path, folder: Path) -> None:
    place, seed, stops, wanted = GAMES[name]
    source = root / place
    story, found = load_story(source).story, find_files(source)
    if story is None or not isinstance(found, StoryFiles):
        raise SystemExit(f"{source} does not load")
    (HERE / f"{name}.story").write_bytes(pack_files(found))
    saves, profiles = Saves(story, folder), Profiles(folder)
    play = Playthrough.start(story, seed, {}, profiles.read().find_kept(story))
    going_on: dict[str, tuple[list[str], list[object]]] = {}
    for turn, given in enumerate([*wanted.split(), None]):
        if turn in stops and saves.save(play.make_save(), stops[turn].replace("_", "-")) is None:
            going_on[stops[turn]] = [], []
        if given is None or play.page.ending:
            break
        before, pick = play.state, first_open(play) if given == "*" else given
        if given != "*" and not play.page.ask and pick not in play.state.offer:
            pick = first_open(play)
        play.pick(pick)
        profiles.remember(story, before, play.state)
        for picks, pages in going_on.values():
            if len(picks) < MOST:
                picks.append(pick)
                pages.append([*told(play), crc32(json.dumps(to_plain(story, play.state)["values"]).encode())])
    for stop, (picks, pages) in going_on.items():
        (HERE / f"{name}.{stop}.save").write_bytes(saves.path(stop.replace("_", "-")).read_bytes())
        whole = {"picks": picks, "pages": pages}
        (HERE / f"{name}.{stop}.json").write_text(json.dumps(whole, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as folder_:
        for name_ in (*GAMES, "keep_across_games"):
            record(name_, Path(sys.argv[1]), Path(folder_))
        (HERE / "profile.json").write_bytes(Profiles(Path(folder_)).path.read_bytes())
