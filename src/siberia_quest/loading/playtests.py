"""A story's tests: the files of its folder `tests`, read and checked against the story."""

import errno
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice, repeat
from pathlib import Path
from types import MappingProxyType

from siberia_quest.lang.resolve import expression
from siberia_quest.lang.scope import nearest
from siberia_quest.loading.known_names import names_of, scope_of
from siberia_quest.loading.reading_context import ReadingContext
from siberia_quest.loading.taking import MOST_BYTES, MOST_FILES, take_inside
from siberia_quest.loading.tree import Mapping as Tree
from siberia_quest.loading.tree import Node, Scalar
from siberia_quest.loading.yaml_reader import read_yaml
from siberia_quest.model import playtest
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.expression import Constant, Expression
from siberia_quest.model.kinds import NUMBER, Value
from siberia_quest.model.language_keys import NAMES
from siberia_quest.model.steps import Choices, DealtChoices, End, Question, walk
from siberia_quest.model.story import Story

_LIMITS = re.compile(r"\s*(?:(-?\d+(?:\.\d+)?)?\s*%?\s*(\.\.)\s*)?(-?\d+(?:\.\d+)?)?\s*%?\s*")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")
_FIXES: Mapping[int, str] = MappingProxyType({
    errno.EFBIG: "make it smaller, or take it away", errno.EXDEV: "copy the file into the folder",
    errno.EINVAL: "put a file in its place", errno.EISDIR: "put a file in its place",
})  # fmt: skip
#: How like an option's id a pick must be to be no answer.
_CLOSE = 0.85
_LENGTHS = ("median", "shortest", "longest")


def read_playtests(path: Path, story: Story) -> playtest.Playtests:
    """Read the tests of a story that lies in a folder; one in a single file has none. Never raises for what an author wrote."""
    folder = (path if path.is_dir() else path.parent) / "tests"
    reader = _PlaytestReader(story)
    if path.is_dir() or path.name == "story.yaml":
        for file in sorted(islice(folder.glob("**/*.yaml"), MOST_FILES)):
            reader.read(folder.parent, f"tests/{file.relative_to(folder).as_posix()}")
    return reader.finish()


#: How often something is picked at most until a condition holds, where a test does not say, and where it does; how many games a target has.
_USUAL_TIMES = 100
MOST_TIMES = 10_000
MOST_GAMES = 1_000_000


