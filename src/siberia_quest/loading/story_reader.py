"""A whole story: from its files' trees to a `Story`, or to everything that is wrong with it."""

import hashlib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from siberia_quest.lang.scope import Scope
from siberia_quest.loading.checks import read_checks
from siberia_quest.loading.choice_reader import derive_ids, places_in, report_unread
from siberia_quest.loading.circles import report_menu_circles, report_menu_sizes, report_phrase_circles
from siberia_quest.loading.declarations import Declarations, make_label
from siberia_quest.loading.definite_assignment import unset_reads
from siberia_quest.loading.flow_checks import (
    report_answers,
    report_flow,
    report_jumps,
    report_missing,
    report_waiting,
    ways_of,
)
from siberia_quest.loading.heading import (
    find_language,
    read_endings,
    read_heading,
    read_renames,
    read_start,
    report_id,
)  # fmt: skip
from siberia_quest.loading.panels import read_panels, read_status
from siberia_quest.loading.phrases import find_varying, read_phrase
from siberia_quest.loading.reading_context import MOST_MISTAKES, ReadingContext, SceneFile, TooMany, start_of
from siberia_quest.loading.scene_cache import Outside, ReadPassages, SceneCache, digest
from siberia_quest.loading.step_reader import OF_PASSAGES, StepReader
from siberia_quest.loading.tree import Mapping as Tree
from siberia_quest.loading.tree import Node, Scalar, Sequence
from siberia_quest.loading.work import report_waits, report_work
from siberia_quest.loading.yaml_traps import is_nothing
from siberia_quest.model.diagnostic import Diagnostic, Span
from siberia_quest.model.expression import Parts
from siberia_quest.model.language_keys import NAMES
from siberia_quest.model.named_tuple import NamedTuple
from siberia_quest.model.outline import KeptScene, Outline, PassageFacts, SceneFacts
from siberia_quest.model.sites import (
    PASSAGE,
    Site,
    deal_slot,
    last_deal_site,
    last_visit_site,
    name_of_site,
    passage_record,
    phrase_record,
    sort_of_site,
)  # fmt: skip
from siberia_quest.model.state import Layout
from siberia_quest.model.steps import Steps
from siberia_quest.model.story import EACH_TURN, PackedPassages, Passage, Passages, Phrase, Story, Storylet

Name = TypeVar("Name", bound=str)


class Written(NamedTuple):
    """A passage as it is written: its id, its name, its node, and the scene it is in."""

    id: str
    name: Scalar
    node: Node
    scene: SceneFile


