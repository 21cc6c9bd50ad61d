"""Texts as code."""

from typing import assert_never
from zlib import crc32

from siberia_quest.engine import code as tree
from siberia_quest.engine.code_values import ValueCoder
from siberia_quest.engine.flow import MOST_MADE, MOST_STEPS
from siberia_quest.engine.reasons import reason_of
from siberia_quest.model import expression as nodes
from siberia_quest.model.markup import is_plain_line, plain_paragraphs
from siberia_quest.model.sites import Site
from siberia_quest.model.steps import At

#: Characters that one passage may make without being counted while a game runs: a turn enters so few that all of them make no more than
#: what is counted may.
MOST_UNCOUNTED = MOST_MADE // MOST_STEPS
_ENDLESS = MOST_UNCOUNTED + 1
_LONGEST_NUMBER = 25
#: Of so many pieces of a text each is as long as a file may be, at worst, before what they come to is counted.
_MOST_JOINED = 16


class TextCoder(ValueCoder):
    """Makes code of the texts, too. `most_made` is how much its uncounted texts can make, all together."""

    most_made = 0

    def text(self, parts: nodes.Parts) -> tree.Code:
        """Return the code of a text, with single spaces; one that may become long is counted while the game runs."""
        before = self.most_made
        code = self.rough_text(parts)
        if self.most_made > MOST_UNCOUNTED:
            self.most_made = before
            code = tree.Invoke("made", (code,))
        return code if self.numbering.spacing.is_even(parts) else tree.Invoke("evened", (code,))

    def rough_text(self, parts: nodes.Parts) -> tree.Code:
        """Return the code of a text as it comes, for use within another."""
        pieces = tuple(self._piece(piece) for piece in parts)
        if len(pieces) > _MOST_JOINED:  # a long one that is told again and again is counted before all of it is made
            pieces = tuple(
                tree.Invoke("made", (code,)) if _may_be_long(piece) else code
                for code, piece in zip(pieces, parts, strict=True)
            )
        if not pieces:
            return tree.Given("")
        return pieces[0] if len(pieces) == 1 else tree.Join(pieces)

    def plain_text(self, parts: nodes.Parts) -> tree.Code:
        """Return the code of a text that is shown outside the prose: one line, without marks."""
        fixed = find_fixed_text(parts)
        return tree.Invoke("plain", (self.text(parts),)) if fixed is None else tree.Given(fixed)

    def reason(self, needs: nodes.Expression, locked: nodes.Parts) -> tree.Code:
        """Return the code of why an option is greyed: its author's words, or some that are made."""
        return self.plain_text(locked) if locked else tree.Given(reason_of(self.story, needs))

    def _piece(self, piece: nodes.Piece) -> tree.Code:
        match piece:
            case str():
                self.most_made += len(piece)
                return tree.Given(piece)
            case nodes.ShownValue():
                self.most_made += _LONGEST_NUMBER if piece.kind.base in {"number", "yes_no"} else _ENDLESS
                return self.shown(piece)
            case nodes.ConditionalText(arms):
                return self._choose(arms)
            case nodes.Alternatives():
                return self._alternatives(piece)
            case nodes.TextCall(name, arguments):
                self.most_made += _ENDLESS
                return self._code_of_call(name, arguments)
            case nodes.PhraseCall(name, given):
                self.most_made += _ENDLESS
                return tree.Use(tree.Needed("phrase", self.numbering.phrases[name]), self.codes(given))
            case _:
                assert_never(piece)

    def _choose(self, arms: tuple[tuple[nodes.Expression | None, nodes.Parts], ...]) -> tree.Code:
        tested: list[tuple[tree.Code, tree.Code]] = []
        for condition, words in arms:
            text = self.rough_text(words)
            if condition is None:
                return tree.Select(tuple(tested), text) if tested else text
            tested.append((self.code(condition), text))
        return tree.Select(tuple(tested), tree.Given(""))

    def _code_of_call(
        self, name: str, arguments: tuple[nodes.ShownValue | nodes.PhraseCall | nodes.TextCall, ...]
    ) -> tree.Code:
        """Return the code of a function that makes text; the first argument of most is a number, of which no words are made."""
        first, *others = arguments
        of_number = name not in {"cap", "lower"} and isinstance(first, nodes.ShownValue)
        code = self.code(first.value) if of_number and isinstance(first, nodes.ShownValue) else self._piece(first)
        return tree.Invoke(name, (code, *(self._piece(each) for each in others)))

    def shown(self, piece: nodes.ShownValue) -> tree.Code:
        """Return the code of a value as a text shows it."""
        value = self.code(piece.value)
        match piece.kind.base:
            case "number":
                if piece.decimals is None:
                    return tree.Invoke("shown", (value,))
                return tree.Invoke("decimal", (value, tree.Given(piece.decimals)))
            case "yes_no":
                say = self.story.language.say
                return tree.Select(((value, tree.Given(say("yes"))),), tree.Given(say("no")))
            case "member":
                return tree.Item(self.of_kind("labels", piece.kind.of), value)
            case "set" | "list":
                return tree.Invoke("listing", (value, self.of_kind("labels", piece.kind.of)))
            case "text" | "per" | "unknown":
                return value
            case _:
                assert_never(piece.kind.base)

    # --- alternatives -------------------------------------------------------------------------------------------------

    def count(self, parts: nodes.Parts, at: At) -> list[tree.Statement]:
        """Return what counts a visit of the alternatives that a text always shows, before it is made: no call is needed for them."""
        found: list[tree.Statement] = []
        for piece in parts:
            if isinstance(piece, nodes.Alternatives) and piece.how in {"sequence", "cycle", "once"}:
                visit, counter = self.temporary(), self.sites[piece.site]
                self.counted[piece.site] = visit
                found.append(tree.Assign(visit, tree.Load("counters", counter), at))
                found.append(tree.Store("counters", counter, tree.Operate("+", (visit, tree.Given(1))), at))
        return found

    def _alternatives(self, piece: nodes.Alternatives) -> tree.Code:
        arms = [self.rough_text(arm) for arm in piece.arms]
        arm = self.arm(piece.how, piece.site, len(arms), piece.weights)
        if piece.how == "once":
            arms.append(tree.Given(""))
        if all(isinstance(each, tree.Given) for each in arms):
            return tree.Item(tree.Pack(tuple(arms)), arm)
        if len(arms) == 1:
            return tree.Item(tree.Pack((arms[0], arm)), tree.Given(0))
        number = self.temporary()
        first = (tree.Compare(tree.Keep(number, arm), (("==", tree.Given(0)),)), arms[0])
        others = [
            (tree.Compare(number, (("==", tree.Given(index)),)), arms[index]) for index in range(1, len(arms) - 1)
        ]
        return tree.Select((first, *others), arms[-1])

    def arm(
        self, how: nodes.AlternativesOrder, site: Site, size: int, weights: tuple[int | float, ...] = ()
    ) -> tree.Code:
        """Return the code of which arm this visit shows; it counts the visit."""
        visit = self.counted.get(site)
        if visit is not None:
            return self._code_of_arm(how, visit, size)
        counters, at = tree.Whole("counters"), tree.Given(self.sites[site])
        place = tree.Given(place_number(self.owner, site))
        match how:
            case "sequence" | "cycle" | "once":
                return tree.Invoke(f"{how}_arm", (counters, at, tree.Given(size)))
            case "shuffle":
                return tree.Invoke("shuffle_arm", (counters, at, place, tree.Given(size)))
            case "random":
                return tree.Invoke("random_arm", (counters, at, place, tree.Given(tuple(weights) or (1,) * size)))
            case _:
                assert_never(how)

    @staticmethod
    def _code_of_arm(how: nodes.AlternativesOrder, visit: tree.Temporary, size: int) -> tree.Code:
        if how == "cycle":
            return tree.Operate("%", (visit, tree.Given(size)))
        last = tree.Given(size - (how == "sequence"))
        return tree.Select(((tree.Compare(visit, (("<", last),)), visit),), last)


def place_number(owner: str, site: Site) -> int:
    """Return the number by which variety knows alternatives: it stays the same whatever else is edited."""
    return crc32(f"{owner}{site}".encode())


def _may_be_long(piece: nodes.Piece) -> bool:
    """Tell whether a piece can be longer than what stands in the story at its place."""
    return any(
        isinstance(each, nodes.PhraseCall | nodes.TextCall)
        or (isinstance(each, nodes.ShownValue) and each.kind.base not in {"number", "yes_no"})
        for each in nodes.things_in(piece)
    )


def find_fixed_text(parts: nodes.Parts) -> str | None:
    """Return a text without marks where it is always the same, None where it is not."""
    if not parts:
        return ""
    if len(parts) == 1 and isinstance(parts[0], str) and is_plain_line(parts[0]):  # as most are
        return parts[0]
    if not all(isinstance(piece, str) for piece in parts):
        return None
    return " ".join(plain_paragraphs(["".join(str(piece) for piece in parts)]))
