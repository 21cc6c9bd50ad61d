"""Counted places: how they are spelt in a save, and what is read back from that."""

import pytest

from siberia_quest.model.sites import (
    PASSAGE,
    Site,
    SiteSort,
    alternatives_site,
    another_site,
    choice_site,
    deal_slot,
    label_site,
    last_deal_site,
    last_visit_site,
    name_of_site,
    passage_record,
    phrase_of_record,
    phrase_record,
    sort_of_site,
)


@pytest.mark.parametrize(
    ("site", "spelt"),
    [
        (PASSAGE, ""),
        (choice_site("pull"), "pull"),
        (label_site("again"), "#again"),
        (alternatives_site("/cycle"), "~/cycle"),
        (another_site(alternatives_site("/cycle"), 2), "~/cycle+2"),
        (last_visit_site(PASSAGE), "@"),
        (last_visit_site(label_site("again")), "@#again"),
        (last_deal_site("weather"), "@deal:weather"),
    ],
)
def test_a_site_is_spelt_as_saves_of_every_version_spell_it(site: Site, spelt: str) -> None:
    assert site == spelt


@pytest.mark.parametrize(
    ("site", "sort", "name"),
    [
        (PASSAGE, "passage", ""),
        (choice_site("pull"), "choice", "pull"),
        (label_site("again"), "label", "again"),
        (alternatives_site("once1f"), "alternatives", "once1f"),
        (last_visit_site(choice_site("pull")), "last visit", "pull"),
        (last_visit_site(label_site("again")), "last visit", "#again"),
        (last_deal_site("weather"), "last deal", "weather"),
    ],
)
def test_a_site_tells_its_sort_and_its_name(site: Site, sort: SiteSort, name: str) -> None:
    assert (sort_of_site(site), name_of_site(site)) == (sort, name)


def test_a_record_tells_whether_it_is_a_phrases() -> None:
    assert phrase_of_record(phrase_record("greeting")) == "greeting"
    assert phrase_of_record(passage_record("cabin.door")) == ""
    assert (phrase_record("greeting"), passage_record("cabin.door")) == ("phrase:greeting", "cabin.door")


def test_the_counter_of_a_tags_deals_has_a_name_that_no_author_can_write() -> None:
    assert not deal_slot("weather").isidentifier()
