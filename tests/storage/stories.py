"""A small story for tests of saves, and its edited forms."""

from pathlib import Path

from siberia_quest import load_story
from siberia_quest.model.story import Story

STORY = """
story: The lamp
id: lamp
stats:
  oil: {start: 20, range: [0, 100]}
variables:
  name: {text: Anna, max: 20}
  nights: 0
  reels: {set_of: reel, keep: true}
kinds:
  reel: [first, second]
endings:
  dawn: {title: Dawn}
passages:
  tower:
    title: The tower
    text: "The lamp {cycle | hisses | sings}. {oil}"
    choices:
      - text: Trim it
        id: trim
        do: oil -= roll(1, 3)
        then:
          - You trim it.
          - choices:
              - text: Wait
                id: wait
                do: nights += 1
              - text: Sing
                id: sing
                do: reels += first
          - ask: {into: name, prompt: Who is there?, default: Bo}
          - "{name}, night {nights}."
        goto: tower
      - text: Look down
        id: look
        goto: stairs
      - text: Sleep
        id: sleep
        end: dawn
  stairs:
    checkpoint: On the stairs
    text: Two hundred steps.
    choices:
      - text: Go up
        id: up
        goto: tower
"""


def made(folder: Path, *changes: tuple[str, str]) -> Story:
    """Return the story, with some of its text replaced."""
    text = STORY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "lamp.yaml"
    path.write_text(text, "utf-8")
    loaded = load_story(path)
    assert loaded.story, loaded.diagnostics
    return loaded.story
