"""The story so far as plain text: the game is played again from its seed and picks, and written down."""

from siberia_quest.engine.game import NotOnOffer, Turn, advance, begin
from siberia_quest.engine.playthrough import Playthrough
from siberia_quest.play.catalogue import say
from siberia_quest.play.plain_view import item_lines, one_line


def transcript_of(play: Playthrough) -> str:
    """Return all that was told and picked, one paragraph a line."""
    story = play.story
    lines = [say("transcript_head", title=one_line(story.title), version=story.header.version or "-", seed=play.seed)]
    lines += [f"{name}: {value}" for name, value in (play.settings or {}).items()]
    turn = begin(story, play.seed, play.settings, play.kept)
    lines += _told(turn)
    for pick in play.picks:
        lines += ["", f"> {_words(turn, pick)}"]
        try:
            turn = advance(story, turn.state, pick)
        except NotOnOffer:
            lines += ["", say("transcript_edited")]
            break
        lines += _told(turn)
    return "\n".join(lines)


def _told(turn: Turn) -> list[str]:
    lines = item_lines(turn.page.blocks)
    return ["", *lines] if lines else []


def _words(turn: Turn, pick: str) -> str:
    return one_line(next((option.text for option in turn.page.options if option.id == pick), pick))
