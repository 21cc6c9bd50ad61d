"""Faults that random stories have found and that are still open, by name: what shows them is not made until they are mended.

Each is a debt, with what it takes to show it. The list is to be empty.
"""

#: Generated source is searched for names, so that `Press f99(reset)` makes a story crash that has nothing wrong with it.
PROSE_LIKE_NAMES = "prose that looks like generated names"
#: A storylet's title with `{cycle | a | b}` in it crashes when it is shown as a choice.
TITLES_OF_STORYLETS = "alternatives in the title of a storylet"
#: Words of a choice that come of a phrase with alternatives move on when a save is opened.
PHRASES_IN_CHOICES = "phrases in the words of a choice"
#: Alternatives in the words of a choice `for:` each member move on once for each, and are put back once.
ALTERNATIVES_FOR_EACH = "alternatives in a choice for each member"
#: A stat's start or bound that divides by zero, or grows too large, crashes the beginning of a game.
STARTS_WORKED_OUT = "starts that cannot be worked out"
#: Alternatives on a page turn's option move on when a save is opened.
ALTERNATIVES_IN_PAUSES = "alternatives in the words of a page turn"

OPEN: frozenset[str] = frozenset()
