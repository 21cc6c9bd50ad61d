"""What a batch of games picked, noted inside the process that played it."""

from unittest.mock import patch

from siberia_quest.engine.turns import Turn, advance, begin
from siberia_quest.tools.playing import player
from siberia_quest.tools.playing.batches import Batch, Outcome, play_piece


def play_and_note(path: str, piece: Batch) -> list[tuple[Outcome, tuple[str, ...]]]:
    """Play a piece of a batch as `play_batch` has it played; return each game's outcome and picks."""
    played: list[list[str]] = []

    def beginning(*given: object, **named: object) -> Turn:
        played.append([])
        return begin(*given, **named)  # type: ignore[arg-type]  # what was given goes through as it is

    def advancing(*given: object, **named: object) -> Turn:
        played[-1].append(str(given[2]))
        return advance(*given, **named)  # type: ignore[arg-type]

    with patch.object(player, "begin", beginning), patch.object(player, "advance", advancing):
        outcomes = play_piece(path, piece)
    return [(outcome, tuple(picks)) for outcome, picks in zip(outcomes, played, strict=True)]