class StoryReader:
    """Reads one story."""

    def __init__(  # what a story is read from
        self,
        header: Tree,
        scenes: list[SceneFile],
        story_id: str,
        art: Mapping[str, str],
        wording: str,
        cache: SceneCache,
    ) -> None:
        """Begin.

        `scenes` has the story's own file first; `art` is the text of pictures beside it, by file name; `wording` a hash of every byte.
        `cache` has what was read before of scenes, and keeps what is worth it.
        """
        self.context = ReadingContext()
        self.context.art = dict(art)
        self.language = find_language(self.context, header)
        self.context.is_released = self.context.text(header.get("version"), "`version`")[:1] in set("123456789")
        self.context.main = scenes[0].id
        self.header = header
        self.scenes = scenes
        self.story_id = story_id
        self.wording = wording
        self.cache = cache
        self.ground = ""
        self.outlines: dict[str, Outline] = {}
        self.derived: dict[str, dict[Span, str]] = {}
        self.places: dict[str, list[tuple[Site, Node]]] = {}
        self.ways: dict[str, PassageFacts] = {}

    def read(self) -> tuple[Story | None, list[Diagnostic]]:
        """Read everything; the story is None when there are errors."""
        try:
            return self.read_all()
        except TooMany as more:
            said = f"there are more than {MOST_MISTAKES} mistakes, and the others are not told"
            fix = "mend some of these first; one that stands above others may be the cause of them"
            return None, [*self.context.problems, Diagnostic("SQ805", said, more.span, fix=fix)]

    # long: the order in which a story is read, from declarations to the whole.
    def read_all(self) -> tuple[Story | None, list[Diagnostic]]:
        """Read everything. Raises TooMany when there are more mistakes than are told."""
        context, header = self.context, self.header
        for scene in self.scenes:
            context.keys(scene.root, "story" if scene.root is header else "scene")
            self.report_untitled(scene)
            if scene.root is header and is_nothing(header.get("story") or header):
                where = (header.get("story") or header).span
                context.report("SQ215", "the story has no title", where, "write it behind `story:`")
        declarations = Declarations(context, header, self.scenes)
        declarations.read()
        context.endings = frozenset(key.text for scene in self.scenes for key, _ in pairs_of(scene.root.get("endings")))
        self.read_menus()
        self.recognise(declarations)
        context.names = declarations.names()
        self.collect(declarations)
        outside = Outside(self.outlines)
        context.names = context.names._replace(passages=outside)
        declarations.finish_formulas()
        declarations.finish_bounds()
        context.names = context.names._replace(checks=read_checks(context, header.get("checks"), context.names))
        phrases = self.phrases(declarations)
        context.varying = find_varying(phrases)
        status, panels, renames = (
            read_status(context, header),
            read_panels(context, header),
            read_renames(context, header),
        )
        passages = self.passages(outside)
        endings, achievements = read_endings(context, declarations)
        report_missing(context, passages, self.ways, endings, achievements)
        report_jumps(context, passages, self.ways)
        if not any(problem.severity == "error" for problem in context.problems):
            report_flow(context, passages, self.ways, by_tag(self.outlines))
            report_answers(context, passages, self.ways)
        report_phrase_circles(context, phrases)
        report_work(context, declarations.formulas, phrases, declarations.kinds)
        start = read_start(context, header, passages)
        self.report_start(start)
        storylets = by_tag(self.outlines)
        slots = [
            *declarations.settings,
            *declarations.stats,
            *declarations.variables,
            *map(deal_slot, storylets),
        ]
        records = [
            *map(passage_record, passages),
            *(phrase_record(name) for name, phrase in phrases.items() if phrase.sites),
        ]
        members = {
            name: {member: place for place, member in enumerate(declarations.kinds[each.kind.of].ids)}
            for name, each in declarations.variables.items()
            if each.kind.base == "per"
        }
        layout = Layout(number_names(slots), number_names(records), members)
        report_id(context, header.get("id"), self.story_id)
        heading = read_heading(context, header, self.story_id, start)
        if any(problem.severity == "error" for problem in context.problems):
            return None, context.problems
        story = Story(
            header=heading._replace(structure=self.structure(start, slots), wording=self.wording), language=self.language,
            settings=declarations.settings, stats=declarations.stats, variables=declarations.variables, formulas=declarations.formulas,
            tables=declarations.tables, phrases=phrases, kinds=declarations.kinds, endings=endings, achievements=achievements,
            renames=renames, status=status, panels=panels, scenes={scene.id: self.title(scene) for scene in self.scenes},
            passages=passages, storylets=storylets,
            notes=tuple(context.notes), layout=layout, files=tuple(scene.file for scene in self.scenes),
        )  # fmt: skip
        return story, context.problems

    def report_untitled(self, scene: SceneFile) -> None:
        """Report a story.yaml that says nothing of itself, or a scene without a title."""
        word = "story" if scene.root is self.header else "scene"
        if scene.root.get(word) is None and not (word == "scene" and scene.root.get("story") is not None):
            if any(
                f"`{word}`" in each.fix or f"`{word}:`" in each.fix
                for each in self.context.problems
                if each.span.file == scene.file
            ):
                return  # told already, as a key that means nothing
            self.context.report(
                "SQ215",
                f"`{word}:` with the title is missing",
                scene.root.span,
                f"begin the file with `{word}: A title`",
            )

    def report_start(self, start: str) -> None:
        """Report a story that would begin in a passage that takes something."""
        given = self.outlines[start].parameters if start in self.outlines else ()
        if given:
            name, (line, column) = start.rsplit(".", 1)[-1], self.outlines[start].at
            file = next(scene.file for scene in self.scenes if scene.id == start.partition(".")[0])
            node = self.header.get("start")
            span = node.span if node else Span(file, line, column, line, column + len(name))
            fix = "begin in a passage without `params:`, which may `call:` this one"
            why = f"nothing gives it its `{given[0][0]}` when a game begins"
            self.context.report("SQ220", f"the story cannot begin in `{name}`, which takes something", span, fix, why)

    def title(self, scene: SceneFile) -> str:
        """Return a scene's title, made of its id where it has none; the story's own file has no title as a scene."""
        if scene.root is self.header:
            return ""
        return self.context.text(scene.root.get("scene"), "`scene`") or make_label(scene.id)

    # --- names --------------------------------------------------------------------------------------------------------

    def read_menus(self) -> None:
        """Keep the lists of choices that several passages use, by name, with the scene they stand in."""
        for scene in self.scenes:
            for key, node in self.context.mapping(scene.root.get("menus"), "`menus:`").pairs:
                if isinstance(node, Sequence):
                    self.context.menus[key.text] = (scene.id, node)
                else:
                    self.context.report(
                        "SQ206", f"the menu `{key.text}` is a list of choices", node.span, "begin each with `- text:`"
                    )
        for _, node in self.context.menus.values():
            report_unread(self.context, node)
        report_menu_circles(self.context)
        report_menu_sizes(self.context)

    def recognise(self, declarations: Declarations) -> None:
        """Forget what was read before of scenes where the kinds and menus of the story are others now."""
        context = self.context
        sets = [(name, each.kind) for name, each in declarations.variables.items() if each.kind.base == "set"]
        self.ground = digest(
            repr((context.is_released, sorted(context.commands), declarations.kinds, context.menus, sets))
        )
        self.scenes = self.cache.settle(self.scenes, self.ground)

    def collect(self, declarations: Declarations) -> None:
        """Find every passage, and what the others must know of it."""
        for scene in self.scenes:
            known = self.cache.outlines(scene)
            if known is not None:
                self.outlines |= {each.id: each for each in known}
                continue
            for written in self.list_written(scene):
                self.context.id(written.name, "a passage")
                self.outlines[written.id] = self.outline(written, declarations)

    def list_written(self, scene: SceneFile) -> list[Written]:
        """Return the passages of a scene as they are written."""
        pairs = self.context.mapping(scene.root.get("passages"), "`passages:`").pairs
        return [Written(f"{scene.id}.{key.text}", key, node, scene) for key, node in pairs]

    def outline(self, written: Written, declarations: Declarations) -> Outline:
        """Return what the rest of the story must know of a passage."""
        node = as_meant(written.node) if isinstance(written.node, Tree) else written.node
        given = node.get("params") if isinstance(node, Tree) else None
        storylet = node.get("storylet") if isinstance(node, Tree) else None
        tags = self.context.words(storylet.get("tag"), "`tag`") if isinstance(storylet, Tree) else None
        found = self.places[written.id] = self.find_places(written)
        if self.context.derived:
            self.derived[written.id] = self.context.derived
        places = tuple(dict.fromkeys(site for site, _ in found))
        return Outline(written.id, start_of(written.name), tuple(declarations.parameters(given)), tags, places)

    # --- bodies -------------------------------------------------------------------------------------------------------

    def phrases(self, declarations: Declarations) -> dict[str, Phrase]:
        """Read the phrases by name, each with its own parameters and sites."""
        found = {}
        for name, (signature, key, node, scene) in declarations.phrase_nodes.items():
            scope = self.context.scope(scene.id)
            for parameter, kind in signature.parameters:
                scope.add_local(parameter, kind)
            parts = read_phrase(self.context, node, scope)
            kinds = tuple(kind for _, kind in signature.parameters)
            found[name] = Phrase(name, kinds, parts, tuple(scope.sites), scene.file, start_of(key))
        return found

    def passages(self, outside: Outside) -> Passages:
        """Read the passages of all scenes, or take them from the cache where that is true still."""
        if not self.outlines and not any("`passages" in each.fix + each.message for each in self.context.problems):
            fix = "add `passages:` with at least one passage"
            self.context.report("SQ215", "this story has no passages", self.header.span, fix)
        self.context.common.meanings.clear()  # some was read while names were still missing
        around = self.hash_declared()
        found: dict[str, Passage | PackedPassages] = {}
        for scene in self.scenes:
            read = self.cache.recall(scene, outside, around)
            if read is None:
                outside.begin()
                whole = self.cache.reread(scene)
                read = self.read_scene(whole, outside)
                if whole.root is not self.header and {key.text for key, _ in whole.root.pairs} <= {"scene", "passages"}:
                    self.cache.keep(whole, self.title(whole), read, outside, around)
            ids = [each.id for each in read.facts.outlines]
            found |= read.passages if isinstance(read.passages, ReadPassages) else dict.fromkeys(ids, read.passages)
            self.ways |= dict(zip(ids, read.facts.ways, strict=True))
            self.context.common.since.update(read.facts.since)
            self.context.notes += read.facts.notes
        found |= self.each_turn(outside)
        return self.with_turns(found)

    def each_turn(self, outside: Outside) -> dict[str, Passage]:
        """Read the steps of each turn as a passage that nothing leads to."""
        node = self.header.get("each_turn")
        if node is None:
            return {}
        key = next(key for key, _ in self.header.pairs if key.text == "each_turn")
        written = Written(f"{self.context.main}.{EACH_TURN}", key, as_list(node), self.scenes[0])
        self.outlines[written.id] = Outline(written.id, start_of(key), (), None, ())
        passage = self.passage(written, outside)
        del self.outlines[written.id]
        self.ways[written.id] = ways_of(passage)
        report_waiting(self.context, passage)
        return {written.id: passage}

    def hash_declared(self) -> str:
        """Return a hash of all that passages hang on, but for other passages."""
        names = self.context.names
        formulas = [(name, each.parameters, each.kind()) for name, each in names.formulas.items()]
        known = [value for name, value in names._asdict().items() if name not in {"formulas", "passages"}]
        told = self.context.art, self.context.longest, sorted(self.context.varying), sorted(self.context.endings)
        return digest(repr((self.ground, known, formulas, told)))

    def read_scene(self, scene: SceneFile, outside: Outside) -> KeptScene:
        """Read the passages of a scene, and keep what of it is worth keeping for another time."""
        common, context = self.context.common, self.context
        before = common.since, context.notes
        common.since, context.notes = set(), []
        passages = ReadPassages({each.id: self.passage(each, outside) for each in self.list_written(scene)})
        outlines, ways = tuple(self.outlines[id_] for id_ in passages), tuple(map(ways_of, passages.values()))
        facts = SceneFacts("", "", (), "", outlines, ways, tuple(sorted(common.since)), tuple(context.notes))
        common.since, context.notes = before
        return KeptScene(facts, passages)

    def passage(self, written: Written, outside: Outside) -> Passage:
        """Read one passage: its heading, its steps, and the sites that are met in them."""
        context, scene = self.context, written.scene
        scope = context.scope(scene.id, written.id)
        scope.add_site(PASSAGE)
        parameters = self.outlines[written.id].parameters
        for name, kind in parameters:
            scope.add_local(name, kind)
            scope.assignable.add(name)
        self.add_places(scope, written)
        reader = StepReader(context, scope, outside)
        node = written.node
        heading: Parts = ()
        storylet: Storylet | None = None
        tags: tuple[str, ...] = ()
        if isinstance(node, Tree):
            context.keys(node, "passage")
            node = as_meant(node)
            heading = context.prose(node.get("title"), scope, "`title`")
            storylet = self.storylet(node.get("storylet"), context.scope(scene.id, written.id), scope, parameters)
            tags = context.words(node.get("tags"), "`tags`")
            steps: Steps = tuple(reader.read_known_steps(node, "", skip=OF_PASSAGES))
        else:
            steps = reader.block(node, "")
        report_waits(context, steps, scene.file)
        if len(scope.slots) > len(parameters):
            self.report_unset(scope, steps, len(parameters), scene.file)
        return Passage(
            written.id,
            scene.id,
            heading,
            tuple(kind for _, kind in parameters),
            tuple(scope.slots),
            steps,
            storylet,
            tags,
            tuple(scope.sites),
            scene.file,
            start_of(written.name),
        )

    def report_unset(self, scope: Scope, steps: Steps, parameters: int, file: str) -> None:
        """Report local names that are read where they may have no value yet."""
        for slot, (line, column) in unset_reads(steps, parameters):
            name = scope.slots[slot]
            is_kind = name in self.context.names.kinds
            giver = "is in the `for:`" if is_kind else "goes past the `let:`"
            why = f"not every way to this place {giver} that gives `{name}` a value"
            fix = "read it inside its `for:` only" if is_kind else "put the `let:` above, where every way comes by"
            span = Span(file, line, column, line, column + 1)
            self.context.report("SQ219", f"`{name}` may have no value here", span, fix, why)

    def find_places(self, written: Written) -> list[tuple[Site, Node]]:
        """Return a passage's choices and labels; ids that come of words are made unique first."""
        self.context.derived = {}
        found = list(places_in(self.context, written.node))
        if len({site for site, _ in found}) < len(found):
            derive_ids(self.context, written.node)
            found = list(places_in(self.context, written.node))
        return found

    def add_places(self, scope: Scope, written: Written) -> None:
        """Give each choice and label of a passage its place among the sites; report labels that stand twice."""
        found = self.places.pop(written.id, None)
        if found is None:
            found = self.find_places(written)
        else:
            self.context.derived = self.derived.pop(written.id, {})
        for site, where in found:
            if site not in scope.sites:
                scope.add_site(site)
            elif sort_of_site(site) == "label":  # choices are told apart in their list
                what = f"the label `{name_of_site(site)}` stands twice in this passage"
                self.context.report("SQ208", what, where.span, "rename one of them")

    def storylet(self, node: Node | None, scope: Scope, sites: Scope, parameters: object) -> Storylet | None:
        """Read when a passage can be dealt."""
        if node is None:
            return None
        context = self.context
        told = len(context.problems)
        given = context.read_shape(node, "storylet", "`storylet`")
        tags = context.words(given.get("tag"), "`tag`")
        if not tags and len(context.problems) == told:
            context.report("SQ213", "this storylet has no tag", node.span, "add `tag:`, so that it can be dealt")
        if parameters:
            why = "nothing gives it anything when it is dealt"
            fix = "take `params:` out and let it read a variable, or take `storylet:` out and call it"
            context.report("SQ220", "a storylet cannot take anything", node.span, fix, why)
        cooldown = int(context.number(given.get("cooldown"), "`cooldown`"))
        for tag in tags if cooldown else ():
            sites.add_site(last_deal_site(tag))
        needs = context.condition(given.get("needs"), scope)
        return Storylet(
            tags, context.condition(given.get("if"), scope), context.quantity(given.get("weight"), scope, "`weight`", 1),
            context.number(given.get("priority"), "`priority`"), context.flag(given.get("once"), "`once`"), cooldown, needs,
            context.prose(given.get("locked"), sites, "`locked`"),
        )  # fmt: skip

    def structure(self, start: str, slots: list[str]) -> str:
        """Return a hash of what saves depend on."""
        shape = repr([slots, start, [(id_, each.sites, each.locals) for id_, each in self.ways.items()]])
        return hashlib.sha256(shape.encode()).hexdigest()[:16]

    def with_turns(self, found: dict[str, Passage | PackedPassages]) -> Passages:
        """Give a place to the turn of the last visit, wherever the story asks for it."""
        sites: dict[str, tuple[Site, ...]] = {}
        for id_, site in sorted(self.context.common.since):
            now = sites.get(id_, self.ways[id_].sites)
            if (last := last_visit_site(site)) not in now:
                sites[id_] = (*now, last)
        for id_, more in sites.items():
            self.ways[id_] = self.ways[id_]._replace(sites=more)
            passage = found[id_]
            if isinstance(passage, Passage):
                found[id_] = passage._replace(sites=more)
        return Passages(found, sites)


