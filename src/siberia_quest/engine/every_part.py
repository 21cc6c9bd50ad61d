"""All code that play of a story can come to, printed and compiled beforehand, so that nothing is met first in play."""

from collections.abc import Iterable, Iterator

from siberia_quest.engine.code import Function
from siberia_quest.engine.code_parts import Unmade
from siberia_quest.engine.code_storylets import codes_of_storylets
from siberia_quest.engine.print_python import print_function
from siberia_quest.engine.program import StoryProgram, program_of
from siberia_quest.model.story import Formula, Passage, Phrase, Story


def find_parts_too_large(story: Story) -> Iterator[Passage | Formula | Phrase]:
    """Yield what comes to more code than Python takes: everything is coded and printed, and what is alike is compiled once."""
    program = program_of(story)
    for part, functions in _functions(program):
        try:
            for function in functions:
                program.shape_of(print_function(function, part.at))
        except (SyntaxError, RecursionError, MemoryError):  # its parser, its compiler or its stack has no room
            yield part


def _functions(program: StoryProgram) -> Iterator[tuple[Passage | Formula | Phrase, Iterable[Function]]]:
    """Yield each part of a story with what codes its functions."""
    story = program.story
    for number, formula in enumerate(program.formulas):
        yield formula, map(program.code_of_formula, (number,))
    for number, phrase in enumerate(program.phrases):
        yield phrase, map(program.code_of_phrase, (number,))
    for passage in story.passages.values():
        yield passage, _code_passage(program, passage)
    for tag, passages in story.storylets.items():
        yield story.passages[passages[0]], _code_storylets(program, tag)


def _code_passage(program: StoryProgram, passage: Passage) -> Iterator[Function]:
    for part in program.coder_of(passage.id).parts:  # more of them are met meanwhile
        if isinstance(part, Unmade):
            yield part.code()


def _code_storylets(program: StoryProgram, tag: str) -> Iterator[Function]:
    yield from codes_of_storylets(program.story, program.numbering, tag)
