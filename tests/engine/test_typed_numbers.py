"""Numbers as people type them: never the part before a sign for thousands."""

import pytest

from siberia_quest.engine.typed_numbers import number_in


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2,000", 2000),
        ("-12,345,678", -12345678),
        ("4,000.5", 4000.5),
        ("7 500", 7500),
        ("7\u202f500,25", 7500.25),
        ("3'000", 3000),
        ("3\u2019000", 3000),
        ("2.000.000", 2000000),
        ("２０００", 2000),
        ("２，０００", 2000),
        ("٢٠٠٠", 2000),
        ("\u22128", -8),
        ("2,5", 2.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("12.5", 12.5),
        ("+3", 3),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, meant: float) -> None:
    assert number_in(typed) == meant


@pytest.mark.parametrize(
    "typed", ["2.000", "2,0000", "2,000,5", "two", "", "nan", "inf", "9" * 30, "1,000 2", "2,,000"]
)
def test_what_is_no_number_or_may_be_two_is_asked_again(typed: str) -> None:
    assert number_in(typed) is None
