"""What the status and panels show, as code: each thing is a function of its own, so that one that cannot be worked out spoils no other."""

from siberia_quest.engine import code as tree
from siberia_quest.engine.code_texts import TextCoder
from siberia_quest.engine.code_values import Numbering
from siberia_quest.model import expression as nodes
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.steps import At
from siberia_quest.model.story import ShownItem, SidePanel, Story

_NOWHERE: At = (1, 1)


class PanelCode(NamedTuple):
    """A panel's code: the condition, where it has one, its title, and of each side the functions that each make a figure, or None."""

    id: str
    conditions: tuple[tree.Function, ...]
    title: tree.Function
    sides: tuple[tuple[tree.Function, ...], ...]


def code_of_panel(story: Story, numbering: Numbering, panel: SidePanel) -> PanelCode:
    """Return a panel's code."""
    coder = TextCoder(story, numbering)
    conditions = () if panel.condition is None else (_make_function(coder.code(panel.condition)),)
    sides = (panel.beside, panel.left, panel.right, panel.below)
    title = _make_function(coder.plain_text(panel.title))
    return PanelCode(panel.id, conditions, title, tuple(codes_of_items(story, numbering, side) for side in sides))


def codes_of_items(story: Story, numbering: Numbering, items: tuple[ShownItem, ...]) -> tuple[tree.Function, ...]:
    """Return functions that each make a figure of an item; None where its condition fails, or where nobody may see it."""
    found = []
    for item in items:
        coder = _ItemCoder(story, numbering)
        figure = coder.figure(item)
        if item.condition is not None:
            figure = tree.Select(((coder.code(item.condition), figure),), tree.Given(None))
        found.append(_make_function(figure))
    return tuple(found)


def _make_function(code: tree.Code) -> tree.Function:
    return tree.Function("value", 0, 0, None, (tree.Result(code, _NOWHERE),))


class _ItemCoder(TextCoder):
    """Makes the code of one figure."""

    def figure(self, item: ShownItem) -> tree.Code:
        """Return the code of a figure, of None where a player may know nothing of it."""
        name, label, text = tree.Given(item.name), self.plain_text(item.label), self.plain_text(item.text)
        if item.journal is not None:
            lines = tree.Invoke("journal_items", (self.code(item.journal),))
            return tree.Invoke("figure", (name, label, tree.Given(""), tree.Given(None), lines))
        none = tree.Given(())
        if item.value is None:
            return tree.Invoke("figure", (name, label, text, tree.Given(None), none))
        row = self.row(item, item.value.value)
        if row is not None:
            words: tree.Code = text if item.text else tree.Given(None)
            return tree.Invoke("row_figure", (row, label, words, tree.Given(item.banded)))
        if self.sight(item.value.value) != "open" and not item.text:
            return tree.Given(None)
        if item.value.kind.base == "list" and not item.text:
            labels = self.of_kind("labels", item.value.kind.of)
            items = tree.Invoke("items_of", (self.code(item.value.value), labels))
            return tree.Invoke("figure", (name, label, tree.Given(""), tree.Given(None), items))
        shown = text if item.text else tree.Invoke("plain", (self.shown(item.value),))
        return tree.Invoke("figure", (name, label, shown, tree.Given(None), none))

    def row(self, item: ShownItem, value: nodes.Expression) -> tree.Code | None:
        """Return the code of what is behind a figure, where that is a stat or has ends of its own; a hidden stat is a figure of nothing."""
        if isinstance(value, nodes.Reference) and value.name in self.story.stats:
            return tree.Invoke("stat_row", (tree.Given(self.slots[value.name]), tree.Given(item.show)))
        if item.ends is None or self.sight(value) != "open":
            return None
        low, high = map(self.code, item.ends)
        given = (tree.Given(item.name), self.code(value), low, high, tree.Given(item.show or "bar"))
        return tree.Invoke("row_between", given)
