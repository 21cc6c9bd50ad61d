"""Colours and weights by purpose. The sixteen colours of the terminal's own palette, so that they suit its background."""

from siberia_quest.model.named_tuple import NamedTuple


class Theme(NamedTuple):
    """A rich style for each purpose. Nothing is told by colour alone: words or signs always say it too."""

    title: str = "bold"
    place: str = "dim"
    prose: str = ""
    quote: str = "italic"
    emphasis: str = "italic"
    rule: str = "dim"
    change: str = "cyan"
    check: str = "magenta"
    number: str = "bold cyan"
    option: str = ""
    odds: str = "dim"
    locked: str = "dim"
    bar: str = "cyan"
    faint: str = "dim"
    note: str = "cyan"
    trouble: str = "bold yellow"
    heading: str = "bold"
    echo: str = "bold cyan"
    ending: str = "bold"


DEFAULT = Theme()
#: For terminals without italics.
UPRIGHT = Theme(quote="", emphasis="underline")