def pairs_of(node: Node | None) -> tuple[tuple[Scalar, Node], ...]:
    """Return the names that stand under a section, with what belongs to each; none where it is no section."""
    return node.pairs if isinstance(node, Tree) else ()


def as_meant(node: Tree) -> Tree:
    """Return a passage with its misspelt keys, which are told, as they were meant: so nothing else is said because of them."""
    if all(key.text in NAMES["passage"] for key, _ in node.pairs):
        return node
    free = [name for name in NAMES["passage"] if node.get(name) is None]
    meant = {
        key.text: get_close_matches(key.text, free, 1, 0.75)
        for key, _ in node.pairs
        if key.text not in NAMES["passage"]
    }
    pairs = (
        (key._replace(text=meant[key.text][0]) if meant.get(key.text) else key, under) for key, under in node.pairs
    )
    return node._replace(pairs=tuple(pairs))


def by_tag(outlines: Mapping[str, Outline]) -> dict[str, tuple[str, ...]]:
    """Return the storylets of each tag."""
    found: dict[str, list[str]] = {}
    for id_, outline in outlines.items():
        for tag in outline.tags or ():
            found.setdefault(tag, []).append(id_)
    return {tag: tuple(ids) for tag, ids in found.items()}


def number_names(names: list[Name]) -> dict[Name, int]:
    """Return each name's place."""
    return {name: place for place, name in enumerate(names)}


def as_list(node: Node) -> Node:
    """Return steps as a list, of which one may stand alone."""
    return Sequence((node,), node.span) if isinstance(node, Tree) else node
