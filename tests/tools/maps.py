"""Stories to draw maps of: one with everything a map shows and titles that mean harm, and one with many scenes."""

from pathlib import Path

from siberia_quest import load_story
from siberia_quest.model.story import Story

HARM = '</script><script>document.title = "gone"</script>'
TITLE = f'A "hut" \\N & &lt;b&gt; {HARM}'
STOVE = 'The "stove" \\l <b>'
WARM = "Warm & <i>dry</i> #1"
STORYLETS = ("owl", "wolf", "fox", "hare", "snow", "moon", "bell")
_HUT = f"""\
story: '{TITLE}'
id: hut
endings:
  warm: {{title: '{WARM}'}}
  cold: {{title: Cold}}
  late: {{title: Late}}
passages:
  yard:
    text: Snow in the yard.
    choices:
      - {{text: 'Go "in" {HARM}', goto: печь.room}}
      - {{text: Stay, end: cold}}
      - {{text: Wait, end: late}}
"""
_STOVE = f"""\
scene: '{STOVE}'
passages:
  room:
    text: One two three.
    then:
      - call: look
      - deal: night
      - goto: bed
  look: A stove.
  bed: {{text: Straw., end: warm}}
  attic: {{text: Dust., goto: bed}}
""" + "".join(f"  {name}: {{storylet: {{tag: night}}, text: The {name}.}}\n" for name in STORYLETS)


def hut(folder: Path) -> Path:
    """Write the small story and return where."""
    folder.mkdir(exist_ok=True)
    (folder / "story.yaml").write_text(_HUT, "utf-8")
    (folder / "печь.yaml").write_text(_STOVE, "utf-8")
    return folder


def town(folder: Path, scenes: int, passages: int) -> Path:
    """Write a story of many scenes: each passage leads on, each scene into the next and two others."""
    folder.mkdir(exist_ok=True)
    (folder / "story.yaml").write_text("story: Town\nstart: s0.p0\nendings: {home: {title: Home}}\n", "utf-8")
    for scene in range(scenes):
        lines = [f"scene: Street {scene}", "passages:"]
        for number in range(passages):
            away = f"s{(scene * 7 + number) % scenes}.p0"
            on = f"p{number + 1}" if number + 1 < passages else f"s{(scene + 1) % scenes}.p0"
            lines += [f"  p{number}:", "    text: A door.", "    choices:", f"      - {{text: On, goto: {on}}}"]
            lines += [f"      - {{text: Away, goto: {away}}}", "      - {text: Home, end: home}"]
        (folder / f"s{scene}.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def story_of(folder: Path) -> Story:
    """Load a story that has no errors."""
    loaded = load_story(folder)
    assert loaded.story, loaded.diagnostics
    return loaded.story