class _PlaytestReader:
    """Gathers tests from files."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.context = ReadingContext()
        self.context.names = names_of(story)
        self.scope = scope_of(story)
        self.room = MOST_BYTES
        self.walkthroughs: list[playtest.Walkthrough] = []
        self.styles: dict[str, playtest.Style] = {"random": playtest.RANDOM}
        self.targets: list[playtest.Target] = []
        self.wins: tuple[str, ...] = ()
        self.lines: dict[str, list[str]] = {}
        self.known = _pickable(story)
        self.questions = _questions(story)

    def finish(self) -> playtest.Playtests:
        """Return what was read, after checking that each target's style exists."""
        for target in self.targets:
            if target.style not in self.styles:
                self.report_missing("style", target.style, target.span, list(self.styles))
            if target.wins and not self.wins:
                fix = "name them under `wins:`, as `wins: [home, sea]`"
                self.context.report("SQ211", "nothing says which endings are won games", target.span, fix)
        return playtest.Playtests(
            tuple(self.walkthroughs),
            self.styles,
            tuple(self.targets),
            self.wins,
            tuple(self.context.problems),
            self.lines,
        )

    def read(self, root: Path, file: str) -> None:
        """Read a file of tests in a story's folder; what is wrong with it, or that it cannot be read, is reported."""
        try:
            data = take_inside(root, file, self.room)
        except OSError as error:
            place = Span(file, 1, 1, 1, 2)
            self.context.problems.append(
                Diagnostic(
                    "SQ801",
                    f"this file of tests cannot be read: {error.strerror}",
                    place,
                    fix=_FIXES.get(error.errno or 0, "look at its rights"),
                )
            )
            return
        self.room -= len(data)
        tree, wrong, self.lines[file] = read_yaml(data, file)
        self.context.problems += wrong
        broken = any(each.severity == "error" for each in wrong)
        if broken or not isinstance(tree, Tree):
            if not broken:
                fix = "begin it with `walkthrough:`, `styles:` or `targets:`"
                self.context.report("SQ801", "this file holds no tests", Span(file, 1, 1, 1, 2), fix)
            return
        if tree.get("walkthrough") is not None:
            self.walkthroughs.append(self.walkthrough(tree))
            return
        self.context.keys(tree, "tests")
        for item in self.context.sequence(tree.get("walkthroughs"), "`walkthroughs:`"):
            self.walkthroughs.append(self.walkthrough(self.context.mapping(item, "a walkthrough")))
        for key, node in self.context.mapping(tree.get("styles"), "`styles:`").pairs:
            self.styles[self.context.id(key, "a style")] = self.style(key.text, self.context.mapping(node, "a style"))
        for item in self.context.sequence(tree.get("targets"), "`targets:`"):
            self.targets.append(self.target(self.context.mapping(item, "a target")))
        if tree.get("wins") is not None:
            self.wins = tuple(self.read_ending(each) for each in self.scalars(tree.get("wins"), "`wins:`"))

    # --- walkthroughs -------------------------------------------------------------------------------------------------

    def walkthrough(self, node: Tree) -> playtest.Walkthrough:
        """Read one walkthrough."""
        self.context.keys(node, "walkthrough")
        name = self.context.text(node.get("walkthrough"), "`walkthrough`") or "a walkthrough without a name"
        play = [step for item in self.context.sequence(node.get("play"), "`play:`") for step in self.plays(item)]
        ending = node.get("ending")
        stops = isinstance(ending, Scalar) and ending.value is True
        wanted = None if not isinstance(ending, Scalar) else "" if stops else self.read_ending(ending)
        settings = self.settings(node.get("settings"))
        return playtest.Walkthrough(
            name, int(self.context.number(node.get("seed"), "`seed`")), settings, tuple(play), wanted, node.span
        )

    def plays(self, node: Node) -> Iterator[playtest.Play]:
        """Read what stands in one line of `play:`."""
        if isinstance(node, Scalar):
            self.report_pick(node)
            yield playtest.Pick(node.text, 1, node.span)
        elif isinstance(node, Tree):
            again, expect = node.get("again"), node.get("expect")
            is_near = any(nearest(key.text, list(NAMES["play"])) for key, _ in node.pairs)
            if (again or expect or is_near) and not self.context.keys(node, "play"):
                return
            if again is not None:
                given = self.context.read_shape(again, "again")
                until = given.get("until")
                times = self.context.amount(
                    given.get("times"), "`times`", 1 if until is None else _USUAL_TIMES, MOST_TIMES
                )
                condition = self.context.condition(until, self.scope)
                said = until.text if isinstance(until, Scalar) else ""
                name = self.context.text(given.get("pick"), "`pick`")
                if isinstance(pick := given.get("pick"), Scalar):
                    self.report_pick(pick)
                yield playtest.Pick(name, times, node.span, condition, said)
            elif expect is not None:
                yield self.expect(self.context.mapping(expect, "`expect`"))
            else:
                fix = "write an option's id, `expect: {…}` or `again: {pick: …, times: …}`"
                self.context.report("SQ206", "this is no step of a walkthrough", node.span, fix)
        else:
            for item in node.items:
                yield from self.plays(item)

    def report_pick(self, scalar: Scalar) -> None:
        """Report a pick that is the id of no option, in a story where it cannot be an answer, or is one letter or two from an id."""
        if not self.questions or get_close_matches(scalar.text, self.known, 1, _CLOSE):
            self.report_option(scalar, "no option")

    def report_option(self, scalar: Scalar, what: str) -> None:
        """Report a name that is none of an option's."""
        if scalar.text not in self.known:
            joined = re.sub(r"\W+", "_", scalar.text.strip().lower()).strip("_")
            fix = f"write `{joined}`" if joined in self.known else nearest(scalar.text, sorted(self.known))
            fix = fix or "name an option by its id, which `siberia-quest play --plain` tells after `help`"
            self.context.report("SQ203", f"{what} is named `{scalar.text}`", scalar.span, fix)

    def expect(self, node: Tree) -> playtest.Expect:
        """Read what must be so."""
        self.context.keys(node, "expect")
        text = {key: self.context.text(node.get(key), f"`{key}`") for key in ("text", "offers", "lacks")}
        at, where = node.get("at"), node.get("where")
        for option in (node.get("offers"), node.get("lacks")):
            if isinstance(option, Scalar):
                self.report_option(option, "no option")
        return playtest.Expect(
            text["text"], self.passage(at) if isinstance(at, Scalar) else "", text["offers"], text["lacks"],
            self.context.condition(where, self.scope), where.text if isinstance(where, Scalar) else "", node.span,
        )  # fmt: skip

    # --- styles -------------------------------------------------------------------------------------------------------

    def style(self, name: str, node: Tree) -> playtest.Style:
        """Read a style of playing: what is preferred, avoided, always picked, and answered."""
        self.context.keys(node, "style")
        prefer = node.get("prefer")
        weights: list[playtest.Preference] = []
        first = self.preferences(node.get("first"))
        if isinstance(prefer, Tree):
            for key, weight in prefer.pairs:
                weights.append(
                    playtest.Preference(None, self.pickable(key), float(self.context.number(weight, "a weight", 1)))
                )
        else:
            first += self.preferences(prefer)
        avoid = tuple(self.pickable(each) for each in self.scalars(node.get("avoid"), "`avoid:`"))
        always = {
            self.passage(key): self.text(each)
            for key, each in self.context.mapping(node.get("always"), "`always:`").pairs
        }
        answers = dict(
            self.answer(key, each) for key, each in self.context.mapping(node.get("answers"), "`answers:`").pairs
        )
        base = self.like(node.get("like"))
        return playtest.Style(
            name, (*first, *base.first), (*base.prefer, *weights), (*avoid, *base.avoid), {**base.always, **always},
            {**base.answers, **answers}, {**base.settings, **self.settings(node.get("settings"))},
        )  # fmt: skip

    def answer(self, key: Scalar, node: Node) -> tuple[str, str | Expression]:
        """Read what is answered where a variable is asked for: words, a number or what comes to one; report what no such question takes."""
        asked = self.questions.get(key.text, ())
        if isinstance(node, Scalar) and any(each.number for each in asked) and not _NUMBER.fullmatch(node.text):
            meaning = expression(node.text, self.scope, NUMBER, "an answer")
            has_faults = bool(self.scope.faults)
            self.scope.faults.clear()
            if not has_faults and not isinstance(meaning.expression, Constant):
                return key.text, meaning.expression
        if key.text not in self.questions:
            self.report_missing("variable that an `ask:` asks for", key.text, key.span, list(self.questions))
        answer = self.text(node)
        refused = [each for each in map(_refusal, self.questions.get(key.text, ()), repeat(answer)) if each]
        if refused:
            self.context.report("SQ802", f"`{answer}` is no answer for `{key.text}`", node.span, f"write {refused[0]}")
        return key.text, answer

    def like(self, node: Node | None) -> playtest.Style:
        """Return the style that another one begins with; it stands above it."""
        if not isinstance(node, Scalar):
            return playtest.RANDOM
        if node.text not in self.styles:
            self.report_missing("style above", node.text, node.span, list(self.styles))
        return self.styles.get(node.text, playtest.RANDOM)

    def preferences(self, node: Node | None) -> list[playtest.Preference]:
        """Read what is tried in order."""
        found = []
        for item in self.context.sequence(node, "`prefer:`"):
            if isinstance(item, Scalar):
                found.append(playtest.Preference(None, self.pickable(item), 1))
                continue
            given = self.context.read_shape(item, "preference")
            pick = given.get("pick")
            if not isinstance(pick, Scalar):
                self.context.report(
                    "SQ211", "a preference needs `pick:`", item.span, "name an option, a tag or `best_odds`"
                )
                continue
            found.append(
                playtest.Preference(self.context.condition(given.get("if"), self.scope), self.pickable(pick), 1)
            )
        return found

    def pickable(self, scalar: Scalar) -> str:
        """Return the id of an option or a tag; report what is neither."""
        if scalar.text not in playtest.BY_ODDS:
            self.report_option(scalar, "no option and no tag")
        return scalar.text

    # --- targets ------------------------------------------------------------------------------------------------------

    def target(self, node: Tree) -> playtest.Target:
        """Read a target: what many games of a style must come to, within limits."""
        self.context.keys(node, "target")
        wins = node.get("wins")
        shares: dict[str, dict[str, playtest.Limits]] = {}
        for section in ("endings", "reached", "stats", "length"):
            shares[section] = {}
            for key, limits in self.context.mapping(node.get(section), f"`{section}:`").pairs:
                shares[section][self.read_measure(section, key)] = self.limits(limits)
        return playtest.Target(
            self.context.text(node.get("style"), "`style`") or "random",
            max(1, self.context.amount(node.get("games"), "`games`", 1000, MOST_GAMES)),
            int(self.context.number(node.get("seed"), "`seed`")),
            self.settings(node.get("settings")),
            shares["endings"], shares["reached"], shares["stats"], shares["length"],
            self.limits(wins) if wins is not None else None, node.span,
        )  # fmt: skip

    def read_measure(self, section: str, key: Scalar) -> str:
        """Return what is measured; report what does not exist."""
        if section == "endings":
            return self.read_ending(key)
        if section == "reached":
            return self.passage(key)
        known = list(self.story.stats) if section == "stats" else list(_LENGTHS)
        if key.text not in known:
            self.report_missing("stat" if section == "stats" else "length", key.text, key.span, known)
        return key.text

    def limits(self, node: Node) -> playtest.Limits:
        """Read limits such as `3..15%`; a single number is both of them."""
        match = _LIMITS.fullmatch(node.text) if isinstance(node, Scalar) else None
        low, dots, high = match.groups() if match else (None, None, None)
        least = float(low or "-inf") if dots else float(high or "nan")
        most = float(high or "inf")
        if not isinstance(node, Scalar) or not (low or high) or not least <= most:
            fix = "write them as `3..15%` or `80..140`, the smaller one first; `45%..` is at least, `..140` at most"
            self.context.report("SQ206", "limits were expected here", node.span, fix)
            return playtest.Limits(0, 0, "0")
        return playtest.Limits(least, most, node.text)

    # --- names --------------------------------------------------------------------------------------------------------

    def settings(self, node: Node | None) -> Mapping[str, Value]:
        """Read what was chosen before a game."""
        found: dict[str, Value] = {}
        for key, each in self.context.mapping(node, "`settings:`").pairs:
            setting = self.story.settings.get(key.text)
            if setting is None:
                self.report_missing("setting", key.text, key.span, list(self.story.settings))
            elif isinstance(each, Scalar):
                if setting.options and each.text not in dict(setting.options):
                    self.report_missing(
                        f"choice of `{key.text}`", each.text, each.span, [id_ for id_, _ in setting.options]
                    )
                if setting.kind == NUMBER and (isinstance(each.value, bool) or not isinstance(each.value, int | float)):
                    fix = "write it in digits"
                    self.context.report("SQ206", f"the setting `{key.text}` is a number", each.span, fix)
                is_text = setting.kind.base in {"text", "member"} or each.value is None
                found[key.text] = each.text if is_text else each.value  # type: ignore[assignment]  # None is told apart above
        return found

    def read_ending(self, scalar: Scalar) -> str:
        """Return an ending's id; report one that does not exist. A story may end in one that it does not declare."""
        known = list(self.story.endings) or _find_undeclared(self.story)
        if scalar.text not in known:
            self.report_missing("ending", scalar.text, scalar.span, known)
        return scalar.text

    def passage(self, scalar: Scalar) -> str:
        """Return a passage's id from an address or the end of one."""
        text = scalar.text
        place = self.scope.find_place(text)
        ends = [each for each in self.story.passages if each.endswith(f".{text}")]
        if place is None and not ends:
            known = [*self.story.passages, *(each.split(".")[-1] for each in self.story.passages)]
            fix = nearest(text, known) or "name it as `scene.passage`"
            self.context.report("SQ203", f"no passage is named `{text}`", scalar.span, fix)
        return place[0] if place else ends[0] if ends else text

    def scalars(self, node: Node | None, what: str) -> list[Scalar]:
        """Return one word or a list of them, with their places."""
        items = (node,) if isinstance(node, Scalar) else self.context.sequence(node, what)
        return [each for each in items if isinstance(each, Scalar)]

    def text(self, node: Node) -> str:
        """Return what was written as a pick: the id of an option, or an answer."""
        return self.context.text(node, "a pick")

    def report_missing(self, what: str, name: str, span: Span, known: list[str]) -> None:
        """Report a name that nothing has."""
        names = [each for each in known if each]
        fix = nearest(name, names) or (
            f"there is: {', '.join(names[:12])}" if names else f"the story has no {what}: take it out"
        )
        self.context.report("SQ802", f"no {what} is named `{name}`", span, fix)


