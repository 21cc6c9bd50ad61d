"""What is counted in a passage or a phrase: sites. This page alone knows how they, and the records they stand in, are spelt in a save."""

from typing import Literal, NewType, TypeAlias

#: A counted place: a passage itself, a choice, a label, alternatives, or the turn in which one of them was last visited.
Site = NewType("Site", str)
#: What counters belong to: a passage by its id, or a phrase.
RecordName = NewType("RecordName", str)
SiteSort: TypeAlias = Literal["passage", "choice", "label", "alternatives", "last visit", "last deal"]

#: The site of a passage itself: how often it was entered.
PASSAGE = Site("")
_DEAL = "deal:"
_PHRASE = "phrase:"


def choice_site(choice: str) -> Site:
    """Return where picks of a choice (or, for a choice of each member of a kind, of one member) are counted."""
    return Site(choice)


def label_site(label: str) -> Site:
    """Return where visits of a label are counted."""
    return Site(f"#{label}")


def alternatives_site(name: str) -> Site:
    """Return where the visits of alternatives are counted; `name` tells them apart within their passage or phrase."""
    return Site(f"~{name}")


def another_site(site: Site, number: int) -> Site:
    """Return the site of the second, third… of several that would be named alike."""
    return Site(f"{site}+{number}")


def last_visit_site(site: Site) -> Site:
    """Return where the turn is kept in which a site was last visited."""
    return Site(f"@{site}")


def last_deal_site(tag: str) -> Site:
    """Return where a storylet keeps which deal of a tag dealt it last."""
    return Site(f"@{_DEAL}{tag}")


def sort_of_site(site: Site) -> SiteSort:
    """Return what sort of place a site counts."""
    match site[:1]:
        case "":
            return "passage"
        case "#":
            return "label"
        case "~":
            return "alternatives"
        case "@":
            return "last deal" if site.startswith(_DEAL, 1) else "last visit"
        case _:
            return "choice"


def name_of_site(site: Site) -> str:
    """Return the id of a choice, the name of a label or a tag; for a last visit, the site that was visited."""
    match sort_of_site(site):
        case "passage" | "choice":
            return site
        case "last deal":
            return site[1 + len(_DEAL) :]
        case "label" | "alternatives" | "last visit":
            return site[1:]


def deal_slot(tag: str) -> str:
    """Return the name of the value that counts the deals of a tag; no author can write it."""
    return f"{_DEAL}{tag}"


def passage_record(passage: str) -> RecordName:
    """Return the name of the counters of a passage."""
    return RecordName(passage)


def phrase_record(phrase: str) -> RecordName:
    """Return the name of the counters of a phrase."""
    return RecordName(f"{_PHRASE}{phrase}")


def phrase_of_record(record: str) -> str:
    """Return the phrase whose counters a record holds, "" where it is a passage's."""
    return record.removeprefix(_PHRASE) if record.startswith(_PHRASE) else ""
