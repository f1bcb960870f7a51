"""The built-in taxonomy is whole, in the Schedule's order, and found by every word that people use for it."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows import assets
from dataflows.errors import UnknownIdError
from dataflows.law.taxonomy import (
    builtin_taxonomy,
    element_words,
    find_elements,
    fold_word,
    schedule_rows,
    standard_names,
)
from dataflows.model.elements import Element
from dataflows.model.sensitivities import SENSITIVITIES
from dataflows.model.text import Text

DATA = Path(__file__).parents[2] / "data" / "taxonomy"
FOLDER = assets.folder("schemas") / "taxonomy"
TAXONOMY = builtin_taxonomy()
STANDARDS = ("ceds", "edfi", "oneroster", "sif", "fideslang")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_promised_id_is_there_and_no_other() -> None:
    promised = (DATA / "promised-ids.txt").read_text(encoding="utf-8").split()

    assert sorted(TAXONOMY.elements) == promised


def test_ids_are_slugs_and_unique() -> None:
    for name in ("categories", "elements"):
        ids = [row["id"] for row in rows(name)]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id) for id in ids)


def test_categories_broader_elements_and_sensitivities_exist() -> None:
    for element in TAXONOMY.elements.values():
        assert element.category in TAXONOMY.categories
        assert element.broader is None or element.broader in TAXONOMY
        assert element.sensitivity in SENSITIVITIES
    assert {element.category for element in TAXONOMY.elements.values()} == set(TAXONOMY.categories)


def test_no_element_is_broader_than_itself() -> None:
    for element in TAXONOMY.elements.values():
        assert element.broader not in TAXONOMY.narrower_than(element.id)


def test_the_order_is_that_of_the_file_and_keeps_categories_together() -> None:
    for name in ("categories", "elements"):
        assert [int(row["order"]) for row in rows(name)] == list(range(1, len(rows(name)) + 1))
    place = {id: number for number, id in enumerate(TAXONOMY.categories)}
    places = [place[element.category] for element in TAXONOMY.elements.values()]

    assert places == sorted(places)


def test_every_row_of_the_schedule_of_data_is_reached() -> None:
    reached = {row for found in schedule_rows().values() for row in found}

    assert reached == set(range(1, 62))
    assert schedule_rows()["student-id"] == (42, 43, 44)


def test_a_district_element_comes_into_its_category_without_moving_the_others() -> None:
    whole = TAXONOMY.with_rows([Element(id="lunch-pin", name=Text.of("Lunch PIN"), category="student-identifiers")])
    without = [id for id in whole.elements if id != "lunch-pin"]

    assert without == list(TAXONOMY.elements)
    assert "lunch-pin" in find_elements(whole, "category:student-identifiers")


def test_names_are_english_and_never_pass_for_a_district_first_language() -> None:
    assert TAXONOMY["email"].name.pick("es", "es") == ("Student e-mail address", "en")


def test_the_standards_name_known_elements_in_known_standards() -> None:
    for row in rows("standards"):
        assert row["element"] in TAXONOMY
        assert row["standard"] in STANDARDS
        assert row["name"].strip() == row["name"] != ""
        assert row["standard"] != "ceds" or re.fullmatch(r"\d{6}", row["code"])
    assert [row["standard"] for row in rows("editions")] == list(STANDARDS)


def test_every_element_has_a_fideslang_key_and_each_fact_stands_once() -> None:
    facts = [(row["element"], row["standard"], row["name"]) for row in rows("standards")]

    assert len(facts) == len(set(facts))
    assert {element for element, standard, _ in facts if standard == "fideslang"} == set(TAXONOMY.elements)


def test_a_name_with_several_meanings_says_in_its_note_which_is_meant() -> None:
    meanings: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows("standards"):
        meanings.setdefault((row["standard"], row["name"].casefold()), []).append(row)
    for found in meanings.values():
        plain = [row["element"] for row in found if not row["note"]]
        assert len(found) == 1 or len(plain) <= 1, found


def test_one_ceds_code_has_one_name() -> None:
    pairs = {(row["code"], row["name"]) for row in rows("standards") if row["standard"] == "ceds"}

    assert len({code for code, _ in pairs}) == len({name for _, name in pairs}) == len(pairs)


def test_no_other_name_means_two_elements_of_the_taxonomy() -> None:
    seen: dict[str, str] = {}
    for element in TAXONOMY.elements.values():
        for name in element.also_called:
            assert seen.setdefault(name.casefold(), element.id) == element.id
            assert name not in TAXONOMY or name == element.id


@pytest.mark.parametrize(
    ("word", "elements"),
    [
        ("email", ["email"]),
        (" E-Mail ", ["email"]),
        ("First Name", ["first-name"]),
        ("FIRST_NAME", ["first-name"]),
        ("element:email", ["email"]),
        ("element/email", ["email"]),
        ("attendance", ["attendance"]),
        ("category:attendance", ["attendance", "class-attendance"]),
        ("Category: Attendance", ["attendance", "class-attendance"]),
        ("category:parent contact", [e.id for e in TAXONOMY.elements.values() if e.category == "parent-contact"]),
        ("assessment", ["test-scores", "observation-data", "assessment-scores", "test-accommodations"]),
        ("Survey responses", ["survey-responses"]),
        ("Logins", ["login-events"]),
        ("surname", ["last-name"]),
        ("givenName", ["first-name"]),
        ("dob", ["date-of-birth"]),
        ("demographics.birthDate", ["date-of-birth"]),
        ("BirthDate", ["date-of-birth"]),
        ("Birthdate", ["date-of-birth"]),
        ("000033", ["date-of-birth"]),
        ("P000033", ["date-of-birth"]),
        ("users.email", ["parent-email", "email"]),
        ("Student.StudentUniqueId", ["student-id"]),
        ("user.device.ip_address", ["ip-address"]),
        ("sensitivity:critical", [e.id for e in TAXONOMY.elements.values() if e.sensitivity == "critical"]),
        ("sensitivity:low", list(TAXONOMY.elements)),
    ],
)
def test_a_word_finds_its_elements(word: str, elements: list[str]) -> None:
    assert list(find_elements(TAXONOMY, word)) == elements


def test_sensitivity_means_that_or_higher() -> None:
    found = find_elements(TAXONOMY, "sensitivity:HIGH")

    assert {TAXONOMY[id].sensitivity for id in found} == {"high", "critical"}


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("emial", "There is no element called 'emial'. Did you mean 'email'?"),
        ("surnmae", "There is no element called 'surnmae'. Did you mean 'surname'?"),
        ("category:atendance", "There is no category called 'atendance'. Did you mean 'attendance'?"),
        ("sensitivity:hihg", "There is no sensitivity called 'hihg'. Did you mean 'high'?"),
        ("element:surname", "There is no element called 'surname'."),
        ("title", "There is no element called 'title'."),
        ("", "There is no element called ''."),
        ("-", "There is no element called '-'."),
        ("category:", "There is no category called ''."),
    ],
)
def test_a_word_that_finds_nothing_is_answered_with_the_nearest(word: str, message: str) -> None:
    with pytest.raises(UnknownIdError) as error:
        find_elements(TAXONOMY, word)

    assert str(error.value).startswith(message)


def test_a_district_element_and_what_it_adds_to_ours_are_found() -> None:
    added = [
        Element(
            id="lunch-pin",
            name=Text.of({"en": "Lunch PIN", "es": "Código del almuerzo"}),
            category="financial",
            sensitivity="critical",
            also_called=("meal code",),
        ),
        Element(id="email", also_called=("correo", "meal code")),
    ]
    whole = TAXONOMY.with_rows(added)

    assert find_elements(whole, "Lunch-PIN") == ("lunch-pin",)
    assert find_elements(whole, "código del almuerzo") == ("lunch-pin",)
    assert find_elements(whole, "Correo") == ("email",)
    assert find_elements(whole, "Meal  Code") == ("email", "lunch-pin")
    assert "lunch-pin" in find_elements(whole, "sensitivity:critical")
    assert "lunch-pin" in find_elements(whole, "financial")


@given(st.text(max_size=30))
def test_any_word_finds_elements_or_is_refused(word: str) -> None:
    try:
        found = find_elements(TAXONOMY, word)
    except UnknownIdError:
        return
    assert found
    assert list(found) == TAXONOMY.sorted(found)


def test_standard_names_say_what_others_call_an_element() -> None:
    names = {(known.standard, known.name) for known in standard_names("email")}

    assert names >= {
        ("ceds", "ElectronicMailAddress"),
        ("oneroster", "users.email"),
        ("fideslang", "user.contact.email"),
    }
    assert standard_names("nothing") == ()


def test_the_taxonomy_loads_without_records_yaml_or_the_database() -> None:
    script = (
        "import sys; from dataflows.law.taxonomy import builtin_taxonomy as b, find_elements as f; f(b(), 'email');"
        "print([m for m in sys.modules if m in ('yaml', 'sqlalchemy', 'difflib', 'dataflows.model.lists',"
        " 'dataflows.model.kinds', 'dataflows.model.records')])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)

    assert found.stdout.strip() == "[]"


def test_loading_the_taxonomy_takes_less_than_five_milliseconds() -> None:
    def load() -> float:
        builtin_taxonomy.cache_clear()
        began = time.perf_counter()
        builtin_taxonomy()
        return time.perf_counter() - began

    assert min(load() for _ in range(20)) < 0.005


def test_the_words_at_once_are_what_is_found_one_by_one() -> None:
    taxonomy = builtin_taxonomy()
    categories = {fold_word(word) for c in taxonomy.categories.values() for word in (c.id, c.name)}

    for word, ids in element_words().items():
        if ids:
            assert set(find_elements(taxonomy, word)) == ids, word
        else:
            assert word in categories
