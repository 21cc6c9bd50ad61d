"""How rare each ending is: `python -m game.rarity 20000` plays so many games of who picks blindly and of `wise`, and writes rarity.yaml."""

import re
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from game.before_the_bell import open_gym
from game.prose import STORY
from siberia_quest.model.playtest import RANDOM
from siberia_quest.tools.playing.batches import Batch, play_batch

TABLE = STORY / "rarity.yaml"
#: Whose games a table counts.
STYLES = {"by_chance": "random", "by_skill": "wise"}
_ROW = re.compile(r"^  (?P<table>\w+): \{rows: finish, (?P<shares>.*)\}$", re.MULTILINE)


def shares(style: str, games: int, workers: int = 1) -> dict[str, float]:
    """The share of each ending in a style's games, in percent."""
    played = open_gym().styles.get(style, RANDOM)
    batch = Batch(played, 0, games, {})
    if workers > 1:
        with ProcessPoolExecutor(workers) as executor:
            outcomes = play_batch(STORY, batch, executor)
    else:
        outcomes = play_batch(STORY, batch)
    count = Counter(each.ending for each in outcomes)
    return {ending: 100 * count[ending] / games for ending in count if ending}


def kept_shares() -> dict[str, dict[str, float]]:
    """The shares that the story tells, by table."""
    rows = _ROW.finditer(TABLE.read_text("utf-8"))
    return {
        row["table"]: {name: float(share) for name, share in (each.split(": ") for each in row["shares"].split(", "))}
        for row in rows
    }


def main(games: int) -> None:
    """Play, and write the table."""
    text = TABLE.read_text("utf-8")
    for table, names in kept_shares().items():
        found = shares(STYLES[table], games, workers=2)
        row = ", ".join(f"{name}: {round(found.get(name, 0), 1):g}" for name in names)
        text = re.sub(rf"^  {table}: .*$", f"  {table}: {{rows: finish, {row}}}", text, flags=re.MULTILINE)
    TABLE.write_text(text, "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
