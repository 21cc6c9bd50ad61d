"""Pronouns as the author gives them: a kind whose members are sets of pronouns, and a table for each of their forms."""

from siberia_quest.lang.scope import PRONOUNS
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.tree import Mapping, Node, Scalar
from siberia_quest.model.kinds import TEXT, Kind
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.story import Table


class PronounSets(NamedTuple):
    """The kind of all sets, and a table for each form with the place where the form is first written."""

    kind: Kind
    forms: tuple[tuple[Scalar, Table], ...]


def read_pronouns(context: ReadingContext, node: Node) -> PronounSets | None:
    """Read `pronouns:`, None where nothing stands there; each set has every form that another one has."""
    sets = [(key, _read_set(context, key, under)) for key, under in context.mapping(node, "`pronouns:`").pairs]
    if not sets:
        if isinstance(node, Mapping | Scalar):
            fix = "write `she: {they: she, them: her}`, one to a line"
            context.report("SQ209", "`pronouns:` has no sets", node.span, fix)
        return None
    forms = {form.text: form for _, given in sets for form, _ in given.pairs if form.text != "label"}
    written = {key.text: {form.text: word for form, word in given.pairs} for key, given in sets}
    words = {name: {form: context.text(own.get(form), "a form") for form in forms} for name, own in written.items()}
    for key, _ in sets:
        missing = [f"`{form}`" for form in forms if form not in written[key.text]]
        if missing and written[key.text]:
            said = f"the pronouns `{key.text}` have no {', '.join(missing)}"
            context.report("SQ210", said, key.span, "give each set the same forms; one that is nothing is `''`")
    labels = tuple((key.text, _label_of(context, given, words[key.text])) for key, given in sets)
    tables = tuple(
        (form, Table(name, (PRONOUNS,), tuple(words), tuple(each[name] for each in words.values()), TEXT))
        for name, form in forms.items()
    )
    return PronounSets(Kind(PRONOUNS, labels), tables)


def _read_set(context: ReadingContext, key: Scalar, node: Node) -> Mapping:
    """Return a set's forms by their names."""
    given = context.mapping(node, f"the set of pronouns `{context.id(key, 'a set of pronouns')}`")
    context.keys(given, PRONOUNS, tuple(form.text for form, _ in given.pairs))
    is_misspelt = [
        context.misspelt(form, PRONOUNS)
        for form, _ in given.pairs
        if form.text != "label" and sorted(form.text) == sorted("label")  # what is only like it may be a form
    ]
    return Mapping((), given.span) if any(is_misspelt) else given


def _label_of(context: ReadingContext, given: Mapping, forms: dict[str, str]) -> str:
    """Return what the player reads where pronouns are chosen: by default the first two forms."""
    return context.text(given.get("label"), "`label`") or "/".join([*forms.values()][:2])
