"""The commands that keep a game on disk and bring it back."""

from collections.abc import Sequence

from siberia_quest.engine.numbers import shown
from siberia_quest.model.language import Language, compose
from siberia_quest.model.markup import clean
from siberia_quest.play.console import Notice, Row, Rows
from siberia_quest.play.game import Playing
from siberia_quest.play.opening import choose_settings
from siberia_quest.play.picking import simplify
from siberia_quest.storage.listing import why_unlisted
from siberia_quest.storage.names import LONGEST_NAME, QUICK, is_plain, slot_fault, stem_of
from siberia_quest.storage.refusals import why_refused
from siberia_quest.storage.slots import Refusal, SaveEntry


def slot_of(label: str) -> str:
    """Return the name of the slot for a label in the player's words: one that is easily typed where that can be, else the words."""
    slot = simplify(label).replace(" ", "-")
    return slot if is_plain(slot) else label[:LONGEST_NAME].strip()


def save(playing: Playing, typed: str) -> None:
    """Save under a name; without one, under the next free number."""
    saved = {each.name: each for each in playing.game.slots()}
    if unlisted := why_unlisted(saved.values()):
        playing.console.tell(
            Notice(playing.game.say("not_saved", reason=playing.game.language.tell(unlisted)), "trouble")
        )  # it might be written over a save
        return
    slot = slot_of(typed) if typed else _free(saved)
    if fault := slot_fault(slot):
        playing.console.tell(Notice(playing.game.say("bad_slot", fault=playing.game.language.tell(fault)), "trouble"))
        return
    there = next((each for each in saved.values() if stem_of(each.name) == stem_of(slot)), None)
    if there and not playing.confirm(
        playing.game.say("save_over", slot=there.name, about=about(playing.game.language, there))
    ):
        return
    _tell_outcome(playing, slot, playing.game.save(slot, typed))


def _tell_outcome(playing: Playing, slot: str, refusal: Refusal | None) -> None:
    if refusal:
        playing.console.tell(
            Notice(playing.game.say("not_saved", reason=playing.game.language.tell(refusal.message)), "trouble")
        )
    else:
        playing.console.tell(Notice(playing.game.say("saved", slot=slot)))


def _free(taken: dict[str, SaveEntry]) -> str:
    number = 1
    while f"save-{number}" in taken:
        number += 1
    return f"save-{number}"


def load(playing: Playing, typed: str) -> None:
    """Load a saved game by its name or label; without one, list them."""
    saved = playing.game.slots()
    if not typed:
        saves(playing, "")
        if saved:
            playing.console.tell(Notice(playing.game.say("load_which")))
        return
    exact = [each.name for each in saved if typed in {each.name, each.label}]
    wanted = exact or [
        each.name
        for each in saved
        if simplify(typed) and simplify(typed) in {simplify(each.name), simplify(each.label)}
    ]
    if not wanted:
        playing.console.tell(Notice(_explain_missing(playing.game.language, typed, saved), "trouble"))
        return
    _load(playing, wanted[0])


def names_of_saves(playing: Playing) -> Sequence[str]:
    """Return the names of the saved games, as they may be typed."""
    return [each.name for each in playing.game.slots()]


def _explain_missing(language: Language, slot: str, saved: Sequence[SaveEntry]) -> str:
    return language.tell(why_unlisted(saved) or compose("no_such_save", slot=slot))


def _load(playing: Playing, slot: str) -> None:
    opened = playing.game.open(slot)
    refusal = opened.refusal
    if opened.game is not None and (not opened.ask or playing.confirm(playing.game.language.tell(opened.ask))):
        refusal = playing.game.go_on_with(opened)
        if refusal is None:
            told = map(playing.game.language.tell, opened.notices)
            playing.console.tell(Notice(playing.game.say("loaded", slot=slot)), *map(Notice, told))
            playing.look(again=True)
    if refusal:
        playing.console.tell(
            Notice(
                playing.game.say("load_failed", slot=slot, reason=playing.game.language.tell(refusal.message)),
                "trouble",
            )
        )


def saves(playing: Playing, _: str) -> None:
    """List the saved games of this story."""
    saved = playing.game.slots()
    if not saved:
        playing.console.tell(Notice(playing.game.say("saves_empty")))
        return
    rows = tuple(Row(each.name, about(playing.game.language, each), faint=bool(each.fault)) for each in saved)
    playing.console.tell(Rows(playing.game.say("saves_title", folder=playing.game.folder()), rows))


def about(language: Language, saved: SaveEntry) -> str:
    """Return what there is to say about a saved game, in one line."""
    if saved.fault:
        date = f", {date_of(saved)}" if saved.date else ""
        return language.say("save_row_broken", reason=language.tell(saved.fault)) + date
    label = saved.label if saved.label != saved.name else ""
    where = ", ".join(part for part in (saved.title, label, saved.place) if part)
    minutes = shown(saved.seconds / 60)
    row = language.say(
        "save_row", place=where, turn=saved.turn, minutes=minutes, date=date_of(saved), preview=saved.preview
    )
    return row.strip(" ,")


def date_of(saved: SaveEntry) -> str:
    """Return when a game was saved, by the clock here: `2026-11-24 02:26`."""
    from datetime import datetime  # noqa: PLC0415  # only lists of saves need it

    try:
        return datetime.fromisoformat(saved.date).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return clean(saved.date)


def quick(playing: Playing, typed: str) -> None:
    """Save quickly, or load what was saved so. Other words are no command: what is said quickly may be none."""
    if typed and simplify(typed) not in playing.game.language.words_of("load_words"):
        playing.console.tell(Notice(playing.game.say("quick_what"), "trouble"))
        return
    if not typed:
        _tell_outcome(playing, QUICK, playing.game.quick_save())
        return
    saved = playing.game.slots()
    if any(each.name == QUICK for each in saved):
        _load(playing, QUICK)
    else:
        playing.console.tell(Notice(_explain_missing(playing.game.language, QUICK, saved), "trouble"))


def restart(playing: Playing, _: str) -> None:
    """Begin the story anew, once that is sure."""
    if not playing.game.page.ending and not playing.confirm(playing.game.say("restart_sure")):
        return
    chosen = choose_settings(playing.console, playing.game.story, {}, has_before=True)
    refusal = playing.game.restart(chosen) if chosen is not None else None
    if refusal:
        playing.console.tell(
            Notice(playing.game.say("not_saved", reason=playing.game.language.tell(refusal.message)), "trouble")
        )
    playing.look(again=chosen is None)


def transcript(playing: Playing, typed: str) -> None:
    """Write the story so far to a new file, in the form of its ending; with a form alone, or nothing, to one beside the saves."""
    from siberia_quest.play.transcripts import form_named, form_of, write_transcript  # noqa: PLC0415

    form = form_named(typed or "text")
    try:
        path = write_transcript(playing.game.play, playing.game.folder(), "" if form else typed, form or form_of(typed))
    except FileExistsError as there:
        playing.console.tell(Notice(playing.game.say("transcript_there", path=there.filename or typed), "trouble"))
    except OSError as failed:
        reason = f"{failed.filename or typed}: {playing.game.language.tell(why_refused(failed))}"
        playing.console.tell(Notice(playing.game.say("transcript_failed", reason=reason), "trouble"))
    else:
        playing.console.tell(Notice(playing.game.say("transcript_written", path=path)))