def _pickable(story: Story) -> set[str]:
    """Return the ids of all options, and the tags of all."""
    found = {"go_on"}
    for passage in story.passages.values():
        found |= {passage.id.split(".")[-1], *passage.tags} if passage.storylet else set()
        for step in walk(passage.steps):
            for item in step.items if isinstance(step, Choices) else ():
                if not isinstance(item, DealtChoices):
                    found |= {item.id, *item.members, *item.tags}
    return found


def _find_undeclared(story: Story) -> list[str]:
    return [step.ending for each in story.passages.values() for step in walk(each.steps) if isinstance(step, End)]


def _questions(story: Story) -> dict[str, list[Question]]:
    """Return the questions of a story by the variable that keeps their answer."""
    found: dict[str, list[Question]] = {}
    for passage in story.passages.values():
        for step in walk(passage.steps):
            if isinstance(step, Question):
                found.setdefault(step.into, []).append(step)
    return found


def _refusal(question: Question, answer: str) -> str:
    """Return what a question takes where an answer is none of it, "" where it is one."""
    low, high = question.low, question.high
    if not question.number:
        is_told = bool(answer or question.default)
        return "" if is_told and len(answer) <= question.longest else f"a text of 1 to {question.longest} characters"
    fits = _NUMBER.fullmatch(answer) and (low is None or high is None or low <= float(answer) <= high)
    return "" if fits else "a number" if low is None or high is None else f"a number from {low} to {high}"
