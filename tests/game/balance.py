"""What the fight comes to, by habit, by what you bring and by how you slept: `make balance` writes docs/balance.md (GAMES=1000)."""

import sys
from collections.abc import Iterator, Mapping

from game.before_the_bell import Game, Gym, fight, open_gym, train
from game.prose import STORY
from house.tree import ROOT
from siberia_quest.model.kinds import Value

PAGE = ROOT / "docs" / "balance.md"
HABITS = ("by_key", "balanced", "by_chance", "by_trap", "only_cover", "only_slip", "only_box", "only_dig", "only_swarm")
STATS = ("power", "wind", "iron", "eye", "heart", "folk")
#: The most and the least that three days can make of one's form, but for wounds, which weigh by themselves.
BEST: Mapping[str, Value] = {
    "last_nights": ("sleep",) * 3,
    "last_warmths": ("warm_night",) * 3,
    "morale": 80,
    "promise": "promise_kept",
}
WORST: Mapping[str, Value] = {
    "last_nights": ("letter",) * 3,
    "last_warmths": ("cold_night",) * 3,
    "morale": 20,
    "promise": "promise_broken",
}
WINTERS = ("gray_sweatpants", "prime_time", "siberian")

_HEAD = """<!-- Made by tests/game/balance.py (`make balance`). -->

# What the fight comes to

{games} games of each row, as the styles of `{tests}` play them; the share that is won, in percent. A row of {games} is true to
about {error} points, nineteen times in twenty.
"""


def report(gym: Gym, games: int) -> Iterator[str]:
    """The tables, line by line."""
    seeds = range(games)
    yield _HEAD.format(games=games, tests=(STORY / "tests").relative_to(ROOT), error=round(100 / games**0.5, 1))
    yield "\n## By habit\n\nThe same eighteen days (`balanced`), and then a habit in the ring.\n\n| habit | won |\n|---|---|\n"
    yield from _rows(
        [(habit, fight(gym, trained, habit)) for trained in [train(gym, "balanced", seeds)] for habit in HABITS]
    )
    wise = train(gym, "wise", seeds)
    whole = fight(gym, wise, "wise")
    yield "\n## With 25 points less\n\nOf the style `wise`, on the scale.\n\n| less of | won | cost |\n|---|---|---|\n"
    yield f"| nothing | {whole:.1f} | |\n"
    for stat in STATS:
        now = fight(gym, wise, "wise", {stat: 25})
        yield f"| {stat} | {now:.1f} | {whole - now:.1f} |\n"
    yield "\n## Form\n\nThe last three days at their best and at their worst: sleep, warmth, morale, a promise.\n\n"
    yield "| days | won |\n|---|---|\n"
    yield from _rows(
        [
            ("as they were", whole),
            ("best", fight(gym, wise, "wise", {}, BEST)),
            ("worst", fight(gym, wise, "wise", {}, WORST)),
        ]
    )
    yield "\n## By winter\n\n| winter | `wise` wins |\n|---|---|\n"
    yield from _rows([(winter, _of_winter(gym, seeds, winter)) for winter in WINTERS])


def _of_winter(gym: Gym, seeds: range, winter: str) -> float:
    games: list[Game] = train(gym, "wise", seeds, {"winter": winter})
    return fight(gym, games, "wise")


def _rows(rows: list[tuple[str, float]]) -> Iterator[str]:
    yield from (f"| {name} | {share:.1f} |\n" for name, share in rows)


if __name__ == "__main__":
    PAGE.write_text("".join(report(open_gym(), int(sys.argv[1]) if len(sys.argv) > 1 else 1000)), "utf-8")
