"""What a story's code can call: each function's name in the code tree, and the Python expression that does it.

A template names its arguments by number (`{all}` for all of them, `{rest}` for all but the first), `w` for the turn in progress, and
functions of `RUNTIME`. Nothing else can be named: printed code has no other names, not even Python's own.
"""

from collections.abc import Mapping
from types import MappingProxyType

from siberia_quest.engine import counting, numbers
from siberia_quest.engine.deals import deal, deal_options
from siberia_quest.engine.figures import items_of, journal_items, row_between, row_figure, stat_row
from siberia_quest.engine.offers import Candidate, Offer
from siberia_quest.engine.sight import likelihood
from siberia_quest.engine.stat_changes import band, gain, hide, keep, move, settle
from siberia_quest.engine.variety import (
    cycle_arm,
    highest,
    lowest,
    once_arm,
    random_arm,
    sequence_arm,
    shuffle_arm,
    unmoved,
)
from siberia_quest.engine.views import show_art, show_chart, show_journal, show_stats
from siberia_quest.model.functions import FORMS
from siberia_quest.model.markup import evened, plain_line
from siberia_quest.model.page import Ask, Beat, Figure, Montage, Option, Tune

_IN_RANGE = f"-{numbers.LIMIT} <= x <= {numbers.LIMIT}"

#: Templates of what the engine itself calls; those of the language's functions stand in `model.functions`.
ENGINE: Mapping[str, str] = MappingProxyType({
    # moving about
    "goto": "w.goto({0})", "depart": "w.depart({0})",
    "leave": "w.leave({0})", "give": "w.give({0}, {1})", "at_label": "w.at_label({0})",
    "call": "w.call({0}, {1}, {2})", "deal": "deal(w, {0}, {1}, {2}, {3})",
    "bring_back": "w.bring_back({0}, {1})", "answer": "w.answer[1]", "is_answered": "(w.answer[0] == {0})",
    "finish": "w.finish()", "end": "w.end({0})", "offer": "w.offer({0})", "wait": "w.wait({0})",
    "spend": "w.spend()", "entitle": "w.entitle()", "this_turn": "(w.turn + 1)",
    # chance and variety
    "check": "w.check({0}, {1}, {2}, {3})", "weigh": "w.weigh({0})",
    "sequence_arm": "sequence_arm({0}, {1}, {2})", "cycle_arm": "cycle_arm({0}, {1}, {2})", "once_arm": "once_arm({0}, {1}, {2})",
    "shuffle_arm": "shuffle_arm(w, {0}, {1}, {2}, {3})", "random_arm": "random_arm(w, {0}, {1}, {2}, {3})",
    # values
    "stored": "stored({0})", "tidy": "tidy({0})", "keep": "keep(w, {0}, {1})", "gain": "gain(w, {0}, {1})",
    "move": "move(w, {0}, {1}, {2})", "settle": "settle(w)", "hide": "hide(w, {0})", "copied": "{0}[:]",
    # most numbers are small and whole, and need no call
    "stored_number": f"(x if (x := {{0}}).__class__ is int and {_IN_RANGE} else stored(x))",
    "within": "(x if {1} <= (x := y if (y := {0}).__class__ is int else tidy(y)) <= {2} else {1} if x < {1} else {2})",
    "cut": "{0}[:{1}]", "newest": "(*{0}, {1})[-{2}:]", "with_member": "with_member({0}, {1}, {2})",
    "without_member": "without_member({0}, {1})", "replaced": "replaced({0}, {1}, {2})",
    "visits_of": "w.visits({0}, {1})", "count_of_member": "{0}[{1}[{2}.index({3})]]", "fixed_option": "{0}.options[{1}]",
    "fixed_offer": "({0}.known.get({1}) or {0}.make({1}))",
    # texts
    "evened": "evened({0})", "plain": "plain_line({0})", "shown": "shown({0})",
    "likelihood": "likelihood({0})", "decimal": "decimal(w.program.language, {0}, {1})",
    "listing": "listing(w.program.language, {0}, {1})",
    # blocks of a page
    "beat": "Beat({0}, {1})", "montage": "Montage({0}, {1}, {2}, tuple({3}))", "tune": "Tune({0}, {1})",
    "show_stats": "show_stats(w)", "show_journal": "show_journal(w)", "show_chart": "show_chart(w, {0})",
    "show_art": "show_art(w, {0}, {1})", "note": "w.note({0})", "made": "w.count_text({0})",
    "achieve": "w.achieve({0})", "mark": "w.mark({0})",
    # the status and panels
    "figure": "Figure({0}, {1}, {2}, {3}, {4})", "row_figure": "row_figure({0}, {1}, {2}, {3})", "stat_row": "stat_row(w, {0}, {1})",
    "row_between": "row_between({0}, {1}, {2}, {3}, {4})", "items_of": "items_of({0}, {1})",
    "journal_items": "journal_items(w, {0})",
    # what is on offer
    "none": "[]", "append": "{0}.append({1})", "option": "Option({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7})",
    "candidate": "Candidate({0}, {1}, {2}, {3})", "deal_options": "deal_options(w, {0}, {1}, {2}, {3}, {4})", "offer_of": "Offer({0})",
    "record": "w.record({0}, {1})", "unmoved": "unmoved(w, {0}, {1})",
    "question": "Ask({0}, {1}, {2}, {3}, {4}, {5}, {6})",
})  # fmt: skip

#: Every name that printed code can say, beside those of its story and passage. Python's `sum` is none: it rounds otherwise from 3.12 on.
RUNTIME: Mapping[str, object] = MappingProxyType({each.__name__: each for each in (
    abs, int, len, max, min, sorted, tuple,
    Ask, Beat, Candidate, Figure, Montage, Offer, Option, Tune,
    band, cycle_arm, deal, deal_options, evened, gain, hide, highest, items_of, journal_items, keep, likelihood, lowest, move,
    once_arm, plain_line, random_arm, row_between, row_figure, sequence_arm, settle, show_art, show_chart, show_journal, show_stats,
    shuffle_arm, stat_row, unmoved,
    numbers.capital, numbers.ceil, numbers.clamp, counting.decimal, numbers.floor, counting.in_words, counting.listing, counting.ordinal,
    numbers.percent, numbers.percent_of, counting.plural, numbers.replaced, numbers.rounded, numbers.shown,
    numbers.stored, numbers.tidy, numbers.whole, numbers.with_member, numbers.without_member,
    numbers.difference, numbers.union,
)})  # fmt: skip

TEMPLATES: Mapping[str, str] = MappingProxyType({**{name: form.python for name, (_, form) in FORMS.items()}, **ENGINE})
#: Those whose templates name all of their arguments, or all but the first.
OF_ALL = frozenset(name for name, template in TEMPLATES.items() if "{all}" in template or "{rest}" in template)
