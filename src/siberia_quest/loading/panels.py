"""What the status and the panels of a story show."""

from siberia_quest.lang.scope import Scope, nearest
from siberia_quest.lang.syntax import find_word
from siberia_quest.loading.declarations import make_label
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Mapping, Node, Scalar, Sequence
from siberia_quest.model.expression import Constant, Expression, Parts, Reference, ShownValue
from siberia_quest.model.kinds import NUMBER
from siberia_quest.model.letters import is_id
from siberia_quest.model.story import ITEM_SHOWS, ItemShow, ShownItem, SidePanel

_SIDES = ("beside", "left", "right", "below")


def read_status(context: ReadingContext, header: Mapping) -> tuple[ShownItem, ...]:
    """Read what the status line shows."""
    return _Entries(context, "the status", banded=False).read(header.get("status"), "`status`")


def read_map(context: ReadingContext, header: Mapping) -> tuple[ShownItem, ...]:
    """Read what the map of the way so far is divided by: one thing at most."""
    node = header.get("map")
    found = _Entries(context, "the map", banded=False).read(node, "`map`")
    if node is not None and len(found) > 1:
        context.report(
            "SQ206", "`map` is divided by one thing", node.span, 'write `map: day`, or `map: "Day {day}, {sky}"`'
        )
    return found[:1]


def read_panels(context: ReadingContext, header: Mapping) -> tuple[SidePanel, ...]:
    """Read what is shown beside the prose."""
    found = []
    entries = _Entries(context, "the panel", banded=True)
    for key, node in context.mapping(header.get("panels"), "`panels:`").pairs:
        context.id(key, "a panel")
        given = context.read_shape(node, "panel")
        condition, title = context.condition(given.get("if"), entries.scope), entries.words(given, "title")
        sides = [entries.read(given.get(side), f"`{side}`") for side in _SIDES]
        if not any(given.get(name) for name in ("title", *_SIDES)):
            fix = "list what it shows: `left: [health, stamina]`"
            context.report("SQ211", f"the panel `{key.text}` shows nothing", key.span, fix)
        found.append(SidePanel(key.text, condition, title, *sides))
    return tuple(found)


class _Entries:
    """Reads entries of the status, or of panels."""

    def __init__(self, context: ReadingContext, where: str, *, banded: bool) -> None:
        self.context = context
        self.scope: Scope = context.scope(context.main)
        self.where = where
        self.banded = banded

    def read(self, node: Node | None, what: str) -> tuple[ShownItem, ...]:
        """Return a list of entries, or one; what could not be read is told, and left out."""
        if isinstance(node, Mapping) or (isinstance(node, Scalar) and node.text):
            node = Sequence((node,), node.span)
        found = [self.entry(each) for each in self.context.sequence(node, what)]
        return tuple(each for each in found if each is not None)

    def entry(self, node: Node) -> ShownItem | None:
        """Return one entry: a name, words with braces, or a mapping."""
        if not isinstance(node, Mapping):
            is_text = isinstance(node, Scalar) and "{" in node.text
            key = Scalar("text" if is_text else "value", None, node.span, "plain")
            return self.item(Mapping(((key, node),), node.span))
        if not self.context.keys(node, "entry"):
            return None
        if all(node.get(name) is None for name in ("value", "text", "journal")):
            fix = "write `value:` with a stat or variable, or `text:` with words"
            self.context.report("SQ211", "this entry shows nothing", node.span, fix)
            return None
        return self.item(node)

    def item(self, node: Mapping) -> ShownItem | None:
        """Return what an entry shows. A hidden stat is told, and left out of what is shown."""
        context, under = self.context, node.get("value")
        condition = context.condition(node.get("if"), self.scope)
        label, text = self.words(node, "label"), self.words(node, "text")
        journal = node.get("journal") and context.quantity(node.get("journal"), self.scope, "`journal`")
        name, value = "", None
        if under is not None:
            expression, kind = context.expression(under, self.scope, None, "")
            if isinstance(expression, Constant) and kind.base == "unknown":
                return None
            name = context.text(under, "`value`")
            value = ShownValue(expression, kind)
            context.report_hidden(name, under.span, f"it is left out of {self.where}", "take it out of the list")
            if not node.get("label") and not is_id(name):
                why, fix = "the player would read these signs before its value", f"write `{{value: {name}, label: …}}`"
                context.report("SQ206", f"`{name}` is no name to be shown", under.span, fix, why, "warning")
            label = label if node.get("label") else (self.label_of(name),)
        ends = self.ends(node, value)
        return ShownItem(name, condition, label, value, text, self.show(node, value, ends), ends, journal, self.banded)

    def label_of(self, name: str) -> str:
        """Return what stands before a value whose label is not given."""
        stat = self.context.names.stats.get(name)
        return stat[0] if stat else make_label(name)

    def words(self, node: Mapping, key: str) -> Parts:
        """Return words that are worked out whenever they are shown, so that nothing in them can count how often."""
        under, before = node.get(key), len(self.scope.sites)
        parts = self.context.prose(under, self.scope, f"`{key}`")
        if under is not None and len(self.scope.sites) > before:
            why = f"{self.where} is worked out anew whenever it is shown, and no visit of it is counted"
            fix = "choose the words by a condition, `{if day > 3 then … | …}`, or by a `match` in a phrase"
            self.context.report("SQ318", "words that take turns cannot stand here", under.span, fix, why)
        return parts

    def show(self, node: Mapping, value: ShownValue | None, ends: object) -> ItemShow:
        """Return how a value is shown; report what it cannot be shown as."""
        under = node.get("show")
        word = self.context.text(under, "`show`")
        show = find_word(word, ITEM_SHOWS) or ""
        if under is None or value is None:
            return show
        stat = self.context.names.stats.get(value.value.name) if isinstance(value.value, Reference) else None
        if word and not show:
            fix = nearest(word, [*ITEM_SHOWS]) or "write bar, number or band"
            self.context.report("SQ402", f"`show: {word}` is unknown", under.span, fix)
        elif show == "band" and not (stat and stat.bands):
            fix = "name a stat that has `bands:`, or write the words as `text:`"
            self.context.report("SQ401", "this is shown by band and has no bands", under.span, fix)
        elif show == "bar" and not (stat or ends):
            fix = "write `range: [0, 100]` beside it, with its own two bounds"
            self.context.report("SQ211", "a bar needs its ends, and this is no stat", under.span, fix)
        return show

    def ends(self, node: Mapping, value: ShownValue | None) -> tuple[Expression, Expression] | None:
        """Return the ends of a bar of what is no stat."""
        under = node.get("range")
        if under is None or value is None:
            return None
        if isinstance(value.value, Reference) and value.value.name in self.context.names.stats:
            why = f"the stat `{value.value.name}` has its own `range:`"
            self.context.report("SQ222", "nothing reads this `range:`", under.span, "take it out", why)
            return None
        if value.kind != NUMBER:
            said = f"a bar shows a number, and this is {value.kind.in_words()}"
            self.context.report("SQ303", said, under.span, "take `range:` out")
            return None
        if not isinstance(under, Sequence) or len(under.items) != 2:
            self.context.pair(under, "`range`")
            return None
        low, high = (self.context.quantity(each, self.scope, "`range`") for each in under.items)
        return low, high
