"""What a story's code can call: each function's name in the code tree, and the Python expression that does it.

A template names its arguments by number, `w` for the turn in progress, and functions of `RUNTIME`. Nothing else can be named: printed code
has no other names, not even Python's own.
"""

from collections.abc import Mapping
from types import MappingProxyType

from siberia_quest.engine import numbers, offers, variety, views
from siberia_quest.model.markup import evened, plain_line
from siberia_quest.model.page import Art, Ask, Beat, Montage, Option, Tune

_WHOLE = f"-{numbers.LIMIT} <= {{x}} <= {numbers.LIMIT}"

#: Templates of what the engine itself calls; those of the language's functions stand in `model.functions`.
TEMPLATES: Mapping[str, str] = MappingProxyType({
    # moving about
    "goto": "w.goto({0})", "leave": "w.leave({0})", "call": "w.call({0}, {1}, {2})", "deal": "w.deal({0}, {1}, {2}, {3})",
    "back": "w.back()", "finish": "w.finish()", "end": "w.end({0})", "offer": "w.offer({0})", "wait": "w.wait({0})",
    "spend": "w.spend()", "entitle": "w.entitle()", "this_turn": "(w.turn + 1)",
    # chance and variety
    "check": "w.check({0}, {1}, {2}, {3})", "weigh": "w.weigh({0})",
    "sequence_arm": "sequence_arm({0}, {1}, {2})", "cycle_arm": "cycle_arm({0}, {1}, {2})", "once_arm": "once_arm({0}, {1}, {2})",
    "shuffle_arm": "shuffle_arm(w, {0}, {1}, {2}, {3})", "random_arm": "random_arm(w, {0}, {1}, {2}, {3})",
    # values
    "stored": "stored({0})", "tidy": "tidy({0})", "keep": "w.keep({0}, {1})", "gain": "w.gain({0}, {1})",
    "move": "w.move({0}, {1}, {2})", "settle": "w.settle()", "hide": "w.hide({0})", "copied": "{0}[:]",
    # most numbers are small and whole, and need no call
    "stored_number": f"(x if (x := {{0}}).__class__ is int and {_WHOLE.format(x='x')} else stored(x))",
    "within": "(x if {1} <= (x := y if (y := {0}).__class__ is int else tidy(y)) <= {2} else {1} if x < {1} else {2})",
    "cut": "{0}[:{1}]", "newest": "(*{0}, {1})[-{2}:]", "with_member": "with_member({0}, {1}, {2})",
    "without_member": "without_member({0}, {1})", "replaced": "replaced({0}, {1}, {2})",
    "visits_of": "w.visits({0}, {1})", "turns_since": "w.since({0}, {1})", "band_of": "w.band({0})",
    "count_of_member": "c[{0}[{1}.index({2})]]", "fixed_option": "{0}.options[{1}]",
    # the language, until its own table is here
    "min": "min({all})", "max": "max({all})", "abs": "abs({0})", "floor": "floor({0})", "ceil": "ceil({0})", "clamp": "clamp({0}, {1}, {2})",
    "percent_of": "part_of({0}, {1})", "percent": "percent({0}, {1}, {2})", "round": "whole({0})", "turns": "w.turn", "round_2": "rounded({0}, {1})", "count_2": "{0}.count({1})",
    "count": "len({0})", "one_of": "({0} in ({rest},))", "chance": "w.happens({0})", "roll": "w.roll({0}, {1})",
    "between": "w.between({0}, {1})", "pick": "w.pick(({all},))", "pick_from": "w.pick({0})", "highest": "highest({0}, {1})",
    "lowest": "lowest({0}, {1})", "draw": "w.draw({0}, {1})", "plural": "plural({0}, {1}, {2})", "words": "in_words({0})", "cap": "capital({0})",
    # texts
    "evened": "evened({0})", "plain": "plain({0})", "shown": "shown({0})", "decimal": "decimal({0}, {1})",
    "listing": "listing({0}, {1})",
    # blocks of a page
    "beat": "Beat({0}, {1})", "montage": "Montage({0}, {1}, {2}, tuple({3}))", "tune": "Tune({0}, {1})",
    "show_stats": "show_stats(w)", "show_journal": "show_journal(w)", "show_chart": "show_chart(w, {0})",
    "show_art": "Art({0}, {1})", "note": "w.note({0})", "achieve": "w.achieve({0})", "mark": "w.mark({0})",
    # what is on offer
    "none": "[]", "append": "{0}.append({1})", "option": "Option({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7})",
    "candidate": "Candidate({0}, {1}, {2}, {3})", "deal_options": "w.deal_options({0}, {1}, {2}, {3})", "offer_of": "offer_of({0})",
    "behind": "(behind(w.c, {0}) if w.frozen else w.c)", "record": "w.record({0}, {1})", "question": "Ask({0}, {1}, {2}, {3}, {4}, {5})",
})  # fmt: skip

#: Every name that printed code can say, beside those of its story and passage.
RUNTIME: Mapping[str, object] = MappingProxyType({
    "Art": Art, "Ask": Ask, "Beat": Beat, "Candidate": offers.Candidate, "Montage": Montage, "Option": Option, "Tune": Tune,
    "abs": abs, "behind": variety.behind, "capital": numbers.capital, "ceil": numbers.ceil, "clamp": numbers.clamp,
    "cycle_arm": variety.cycle_arm, "decimal": numbers.decimal, "evened": evened, "floor": numbers.floor, "highest": variety.highest,
    "in_words": numbers.in_words, "int": int, "len": len, "listing": numbers.listing, "lowest": variety.lowest, "max": max, "min": min,
    "offer_of": offers.offer_of, "once_arm": variety.once_arm, "part_of": numbers.part_of, "percent": numbers.percent, "plain": plain_line,
    "plural": numbers.plural, "random_arm": variety.random_arm, "replaced": numbers.replaced, "rounded": numbers.rounded,
    "sequence_arm": variety.sequence_arm, "show_chart": views.show_chart,
    "show_journal": views.show_journal, "show_stats": views.show_stats, "shown": numbers.shown, "shuffle_arm": variety.shuffle_arm,
    "sorted": sorted, "stored": numbers.stored, "sum": sum, "tidy": numbers.tidy, "tuple": tuple, "whole": numbers.whole,
    "with_member": numbers.with_member, "without_member": numbers.without_member,
})  # fmt: skip
