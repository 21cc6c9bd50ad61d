"""The shape of the language, declared once: which keys stand where, and what each is for."""

from types import MappingProxyType
from typing import NamedTuple


class Key(NamedTuple):
    """A key an author may write: its name, what stands under it, and what it is for."""

    name: str
    holds: str
    meaning: str


def _keys(lines: str) -> tuple[Key, ...]:
    return tuple(Key(*(part.strip() for part in line.split("|"))) for line in lines.splitlines() if line)


_STEPS = """
note | text | the author's reminder; never shown
label | id | a place in this passage
checkpoint | prose | a place the player can go back to
music | tune | a tune and its tempo, or `none`
do | effects | changes, in order
quiet | yes or no | hides what this step's `do` changes
let | local names | names for values, to the end of the passage
text | prose | what is told
show | stats, journal, chart or art | something beside the prose
montage | beats | images cut to a tempo
journal | prose | a line in the journal, with the stats as they are
achieve | id | unlocks an achievement
ask | question | a text or number from the player
call | passage | do a passage and come back
deal | tag | draw a storylet, do it and come back
check | odds | a check, with `success:` and `failure:`
success | steps | what follows when the check succeeds
failure | steps | what follows when it fails
happens | steps | what follows when bad luck strikes
if | condition | only when this holds
when | branches | the first branch that holds
match | value | by value (`cases:`) or by lower bound (`bands:`)
cases | branches | what to do for each value
bands | branches | what to do from each lower bound on
random | branches | one by weight
sequence | list | one after the other, then always the last
cycle | list | one after the other, then again from the first
shuffle | list | all in a new order, before any comes again
once | list | one after the other, then nothing
for | kind | once for each member of a kind
choices | choices | what the player may do
topics | choices | a hub: each once, and the list comes back
steps | steps | more steps
then | steps | what follows
else | steps | what follows otherwise
pause | prose | a page turn
goto | passage | go on there
leave | passage | go on there and drop all calls
end | ending | the game ends
return | true | back to the call
"""

