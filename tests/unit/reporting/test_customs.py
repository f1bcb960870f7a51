"""Days, numbers, lists and names of languages are written as a language does."""

from __future__ import annotations

from datetime import date

import pytest

from dataflows.reporting.customs import customs_of

ENGLISH, SPANISH = customs_of("en_US"), customs_of("es_US")


def test_a_day_and_a_number() -> None:
    day = date(2026, 9, 1)

    assert (ENGLISH.day(day), SPANISH.day(day)) == ("September 1, 2026", "1 de septiembre de 2026")
    assert (ENGLISH.number(1095), SPANISH.number(1095)) == ("1,095", "1,095")


def test_french_and_portuguese_count_the_first_day_of_a_month_and_no_other() -> None:
    french, portuguese = customs_of("fr_FR"), customs_of("pt_BR")
    days = [date(2026, 9, number) for number in (1, 11, 21)]

    assert [french.day(day) for day in days] == ["1er septembre 2026", "11 septembre 2026", "21 septembre 2026"]
    assert [portuguese.day(day) for day in days] == [
        "1º de setembro de 2026", "11 de setembro de 2026", "21 de setembro de 2026",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "english", "spanish"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A and B", "A y B"),
        (["A", "B", "C"], "A, B, and C", "A, B y C"),
        (["A", "Illuminate"], "A and Illuminate", "A e Illuminate"),
        (["A", "Hidalgo"], "A and Hidalgo", "A e Hidalgo"),
        (["A", "hielo"], "A and hielo", "A y hielo"),
        (["{0}", "*b*"], r"\{0\} and \*b\*", r"\{0\} y \*b\*"),
    ],
)
def test_a_list_in_a_sentence(items: list[str], english: str, spanish: str) -> None:
    assert (ENGLISH.listed(items), SPANISH.listed(items)) == (english, spanish)


@pytest.mark.parametrize(
    ("tag", "english", "spanish"),
    [
        ("en", "English", "inglés"),
        ("tl", "Tagalog", "tagalo"),
        ("hmn", "Hmong", "hmong"),
        ("zh-Hans", "Simplified Chinese", "chino simplificado"),
        ("pt-BR", "Brazilian Portuguese", "portugués de Brasil"),
        ("es-PR", "Spanish (Puerto Rico)", "español (Puerto Rico)"),
        ("x-private", "x-private", "x-private"),
    ],
)
def test_a_language_has_its_name(tag: str, english: str, spanish: str) -> None:
    assert (ENGLISH.language(tag), SPANISH.language(tag)) == (english, spanish)