_SHAPES = MappingProxyType(
    {
        "story": """
story | text | the title
id | id | names the saves
by | text | who wrote it
version | text | the author's own version
language | number | the version of the language, 1
start | passage | where a new game begins
about | text | one line for the list of stories
settings | settings | asked when a new game begins
stats | stats | numbers with a range that the player sees
variables | variables | everything else the story keeps
formulas | formulas | expressions with a name
tables | tables | values by bound, or by members of kinds
phrases | phrases | reusable prose
menus | choices | reusable lists of choices
kinds | kinds | lists of things, with labels
checks | checks | kinds of checks
endings | endings | how it can end
achievements | achievements | what can be unlocked
renames | ids | old id: new id, so that old saves still load
status | names | what the prompt shows
panels | panels | what full screen shows beside the prose
theme | text | the default theme
content_notes | text | shown before a new game
passages | passages | what `goto` leads to
""",
        "scene": """
scene | text | the title
variables | variables | everything the story keeps
formulas | formulas | expressions with a name
tables | tables | values by bound, or by members of kinds
phrases | phrases | reusable prose
menus | choices | reusable lists of choices
kinds | kinds | lists of things, with labels
passages | passages | what `goto` leads to
""",
        "step": _STEPS,
        "passage": _STEPS
        + """
title | prose | for the status line
params | kinds | what a call gives it
storylet | conditions | when it can be dealt
tags | ids | for storylets and tests
""",
        "choice": """
text | prose | what the player reads
id | id | names the choice in saves and tests
if | condition | hidden unless this holds
needs | condition | greyed unless this holds
locked | prose | why it is greyed
once | yes or no | gone after it was picked
reusable | yes or no | in `topics`, stays after it was picked
again | yes or no | the list is offered again after its branch
done | yes or no | in `topics`, ends the list
fallback | yes or no | taken by itself when nothing else is open
say | prose | told when it is picked
tags | ids | for tests
words | texts | what else a player may type
hint | prose | a hint for the player
for | kind | one choice for each member
deal | tag | storylets as choices
use | menu | a list of `menus:`
choices | choices | a group under one `if:`, or a list that follows
""",
        "stat": """
start | number | its value when a game begins
range | two numbers | its bounds
bands | words by bound | what its values are called
label | text | what the player sees
show | bar, number, band or hidden | how it is shown
growth | toward | gains shrink toward this number
opposed | two words | the names of both ends
""",
        "variable": """
start | value | its value when a game begins
text | text | a text
max | number | how many characters at most
one_of | kind | one member of a kind
set_of | kind | a set of members
list_of | kind | a list of members
last | number | how many of the newest are kept
per | kind | a number for each member
keep | yes or no | kept across games
""",
        "setting": """
ask | text | the question
one_of | kind | what can be chosen
text | text | a text the player writes, with this default
number | number | a number the player writes, with this default
max | number | how many characters at most
start | value | the default
""",
        "ending": """
title | text | its name
rank | number | smaller ones stand first in the gallery
text | prose | told when it is reached
hint | text | shown while it is unseen
""",
        "check kind": """
odds | number | in percent, from `stat` and `against`
limits | two numbers | the odds stay between them
""",
        "check": """
stat | number | what is tested
against | number | how hard it is
kind | check kind | how odds come of both
odds | number | the odds themselves, in percent
label | prose | what is tested, for the player
show | yes or no | whether the player sees it
""",
        "storylet": """
tag | ids | what it can be dealt for
if | condition | when it qualifies
weight | number | how often, beside the others
priority | number | higher ones first
once | yes or no | only once in a game
cooldown | number | how many deals of its tag must lie between
needs | condition | greyed as a choice unless this holds
locked | prose | why it is greyed
""",
        "ask": """
into | variable | where the answer goes
prompt | prose | the question
default | text | the answer when the player just presses Enter
max | number | how many characters at most
range | two numbers | the bounds of a number
""",
        "deal": """
tag | tag | which storylets
by | weight, first or least_seen | how one is drawn
show | number | how many, as choices
""",
        "montage": """
tempo | number | beats a minute
left | text | the left column's heading
right | text | the right column's heading
beats | beats | what is seen
""",
        "beat": """
if | condition | only when this holds
left | prose | on the left
right | prose | on the right
text | prose | across
""",
        "branch": """
if | condition | when it is taken
else | steps | what follows when no other branch holds
then | steps | what follows
""",
        "case": """
on | values | one for each thing that is matched
then | steps | what follows
""",
        "weighted": """
weight | number | how often, beside the others
then | steps | what follows
""",
        "music": """
tune | text | the tune
tempo | number | beats a minute
""",
        "show": """
chart | names | stats over the journal's lines
art | text | a picture made of characters
alt | text | words that say what it shows
""",
        "panel": """
if | condition | when it is shown
title | prose | its heading
left | names | stats on the left
right | names | stats on the right
below | names | stats below
""",
        "tests": """
walkthrough | text | what this game shows, in one sentence
walkthroughs | walkthroughs | several of them
styles | styles | how kinds of players pick
targets | targets | what many games of a style must come to
wins | ids | which endings are won games
""",
        "walkthrough": """
walkthrough | text | what this game shows, in one sentence
seed | number | decides all chance
settings | settings | what was chosen before the game
play | picks | ids of options, answers, and what is expected in between
ending | ending | how it must end
""",
        "again": """
pick | id | an option, or an answer
times | number | how often
""",
        "expect": """
text | text | words that stand on this page
at | passage | where the game waits
offers | id | an option that is open
lacks | id | an option that is not open
where | condition | what must hold
""",
        "style": """
like | style | a style above, whose rules are tried after its own
first | preferences | the first of them that holds and is open decides
prefer | weights | options and tags that are picked more often, or as `first`
avoid | ids | options and tags picked only where nothing else is open
always | picks | a passage and what is picked there
answers | texts | a variable and what is answered where it is asked for
settings | settings | what was chosen before the game
""",
        "preference": """
if | condition | only while this holds
pick | id | an option, a tag, `best_odds` or `worst_odds`
""",
        "target": """
style | style | who plays; `random` picks anything
games | number | how many
seed | number | the first game's; each further one adds 1
settings | settings | what was chosen before the games
endings | shares | how often each ending comes
reached | shares | how often each passage is reached
stats | limits | the median of each stat at the end
length | limits | how many picks a game has: `median`, `shortest`, `longest`
wins | share | how often an ending of `wins:` comes
""",
    }
)
_WITH_STEPS = frozenset({"choice", "branch", "case", "weighted"})


def _with_steps(name: str, own: tuple[Key, ...]) -> tuple[Key, ...]:
    """Return a shape's keys, with those of a step where a branch may be a step itself."""
    if name not in _WITH_STEPS:
        return own
    known = {key.name for key in own}
    return own + tuple(key for key in _keys(_STEPS) if key.name not in known)


#: The keys that may stand in each sort of mapping.
SHAPES = MappingProxyType({name: _with_steps(name, _keys(lines)) for name, lines in _SHAPES.items()})
#: Their names, in order.
NAMES = MappingProxyType({shape: tuple(key.name for key in keys) for shape, keys in SHAPES.items()})
